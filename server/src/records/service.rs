//! Writing a summary, finishing it, and reading it.

use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use utoipa::ToSchema;

use super::entity::{note, record};
use super::error::{RecordError, not_found};
use super::rules::{self, Sections};
use super::{Records, store};
use crate::accounts::AccountId;
use crate::consultations::{Consultation, ConsultationError, Held};
use crate::doctors::Doctor;
use crate::events::{Event, Work};
use crate::orders::{Order, OrderStatus};
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::idempotency::Claim;
use platform::http::path::Named;
use platform::realtime;
use platform::{random, work};

/// 60 bits of chance: nobody finds another's summary by trying.
const CODE_LENGTH: usize = 12;

/// The summary as far as this person may see it: its vet always, the owner once it is finished.
pub async fn find(records: &Records, viewer: AccountId, id: ConsultationId) -> Result<record::Model, AppError> {
    let db = &records.db.read;
    let about = Consultation::find_for_party(db, viewer, id).await?.ok_or_else(ConsultationId::not_found)?;
    let record = store::find(db, id).await?;
    record.filter(|found| found.finished_at.is_some() || viewer == about.doctor_id).ok_or_else(not_found)
}

/// The summary when it is finished, for either of the two.
pub async fn find_finished(
    records: &Records,
    viewer: AccountId,
    id: ConsultationId,
) -> Result<record::Model, AppError> {
    let record = find(records, viewer, id).await?;
    if record.finished_at.is_some() { Ok(record) } else { Err(not_found()) }
}

/// Keeps what the vet has written: a draft as it is; of a finished one, whole, a new revision.
pub async fn save(
    records: &Records,
    doctor: AccountId,
    id: ConsultationId,
    sections: Sections,
) -> Result<record::Model, AppError> {
    let now = records.clock.now();
    let work = Work::begin(&records.db, now).await?;
    let about = to_write_about(&work, doctor, id).await?.consultation;
    let saved = match store::find(&*work, id).await? {
        None => begin(&*work, &about, sections, now).await?,
        Some(before) => rewrite(&*work, before, sections, now).await?,
    };
    work.commit(&records.audience).await?;
    Ok(saved)
}

/// The consultation, held with its order until the unit of work ends, if its vet may write about it.
async fn to_write_about(work: &Work, doctor: AccountId, id: ConsultationId) -> Result<Held, AppError> {
    let held = Consultation::hold(work, id).await?;
    if held.consultation.doctor_id != doctor {
        return Err(ConsultationId::not_found());
    }
    match held.consultation.status {
        ConsultationStatus::Active | ConsultationStatus::Ended => Ok(held),
        _ => Err(RecordError::NotPossible.into()),
    }
}

async fn begin(
    txn: &impl ConnectionTrait,
    about: &Consultation,
    sections: Sections,
    now: Timestamp,
) -> Result<record::Model, AppError> {
    let draft = draft(about, sections, now);
    store::insert(txn, draft.clone()).await?;
    Consultation::save_record_begun(txn, about.id).await?;
    Ok(draft)
}

fn draft(about: &Consultation, sections: Sections, now: Timestamp) -> record::Model {
    record::Model {
        consultation_id: about.id,
        doctor_id: about.doctor_id,
        complaint: sections.complaint,
        findings: sections.findings,
        advice: sections.advice,
        prescription: sections.prescription,
        next_step: sections.next_step,
        code: None,
        licence_number: None,
        revision: 0,
        finished_at: None,
        updated_at: now,
    }
}

async fn rewrite(
    txn: &impl ConnectionTrait,
    before: record::Model,
    sections: Sections,
    now: Timestamp,
) -> Result<record::Model, AppError> {
    if before.sections() == sections {
        return Ok(before);
    }
    let mut revision = before.revision;
    if let Some(until) = before.editable_until() {
        if now > until {
            return Err(RecordError::Closed.into());
        }
        rules::check_whole(&sections)?;
        revision += 1;
    }
    store::save_sections(txn, &before, sections, revision, now).await?.or(ConsultationError::ChangedMeanwhile)?;
    let saved = store::find(txn, before.consultation_id).await?;
    saved.ok_or_else(not_found)
}

