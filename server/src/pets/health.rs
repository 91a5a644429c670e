//! What is noted of a pet's health, day by day: what it weighed, and what it was vaccinated against.

pub use super::entity::vaccination::Model as Vaccination;
pub use super::entity::weight::Model as Weight;
pub use super::entity::{VaccinationId, WeightId};
pub use super::store::DayPlace;
