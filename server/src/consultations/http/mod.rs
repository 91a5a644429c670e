//! `/api/consultations`.

pub mod consultations;
pub mod extension;
pub mod follow_up;
mod views;
