//! Whole documents as people get them, held against those that somebody has looked at: the files of `snapshots/`. How to
//! accept another one is in CONTRIBUTING.md.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Command;

use insta::Settings;
use serde_json::Value;
use uuid::Uuid;

use super::{Answer, Person};

const UUID_LENGTH: usize = 36;
const SHA256_LENGTH: usize = 64;

/// The documents of one story. All of them are compared before the story fails: one run shows everything that changed.
#[derive(Default)]
pub struct Album {
    names: Vec<(String, String)>,
    kept: BTreeSet<String>,
    differing: Vec<String>,
}

impl Album {
    /// What is different in every run reads as this name from now on, wherever it stands.
    pub fn call(&mut self, value: &str, name: &str) {
        assert!(value.len() > 7, "{name} is {value:?}, which may stand in any word");
        self.names.push((value.to_owned(), format!("[{name}]")));
        // One may be a part of another.
        self.names.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
    }

    /// Calls what stands in these members of a body by these names.
    pub fn call_members(&mut self, body: &Value, names: &[(&str, &str)]) {
        for (member, name) in names {
            self.call(body[member].as_str().unwrap(), name);
        }
    }

    /// Asks for a document and keeps it.
    pub async fn see(&mut self, document: &str, reader: &Person, path: &str) -> Value {
        self.keep(document, 200, reader.get(path).await)
    }

    /// Keeps an answer that must have this status.
    #[track_caller]
    pub fn keep(&mut self, document: &str, status: u16, answer: Answer) -> Value {
        let request = format!("{}: {status}", answer.request);
        let body = answer.expect(status);
        let stable = Stable::new(&self.names).value(&body);
        self.compare(document, &request, |name| insta::assert_json_snapshot!(name, stable));
        body
    }

    /// Asks for a PDF and keeps what can be read on it.
    pub async fn see_pdf(&mut self, document: &str, reader: &Person, path: &str) {
        let text = Stable::new(&self.names).text(&read_pdf(&reader.bytes(path).await));
        self.compare(document, &format!("GET {path}: 200"), |name| insta::assert_snapshot!(name, text));
    }

    fn compare(&mut self, document: &str, request: &str, with_kept: impl FnOnce(&str)) {
        assert!(self.kept.insert(document.to_owned()), "{document} is kept twice");
        let mut settings = Settings::new();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(Stable::new(&self.names).text(request));
        let compared = catch_unwind(AssertUnwindSafe(|| settings.bind(|| with_kept(document))));
        if compared.is_err() {
            self.differing.push(document.to_owned());
        }
    }

    /// Every document was the one that is known, and every known one was seen.
    pub fn close(self) {
        assert!(self.differing.is_empty(), "these are not what was accepted: {:?}", self.differing);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/snapshots");
        let known = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let known: BTreeSet<String> = known.filter_map(|file| file.strip_suffix(".snap").map(str::to_owned)).collect();
        assert_eq!(known, self.kept, "each file is the snapshot of one document");
    }
}

/// One document without what is different in every run. Ids that nobody has named are numbered in the order in which they
/// appear, so that it stays visible which are the same. Instants stay: they are the story's, not the machine's.
pub struct Stable<'a> {
    names: &'a [(String, String)],
    ids: Vec<Uuid>,
    hashes: Vec<String>,
}

impl<'a> Stable<'a> {
    pub fn new(names: &'a [(String, String)]) -> Self {
        Self { names, ids: Vec::new(), hashes: Vec::new() }
    }

    pub fn value(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(items) => items.iter().map(|item| self.value(item)).collect(),
            Value::Object(members) => members.iter().map(|(name, member)| (name.clone(), self.value(member))).collect(),
            other => other.clone(),
        }
    }

    pub fn text(&mut self, text: &str) -> String {
        let named = self.names.iter().fold(text.to_owned(), |text, (value, name)| text.replace(value, name));
        let mut rest = named.as_str();
        let mut stable = String::with_capacity(rest.len());
        while let Some(next) = rest.chars().next() {
            let length = if let Some(id) = id_at_start(rest) {
                stable += &format!("[id-{}]", number(&mut self.ids, id));
                UUID_LENGTH
            } else if let Some(hash) = hash_at_start(rest) {
                stable += &format!("[sha256-{}]", number(&mut self.hashes, hash));
                SHA256_LENGTH
            } else {
                stable.push(next);
                next.len_utf8()
            };
            rest = &rest[length..];
        }
        stable
    }
}

fn id_at_start(text: &str) -> Option<Uuid> {
    text.get(..UUID_LENGTH)?.parse().ok()
}

fn hash_at_start(text: &str) -> Option<String> {
    let hash = text.get(..SHA256_LENGTH)?;
    hash.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| hash.to_owned())
}

/// Which one of those that were met it is, from 1 on.
fn number<T: PartialEq>(met: &mut Vec<T>, one: T) -> usize {
    let known = met.iter().position(|known| *known == one);
    1 + known.unwrap_or_else(|| {
        met.push(one);
        met.len() - 1
    })
}

/// The lines of a PDF. How wide a gap is depends on the version of poppler: two blanks stand for any.
fn read_pdf(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("document.pdf");
    fs::write(&file, bytes).unwrap();
    let read = Command::new("pdftotext").arg("-layout").arg(file).arg("-").output();
    let read = read.expect("pdftotext reads PDFs; it is in Debian's poppler-utils");
    let complaints = String::from_utf8_lossy(&read.stderr);
    assert!(read.status.success() && complaints.is_empty(), "poppler complains: {complaints}");
    let text = String::from_utf8(read.stdout).unwrap();
    let pages = text.trim_end_matches('\u{c}').split('\u{c}');
    let pages =
        pages.map(|page| page.lines().map(narrow).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"));
    pages.collect::<Vec<_>>().join("\n\n--- page ---\n\n")
}

fn narrow(line: &str) -> String {
    line.split("  ").map(str::trim).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("  ")
}
