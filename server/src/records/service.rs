//! Writing a summary, finishing it, and reading it.

use sea_orm::{ConnectionTrait, DbErr};

use super::entity::{note, record};
use super::error::{RecordError, not_found};
use super::rules::{self, Sections};
use super::store;
use crate::accounts::AccountId;
use crate::app::App;
use crate::consultations::{self, ConsultationError, Held, entity as consultation};
use crate::doctors;
use crate::events::{Event, Work};
use crate::orders::{self, OrderStatus};
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::idempotency::Claim;
use platform::http::path::Named;
use platform::random;
use platform::work;

/// 60 bits of chance: nobody finds another's summary by trying.
const CODE_LENGTH: usize = 12;

/// The summary as far as this person may see it: its vet always, the owner once it is finished.
pub async fn find(app: &App, viewer: AccountId, id: ConsultationId) -> Result<record::Model, AppError> {
    let db = &app.db.read;
    let about = consultations::find_for_party(db, viewer, id).await?.ok_or_else(ConsultationId::not_found)?;
    let record = store::find(db, id).await?;
    record.filter(|found| found.finished_at.is_some() || viewer == about.doctor_id).ok_or_else(not_found)
}

/// The summary when it is finished, for either of the two.
pub async fn find_finished(app: &App, viewer: AccountId, id: ConsultationId) -> Result<record::Model, AppError> {
    let record = find(app, viewer, id).await?;
    if record.finished_at.is_some() { Ok(record) } else { Err(not_found()) }
}

/// Keeps what the vet has written: a draft as it is; of a finished one, whole, a new revision.
pub async fn save(
    app: &App,
    doctor: AccountId,
    id: ConsultationId,
    sections: Sections,
) -> Result<record::Model, AppError> {
    let now = app.clock.now();
    let work = Work::begin(&app.db, now).await?;
    let about = to_write_about(&work, doctor, id).await?.consultation;
    let saved = match store::find(&*work, id).await? {
        None => begin(&*work, &about, sections, now).await?,
        Some(before) => rewrite(&*work, before, sections, now).await?,
    };
    work.commit(app).await?;
    Ok(saved)
}

/// The consultation, held with its order until the unit of work ends, if its vet may write about it.
async fn to_write_about(work: &Work, doctor: AccountId, id: ConsultationId) -> Result<Held, AppError> {
    let held = consultations::hold(work, id).await?;
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
    about: &consultation::Model,
    sections: Sections,
    now: Timestamp,
) -> Result<record::Model, AppError> {
    let draft = draft(about, sections, now);
    store::insert(txn, draft.clone()).await?;
    consultations::save_record_begun(txn, about.id).await?;
    Ok(draft)
}

fn draft(about: &consultation::Model, sections: Sections, now: Timestamp) -> record::Model {
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
    if !store::save_sections(txn, &before, sections, revision, now).await? {
        return Err(ConsultationError::ChangedMeanwhile.into());
    }
    let saved = store::find(txn, before.consultation_id).await?;
    saved.ok_or_else(not_found)
}

/// The vet says that the summary is done: the owner reads it, the consultation ends if it still goes on, and what was paid
/// is earned unless the owner complains in time. Doing so again changes nothing. Without an answer there is nothing to sum up.
pub async fn finish(
    app: &App,
    doctor: AccountId,
    id: ConsultationId,
    claim: Option<&Claim>,
) -> Result<record::Model, AppError> {
    work::retried(|| try_finish(app, doctor, id, claim)).await
}

async fn try_finish(
    app: &App,
    doctor: AccountId,
    id: ConsultationId,
    claim: Option<&Claim>,
) -> Result<record::Model, AppError> {
    let mut work = Work::begin(&app.db, app.clock.now()).await?;
    let Held { order, consultation } = to_write_about(&work, doctor, id).await?;
    let draft = store::find(&*work, id).await?.ok_or_else(not_found)?;
    if draft.finished_at.is_some() {
        return Ok(draft);
    }
    rules::check_whole(&draft.sections())?;
    let about = consultations::note_answer_now(&mut work, &consultation).await?;
    if about.answered_at.is_none() {
        return Err(RecordError::NotPossible.into());
    }
    let licence_number = doctors::find(&*work, doctor).await?.map(|profile| profile.licence_number);
    let finished = as_finished(draft, licence_number, work.now());
    if !store::finish(&*work, &finished).await? {
        return Err(ConsultationError::ChangedMeanwhile.into());
    }
    consultations::save_recorded(&*work, id, work.now()).await?;
    if about.status == ConsultationStatus::Active {
        consultations::close(app, &mut work, &Held { order: order.clone(), consultation: about.clone() }).await?;
    }
    if order.status == OrderStatus::Paid {
        let at = consultations::earned_at(app, work.now());
        orders::plan_earning(&mut work, order.id, at).await?;
    }
    if let Some(claim) = claim {
        claim.take(&*work, &id.to_string(), work.now()).await?;
    }
    work.tell(Event::ConsultationChanged(id));
    work.tell(Event::RecordFinished { owner: about.owner_id, consultation: id });
    work.commit(app).await?;
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

/// A finished summary of the past, for demo data.
pub async fn import(
    db: &impl ConnectionTrait,
    about: &consultation::Model,
    sections: Sections,
    licence_number: String,
    at: Timestamp,
) -> Result<(), DbErr> {
    store::insert(db, as_finished(draft(about, sections, at), Some(licence_number), at)).await
}

/// What the vet noted for nobody else; empty when nothing was.
pub async fn find_note(app: &App, doctor: AccountId, id: ConsultationId) -> Result<Option<note::Model>, AppError> {
    of_vet(app, doctor, id).await?;
    Ok(store::find_note(&app.db.read, id).await?)
}

pub async fn save_note(
    app: &App,
    doctor: AccountId,
    id: ConsultationId,
    body: String,
) -> Result<note::Model, AppError> {
    of_vet(app, doctor, id).await?;
    let note = note::Model { consultation_id: id, body, updated_at: app.clock.now() };
    store::save_note(&app.db.write, note.clone()).await?;
    Ok(note)
}

async fn of_vet(app: &App, doctor: AccountId, id: ConsultationId) -> Result<(), AppError> {
    let found = consultations::find(&app.db.read, id).await?.filter(|found| found.doctor_id == doctor);
    found.map(|_| ()).ok_or_else(ConsultationId::not_found)
}
