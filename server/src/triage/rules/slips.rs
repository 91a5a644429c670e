//! Slips of the finger: `mutah` for `muntah`. Only long words are forgiven, and never one that is a word itself.

use std::collections::HashMap;

/// From this length on one slip is forgiven, and from the other two.
const ONE_SLIP_FROM: usize = 5;
const TWO_SLIPS_FROM: usize = 10;
/// Letters that are taken for one another by ear; in a short word a wrong letter is forgiven only where it is one of these.
const ALIKE: [&str; 9] = ["aeiou", "fpv", "sz", "dt", "kgq", "cj", "bp", "mn", "iy"];
/// Neighbours on a keyboard, by rows.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// The words that may be meant, by their first letter and their length.
#[derive(Debug, Default)]
pub struct Index(HashMap<(u8, usize), Vec<String>>);

impl Index {
    pub fn add(&mut self, word: &str) {
        if word.len() < ONE_SLIP_FROM || !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return;
        }
        let words = self.0.entry((word.as_bytes()[0], word.len())).or_default();
        if !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }

    /// The words that are nearest to what was written, if any is near enough.
    pub fn nearest(&self, written: &str) -> Vec<&str> {
        if written.len() + 1 < ONE_SLIP_FROM || !written.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return Vec::new();
        }
        let letters = written.as_bytes();
        // The first two may have changed places.
        let firsts: &[u8] = if letters[0] == letters[1] { &letters[..1] } else { &letters[..2] };
        let (mut fewest, mut nearest) = (usize::MAX, Vec::new());
        let most = if written.len() >= TWO_SLIPS_FROM { 2 } else { 1 };
        let lengths = written.len() - most..=written.len() + most;
        let near = lengths.flat_map(|length| firsts.iter().filter_map(move |first| self.0.get(&(*first, length))));
        for word in near.flatten() {
            let Some(slips) = slips(letters, word.as_bytes()) else { continue };
            if slips < fewest {
                fewest = slips;
                nearest.clear();
            }
            if slips == fewest {
                nearest.push(word.as_str());
            }
        }
        nearest
    }
}

/// How many slips lie between what was written and a word, if they are few enough to be slips.
fn slips(written: &[u8], word: &[u8]) -> Option<usize> {
    let most = if written.len() >= TWO_SLIPS_FROM && word.len() >= TWO_SLIPS_FROM { 2 } else { 1 };
    if written.len().abs_diff(word.len()) > most {
        return None;
    }
    let same_start = written.iter().zip(word).take_while(|(a, b)| a == b).count();
    let left = written.len().min(word.len()) - same_start;
    let same_end = written.iter().rev().zip(word.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
    let (wrong, right) = (&written[same_start..written.len() - same_end], &word[same_start..word.len() - same_end]);
    let is_short = written.len().min(word.len()) <= ONE_SLIP_FROM;
    match (wrong, right) {
        ([], []) => Some(0),
        // The first letter is seldom wrong.
        _ if same_start == 0
            && !(wrong.len() == 2 && right.len() == 2 && wrong[0] == right[1] && wrong[1] == right[0]) =>
        {
            None
        }
        ([a, b], [c, d]) if a == d && b == c => Some(1),
        ([a], [b]) => (!is_short || are_alike(*a, *b)).then_some(1),
        ([], [missing]) => (written.len() >= ONE_SLIP_FROM || b"aeiou".contains(missing)).then_some(1),
        ([_], []) => (written.len() > ONE_SLIP_FROM).then_some(1),
        _ if most == 2 && wrong.len() <= 3 && right.len() <= 3 => (distance(wrong, right) <= 2).then_some(2),
        _ => None,
    }
}

fn are_alike(a: u8, b: u8) -> bool {
    let by_ear = ALIKE.iter().any(|letters| letters.as_bytes().contains(&a) && letters.as_bytes().contains(&b));
    let place = |letter: u8| {
        ROWS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.bytes().position(|key| key == letter)?)))
    };
    let by_hand =
        place(a).zip(place(b)).is_some_and(|((row, key), (other, next))| row == other && key.abs_diff(next) == 1);
    by_ear || by_hand
}

/// How many letters are to be put in, left out or changed.
fn distance(a: &[u8], b: &[u8]) -> usize {
    match (a, b) {
        ([], rest) | (rest, []) => rest.len(),
        ([x, a_rest @ ..], [y, b_rest @ ..]) if x == y => distance(a_rest, b_rest),
        ([_, a_rest @ ..], [_, b_rest @ ..]) => {
            1 + distance(a_rest, b_rest).min(distance(a, b_rest)).min(distance(a_rest, b))
        }
    }
}
