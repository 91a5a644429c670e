//! What may be said of a pet, what is due next, and who may read it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::entity::{Sex, Species, vaccination};
use platform::clock::Timestamp;
use platform::day::read_day;
use platform::http::error::AppError;
use platform::http::validate::{Check, Lines};
use platform::text::Text;
use platform::zone::Zone;

pub const MOST_PETS: u64 = 30;
/// Weights of a pet, and vaccinations of a pet.
pub const MOST_ENTRIES: u64 = 500;
/// An elephant stays at the zoo.
pub const HEAVIEST_GRAMS: i64 = 200_000;
const LONGEST_NAME: usize = 60;
const LONGEST_BREED: usize = 80;
const LONGEST_ALLERGIES: usize = 1_000;
const LONGEST_NOTES: usize = 4_000;
const LONGEST_VACCINE: usize = 80;

/// What an owner says of a pet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    pub species: Species,
    pub breed: String,
    pub sex: Sex,
    pub neutered: Option<bool>,
    pub birth_date: Option<String>,
    pub allergies: String,
    pub notes: String,
}

/// The same as it was sent: what is not there stays as it was, what is `Some(None)` is taken away.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub name: Option<Option<String>>,
    pub species: Option<Species>,
    pub breed: Option<Option<String>>,
    pub sex: Option<Sex>,
    pub neutered: Option<Option<bool>>,
    pub birth_date: Option<Option<String>>,
    pub allergies: Option<Option<String>>,
    pub notes: Option<Option<String>>,
}

/// A pet as it is described now, after what was known `before`.
pub fn describe(before: Option<Profile>, given: Given, today: NaiveDate) -> Result<Profile, AppError> {
    let mut check = Check::new();
    if before.is_none() && given.species.is_none() {
        check.missing("species");
    }
    let mut profile = before.unwrap_or(Profile {
        name: String::new(),
        species: given.species.unwrap_or(Species::Other),
        breed: String::new(),
        sex: Sex::Unknown,
        neutered: None,
        birth_date: None,
        allergies: String::new(),
        notes: String::new(),
    });
    if given.name.is_some() || profile.name.is_empty() {
        profile.name = check.text("name", given.name.flatten(), LONGEST_NAME, Lines::One);
    }
    if let Some(breed) = given.breed {
        profile.breed = check.optional_text("breed", breed, LONGEST_BREED, Lines::One);
    }
    if let Some(allergies) = given.allergies {
        profile.allergies = check.optional_text("allergies", allergies, LONGEST_ALLERGIES, Lines::Many);
    }
    if let Some(notes) = given.notes {
        profile.notes = check.optional_text("notes", notes, LONGEST_NOTES, Lines::Many);
    }
    if let Some(birth_date) = given.birth_date {
        profile.birth_date = birth_date.and_then(|day| past_day(&mut check, "birthDate", &day, today));
    }
    profile.species = given.species.unwrap_or(profile.species);
    profile.sex = given.sex.unwrap_or(profile.sex);
    profile.neutered = given.neutered.unwrap_or(profile.neutered);
    check.finish()?;
    Ok(profile)
}

/// A weight that may be noted: the day and the grams.
pub fn weigh(measured_on: Option<&str>, grams: Option<i64>, today: NaiveDate) -> Result<(String, i32), AppError> {
    let mut check = Check::new();
    let day = required_day(&mut check, "measuredOn", measured_on, today);
    let weight = grams.filter(|grams| (1..=HEAVIEST_GRAMS).contains(grams)).and_then(|grams| i32::try_from(grams).ok());
    match grams {
        None => check.missing("grams"),
        Some(_) if weight.is_none() => check.invalid(
            "grams",
            "out_of_range",
            Text::new("Antara 1 gram dan 200 kilogram.", "Between 1 gram and 200 kilograms."),
        ),
        Some(_) => {}
    }
    check.finish()?;
    Ok((day.unwrap_or_default(), weight.unwrap_or_default()))
}

/// A vaccination that may be noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vaccinated {
    pub name: String,
    pub given_on: String,
    pub next_due_on: Option<String>,
}

