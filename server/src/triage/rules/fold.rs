//! What an owner writes in a hurry as words with a meaning, so that what means the same is the same: `Ngga bs kencingnyaa!!`
//! and `tidak bisa pipis`.

use super::glued;
use super::typed::{Pause, Typed, typed};
use super::vocabulary::*;

/// How many letters of a word may stand apart: `k e j a n g`.
const LONGEST_SPELLED: usize = 12;

/// A word of a complaint.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// The groups that it belongs to; none where it is not known.
    pub groups: Vec<Group>,
    /// How the one who wrote paused before it.
    pub pause: Pause,
    /// `muntah2`, `muntah muntah`.
    pub is_twice: bool,
    pub number: Option<u32>,
}

impl Word {
    pub fn is(&self, group: Group) -> bool {
        self.groups.contains(&group)
    }

    pub fn is_any(&self, groups: &[Group]) -> bool {
        groups.iter().any(|group| self.is(*group))
    }
}

/// The words of a text, folded.
pub fn fold(vocabulary: &Vocabulary, text: &str) -> Vec<Word> {
    let typed = rejoined(vocabulary, typed(vocabulary, text));
    let mut words = Vec::with_capacity(typed.len());
    let mut at = 0;
    while at < typed.len() {
        at += understood(vocabulary, &typed[at..], &mut words);
    }
    counted(said_twice(turned(words)))
}

/// `di gigit` and `k e j a n g` are one word each, and `perut nya` needs no `nya`.
fn rejoined(vocabulary: &Vocabulary, typed: Vec<Typed>) -> Vec<Typed> {
    let mut joined: Vec<Typed> = Vec::with_capacity(typed.len());
    let mut at = 0;
    while at < typed.len() {
        let word = &typed[at];
        // Tried once, where the letters begin.
        let begins = joined.last().is_none_or(|last| !is_letter(&last.text));
        let letters = || typed[at..].iter().take(LONGEST_SPELLED).take_while(|word| is_letter(&word.text)).count();
        let spelled = if begins { letters() } else { 0 };
        let whole = |count: usize| typed[at..at + count].iter().map(|word| word.text.as_str()).collect::<String>();
        if spelled >= 4 && meant(vocabulary, &squeezed(&whole(spelled))).is_some() {
            joined.push(Typed { text: squeezed(&whole(spelled)), pause: word.pause });
            at += spelled;
        } else if at + 1 < typed.len() && is_cut_off(vocabulary, word, &typed[at + 1]) {
            joined.push(Typed { text: whole(2), pause: word.pause });
            at += 2;
        } else if at + 1 < typed.len() && is_done_to(vocabulary, word, &typed[at + 1]) {
            joined.push(Typed { text: format!("di{}", typed[at + 1].text), pause: word.pause });
            at += 2;
        } else {
            if !(matches!(word.text.as_str(), "nya" | "ny") && word.pause == Pause::None) {
                joined.push(word.clone());
            }
            at += 1;
        }
    }
    joined
}

fn is_letter(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|letter| letter.is_ascii_lowercase())
}

fn is_cut_off(vocabulary: &Vocabulary, first: &Typed, second: &Typed) -> bool {
    let is_prefix =
        matches!(first.text.as_str(), "di" | "ke" | "ter" | "me" | "ber" | "nge" | "ka" | "men" | "mem" | "meng");
    is_prefix && second.pause == Pause::None && vocabulary.known(&format!("{}{}", first.text, second.text)).is_some()
}

/// `kena gigit`: what is done to somebody.
fn is_done_to(vocabulary: &Vocabulary, first: &Typed, second: &Typed) -> bool {
    let is_prefix = matches!(first.text.as_str(), "kena" | "keno" | "kenak" | "terkena");
    is_prefix && second.pause == Pause::None && vocabulary.passive(&format!("di{}", second.text)).is_some()
}

fn meant(vocabulary: &Vocabulary, word: &str) -> Option<Meaning> {
    let known = vocabulary.known(word).cloned();
    let whole = known.or_else(|| glued::split(vocabulary, word, false)).or_else(|| vocabulary.slipped(word));
    whole.or_else(|| glued::split(vocabulary, word, true))
}

/// Understands the first of what was typed, and says how many words that took.
fn understood(vocabulary: &Vocabulary, typed: &[Typed], words: &mut Vec<Word>) -> usize {
    let first = &typed[0];
    let together = typed.iter().enumerate().take_while(|(at, word)| *at == 0 || *at < 5 && word.pause == Pause::None);
    let whole: Vec<&str> = together.map(|(_, word)| word.text.as_str()).collect();
    if let Some((count, groups)) = vocabulary.run(&whole) {
        words.push(Word { groups: groups.to_vec(), pause: first.pause, ..Word::default() });
        return count;
    }
    let number = first.text.parse().ok();
    let meaning = meant(vocabulary, &first.text).filter(|meaning| !meaning.is_empty());
    let meaning = meaning.unwrap_or_else(|| vec![Vec::new()]);
    for (index, groups) in meaning.into_iter().enumerate() {
        let pause = if index == 0 { first.pause } else { Pause::None };
        words.push(Word { groups, pause, number, ..Word::default() });
    }
    1
}

/// `ga berhenti muntah` denies nothing, nor does `ga cuma muntah`, and `tak kasih` is Javanese for "I gave".
fn turned(words: Vec<Word>) -> Vec<Word> {
    let mut turned: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let mut word = words[at].clone();
        let after = words[at + 1..].iter().take_while(|word| word.pause == Pause::None);
        let skipped = if word.is(NOT) {
            after.take_while(|word| word.is_any(&[SMALL, CAN, WANT]) && !word.is_any(&[ONLY, STOP])).count()
        } else {
            0
        };
        let next = words.get(at + 1 + skipped).filter(|next| word.is(NOT) && next.pause == Pause::None);
        match next {
            Some(next) if next.is(STOP) => {
                word.groups = vec![KEEPS];
                at += 1 + skipped;
            }
            Some(next) if next.is(ONLY) => {
                word.groups = vec![ONLY];
                at += 1 + skipped;
            }
            Some(next) if word.is(TAK) && next.is(GIVE) => word.groups = vec![SMALL],
            _ => {}
        }
        turned.push(word);
        at += 1;
    }
    turned
}

fn said_twice(words: Vec<Word>) -> Vec<Word> {
    let mut once: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        match once.last_mut() {
            Some(last) if word.pause == Pause::None && !word.groups.is_empty() && last.groups == word.groups => {
                last.is_twice = true
            }
            _ => once.push(word),
        }
    }
    once
}

/// `3x`, `5 hari`: a number and what it counts are one word.
fn counted(words: Vec<Word>) -> Vec<Word> {
    let mut counted: Vec<Word> = Vec::with_capacity(words.len());
    for mut word in words {
        let number =
            counted.last().and_then(|last| last.number).filter(|_| word.pause == Pause::None && word.number.is_none());
        let many = match number {
            Some(number) if word.is(TIMESWORD) => (number >= 3).then_some(MANY),
            Some(number) if word.is(DAY) => (number >= 2).then_some(DAYS),
            Some(_) if word.is_any(&[WEEK, MONTH]) => Some(DAYS),
            Some(_) if word.is(YEAR) => None,
            _ => {
                counted.push(word);
                continue;
            }
        };
        word.number = number;
        word.groups.extend(many);
        let pause = counted.pop().map_or(Pause::None, |number| number.pause);
        counted.push(Word { pause, ..word });
    }
    counted
}
