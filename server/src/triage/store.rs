//! Every query about intakes and their pictures.

use std::collections::HashSet;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::{ActiveModel, Column, Entity, IntakeId, IntakePictureId, Model, picture};
use crate::accounts::AccountId;
use crate::pets::PetId;
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;

pub async fn insert(db: &impl ConnectionTrait, intake: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(intake)).exec_without_returning(db).await.map(|_| ())
}

pub async fn find(db: &impl ConnectionTrait, id: IntakeId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub async fn find_own(db: &impl ConnectionTrait, owner: AccountId, id: IntakeId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).filter(Column::OwnerId.eq(owner)).one(db).await
}

impl Model {
    pub async fn find_of_consultation(
        db: &impl ConnectionTrait,
        consultation: ConsultationId,
    ) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::ConsultationId.eq(consultation)).one(db).await
    }

    /// Those of these consultations before which something was said.
    pub async fn having(
        db: &impl ConnectionTrait,
        consultations: &[ConsultationId],
    ) -> Result<HashSet<ConsultationId>, DbErr> {
        let rows: Vec<ConsultationId> = Entity::find()
            .select_only()
            .column(Column::ConsultationId)
            .filter(Column::ConsultationId.is_in(consultations.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        Ok(rows.into_iter().collect())
    }

    /// Lets go of what was said before a consultation about another pet than this.
    pub async fn detach_of_other_pet(
        db: &impl ConnectionTrait,
        consultation: ConsultationId,
        pet: PetId,
    ) -> Result<(), DbErr> {
        let change = ActiveModel { consultation_id: Set(None), ..Default::default() };
        let of_consultation = Entity::update_many().set(change).filter(Column::ConsultationId.eq(consultation));
        // One that names no pet may be about this one.
        of_consultation.filter(Column::PetId.ne(pet)).exec(db).await.map(|_| ())
    }

    /// What was said before one consultation was said before the one that goes on for it.
    pub async fn move_to(db: &impl ConnectionTrait, from: ConsultationId, to: ConsultationId) -> Result<(), DbErr> {
        let change = ActiveModel { consultation_id: Set(Some(to)), ..Default::default() };
        Entity::update_many().set(change).filter(Column::ConsultationId.eq(from)).exec(db).await.map(|_| ())
    }
}

/// Takes an intake for a consultation; false when it was said for another one that came to something.
pub async fn attach(
    db: &impl ConnectionTrait,
    owner: AccountId,
    id: IntakeId,
    consultation: ConsultationId,
    came_to_nothing: SelectStatement,
) -> Result<bool, DbErr> {
    // Another one may have been written before the same purchase.
    detach(db, consultation, id).await?;
    let free = Condition::any()
        .add(Column::ConsultationId.is_null())
        .add(Column::ConsultationId.eq(consultation))
        .add(Column::ConsultationId.in_subquery(came_to_nothing));
    let change = ActiveModel { consultation_id: Set(Some(consultation)), ..Default::default() };
    let own = Entity::update_many().set(change).filter(Column::Id.eq(id)).filter(Column::OwnerId.eq(owner));
    let done = own.filter(free).exec(db).await?;
    Ok(done.rows_affected == 1)
}

/// Those that no consultation followed, or one that came to nothing.
fn is_unused(came_to_nothing: SelectStatement) -> Condition {
    let none = Column::ConsultationId.is_null();
    Condition::any().add(none).add(Column::ConsultationId.in_subquery(came_to_nothing))
}

async fn detach(db: &impl ConnectionTrait, consultation: ConsultationId, but: IntakeId) -> Result<(), DbErr> {
    let change = ActiveModel { consultation_id: Set(None), ..Default::default() };
    let of_consultation = Entity::update_many().set(change).filter(Column::ConsultationId.eq(consultation));
    of_consultation.filter(Column::Id.ne(but)).exec(db).await.map(|_| ())
}

/// Intakes that no consultation followed, or one that came to nothing, the oldest first.
pub async fn list_unused(
    db: &impl ConnectionTrait,
    came_to_nothing: SelectStatement,
    before: Timestamp,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let unused = Entity::find().filter(is_unused(came_to_nothing)).filter(Column::CreatedAt.lt(before));
    unused.order_by_asc(Column::CreatedAt).limit(limit).all(db).await
}

/// Deletes an intake with its pictures, inside the caller's transaction; false when a consultation has taken it.
pub async fn delete_unused(
    txn: &impl ConnectionTrait,
    came_to_nothing: SelectStatement,
    id: IntakeId,
) -> Result<bool, DbErr> {
    picture::Entity::delete_many().filter(picture::Column::IntakeId.eq(id)).exec(txn).await?;
    let unused = Entity::delete_many().filter(Column::Id.eq(id)).filter(is_unused(came_to_nothing));
    Ok(unused.exec(txn).await?.rows_affected == 1)
}

pub async fn pictures_of(db: &impl ConnectionTrait, intake: IntakeId) -> Result<Vec<picture::Model>, DbErr> {
    let of_intake = picture::Entity::find().filter(picture::Column::IntakeId.eq(intake));
    of_intake.order_by_asc(picture::Column::Id).all(db).await
}

pub async fn count_pictures(db: &impl ConnectionTrait, intake: IntakeId) -> Result<u64, DbErr> {
    picture::Entity::find().filter(picture::Column::IntakeId.eq(intake)).count(db).await
}

pub async fn insert_picture(db: &impl ConnectionTrait, picture: picture::Model) -> Result<(), DbErr> {
    picture::Entity::insert(picture::ActiveModel::from(picture)).exec_without_returning(db).await.map(|_| ())
}

pub async fn find_picture(db: &impl ConnectionTrait, id: IntakePictureId) -> Result<Option<picture::Model>, DbErr> {
    picture::Entity::find_by_id(id).one(db).await
}
