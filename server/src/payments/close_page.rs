//! The job that has the gateway take no more money for what was called off. Money that comes all the same goes back by
//! itself.

use serde::{Deserialize, Serialize};

use super::entity::PaymentId;
use super::{Payment, Payments};
use platform::http::path::Named;
use platform::jobs::{Job, Lane, Outcome, Ran};

#[derive(Debug, Serialize, Deserialize)]
pub struct ClosePage {
    pub payment: PaymentId,
}

impl Job for ClosePage {
    const KIND: &'static str = "payments.close_page";
    const LANE: Lane = Lane::Gateway;

    fn key(&self) -> String {
        self.payment.to_string()
    }
}

/// Closes the page, and cancels what may have been begun on it; then asks, should the money have come meanwhile.
pub async fn close(payments: &Payments, ClosePage { payment }: ClosePage) -> Ran {
    let payment = Payment::find(&payments.db.read, payment).await?.ok_or_else(PaymentId::not_found)?;
    let Some(token) = &payment.snap_token else { return Ok(Outcome::Done) };
    payments.gateway.close_page(token).await?;
    payments.gateway.cancel(payment.id_at_gateway()).await?;
    payments.ask_gateway(payment.id).await?;
    Ok(Outcome::Done)
}
