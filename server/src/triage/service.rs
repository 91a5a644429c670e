//! Saying what is the matter, and taking it along to the consultation.

use chrono::NaiveDate;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ConnectionTrait, DbErr};

use super::entity::{IntakeId, Model};
use super::error::IntakeError;
use super::rules::{self, Known, Sign, Since};
use super::{Triage, store};
use crate::accounts::AccountId;
use crate::pets::{Pet, PetId, Species};
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::http::problem::FieldProblem;
use platform::text::Text;

/// What an owner says; the fields have been checked.
pub struct Said {
    pub pet: Option<PetId>,
    /// Where no pet is named.
    pub species: Option<Species>,
    pub complaint: String,
    pub since: Since,
    pub signs: Vec<&'static Sign>,
}

pub async fn write(triage: &Triage, owner: AccountId, said: Said) -> Result<Model, AppError> {
    let now = triage.clock.now();
    let known = match said.pet {
        Some(pet) => {
            let found = Pet::find_usable(&triage.db.read, owner, pet).await?.ok_or_else(PetId::not_found)?;
            let born = found.birth_date.as_deref().and_then(|born| born.parse().ok());
            let age_days = born.and_then(|born| age_days(born, now.in_jakarta().date_naive()));
            Known { species: Some(found.species), age_days, sex: Some(found.sex) }
        }
        None => Known { species: said.species, ..Known::default() },
    };
    let said = Said { species: known.species, ..said };
    Ok(judge_and_keep(&triage.db.write, owner, said, known, now).await?)
}

impl Model {
    /// Judges what was said and keeps it; `species` is that of the pet, if one is named.
    pub async fn create(
        db: &impl ConnectionTrait,
        owner: AccountId,
        said: Said,
        now: Timestamp,
    ) -> Result<Self, DbErr> {
        let known = Known { species: said.species, ..Known::default() };
        judge_and_keep(db, owner, said, known, now).await
    }

    /// Whether an intake is the owner's and can go before a purchase for this pet.
    pub async fn check_fits(
        db: &impl ConnectionTrait,
        owner: AccountId,
        id: IntakeId,
        pet: Option<PetId>,
    ) -> Result<(), AppError> {
        let intake = store::find_own(db, owner, id).await?.ok_or_else(IntakeId::not_found)?;
        if intake.pet_id.is_some() && intake.pet_id != pet {
            return Err(AppError::invalid(vec![FieldProblem {
                field: "petId".to_owned(),
                code: "other_pet",
                text: Text::new("Keluhannya tentang hewan lain.", "The complaint is about another pet."),
            }]));
        }
        Ok(())
    }

    /// Takes an intake along to a purchase, inside its transaction. One whose purchase is among those that came to
    /// nothing serves again.
    pub async fn attach(
        txn: &impl ConnectionTrait,
        owner: AccountId,
        id: IntakeId,
        consultation: ConsultationId,
        came_to_nothing: SelectStatement,
    ) -> Result<(), AppError> {
        let is_free = store::attach(txn, owner, id, consultation, came_to_nothing).await?;
        if is_free { Ok(()) } else { Err(IntakeError::Used.into()) }
    }
}

async fn judge_and_keep(
    db: &impl ConnectionTrait,
    owner: AccountId,
    said: Said,
    known: Known,
    now: Timestamp,
) -> Result<Model, DbErr> {
    let (level, flags) = rules::judge(known, &said.signs, &said.complaint);
    let intake = Model {
        id: IntakeId::new(),
        owner_id: owner,
        pet_id: said.pet,
        species: said.species,
        complaint: said.complaint,
        since: said.since,
        signs: joined(&said.signs),
        flags: joined(&flags),
        level,
        rules_version: rules::VERSION.to_owned(),
        consultation_id: None,
        created_at: now,
    };
    store::insert(db, intake.clone()).await?;
    Ok(intake)
}

/// Nothing where the day has not come yet.
pub fn age_days(born: NaiveDate, today: NaiveDate) -> Option<u32> {
    u32::try_from((today - born).num_days()).ok()
}

fn joined(signs: &[&'static Sign]) -> String {
    signs.iter().map(|sign| sign.code).collect::<Vec<_>>().join(",")
}
