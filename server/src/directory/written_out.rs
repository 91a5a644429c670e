//! The directory, written out once for everybody who asks at the same moment. Everybody gets the same bytes, and
//! everybody asks for them: the first page of each visit shows it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use super::Directory;
use super::cards::DoctorCard;
use crate::availability::Slot;
use crate::doctors::Verified;
use platform::http::error::AppError;

/// So long a profile, a price or a review may be seen as it was. Who is online is always seen as it is.
const FRESH: Duration = Duration::from_millis(100);

#[derive(Default)]
pub struct WrittenOut {
    kept: Mutex<Option<Kept>>,
    /// Held by the one who reads it anew, while the others wait for the result.
    reading: tokio::sync::Mutex<()>,
}

struct Kept {
    read_at: Instant,
    presence: u64,
    body: Bytes,
}

impl WrittenOut {
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
async fn written_out(directory: &Directory) -> Result<Bytes, AppError> {
    if let Some(body) = directory.written_out.fresh(directory.chat.presence.version()) {
        return Ok(body);
    }
    let _turn = directory.written_out.reading.lock().await;
    let presence = directory.chat.presence.version();
    if let Some(body) = directory.written_out.fresh(presence) {
        return Ok(body);
    }
    let read_at = Instant::now();
    let body = Bytes::from(serde_json::to_vec(&cards(directory).await?).map_err(anyhow::Error::from)?);
    directory.written_out.keep(Kept { read_at, presence, body: body.clone() });
    Ok(body)
}

/// All verified doctors
#[utoipa::path(get, path = "/roles/dokter", operation_id = "list_doctors", tag = "doctors", responses((status = 200, body = Vec<DoctorCard>)))]
pub async fn list(State(directory): State<Arc<Directory>>) -> Result<impl IntoResponse, AppError> {
    Ok(([(header::CONTENT_TYPE, "application/json")], written_out(&directory).await?))
}

async fn cards(directory: &Directory) -> Result<Vec<DoctorCard>, AppError> {
    let doctors = Verified::list(&directory.db.read, directory.clock.now()).await?;
    let next_slots = Slot::all_next_available(&directory.db.read).await?;
    let next_slot = |doctor: &Verified| next_slots.get(&doctor.account.id).copied();
    Ok(doctors.iter().map(|doctor| DoctorCard::new(directory, doctor, next_slot(doctor))).collect())
}