pub fn vaccinate(
    name: Option<String>,
    given_on: Option<&str>,
    next_due_on: Option<&str>,
    today: NaiveDate,
) -> Result<Vaccinated, AppError> {
    let mut check = Check::new();
    let name = check.text("name", name, LONGEST_VACCINE, Lines::One);
    let given_on = required_day(&mut check, "givenOn", given_on, today);
    let next_due_on =
        next_due_on.filter(|day| !day.trim().is_empty()).and_then(|day| read(&mut check, "nextDueOn", day));
    if let (Some(due), Some(given)) = (&next_due_on, &given_on)
        && due <= given
    {
        check.invalid(
            "nextDueOn",
            "before_start",
            Text::new("Harus setelah tanggal vaksin.", "It must come after the vaccination."),
        );
    }
    check.finish()?;
    Ok(Vaccinated { name, given_on: given_on.unwrap_or_default(), next_due_on })
}

/// The vaccination that is due first. One that was given again since does not count any more.
pub fn next_due(all: &[vaccination::Model]) -> Option<&vaccination::Model> {
    let mut latest: HashMap<String, &vaccination::Model> = HashMap::new();
    for one in all {
        let known = latest.entry(one.name.to_lowercase()).or_insert(one);
        if (&one.given_on, one.id) > (&known.given_on, known.id) {
            *known = one;
        }
    }
    let due = latest.into_values().filter(|one| one.next_due_on.is_some());
    due.min_by(|a, b| (&a.next_due_on, a.id).cmp(&(&b.next_due_on, b.id)))
}

/// The day that it is at the eastern end of the country: nobody there is told that today has not come yet.
pub fn today(now: Timestamp) -> NaiveDate {
    Zone::Wit.day_of(now)
}

fn required_day(check: &mut Check, field: &str, given: Option<&str>, today: NaiveDate) -> Option<String> {
    match given.map(str::trim) {
        None | Some("") => {
            check.missing(field);
            None
        }
        Some(day) => past_day(check, field, day, today),
    }
}

/// A day that has come. An empty one is none.
fn past_day(check: &mut Check, field: &str, given: &str, today: NaiveDate) -> Option<String> {
    if given.trim().is_empty() {
        return None;
    }
    let day = read(check, field, given)?;
    if day > today.to_string() {
        check.invalid(field, "in_future", Text::new("Tanggal ini belum tiba.", "This day has not come yet."));
    }
    Some(day)
}

