//! Every query about summaries and private notes.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::entity::{note, record};
use super::rules::Sections;
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::db::Moved;

pub async fn find(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Option<record::Model>, DbErr> {
    record::Entity::find_by_id(id).one(db).await
}

/// The finished summary of this code.
pub async fn find_by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<record::Model>, DbErr> {
    record::Entity::find().filter(record::Column::Code.eq(code)).one(db).await
}

pub async fn insert(db: &impl ConnectionTrait, record: record::Model) -> Result<(), DbErr> {
    record::Entity::insert(record::ActiveModel::from(record)).exec_without_returning(db).await.map(|_| ())
}

/// Writes other words into the summary that is at this revision, unless it is at another by now.
pub async fn save_sections(
    db: &impl ConnectionTrait,
    before: &record::Model,
    sections: Sections,
    revision: i32,
    now: Timestamp,
) -> Result<Moved, DbErr> {
    let change = record::ActiveModel {
        complaint: Set(sections.complaint),
        findings: Set(sections.findings),
        advice: Set(sections.advice),
        prescription: Set(sections.prescription),
        next_step: Set(sections.next_step),
        revision: Set(revision),
        updated_at: Set(now),
        ..Default::default()
    };
    let done = record::Entity::update_many()
        .set(change)
        .filter(record::Column::ConsultationId.eq(before.consultation_id))
        .filter(record::Column::Revision.eq(before.revision))
        .exec(db)
        .await?;
    Ok(Moved::of(done.rows_affected))
}

/// Finishes a draft, unless it is finished already.
pub async fn finish(db: &impl ConnectionTrait, finished: &record::Model) -> Result<Moved, DbErr> {
    let change = record::ActiveModel {
        code: Set(finished.code.clone()),
        licence_number: Set(finished.licence_number.clone()),
        revision: Set(finished.revision),
        finished_at: Set(finished.finished_at),
        updated_at: Set(finished.updated_at),
        ..Default::default()
    };
    let done = record::Entity::update_many()
        .set(change)
        .filter(record::Column::ConsultationId.eq(finished.consultation_id))
        .filter(record::Column::FinishedAt.is_null())
        .exec(db)
        .await?;
    Ok(Moved::of(done.rows_affected))
}

pub async fn find_note(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Option<note::Model>, DbErr> {
    note::Entity::find_by_id(id).one(db).await
}

pub async fn save_note(db: &impl ConnectionTrait, note: note::Model) -> Result<(), DbErr> {
    let replace = OnConflict::column(note::Column::ConsultationId)
        .update_columns([note::Column::Body, note::Column::UpdatedAt])
        .to_owned();
    let insert = note::Entity::insert(note::ActiveModel::from(note)).on_conflict(replace);
    insert.exec_without_returning(db).await.map(|_| ())
}
