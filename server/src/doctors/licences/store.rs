//! Every query about licences and their documents.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::document::{self, DocumentId};
use super::entity::{ActiveModel, Column, Entity, LicenceId, LicenceStatus, Model};
use crate::accounts::AccountId;
use platform::clock::Timestamp;
use platform::db::Moved;

/// What was decided, by whom and when; a refusal says why.
pub struct Decision {
    pub status: LicenceStatus,
    pub by: AccountId,
    pub at: Timestamp,
    pub reason: Option<String>,
}

/// Fails with a unique violation when one of the doctor is being checked already.
pub async fn insert(db: &impl ConnectionTrait, licence: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(licence)).exec_without_returning(db).await.map(|_| ())
}

pub async fn find(db: &impl ConnectionTrait, id: LicenceId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// All of these doctors, the newest first.
pub async fn list_of(
    db: &impl ConnectionTrait,
    doctors: impl IntoIterator<Item = AccountId>,
) -> Result<HashMap<AccountId, Vec<Model>>, DbErr> {
    let rows = Entity::find().filter(Column::DoctorId.is_in(doctors)).order_by_desc(Column::Id).all(db).await?;
    let mut by_doctor: HashMap<AccountId, Vec<Model>> = HashMap::new();
    for row in rows {
        by_doctor.entry(row.doctor_id).or_default().push(row);
    }
    Ok(by_doctor)
}

/// Those that wait for a decision, the longest waiting first.
pub async fn list_submitted(
    db: &impl ConnectionTrait,
    after: Option<LicenceId>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let submitted = Column::Status.eq(LicenceStatus::Submitted);
    let mut query = Entity::find().filter(submitted).order_by_asc(Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query.all(db).await
}

/// Decides on a licence, unless that was done before.
pub async fn decide(db: &impl ConnectionTrait, id: LicenceId, decision: Decision) -> Result<Moved, DbErr> {
    let change = ActiveModel {
        status: Set(decision.status),
        decided_by: Set(Some(decision.by)),
        decided_at: Set(Some(decision.at)),
        reason: Set(decision.reason),
        ..Default::default()
    };
    let undecided = Column::Status.eq(LicenceStatus::Submitted);
    let done = Entity::update_many().set(change).filter(Column::Id.eq(id)).filter(undecided).exec(db).await?;
    Ok(Moved::of(done.rows_affected))
}

pub async fn count_documents(db: &impl ConnectionTrait, licence: LicenceId) -> Result<u64, DbErr> {
    document::Entity::find().filter(document::Column::LicenceId.eq(licence)).count(db).await
}

impl document::Model {
    pub async fn insert(db: &impl ConnectionTrait, document: Self) -> Result<(), DbErr> {
        document::Entity::insert(document::ActiveModel::from(document)).exec_without_returning(db).await.map(|_| ())
    }
}

pub async fn find_document(db: &impl ConnectionTrait, id: DocumentId) -> Result<Option<document::Model>, DbErr> {
    document::Entity::find_by_id(id).one(db).await
}

/// The documents of these licences, in the order in which they came.
pub async fn documents_of(
    db: &impl ConnectionTrait,
    licences: impl IntoIterator<Item = LicenceId>,
) -> Result<HashMap<LicenceId, Vec<DocumentId>>, DbErr> {
    let of_licences = document::Entity::find().filter(document::Column::LicenceId.is_in(licences));
    let rows = of_licences.order_by_asc(document::Column::Id).all(db).await?;
    let mut by_licence: HashMap<LicenceId, Vec<DocumentId>> = HashMap::new();
    for row in rows {
        by_licence.entry(row.licence_id).or_default().push(row.id);
    }
    Ok(by_licence)
}
