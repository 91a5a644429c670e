//! The ways in which doctors do not come in.

use axum::http::StatusCode;

use super::entity::{DoctorStatus, Model};
use super::licences::MOST_DOCUMENTS;
use super::rules::Event;
use platform::http::error::AppError;
use platform::text::Text;

#[derive(Debug, thiserror::Error)]
pub enum DoctorError {
    #[error("{event:?} cannot happen to a doctor who is {from:?}")]
    Impossible { from: DoctorStatus, event: Event },
    #[error("somebody else changed the doctor first")]
    ChangedMeanwhile,
    #[error("the account has applied before")]
    AlreadyApplied,
    #[error("the account is an owner's")]
    AccountInUse,
    #[error("a licence is being checked already")]
    LicenceAlreadySubmitted,
    #[error("the licence has been decided on")]
    LicenceDecided,
    #[error("the licence has ended")]
    LicenceExpired,
    #[error("nothing proves the licence")]
    DocumentsMissing,
    #[error("there are as many documents as there may be")]
    TooManyDocuments,
}

impl From<DoctorError> for AppError {
    fn from(error: DoctorError) -> Self {
        tracing::info!(%error, "a doctor was not changed");
        let (code, text) = match error {
            DoctorError::Impossible { .. } | DoctorError::ChangedMeanwhile => (
                "doctor_state_changed",
                Text::new(
                    "Status dokter ini sudah berubah. Muat ulang halaman.",
                    "This vet has changed meanwhile. Reload the page.",
                ),
            ),
            DoctorError::AlreadyApplied => (
                "already_applied",
                Text::new("Kamu sudah mendaftar. Lihat statusnya.", "You have applied already. See how it goes."),
            ),
            DoctorError::AccountInUse => (
                "account_in_use",
                Text::new(
                    "Akun ini sudah dipakai sebagai pemilik hewan. Daftar dengan akun lain.",
                    "This account is a pet owner's already. Apply with another one.",
                ),
            ),
            DoctorError::LicenceAlreadySubmitted => (
                "licence_already_submitted",
                Text::new("Masih ada izin yang sedang kami periksa.", "A licence is being checked already."),
            ),
            DoctorError::LicenceDecided => {
                ("licence_decided", Text::new("Izin ini sudah diputuskan.", "This licence has been decided on."))
            }
            DoctorError::LicenceExpired => {
                ("licence_expired", Text::new("Izin ini sudah habis masa berlakunya.", "This licence has ended."))
            }
            DoctorError::DocumentsMissing => (
                "documents_missing",
                Text::new("Belum ada foto dokumen izinnya.", "There is no picture of the licence yet."),
            ),
            DoctorError::TooManyDocuments => (
                "too_many_documents",
                Text::new(
                    format!("Paling banyak {MOST_DOCUMENTS} foto."),
                    format!("At most {MOST_DOCUMENTS} pictures."),
                ),
            ),
        };
        Self::refused(StatusCode::CONFLICT, code, text)
    }
}

impl Model {
    pub fn not_found() -> AppError {
        AppError::not_found("doctor_not_found", Text::new("Dokter tidak ditemukan.", "There is no such doctor."))
    }
}
