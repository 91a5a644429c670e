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
    #[error("it is too late to move the consultation")]
    TooLateToMove,
    #[error("the doctor is not late")]
    NotLate,
}

impl From<ConsultationError> for AppError {
    fn from(error: ConsultationError) -> Self {
        tracing::info!(%error, "a consultation was not changed");
        if let ConsultationError::NotLate = error {
            return Self::refused(
                StatusCode::CONFLICT,
                "doctor_not_late",
                Text::new(
                    "Dokter masih punya waktu untuk menjawab, atau sudah menjawab.",
                    "The vet still has time to answer, or has answered.",
                ),
            );
        }
        if let ConsultationError::TooLateToMove = error {
            return Self::refused(
                StatusCode::CONFLICT,
                "too_late_to_reschedule",
                Text::new(
                    "Jadwal sudah terlalu dekat untuk dipindah. Kamu masih bisa membatalkan.",
                    "It is too near to be moved. You can still cancel it.",
                ),
            );
        }
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
