//! Reviews over HTTP: an owner's own, those that everybody reads, and the operator's view of all.

pub mod moderation;
pub mod own;
pub mod public;
mod views;
