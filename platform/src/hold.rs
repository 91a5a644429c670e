//! While a backup copies the pictures nothing of them is deleted: the database that it has copied before may still name what
//! no row names any more. A lock on the folder itself says so to all programs, and ends with the one that holds it.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Held until it is dropped.
#[must_use = "what is dropped at once holds nothing"]
pub struct Hold {
    _locked: File,
}

/// Waits for another backup to end.
pub fn hold(folder: &Path) -> io::Result<Hold> {
    let locked = File::open(folder)?;
    locked.lock()?;
    Ok(Hold { _locked: locked })
}

/// Whether somebody holds the folder at this moment. Whoever asks has committed that no row names what is to be deleted: so a
/// backup that begins after the answer does not name it either.
pub async fn is_held(folder: PathBuf) -> bool {
    let looked = tokio::task::spawn_blocking(move || match File::open(&folder)?.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    });
    match looked.await.map_err(io::Error::other).flatten() {
        Ok(is_held) => is_held,
        Err(error) => {
            // Where there are no locks a backup cannot be taken.
            tracing::warn!(%error, "whether a backup is under way cannot be told");
            false
        }
    }
}
