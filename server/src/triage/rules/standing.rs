//! Whether what is said is so now: not denied, not long past, not only asked about. Where that is not clear it counts: a warning
//! too many costs a glance, one too few may cost a life.

use super::fold::Word;
use super::typed::Pause;
use super::vocabulary::*;

/// How a word of a complaint stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    /// The denial that it comes after.
    pub denied_by: Option<usize>,
    /// Long past, or asked about in general.
    pub is_elsewhere: bool,
}

/// How far a word reaches over those after it that asks in general or tells of the past.
const REACH: usize = 10;

/// What is said anywhere in a complaint.
struct Whole {
    is_well: bool,
    is_still: bool,
    is_recovered: bool,
    is_calm: bool,
    is_actual: bool,
    is_now: bool,
    is_recent: bool,
    is_first: bool,
    has_relapsed: bool,
    is_precaution: bool,
}

impl Whole {
    fn of(words: &[Word]) -> Self {
        let has = |group: Group| words.iter().any(|word| word.is(group));
        let again = words.windows(3).any(|some| some[0].is(NOW) && some[1..].iter().any(|word| word.is(AGAIN)));
        Self {
            is_well: is_well(words),
            is_still: has(STILL),
            is_recovered: recovered(words),
            is_calm: has(CALM),
            is_actual: has(ACTUAL) || has(VOMIT),
            is_now: has(NOW),
            is_recent: has(RECENT) || has(TODAY),
            is_first: has(FIRST),
            has_relapsed: has(RELAPSE) || again,
            is_precaution: has(PRECAUTION),
        }
    }
}

/// `makan lahap`; but not `biasanya aktif`, `biar sembuh`.
fn is_well(words: &[Word]) -> bool {
    let was = |at: usize| {
        let is_denied = at > 0 && words[at - 1].is(NOT);
        is_denied || words[at.saturating_sub(3)..at].iter().any(|word| word.is_any(&[RECENT, TODAY, BEFORE, WISH]))
    };
    (0..words.len()).any(|at| words[at].is(WELL) && !was(at))
}

/// `sekarang sehat`, `udah sembuh`; but `kemarin masih sehat` says that it no longer is.
fn recovered(words: &[Word]) -> bool {
    let is_now = |at: usize| {
        let before = &words[at.saturating_sub(3)..at];
        before.iter().any(|word| word.is_any(&[NOW, ALREADY]))
            && !before.iter().any(|word| word.is_any(&[RECENT, TODAY]))
    };
    (0..words.len()).any(|at| words[at].is(RECOVERED) && is_now(at))
}

pub fn standings(words: &[Word]) -> Vec<Standing> {
    let whole = Whole::of(words);
    let mut standings = vec![Standing::default(); words.len()];
    for at in 0..words.len() {
        if words[at].is(NOT) {
            for denied in denied(words, &whole, at) {
                standings[denied].denied_by.get_or_insert(at);
            }
        }
    }
    for at in 0..words.len() {
        for elsewhere in past(words, &whole, at).into_iter().chain(asked_about(words, &whole, at)) {
            standings[elsewhere].is_elsewhere = true;
        }
    }
    standings
}

/// What a denial denies.
fn denied(words: &[Word], whole: &Whole, not: usize) -> Vec<usize> {
    let is_open = |at: usize| words.get(at).is_some_and(|word| word.pause == Pause::None && !word.is(NOT));
    let mut at = not + 1;
    while is_open(at) && words[at].is_any(&[SMALL, BETWEEN, EVER]) && !is_end(words, at) {
        at += 1;
    }
    if !is_open(at) {
        return denied_before(words, not);
    }
    if words[at].is(IF) {
        return asked_whether(words, not);
    }
    if is_void(words, whole, not, at) {
        return Vec::new();
    }
    let mut denied: Vec<usize> = (not + 1..=at).collect();
    if words[at].is_any(&[CAN, WANT, GIVE]) {
        denied.extend((at + 1..words.len()).take_while(|next| is_open(*next)).find(|next| !words[*next].is(SMALL)));
    }
    denied.extend(listed(words, not, at));
    denied
}

/// Whether nothing follows that could be denied.
fn is_end(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_none_or(|next| next.pause != Pause::None)
}

/// `kepanasan ga kalau pakai baju?`
fn asked_whether(words: &[Word], not: usize) -> Vec<usize> {
    let begin = (0..not).rev().find(|at| words[*at].pause != Pause::None || *at == 0).unwrap_or(not);
    let before: Vec<usize> = (begin..not).filter(|at| !words[*at].is(SMALL)).collect();
    let is_of_danger = before.iter().any(|at| words[*at].is(DANGER));
    if before.len() <= 2 && !is_of_danger { before } else { Vec::new() }
}

/// `kejang tidak, muntah tidak`, `perutnya keras? tidak`.
fn denied_before(words: &[Word], not: usize) -> Vec<usize> {
    let is_after_question = words[not].pause == Pause::Asked;
    if words[not].pause != Pause::None && !is_after_question
        || words.get(not + 1).is_some_and(|next| next.pause == Pause::Asked)
    {
        return Vec::new();
    }
    let begin = (0..not).rev().find(|at| words[*at].pause != Pause::None || *at == 0).unwrap_or(not);
    let before: Vec<usize> = (begin..not).filter(|at| !words[*at].is(SMALL)).collect();
    if before.len() <= 1 || is_after_question && before.len() <= 3 { before } else { Vec::new() }
}

