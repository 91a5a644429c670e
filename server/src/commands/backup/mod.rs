//! `hellopet backup`, `check-backup` and `restore`: a folder with the SQLite database, the pictures, what they are (`manifest.json`)
//! and their checksums (`SHA256SUMS`). `docs/backup.md` tells people how to use it.

mod check;
mod contents;
mod manifest;
mod partial;
mod restore;
mod take;

pub use check::{Check, run as check};
pub use restore::{Restore, run as restore};
pub use take::{Backup, run as take};

/// The database, within a backup.
const DATABASE: &str = "hellopet.db";
/// What the paths of all pictures begin with, within a backup.
const PICTURES: &str = "pictures/";
