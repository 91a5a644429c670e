//! One way of saying a sign, as `phrases.txt` writes it, and whether a complaint says it.

use super::fold::Word;
use super::patient::{Condition, Patient};
use super::standing::Standing;
use super::typed::Pause;
use super::vocabulary::*;

/// How many other words may stand between two of a phrase.
const SHORT_GAP: usize = 3;
const LONG_GAP: usize = 7;
const NEAR: usize = 4;
/// How far around a phrase the words are looked for that speak against it.
const AROUND_BEFORE: usize = 5;
const AROUND_AFTER: usize = 3;
/// A full stop in a gap counts as this many words.
const STOP_WEIGHS: usize = 2;

/// A complaint, heard.
#[derive(Debug)]
pub struct Heard {
    pub words: Vec<Word>,
    pub standings: Vec<Standing>,
    /// Where the words of each group stand, by its number.
    places: Vec<Vec<usize>>,
}

impl Heard {
    pub fn new(words: Vec<Word>, standings: Vec<Standing>) -> Self {
        let mut places: Vec<Vec<usize>> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            for group in word.groups.iter().map(|group| usize::from(*group)) {
                places.resize(places.len().max(group + 1), Vec::new());
                places[group].push(at);
            }
        }
        Self { words, standings, places }
    }

    fn places(&self, group: Group) -> &[usize] {
        self.places.get(usize::from(group)).map_or(&[], Vec::as_slice)
    }
}

#[derive(Debug)]
pub struct Phrase {
    pieces: Vec<Piece>,
    /// Words that speak against it.
    but_not: Vec<Group>,
    condition: Condition,
}

#[derive(Debug)]
struct Piece {
    join: Join,
    atom: Atom,
}

/// How a piece follows the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    Next,
    Within(usize),
    Near,
}

#[derive(Debug)]
enum Atom {
    Word {
        groups: Vec<Group>,
        is_twice: bool,
    },
    /// The part of the sentence ends.
    End,
}

impl Phrase {
    /// Reads one; words that stand for themselves become known to the vocabulary.
    pub fn read(vocabulary: &mut Vocabulary, text: &str) -> Self {
        let (text, condition) = match text.split_once('[') {
            Some((text, condition)) => (text, Condition::read(condition.trim_end().trim_end_matches(']'))),
            None => (text, Condition::default()),
        };
        let (text, but_not) = text.split_once(" but not ").unwrap_or((text, ""));
        let but_not =
            but_not.trim().split('/').filter(|word| !word.is_empty()).map(|word| group(vocabulary, word)).collect();
        let mut join = Join::Next;
        let mut pieces = Vec::new();
        for part in text.split_whitespace() {
            match part {
                ".." => join = Join::Within(SHORT_GAP),
                "..." => join = Join::Within(LONG_GAP),
                "&" => join = Join::Near,
                part => pieces
                    .push(Piece { join: std::mem::replace(&mut join, Join::Next), atom: Atom::read(vocabulary, part) }),
            }
        }
        Self { pieces, but_not, condition }
    }

    /// Whether it is said somewhere, and is so.
    pub fn is_said(&self, heard: &Heard, patient: &Patient) -> bool {
        let Some(Piece { atom: Atom::Word { groups, .. }, .. }) = self.pieces.first() else { return false };
        // Most phrases have a word that is nowhere in a complaint.
        let is_possible = |piece: &Piece| match &piece.atom {
            Atom::Word { groups, .. } => groups.iter().any(|group| !heard.places(*group).is_empty()),
            Atom::End => true,
        };
        let begins_at = |at: usize| self.takes(&self.pieces[0].atom, heard, at) && self.follows(heard, &mut vec![at]);
        self.pieces.iter().all(is_possible)
            && self.condition.is_met(patient)
            && groups.iter().flat_map(|group| heard.places(*group)).any(|at| begins_at(*at))
    }

    fn takes(&self, atom: &Atom, heard: &Heard, at: usize) -> bool {
        let Some(word) = heard.words.get(at) else { return false };
        match atom {
            Atom::Word { groups, is_twice } => (word.is_twice || !is_twice) && word.is_any(groups),
            Atom::End => false,
        }
    }

    /// Whether the other pieces are said after those that were found in these places.
    fn follows(&self, heard: &Heard, places: &mut Vec<usize>) -> bool {
        let Some(piece) = self.pieces.get(places.len()) else { return self.counts(heard, places) };
        let last = places[places.len() - 1];
        if matches!(piece.atom, Atom::End) {
            return heard.words.get(last + 1).is_none_or(|next| next.pause != Pause::None)
                && self.counts(heard, places);
        }
        self.candidates(piece, heard, places).into_iter().any(|at| {
            places.push(at);
            let is_said = self.follows(heard, places);
            places.pop();
            is_said
        })
    }

