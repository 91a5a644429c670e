//! Another doctor goes on for one who does not answer: what is pending of the order is the other's.

use super::entity::Model;
use super::postings;
use crate::accounts::AccountId;
use crate::events::Work;
use crate::ledger::Account;
use crate::orders::{Order, OrderError, OrderStatus};
use platform::http::error::AppError;

impl Model {
    /// Moves what is left of an order that the caller holds to the one who goes on. Refused when nothing is left of it.
    pub async fn take_over(work: &Work, order: &Order, to: AccountId) -> Result<(), AppError> {
        if order.status != OrderStatus::Paid {
            return Err(OrderError::ChangedMeanwhile.into());
        }
        let left = Account::PartnerPending(order.payee_id).balance_of_order(&**work, order.id.0).await?;
        postings::take_over(order, to, left, work.now()).post(&**work, work.now()).await?;
        Ok(order.save_payee(&**work, to).await?)
    }
}
