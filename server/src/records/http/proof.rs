//! `GET /api/records/verify/{code}`: whether a summary on paper is one of ours.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::Account;
use crate::consultations::Consultation;
use crate::pets::PetCard;
use crate::records::error::not_found;
use crate::records::{Records, rules, store};
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::http::client_address::ClientAddress;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::http::problem::ProblemBody;

/// Enough to compare a copy with; nothing of what was said.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RecordProof)]
pub struct ProofView {
    code: String,
    /// The vet's name.
    doctor: String,
    #[schema(required)]
    licence_number: Option<String>,
    #[schema(required)]
    pet_name: Option<String>,
    consulted_at: Timestamp,
    finished_at: Timestamp,
    revision: i32,
    /// SHA-256 of the words, as it stands on a copy of this revision.
    fingerprint: String,
}

/// Verify a summary by the code on it
#[utoipa::path(get, path = "/records/verify/{code}", operation_id = "verify_record", tag = "records", params(("code" = String, Path, description = "As printed; small letters, spaces and hyphens do not matter.")),
    responses((status = 200, body = ProofView), (status = 404, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn verify(
    State(records): State<Arc<Records>>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
) -> Result<JsonBody<ProofView>, AppError> {
    records.proofs_by_address.take(&address)?;
    let db = &records.db.read;
    let record = store::find_by_code(db, &rules::read_code(&code)).await?.ok_or_else(not_found)?;
    let (Some(code), Some(finished_at)) = (&record.code, record.finished_at) else { return Err(not_found()) };
    let about = Consultation::find(db, record.consultation_id).await?.ok_or_else(ConsultationId::not_found)?;
    let doctor = Account::find(db, record.doctor_id).await?.ok_or_else(|| Account::missing(record.doctor_id))?;
    let pet = PetCard::find(db, about.pet_id).await?;
    Ok(JsonBody(ProofView {
        code: rules::show_code(code),
        doctor: doctor.username,
        licence_number: record.licence_number.clone(),
        pet_name: pet.map(|card| card.name),
        consulted_at: about.moment(),
        finished_at,
        revision: record.revision,
        fingerprint: record.fingerprint(),
    }))
}
