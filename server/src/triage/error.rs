//! The ways intakes say no.

use axum::http::StatusCode;

use super::pictures::MOST_PICTURES;
use platform::http::error::AppError;
use platform::text::Text;

#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    #[error("it was said for another consultation")]
    Used,
    #[error("there are as many pictures as there may be")]
    TooManyPictures,
}

impl From<IntakeError> for AppError {
    fn from(error: IntakeError) -> Self {
        let (code, text) = match error {
            IntakeError::Used => (
                "intake_used",
                Text::new(
                    "Keluhan ini sudah dipakai untuk konsultasi lain. Isi yang baru.",
                    "This was said for another consultation. Write it anew.",
                ),
            ),
            IntakeError::TooManyPictures => (
                "too_many_pictures",
                Text::new(format!("Paling banyak {MOST_PICTURES} foto."), format!("At most {MOST_PICTURES} pictures.")),
            ),
        };
        Self::refused(StatusCode::CONFLICT, code, text)
    }
}
