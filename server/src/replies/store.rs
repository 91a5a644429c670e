//! Every query about canned replies; all start from their vet.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::entity::{ActiveModel, Column, Entity, Model, ReplyId};
use crate::accounts::AccountId;

/// All of a vet, by their titles.
pub async fn list(db: &impl ConnectionTrait, doctor: AccountId) -> Result<Vec<Model>, DbErr> {
    let query = Entity::find().filter(Column::DoctorId.eq(doctor));
    query.order_by_asc(Column::Title).order_by_asc(Column::Id).all(db).await
}

pub async fn count(db: &impl ConnectionTrait, doctor: AccountId) -> Result<u64, DbErr> {
    Entity::find().filter(Column::DoctorId.eq(doctor)).count(db).await
}

pub async fn insert(db: &impl ConnectionTrait, reply: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(reply)).exec_without_returning(db).await.map(|_| ())
}

/// False when the vet has none of this id.
pub async fn save(db: &impl ConnectionTrait, reply: Model) -> Result<bool, DbErr> {
    let change = ActiveModel { title: Set(reply.title), body: Set(reply.body), ..Default::default() };
    let of_vet = Entity::update_many().set(change).filter(Column::DoctorId.eq(reply.doctor_id));
    let done = of_vet.filter(Column::Id.eq(reply.id)).exec(db).await?;
    Ok(done.rows_affected == 1)
}

/// False when the vet has none of this id.
pub async fn delete(db: &impl ConnectionTrait, doctor: AccountId, id: ReplyId) -> Result<bool, DbErr> {
    let of_vet = Entity::delete_many().filter(Column::DoctorId.eq(doctor));
    let done = of_vet.filter(Column::Id.eq(id)).exec(db).await?;
    Ok(done.rows_affected == 1)
}
