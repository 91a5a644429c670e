//! What settled money buys: what was ordered, or nothing any more, and then it goes back.

use super::entity::{Model, RefundReason};
use super::goods::Unsold;
use super::{Payments, apply, postings, refunds};
use crate::events::Work;
use crate::orders::{self, Order, OrderStatus};
use platform::clock::Timestamp;
use platform::http::error::AppError;

/// The money of an attempt is there since `at`. The caller holds the order.
pub async fn settle(
    payments: &Payments,
    work: &mut Work,
    order: &Order,
    payment: &Model,
    at: Timestamp,
) -> Result<(), AppError> {
    // A second attempt at an order that another one has paid buys nothing.
    let wanted = matches!(order.status, OrderStatus::Open | OrderStatus::Cancelled | OrderStatus::Expired);
    let sold =
        if wanted { payments.goods(order.kind)?.sell(work, order.id).await? } else { Err(Unsold::NothingToOpen) };
    match sold {
        Ok(()) => {
            let quote = order.quote(&**work).await?;
            order.advance(&**work, orders::Event::Paid, work.now()).await?;
            Ok(payment.settlement(order, &quote, at).post(&**work, work.now()).await?)
        }
        Err(unsold) => strand(payments, work, order, payment, unsold, at).await,
    }
}

async fn strand(
    payments: &Payments,
    work: &mut Work,
    order: &Order,
    payment: &Model,
    unsold: Unsold,
    at: Timestamp,
) -> Result<(), AppError> {
    postings::stranded(payment, at).post(&**work, work.now()).await?;
    let owed = Model { promised_amount: payment.amount, ..payment.clone() };
    apply::save(work, payment, &owed).await?;
    let reason = match unsold {
        Unsold::NothingToOpen => RefundReason::NothingToOpen,
        Unsold::SlotLost => RefundReason::SlotLost,
        Unsold::CalledOff => RefundReason::CalledOff,
        Unsold::DoctorUnavailable => RefundReason::DoctorUnavailable,
    };
    refunds::order(work, payment.id, payment.amount, reason).await?;
    tracing::warn!(payment = %payment.id, ?reason, "a payment settled for which there is nothing to open; it goes back");
    if order.status == OrderStatus::Open {
        apply::close_unpaid(payments, work, order, false).await?;
    }
    Ok(())
}
