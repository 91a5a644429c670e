//! Asking the gateway what it knows of a payment, so that a lost notification only delays: often while money is awaited,
//! and now and then for as long as it may still be taken back.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Payments;
use super::apply::{self, Applied};
use super::entity::gateway_event::{EventResult, ReportSource};
use super::entity::{Model, PaymentId, PaymentStatus};
use super::error::PaymentError;
use super::inbox::{self, Received};
use super::midtrans::TransactionStatus;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::jobs::{Job, Lane, Outcome, Ran};

#[derive(Debug, Serialize, Deserialize)]
pub struct AskGateway {
    pub payment: PaymentId,
}

impl Job for AskGateway {
    const KIND: &'static str = "payments.ask";
    const LANE: Lane = Lane::Gateway;
    /// It is never given up: as long as money may come or go, somebody asks.
    const TRIES: i32 = i32::MAX;
    const FIRST_PAUSE: Duration = Duration::from_secs(10);
    const LONGEST_PAUSE: Duration = LONGEST_PAUSE;

    fn key(&self) -> String {
        self.payment.to_string()
    }
}

/// The gateway's own clock may be behind ours.
const GRACE: Duration = Duration::from_secs(60);
const LONGEST_PAUSE: Duration = Duration::from_secs(600);
/// A page may be paid on for so long after its time: a card that was refused, a clock that is behind.
const PAGE_LIVES: Duration = Duration::from_secs(24 * 3600);
/// So often what has failed is asked about meanwhile.
const WHEN_FAILED: Duration = Duration::from_secs(3600);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
/// So long banks may take money back, and reports may be lost.
const MAY_GO_BACK: Duration = Duration::from_secs(45 * 24 * 3600);
/// Other changes may come between a question and its answer; each time the question is asked anew.
const ASKED_ANEW: usize = 6;

/// The job: asks, gives up what nobody has paid in time, and says when to ask again.
pub async fn ask(payments: &Payments, AskGateway { payment: id }: AskGateway) -> Ran {
    look(payments, id, GRACE).await?;
    let payment = Model::find(&payments.db.write, id).await?.ok_or_else(PaymentId::not_found)?;
    let next = next_look(&payment, payments.clock.now(), payments.settings.reconcile_every);
    Ok(next.map_or(Outcome::Done, Outcome::Again))
}

impl Payments {
    /// A last look at a payment whose time is over; afterwards it is pending no more.
    pub async fn look_overdue(&self, id: PaymentId) -> Result<(), AppError> {
        look(self, id, Duration::ZERO).await
    }

    /// Asks the gateway and applies what it says; refused when it speaks of another amount than ours.
    pub async fn ask_gateway(&self, id: PaymentId) -> Result<(), AppError> {
        match ask_and_apply(self, id).await? {
            EventResult::AmountMismatch => Err(PaymentError::AmountMismatch.into()),
            _ => Ok(()),
        }
    }
}

/// Asks; and what is not paid when its time is over is over, whatever the gateway still waits for. Should its money come all
/// the same, it buys what it still can, or goes back.
async fn look(payments: &Payments, id: PaymentId, grace: Duration) -> Result<(), AppError> {
    // Another amount than ours is for somebody to look at, and must not hold a time for ever.
    ask_and_apply(payments, id).await?;
    let payment = Model::find(&payments.db.write, id).await?.ok_or_else(PaymentId::not_found)?;
    let is_over = payments.clock.now() >= payment.expires_at + grace;
    if is_over && payment.settled_at.is_none() {
        apply::expire(payments, id, payment.version).await?;
    }
    Ok(())
}

/// When to ask again; never once nothing can change any more.
fn next_look(payment: &Model, now: Timestamp, shortest: Duration) -> Option<Timestamp> {
    use PaymentStatus as Status;
    match (payment.status, payment.settled_at) {
        (Status::Reversed, _) => None,
        (_, Some(settled_at)) => {
            let age = now.since(settled_at);
            let pause = if age < HOUR { HOUR } else { DAY };
            (age < MAY_GO_BACK).then(|| now + pause)
        }
        (Status::Pending, None) => {
            let age = now.since(payment.created_at);
            Some(now + (age / 4).min(LONGEST_PAUSE).max(shortest))
        }
        (_, None) => {
            let last = payment.expires_at + PAGE_LIVES;
            let next =
                if now < payment.expires_at { payment.expires_at.min(now + WHEN_FAILED) } else { now + WHEN_FAILED };
            (now < last).then_some(next)
        }
    }
}

/// Asks the gateway, applies what it says, and answers what became of it.
pub async fn ask_and_apply(payments: &Payments, id: PaymentId) -> Result<EventResult, AppError> {
    for _ in 0..ASKED_ANEW {
        let payment = Model::find(&payments.db.write, id).await?.ok_or_else(PaymentId::not_found)?;
        if payment.snap_token.is_none() {
            return Ok(EventResult::Applied);
        }
        let said = status_of(payments, &payment).await;
        let Some(said) = said.map_err(|error| PaymentError::GatewayUnavailable(format!("{error:#}")))? else {
            return Ok(EventResult::Applied);
        };
        let odd = match apply::gateway_says(payments, id, payment.version, &said).await? {
            Applied::Yes => return Ok(EventResult::Applied),
            Applied::Outdated => continue,
            Applied::Mismatch => EventResult::AmountMismatch,
            Applied::Unreadable => EventResult::Unreadable,
        };
        keep(payments, &payment, &said, odd).await?;
        return Ok(odd);
    }
    Err(AppError::busy())
}

/// By the gateway's own name where the method wants that, or where it does not know ours.
async fn status_of(payments: &Payments, payment: &Model) -> anyhow::Result<Option<TransactionStatus>> {
    let by_name = payments.gateway.status(payment.id_at_gateway()).await?;
    match (&by_name, &payment.transaction_id) {
        (None, Some(transaction)) => payments.gateway.status(transaction).await,
        _ => Ok(by_name),
    }
}

impl Model {
    /// What the gateway answers to: some methods know only its own name for a transaction.
    pub fn id_at_gateway(&self) -> &str {
        let by_transaction = matches!(self.payment_type.as_deref(), Some("dana"));
        match &self.transaction_id {
            Some(transaction) if by_transaction => transaction,
            _ => &self.gateway_order_id,
        }
    }
}

/// What the gateway answered and somebody has to look at.
async fn keep(
    payments: &Payments,
    payment: &Model,
    said: &TransactionStatus,
    result: EventResult,
) -> Result<(), AppError> {
    let now = payments.clock.now();
    let received = Received {
        source: ReportSource::Status,
        is_signed: true,
        order: said.order_id.clone(),
        transaction: said.transaction_id.clone(),
        body: format!("{said:?}"),
        payment: Some(payment.id),
    };
    let id = inbox::keep(&payments.db.write, received, now).await?;
    Ok(inbox::handled(&payments.db.write, id, result, now).await?)
}
