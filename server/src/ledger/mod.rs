//! Every rupiah that the platform holds, earns or owes, in double entry. Entries are never changed; a correction is
//! another entry.

mod account;
mod entity;
mod store;

pub use account::Account;
pub use store::{Entry, balance, post, totals_by_local_day};
