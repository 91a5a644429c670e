//! The words of a text as they were typed: small letters, without marks, invisible characters and digits that stand for letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::vocabulary::{Vocabulary, squeezed};

/// How somebody paused before a word; the longest counts most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pause {
    #[default]
    None,
    /// A comma, a new line, dots.
    Comma,
    Stop,
    /// After a question mark or a colon: `muntah? tidak`, `muntah: tidak`.
    Asked,
}

#[derive(Clone, Debug)]
pub struct Typed {
    pub text: String,
    pub pause: Pause,
}

/// Cyrillic and Greek letters that look like Latin ones; some keyboards and copied texts have them.
const LOOK_LIKE: [(char, char); 12] = [
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('к', 'k'),
    ('м', 'm'),
    ('т', 't'),
    ('н', 'n'),
];
const DIGITS: [(char, char); 8] =
    [('0', 'o'), ('1', 'i'), ('3', 'e'), ('4', 'a'), ('5', 's'), ('7', 't'), ('8', 'b'), ('9', 'g')];

pub fn typed(vocabulary: &Vocabulary, text: &str) -> Vec<Typed> {
    let letters = plain(text);
    let mut typed = Vec::new();
    let (mut word, mut pause) = (String::new(), Pause::Stop);
    for (index, letter) in letters.iter().copied().enumerate() {
        if letter.is_alphanumeric() {
            word.push(letter);
            continue;
        }
        let before = index.checked_sub(1).and_then(|index| letters.get(index)).copied();
        let after = letters.get(index + 1).copied();
        if is_twice_mark(letter, &word, &letters[..index]) {
            word.push('2');
        }
        // "g@k", "k*ncing": a sign within a word stands for a letter.
        if letter == '@' && !word.is_empty() && after.is_some_and(char::is_alphabetic) {
            word.push('a');
            continue;
        }
        take(vocabulary, &mut word, &mut pause, &mut typed);
        pause = pause.max(paused(before, letter, after));
        let alone = match letter {
            '/' => "atau".to_owned(),
            '&' | '+' => "dan".to_owned(),
            other => other.to_string(),
        };
        if letter.is_ascii() && alone.len() == 1 || !vocabulary.has(&alone) {
            continue;
        }
        typed.push(Typed { text: alone, pause: std::mem::take(&mut pause) });
    }
    take(vocabulary, &mut word, &mut pause, &mut typed);
    typed
}

fn plain(text: &str) -> Vec<char> {
    let is_dropped = |letter: char| {
        is_combining_mark(letter)
            || matches!(letter, '\'' | '’' | '‘' | '`' | '´' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe0f}')
    };
    let latin = |letter: char| LOOK_LIKE.iter().find(|(other, _)| *other == letter).map_or(letter, |(_, latin)| *latin);
    text.nfkd().filter(|letter| !is_dropped(*letter)).flat_map(char::to_lowercase).map(latin).collect()
}

/// `muntah"`: said twice, where no quotation was begun.
fn is_twice_mark(letter: char, word: &str, before: &[char]) -> bool {
    letter == '"'
        && word.ends_with(char::is_alphabetic)
        && before.iter().filter(|letter| **letter == '"').count() % 2 == 0
}

fn paused(before: Option<char>, letter: char, after: Option<char>) -> Pause {
    let is_dot = |letter: Option<char>| letter == Some('.');
    match letter {
        '.' if before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric) => Pause::None,
        '.' if is_dot(before) || is_dot(after) => Pause::Comma,
        '.' | '!' | ';' => Pause::Stop,
        '?' | ':' => Pause::Asked,
        ',' | '\n' | '(' | ')' | '—' | '–' | '…' => Pause::Comma,
        _ => Pause::None,
    }
}

/// Ends a word.
fn take(vocabulary: &Vocabulary, word: &mut String, pause: &mut Pause, typed: &mut Vec<Typed>) {
    for (text, is_twice) in parts(vocabulary, &std::mem::take(word)) {
        // `5 g` is a weight, and no denial.
        let is_weight = text == "g"
            && typed.last().is_some_and(|last: &Typed| last.text.bytes().all(|letter| letter.is_ascii_digit()));
        let text = if is_weight { "gram".to_owned() } else { text };
        if is_twice {
            typed.push(Typed { text: text.clone(), pause: std::mem::take(pause) });
        }
        typed.push(Typed { text, pause: std::mem::take(pause) });
    }
}

/// `3x`, `lt3` and `muntah2` are a word and a number each, and `k3jang` is a word.
fn parts(vocabulary: &Vocabulary, word: &str) -> Vec<(String, bool)> {
    if word.is_empty() {
        return Vec::new();
    }
    if !word.contains(|letter: char| letter.is_ascii_digit()) || word.bytes().all(|letter| letter.is_ascii_digit()) {
        return vec![(squeezed(word), false)];
    }
    if let Some(once) = once(word) {
        return vec![(squeezed(once), true)];
    }
    let spelled: String = word
        .chars()
        .map(|letter| DIGITS.iter().find(|(digit, _)| *digit == letter).map_or(letter, |(_, meant)| *meant))
        .collect();
    let spelled = squeezed(&spelled);
    let begins_with_letter = word.starts_with(char::is_alphabetic);
    if begins_with_letter && vocabulary.known(&spelled).is_some() {
        return vec![(spelled, false)];
    }
    let mut parts: Vec<(String, bool)> = Vec::new();
    for letter in word.chars() {
        let goes_on = parts
            .last()
            .is_some_and(|(part, _)| part.ends_with(|last: char| last.is_ascii_digit() == letter.is_ascii_digit()));
        match parts.last_mut() {
            Some((part, _)) if goes_on => part.push(letter),
            _ => parts.push((letter.to_string(), false)),
        }
    }
    parts.into_iter().map(|(part, is_twice)| (squeezed(&part), is_twice)).collect()
}

/// The word that `muntah2` and `ngos2an` say twice.
fn once(word: &str) -> Option<&str> {
    let (once, ending) = word.split_once('2')?;
    let is_ending = matches!(ending, "" | "an" | "nya" | "in" | "kan" | "i" | "ku" | "ny" | "e" | "nyah");
    (once.len() > 1 && once.chars().all(char::is_alphabetic) && is_ending).then_some(once)
}
