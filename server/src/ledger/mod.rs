//! Every rupiah that the platform holds, earns or owes, in double entry. Entries are never changed; a correction is
//! another entry.

mod account;
mod entity;
mod store;
mod verify;

pub use account::Account;
pub use entity::entry::EntryKind;
pub use store::{About, Entry};
pub use verify::{Difference, verify};
