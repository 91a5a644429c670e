//! The directory, written out once for everybody who asks at the same moment. Everybody gets the same bytes, and
//! everybody asks for them: the first page of each visit shows it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use super::cards::DoctorCard;
use crate::app::{App, AppState};
use crate::availability;
use crate::doctors::{self, Verified};
use platform::http::error::AppError;

/// So long a profile, a price or a review may be seen as it was. Who is online is always seen as it is.
const FRESH: Duration = Duration::from_millis(100);

#[derive(Default)]
pub struct Directory {
    kept: Mutex<Option<Kept>>,
    /// Held by the one who reads it anew, while the others wait for the result.
    reading: tokio::sync::Mutex<()>,
}

struct Kept {
    read_at: Instant,
    presence: u64,
    body: Bytes,
}

impl Directory {
    fn fresh(&self, presence: u64) -> Option<Bytes> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh = |kept: &&Kept| kept.presence == presence && kept.read_at.elapsed() < FRESH;
        kept.as_ref().filter(is_fresh).map(|kept| kept.body.clone())
    }

    fn keep(&self, kept: Kept) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }
}

/// All of them as JSON.
async fn written_out(app: &App) -> Result<Bytes, AppError> {
    if let Some(body) = app.directory.fresh(app.presence.version()) {
        return Ok(body);
    }
    let _turn = app.directory.reading.lock().await;
    let presence = app.presence.version();
    if let Some(body) = app.directory.fresh(presence) {
        return Ok(body);
    }
    let read_at = Instant::now();
    let body = Bytes::from(serde_json::to_vec(&cards(app).await?).map_err(anyhow::Error::from)?);
    app.directory.keep(Kept { read_at, presence, body: body.clone() });
    Ok(body)
}

/// All verified doctors
#[utoipa::path(get, path = "/roles/dokter", operation_id = "list_doctors", tag = "doctors", responses((status = 200, body = Vec<DoctorCard>)))]
pub async fn list(State(app): State<AppState>) -> Result<impl IntoResponse, AppError> {
    Ok(([(header::CONTENT_TYPE, "application/json")], written_out(&app).await?))
}

async fn cards(app: &App) -> Result<Vec<DoctorCard>, AppError> {
    let doctors = doctors::list_verified(&app.db.read, app.clock.now()).await?;
    let next_slots = availability::all_next_available(&app.db.read).await?;
    let next_slot = |doctor: &Verified| next_slots.get(&doctor.account.id).copied();
    Ok(doctors.iter().map(|doctor| DoctorCard::new(app, doctor, next_slot(doctor))).collect())
}
