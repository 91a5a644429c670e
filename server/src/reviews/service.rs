//! Writing a review, answering it, and taking it out of sight.

use super::entity::Model;
use super::error::{ReviewError, not_found};
use super::{Reviews, rules, store};
use crate::accounts::AccountId;
use crate::consultations::Consultation;
use crate::orders::{Order, OrderStatus};
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::audit::{self, Deed};
use platform::db::unless_taken;
use platform::http::error::AppError;
use platform::http::path::Named;

/// The owner of a consultation says how it was, once.
pub async fn write(
    reviews: &Reviews,
    owner: AccountId,
    id: ConsultationId,
    said: (i32, String),
) -> Result<Model, AppError> {
    let txn = reviews.db.begin_write().await?;
    let found = Consultation::find_for_owner(&txn, owner, id).await?.ok_or_else(ConsultationId::not_found)?;
    if found.status != ConsultationStatus::Ended {
        return Err(ReviewError::NotEnded.into());
    }
    let order = Order::find(&txn, found.order_id).await?;
    if !order.is_some_and(|order| matches!(order.status, OrderStatus::Paid | OrderStatus::Earned)) {
        return Err(ReviewError::PaidBack.into());
    }
    let review = Model::new(id, found.doctor_id, said, reviews.clock.now());
    Model::insert(&txn, review.clone()).await.map_err(|error| unless_taken(error, ReviewError::AlreadyReviewed))?;
    txn.commit().await?;
    Ok(review)
}

/// The owner thinks better of it, until the vet has answered: an answer stands beside what it answers. What was hidden stays
/// hidden.
pub async fn edit(
    reviews: &Reviews,
    owner: AccountId,
    id: ConsultationId,
    said: (i32, String),
) -> Result<Model, AppError> {
    let now = reviews.clock.now();
    let txn = reviews.db.begin_write().await?;
    Consultation::find_for_owner(&txn, owner, id).await?.ok_or_else(ConsultationId::not_found)?;
    let before = store::find(&txn, id).await?.ok_or_else(not_found)?;
    if now > rules::editable_until(before.created_at) {
        return Err(ReviewError::TooLateToEdit.into());
    }
    store::save_text(&txn, &before, said.clone(), now).await?.or(ReviewError::Answered)?;
    txn.commit().await?;
    let (rating, body) = said;
    Ok(Model { rating, body, edited_at: Some(now), ..before })
}

/// The owner's review of a consultation.
pub async fn find_own(reviews: &Reviews, owner: AccountId, id: ConsultationId) -> Result<Model, AppError> {
    let db = &reviews.db.read;
    Consultation::find_for_owner(db, owner, id).await?.ok_or_else(ConsultationId::not_found)?;
    store::find(db, id).await?.ok_or_else(not_found)
}

/// The vet answers a review, once.
pub async fn reply(reviews: &Reviews, doctor: AccountId, id: ConsultationId, text: String) -> Result<Model, AppError> {
    let now = reviews.clock.now();
    let before = store::find(&reviews.db.read, id).await?.filter(|review| review.doctor_id == doctor);
    let before = before.ok_or_else(not_found)?;
    if before.hidden_at.is_some() {
        return Err(ReviewError::Hidden.into());
    }
    store::save_reply(&reviews.db.write, id, text.clone(), now).await?.or(ReviewError::AlreadyReplied)?;
    Ok(Model { reply: Some(text), replied_at: Some(now), ..before })
}

/// The operator takes a review out of sight and says why. Doing so again changes nothing.
pub async fn hide(reviews: &Reviews, admin: AccountId, id: ConsultationId, reason: String) -> Result<Model, AppError> {
    let now = reviews.clock.now();
    let txn = reviews.db.begin_write().await?;
    let before = store::find(&txn, id).await?.ok_or_else(not_found)?;
    if before.hidden_at.is_none() {
        let deed = Deed { actor: Some(admin.0), action: "review.hidden", subject: id.0, reason: Some(&reason) };
        audit::write(&txn, deed, now).await?;
    }
    store::hide(&txn, id, (admin, reason), now).await?;
    let review = store::find(&txn, id).await?.ok_or_else(not_found)?;
    txn.commit().await?;
    Ok(review)
}

/// The operator lets a review be seen again.
pub async fn show(reviews: &Reviews, admin: AccountId, id: ConsultationId) -> Result<Model, AppError> {
    let txn = reviews.db.begin_write().await?;
    let before = store::find(&txn, id).await?.ok_or_else(not_found)?;
    if before.hidden_at.is_some() {
        let deed = Deed { actor: Some(admin.0), action: "review.shown", subject: id.0, reason: None };
        audit::write(&txn, deed, reviews.clock.now()).await?;
    }
    store::show(&txn, id).await?;
    let review = store::find(&txn, id).await?.ok_or_else(not_found)?;
    txn.commit().await?;
    Ok(review)
}
