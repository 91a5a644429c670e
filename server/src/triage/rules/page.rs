//! `docs/triage-signs.md`: each sign with its level, its reason and its words, for vets to read. It is written from the rules; the
//! test fails when it is stale, and `UPDATE_DOCS=1` writes it anew.

use std::fmt::Write;
use std::{env, fs};

use super::level::Level;
use super::signs::{SIGNS, Sign};
use super::{VERSION, patient};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/triage-signs.md");

const OPENING: &str = "# What is looked for in a complaint

Written by a test from `server/src/triage/rules`: change `signs.rs`, `phrases.txt` or `words.txt` there, then run
`UPDATE_DOCS=1 cargo test --package hellopet triage_signs`. How the words are heard is in [triage.md](triage.md).

In what owners say, a group of words is in capitals: PEE is any of the words that the end of this page lists for PEE. `..` stands for
up to three other words, `...` for up to seven, `&` for either order, `2` for said twice. CANNOT and NOFOOD are short for what stands
in `phrases.txt`.
";

fn written() -> String {
    let mut page = String::from(OPENING);
    writeln!(page, "\nVersion of the rules: {VERSION}. A sign without animals concerns all.").unwrap();
    for (level, heading) in [(Level::Emergency, "Emergency: to a clinic now"), (Level::Soon, "Soon: to a vet today")] {
        writeln!(page, "\n## {heading}").unwrap();
        for sign in SIGNS.iter().filter(|sign| sign.level == level) {
            write_sign(&mut page, sign);
        }
    }
    write_words(&mut page);
    page
}

fn write_sign(page: &mut String, sign: &Sign) {
    let species = sign
        .species
        .map(|species| species.iter().map(|one| format!("{one:?}").to_lowercase()).collect::<Vec<_>>().join(", "));
    writeln!(page, "\n### {} (`{}`)\n", sign.label[0], sign.code).unwrap();
    writeln!(page, "{}. {}", sign.label[1], sign.why[1]).unwrap();
    if let Some(species) = species {
        writeln!(page, "Concerns: {species}.").unwrap();
    }
    writeln!(page, "\nHow owners say it:\n").unwrap();
    for way in ways_of(sign.code) {
        writeln!(page, "- {}", way.replace(['{', '}'], "").replace(['<', '>'], "")).unwrap();
    }
}

/// The lines of a sign as they are written, with what is short for several left short.
fn ways_of(code: &str) -> Vec<&'static str> {
    let lines = include_str!("phrases.txt").lines().skip_while(|line| line.strip_prefix("= ") != Some(code)).skip(1);
    lines.take_while(|line| !line.starts_with("= ")).filter(|line| !line.is_empty()).collect()
}

fn write_words(page: &mut String) {
    writeln!(page, "\n## The words\n").unwrap();
    writeln!(page, "`^` stands before a word that counts where it is done to somebody: di-, ke-, ter-, kena.\n")
        .unwrap();
    for line in include_str!("words.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.split_once(": ").filter(|_| !line.starts_with(' ')) {
            Some((name, words)) => write!(page, "\n- **{name}**: {}", words.replace('_', " ")).unwrap(),
            None => write!(page, "{}", line.replace('_', " ")).unwrap(),
        }
    }
    page.push('\n');
}

#[test]
fn the_page_of_the_triage_signs_is_fresh() {
    let fresh = written();
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(PAGE, &fresh).unwrap();
    }
    assert!(
        fs::read_to_string(PAGE).is_ok_and(|page| page == fresh),
        "docs/triage-signs.md is stale: UPDATE_DOCS=1 writes it anew"
    );
}

#[test]
fn every_sign_has_words_and_every_word_a_sign() {
    let codes: Vec<&str> = include_str!("phrases.txt").lines().filter_map(|line| line.strip_prefix("= ")).collect();
    assert!(SIGNS.iter().all(|sign| codes.contains(&sign.code)));
    assert!(codes.iter().all(|code| SIGNS.iter().any(|sign| sign.code == *code)));
    // Reading all of it is what the judgement begins with; a mistake in the data fails there.
    let known = patient::Known::default();
    assert_eq!(super::judge::judge(known, &[], "").0, Level::Routine);
}
