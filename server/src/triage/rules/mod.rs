//! Red-flag rules. They look for signs that cannot wait and say what to do first; they never name an illness.
//!
//! What a vet may change is data: `signs.rs` has each sign with its level and reason, `words.txt` the words that owners type,
//! `phrases.txt` how each sign is said with them. `complaints.txt` holds complaints with their right level, and is a test.
//! A complaint goes from [`typed`] words over [`fold`]ed ones and their [`standing`] to [`phrase`]s and the judgement.
//!
//! A change of what is found or said is a new [`VERSION`]. Codes stay for ever, since intakes name them.

mod advice;
mod fold;
mod glued;
mod judge;
mod level;
#[cfg(test)]
mod page;
mod patient;
mod phrase;
mod signs;
mod slips;
mod standing;
#[cfg(test)]
mod table;
mod typed;
mod vocabulary;
mod ways;

pub use advice::advice;
pub use judge::judge;
pub use level::{Level, Since};
pub use patient::Known;
pub use signs::{SIGNS, Sign, find};

/// The day on which these rules were written, and which of that day's they are.
pub const VERSION: &str = "2026-11-29.2";
