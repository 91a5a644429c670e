//! A summary on paper, in Indonesian: the vet whom the owner sees next reads it.

mod pages;

use super::entity::record::Model;
use super::rules;
use crate::accounts::{Account, Party};
use crate::consultations::Consultation;
use crate::pets::{PetCard, Species};
use crate::records::Records;
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;

/// All that stands on it.
pub struct Content {
    pub record: Model,
    pub owner: String,
    pub doctor: String,
    pub pet: Option<(String, Species)>,
    pub consulted_at: Timestamp,
    pub made_at: Timestamp,
    pub code: String,
    /// Where everybody can verify it.
    pub proof_url: String,
}

/// Makes the file of a finished summary, away from the threads that serve requests.
pub async fn write(records: &Records, record: Model) -> Result<Vec<u8>, AppError> {
    let db = &records.db.read;
    let about = Consultation::find(db, record.consultation_id).await?.ok_or_else(ConsultationId::not_found)?;
    let mut people = Party::find_all(db, [about.owner_id, about.doctor_id]).await?;
    let mut name = |id| people.remove(&id).map(|party| party.username).ok_or_else(|| Account::missing(id));
    let pet = PetCard::find(db, about.pet_id).await?;
    let code = record.code.as_deref().map(rules::show_code).unwrap_or_default();
    let content = Content {
        owner: name(about.owner_id)?,
        doctor: name(about.doctor_id)?,
        pet: pet.map(|card| (card.name, card.species)),
        consulted_at: about.moment(),
        made_at: records.clock.now(),
        proof_url: format!("{}/verifikasi/{code}", records.public_url),
        code,
        record,
    };
    Ok(records.workers.summaries.run(move || pages::draw(&content)).await??)
}
