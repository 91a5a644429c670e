//! The order of the house (`docs/architecture.md`, "Storeys"): a feature imports only what stands before it. A failure names
//! the file, the import and the rule that it breaks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::files;

/// From the ground up; within a storey from left to right. Each knows those before it.
const STOREYS: [(&str, &[&str]); 4] = [
    ("people and things", &["subjects", "events", "mail", "accounts", "replies", "pets", "doctors"]),
    ("engines", &["ledger", "orders", "availability", "payments", "chat"]),
    ("journeys", &["triage", "consultations", "records", "reviews"]),
    ("views and staff", &["directory", "timeline", "statistics", "pages", "vetting", "operations", "demo"]),
];

/// What joins the features, and may know all of them.
const ASSEMBLY: [&str; 11] =
    ["app", "audience", "cluster", "commands", "jobs", "lib", "main", "migrate", "news", "router", "server"];
/// What every feature may read: the settings, and the built web app.
const TOOLS: [&str; 2] = ["config", "web"];

/// How many names a feature publishes at most: what other features import of it, counted by what stands right behind it.
const MOST_NAMES: usize = 12;

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

#[test]
fn a_feature_publishes_at_most_a_dozen_names() {
    let features: BTreeSet<&str> = STOREYS.iter().flat_map(|(_, features)| features.iter().copied()).collect();
    let mut published: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, _, source) in sources().iter().filter(|(module, _, _)| features.contains(module.as_str())) {
        for (feature, name) in names(source) {
            if feature != *module && features.contains(feature.as_str()) {
                published.entry(feature).or_default().insert(name);
            }
        }
    }
    assert!(published.len() > 10, "names are not found any more");
    let told = |(feature, names): (&String, &BTreeSet<String>)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!(
            "`{feature}` publishes {} names, give its nouns more of its functions: {}",
            names.len(),
            names.join(" ")
        )
    };
    let too_many: Vec<String> = published.iter().filter(|(_, names)| names.len() > MOST_NAMES).map(told).collect();
    assert!(too_many.is_empty(), "{}", too_many.join("\n"));
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

/// Each source of the server: its top module, the file, and what is written there, without comments.
fn sources() -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for (module, path) in modules() {
        for file in files(&path) {
            let shown = file.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string();
            if TESTS_OF_ALL.contains(&shown.as_str()) {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            all.push((module.clone(), shown, code.join("\n")));
        }
    }
    all
}

/// Each import of one top module by another: the module, the file, and what it imports.
fn imports() -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for (module, file, source) in sources() {
        let others = imported(&source).into_iter().filter(|other| *other != module);
        all.extend(others.map(|other| (module.clone(), file.clone(), other)));
    }
    assert!(all.len() > 300, "imports are not found any more");
    all
}

/// The top modules that a source names: `crate::name` anywhere, and those in `use crate::{a, b::c}`.
fn imported(source: &str) -> BTreeSet<String> {
    paths_from_the_top(source).into_iter().map(|path| path[0].clone()).collect()
}

/// The names that a source takes from top modules: `crate::module::name` however it is written, and `module::name` where
/// the module itself was imported.
fn names(source: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for path in paths_from_the_top(source) {
        match path.as_slice() {
            [module, name, ..] if name != "self" => {
                found.insert((module.clone(), name.clone()));
            }
            [module, ..] => found.extend(qualified(source, module).into_iter().map(|name| (module.clone(), name))),
            [] => {}
        }
    }
    found
}

/// What stands behind `module::` in a source, where `module` is not the end of a longer path.
fn qualified(source: &str, module: &str) -> BTreeSet<String> {
    let start = format!("{module}::");
    let begins =
        |at: usize| !source[..at].ends_with(|before: char| before == ':' || before == '_' || before.is_alphanumeric());
    let found = source.match_indices(&start).filter(|(at, _)| begins(*at));
    found.map(|(at, _)| word(&source[at + start.len()..])).filter(|name| !name.is_empty() && name != "self").collect()
}

/// Every path of a source that begins with `crate::`, without that, and with its groups written out.
fn paths_from_the_top(source: &str) -> Vec<Vec<String>> {
    let starts = source.match_indices("crate::").map(|(at, start)| &source[at + start.len()..]);
    starts.flat_map(paths).filter(|path| !path.is_empty()).collect()
}

/// The paths that a text begins with: one, or one for each member of a group.
fn paths(text: &str) -> Vec<Vec<String>> {
    if let Some(group) = text.strip_prefix('{') {
        return members(group).into_iter().flat_map(paths).collect();
    }
    let head = word(text);
    let mut rest = text[head.len()..].strip_prefix("::").map(paths).unwrap_or_default();
    if rest.is_empty() && !head.is_empty() {
        rest.push(Vec::new());
    }
    rest.iter_mut().for_each(|path| path.insert(0, head.clone()));
    rest
}

/// The members of a group, up to its closing brace.
fn members(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut members = vec![group.trim_start()];
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(group[at + 1..].trim_start()),
            _ => {}
        }
    }
    members
}

fn word(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

const WRITTEN: &str = "use crate::accounts::{self, AccountId};\nuse crate::{chat, pets::{self, PetId, health::{Weight, WeightId}},\n    \
                       web,\n};\nfn f() { crate::orders::find(accounts::list(), super::chat::X); chat::Talk::open() }";

#[test]
fn imports_are_read_however_they_are_written() {
    let expected = ["accounts", "chat", "orders", "pets", "web"];
    assert_eq!(imported(WRITTEN), expected.iter().map(|name| (*name).to_owned()).collect());
}

#[test]
fn names_are_read_however_they_are_written() {
    let found: Vec<String> = names(WRITTEN).into_iter().map(|(module, name)| format!("{module}::{name}")).collect();
    let expected =
        ["accounts::AccountId", "accounts::list", "chat::Talk", "orders::find", "pets::PetId", "pets::health"];
    assert_eq!(found, expected);
}
