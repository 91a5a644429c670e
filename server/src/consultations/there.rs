//! Whether a doctor is there for somebody who wants to be answered at once.

use sea_orm::ConnectionTrait;

use super::service::Terms;
use super::store;
use crate::accounts::AccountId;
use crate::app::App;
use crate::availability;
use crate::platform::http::error::AppError;

/// Online, and not in a slot, nor in one that begins before an answer could be awaited: who has booked that time comes
/// first. The one judgement behind what is shown, bought, paid and taken over.
pub async fn is_there(app: &App, db: &impl ConnectionTrait, doctor: AccountId) -> Result<bool, AppError> {
    if !app.presence.is_online(doctor) {
        return Ok(false);
    }
    let soon = (app.clock.now(), Terms::INSTANT.answer);
    let booked = availability::booked_within(db, doctor, soon).await?;
    Ok(booked.is_empty() || !store::is_any_to_render(db, &booked).await?)
}
