//! Giving money back. That it is owed is written down in the unit of work that makes it so; the gateway is told by a job,
//! again and again until the money is gone, or until it is on the operator's list: there is no dead end.

mod by_hand;
mod rules;
mod send;
pub mod store;

pub use by_hand::{pay_out, retry};
pub use send::{SendRefund, send};

use super::entity::{Model, PaymentId, RefundId, RefundReason, RefundStatus, refund};
use super::midtrans::ReportedRefund;
use super::{apply, postings};
use crate::events::Work;
use crate::orders::{Order, OrderId, OrderStatus};
use platform::http::error::AppError;
use platform::money::Rupiah;

impl Model {
    /// Owes part of the price of an order back to its owner; what a bank has taken back for the owner is not owed once
    /// more. When that is all of it, the order is over. The caller holds the order.
    pub async fn promise_refund(
        work: &mut Work,
        order: OrderId,
        amount: Rupiah,
        reason: RefundReason,
    ) -> Result<(), AppError> {
        let Some(payment) = super::store::find_paid_of(&**work, order).await?.filter(Self::holds_money) else {
            return Ok(());
        };
        let held = Order::find(&**work, order).await?;
        let held = held.ok_or_else(|| anyhow::anyhow!("payment {} has no order", payment.id))?;
        let wanted = (payment.promised_amount + amount).min(payment.amount);
        let after = wanted.min(payment.amount - payment.charged_back_amount).max(payment.promised_amount);
        let more = after - payment.promised_amount;
        if more > Rupiah::ZERO {
            owe(work, &held, &payment, after).await?;
            self::order(work, payment.id, more, reason).await?;
        }
        if wanted >= payment.amount {
            close_order(work, &held, &Self { promised_amount: after, ..payment }).await?;
        }
        Ok(())
    }
}

/// An order is over of which all is owed back or gone; whether it was not before. What a bank had taken back of it was
/// nobody's, as nothing was rendered for it: it is no loss of ours any more, and nobody's share.
pub async fn close_order(work: &Work, order: &Order, payment: &Model) -> Result<bool, AppError> {
    if !matches!(order.status, OrderStatus::Paid | OrderStatus::Earned) {
        return Ok(false);
    }
    let quote = order.quote(&**work).await?;
    postings::given_up(payment, order, &quote, work.now()).post(&**work, work.now()).await?;
    order.advance(&**work, crate::orders::Event::Refunded, work.now()).await?;
    Ok(true)
}

/// What has left the gateway is promised in the same breath, as far as it was not before.
pub async fn promise_at_least(work: &mut Work, order: &Order, payment: &Model, total: Rupiah) -> Result<(), AppError> {
    if total <= payment.promised_amount {
        return Ok(());
    }
    owe(work, order, payment, total).await
}

/// Promises so much in all: the payment and the ledger say so.
async fn owe(work: &Work, order: &Order, payment: &Model, after: Rupiah) -> Result<(), AppError> {
    let quote = order.quote(&**work).await?;
    let entry = postings::promise(payment, order, &quote, after, work.now());
    entry.post(&**work, work.now()).await?;
    apply::save(work, payment, &Model { promised_amount: after, ..payment.clone() }).await
}

/// Has the gateway told to give money back that is owed already.
pub async fn order(work: &mut Work, payment: PaymentId, amount: Rupiah, reason: RefundReason) -> Result<(), AppError> {
    let refund = refund::Model {
        id: RefundId::new(),
        payment_id: payment,
        amount,
        reason,
        status: RefundStatus::Requested,
        attempts: 0,
        note: None,
        decided_by: None,
        created_at: work.now(),
        sent_at: None,
        closed_at: None,
    };
    let job = SendRefund { refund: refund.id };
    store::insert(&**work, refund).await?;
    Ok(work.enqueue(&job).await?)
}

/// Something has left the gateway: the refunds that it was, by their keys or because nothing is owed any more, are closed,
/// and what is still open asks for no more than what is still owed. The caller holds the order.
pub async fn close_what_is_gone(work: &Work, payment: &Model, reported: &[ReportedRefund]) -> Result<(), AppError> {
    let open = store::list_open_of(&**work, payment.id).await?;
    let is_reported = |id: RefundId| reported.iter().any(|one| one.refund_key == id.to_string());
    for after in rules::after_report(&open, payment.still_owed(), is_reported) {
        if let Some(before) = open.iter().find(|one| one.id == after.id) {
            save(work, before.status, &after).await?;
        }
    }
    Ok(())
}

/// Writes a refund that the caller holds.
async fn save(work: &Work, from: RefundStatus, after: &refund::Model) -> Result<(), AppError> {
    let unlocked = || anyhow::anyhow!("refund {} was written without its lock", after.id);
    Ok(store::save(&**work, from, after, work.now()).await?.or(unlocked())?)
}

impl Model {
    /// Whether money of it is in the books.
    pub fn holds_money(&self) -> bool {
        self.settled_at.is_some() && self.status != super::PaymentStatus::Reversed
    }

    /// What is owed back and has not gone yet.
    pub fn still_owed(&self) -> Rupiah {
        if self.holds_money() {
            self.promised_amount - self.refunded_amount - self.paid_out_amount
        } else {
            Rupiah::ZERO
        }
    }
}
