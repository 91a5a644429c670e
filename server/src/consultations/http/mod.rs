//! `/api/consultations`.

pub mod consultations;
pub mod end;
pub mod extension;
pub mod follow_up;
pub mod intake;
pub mod pet;
pub mod purchase;
pub mod transcript;
pub mod transfer;
mod views;