/// `belum pernah kejang seperti ini`, `bukan sesak biasa`, `udah gak kejang`: it is there, or was just now.
fn is_void(words: &[Word], whole: &Whole, not: usize, at: usize) -> bool {
    let after = words[at + 1..].iter().take(2).take_while(|word| word.pause == Pause::None);
    let before = &words[not.saturating_sub(3)..not];
    let is_compared = after.clone().any(|word| word.is(LIKE));
    let was_never = words[not..at].iter().any(|word| word.is(EVER));
    let is_first = was_never && (before.iter().any(|word| word.is(BEFORE)) || whole.is_first);
    let has_ended =
        before.iter().rev().take(2).any(|word| word.is(ALREADY)) || after.clone().any(|word| word.is(AGAIN));
    is_compared || is_first || has_ended && (!whole.is_well || whole.is_still)
}

/// `tidak muntah, mencret atau demam`: a list that ends with `atau` is denied as a whole, and after `tidak ada` one with `dan`.
fn listed(words: &[Word], not: usize, first: usize) -> Vec<usize> {
    let takes_and = words[not + 1..first].iter().any(|word| word.is(EXIST));
    let goes_on = |word: &&Word| word.pause <= Pause::Comma && !word.is_any(&[NOT, CONTRAST]);
    if words[first].groups.is_empty() {
        return Vec::new();
    }
    let list: Vec<&Word> = words[first + 1..].iter().take(REACH).take_while(goes_on).collect();
    let is_link = |word: &Word| word.is(OR) || takes_and && word.is(AND);
    let Some(link) = list.iter().rposition(|word| is_link(word)) else { return Vec::new() };
    // `ini kejang atau bukan` is a question, and no list.
    if link + 1 == list.len() {
        return Vec::new();
    }
    let mut run = 0;
    for word in &list[..link] {
        run = if word.pause == Pause::Comma || word.is_any(&[OR, AND]) { 0 } else { run + 1 };
        if run > 3 {
            return Vec::new();
        }
    }
    let end = list[link + 1..].iter().position(|word| !word.is(SMALL)).map_or(link, |skipped| link + 1 + skipped);
    (first + 1..=first + 1 + end).collect()
}

/// What a word puts into the past.
fn past(words: &[Word], whole: &Whole, at: usize) -> Vec<usize> {
    let word = &words[at];
    let was_ever = words[at..].iter().take(4).any(|word| word.is(EVER));
    let begins = word.pause != Pause::None || at == 0 || words[at - 1].is_any(&[SMALL, CAT, DOG, RABBIT]);
    let not_before = at > 0 && words[at - 1].is(NOT);
    let is_past = word.is(LONGAGO)
        || word.is(FORMERLY) && (was_ever || begins)
        || word.is(ONCE) && !not_before && (whole.is_recovered || whole.is_calm && !whole.is_now && !whole.is_recent)
        || word.is(RECENT) && whole.is_recovered;
    if !is_past || whole.has_relapsed {
        return Vec::new();
    }
    let is_still_past = |next: &usize| {
        let next = &words[*next];
        (word.is(RECENT) || next.pause != Pause::Stop) && next.pause < Pause::Asked && !next.is_any(&[NOW, CONTRAST])
    };
    let after = (at + 1..words.len()).take(REACH).take_while(is_still_past);
    let same_part =
        if word.is_any(&[LONGAGO, RECENT]) && word.pause == Pause::None { at.saturating_sub(4)..at } else { at..at };
    let is_cut = |before: &usize| words[before + 1].pause != Pause::None || words[*before].is(CONTRAST);
    let begin = same_part.clone().rev().find(is_cut).map_or(same_part.start, |before| before + 1);
    (begin.min(at)..at).chain(after).collect()
}

/// What is asked about in general: `boleh makan coklat?`, `ciri-ciri keracunan`, `mencegah kejang`.
fn asked_about(words: &[Word], whole: &Whole, at: usize) -> Vec<usize> {
    let word = &words[at];
    let before = &words[at.saturating_sub(4)..at];
    let asks = |group: Group| before.iter().any(|word| word.is(group));
    let is_asked = word.is(HOWTO)
        || word.is(LEARN)
            && (asks(CALLS) && !asks(THIS) || words[at..].iter().take(REACH).any(|word| word.is(ASKS)))
            && !asks(SHOW)
        || word.is_any(&[MAYI, DANGER]) && !whole.is_actual
        || word.is(IF) && whole.is_precaution && !whole.is_actual
        || word.is(CAUSE) && words[..at].iter().any(|word| word.is(ASKS)) && !whole.is_actual;
    if !is_asked {
        return Vec::new();
    }
    let after = (at + 1..words.len())
        .take(REACH)
        .take_while(|next| words[*next].pause <= Pause::Comma && !words[*next].is(NOW));
    let begin = if word.is(MAYI) && asks(INGEST) { begin_of_question(words, at) } else { at };
    (begin..at).chain(after).collect()
}

/// `kucing makan bawang boleh ga?` asks in general; `kucing makan bawang, aman ga?` is about one that did.
fn begin_of_question(words: &[Word], at: usize) -> usize {
    let begin = (0..=at).rev().find(|before| words[*before].pause != Pause::None).unwrap_or(0);
    let rest = words[at + 1..].iter().take_while(|word| word.pause == Pause::None);
    if rest.filter(|word| !word.is_any(&[SMALL, NOT])).count() == 0 { begin } else { at }
}
