//! What the storage holds of pictures: a row for each object, entered before the object is put.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{QueryOrder, QuerySelect};

use crate::clock::Timestamp;
use crate::images::Rendition;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "objects")]
pub struct Model {
    /// The object's name in the storage.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub key: String,
    /// Whose quota it counts against.
    pub owner_id: Uuid,
    pub byte_size: i32,
    /// Whether a row of a feature needs it.
    pub is_kept: bool,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

/// The name of the object that holds a rendition of a picture.
pub fn name(key: &str, rendition: Rendition) -> String {
    format!("{key}{}", rendition.suffix())
}

/// Every name that an object of a picture may have: a list, since databases differ in how they compare beginnings.
fn names(key: &str) -> impl Iterator<Item = String> {
    Rendition::all().map(move |rendition| name(key, rendition))
}

/// Enters objects that are about to be put. Those of a picture that is put once more begin anew, and stay kept if they are.
pub async fn enter(
    db: &impl ConnectionTrait,
    owner_id: Uuid,
    sizes: Vec<(String, i32)>,
    now: Timestamp,
) -> Result<(), DbErr> {
    let rows = sizes.into_iter().map(|(key, byte_size)| ActiveModel {
        key: Set(key),
        owner_id: Set(owner_id),
        byte_size: Set(byte_size),
        is_kept: Set(false),
        created_at: Set(now),
    });
    let again = OnConflict::column(Column::Key).update_columns([Column::ByteSize, Column::CreatedAt]).to_owned();
    Entity::insert_many(rows).on_conflict(again).exec_without_returning(db).await.map(|_| ())
}

/// A row names the picture from now on. Inside the transaction that writes the row.
pub async fn settle(db: &impl ConnectionTrait, key: &str) -> Result<(), DbErr> {
    set_kept(db, key, true).await
}

/// No row names the picture any more. Inside the transaction that says so; [`super::Pictures::delete`] comes after it.
pub async fn release(db: &impl ConnectionTrait, key: &str) -> Result<(), DbErr> {
    set_kept(db, key, false).await
}

async fn set_kept(db: &impl ConnectionTrait, key: &str, is_kept: bool) -> Result<(), DbErr> {
    let change = ActiveModel { is_kept: Set(is_kept), ..Default::default() };
    Entity::update_many().set(change).filter(Column::Key.is_in(names(key))).exec(db).await.map(|_| ())
}

/// All that somebody has stored, settled or not.
pub async fn bytes_of(db: &impl ConnectionTrait, owner: Uuid) -> Result<i64, DbErr> {
    let sum = Entity::find().select_only().column_as(Column::ByteSize.sum(), "bytes").filter(Column::OwnerId.eq(owner));
    Ok(sum.into_tuple::<Option<i64>>().one(db).await?.flatten().unwrap_or_default())
}

/// Every object that a row names: what must not be lost.
pub async fn kept(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let found = Entity::find().select_only().column(Column::Key).filter(Column::IsKept.eq(true));
    found.into_tuple().all(db).await
}

/// Those of these objects that there are, with their bytes.
pub async fn sizes(db: &impl ConnectionTrait, names: &[String]) -> Result<Vec<(String, i32)>, DbErr> {
    let found = Entity::find().select_only().columns([Column::Key, Column::ByteSize]);
    found.filter(Column::Key.is_in(names)).into_tuple().all(db).await
}

/// The objects of a picture that no row names.
pub async fn released(db: &impl ConnectionTrait, key: &str) -> Result<Vec<String>, DbErr> {
    let found = Entity::find().select_only().column(Column::Key).filter(Column::Key.is_in(names(key)));
    found.filter(unkept()).into_tuple().all(db).await
}

/// A piece of the list of objects that no row names since before an instant: those that follow a name.
pub async fn list_unkept(
    db: &impl ConnectionTrait,
    before: Timestamp,
    after: &str,
    limit: u64,
) -> Result<Vec<String>, DbErr> {
    let found = Entity::find().select_only().column(Column::Key).filter(unkept());
    let found = found.filter(Column::CreatedAt.lt(before)).filter(Column::Key.gt(after));
    found.order_by_asc(Column::Key).limit(limit).into_tuple().all(db).await
}

/// These objects are gone.
pub async fn strike(db: &impl ConnectionTrait, names: &[String]) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Key.is_in(names)).filter(unkept()).exec(db).await.map(|_| ())
}

/// In the words of the partial index, which a parameter would keep from being used.
fn unkept() -> Expr {
    Expr::col((Entity, Column::IsKept)).not()
}
