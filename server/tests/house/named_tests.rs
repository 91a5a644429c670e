//! What docs/threat-model.md and docs/faults.md say is true as far as it can be told from the source: each test that they name
//! is there, and each attack, finding and fault has one or says plainly that it has none.

use std::fs;
use std::path::Path;

/// Between a file and the name of a test in it; both stand in one pair of backticks.
const IN: &str = " › ";
/// Where there is no test.
const NONE: &str = "no test yet";

/// A document whose tables name tests.
struct Document {
    path: &'static str,
    /// Fewer tests or rows than these mean that they are not found any more.
    more_tests_than: usize,
    more_rows_than: usize,
}

const THREATS: Document = Document { path: "docs/threat-model.md", more_tests_than: 70, more_rows_than: 50 };
const FAULTS: Document = Document { path: "docs/faults.md", more_tests_than: 20, more_rows_than: 15 };

#[test]
fn every_test_that_a_document_names_is_there() {
    for Document { path, more_tests_than, .. } in [THREATS, FAULTS] {
        let document = read(path);
        let named = named(&document);
        assert!(named.len() > more_tests_than, "tests are not found any more in {path}: {named:?}");
        let missing: Vec<_> = named.into_iter().filter(|(file, name)| !is_there(file, name)).collect();
        assert!(missing.is_empty(), "{path} names what is not there: {missing:#?}");
    }
}

#[test]
fn every_row_has_a_test_or_says_that_it_has_none() {
    for Document { path, more_rows_than, .. } in [THREATS, FAULTS] {
        let document = read(path);
        let rows: Vec<&str> = rows(&document).collect();
        assert!(rows.len() > more_rows_than, "rows are not found any more in {path}: {rows:#?}");
        let silent: Vec<_> = rows.iter().filter(|row| !row.contains(IN) && !row.contains(NONE)).collect();
        assert!(silent.is_empty(), "{path}: neither a test nor \"{NONE}\": {silent:#?}");
    }
}

#[test]
fn every_finding_of_the_review_is_told_of() {
    let document = read(THREATS.path);
    let rows: Vec<&str> = rows(&document).collect();
    let findings = (1..=20).filter(|number| !rows.iter().any(|row| is_about(row, *number)));
    assert_eq!(findings.collect::<Vec<_>>(), [0; 0], "findings of the review that are not told of");
}

#[test]
fn tests_are_found_in_both_languages_and_only_where_they_are() {
    let rust = "#[test]\nfn a_name_of_a_test() {}\nfn short() {}";
    assert!(holds("a.rs", rust, "a_name_of_a_test") && !holds("a.rs", rust, "a_name"));
    let script = "// not 'a comment'\ntest(\"a name, however long\", () => {});\n  [\"a case\", {}, /x/],\n  test(`one ${what} opens`, f)";
    for name in ["a name, however long", "a name", "a case", "one ${what} opens"] {
        assert!(holds("a.test.js", script, name), "{name}");
    }
    for name in ["however long", "another name"] {
        assert!(!holds("a.test.js", script, name), "{name}");
    }
    assert_eq!(named("see `a.rs` and `b.rs › c`, `d.js › 2.1 e`"), [("b.rs", "c"), ("d.js", "2.1 e")]);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// Files and the tests in them.
fn named(document: &str) -> Vec<(&str, &str)> {
    document.split('`').skip(1).step_by(2).filter_map(|quoted| quoted.split_once(IN)).collect()
}

/// Of the tables whose last column is a test.
fn rows(document: &str) -> impl Iterator<Item = &str> {
    let tables =
        document.split("\n\n").filter(|part| part.lines().next().is_some_and(|head| head.ends_with("| test |")));
    tables.flat_map(|table| table.lines().skip(2))
}

/// `F12`, or a part of it such as `F20.5`, at the beginning of a row.
fn is_about(row: &str, number: u32) -> bool {
    let finding = row.trim_start_matches("| ").strip_prefix(&format!("F{number}"));
    finding.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
}

fn is_there(file: &str, name: &str) -> bool {
    fs::read_to_string(root().join(file)).is_ok_and(|text| holds(file, &text, name))
}

/// In scripts a name may be told by how it begins: the longest take a line and a half.
fn holds(file: &str, text: &str, name: &str) -> bool {
    if file.ends_with(".rs") {
        return text.contains(&format!("fn {name}("));
    }
    ['"', '\'', '`'].iter().any(|quote| {
        let begun = format!("{quote}{name}");
        text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(&begun))
    })
}
