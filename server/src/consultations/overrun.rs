//! A slot that is answered after its beginning goes on beyond the time that was booked: what that is to its owner, to the
//! doctor's calendar, and to whoever has booked the time after it.

use super::due;
use super::entity::{ConsultationKind, Model};
use crate::availability::Slot;
use crate::events::Work;
use crate::payments::{Payment, RefundReason};
use platform::clock::Timestamp;
use platform::http::error::AppError;

/// When the time is over that runs from an answer on. What of it lies beyond the slot is taken in the calendar as far as it
/// is free, so that nobody books it any more. The minutes that a late doctor cannot give because somebody else comes next
/// are not paid for. The caller holds the order.
pub async fn time_from(work: &mut Work, current: &Model, answered_at: Timestamp) -> Result<Timestamp, AppError> {
    let whole = due::ends_at(current, answered_at);
    let Some(booked_until) = slot_end(current).filter(|booked_until| *booked_until < whole) else { return Ok(whole) };
    let (now, of) = (work.now(), (current.doctor_id, current.id));
    let next = Slot::next_booked(&**work, of, (booked_until, whole)).await?;
    let ends_at = due::ends_before(current, answered_at, next);
    if booked_until < ends_at {
        Slot::claim_free(&**work, of, (booked_until, ends_at), now).await?;
    }
    if ends_at < whole {
        let missing = due::price_between(current, ends_at, whole);
        Payment::promise_refund(work, current.order_id, missing, RefundReason::DoctorLate).await?;
    }
    Ok(ends_at)
}

fn slot_end(current: &Model) -> Option<Timestamp> {
    let starts_at = current.starts_at.filter(|_| current.kind == ConsultationKind::Slot);
    starts_at.map(|starts_at| due::ends_at(current, starts_at))
}
