//! Which of the owner's things the vet of a consultation may see, and for how long.

use super::follow_up::FOLLOW_UP;
use super::{Consultation, Consultations, store};
use crate::accounts::{AccountId, CurrentUser};
use crate::pets::{Pet, PetId, PetRecord};
use crate::subjects::{ConsultationId, ConsultationStatus};
use crate::triage::{Intake, IntakeId, IntakePicture, IntakePictureId};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;

/// Whether the vet of a consultation may read the whole profile of the pet that it is about.
pub fn is_pet_open_to_vet(status: ConsultationStatus, ended_at: Option<Timestamp>, now: Timestamp) -> bool {
    match status {
        ConsultationStatus::Scheduled | ConsultationStatus::Active => true,
        ConsultationStatus::Ended => ended_at.is_some_and(|ended_at| now < ended_at + FOLLOW_UP),
        _ => false,
    }
}

/// The pet that a consultation is about: for its owner always, for the vet as long as it may help.
pub async fn pet_record(
    consultations: &Consultations,
    me: &CurrentUser,
    id: ConsultationId,
) -> Result<PetRecord, AppError> {
    let found =
        Consultation::find_for_party(&consultations.db.read, me.id, id).await?.ok_or_else(ConsultationId::not_found)?;
    if me.id != found.owner_id && !is_pet_open_to_vet(found.status, found.ended_at, consultations.clock.now()) {
        return Err(PetId::not_found());
    }
    let pet = found.pet_id.ok_or_else(PetId::not_found)?;
    PetRecord::of(&consultations.db.read, Pet::find(&consultations.db.read, pet).await?.ok_or_else(PetId::not_found)?)
        .await
}

/// A pet whose photo the caller may see: an own one, or one that the caller treats.
pub async fn pet_with_photo(consultations: &Consultations, me: &CurrentUser, id: PetId) -> Result<Pet, AppError> {
    let db = &consultations.db.read;
    let pet = Pet::find(db, id).await?.ok_or_else(PetId::not_found)?;
    if pet.owner_id == me.id {
        return Ok(pet);
    }
    let now = consultations.clock.now();
    let treated = store::list_of_doctor_with_pet(db, me.id, id).await?;
    let is_open = treated.iter().any(|one| is_pet_open_to_vet(one.status, one.ended_at, now));
    if is_open { Ok(pet) } else { Err(PetId::not_found()) }
}

/// Whether the vet of a consultation may read what was said before it: once it is paid, and not when it came to nothing.
pub fn is_intake_open_to_vet(status: ConsultationStatus) -> bool {
    use ConsultationStatus as Status;
    matches!(status, Status::Scheduled | Status::Active | Status::Ended | Status::NoShow)
}

/// What was said before a consultation, for its two people.
pub async fn intake(consultations: &Consultations, viewer: AccountId, id: ConsultationId) -> Result<Intake, AppError> {
    let db = &consultations.db.read;
    let about = Consultation::find_for_party(db, viewer, id).await?.ok_or_else(ConsultationId::not_found)?;
    if viewer != about.owner_id && !is_intake_open_to_vet(about.status) {
        return Err(IntakeId::not_found());
    }
    Intake::find_of_consultation(db, id).await?.ok_or_else(IntakeId::not_found)
}

/// A picture beside an intake that somebody may see: the owner, and the vet of the consultation that followed.
pub async fn intake_picture(
    consultations: &Consultations,
    viewer: AccountId,
    id: IntakePictureId,
) -> Result<IntakePicture, AppError> {
    let db = &consultations.db.read;
    let (picture, intake) = IntakePicture::find(db, id).await?;
    if intake.owner_id == viewer {
        return Ok(picture);
    }
    let consultation = intake.consultation_id.ok_or_else(IntakePictureId::not_found)?;
    let about = Consultation::find_for_party(db, viewer, consultation).await?;
    let is_open = about.is_some_and(|about| is_intake_open_to_vet(about.status));
    if is_open { Ok(picture) } else { Err(IntakePictureId::not_found()) }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_vet_reads_on_for_two_days_after_the_end() {
        use ConsultationStatus as Status;
        let ended = Timestamp::from_millis(1_000);
        let open = |status, now| is_pet_open_to_vet(status, Some(ended), now);
        assert!(open(Status::Scheduled, ended) && open(Status::Active, ended));
        assert!(open(Status::Ended, ended + FOLLOW_UP - Duration::from_millis(1)));
        assert!(!open(Status::Ended, ended + FOLLOW_UP));
        for status in [Status::AwaitingPayment, Status::Cancelled, Status::Expired, Status::NoShow] {
            assert!(!open(status, ended), "{status:?}");
        }
    }
}
