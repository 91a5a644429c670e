//! The job that tells the gateway to give money back, and then asks until the money is gone.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::rules::{self, Event};
use super::{save, store};
use crate::events::Work;
use crate::payments::entity::{Model as Payment, RefundId, RefundReason, RefundStatus, refund};
use crate::payments::midtrans::RefundAnswer;
use crate::payments::{Payments, apply};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::jobs::{Attempt, Job, Lane, Outcome, Ran};
use platform::money::Rupiah;

#[derive(Debug, Serialize, Deserialize)]
pub struct SendRefund {
    pub refund: RefundId,
}

impl Job for SendRefund {
    const KIND: &'static str = "payments.refund";
    const LANE: Lane = Lane::Gateway;
    /// With the pauses of [`Job`] some five days: the gateway keeps a key for seven, after which the same key would be a
    /// second refund.
    const TRIES: i32 = 128;
    const FIRST_PAUSE: Duration = Duration::from_secs(30);

    fn key(&self) -> String {
        self.refund.to_string()
    }
}

/// The gateway keeps a refund's key for seven days; later the same key is another refund.
const KEY_KEPT: Duration = Duration::from_secs(6 * 24 * 3600);
/// A refund that was taken is confirmed within days; later somebody has to look.
const CONFIRMED_WITHIN: Duration = Duration::from_secs(5 * 24 * 3600);
const FIRST_LOOK: Duration = Duration::from_secs(60);
const LONGEST_LOOK: Duration = Duration::from_secs(6 * 3600);
/// A card's money is only reserved until the next day.
const UNTIL_CAPTURED: Duration = Duration::from_secs(3600);
/// Of the gateway's words on a refusal, in characters.
const LONGEST_NOTE: usize = 500;

/// One try. Once sent it is asked about until the gateway says that the money is gone.
pub async fn send(payments: &Payments, SendRefund { refund }: SendRefund, attempt: Attempt) -> Ran {
    let Some((todo, payment)) = begin(payments, refund).await? else { return Ok(Outcome::Done) };
    if todo.status == RefundStatus::Sent {
        return confirm(payments, &todo, &payment).await;
    }
    let now = payments.clock.now();
    if todo.attempts > 1 && now.since(todo.created_at) > KEY_KEPT {
        return stop(payments, refund, Event::GivenUp, "the gateway refused it for six days").await;
    }
    let id = payment.id_at_gateway();
    match payments.gateway.refund(id, &refund.to_string(), todo.amount, words(todo.reason)).await {
        Ok(RefundAnswer::Taken) => {
            note_sent(payments, refund).await?;
            payments.ask_gateway(payment.id).await?;
            // At once where the gateway says so, which is the rule.
            Ok(after_look(payments, refund).await?)
        }
        Ok(RefundAnswer::NotInThisState) => instead(payments, &todo, &payment, attempt).await,
        Ok(RefundAnswer::Refused(why)) if payment.knows_no_partial_refund() && todo.amount < payment.amount => {
            stop(payments, refund, Event::Impossible, &format!("no refund in part: {why}")).await
        }
        Ok(RefundAnswer::Refused(why)) => again_or_fail(payments, refund, attempt, &why).await,
        Err(error) => again_or_fail(payments, refund, attempt, &format!("{error:#}")).await,
    }
}

/// What is to be asked for now, written down before the gateway is called; nothing when it is closed.
async fn begin(payments: &Payments, id: RefundId) -> Result<Option<(refund::Model, Payment)>, AppError> {
    let work = Work::begin(&payments.db, payments.clock.now()).await?;
    let Some(found) = store::find(&*work, id).await? else { return Ok(None) };
    let payment = apply::hold(&work, found.payment_id).await?.payment;
    let open = store::list_open_of(&*work, payment.id).await?;
    let Some(refund) = open.iter().find(|one| one.id == id) else { return Ok(None) };
    match refund.status {
        RefundStatus::Sent => Ok(Some((refund.clone(), payment))),
        RefundStatus::Requested => {
            let amount = rules::payable(refund, &open, payment.still_owed());
            let (status, amount) = match amount {
                // What is netted away keeps its amount, to be read.
                Rupiah::ZERO => (rules::transition(refund.status, Event::Gone)?, refund.amount),
                amount => (refund.status, amount),
            };
            let todo = refund::Model { amount, status, attempts: refund.attempts + 1, ..refund.clone() };
            save(&work, refund.status, &todo).await?;
            work.commit(&payments.audience).await?;
            Ok((status == RefundStatus::Requested).then_some((todo, payment)))
        }
        _ => Ok(None),
    }
}

