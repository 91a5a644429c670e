//! Every query about doctors. What the public sees starts from the verified ones.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::entity::{Column, DoctorStatus, Entity, Model};
use crate::accounts::AccountId;
use crate::accounts::entity::account;

/// A doctor whom owners may see, with the account behind.
pub struct Verified {
    pub profile: Model,
    pub account: account::Model,
}

impl From<(Model, Option<account::Model>)> for Verified {
    fn from((profile, account): (Model, Option<account::Model>)) -> Self {
        #[expect(clippy::expect_used, reason = "the foreign key guarantees the account, and the join is an inner one")]
        Self { profile, account: account.expect("a doctor has an account") }
    }
}

fn verified() -> Select<Entity> {
    Entity::find().filter(Column::Status.eq(DoctorStatus::Verified))
}

fn with_account(doctors: Select<Entity>) -> sea_orm::SelectTwo<Entity, account::Entity> {
    let join = Entity::belongs_to(account::Entity).from(Column::AccountId).to(account::Column::Id).into();
    doctors.join(JoinType::InnerJoin, join).select_also(account::Entity)
}

/// All verified doctors, in a stable order.
pub async fn list_verified(db: &impl ConnectionTrait) -> Result<Vec<Verified>, DbErr> {
    let rows = with_account(verified()).order_by_asc(Column::AccountId).all(db).await?;
    Ok(rows.into_iter().map(Verified::from).collect())
}

pub async fn find(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub async fn find_verified(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Verified>, DbErr> {
    let row = with_account(verified().filter(Column::AccountId.eq(id))).one(db).await?;
    Ok(row.map(Verified::from))
}

pub async fn create(db: &impl ConnectionTrait, doctor: Model) -> Result<(), DbErr> {
    Entity::insert(super::entity::ActiveModel::from(doctor)).exec_without_returning(db).await.map(|_| ())
}
