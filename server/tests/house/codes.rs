//! Every code by which somebody is refused is seen by a test: programs branch on it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::files;

/// What begins a unit test at the end of a file.
const UNIT_TESTS: &str = "#[cfg(test)]";

#[test]
fn every_code_is_named_in_a_test() {
    let (sources, unit_tests): (Vec<String>, Vec<String>) = rust_sources().iter().map(|file| split(file)).unzip();
    let codes: BTreeSet<&str> = sources.iter().flat_map(|source| codes(source)).collect();
    assert!(codes.len() > 80, "codes are not found any more: {codes:?}");
    let tests = unit_tests.into_iter().chain(other_tests()).collect::<Vec<String>>().concat();
    let words: BTreeSet<&str> =
        tests.split(|character: char| !character.is_alphanumeric() && character != '_').collect();
    let unseen: Vec<&&str> = codes.iter().filter(|code| !words.contains(**code)).collect();
    assert!(unseen.is_empty(), "no test names {unseen:?}");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn rust_sources() -> Vec<String> {
    ["server/src", "platform/src"].iter().flat_map(|folder| read_all(folder, &["rs"])).collect()
}

fn other_tests() -> Vec<String> {
    let told = read_all("server/tests/stories", &["rs"]);
    let by_clients = ["contract/tests", "contract/faults", "contract/support", "e2e/stories"];
    told.into_iter().chain(by_clients.iter().flat_map(|folder| read_all(folder, &["js", "ts"]))).collect()
}

fn read_all(folder: &str, endings: &[&str]) -> Vec<String> {
    let all = files(&root().join(folder));
    let wanted =
        all.iter().filter(|file| file.extension().is_some_and(|is| endings.iter().any(|ending| is == *ending)));
    wanted.map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// The code of a file, and its unit tests.
fn split(file: &str) -> (String, String) {
    let (code, tests) = file.split_once(UNIT_TESTS).unwrap_or((file, ""));
    (code.to_owned(), tests.to_owned())
}

/// The codes in a source: a text in lower case that begins a refusal, stands right before what people read (`Text::new`), or is
/// the code of an id that is not found.
fn codes(source: &str) -> Vec<&str> {
    let quoted: Vec<&str> = source.split('"').collect();
    let mut found = Vec::new();
    for (index, piece) in quoted.iter().enumerate().skip(1).step_by(2) {
        let (before, after) = (quoted[index - 1], quoted.get(index + 1).copied().unwrap_or_default());
        let is_before_text = after.trim_start_matches([',', ' ', '\n']).starts_with("Text::new(");
        let is_of_an_id = before.contains("id_type!(") && after.trim() == ",";
        if is_word(piece) && (is_before_text || is_of_an_id || begins_refusal(before)) {
            found.push(*piece);
        }
    }
    found
}

fn begins_refusal(before: &str) -> bool {
    let before = before.trim_end();
    let is_call = ["not_found(", "bad_request(", "unavailable("].iter().any(|call| before.ends_with(call));
    let last = before.trim_end_matches(',').rsplit([' ', '(']).next().unwrap_or_default();
    is_call || (before.ends_with(',') && last.starts_with("StatusCode::"))
}

fn is_word(piece: &str) -> bool {
    piece.contains('_')
        && piece.starts_with(|first: char| first.is_ascii_lowercase())
        && piece.chars().all(|character| character.is_ascii_lowercase() || character == '_')
}

#[test]
fn codes_are_read_however_they_are_written() {
    let source = r#"AppError::not_found("doctor_not_found", Text::new("a", "b")); E::X => ("pet_archived",
        Text::new("c", "d")), id_type!(PetId, "pet_not_found", "e", "f"); x("no_code", 1); ("_", Text::new("a", "b")); AppError::refused(StatusCode::CONFLICT, "order_closed", text)"#;
    assert_eq!(codes(source), ["doctor_not_found", "pet_archived", "pet_not_found", "order_closed"]);
}
