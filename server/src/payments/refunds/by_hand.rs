//! What the staff does with a refund that cannot go on by itself.

use sea_orm::DbErr;

use super::rules::{self, Event};
use super::{SendRefund, save, store};
use crate::accounts::AccountId;
use crate::events::Work;
use crate::payments::entity::{Model as Payment, RefundId, refund};
use crate::payments::error::PaymentError;
use crate::payments::{Payments, apply, postings};
use platform::audit::{self, Deed};
use platform::http::error::AppError;
use platform::http::idempotency::Claim;
use platform::http::path::Named;
use platform::money::Rupiah;

/// Somebody of the staff has transferred what was owed back, and says how.
pub async fn pay_out(
    payments: &Payments,
    by: AccountId,
    id: RefundId,
    how: String,
    claim: Option<&Claim>,
) -> Result<refund::Model, AppError> {
    let work = Work::begin(&payments.db, payments.clock.now()).await?;
    let (refund, payment) = held(&work, id).await?;
    let status = rules::transition(refund.status, Event::PaidOut)?;
    let open = store::list_open_of(&*work, payment.id).await?;
    let amount = rules::payable(&refund, &open, payment.still_owed());
    if amount == Rupiah::ZERO {
        return Err(PaymentError::NotToBePaidOut.into());
    }
    if let Some(claim) = claim {
        claim.take(&*work, &id.to_string(), work.now()).await?;
    }
    postings::pay_out(&payment, id, amount, work.now()).post(&*work, work.now()).await?;
    let after = Payment { paid_out_amount: payment.paid_out_amount + amount, ..payment.clone() };
    apply::save(&work, &payment, &after).await?;
    let (from, closed_at) = (refund.status, Some(work.now()));
    note(&work, by, "refund.paid_out", id, Some(&how)).await?;
    let paid = refund::Model { status, amount, note: Some(how), decided_by: Some(by), closed_at, ..refund };
    save(&work, from, &paid).await?;
    work.commit(&payments.audience).await?;
    Ok(paid)
}

/// Has the gateway told once more.
pub async fn retry(payments: &Payments, by: AccountId, id: RefundId) -> Result<refund::Model, AppError> {
    let mut work = Work::begin(&payments.db, payments.clock.now()).await?;
    let (refund, payment) = held(&work, id).await?;
    let (from, status) = (refund.status, rules::transition(refund.status, Event::TriedAgain)?);
    if payment.still_owed() == Rupiah::ZERO {
        return Err(PaymentError::NotToBePaidOut.into());
    }
    let again = refund::Model { status, attempts: 0, decided_by: Some(by), ..refund };
    save(&work, from, &again).await?;
    work.schedule(&SendRefund { refund: id }, work.now()).await?;
    note(&work, by, "refund.retried", id, None).await?;
    work.commit(&payments.audience).await?;
    Ok(again)
}

async fn note(
    work: &Work,
    by: AccountId,
    action: &'static str,
    id: RefundId,
    reason: Option<&str>,
) -> Result<(), DbErr> {
    audit::write(work, Deed { actor: Some(by.0), action, subject: id.0, reason }, work.now()).await
}

async fn held(work: &Work, id: RefundId) -> Result<(refund::Model, Payment), AppError> {
    let found = store::find(&**work, id).await?.ok_or_else(RefundId::not_found)?;
    let payment = apply::hold(work, found.payment_id).await?.payment;
    let refund = store::find(&**work, id).await?.ok_or_else(RefundId::not_found)?;
    Ok((refund, payment))
}
