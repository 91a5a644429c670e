//! `/api/consultations/{id}/record`.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::{Account, CurrentUser, Doctor, Party};
use crate::consultations::{Consultation, RecordStatus};
use crate::pets::PetCard;
use crate::records::entity::record::Model;
use crate::records::rules::{self, Given};
use crate::records::{Records, service};
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::idempotency::{Claim, once};
use platform::http::json::Json;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;

/// Each at most 4,000 characters; a draft may lack some.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordRequest {
    complaint: Option<String>,
    findings: Option<String>,
    advice: Option<String>,
    prescription: Option<String>,
    next_step: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsultationRecord)]
pub struct RecordView {
    consultation_id: ConsultationId,
    complaint: String,
    findings: String,
    advice: String,
    /// Empty when nothing was prescribed.
    prescription: String,
    next_step: String,
    status: RecordStatus,
    /// What a finished one is verified by.
    #[schema(required)]
    code: Option<String>,
    /// 0 for a draft.
    revision: i32,
    #[schema(required)]
    finished_at: Option<Timestamp>,
    updated_at: Timestamp,
    /// The last moment at which the vet may correct a finished one.
    #[schema(required)]
    editable_until: Option<Timestamp>,
    doctor: Party,
    /// The licence under which a finished one was written.
    #[schema(required)]
    licence_number: Option<String>,
    #[schema(required)]
    pet: Option<PetCard>,
}

/// The vet's summary of a consultation; its owner sees it once it is finished
#[utoipa::path(get, path = "/consultations/{id}/record", operation_id = "show_record", tag = "records", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = RecordView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(records): State<Arc<Records>>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
) -> Result<JsonBody<RecordView>, AppError> {
    view(&records, service::find(&records, me.id, id).await?).await
}

/// Keep the draft of a summary, or correct a finished one within 48 hours
#[utoipa::path(put, path = "/consultations/{id}/record", operation_id = "save_record", tag = "records", params(("id" = ConsultationId, Path)), request_body = RecordRequest,
    responses((status = 200, body = RecordView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn save(
    State(records): State<Arc<Records>>,
    Doctor(me): Doctor,
    Id(id): Id<ConsultationId>,
    Json(body): Json<RecordRequest>,
) -> Result<JsonBody<RecordView>, AppError> {
    let sections = rules::read(body.given())?;
    view(&records, service::save(&records, me.id, id, sections).await?).await
}

/// Finish a summary: it ends the consultation if that still goes on, and the payment is earned once nobody has complained
#[utoipa::path(post, path = "/consultations/{id}/record/finish", operation_id = "finish_record", tag = "records", params(("id" = ConsultationId, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = RecordView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn finish(
    State(records): State<Arc<Records>>,
    Doctor(me): Doctor,
    Id(id): Id<ConsultationId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let claim = Claim::from_headers(&headers, me.id.0, "POST /consultations/record/finish", &id)?;
    let deed = async { Ok(view(&records, service::finish(&records, me.id, id, claim.as_ref()).await?).await?.0) };
    let replay = |_| async { Ok(view(&records, service::find_finished(&records, me.id, id).await?).await?.0) };
    once(&records.db.write, records.clock.now(), claim.as_ref(), StatusCode::OK, deed, replay).await
}

impl RecordRequest {
    fn given(self) -> Given {
        Given {
            complaint: self.complaint,
            findings: self.findings,
            advice: self.advice,
            prescription: self.prescription,
            next_step: self.next_step,
        }
    }
}

async fn view(records: &Records, record: Model) -> Result<JsonBody<RecordView>, AppError> {
    let db = &records.db.read;
    let about = Consultation::find(db, record.consultation_id).await?.ok_or_else(ConsultationId::not_found)?;
    let doctor = Party::find_all(db, [record.doctor_id]).await?.remove(&record.doctor_id);
    let pet = PetCard::find(db, about.pet_id).await?;
    let editable_until = record.editable_until();
    Ok(JsonBody(RecordView {
        consultation_id: record.consultation_id,
        complaint: record.complaint,
        findings: record.findings,
        advice: record.advice,
        prescription: record.prescription,
        next_step: record.next_step,
        status: if record.finished_at.is_some() { RecordStatus::Finished } else { RecordStatus::Draft },
        code: record.code,
        revision: record.revision,
        finished_at: record.finished_at,
        updated_at: record.updated_at,
        editable_until,
        doctor: doctor.ok_or_else(|| Account::missing(record.doctor_id))?,
        licence_number: record.licence_number,
        pet,
    }))
}