/// The vet says that the summary is done: the owner reads it, the consultation ends if it still goes on, and what was paid
/// is earned unless the owner complains in time. Doing so again changes nothing. Without an answer there is nothing to sum up.
pub async fn finish(
    records: &Records,
    doctor: AccountId,
    id: ConsultationId,
    claim: Option<&Claim>,
) -> Result<record::Model, AppError> {
    work::retried(|| try_finish(records, doctor, id, claim)).await
}

async fn try_finish(
    records: &Records,
    doctor: AccountId,
    id: ConsultationId,
    claim: Option<&Claim>,
) -> Result<record::Model, AppError> {
    let mut work = Work::begin(&records.db, records.clock.now()).await?;
    let Held { order, consultation } = to_write_about(&work, doctor, id).await?;
    let draft = store::find(&*work, id).await?.ok_or_else(not_found)?;
    if draft.finished_at.is_some() {
        return Ok(draft);
    }
    rules::check_whole(&draft.sections())?;
    let about = consultation.note_answer_now(&mut work).await?;
    if about.answered_at.is_none() {
        return Err(RecordError::NotPossible.into());
    }
    let licence_number = Doctor::find(&*work, doctor).await?.map(|profile| profile.licence_number);
    let finished = as_finished(draft, licence_number, work.now());
    store::finish(&*work, &finished).await?.or(ConsultationError::ChangedMeanwhile)?;
    Consultation::save_recorded(&*work, id, work.now()).await?;
    if about.status == ConsultationStatus::Active {
        records.consultations.close(&mut work, &Held { order: order.clone(), consultation: about.clone() }).await?;
    }
    if order.status == OrderStatus::Paid {
        let at = records.consultations.earned_at(work.now());
        Order::plan_earning(&mut work, order.id, at).await?;
    }
    if let Some(claim) = claim {
        claim.take(&*work, &id.to_string(), work.now()).await?;
    }
    work.tell(Event::ConsultationChanged(id));
    work.tell(Event::RecordFinished { owner: about.owner_id, consultation: id });
    work.commit(&records.audience).await?;
    Ok(finished)
}

fn as_finished(draft: record::Model, licence_number: Option<String>, now: Timestamp) -> record::Model {
    record::Model {
        code: Some(random::code(CODE_LENGTH)),
        licence_number,
        revision: 1,
        finished_at: Some(now),
        updated_at: now,
        ..draft
    }
}

/// The owner's devices hear that the summary can be read.
pub async fn tell_finished(records: &Records, owner: AccountId, id: ConsultationId) {
    records.realtime.tell(&[owner.0], &RecordFinished { consultation_id: id }).await;
}

/// The summary can be read.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordFinished {
    consultation_id: ConsultationId,
}

impl realtime::Event for RecordFinished {
    const NAME: &'static str = "recordFinished";
}

impl record::Model {
    /// A finished summary of the past, for demo data.
    pub async fn import(
        db: &impl ConnectionTrait,
        about: &Consultation,
        sections: Sections,
        licence_number: String,
        at: Timestamp,
    ) -> Result<(), DbErr> {
        store::insert(db, as_finished(draft(about, sections, at), Some(licence_number), at)).await
    }
}

/// What the vet noted for nobody else; empty when nothing was.
pub async fn find_note(
    records: &Records,
    doctor: AccountId,
    id: ConsultationId,
) -> Result<Option<note::Model>, AppError> {
    of_vet(records, doctor, id).await?;
    Ok(store::find_note(&records.db.read, id).await?)
}

pub async fn save_note(
    records: &Records,
    doctor: AccountId,
    id: ConsultationId,
    body: String,
) -> Result<note::Model, AppError> {
    of_vet(records, doctor, id).await?;
    let note = note::Model { consultation_id: id, body, updated_at: records.clock.now() };
    store::save_note(&records.db.write, note.clone()).await?;
    Ok(note)
}

async fn of_vet(records: &Records, doctor: AccountId, id: ConsultationId) -> Result<(), AppError> {
    let found = Consultation::find(&records.db.read, id).await?.filter(|found| found.doctor_id == doctor);
    found.map(|_| ()).ok_or_else(ConsultationId::not_found)
}
