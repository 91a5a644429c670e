//! Another doctor goes on for one who does not answer: what is pending of the order is the other's.

use super::postings;
use crate::accounts::AccountId;
use crate::events::Work;
use crate::ledger::{self, Account};
use crate::orders::entity::Model as Order;
use crate::orders::{self, OrderError, OrderStatus};
use platform::http::error::AppError;

/// Moves what is left of an order that the caller holds to the one who goes on. Refused when nothing is left of it.
pub async fn take_over(work: &Work, order: &Order, to: AccountId) -> Result<(), AppError> {
    if order.status != OrderStatus::Paid {
        return Err(OrderError::ChangedMeanwhile.into());
    }
    let left = ledger::balance_of_order(&**work, Account::PartnerPending(order.payee_id), order.id.0).await?;
    ledger::post(&**work, postings::take_over(order, to, left, work.now()), work.now()).await?;
    Ok(orders::save_payee(&**work, order, to).await?)
}
