//! `manifest.json`: what a backup is of. `scripts/postgres-backup.sh` writes the same for a PostgreSQL database.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, ensure};
use chrono::SecondsFormat;
use serde::{Deserialize, Serialize};

use super::contents;
use platform::clock::Timestamp;
use platform::sealed::Seal;

const MANIFEST: &str = "manifest.json";

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    pub format: u32,
    /// The release that made it.
    pub release: String,
    /// Everything that was acknowledged before this instant is inside.
    pub taken_at: Timestamp,
    pub database: Kind,
    /// The last step of the schema.
    pub schema: String,
    /// Rows of the tables that tell most.
    pub counts: BTreeMap<String, i64>,
    pub pictures: Pictures,
    /// Pictures that the database names and the storage did not have.
    pub missing: BTreeSet<String>,
    /// How many files there are beside this one and the list of checksums.
    pub files: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// Where the pictures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pictures {
    Inside,
    /// In the bucket that the server used.
    Bucket,
}

impl Manifest {
    pub const FORMAT: u32 = 1;

    pub fn write(&self, folder: &Path, seal: &mut Seal) -> anyhow::Result<()> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(seal.write(folder, MANIFEST, text.as_bytes())?)
    }

    /// The manifest and the list of checksums of a backup that is whole as far as can be told without reading all of it.
    pub fn open(folder: &Path) -> anyhow::Result<(Self, Seal)> {
        let seal = Seal::read(folder)?;
        ensure!(seal.has(MANIFEST), "{MANIFEST} is missing");
        let manifest: Self = serde_json::from_slice(&seal.open(folder, MANIFEST)?)
            .with_context(|| format!("{MANIFEST} is none of this release; use the release that made the backup"))?;
        ensure!(
            manifest.format == Self::FORMAT,
            "it is of another format ({}) than this release reads ({}): use the release that made it",
            manifest.format,
            Self::FORMAT
        );
        ensure!(
            contents::is_known(&manifest.schema),
            "it is of a later schema ({}) than this release knows: use release {} or a later one",
            manifest.schema,
            manifest.release
        );
        let files = seal.paths().count() - 1;
        ensure!(files == manifest.files, "it has {files} files where {} were written", manifest.files);
        Ok((manifest, seal))
    }

    /// What is in it, in a line or two.
    pub fn summary(&self) -> String {
        let count = |table: &str| self.counts.get(table).copied().unwrap_or_default();
        let pictures = match self.pictures {
            Pictures::Inside => format!("{} files of pictures", self.files - 1),
            Pictures::Bucket => "no pictures (they are in the bucket)".to_owned(),
        };
        let (people, messages) = (count("accounts"), count("messages"));
        let taken_at = self.taken_at.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true);
        let missing = match self.missing.len() {
            0 => String::new(),
            count => format!("\n{count} files of pictures were missing when it was made: manifest.json names them"),
        };
        format!("{people} accounts, {messages} messages, {pictures}, as of {taken_at}{missing}")
    }
}
