//! `hellopet backup FOLDER`: it only reads, so it neither disturbs the server nor migrates a database that an older release
//! still serves, as a backup before an upgrade does.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::Args;

use super::manifest::{Kind, Manifest, Pictures};
use super::partial::Partial;
use super::{DATABASE, PICTURES, contents};
use crate::config::DataConfig;
use platform::clock::{Clock, SystemClock, Timestamp};
use platform::hold;
use platform::sealed::Seal;
use platform::snapshot;
use platform::storage::{Storage, StorageConfig};

#[derive(Args)]
pub struct Backup {
    /// The folder that is to be made.
    folder: PathBuf,
    /// Go on although pictures that the database names are not where they should be.
    #[arg(long)]
    allow_missing: bool,
}

pub async fn run(Backup { folder, allow_missing }: Backup) -> anyhow::Result<()> {
    let data = DataConfig::load()?;
    let Some(source) = data.database.file() else {
        bail!("DATABASE_URL is PostgreSQL, which has tools of its own: use scripts/postgres-backup.sh (docs/backup.md)")
    };
    ensure!(
        source.is_file(),
        "there is no database {} (DATABASE_URL; paths begin in the current folder)",
        source.display()
    );
    let partial = Partial::begin(&folder)?;
    let manifest = fill(partial.folder(), source, &data.storage, allow_missing).await.context("there is no backup")?;
    partial.finish()?;
    println!("{}: {}", folder.display(), manifest.summary());
    Ok(())
}

async fn fill(folder: &Path, source: &Path, storage: &StorageConfig, allow_missing: bool) -> anyhow::Result<Manifest> {
    let taken_at = SystemClock.now();
    let mut seal = Seal::default();
    let (pictures, missing) = match storage {
        StorageConfig::Folder(pictures) => {
            ensure!(
                pictures.is_dir(),
                "there is no folder {} (ATTACHMENTS_DIR; paths begin in the current folder)",
                pictures.display()
            );
            // Before the database is copied, until all that it names is.
            let _held = hold::hold(pictures).with_context(|| format!("cannot lock {}", pictures.display()))?;
            let named = copy_database(folder, source, taken_at).await?;
            (Pictures::Inside, copy_pictures(folder, named, &Storage::open(storage)?, &mut seal).await?)
        }
        StorageConfig::Bucket(_) => {
            copy_database(folder, source, taken_at).await?;
            (Pictures::Bucket, BTreeSet::new())
        }
    };
    ensure!(missing.is_empty() || allow_missing, "{}", lost(&missing));
    seal.enter(folder, DATABASE)?;
    let manifest = describe(folder, &seal, pictures, missing, taken_at).await?;
    manifest.write(folder, &mut seal)?;
    seal.close(folder)?;
    Ok(manifest)
}

fn lost(missing: &BTreeSet<String>) -> String {
    format!(
        "{} pictures that the database names are not in the storage, such as {}. Is ATTACHMENTS_DIR the server's? If they are \
         lost, --allow-missing makes a backup without them",
        missing.len(),
        missing.first().map_or("", |name| name)
    )
}

/// Copies the database as it is at this moment; the objects that it names. One instant says which uploads count as under
/// way, here and in `restore`.
async fn copy_database(folder: &Path, source: &Path, taken_at: Timestamp) -> anyhow::Result<BTreeSet<String>> {
    let copy = folder.join(DATABASE);
    snapshot::take(source, &copy).await?;
    let db = snapshot::open(&copy).await?;
    contents::schema(&db).await.context("the database cannot be backed up")?;
    let named = contents::objects(&db, taken_at).await?;
    db.close().await?;
    Ok(named)
}

/// Copies these objects; those that are not there.
async fn copy_pictures(
    folder: &Path,
    named: BTreeSet<String>,
    storage: &Storage,
    seal: &mut Seal,
) -> anyhow::Result<BTreeSet<String>> {
    let mut missing = BTreeSet::new();
    for name in named {
        match storage.get(&name).await.with_context(|| format!("the picture {name} cannot be read"))? {
            Some(bytes) => seal.write(folder, &format!("{PICTURES}{name}"), &bytes)?,
            None => {
                missing.insert(name);
            }
        }
    }
    Ok(missing)
}

/// Looks the copy through: what is broken inside is found on the day it is made, not on the day it is needed.
async fn describe(
    folder: &Path,
    seal: &Seal,
    pictures: Pictures,
    missing: BTreeSet<String>,
    taken_at: Timestamp,
) -> anyhow::Result<Manifest> {
    let db = snapshot::open(&folder.join(DATABASE)).await?;
    snapshot::check(&db).await?;
    let manifest = Manifest {
        format: Manifest::FORMAT,
        release: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at,
        database: Kind::Sqlite,
        schema: contents::schema(&db).await?,
        counts: contents::counts(&db).await?,
        pictures,
        missing,
        files: seal.paths().count(),
    };
    db.close().await?;
    Ok(manifest)
}
