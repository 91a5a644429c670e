//! The order of the house (`docs/architecture.md`, "Storeys"): a feature imports only what stands before it. A failure names
//! the file, the import and the rule that it breaks.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files;

/// From the ground up; within a storey from left to right. Each knows those before it.
const STOREYS: [(&str, &[&str]); 4] = [
    ("people and things", &["subjects", "events", "accounts", "replies", "pets", "doctors"]),
    ("engines", &["ledger", "orders", "availability", "payments", "chat"]),
    ("journeys", &["triage", "consultations", "records", "reviews"]),
    ("views and staff", &["directory", "timeline", "statistics", "pages", "vetting", "operations", "demo"]),
];

/// What joins the features, and may know all of them.
const ASSEMBLY: [&str; 11] =
    ["app", "audience", "cluster", "commands", "jobs", "lib", "main", "migrate", "news", "router", "server"];
/// What every feature may read: the settings, and the built web app.
const TOOLS: [&str; 2] = ["config", "web"];

/// Tests inside a feature that need a whole server.
const TESTS_OF_ALL: [&str; 1] = ["src/chat/stalls.rs"];

#[test]
fn a_feature_imports_only_what_stands_before_it() {
    let order: Vec<&str> = STOREYS.iter().flat_map(|(_, features)| features.iter().copied()).collect();
    let place = |name: &str| order.iter().position(|feature| *feature == name);
    let mut broken: Vec<String> = Vec::new();
    for (feature, file, imported) in imports() {
        let Some(from) = place(&feature) else { continue };
        match place(&imported) {
            Some(to) if to > from => {
                broken.push(format!("{file}: `{imported}` stands above `{feature}`; let it be told through a trait"));
            }
            Some(to) if to < from && storey(to) == STOREYS.len() - 1 => {
                broken.push(format!("{file}: nobody imports a view, such as `{imported}`"));
            }
            Some(_) => {}
            None if TOOLS.contains(&imported.as_str()) => {}
            None => broken.push(format!("{file}: `{imported}` belongs to the assembly, which knows the features")),
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// In which storey the feature at a place stands.
fn storey(place: usize) -> usize {
    let mut end = 0;
    STOREYS
        .iter()
        .take_while(|(_, features)| {
            end += features.len();
            end <= place
        })
        .count()
}

#[test]
fn every_folder_has_its_place() {
    let named = STOREYS.iter().flat_map(|(_, features)| features.iter());
    let known: BTreeSet<String> = named.chain(&ASSEMBLY).chain(&TOOLS).map(|name| (*name).to_owned()).collect();
    let found: BTreeSet<String> = modules().into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, known, "the order of the house names what is there, no more and no less");
}

/// The top modules of the server with where they are.
fn modules() -> Vec<(String, PathBuf)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = fs::read_dir(source).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path)).collect()
}

/// Each import of one top module by another: the module, the file, and what it imports.
fn imports() -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for (module, path) in modules() {
        for file in files(&path) {
            let shown = file.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string();
            if TESTS_OF_ALL.contains(&shown.as_str()) {
                continue;
            }
            let imported = imported(&fs::read_to_string(&file).unwrap());
            let others = imported.into_iter().filter(|other| *other != module);
            all.extend(others.map(|other| (module.clone(), shown.clone(), other)));
        }
    }
    assert!(all.len() > 300, "imports are not found any more");
    all
}

/// The top modules that a source names: `crate::name` anywhere, and those in `use crate::{a, b::c}`.
fn imported(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, start) in source.match_indices("crate::") {
        let after = &source[at + start.len()..];
        match after.strip_prefix('{') {
            Some(group) => found.extend(heads(group)),
            None => found.extend(Some(word(after)).filter(|name| !name.is_empty())),
        }
    }
    found
}

/// The first words of a group's members, up to its closing brace.
fn heads(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut heads = vec![word(group.trim_start())];
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(word(group[at + 1..].trim_start())),
            _ => {}
        }
    }
    heads.retain(|name| !name.is_empty());
    heads
}

fn word(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

#[test]
fn imports_are_read_however_they_are_written() {
    let source = "use crate::accounts::{self, AccountId};\nuse crate::{chat, pets::{self, PetId},\n    web,\n};\n\
                  fn f() { crate::orders::find() }";
    let expected = ["accounts", "chat", "orders", "pets", "web"];
    assert_eq!(imported(source), expected.iter().map(|name| (*name).to_owned()).collect());
}
