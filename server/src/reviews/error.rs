//! The ways reviews say no.

use axum::http::StatusCode;

use platform::http::error::AppError;
use platform::text::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    #[error("the consultation has not ended")]
    NotEnded,
    #[error("the consultation has been paid back")]
    PaidBack,
    #[error("the consultation has a review")]
    AlreadyReviewed,
    #[error("the review is too old to be edited")]
    TooLateToEdit,
    #[error("the vet has answered what the review says")]
    Answered,
    #[error("the review has an answer")]
    AlreadyReplied,
    #[error("the review is hidden")]
    Hidden,
}

impl From<ReviewError> for AppError {
    fn from(error: ReviewError) -> Self {
        let (code, text) = match error {
            ReviewError::NotEnded => (
                "consultation_not_ended",
                Text::new(
                    "Ulasan dapat ditulis setelah konsultasi selesai.",
                    "A review can be written once the consultation has ended.",
                ),
            ),
            ReviewError::PaidBack => (
                "consultation_refunded",
                Text::new(
                    "Konsultasi yang dananya kembali penuh tidak dapat diulas.",
                    "A consultation that was refunded in full cannot be reviewed.",
                ),
            ),
            ReviewError::AlreadyReviewed => (
                "already_reviewed",
                Text::new("Konsultasi ini sudah kamu ulas.", "You have reviewed this consultation already."),
            ),
            ReviewError::TooLateToEdit => (
                "review_edit_over",
                Text::new(
                    "Ulasan hanya dapat diubah dalam tujuh hari.",
                    "A review can be changed within seven days only.",
                ),
            ),
            ReviewError::Answered => (
                "review_answered",
                Text::new(
                    "Ulasan yang sudah dijawab dokter tidak dapat diubah lagi.",
                    "A review that the vet has answered cannot be changed any more.",
                ),
            ),
            ReviewError::AlreadyReplied => {
                ("already_replied", Text::new("Ulasan ini sudah dijawab.", "This review has been answered already."))
            }
            ReviewError::Hidden => {
                ("review_hidden", Text::new("Ulasan ini sedang disembunyikan.", "This review is hidden at the moment."))
            }
        };
        Self::refused(StatusCode::CONFLICT, code, text)
    }
}

/// The review of this consultation is not there, or not the caller's to know.
pub fn not_found() -> AppError {
    AppError::not_found("review_not_found", Text::new("Ulasan tidak ditemukan.", "There is no such review."))
}
