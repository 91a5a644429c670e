//! Every query about what was sent by mail to prove something.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::entity::proof::{ActiveModel, Column, Entity, Model};
use super::entity::{AccountId, ProofId};
use platform::clock::Timestamp;

pub async fn insert(db: &impl ConnectionTrait, proof: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(proof)).exec_without_returning(db).await.map(|_| ())
}

/// The proof with this token, unless it was used or its time is over.
pub async fn find_good(db: &impl ConnectionTrait, token_hash: &str, now: Timestamp) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::TokenHash.eq(token_hash))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .one(db)
        .await
}

/// False when somebody was faster, or its time is over by now.
#[must_use = "a proof that somebody else has used proves nothing"]
pub async fn use_up(db: &impl ConnectionTrait, id: ProofId, now: Timestamp) -> Result<bool, DbErr> {
    let used = ActiveModel { used_at: Set(Some(now)), ..Default::default() };
    let good = Entity::update_many()
        .set(used)
        .filter(Column::Id.eq(id))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(now));
    Ok(good.exec(db).await?.rows_affected == 1)
}

pub async fn use_up_all(db: &impl ConnectionTrait, account: AccountId, now: Timestamp) -> Result<(), DbErr> {
    let used = ActiveModel { used_at: Set(Some(now)), ..Default::default() };
    let unused = Entity::update_many().set(used).filter(Column::AccountId.eq(account)).filter(Column::UsedAt.is_null());
    unused.exec(db).await.map(|_| ())
}

/// Deletes those whose time was over before an instant; how many.
pub async fn delete_over(db: &impl ConnectionTrait, before: Timestamp) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::ExpiresAt.lt(before)).exec(db).await?.rows_affected)
}
