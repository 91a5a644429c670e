//! Red-flag rules. They look for signs that cannot wait and say what to do first; they never name an illness.
//!
//! A change of what is found or said is a new [`VERSION`]. Codes stay for ever, since intakes name them.

mod advice;
mod fold;
mod signs;
mod words;

use std::sync::LazyLock;

pub use advice::advice;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
pub use signs::{SIGNS, Sign, find};
use utoipa::ToSchema;
use words::Phrase;

use crate::pets::Species;

/// The day on which these rules were written.
pub const VERSION: &str = "2026-11-29";

/// How long it can wait; the worst comes first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = TriageLevel)]
pub enum Level {
    /// To a clinic now.
    Emergency,
    /// To a vet today.
    Soon,
    /// A talk will do for now.
    Routine,
}

/// Since when it has been so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = ComplaintSince)]
pub enum Since {
    Hours,
    Today,
    Days,
    Week,
    Longer,
}

/// How each of [`SIGNS`] is said.
static PHRASES: LazyLock<Vec<Vec<Phrase>>> =
    LazyLock::new(|| SIGNS.iter().map(|sign| sign.phrases.iter().map(|text| Phrase::read(text)).collect()).collect());

/// The signs that were ticked and those that the complaint speaks of, the worst first, and how long it can wait.
pub fn judge(species: Option<Species>, ticked: &[&'static Sign], complaint: &str) -> (Level, Vec<&'static Sign>) {
    let said = fold::fold(complaint);
    let is_found = |sign: &Sign, phrases: &[Phrase]| {
        ticked.iter().any(|one| one.code == sign.code) || phrases.iter().any(|phrase| phrase.is_said(&said))
    };
    let all = SIGNS.iter().zip(PHRASES.iter()).filter(|(sign, _)| sign.concerns(species));
    let mut flags: Vec<&'static Sign> =
        all.filter(|(sign, phrases)| is_found(sign, phrases)).map(|(sign, _)| sign).collect();
    flags.sort_by_key(|sign| sign.level);
    (flags.first().map_or(Level::Routine, |worst| worst.level), flags)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(species: Option<Species>, complaint: &str) -> Vec<&'static str> {
        judge(species, &[], complaint).1.iter().map(|sign| sign.code).collect()
    }

    #[test]
    fn what_owners_write_in_a_hurry_is_understood() {
        for (species, complaint, expected) in [
            (Species::Cat, "Dok kucing saya kejang-kejang!!", "seizure"),
            (Species::Cat, "udah 2 hari gak bisa pipis", "urine_blocked"),
            (Species::Cat, "ngeden terus tapi tidak bisa kencing", "urine_blocked"),
            (Species::Dog, "anjingku ketabrak motor", "trauma"),
            (Species::Dog, "kayaknya makan racun tikus", "poison"),
            (Species::Cat, "SESAK NAPAS", "breathing"),
            (Species::Dog, "he can't breathe", "breathing"),
            (Species::Rabbit, "kelinci ga mau makan dari pagi", "not_eating_small"),
            (Species::Cat, "nggak mau makan", "not_eating"),
            (Species::Dog, "muntah darah", "blood"),
        ] {
            assert!(
                codes(Some(species), complaint).contains(&expected),
                "{complaint}: {:?}",
                codes(Some(species), complaint)
            );
        }
    }

    fn species(name: &str) -> Species {
        match name {
            "cat" => Species::Cat,
            "dog" => Species::Dog,
            "rabbit" => Species::Rabbit,
            "bird" => Species::Bird,
            other => panic!("{other} is no animal of these complaints"),
        }
    }

    #[test]
    fn every_complaint_that_was_written_down_is_judged_as_it_should_be() {
        let lines = include_str!("complaints.txt").lines().filter(|line| !line.starts_with('#'));
        let mut wrong = Vec::new();
        for line in lines {
            let [expected, animal, complaint] = line.splitn(3, '|').collect::<Vec<_>>()[..] else {
                panic!("{line}: not a complaint");
            };
            let found = codes(Some(species(animal)), complaint);
            let is_right = match expected.strip_prefix('!') {
                Some(unwanted) => !found.contains(&unwanted),
                None if expected == "none" => found.is_empty(),
                None => found.contains(&expected),
            };
            if !is_right {
                wrong.push(format!("{line}: {found:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn what_is_denied_is_not_found() {
        for complaint in [
            "batuk tapi tidak kejang",
            "ga sesak kok",
            "tidak ada kejang-kejang",
            "no seizures, just an itch",
            "tidak sampai pingsan",
            "mau makan dan bisa pipis",
            "she is not vomiting blood",
        ] {
            assert!(
                codes(Some(Species::Cat), complaint).is_empty(),
                "{complaint}: {:?}",
                codes(Some(Species::Cat), complaint)
            );
        }
    }

    #[test]
    fn a_denial_reaches_no_further_than_its_own_words() {
        assert!(codes(Some(Species::Cat), "tidak, kejang").contains(&"seizure"));
        assert!(codes(Some(Species::Cat), "tidak makan kejang").contains(&"seizure"));
        assert!(codes(Some(Species::Cat), "tidak muntah tapi kejang").contains(&"seizure"));
    }

    #[test]
    fn the_worst_sign_decides_and_other_animals_signs_do_not_count() {
        let itch = judge(Some(Species::Dog), &[], "gatal");
        assert_eq!((itch.0, itch.1.len()), (Level::Routine, 0));
        let (level, flags) = judge(Some(Species::Cat), &[], "ga mau makan, trus sekarang kejang");
        assert_eq!((level, flags.first().map(|sign| sign.code)), (Level::Emergency, Some("seizure")));
        let Some(fluffed) = find("fluffed") else { panic!("there is such a sign") };
        assert_eq!(judge(Some(Species::Cat), &[fluffed], "").0, Level::Routine);
        assert_eq!(judge(Some(Species::Bird), &[fluffed], "").0, Level::Emergency);
        for unknown in [None, Some(Species::Other)] {
            assert_eq!(judge(unknown, &[fluffed], "").0, Level::Emergency, "where nothing is known, everything counts");
        }
    }
}