/// The transaction is not settled, or knows no refund: its status says what can be done instead.
async fn instead(payments: &Payments, todo: &refund::Model, payment: &Payment, attempt: Attempt) -> Ran {
    let said = payments.gateway.status(payment.id_at_gateway()).await?;
    let status = said.map(|said| said.transaction_status.to_ascii_lowercase()).unwrap_or_default();
    match status.as_str() {
        "capture" if todo.amount == payment.amount => {
            // The money is only reserved: what is cancelled is not taken at all.
            payments.gateway.cancel(payment.id_at_gateway()).await?;
            payments.ask_gateway(payment.id).await?;
            after_look(payments, todo.id).await
        }
        "capture" => Ok(Outcome::Again(payments.clock.now() + UNTIL_CAPTURED)),
        "settlement" | "partial_refund" if payment.knows_no_refund() => {
            stop(payments, todo.id, Event::Impossible, "this way to pay knows no refund").await
        }
        "refund" | "partial_refund" | "deny" | "cancel" | "chargeback" | "partial_chargeback" => {
            payments.ask_gateway(payment.id).await?;
            match after_look(payments, todo.id).await? {
                // Of what a bank has taken back a part the gateway gives nothing back by itself.
                Outcome::Again(_) if status == "partial_chargeback" => {
                    stop(payments, todo.id, Event::Impossible, "a bank has taken back a part of it").await
                }
                outcome => Ok(outcome),
            }
        }
        status => again_or_fail(payments, todo.id, attempt, &format!("not possible while it is {status}")).await,
    }
}

/// Was it the refund that the gateway said is gone? Else it is looked at again.
async fn after_look(payments: &Payments, id: RefundId) -> Ran {
    let found = store::find(&payments.db.write, id).await?.ok_or_else(RefundId::not_found)?;
    if rules::is_open(found.status) { Ok(Outcome::Again(payments.clock.now() + FIRST_LOOK)) } else { Ok(Outcome::Done) }
}

/// Asks whether what was sent is gone.
async fn confirm(payments: &Payments, sent: &refund::Model, payment: &Payment) -> Ran {
    payments.ask_gateway(payment.id).await?;
    let (now, sent_at) = (payments.clock.now(), sent.sent_at.unwrap_or(sent.created_at));
    let found = store::find(&payments.db.write, sent.id).await?.ok_or_else(RefundId::not_found)?;
    match rules::is_open(found.status) {
        false => Ok(Outcome::Done),
        true if now.since(sent_at) > CONFIRMED_WITHIN => {
            stop(payments, sent.id, Event::GivenUp, "taken by the gateway and not confirmed for five days").await
        }
        true => Ok(Outcome::Again(next_look(now, sent_at))),
    }
}

/// Often at first, rarely later.
fn next_look(now: Timestamp, sent_at: Timestamp) -> Timestamp {
    now + (now.since(sent_at) / 2).clamp(FIRST_LOOK, LONGEST_LOOK)
}

async fn note_sent(payments: &Payments, id: RefundId) -> Result<(), AppError> {
    change(payments, id, Event::Taken, |refund, now| refund::Model { sent_at: Some(now), ..refund }).await
}

async fn again_or_fail(payments: &Payments, id: RefundId, attempt: Attempt, why: &str) -> Ran {
    if attempt.is_last {
        return stop(payments, id, Event::GivenUp, why).await;
    }
    note(payments, id, Event::Refused, why).await?;
    Err(anyhow::anyhow!("the gateway did not take a refund: {why}").into())
}

/// It cannot go on by itself: from now on it is on the operator's list.
async fn stop(payments: &Payments, id: RefundId, event: Event, why: &str) -> Ran {
    tracing::error!(refund = %id, ?event, why, "a refund needs somebody: it is on the operator's list");
    metrics::counter!("refunds_stuck_total").increment(1);
    note(payments, id, event, why).await?;
    Ok(Outcome::Done)
}

async fn note(payments: &Payments, id: RefundId, event: Event, why: &str) -> Result<(), AppError> {
    let why = why.chars().take(LONGEST_NOTE).collect();
    change(payments, id, event, |refund, _| refund::Model { note: Some(why), ..refund }).await
}

/// Lets something happen to a refund under the lock of its order; nothing when it is closed, or with the staff, by now.
async fn change(
    payments: &Payments,
    id: RefundId,
    event: Event,
    to: impl FnOnce(refund::Model, Timestamp) -> refund::Model,
) -> Result<(), AppError> {
    let work = Work::begin(&payments.db, payments.clock.now()).await?;
    let found = store::find(&*work, id).await?.ok_or_else(RefundId::not_found)?;
    apply::hold(&work, found.payment_id).await?;
    let current = store::find(&*work, id).await?.ok_or_else(RefundId::not_found)?;
    let from = current.status;
    let Ok(status) = rules::transition(from, event) else { return Ok(()) };
    let after = refund::Model { status, ..to(current, work.now()) };
    save(&work, from, &after).await?;
    Ok(work.commit(&payments.audience).await?)
}

impl Payment {
    /// Bank transfers, bills and counters: the gateway cannot send the money back.
    fn knows_no_refund(&self) -> bool {
        matches!(self.payment_type.as_deref(), Some("bank_transfer" | "echannel" | "permata" | "cstore"))
    }

    fn knows_no_partial_refund(&self) -> bool {
        matches!(self.payment_type.as_deref(), Some("shopeepay" | "ovo"))
    }
}

fn words(reason: RefundReason) -> &'static str {
    match reason {
        RefundReason::OwnerCancelled => "cancelled by the customer",
        RefundReason::DoctorCancelled => "cancelled by the vet",
        RefundReason::DoctorLate => "the vet did not answer",
        RefundReason::SlotLost => "the time was not available any more",
        RefundReason::NothingToOpen => "paid twice",
        RefundReason::CalledOff => "paid after it was called off",
        RefundReason::DoctorUnavailable => "the vet was not available any more",
        RefundReason::WonBack => "the dispute is over",
    }
}
