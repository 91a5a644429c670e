//! Red-flag rules. They look for signs that cannot wait and say what to do first; they never name an illness.
//!
//! A change of what is found or said is a new [`VERSION`]. Codes stay for ever, since intakes name them.

mod advice;
mod signs;
mod words;

pub use advice::advice;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
pub use signs::{SIGNS, Sign, find};
use utoipa::ToSchema;

use crate::pets::Species;

/// The day on which these rules were written.
pub const VERSION: &str = "2026-11-27";

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

/// The signs that were ticked and those that the complaint speaks of, the worst first, and how long it can wait.
pub fn judge(species: Option<Species>, ticked: &[&'static Sign], complaint: &str) -> (Level, Vec<&'static Sign>) {
    let said = words::clauses(complaint);
    let concerns = |sign: &&Sign| sign.concerns(species);
    let found = |sign: &&Sign| ticked.iter().any(|one| one.code == sign.code) || words::speak_of(&said, sign.phrases);
    let mut flags: Vec<&'static Sign> = SIGNS.iter().filter(concerns).filter(found).collect();
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
        let Some(bloated) = find("bloat") else { panic!("there is such a sign") };
        assert_eq!(judge(Some(Species::Cat), &[bloated], "").0, Level::Routine);
        assert_eq!(judge(Some(Species::Dog), &[bloated], "").0, Level::Emergency);
        assert_eq!(judge(None, &[bloated], "").0, Level::Emergency, "where nothing is known, everything counts");
    }
}
