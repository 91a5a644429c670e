//! Doctors over HTTP: what everybody sees, a doctor's own side, and the operator's.

pub mod admin;
pub mod licences;
pub mod own;
pub mod picture;
pub mod views;
