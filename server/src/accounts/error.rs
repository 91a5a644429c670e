//! The ways accounts say no.

use axum::http::StatusCode;

use super::entity::{AccountId, account};
use platform::http::error::AppError;
use platform::text::Text;

#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("the e-mail is taken")]
    EmailTaken,
    #[error("e-mail and password do not match an account")]
    InvalidCredentials,
    #[error("the password of today is another one")]
    WrongPassword,
    #[error("the link was used, or its time is over")]
    LinkOver,
}

impl From<AccountError> for AppError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::EmailTaken => Self::bad_request(
                "email_taken",
                Text::new(
                    "E-mail ini sudah terdaftar. Masuk saja, atau pakai e-mail lain.",
                    "This e-mail is registered already. Sign in, or use another one.",
                ),
            ),
            AccountError::InvalidCredentials => Self::refused(
                StatusCode::UNAUTHORIZED,
                "invalid_credentials",
                Text::new("E-mail atau kata sandi salah.", "The e-mail or the password is wrong."),
            ),
            AccountError::WrongPassword => Self::refused(
                StatusCode::FORBIDDEN,
                "wrong_password",
                Text::new("Kata sandi saat ini salah.", "The current password is wrong."),
            ),
            AccountError::LinkOver => Self::refused(
                StatusCode::GONE,
                "link_over",
                Text::new(
                    "Tautan ini sudah dipakai atau kedaluwarsa. Minta tautan baru.",
                    "This link was used already, or is too old. Ask for a new one.",
                ),
            ),
        }
    }
}

impl account::Model {
    /// What points at an account that is not there is a defect.
    pub fn missing(id: AccountId) -> AppError {
        anyhow::anyhow!("account {id} is missing").into()
    }
}
