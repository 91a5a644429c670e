//! The judgement: what was ticked and what was said, the worst first.

use std::sync::LazyLock;

use super::fold::fold;
use super::level::Level;
use super::patient::{Known, Patient};
use super::phrase::{Heard, Phrase};
use super::signs::{SIGNS, Sign};
use super::standing::standings;
use super::vocabulary::{DAYS, LONG, Vocabulary};
use super::{patient, ways};

/// What is read once from the files beside this one.
struct Rules {
    vocabulary: Vocabulary,
    /// How each of [`SIGNS`] is said.
    phrases: Vec<Vec<Phrase>>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::read(include_str!("words.txt"), include_str!("lookalikes.txt"));
    let ways = ways::read(include_str!("phrases.txt"));
    let mut of = |sign: &Sign| ways.of(sign.code).iter().map(|text| Phrase::read(&mut vocabulary, text)).collect();
    let phrases = SIGNS.iter().map(&mut of).collect();
    Rules { vocabulary, phrases }
});

/// The signs that were ticked and those that the complaint speaks of, the worst first, and how long it can wait.
pub fn judge(known: Known, ticked: &[&'static Sign], complaint: &str) -> (Level, Vec<&'static Sign>) {
    let heard = hear(complaint);
    let patient = Patient::hear(known, &heard.words);
    let is_ticked = |sign: &Sign| sign.concerns(known.species) && ticked.iter().any(|one| one.code == sign.code);
    let is_said = |sign: &Sign, phrases: &[Phrase]| {
        patient.is_of(sign.species) && phrases.iter().any(|phrase| phrase.is_said(&heard, &patient))
    };
    let all = SIGNS.iter().zip(RULES.phrases.iter());
    let mut flags: Vec<&'static Sign> =
        all.filter(|(sign, phrases)| is_ticked(sign) || is_said(sign, phrases)).map(|(sign, _)| sign).collect();
    flags.sort_by_key(|sign| sign.level);
    (flags.first().map_or(Level::Routine, |worst| worst.level), flags)
}

fn hear(complaint: &str) -> Heard {
    let mut words = fold(&RULES.vocabulary, complaint);
    // An age is no duration.
    for at in 0..words.len() {
        if patient::age(&words, at).is_some() {
            words[at].groups.retain(|group| !matches!(*group, DAYS | LONG));
        }
    }
    let standings = standings(&words);
    Heard::new(words, standings)
}

#[cfg(test)]
mod tests {
    use super::super::signs::find;
    use super::*;
    use crate::pets::{Sex, Species};

    fn of(species: Species) -> Known {
        Known { species: Some(species), ..Known::default() }
    }

    fn codes(known: Known, complaint: &str) -> Vec<&'static str> {
        judge(known, &[], complaint).1.iter().map(|sign| sign.code).collect()
    }

    #[test]
    fn a_denial_denies_its_own_sign_and_no_other() {
        for (complaint, is_found) in [
            ("tidak kejang", false),
            ("kucing saya tidak pernah kejang", false),
            ("tidak muntah, mencret atau kejang", false),
            ("kejang tidak, muntah tidak", false),
            ("tidak, kejang", true),
            ("tidak muntah tapi kejang", true),
            ("belum pernah kejang seperti ini", true),
            ("bukan kejang biasa", true),
            ("ga cuma muntah tapi kejang", true),
            ("ga berhenti kejang", true),
            ("udah gak kejang tapi masih lemas", true),
            ("siapa yang ga panik kalau kucing kejang", true),
            ("dulu pernah kejang, sekarang sehat, mau vaksin", false),
            ("dulu pernah kejang, sekarang kambuh", true),
        ] {
            assert_eq!(codes(of(Species::Cat), complaint).contains(&"seizure"), is_found, "{complaint}");
        }
    }

    #[test]
    fn whose_complaint_it_is_counts() {
        let tom = Known { sex: Some(Sex::Male), ..of(Species::Cat) };
        assert_eq!(judge(tom, &[], "ngeden terus").0, Level::Emergency);
        assert_eq!(judge(Known { sex: Some(Sex::Female), ..tom }, &[], "ngeden terus").0, Level::Routine);
        let at = |days: u32| Known { age_days: Some(days), ..of(Species::Cat) };
        let levels = [20, 120, 900].map(|days| judge(at(days), &[], "mencret").0);
        assert_eq!(levels, [Level::Emergency, Level::Soon, Level::Routine]);
        assert_eq!(judge(Known::default(), &[], "kitten umur 3 minggu mencret").0, Level::Emergency);
        assert_eq!(judge(of(Species::Rabbit), &[], "ga mau makan").0, Level::Emergency);
        assert_eq!(judge(of(Species::Cat), &[], "ga mau makan").0, Level::Soon);
    }

    #[test]
    fn the_worst_sign_decides_and_other_animals_signs_do_not_count() {
        let itch = judge(of(Species::Dog), &[], "gatal");
        assert_eq!((itch.0, itch.1.len()), (Level::Routine, 0));
        let (level, flags) = judge(of(Species::Cat), &[], "ga mau makan, trus sekarang kejang");
        assert_eq!((level, flags.first().map(|sign| sign.code)), (Level::Emergency, Some("seizure")));
        let Some(fluffed) = find("fluffed") else { panic!("there is such a sign") };
        assert_eq!(judge(of(Species::Cat), &[fluffed], "").0, Level::Routine);
        assert_eq!(judge(of(Species::Bird), &[fluffed], "").0, Level::Emergency);
        for unknown in [Known::default(), of(Species::Other)] {
            assert_eq!(judge(unknown, &[fluffed], "").0, Level::Emergency, "where nothing is known, everything counts");
        }
    }

    #[test]
    fn the_longest_complaint_is_judged_however_it_is_written() {
        for text in [
            "x".repeat(1_000),
            "a b ".repeat(250),
            "tidak bisa pipis ".repeat(58),
            "kejang".repeat(166),
            "\u{200b}".repeat(1_000),
        ] {
            judge(Known::default(), &[], &text);
        }
    }
}
