//! Summaries and notes over HTTP.

pub mod notes;
pub mod pdf;
pub mod proof;
pub mod record;
