//! The ways consultations say no.

use axum::http::StatusCode;

use super::entity::ConsultationStatus;
use super::rules::Event;
use crate::platform::http::error::AppError;
use crate::platform::text::Text;

#[derive(Debug, thiserror::Error)]
pub enum ConsultationError {
    #[error("{event:?} cannot happen to a consultation that is {from:?}")]
    Impossible { from: ConsultationStatus, event: Event },
    #[error("somebody else changed the consultation first")]
    ChangedMeanwhile,
}

impl From<ConsultationError> for AppError {
    fn from(error: ConsultationError) -> Self {
        tracing::info!(%error, "a consultation was not changed");
        Self::refused(
            StatusCode::CONFLICT,
            "consultation_state_changed",
            Text::new(
                "Status konsultasi ini sudah berubah. Muat ulang halaman.",
                "This consultation has changed meanwhile. Reload the page.",
            ),
        )
    }
}
