//! `/api/pets`: the pets themselves, their health notes and their photos.

pub mod health;
pub mod pets;
pub mod photo;
mod views;

pub use views::RecordView;
