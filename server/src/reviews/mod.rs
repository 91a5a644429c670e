//! What owners said of finished consultations, and the rating that follows from it.

pub mod entity;
mod store;

pub use store::{Rating, insert, rating_of, ratings, ratings_of};
