//! Lets a gateway's word take effect: payment, order, ledger, consultation and conversation change together or not at all,
//! under the lock of the order.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::close_page::ClosePage;
use super::entity::{EventSource, Model, PaymentEventId, PaymentId, PaymentStatus, RefundReason, event};
use super::error::PaymentError;
use super::midtrans::{TransactionStatus, read_amount};
use super::rules::{Report, Standing, Step, read_report, status_after, steps};
use super::{Payments, postings, refunds, settle, store};
use crate::events::Work;
use crate::ledger::Entry;
use crate::orders::{self, Order, OrderStatus};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::money::Rupiah;

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It took effect, or is no news.
    Yes,
    /// The payment changed after the gateway had been asked: the answer may be older than what is known.
    Outdated,
    /// A word that is not known, or a part without its amount.
    Unreadable,
    /// Another amount, currency or order than ours.
    Mismatch,
}

/// A payment with its order, both as they are under the order's lock.
pub struct Held {
    pub order: Order,
    pub payment: Model,
}

/// Holds the order of a payment, and reads the payment under it.
pub async fn hold(work: &Work, payment: PaymentId) -> Result<Held, AppError> {
    let found = Model::find(&**work, payment).await?.ok_or_else(PaymentId::not_found)?;
    let order = Order::hold(&**work, found.order_id).await?.ok_or_else(|| Order::missing(found.order_id))?;
    let payment = Model::find(&**work, payment).await?.ok_or_else(PaymentId::not_found)?;
    Ok(Held { order, payment })
}

/// Applies what the gateway says about a payment, which was asked for at a version of it. Saying it twice, late or out of
/// order changes nothing.
pub async fn gateway_says(
    payments: &Payments,
    payment: PaymentId,
    version: i32,
    said: &TransactionStatus,
) -> Result<Applied, AppError> {
    let mut work = Work::begin(&payments.db, payments.clock.now()).await?;
    let held = hold(&work, payment).await?;
    if held.payment.version != version {
        return Ok(Applied::Outdated);
    }
    let Some(report) = read_report(&said.transaction_status, said.fraud_status.as_deref(), said.amount_gone()) else {
        tracing::error!(%payment, status = said.transaction_status, "the gateway reports what cannot be read");
        metrics::counter!("gateway_reports_odd_total").increment(1);
        return Ok(Applied::Unreadable);
    };
    let applied = match check_amount(&held.payment, said) {
        Amount::Ours => {
            apply(payments, &mut work, held, report, said).await?;
            let after = Model::find(&*work, payment).await?.ok_or_else(PaymentId::not_found)?;
            store::note(&*work, gateway_event(&after, said, work.now())).await?;
            Applied::Yes
        }
        Amount::Other { received } => {
            if report == Report::Paid {
                suspend(&work, &held.payment, received).await?;
            }
            Applied::Mismatch
        }
    };
    work.commit(&payments.audience).await?;
    Ok(applied)
}

async fn apply(
    payments: &Payments,
    work: &mut Work,
    held: Held,
    report: Report,
    said: &TransactionStatus,
) -> Result<(), AppError> {
    let Held { mut order, mut payment } = held;
    let is_rendered = payments.goods(order.kind)?.is_rendered(work, order.id).await?;
    let todo = steps(standing(&payment), report);
    if todo.is_empty() {
        let (kind, id) = (said.payment_type.clone(), said.transaction_id.clone());
        return Ok(store::save_choice(&**work, &payment, kind, id).await?);
    }
    for step in todo {
        let before = payment.clone();
        let mut after = taken(&before, step, work.now());
        after.payment_type = said.payment_type.clone().or(after.payment_type);
        after.transaction_id = said.transaction_id.clone().or(after.transaction_id);
        save(work, &before, &after).await?;
        payment = Model { version: before.version + 1, ..after };
        let change = Change { order: &order, before: &before, after: &payment, is_rendered };
        follow(payments, work, &change, step, said).await?;
        // What followed may have promised some of it back, or moved the order.
        payment = Model::find(&**work, payment.id).await?.ok_or_else(PaymentId::not_found)?;
        order = Order::find(&**work, order.id).await?.ok_or_else(|| Order::missing(order.id))?;
    }
    refunds::close_what_is_gone(work, &payment, said.refunds.as_deref().unwrap_or_default()).await?;
    close_order_without_money(payments, work, &order, &payment, is_rendered).await
}

