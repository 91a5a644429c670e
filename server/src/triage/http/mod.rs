//! Intakes over HTTP.

pub mod check;
pub mod intakes;
pub mod pictures;
pub mod rules;
mod views;

pub use views::IntakeView;
