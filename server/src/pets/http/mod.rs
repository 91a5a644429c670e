//! `/api/pets`: the pets themselves, their health notes, their photos and their timelines.

pub mod health;
pub mod pets;
pub mod photo;
pub mod timeline;
mod views;
