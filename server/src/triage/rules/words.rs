//! Finding signs in what an owner writes, in Indonesian as it is typed and in English, but not where they are denied.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that deny what follows.
const DENIALS: [&str; 20] = [
    "tidak", "tdk", "tak", "ga", "gak", "gk", "nggak", "ngga", "enggak", "engga", "bukan", "belum", "blm", "tanpa",
    "no", "not", "isnt", "without", "never", "didnt",
];
/// Words that may stand between a denial and what is denied.
const BETWEEN: [&str; 12] =
    ["ada", "sampai", "sampe", "pernah", "ikut", "lagi", "terlalu", "any", "had", "having", "a", "been"];

/// A text as the words of its clauses: small letters without accents and apostrophes.
pub fn clauses(text: &str) -> Vec<Vec<String>> {
    let folded: String = text
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter) && !matches!(letter, '\'' | '’'))
        .flat_map(char::to_lowercase)
        .collect();
    let clauses = folded.split(['.', ',', ';', '!', '?', '\n', ':']);
    clauses.map(words).filter(|words| !words.is_empty()).collect()
}

fn words(clause: &str) -> Vec<String> {
    let words = clause.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Whether one of the phrases is said somewhere and not denied.
pub fn speak_of(clauses: &[Vec<String>], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        clauses.iter().any(|clause| {
            let at = |start: usize| clause[start..].iter().zip(&phrase).all(|(word, wanted)| word == wanted);
            let last = clause.len().checked_sub(phrase.len());
            last.is_some_and(|last| (0..=last).any(|start| at(start) && !is_denied(clause, start)))
        })
    })
}

fn is_denied(clause: &[String], start: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).and_then(|at| clause.get(at)).map(String::as_str);
    let denies = |word: Option<&str>| word.is_some_and(|word| DENIALS.contains(&word));
    // `kejang-kejang` is one word said twice.
    let reaches_on = |word: &str| BETWEEN.contains(&word) || clause.get(start).is_some_and(|first| first == word);
    match before(1) {
        Some(word) if DENIALS.contains(&word) => true,
        Some(word) if reaches_on(word) => {
            denies(before(2)) || before(2).is_some_and(|two| reaches_on(two) && denies(before(3)))
        }
        _ => false,
    }
}
