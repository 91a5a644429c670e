//! Giving money back. That it is owed is written down in the transaction that makes it so; the gateway is told
//! afterwards, again and again until it has taken the order.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbErr};

use super::entity::{PaymentId, RefundId, RefundReason, RefundStatus, refund};
use super::midtrans::RefundAnswer;
use super::{apply, notification, postings, rules, store};
use crate::app::App;
use crate::consultations::{self, ConsultationId};
use crate::ledger;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;
use crate::platform::money::Rupiah;

const BATCH: u64 = 50;
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// Owes part of the price of a consultation back to its owner, inside the caller's transaction.
pub async fn promise(
    txn: &impl ConnectionTrait,
    consultation: ConsultationId,
    amount: Rupiah,
    reason: RefundReason,
    now: Timestamp,
) -> Result<(), AppError> {
    if amount <= Rupiah::ZERO {
        return Ok(());
    }
    let payment = store::find_by_consultation(txn, consultation).await?.ok_or_else(PaymentId::not_found)?;
    let bought = consultations::find(txn, consultation).await?.ok_or_else(ConsultationId::not_found)?;
    let quote = apply::stored_quote(txn, &bought).await?;
    let before = payment.promised_amount;
    let after = (before + amount).min(payment.amount);
    if after == before {
        return Ok(());
    }
    if !store::save_promised(txn, &payment, after).await? {
        return Err(consultations::ConsultationError::ChangedMeanwhile.into());
    }
    ledger::post(txn, postings::promise(payment.id, bought.doctor_id, &quote, before, after, now)).await?;
    order(txn, payment.id, after - before, reason, now).await
}

/// Whether a consultation was paid and something is left of that.
pub async fn is_paid_for(db: &impl ConnectionTrait, consultation: ConsultationId) -> Result<bool, DbErr> {
    let payment = store::find_by_consultation(db, consultation).await?;
    Ok(payment.is_some_and(|payment| rules::is_paid_for(payment.status, payment.amount, payment.promised_amount)))
}

/// Has the gateway told to give money back that is owed already.
pub async fn order(
    txn: &impl ConnectionTrait,
    payment: PaymentId,
    amount: Rupiah,
    reason: RefundReason,
    now: Timestamp,
) -> Result<(), AppError> {
    let refund = refund::Model {
        id: RefundId::new(),
        payment_id: payment,
        amount,
        reason,
        status: RefundStatus::Owed,
        attempts: 0,
        try_at: now,
        created_at: now,
    };
    Ok(store::insert_refund(txn, refund).await?)
}

/// Tells the gateway what it has not been told yet.
pub async fn send(app: &App) -> Result<(), AppError> {
    let now = app.clock.now();
    for refund in store::list_refunds_to_send(&app.db.read, now, BATCH).await? {
        // Before the call: one that fails must not be the first one again at once.
        let pause = Duration::from_secs(30 << refund.attempts.clamp(0, 7)).min(LONGEST_PAUSE);
        if !store::try_refund_again_at(&app.db.write, &refund, now + pause).await? {
            // Another node is at it.
            continue;
        }
        if let Err(error) = send_one(app, &refund).await {
            tracing::warn!(refund = %refund.id, ?error, "the gateway could not be told to give money back");
        }
    }
    Ok(())
}

async fn send_one(app: &App, refund: &refund::Model) -> Result<(), AppError> {
    let payment = store::find(&app.db.read, refund.payment_id).await?.ok_or_else(PaymentId::not_found)?;
    let answer =
        app.gateway.refund(&payment.order_id, &refund.id.to_string(), refund.amount, reason(refund.reason)).await?;
    let status = match answer {
        RefundAnswer::Taken => RefundStatus::Sent,
        RefundAnswer::Impossible => RefundStatus::Manual,
    };
    store::save_refund_status(&app.db.write, refund.id, status).await?;
    if status == RefundStatus::Manual {
        tracing::error!(refund = %refund.id, "the way this was paid knows no refund: it has to be transferred");
        return Ok(());
    }
    notification::ask_gateway(app, &payment).await
}

fn reason(reason: RefundReason) -> &'static str {
    match reason {
        RefundReason::OwnerCancelled => "cancelled by the customer",
        RefundReason::DoctorCancelled => "cancelled by the vet",
        RefundReason::DoctorLate => "the vet did not answer",
        RefundReason::SlotLost => "the time was not available any more",
        RefundReason::NothingToOpen => "paid twice",
    }
}