/// A day of a century in which somebody's pet lives.
fn read(check: &mut Check, field: &str, given: &str) -> Option<String> {
    let given = given.trim();
    let day = read_day(given).map(|day| day.to_string());
    match day {
        Some(day) if ("1900-01-01".."2100-01-01").contains(&day.as_str()) => Some(day),
        Some(_) => {
            let text = Text::new("Antara tahun 1900 dan 2099.", "Between the years 1900 and 2099.");
            check.invalid(field, "out_of_range", text);
            None
        }
        None => {
            let text = Text::new("Tulis tanggal seperti 2026-11-24.", "Write a date like 2026-11-24.");
            check.invalid(field, "invalid_format", text);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pets::entity::{PetId, VaccinationId};

    const TODAY: &str = "2026-11-24";

    fn today() -> NaiveDate {
        TODAY.parse().unwrap()
    }

    fn problems<T>(outcome: Result<T, AppError>) -> Vec<(String, &'static str)> {
        match outcome {
            Err(AppError::Refused(problem)) => {
                problem.errors.iter().map(|error| (error.field.clone(), error.code)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn given(name: &str) -> Given {
        Given { name: Some(Some(name.to_owned())), species: Some(Species::Cat), ..Given::default() }
    }

    #[test]
    fn a_pet_needs_a_name_and_a_species() {
        let problems = problems(describe(None, Given::default(), today()));
        assert_eq!(problems, [("species".to_owned(), "required"), ("name".to_owned(), "required")]);
        let miko = describe(None, given(" Miko "), today()).ok().map(|pet| (pet.name, pet.sex, pet.neutered));
        assert_eq!(miko, Some(("Miko".to_owned(), Sex::Unknown, None)));
    }

    #[test]
    fn a_change_leaves_what_was_not_sent_and_takes_away_what_is_null() {
        let known = Given {
            breed: Some(Some("Domestik".to_owned())),
            neutered: Some(Some(true)),
            birth_date: Some(Some("2023-09-01".to_owned())),
            ..given("Miko")
        };
        let before = describe(None, known, today()).ok();
        let change = Given { birth_date: Some(None), allergies: Some(Some("Ayam".to_owned())), ..Given::default() };
        let after = describe(before.clone(), change, today()).ok();
        let expected = before.clone().map(|pet| Profile { birth_date: None, allergies: "Ayam".to_owned(), ..pet });
        assert_eq!(after, expected);
        let nameless = Given { name: Some(None), ..Given::default() };
        assert_eq!(problems(describe(before, nameless, today())), [("name".to_owned(), "required")]);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let wrong = Given {
            breed: Some(Some("x".repeat(81))),
            notes: Some(Some("x".repeat(4_001))),
            birth_date: Some(Some("2026-11-25".to_owned())),
            ..given("\u{200b}")
        };
        let expected = [("name", "required"), ("breed", "too_long"), ("notes", "too_long"), ("birthDate", "in_future")];
        assert_eq!(problems(describe(None, wrong, today())), expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn days_are_read_strictly() {
        for (day, code) in [
            (TODAY, None),
            ("1900-01-01", None),
            ("2026-11-25", Some("in_future")),
            ("1899-12-31", Some("out_of_range")),
            ("2026-02-30", Some("invalid_format")),
            ("24-11-2026", Some("invalid_format")),
            ("2026-1-1", Some("invalid_format")),
            ("besok", Some("invalid_format")),
            ("", Some("required")),
        ] {
            let found = problems(weigh(Some(day), Some(4_600), today()));
            assert_eq!(found.first().map(|problem| problem.1), code, "{day}");
        }
    }

    #[test]
    fn a_weight_is_between_a_gram_and_two_hundred_kilograms() {
        for (grams, code) in [
            (Some(1), None),
            (Some(200_000), None),
            (Some(0), Some("out_of_range")),
            (Some(200_001), Some("out_of_range")),
            (Some(i64::MIN), Some("out_of_range")),
            (None, Some("required")),
        ] {
            let found = problems(weigh(Some(TODAY), grams, today()));
            assert_eq!(found.first().map(|problem| problem.1), code, "{grams:?}");
        }
    }

    #[test]
    fn the_next_vaccination_comes_after_the_last() {
        let due = |due| problems(vaccinate(Some("Rabies".to_owned()), Some(TODAY), due, today()));
        assert!(due(None).is_empty() && due(Some("")).is_empty() && due(Some("2027-11-24")).is_empty());
        assert_eq!(due(Some(TODAY)), [("nextDueOn".to_owned(), "before_start")]);
    }

    fn vaccination(name: &str, given_on: &str, due: Option<&str>) -> vaccination::Model {
        vaccination::Model {
            id: VaccinationId::new(),
            pet_id: PetId::new(),
            name: name.to_owned(),
            given_on: given_on.to_owned(),
            next_due_on: due.map(str::to_owned),
        }
    }

    #[test]
    fn what_was_given_again_is_not_due_any_more() {
        let all = [
            vaccination("Rabies", "2024-09-02", Some("2025-09-02")),
            vaccination("rabies", "2025-09-02", Some("2027-09-02")),
            vaccination("Tricat", "2025-12-02", Some("2026-12-02")),
            vaccination("Leukemia", "2025-01-01", None),
        ];
        assert_eq!(next_due(&all).map(|one| one.name.as_str()), Some("Tricat"));
        assert_eq!(next_due(&all[..2]).and_then(|one| one.next_due_on.as_deref()), Some("2027-09-02"));
        assert_eq!(next_due(&all[3..]), None);
    }
}
