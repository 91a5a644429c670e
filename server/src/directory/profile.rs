//! One doctor, as somebody sees who thinks of asking.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Directory;
use super::cards::DoctorCard;
use crate::accounts::AccountId;
use crate::availability::Slot;
use crate::consultations::{CancellationPolicy, Consultation, Terms};
use crate::doctors::{DoctorId, SpokenLanguage, Verified};
use crate::orders::{Quote, QuoteView};
use crate::pets::Species;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DoctorProfile {
    #[serde(flatten)]
    card: DoctorCard,
    bio: String,
    species: Vec<Species>,
    languages: Vec<SpokenLanguage>,
    licence_number: String,
    #[schema(required)]
    licence_issuer: Option<String>,
    /// Its last day.
    #[schema(required, format = Date)]
    licence_expires_on: Option<String>,
    /// When we last checked the licence.
    #[schema(required)]
    verified_at: Option<Timestamp>,
    quote: QuoteView,
    instant: InstantPromise,
    cancellation: CancellationPromise,
}

/// What an owner who pays now is promised.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstantPromise {
    /// The vet answers within so many minutes, or the money goes back.
    answer_within_minutes: i32,
    /// How many wait for the vet already.
    waiting: usize,
}

/// What calling off a slot costs that is booked now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CancellationPromise {
    /// Until so many minutes before it begins, nothing.
    free_minutes: i32,
    /// What goes back later, until it begins.
    late_refund_percent: i32,
}

/// One verified doctor, with the price line by line
#[utoipa::path(get, path = "/doctors/{id}", operation_id = "show_doctor", tag = "doctors", params(("id" = AccountId, Path)),
    responses((status = 200, body = DoctorProfile), (status = 404, body = ProblemBody)))]
pub async fn profile(
    State(directory): State<Arc<Directory>>,
    Id(id): Id<DoctorId>,
) -> Result<Json<DoctorProfile>, AppError> {
    let doctor = Verified::get(&directory.db.read, id.0, directory.clock.now()).await?;
    let next_slot = Slot::next_available(&directory.db.read, [id.0]).await?.remove(&id.0);
    let quote = Quote::new(doctor.profile.base_price, directory.markup);
    let waiting = Consultation::count_waiting(&directory.db.read, id.0).await?;
    let answer_within_minutes =
        Terms::of_instant(directory.consultations.is_there(&directory.db.read, id.0).await?).answer;
    Ok(Json(DoctorProfile {
        card: DoctorCard::new(&directory, &doctor, next_slot),
        species: doctor.profile.species(),
        languages: doctor.profile.languages(),
        bio: doctor.profile.bio,
        licence_number: doctor.profile.licence_number,
        licence_issuer: doctor.profile.licence_issuer,
        licence_expires_on: doctor.profile.licence_expires_on,
        verified_at: doctor.profile.verified_at,
        quote: quote.into(),
        instant: InstantPromise { answer_within_minutes, waiting },
        cancellation: CancellationPromise {
            free_minutes: CancellationPolicy::CURRENT.free_minutes,
            late_refund_percent: CancellationPolicy::CURRENT.late_refund_percent,
        },
    }))
}