/// Writes a payment that the caller holds.
pub async fn save(work: &Work, before: &Model, after: &Model) -> Result<(), AppError> {
    let unlocked = || anyhow::anyhow!("payment {} was written without its lock", before.id);
    Ok(store::save(&**work, before, after).await?.or(unlocked())?)
}

fn standing(payment: &Model) -> Standing {
    Standing {
        status: payment.status,
        is_settled: payment.settled_at.is_some(),
        amount: payment.amount,
        refunded: payment.refunded_amount,
        charged_back: payment.charged_back_amount,
    }
}

/// The payment after a step.
fn taken(before: &Model, step: Step, now: Timestamp) -> Model {
    let mut after = Model { status: status_after(step, standing(before)), ..before.clone() };
    match step {
        Step::Settle => after.settled_at = Some(now),
        Step::Refund { total } => after.refunded_amount = total,
        Step::ChargeBack { total } => after.charged_back_amount = total,
        Step::WinBack => after.charged_back_amount = Rupiah::ZERO,
        Step::Reverse | Step::Fail(_) => {}
    }
    after
}

/// A payment before and after a step, with its order.
#[derive(Clone, Copy)]
struct Change<'a> {
    order: &'a Order,
    before: &'a Model,
    after: &'a Model,
    /// Whether what it paid for was rendered: then a bank that takes it back takes it from us, not from who rendered it.
    is_rendered: bool,
}

/// What one step means for the order, the consultation, the conversation and the ledger.
async fn follow(
    payments: &Payments,
    work: &mut Work,
    change: &Change<'_>,
    step: Step,
    said: &TransactionStatus,
) -> Result<(), AppError> {
    let Change { order, before, after, .. } = *change;
    let now = work.now();
    match step {
        Step::Settle => {
            let at = said.settled_at().filter(|at| *at <= now && *at >= after.created_at).unwrap_or(now);
            settle::settle(payments, work, order, after, at).await
        }
        Step::Refund { total } => {
            refunds::promise_at_least(work, order, after, total).await?;
            Ok(postings::give_back(before, total, now).post(&**work, now).await?)
        }
        Step::Reverse => {
            refunds::promise_at_least(work, order, after, after.amount).await?;
            postings::reversal(before, now).post(&**work, now).await?;
            tracing::warn!(payment = %after.id, "a bank took a payment back");
            Ok(())
        }
        Step::ChargeBack { total } => charge_back(work, change, total).await,
        Step::WinBack => win_back(work, change).await,
        Step::Fail(status) => fail(payments, work, order, after, status).await,
    }
}

/// A bank took money back. When it is all of what was not rendered, nobody has a claim on it: the rest is promised first.
async fn charge_back(work: &mut Work, change: &Change<'_>, total: Rupiah) -> Result<(), AppError> {
    let Change { order, before, after, is_rendered } = *change;
    tracing::error!(payment = %after.id, total = total.0, is_rendered, "a bank took money back");
    metrics::counter!("chargebacks_total").increment(1);
    let mut owing = before.clone();
    if !is_rendered && standing(before).is_gone_with(total) {
        refunds::promise_at_least(work, order, after, after.amount).await?;
        owing.promised_amount = after.amount;
    }
    let now = work.now();
    Ok(postings::charge_back(&owing, total, now).post(&**work, now).await?)
}

