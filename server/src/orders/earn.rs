//! When what was paid becomes the payee's: after the service was rendered, and after a time in which the owner may
//! complain. The journal says so with an entry, and nothing else does.

use std::time::Duration;

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use super::Orders;
use super::entity::{Model, OrderId, OrderStatus};
use super::rules::Event;
use crate::events::Work;
use crate::ledger::{About, Account, Entry, EntryKind};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::jobs::{Job, Lane, Outcome, Ran};

impl Model {
    /// After the end of a service that nobody has summed up: so long the payee is reminded, then it counts as rendered.
    pub const COMPLAINT_WINDOW_UNSUMMED: Duration = Duration::from_secs(7 * 24 * 3600);
}

/// Makes what was paid for an order the payee's.
#[derive(Debug, Serialize, Deserialize)]
pub struct Earn {
    pub order: OrderId,
}

impl Job for Earn {
    const KIND: &'static str = "orders.earn";
    const LANE: Lane = Lane::Life;

    fn key(&self) -> String {
        self.order.to_string()
    }
}

impl Model {
    /// Has an order earned at that time, inside the caller's unit of work; planning it anew moves it.
    pub async fn plan_earning(work: &mut Work, order: OrderId, at: Timestamp) -> Result<(), DbErr> {
        work.schedule(&Earn { order }, at).await
    }
}

/// An order that is not waiting to be earned any more stays as it is.
pub async fn earn(orders: &Orders, Earn { order }: Earn) -> Ran {
    let now = orders.clock.now();
    let work = Work::begin(&orders.db, now).await?;
    let Some(held) = Model::hold(&*work, order).await?.filter(|held| held.status == OrderStatus::Paid) else {
        return Ok(Outcome::Done);
    };
    earn_held(&work, &held).await?;
    work.commit(&orders.audience).await?;
    Ok(Outcome::Done)
}

/// Moves what is left pending of an order that the caller holds.
async fn earn_held(work: &Work, order: &Model) -> Result<(), AppError> {
    let now = work.now();
    let left = Account::PartnerPending(order.payee_id).balance_of_order(&**work, order.id.0).await?;
    order.advance(&**work, Event::Earned, now).await?;
    let entry = Entry {
        kind: EntryKind::Earned,
        about: About { order: Some(order.id.0), ..About::default() },
        reference: format!("order:{}:earned", order.id),
        occurred_at: now,
        lines: vec![(Account::PartnerPending(order.payee_id), -left), (Account::PartnerPayable(order.payee_id), left)],
    };
    Ok(entry.post(&**work, now).await?)
}
