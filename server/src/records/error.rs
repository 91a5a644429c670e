//! The ways summaries say no.

use axum::http::StatusCode;

use platform::http::error::AppError;
use platform::text::Text;

#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error("the consultation has not begun, or came to nothing")]
    NotPossible,
    #[error("the time for corrections is over")]
    Closed,
}

impl From<RecordError> for AppError {
    fn from(error: RecordError) -> Self {
        let (code, text) = match error {
            RecordError::NotPossible => (
                "record_not_possible",
                Text::new(
                    "Ringkasan hanya untuk konsultasi yang sedang berjalan atau sudah selesai.",
                    "Summaries are for consultations that go on or have ended.",
                ),
            ),
            RecordError::Closed => (
                "record_closed",
                Text::new("Ringkasan ini sudah tidak bisa diubah.", "This summary cannot be changed any more."),
            ),
        };
        Self::refused(StatusCode::CONFLICT, code, text)
    }
}

pub fn not_found() -> AppError {
    AppError::not_found("record_not_found", Text::new("Ringkasan tidak ditemukan.", "There is no such summary."))
}
