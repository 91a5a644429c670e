//! Finding a doctor among a hundred thousand: by name, speciality, species, price, rating, who is online, who has time today.
//!
//! The order of a page is the order of an index, so that a page costs the same wherever it lies.

pub mod entity;
mod names;
mod rules;
mod store;
mod words;

pub use names::{index, sort_anew};
pub use rules::{Given, read, write_place};
pub use store::{Found, MOST_COUNTED, Moment, find, page};
