//! Which doctors are there for somebody who wants to be answered at once.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;

use super::service::Terms;
use super::{Consultations, store};
use crate::accounts::AccountId;
use crate::availability::Slot;
use platform::http::error::AppError;

impl Consultations {
    /// Online, and not in a slot, nor in one that begins before an answer could be awaited: who has booked that time
    /// comes first. The one judgement behind what is shown, bought, paid and taken over.
    pub async fn is_there(&self, db: &impl ConnectionTrait, doctor: AccountId) -> Result<bool, AppError> {
        Ok(!list_there(self, db, [doctor]).await?.is_empty())
    }
}

/// Those of the doctors who are there.
pub async fn list_there(
    consultations: &Consultations,
    db: &impl ConnectionTrait,
    doctors: impl IntoIterator<Item = AccountId>,
) -> Result<Vec<AccountId>, AppError> {
    let mut there: Vec<_> =
        doctors.into_iter().filter(|doctor| consultations.chat.presence.is_online(*doctor)).collect();
    if there.is_empty() {
        return Ok(there);
    }
    let soon = (consultations.clock.now(), Terms::INSTANT.answer);
    let booked = Slot::booked_within(db, there.iter().copied(), soon).await?;
    if !booked.is_empty() {
        let busy: HashSet<_> = store::list_doctors_to_render(db, booked).await?.into_iter().collect();
        there.retain(|doctor| !busy.contains(doctor));
    }
    Ok(there)
}