    /// Where the next piece may stand.
    fn candidates(&self, piece: &Piece, heard: &Heard, places: &[usize]) -> Vec<usize> {
        let last = places[places.len() - 1];
        if piece.join == Join::Near {
            let first = places.iter().copied().min().unwrap_or(last);
            let end = places.iter().copied().max().unwrap_or(last);
            let before = reach(heard, first, true);
            let after = reach(heard, end, false);
            let around = before.into_iter().chain(after).chain(first..=end);
            return around.filter(|at| !places.contains(at) && self.takes(&piece.atom, heard, *at)).collect();
        }
        let most = if let Join::Within(most) = piece.join { most } else { 0 };
        let denial = places.iter().any(|at| heard.words[*at].is_any(&[NOT, HARD]));
        let after_denial = heard.words[last].is(NOT);
        let mut gap = Gap { others: 0, has_doing: false, has_pause: false };
        let mut found = Vec::new();
        for at in last + 1..heard.words.len() {
            let word = &heard.words[at];
            // `tidak, kejang` denies nothing; a word after its own pause is no longer what a denial speaks of.
            if word.pause != Pause::None
                && (after_denial && at == last + 1 || piece.join == Join::Next && word.pause > Pause::Comma)
            {
                break;
            }
            gap.has_pause |= word.pause != Pause::None;
            gap.others += if word.pause > Pause::Comma { STOP_WEIGHS } else { 0 };
            if gap.others > most {
                break;
            }
            if self.takes(&piece.atom, heard, at) && gap.is_passed(heard, at) {
                found.push(at);
            }
            if word.is(NOT) || word.is(GOOD) || denial && word.is(CONTRAST) {
                break;
            }
            gap.take(word, after_denial);
            if gap.others > most {
                break;
            }
        }
        found
    }

    /// Whether what stands in these places is so, and nothing speaks against it.
    fn counts(&self, heard: &Heard, places: &[usize]) -> bool {
        let first = places.iter().copied().min().unwrap_or(0);
        let end = places.iter().copied().max().unwrap_or(0);
        // What stands after a pause, or beyond a `tapi`, speaks of something else.
        let goes_on = |at: &usize| heard.words[*at].pause == Pause::None && !heard.words[*at].is(CONTRAST);
        let before = (first.saturating_sub(AROUND_BEFORE)..first).rev();
        let before =
            before.take_while(|at| heard.words[at + 1].pause <= Pause::Comma && !heard.words[*at].is(CONTRAST));
        let after = (end + 1..heard.words.len()).take(AROUND_AFTER).take_while(goes_on);
        let mut around = before.chain(first..=end).chain(after);
        let is_against = |at: usize| !places.contains(&at) && heard.words[at].is_any(&self.but_not);
        let is_so = |at: &usize| {
            let standing = heard.standings[*at];
            let is_undenied = standing.denied_by.is_none_or(|denial| places.contains(&denial));
            (heard.words[*at].is(NOT) || is_undenied) && !standing.is_elsewhere
        };
        places.iter().all(is_so) && !around.any(is_against)
    }
}

/// What stands between two words of a phrase.
struct Gap {
    others: usize,
    has_doing: bool,
    has_pause: bool,
}

impl Gap {
    fn take(&mut self, word: &Word, after_denial: bool) {
        self.has_doing |= word.is_any(&DOINGS);
        let is_small = word.is_any(&[SMALL, OR, AND]) || after_denial && word.is(BETWEEN);
        self.others += usize::from(!is_small);
    }

    /// `tidak mau makan, pipis lancar`: the denial is of the first, and the second is well.
    fn is_passed(&self, heard: &Heard, at: usize) -> bool {
        let after = || heard.words[at + 1..].iter().take_while(|word| word.pause == Pause::None);
        let is_well = || after().find(|word| !word.is(SMALL)).is_some_and(|next| next.is(GOOD));
        !self.has_doing || !self.has_pause && !is_well()
    }
}

/// The places near a word, before or after it.
fn reach(heard: &Heard, from: usize, backward: bool) -> Vec<usize> {
    let mut others = 0;
    let mut places = Vec::new();
    let mut at = from;
    loop {
        let crossed = if backward { at } else { at + 1 };
        if crossed == 0 || crossed >= heard.words.len() || heard.words[crossed].pause > Pause::Comma {
            return places;
        }
        at = if backward { at - 1 } else { at + 1 };
        places.push(at);
        others += usize::from(!heard.words[at].is_any(&[SMALL, OR, AND]));
        if others > NEAR {
            return places;
        }
    }
}

impl Atom {
    fn read(vocabulary: &mut Vocabulary, part: &str) -> Self {
        if part == ";" {
            return Self::End;
        }
        let (part, is_twice) = match part.strip_suffix('2') {
            Some(once) if once.ends_with('}') => (once, true),
            _ => (part, false),
        };
        Self::Word { groups: part.split('/').map(|word| group(vocabulary, word)).collect(), is_twice }
    }
}

/// The group in braces, or one of its own for a word that stands for itself.
fn group(vocabulary: &mut Vocabulary, word: &str) -> Group {
    match word.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
        Some(name) => {
            assert!(vocabulary.has_group(name), "words.txt has no {name}");
            vocabulary.group(name)
        }
        None => {
            if !vocabulary.has_group(word) {
                vocabulary.add(word, word);
            }
            vocabulary.group(word)
        }
    }
}
