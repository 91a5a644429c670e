//! How a doctor comes in, stays, and goes: one function. And what doctors may say of themselves.

use super::entity::{DoctorStatus, Model, SpokenLanguage};
use super::error::DoctorError;
use crate::accounts::rules::check_username;
use crate::pets::Species;
use platform::http::error::AppError;
use platform::http::validate::{Check, Lines};
use platform::money::Rupiah;
use platform::text::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A licence was handed in.
    LicenceSubmitted,
    LicenceAccepted,
    LicenceRefused,
    Suspended,
    Reinstated,
}

/// What becomes of a doctor when something happens, or why it cannot happen. A doctor who is in stays so while another
/// licence is being checked.
pub fn transition(from: DoctorStatus, event: Event) -> Result<DoctorStatus, DoctorError> {
    use DoctorStatus as Status;
    match (from, event) {
        (Status::Rejected, Event::LicenceSubmitted) => Ok(Status::Applied),
        (Status::Applied | Status::Verified | Status::Suspended, Event::LicenceSubmitted) => Ok(from),
        (Status::Applied, Event::LicenceAccepted) => Ok(Status::Verified),
        (Status::Applied, Event::LicenceRefused) => Ok(Status::Rejected),
        (Status::Verified | Status::Suspended, Event::LicenceAccepted | Event::LicenceRefused) => Ok(from),
        (Status::Verified, Event::Suspended) => Ok(Status::Suspended),
        (Status::Suspended, Event::Reinstated) => Ok(Status::Verified),
        (from, event) => Err(DoctorError::Impossible { from, event }),
    }
}

const LONGEST_SPECIALIZATION: usize = 80;
const LONGEST_BIO: usize = 2_000;
const LONGEST_REASON: usize = 500;
const MOST_EXPERIENCE: i64 = 60;
const PRICES: std::ops::RangeInclusive<i64> = 10_000..=10_000_000;

/// What somebody says of themselves; what is left out stays as it was.
#[derive(Debug, Default)]
pub struct Given {
    pub username: Option<String>,
    pub specialization: Option<String>,
    pub work_experience: Option<i64>,
    pub bio: Option<String>,
    pub base_price: Option<i64>,
    pub species: Option<Vec<Species>>,
    pub languages: Option<Vec<SpokenLanguage>>,
}

/// The same, checked.
#[derive(Clone, Debug)]
pub struct Profile {
    pub specialization: String,
    pub experience_years: i32,
    pub bio: String,
    pub base_price: Rupiah,
    pub species_mask: i32,
    pub language_mask: i32,
}

impl From<&Model> for Profile {
    fn from(doctor: &Model) -> Self {
        Self {
            specialization: doctor.specialization.clone(),
            experience_years: doctor.experience_years,
            bio: doctor.bio.clone(),
            base_price: doctor.base_price,
            species_mask: doctor.species_mask,
            language_mask: doctor.language_mask,
        }
    }
}

/// The profile after a change, and the new name if one was given; an application says everything but the name.
pub fn describe(check: &mut Check, before: Option<&Model>, given: Given) -> (Profile, Option<String>) {
    let required = |check: &mut Check, field: &str, is_given: bool| {
        if before.is_none() && !is_given {
            check.missing(field);
        }
    };
    required(check, "specialization", given.specialization.is_some());
    required(check, "workExperience", given.work_experience.is_some());
    required(check, "bio", given.bio.is_some());
    required(check, "basePrice", given.base_price.is_some());
    required(check, "species", given.species.is_some());
    required(check, "languages", given.languages.is_some());
    let username = given.username.map(|name| check_username(check, Some(name)));
    let mut profile = before.map(Profile::from).unwrap_or_else(|| Profile {
        specialization: String::new(),
        experience_years: 0,
        bio: String::new(),
        base_price: Rupiah::ZERO,
        species_mask: 0,
        language_mask: 0,
    });
    if let Some(text) = given.specialization {
        profile.specialization = check.text("specialization", Some(text), LONGEST_SPECIALIZATION, Lines::One);
    }
    if let Some(text) = given.bio {
        profile.bio = check.text("bio", Some(text), LONGEST_BIO, Lines::Many);
    }
    if let Some(years) = given.work_experience {
        profile.experience_years =
            i32::try_from(within(check, "workExperience", years, 0..=MOST_EXPERIENCE)).unwrap_or(0);
    }
    if let Some(price) = given.base_price {
        profile.base_price = Rupiah(within(check, "basePrice", price, PRICES));
    }
    if let Some(species) = given.species {
        some_of(check, "species", species.len());
        profile.species_mask = Model::species_mask(&species);
    }
    if let Some(languages) = given.languages {
        some_of(check, "languages", languages.len());
        profile.language_mask = Model::language_mask(&languages);
    }
    (profile, username)
}

fn within(check: &mut Check, field: &str, given: i64, range: std::ops::RangeInclusive<i64>) -> i64 {
    if !range.contains(&given) {
        let (least, most) = range.into_inner();
        let text = Text::new(format!("Antara {least} dan {most}."), format!("Between {least} and {most}."));
        check.invalid(field, "out_of_range", text);
    }
    given
}

fn some_of(check: &mut Check, field: &str, count: usize) {
    if count == 0 {
        check.invalid(field, "empty", Text::new("Pilih paling sedikit satu.", "Choose one at least."));
    }
}

/// What the doctor is told.
pub fn check_reason(given: Option<String>) -> Result<String, AppError> {
    let mut check = Check::new();
    let reason = check.text("reason", given, LONGEST_REASON, Lines::Many);
    check.finish()?;
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doctor_comes_in_by_a_licence_and_goes_by_the_operator() {
        use DoctorStatus as Status;
        for (from, event, to) in [
            (Status::Applied, Event::LicenceAccepted, Some(Status::Verified)),
            (Status::Applied, Event::LicenceRefused, Some(Status::Rejected)),
            (Status::Rejected, Event::LicenceSubmitted, Some(Status::Applied)),
            (Status::Rejected, Event::LicenceAccepted, None),
            (Status::Verified, Event::LicenceRefused, Some(Status::Verified)),
            (Status::Verified, Event::Suspended, Some(Status::Suspended)),
            (Status::Suspended, Event::LicenceAccepted, Some(Status::Suspended)),
            (Status::Suspended, Event::Reinstated, Some(Status::Verified)),
            (Status::Applied, Event::Suspended, None),
            (Status::Verified, Event::Reinstated, None),
        ] {
            assert_eq!(transition(from, event).ok(), to, "{from:?} {event:?}");
        }
    }

    #[test]
    fn an_application_says_everything() {
        let mut check = Check::new();
        describe(&mut check, None, Given::default());
        let Err(AppError::Refused(problem)) = check.finish() else { panic!("nothing was said") };
        assert_eq!(problem.errors.len(), 6);
    }
}
