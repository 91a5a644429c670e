//! The ways consultations say no.

use axum::http::StatusCode;
use sea_orm::DbErr;

use super::buy::MOST_UNPAID_SLOTS;
use super::rules::Event;
use crate::chat::ConversationId;
use crate::payments::PaymentId;
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::db::unless_taken;
use platform::http::error::AppError;
use platform::text::Text;

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
    #[error("the doctor cannot take the consultation over")]
    DoctorNotAvailable,
    #[error("there is no more time to ask for, or none that was asked for")]
    NoExtension,
    #[error("the doctor's next time is booked by somebody else")]
    DoctorBusyNext,
    #[error("there are no questions after the end any more")]
    FollowUpOver,
}

/// Somebody pressed the button twice, or the two began to talk in another way.
pub fn in_a_race(error: DbErr) -> AppError {
    unless_taken(error, ConsultationError::ChangedMeanwhile)
}

impl From<ConsultationError> for AppError {
    fn from(error: ConsultationError) -> Self {
        tracing::info!(%error, "a consultation was not changed");
        let (code, text) = match error {
            ConsultationError::NotLate => (
                "doctor_not_late",
                Text::new(
                    "Dokter masih punya waktu untuk menjawab, atau sudah menjawab.",
                    "The vet still has time to answer, or has answered.",
                ),
            ),
            ConsultationError::DoctorNotAvailable => (
                "doctor_not_available",
                Text::new(
                    "Dokter ini tidak bisa mengambil alih sekarang. Pilih dokter lain.",
                    "This vet cannot take over now. Choose another one.",
                ),
            ),
            ConsultationError::TooLateToMove => (
                "too_late_to_reschedule",
                Text::new(
                    "Jadwal sudah terlalu dekat untuk dipindah. Kamu masih bisa membatalkan.",
                    "It is too near to be moved. You can still cancel it.",
                ),
            ),
            ConsultationError::NoExtension => (
                "extension_not_possible",
                Text::new(
                    "Waktu tidak bisa ditambah sekarang. Muat ulang halaman.",
                    "The time cannot be extended now. Reload the page.",
                ),
            ),
            ConsultationError::DoctorBusyNext => (
                "doctor_busy_next",
                Text::new(
                    "Waktu dokter setelah ini sudah dipesan orang lain.",
                    "Somebody else has booked the vet's time after this.",
                ),
            ),
            ConsultationError::FollowUpOver => (
                "follow_up_over",
                Text::new(
                    "Waktu untuk bertanya lagi sudah habis. Kamu bisa memesan konsultasi baru.",
                    "The time for more questions is over. You can book another consultation.",
                ),
            ),
            ConsultationError::Impossible { .. } | ConsultationError::ChangedMeanwhile => (
                "consultation_state_changed",
                Text::new(
                    "Status konsultasi ini sudah berubah. Muat ulang halaman.",
                    "This consultation has changed meanwhile. Reload the page.",
                ),
            ),
        };
        Self::refused(StatusCode::CONFLICT, code, text)
    }
}

/// The ways a purchase is refused.
#[derive(Debug, thiserror::Error)]
pub enum PurchaseError {
    #[error("the two have an active conversation already")]
    ConversationAlreadyActive(ConversationId),
    #[error("another purchase of the same doctor waits to be paid")]
    OtherPurchaseOpen { payment: PaymentId, consultation: ConsultationId },
    #[error("the owner holds as many times unpaid as anybody may")]
    TooManyUnpaidSlots,
}

impl From<PurchaseError> for AppError {
    fn from(error: PurchaseError) -> Self {
        match error {
            PurchaseError::ConversationAlreadyActive(conversation) => Self::refused(
                StatusCode::CONFLICT,
                "conversation_already_active",
                Text::new(
                    "Kamu masih punya percakapan yang berjalan dengan dokter ini.",
                    "You still have a conversation under way with this doctor.",
                ),
            )
            .with("conversationId", conversation.to_string()),
            PurchaseError::OtherPurchaseOpen { payment, consultation } => Self::refused(
                StatusCode::CONFLICT,
                "other_purchase_open",
                Text::new(
                    "Kamu masih punya pesanan lain dengan dokter ini yang belum dibayar. Bayar atau batalkan dulu.",
                    "You have another order with this vet that is not paid. Pay or cancel it first.",
                ),
            )
            .with("transactionId", payment.to_string())
            .with("consultationId", consultation.to_string()),
            PurchaseError::TooManyUnpaidSlots => Self::refused(
                StatusCode::CONFLICT,
                "too_many_unpaid_slots",
                Text::new(
                    format!(
                        "Masih ada {MOST_UNPAID_SLOTS} jadwal yang belum dibayar. Bayar atau batalkan salah satu dulu."
                    ),
                    format!(
                        "{MOST_UNPAID_SLOTS} of your appointments are not paid yet. Pay or cancel one of them first."
                    ),
                ),
            ),
        }
    }
}
