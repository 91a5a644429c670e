//! `hellopet check-backup FOLDER`: reads all of a backup, of either database, and says whether it is whole.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::manifest::Manifest;

#[derive(Args)]
pub struct Check {
    /// A folder that `hellopet backup` or `scripts/postgres-backup.sh` has made.
    folder: PathBuf,
}

pub fn run(Check { folder }: Check) -> anyhow::Result<()> {
    let manifest = whole(&folder).with_context(|| format!("{} is no whole backup", folder.display()))?;
    println!("{}: {}", folder.display(), manifest.summary());
    Ok(())
}

fn whole(folder: &Path) -> anyhow::Result<Manifest> {
    let (manifest, seal) = Manifest::open(folder)?;
    seal.check_all(folder)?;
    Ok(manifest)
}
