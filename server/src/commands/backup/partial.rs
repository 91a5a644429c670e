//! A folder under a name that says it is not whole, until it is.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

/// Deleted with all that is in it unless it was finished.
pub struct Partial {
    folder: PathBuf,
    name: PathBuf,
    is_finished: bool,
}

impl Partial {
    /// Begins what will be `folder`, which must not be there yet.
    pub fn begin(folder: &Path) -> anyhow::Result<Self> {
        let name = folder.file_name().context("name the folder that is to be made, such as backups/monday")?;
        ensure!(!folder.exists(), "{} is there already: name a folder that is to be made", folder.display());
        let partial = folder.with_file_name(format!("{}.partial", name.display()));
        fs::create_dir_all(parent(folder)).with_context(|| format!("cannot create {}", parent(folder).display()))?;
        fs::create_dir(&partial).with_context(|| {
            let folder = partial.display();
            format!("cannot create {folder}; where it is there, another backup is under way or one was cut off: delete it then")
        })?;
        Ok(Self { folder: partial, name: folder.to_owned(), is_finished: false })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// It is whole, and on the disk.
    pub fn finish(mut self) -> anyhow::Result<()> {
        fs::rename(&self.folder, &self.name).with_context(|| format!("cannot create {}", self.name.display()))?;
        self.is_finished = true;
        File::open(parent(&self.name))?.sync_all()?;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.is_finished
            && let Err(error) = fs::remove_dir_all(&self.folder)
        {
            tracing::warn!(folder = %self.folder.display(), %error, "a backup that failed could not be deleted");
        }
    }
}

/// The folder that something is in; the current one for a bare name.
pub fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
