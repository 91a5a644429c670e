//! Rules about the source itself, read as text: nothing of the server is linked, so that they are quick.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod codes;
mod layers;
mod named_tests;

use std::fs;
use std::path::{Path, PathBuf};

/// A file, or all files within a folder.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    fs::read_dir(path).unwrap().flat_map(|entry| files(&entry.unwrap().path())).collect()
}
