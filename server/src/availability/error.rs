//! The ways a doctor's schedule says no.

use axum::http::StatusCode;

use super::slots::Refusal;
use platform::http::error::AppError;
use platform::text::Text;

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        let (status, code, text) = match refusal {
            Refusal::TooSoon => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "slot_too_soon",
                Text::new(
                    "Jam itu sudah lewat atau terlalu dekat. Pilih jam lain.",
                    "That time is over or too near. Choose another one.",
                ),
            ),
            Refusal::NotOffered => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "slot_not_offered",
                Text::new(
                    "Dokter tidak praktik pada jam itu. Pilih jam lain.",
                    "The vet does not work at that time. Choose another one.",
                ),
            ),
            Refusal::Taken => (
                StatusCode::CONFLICT,
                "slot_taken",
                Text::new(
                    "Jam itu baru saja diambil orang lain. Pilih jam lain.",
                    "Somebody has just taken that time. Choose another one.",
                ),
            ),
        };
        Self::refused(status, code, text)
    }
}
