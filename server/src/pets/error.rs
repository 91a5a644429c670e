//! The ways an owner's pets say no.

use axum::http::StatusCode;

use super::rules::{MOST_ENTRIES, MOST_PETS};
use platform::http::error::AppError;
use platform::text::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PetError {
    #[error("the owner has as many pets as one can have")]
    TooMany,
    #[error("the pet is archived")]
    Archived,
    #[error("the pet has as many entries of this kind as one can have")]
    TooManyEntries,
}

impl From<PetError> for AppError {
    fn from(error: PetError) -> Self {
        let (code, text) = match error {
            PetError::TooMany => (
                "too_many_pets",
                Text::new(
                    format!("Satu akun paling banyak {MOST_PETS} hewan."),
                    format!("An account may have {MOST_PETS} pets at most."),
                ),
            ),
            PetError::Archived => (
                "pet_archived",
                Text::new(
                    "Hewan ini sudah diarsipkan dan tidak dapat diubah.",
                    "This pet is archived and cannot be changed.",
                ),
            ),
            PetError::TooManyEntries => (
                "too_many_pet_entries",
                Text::new(
                    format!("Paling banyak {MOST_ENTRIES} catatan. Hapus yang lama dulu."),
                    format!("At most {MOST_ENTRIES} entries. Delete old ones first."),
                ),
            ),
        };
        Self::refused(StatusCode::CONFLICT, code, text)
    }
}
