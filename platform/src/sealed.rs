//! Files with a list of their checksums beside them, so that what was cut or changed is told from what is whole. The list is
//! one that `sha256sum --check` reads: nobody needs us to look at a backup.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Component, Path};

use anyhow::{Context, bail, ensure};
use sha2::{Digest, Sha256};

/// The name of the list.
pub const LIST: &str = "SHA256SUMS";
const BUFFER: usize = 256 * 1024;

/// The checksum of each file in a folder, by its path within.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seal(BTreeMap<String, String>);

impl Seal {
    /// Writes a new file and enters it, once it is on the disk.
    pub fn write(&mut self, folder: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        write_new(&file, bytes)?;
        self.0.insert(path.to_owned(), hex::encode(Sha256::digest(bytes)));
        Ok(())
    }

    /// Enters a file that is there already.
    pub fn enter(&mut self, folder: &Path, path: &str) -> io::Result<()> {
        self.0.insert(path.to_owned(), checksum(File::open(folder.join(path))?, &mut io::sink())?);
        Ok(())
    }

    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Writes the list, and has all folders within know on the disk what is in them.
    pub fn close(&self, folder: &Path) -> io::Result<()> {
        let list: String = self.0.iter().map(|(path, sum)| format!("{sum}  {path}\n")).collect();
        write_new(&folder.join(LIST), list.as_bytes())?;
        sync_folders(folder)
    }

    /// The list of a folder, which must name what is there, no more and no less.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let file = folder.join(LIST);
        let list = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        ensure!(list.ends_with('\n'), "{LIST} ends in the middle of a line");
        let named = list.lines().map(entry).collect::<anyhow::Result<BTreeMap<_, _>>>()?;
        let mut found = BTreeSet::new();
        list_files(folder, "", &mut found)?;
        found.remove(LIST);
        if let Some(path) = named.keys().find(|path| !found.contains(*path)) {
            bail!("{path} is missing");
        }
        if let Some(path) = found.iter().find(|path| !named.contains_key(*path)) {
            bail!("{path} is not in {LIST}: it does not belong there");
        }
        Ok(Self(named))
    }

    /// Reads every file, and refuses the first that is not as it was entered.
    pub fn check_all(&self, folder: &Path) -> anyhow::Result<()> {
        self.paths().try_for_each(|path| self.check(folder, path, &mut io::sink()))
    }

    /// The bytes of a file, if they are those that were entered.
    pub fn open(&self, folder: &Path, path: &str) -> anyhow::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.check(folder, path, &mut bytes)?;
        Ok(bytes)
    }

    /// Copies a file onto the disk elsewhere, if it is as it was entered; else nothing is left of it there.
    pub fn copy(&self, folder: &Path, path: &str, to: &Path) -> anyhow::Result<()> {
        let mut copy = File::create_new(to).with_context(|| format!("cannot write {}", to.display()))?;
        let copied = self.check(folder, path, &mut copy).and_then(|()| Ok(copy.sync_all()?));
        if copied.is_err() {
            fs::remove_file(to)?;
        }
        copied
    }

    fn check(&self, folder: &Path, path: &str, into: &mut impl Write) -> anyhow::Result<()> {
        let file = File::open(folder.join(path)).with_context(|| format!("{path} cannot be read"))?;
        let sum = checksum(file, into).with_context(|| format!("{path} cannot be copied"))?;
        ensure!(self.0.get(path) == Some(&sum), "{path} is cut or changed: its checksum is not the one in {LIST}");
        Ok(())
    }
}

/// A line of the list. It says where files go when they are copied, so it must not lead out of the folder.
fn entry(line: &str) -> anyhow::Result<(String, String)> {
    let (sum, path) = line.split_once("  ").with_context(|| format!("{LIST} has a line that is none: {line:?}"))?;
    let is_sum = sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_within = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    ensure!(is_sum && is_within && !path.is_empty(), "{LIST} has a line that is none: {line:?}");
    Ok((path.to_owned(), sum.to_ascii_lowercase()))
}

fn checksum(mut from: File, into: &mut impl Write) -> io::Result<String> {
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; BUFFER]);
    loop {
        let length = from.read(&mut buffer)?;
        if length == 0 {
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(&buffer[..length]);
        into.write_all(&buffer[..length])?;
    }
}

fn write_new(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut new = File::create_new(file)?;
    new.write_all(bytes)?;
    new.sync_all()
}

fn list_files(folder: &Path, within: &str, found: &mut BTreeSet<String>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder.join(within))? {
        let entry = entry?;
        let name =
            entry.file_name().into_string().map_err(|name| anyhow::anyhow!("{} is no file of ours", name.display()))?;
        let path = if within.is_empty() { name } else { format!("{within}/{name}") };
        if entry.file_type()?.is_dir() {
            list_files(folder, &path, found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}

/// Whether there is a file anywhere within a folder; none where there is no folder.
pub fn holds_files(folder: &Path) -> anyhow::Result<bool> {
    let mut found = BTreeSet::new();
    if folder.exists() {
        list_files(folder, "", &mut found).with_context(|| format!("cannot look into {}", folder.display()))?;
    }
    Ok(!found.is_empty())
}

/// What is within a folder before the folder itself.
fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    File::open(folder)?.sync_all()
}
