//! Finding signs in what an owner writes, but not where they are denied. Where that is not clear they count: a warning too
//! many costs a glance, one too few may cost a life.

use super::fold::{NOT, Word, fold_word};

/// Words that may stand between a denial and what is denied.
const BETWEEN: [&str; 10] = ["ada", "sampai", "sampe", "ikut", "terlalu", "any", "had", "having", "a", "been"];
/// `bukan sesak biasa`: it is denied that it is harmless.
const COMPARING: [&str; 4] = ["biasa", "separah", "seperti", "sembarang"];
/// How many other words a gap of a phrase may hold.
const GAP: usize = 2;
const LONG_GAP: usize = 4;

/// How something is said. In writing: words with a space between, `a/b` for one of several, `*` where up to two other words
/// may stand and `**` where up to four may. A gap holds no denial.
#[derive(Debug)]
pub struct Phrase(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    OneOf(Vec<String>),
    Gap(usize),
}

impl Phrase {
    pub fn read(text: &str) -> Self {
        let piece = |piece: &str| match piece {
            "*" => vec![Piece::Gap(GAP)],
            "**" => vec![Piece::Gap(LONG_GAP)],
            word if !word.contains('/') => fold_word(word).into_iter().map(|word| Piece::OneOf(vec![word])).collect(),
            words => vec![Piece::OneOf(words.split('/').flat_map(fold_word).collect())],
        };
        Self(text.split(' ').flat_map(piece).collect())
    }

    /// Whether it is said somewhere and not denied.
    pub fn is_said(&self, text: &[Word]) -> bool {
        (0..text.len()).any(|start| {
            let end = ends(&self.0, text, start, true);
            end.is_some_and(|end| !is_denied(text, start, end))
        })
    }
}

/// Where the pieces end that are said from a word on. A clause may end within a phrase, but not right after a denial.
fn ends(pieces: &[Piece], text: &[Word], at: usize, is_first: bool) -> Option<usize> {
    let Some((piece, rest)) = pieces.split_first() else { return Some(at) };
    match piece {
        Piece::OneOf(words) => {
            let word = text.get(at).filter(|word| words.contains(&word.text))?;
            let is_cut = !is_first && word.opens && text[at - 1].text == NOT;
            if is_cut { None } else { ends(rest, text, at + 1, false) }
        }
        Piece::Gap(most) => (0..=*most).find_map(|skipped| {
            let gap = text.get(at..at + skipped)?;
            let is_open = gap.iter().all(|word| word.text != NOT);
            if is_open { ends(rest, text, at + skipped, false) } else { None }
        }),
    }
}

/// Whether a denial stands before what is said, in its clause. `belum pernah`, `tidak lagi` and `udah gak` deny nothing: it
/// is there, or was.
fn is_denied(text: &[Word], start: usize, end: usize) -> bool {
    if text[end..].iter().take(2).any(|word| COMPARING.contains(&word.text.as_str())) {
        return false;
    }
    let mut at = start;
    while at > 0 && !text[at].opens {
        at -= 1;
        let word = text[at].text.as_str();
        if word == NOT {
            return at == 0 || text[at - 1].text != "sudah";
        }
        // `kejang-kejang` is one word said twice.
        if !BETWEEN.contains(&word) && word != text[start].text {
            return false;
        }
    }
    false
}