/// What a bank had taken back is here again. What of it the owner is due, because nothing was rendered for it or because it
/// was owed when it was taken, goes back; the rest makes our loss good.
async fn win_back(work: &mut Work, change: &Change<'_>) -> Result<(), AppError> {
    let Change { order, before, after, .. } = *change;
    let is_owed_whole = order.status == OrderStatus::Refunded;
    let promised = if is_owed_whole { before.amount } else { before.promised_amount };
    let due = promised - before.refunded_amount - before.paid_out_amount - before.still_owed();
    let now = work.now();
    postings::win_back(before, due, now).post(&**work, now).await?;
    save(work, after, &Model { promised_amount: promised, ..after.clone() }).await?;
    if due > Rupiah::ZERO {
        refunds::order(work, after.id, due, RefundReason::WonBack).await?;
    }
    Ok(())
}

/// An attempt has failed. A card that was refused may be tried again on the same page: a slot stays held until its time to
/// pay is over.
async fn fail(
    payments: &Payments,
    work: &mut Work,
    order: &Order,
    payment: &Model,
    status: PaymentStatus,
) -> Result<(), AppError> {
    let is_card = payment.payment_type.as_deref() == Some("credit_card");
    let may_retry = status == PaymentStatus::Denied && is_card && work.now() < payment.expires_at;
    if order.status != OrderStatus::Open || (may_retry && payments.goods(order.kind)?.is_slot(work, order.id).await?) {
        return Ok(());
    }
    close_unpaid(payments, work, order, status == PaymentStatus::Expired).await
}

/// An order that nobody has paid is over.
pub async fn close_unpaid(
    payments: &Payments,
    work: &mut Work,
    order: &Order,
    is_expired: bool,
) -> Result<(), AppError> {
    let event = if is_expired { orders::Event::Expired } else { orders::Event::Cancelled };
    order.advance(&**work, event, work.now()).await?;
    payments.goods(order.kind)?.payment_failed(work, order.id, is_expired).await
}

/// All that was paid for an order is owed back or gone: what it bought does not go on. What a bank took back of something
/// that was rendered is our loss, and leaves the order as it is.
async fn close_order_without_money(
    payments: &Payments,
    work: &mut Work,
    order: &Order,
    payment: &Model,
    is_rendered: bool,
) -> Result<(), AppError> {
    let taken = if is_rendered { Rupiah::ZERO } else { payment.charged_back_amount };
    let is_gone = payment.settled_at.is_some() && payment.promised_amount + taken >= payment.amount;
    let may_close = is_gone && payment.amount > Rupiah::ZERO && bought(work, order, payment).await?;
    if may_close && refunds::close_order(work, order, payment).await? {
        payments.goods(order.kind)?.paid_back(work, order.id).await?;
    }
    Ok(())
}

/// Whether this payment is the one that the order was bought with.
async fn bought(work: &Work, order: &Order, payment: &Model) -> Result<bool, AppError> {
    Ok(store::find_paid_of(&**work, order.id).await?.is_some_and(|paid| paid.id == payment.id))
}

/// Gives up an attempt whose time is over and that nobody has paid.
pub async fn expire(payments: &Payments, payment: PaymentId, version: i32) -> Result<Applied, AppError> {
    let mut work = Work::begin(&payments.db, payments.clock.now()).await?;
    let Held { order, payment: before } = hold(&work, payment).await?;
    if before.version != version {
        return Ok(Applied::Outdated);
    }
    if before.status == PaymentStatus::Pending {
        let after = Model { status: PaymentStatus::Expired, ..before.clone() };
        save(&work, &before, &after).await?;
        store::note(&*work, platform_event(&after, work.now())).await?;
        // A page on which nobody has chosen a method ends by itself; a transfer that was begun waits for days.
        if before.payment_type.is_some() {
            work.enqueue(&ClosePage { payment }).await?;
        }
    }
    if order.status == OrderStatus::Open {
        close_unpaid(payments, &mut work, &order, before.status == PaymentStatus::Pending).await?;
    }
    work.commit(&payments.audience).await?;
    Ok(Applied::Yes)
}

