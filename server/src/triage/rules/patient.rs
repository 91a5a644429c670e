//! Whom a complaint is about: what is known of the pet, and what the words say where nothing is known.

use super::fold::Word;
use super::typed::Pause;
use super::vocabulary::*;
use crate::pets::{Sex, Species};

const DAYS_OF_A_MONTH: u32 = 30;
const YOUNG_BELOW_DAYS: u32 = 6 * DAYS_OF_A_MONTH;
const TINY_BELOW_DAYS: u32 = 3 * DAYS_OF_A_MONTH;

/// What is known of the one who is ill.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    pub species: Option<Species>,
    pub age_days: Option<u32>,
    pub sex: Option<Sex>,
}

/// What is known and what was heard.
#[derive(Debug)]
pub struct Patient {
    /// None where it may be any.
    species: Vec<Species>,
    age_days: Option<u32>,
    sex: Option<Sex>,
    is_called_young: bool,
    /// Another kind than those that we know: a sugar glider, a hedgehog. They hide what they have as well.
    is_other: bool,
}

impl Patient {
    /// What the words say counts where the pet's profile says nothing.
    pub fn hear(known: Known, words: &[Word]) -> Self {
        let said = |group: Group| words.iter().any(|word| word.is(group));
        let species = match known.species.filter(|species| *species != Species::Other) {
            Some(species) => vec![species],
            None => SAID_AS
                .iter()
                .filter(|(groups, _)| groups.iter().any(|group| said(*group)))
                .map(|(_, species)| *species)
                .collect(),
        };
        let sex = known.sex.filter(|sex| *sex != Sex::Unknown).or_else(|| match (said(MALE), said(FEMALE)) {
            (true, false) => Some(Sex::Male),
            (false, true) => Some(Sex::Female),
            _ => None,
        });
        let is_called_young =
            known.age_days.is_none() && (said(KITTEN) || said(PUPPY) || said(NEWBORN)) && !said(BIRTH);
        let age_days = known.age_days.or_else(|| (0..words.len()).find_map(|at| age(words, at)));
        let age_days = age_days.or_else(|| (said(NEWBORN) && !said(FEMALE)).then_some(1));
        let is_other = known.species == Some(Species::Other)
            && !species.iter().any(|species| matches!(species, Species::Cat | Species::Dog));
        Self { species, age_days, sex, is_called_young, is_other }
    }

    /// Whether a sign of these kinds of animal can be this one's; where nothing is known, every sign can.
    pub fn is_of(&self, species: Option<&[Species]>) -> bool {
        self.species.is_empty() || species.is_none_or(|species| self.species.iter().any(|own| species.contains(own)))
    }
}

const SAID_AS: [(&[Group], Species); 7] = [
    (&[CAT, KITTEN], Species::Cat),
    (&[DOG, PUPPY], Species::Dog),
    (&[RABBIT], Species::Rabbit),
    (&[HAMSTER], Species::Hamster),
    (&[BIRD], Species::Bird),
    (&[REPTILE], Species::Reptile),
    (&[FISH], Species::Fish),
];

/// The age in days, where a word says one: `umur 3 minggu`, `kitten 2 bulan`.
pub fn age(words: &[Word], at: usize) -> Option<u32> {
    let word = &words[at];
    let (number, unit) = match word.number {
        Some(number) if word.is(YEAR) => (number, 365),
        Some(number) if word.is(MONTH) => (number, DAYS_OF_A_MONTH),
        Some(number) if word.is(WEEK) => (number, 7),
        Some(number) if word.is(DAY) => (number, 1),
        None if word.is(ONEMONTH) => (1, DAYS_OF_A_MONTH),
        None if word.is(ONEWEEK) => (1, 7),
        _ => return None,
    };
    let before: Vec<&Word> = words[..at].iter().rev().take(3).filter(|word| !word.is(SMALL)).collect();
    let is_said = before.iter().take(2).any(|word| word.is(AGE))
        || words.get(at + 1).is_some_and(|next| next.is(AGE) && next.pause == Pause::None);
    let is_of_young = before.first().is_some_and(|word| word.is_any(&[KITTEN, PUPPY, NEWBORN]));
    let is_of_animal = unit >= DAYS_OF_A_MONTH
        && before.first().is_some_and(|word| word.is_any(&[CAT, DOG, RABBIT, HAMSTER, MALE, FEMALE]));
    (is_said || is_of_young || is_of_animal).then(|| number.saturating_mul(unit))
}

/// Whom a phrase is about: `[cat, not female]`.
#[derive(Debug, Default)]
pub struct Condition {
    species: Vec<Species>,
    sex: Option<Sex>,
    not_sex: Option<Sex>,
    is_young: bool,
    is_tiny: bool,
    is_small: bool,
}

impl Condition {
    pub fn read(text: &str) -> Self {
        let mut condition = Self::default();
        for part in text.split(',').map(str::trim) {
            match part {
                "cat" => condition.species.push(Species::Cat),
                "dog" => condition.species.push(Species::Dog),
                "rabbit" => condition.species.push(Species::Rabbit),
                "hamster" => condition.species.push(Species::Hamster),
                "bird" => condition.species.push(Species::Bird),
                "male" => condition.sex = Some(Sex::Male),
                "not female" => condition.not_sex = Some(Sex::Female),
                "young" => condition.is_young = true,
                "tiny" => condition.is_tiny = true,
                "small" => condition.is_small = true,
                other => panic!("{other} is nothing that a pet can be"),
            }
        }
        condition
    }

    pub fn is_met(&self, patient: &Patient) -> bool {
        let is_small = || {
            patient.is_other
                || patient
                    .species
                    .iter()
                    .any(|species| matches!(species, Species::Rabbit | Species::Hamster | Species::Bird))
        };
        let is_younger = |days: u32| patient.age_days.is_some_and(|age| age < days);
        (self.species.is_empty() || patient.is_of(Some(&self.species)))
            && self.sex.is_none_or(|sex| patient.sex == Some(sex))
            && self.not_sex.is_none_or(|sex| patient.sex != Some(sex))
            && (!self.is_young || is_younger(YOUNG_BELOW_DAYS) || patient.is_called_young && patient.age_days.is_none())
            && (!self.is_tiny || is_younger(TINY_BELOW_DAYS))
            && (!self.is_small || is_small())
    }
}
