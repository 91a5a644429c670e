//! `/api/consultations`.

pub mod consultations;
pub mod extension;
pub mod follow_up;
pub mod transfer;
mod views;
