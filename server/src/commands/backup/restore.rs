//! `hellopet restore FOLDER`: puts a backup where the configuration says that the data is. The database gets its name last,
//! when all of the backup was read, checked and brought up to date: a restore that is cut off leaves nothing that serves.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::Args;

use super::manifest::{Kind, Manifest, Pictures};
use super::partial::parent;
use super::{DATABASE, PICTURES, contents};
use crate::config::DataConfig;
use crate::{ledger, migrate};
use platform::db::Db;
use platform::sealed::{Seal, holds_files};
use platform::snapshot;
use platform::storage::{Storage, StorageConfig};

#[derive(Args)]
pub struct Restore {
    /// A folder that `hellopet backup` has made.
    folder: PathBuf,
}

pub async fn run(Restore { folder }: Restore) -> anyhow::Result<()> {
    let data = DataConfig::load()?;
    let Some(target) = data.database.file() else {
        bail!(
            "DATABASE_URL is PostgreSQL, which has tools of its own: use scripts/postgres-restore.sh (docs/backup.md)"
        )
    };
    let broken = || format!("{} cannot be restored", folder.display());
    let (manifest, seal) = Manifest::open(&folder).with_context(broken)?;
    ensure!(
        manifest.database == Kind::Sqlite,
        "{} is of a PostgreSQL database: use scripts/postgres-restore.sh (docs/backup.md)",
        folder.display()
    );
    check_place(&data, &manifest)?;
    let difference =
        Restoring::begin(&folder, &seal, &data.storage, target)?.all(&manifest).await.with_context(broken)?;
    println!("{} holds {}", target.display(), manifest.summary());
    match difference {
        None => println!("The books add up."),
        Some(difference) => bail!("everything is restored as it was, but the books do not add up: {difference}"),
    }
    Ok(())
}

/// Nothing is written over, and pictures go where the server will look for them.
fn check_place(data: &DataConfig, manifest: &Manifest) -> anyhow::Result<()> {
    let database = data.database.file().context("the place of the database is not known")?;
    for ending in ["", "-wal", "-shm", "-journal"] {
        let file = with_ending(database, ending);
        ensure!(!file.exists(), "{} is there already, and nothing is written over: move it away first", file.display());
    }
    match (manifest.pictures, &data.storage) {
        (Pictures::Bucket, StorageConfig::Bucket(_)) => Ok(()),
        (Pictures::Inside, StorageConfig::Folder(folder)) => {
            ensure!(
                !holds_files(folder)?,
                "there are files in {} already, and nothing is written over: move them away first",
                folder.display()
            );
            Ok(())
        }
        (Pictures::Inside, StorageConfig::Bucket(_)) => {
            bail!("the backup has its pictures inside, but ATTACHMENTS_URL names a bucket: unset it")
        }
        (Pictures::Bucket, StorageConfig::Folder(_)) => {
            bail!("the backup's pictures are in a bucket: set ATTACHMENTS_URL to it, or to a copy of it")
        }
    }
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// What is put where it belongs, and taken away again when it does not come to an end.
struct Restoring<'a> {
    backup: &'a Path,
    seal: &'a Seal,
    storage: Storage,
    target: &'a Path,
    /// The database, as long as it may not be used.
    staged: PathBuf,
}

impl<'a> Restoring<'a> {
    fn begin(backup: &'a Path, seal: &'a Seal, storage: &StorageConfig, target: &'a Path) -> anyhow::Result<Self> {
        let folder = parent(target);
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let staged = with_ending(target, ".restoring");
        ensure!(
            !staged.exists(),
            "{} is there: another restore is under way, or one was cut off: delete it then, and the pictures that it left",
            staged.display()
        );
        Ok(Self { backup, seal, storage: Storage::open(storage)?, target, staged })
    }

    /// Everything, or nothing. The first difference in the books, which are as they were.
    async fn all(self, manifest: &Manifest) -> anyhow::Result<Option<ledger::Difference>> {
        let mut put = Vec::new();
        let done = self.put_everything(manifest, &mut put).await;
        if done.is_err() {
            for key in put {
                let _stays_if_it_must = self.storage.delete(key).await;
            }
            for ending in ["", "-wal", "-shm", "-journal"] {
                let _was_not_there = fs::remove_file(with_ending(&self.staged, ending));
            }
        }
        done
    }

    async fn put_everything(
        &self,
        manifest: &Manifest,
        put: &mut Vec<&'a str>,
    ) -> anyhow::Result<Option<ledger::Difference>> {
        self.seal.copy(self.backup, DATABASE, &self.staged)?;
        self.check_database(manifest).await?;
        for path in self.seal.paths() {
            if let Some(key) = path.strip_prefix(PICTURES) {
                put.push(key);
                self.storage.put(key, self.seal.open(self.backup, path)?.into()).await?;
            }
        }
        let difference = self.bring_up_to_date().await?;
        fs::rename(&self.staged, self.target)?;
        File::open(parent(self.target))?.sync_all()?;
        Ok(difference)
    }

    /// The database is whole, is the one of the manifest, and names no picture that is not there.
    async fn check_database(&self, manifest: &Manifest) -> anyhow::Result<()> {
        let db = snapshot::open(&self.staged).await?;
        snapshot::check(&db).await?;
        ensure!(
            contents::schema(&db).await? == manifest.schema,
            "the database is of another schema than manifest.json says"
        );
        ensure!(
            contents::counts(&db).await? == manifest.counts,
            "the database holds other rows than manifest.json says"
        );
        if manifest.pictures == Pictures::Inside {
            let named = contents::objects(&db, manifest.taken_at).await?;
            let lost = named
                .iter()
                .find(|name| !manifest.missing.contains(*name) && !self.seal.has(&format!("{PICTURES}{name}")));
            ensure!(
                lost.is_none(),
                "the database names the picture {}, which is not there",
                lost.map_or("", |name| name)
            );
        }
        db.close().await?;
        Ok(())
    }

    /// As a server of this release would at its start, whatever release the backup is of.
    async fn bring_up_to_date(&self) -> anyhow::Result<Option<ledger::Difference>> {
        let db = Db::connect(&format!("sqlite://{}", self.staged.display()), 1).await?;
        migrate::up(&db).await.context("the database cannot be brought up to date")?;
        let difference = ledger::verify(&db.read).await?;
        db.close().await?;
        // The database gets its name alone.
        ensure!(!with_ending(&self.staged, "-wal").exists(), "the database did not close");
        Ok(difference)
    }
}
