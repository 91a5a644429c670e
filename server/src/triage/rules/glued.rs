//! Words without a space between them: `gabisa`, `kucingsayakejang`.

use super::vocabulary::{CAN, Meaning, NOT, SMALL, Vocabulary};

/// Shorter ones are split only after a denial.
const SHORTEST: usize = 8;
const SHORTEST_AFTER_DENIAL: usize = 4;
/// From this length on what is known in a word counts, although the rest of it is not known.
const SHORTEST_IN_PART: usize = 10;
const LONGEST_PIECE: usize = 14;
const LONGEST_DENIAL: usize = 6;
/// A piece that counts although not all of the word is known is at least this long, else it is chance.
const SHORTEST_AMONG_UNKNOWN: usize = 5;
/// What a letter weighs that belongs to no piece.
const UNKNOWN: usize = 10;

/// The best way to a place in a word: what it weighs, and where its last piece began; none if a letter was left over.
#[derive(Clone, Copy)]
struct Way {
    weight: usize,
    from: Option<usize>,
}

/// The words that one without spaces is made of.
pub fn split(vocabulary: &Vocabulary, word: &str, is_part_enough: bool) -> Option<Meaning> {
    let shortest = if is_part_enough { SHORTEST_IN_PART } else { SHORTEST_AFTER_DENIAL };
    if word.len() < shortest || !word.is_ascii() {
        return None;
    }
    let seams = Seams::of(vocabulary, word);
    // Most unknown words are short names: nothing is to be found in them.
    if word.len() < SHORTEST && !seams.denials.contains(&true) && word[..word.len() / 2] != word[word.len() / 2..] {
        return None;
    }
    let ways = ways(&seams);
    let mut pieces = Vec::new();
    let (mut at, mut unknown) = (word.len(), 0);
    while at > 0 {
        match ways[at].from {
            Some(from) => {
                pieces.push(&word[from..at]);
                at = from;
            }
            None => {
                unknown += 1;
                at -= 1;
            }
        }
    }
    pieces.reverse();
    if unknown > 0 {
        pieces.retain(|piece| piece.len() >= SHORTEST_AMONG_UNKNOWN);
    }
    let is_whole = unknown == 0 && pieces.len() > 1 && word.len() + 2 >= 4 * pieces.len();
    let is_in_part =
        word.len() >= SHORTEST_IN_PART && !pieces.is_empty() && unknown * 5 <= word.len() * 2 && unknown > 0;
    let is_split = is_whole || is_in_part;
    is_split.then(|| pieces.into_iter().filter_map(|piece| vocabulary.known(piece)).flatten().cloned().collect())
}

fn ways(seams: &Seams) -> Vec<Way> {
    let word = seams.word;
    let mut ways = vec![Way { weight: 0, from: None }];
    for end in 1..=word.len() {
        let mut best = Way { weight: ways[end - 1].weight + UNKNOWN, from: None };
        for (from, way) in ways.iter().enumerate().skip(end.saturating_sub(LONGEST_PIECE)) {
            let weight = way.weight + 1;
            if weight < best.weight && seams.is_piece(from, end) {
                best = Way { weight, from: Some(from) };
            }
        }
        ways.push(best);
    }
    ways
}

/// Where the pieces of a word may stand.
struct Seams<'a> {
    vocabulary: &'a Vocabulary,
    word: &'a str,
    /// Whether what stands before a place is a denial, by place.
    denials: Vec<bool>,
}

impl<'a> Seams<'a> {
    fn of(vocabulary: &'a Vocabulary, word: &'a str) -> Self {
        let denials = (0..word.len()).map(|end| end <= LONGEST_DENIAL && is_denial(vocabulary, &word[..end])).collect();
        Self { vocabulary, word, denials }
    }

    fn is_piece(&self, from: usize, end: usize) -> bool {
        let (vocabulary, piece) = (self.vocabulary, &self.word[from..end]);
        let is_denial = from == 0 && self.denials.get(end).is_some_and(|is_denial| *is_denial);
        let is_long = self.word.len() >= SHORTEST;
        let is_twice = || self.word.len() == 2 * piece.len() && self.word[..piece.len()] == self.word[piece.len()..];
        match piece.len() {
            0..=1 => false,
            _ if is_denial => true,
            2 => {
                self.denials[from] && vocabulary.is_in(piece, CAN)
                    || self.word.len() >= SHORTEST_IN_PART && vocabulary.is_in(piece, SMALL)
            }
            _ if !is_long && !self.denials[from] && !is_twice() => false,
            _ => vocabulary.has(piece) || from > 0 && is_owned(vocabulary, piece),
        }
    }
}

/// `kencingnya`, `perutku`.
fn is_owned(vocabulary: &Vocabulary, piece: &str) -> bool {
    let stem = piece.strip_suffix("nya").or_else(|| piece.strip_suffix("ku"));
    stem.is_some_and(|stem| stem.len() > 2 && vocabulary.has(stem))
}

/// Of the short denials only those with a `g` are written together with what follows.
fn is_denial(vocabulary: &Vocabulary, word: &str) -> bool {
    vocabulary.is_in(word, NOT) && (word.len() > 3 || word.starts_with('g') || word == "tdk")
}
