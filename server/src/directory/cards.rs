//! What owners see of a doctor in a list. No e-mail, no phone number.

use serde::Serialize;
use utoipa::ToSchema;

use super::Directory;
use crate::accounts::AccountId;
use crate::availability::Slot;
use crate::doctors::Verified;
use crate::orders::Quote;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::money::Rupiah;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DoctorCard {
    id: AccountId,
    username: String,
    #[schema(required)]
    picture: Option<String>,
    /// What the owner pays: the doctor's price and the platform's fee.
    price: Rupiah,
    /// Years.
    work_experience: i32,
    /// 1 to 5; null before the first review.
    #[schema(required)]
    rate: Option<f64>,
    review_count: i64,
    specialization: String,
    online: bool,
    /// The next slot that can be booked; null while there is none.
    #[schema(required)]
    next_available_at: Option<Timestamp>,
}

impl DoctorCard {
    pub fn new(directory: &Directory, doctor: &Verified, next_slot: Option<Timestamp>) -> Self {
        let quote = Quote::new(doctor.profile.base_price, directory.markup);
        Self {
            id: doctor.account.id,
            username: doctor.account.username.clone(),
            picture: doctor.account.picture.clone(),
            price: quote.total(),
            work_experience: doctor.profile.experience_years,
            rate: doctor.profile.rate(),
            review_count: doctor.profile.review_count.into(),
            specialization: doctor.profile.specialization.clone(),
            online: directory.chat.presence.is_online(doctor.account.id),
            next_available_at: next_slot,
        }
    }
}

/// The cards of these doctors, in their order.
pub async fn cards(directory: &Directory, doctors: &[Verified]) -> Result<Vec<DoctorCard>, AppError> {
    let ids: Vec<AccountId> = doctors.iter().map(|doctor| doctor.account.id).collect();
    let next_slots = Slot::next_available(&directory.db.read, ids).await?;
    let card = |doctor: &Verified| DoctorCard::new(directory, doctor, next_slots.get(&doctor.account.id).copied());
    Ok(doctors.iter().map(card).collect())
}