impl Model {
    /// A purchase that was not paid is called off, inside the unit of work that calls off what was bought. Money that
    /// comes all the same goes back.
    pub async fn call_off(work: &mut Work, order: &Order) -> Result<(), AppError> {
        order.advance(&**work, orders::Event::Cancelled, work.now()).await?;
        let Some(before) = Self::find_newest_of(&**work, order.id).await? else { return Ok(()) };
        if before.status != PaymentStatus::Pending {
            return Ok(());
        }
        let after = Self { status: PaymentStatus::Cancelled, ..before.clone() };
        save(work, &before, &after).await?;
        store::note(&**work, platform_event(&after, work.now())).await?;
        Ok(work.enqueue(&ClosePage { payment: after.id }).await?)
    }
}

/// The event that a payment's history begins with.
pub fn begun(payment: &Model) -> event::Model {
    platform_event(payment, payment.created_at)
}

enum Amount {
    /// What was asked for.
    Ours,
    Other {
        received: Rupiah,
    },
}

fn check_amount(payment: &Model, said: &TransactionStatus) -> Amount {
    let received = read_amount(&said.gross_amount).unwrap_or(Rupiah::ZERO);
    let is_rupiah = said.currency.as_deref().is_none_or(|currency| currency == "IDR");
    if said.order_id == payment.gateway_order_id && received == payment.amount && is_rupiah {
        return Amount::Ours;
    }
    tracing::error!(payment = %payment.id, "the gateway reports another amount, currency or order than ours");
    metrics::counter!("gateway_reports_odd_total").increment(1);
    Amount::Other { received: if is_rupiah { received } else { Rupiah::ZERO } }
}

/// A notification's claim about a payment, before the gateway is asked.
pub fn verify_claim(payment: &Model, gross_amount: &str, currency: Option<&str>) -> Result<(), PaymentError> {
    let is_same = read_amount(gross_amount) == Some(payment.amount);
    let is_rupiah = currency.is_none_or(|currency| currency == "IDR");
    if is_same && is_rupiah { Ok(()) } else { Err(PaymentError::AmountMismatch) }
}

/// Another amount than was asked for has come: it buys nothing, and is in the books until somebody has looked.
async fn suspend(work: &Work, payment: &Model, received: Rupiah) -> Result<(), AppError> {
    if payment.settled_at.is_some() {
        return Ok(());
    }
    let entry = postings::suspended(payment, received, work.now());
    if Entry::is_posted(&**work, &entry.reference).await? {
        return Ok(());
    }
    Ok(entry.post(&**work, work.now()).await?)
}

fn gateway_event(payment: &Model, said: &TransactionStatus, now: Timestamp) -> event::Model {
    let facts = [
        said.transaction_status.as_str(),
        said.status_code.as_str(),
        said.fraud_status.as_deref().unwrap_or_default(),
        said.refund_amount.as_deref().unwrap_or_default(),
    ];
    event::Model {
        id: PaymentEventId::new(),
        payment_id: payment.id,
        source: EventSource::Gateway,
        gateway_status: said.transaction_status.chars().take(32).collect(),
        status: payment.status,
        fingerprint: hex::encode(Sha256::digest(facts.join("|").as_bytes())),
        payload: json!({
            "transactionStatus": said.transaction_status, "statusCode": said.status_code,
            "fraudStatus": said.fraud_status, "grossAmount": said.gross_amount,
            "paymentType": said.payment_type, "refundAmount": said.refund_amount,
            "settlementTime": said.settlement_time,
        })
        .to_string(),
        occurred_at: now,
    }
}

fn platform_event(payment: &Model, at: Timestamp) -> event::Model {
    let word = serde_json::to_string(&payment.status).unwrap_or_default();
    event::Model {
        id: PaymentEventId::new(),
        payment_id: payment.id,
        source: EventSource::Platform,
        gateway_status: String::new(),
        status: payment.status,
        fingerprint: hex::encode(Sha256::digest(format!("platform|{word}").as_bytes())),
        payload: "{}".to_owned(),
        occurred_at: at,
    }
}
