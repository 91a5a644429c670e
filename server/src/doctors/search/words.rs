//! Words as they are compared: without case, accents and titles.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Every vet has it, so it finds nobody.
const TITLES: [&str; 2] = ["drh", "dr"];
const LONGEST: usize = 40;

/// The words of a text: "drh. Nadia Prameswari" is `nadia`, `prameswari`.
pub fn words(text: &str) -> Vec<String> {
    let folded: String =
        text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !TITLES.contains(word)).map(|word| word.chars().take(LONGEST).collect()).collect()
}

/// The runs of three letters of a word, its beginning marked.
pub fn grams(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = std::iter::once('^').chain(word.chars()).collect();
    if letters.len() < 3 {
        return BTreeSet::from([letters.iter().collect()]);
    }
    letters.windows(3).map(|run| run.iter().collect()).collect()
}

/// How many slips a word of that length is forgiven.
pub fn forgiven(word: &str) -> usize {
    match word.chars().count() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

/// Letters to add, drop, change or swap with the next one to turn the beginning of `word` into `asked`.
pub fn slips(asked: &str, word: &str) -> usize {
    let (asked, word): (Vec<char>, Vec<char>) = (asked.chars().collect(), word.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=word.len()).collect()];
    for (at, letter) in asked.iter().enumerate() {
        let mut row = vec![at + 1];
        for (place, other) in word.iter().enumerate() {
            let changed = rows[at][place] + usize::from(letter != other);
            let mut best = changed.min(rows[at][place + 1] + 1).min(row[place] + 1);
            if at > 0 && place > 0 && *letter == word[place - 1] && asked[at - 1] == *other {
                best = best.min(rows[at - 1][place - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    // What follows the beginning costs nothing: people search while they type.
    rows.last().and_then(|row| row.iter().min()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_accents_and_case_do_not_matter() {
        assert_eq!(words("drh. Nadia Prámeswari"), ["nadia", "prameswari"]);
        assert_eq!(words("DRH.SITI"), ["siti"]);
        assert!(words("drh. …").is_empty());
    }

    #[test]
    fn slips_of_the_finger_are_counted() {
        for (asked, word, count) in [
            ("nadia", "nadia", 0),
            ("nad", "nadia", 0),
            ("nadai", "nadia", 1),
            ("nafia", "nadia", 1),
            ("nadiaa", "nadia", 1),
            ("prmeswari", "prameswari", 1),
            ("budi", "nadia", 2),
        ] {
            assert_eq!(slips(asked, word), count, "{asked} {word}");
        }
    }

    #[test]
    fn one_slip_leaves_common_runs() {
        assert!(grams("nafia").intersection(&grams("nadia")).next().is_some());
        assert_eq!(grams("a"), BTreeSet::from(["^a".to_owned()]));
    }
}
