//! One purchase of anything: who buys, who is paid for it, what it costs line by line, and how far it has come. What is
//! bought (a consultation) points at its order, and so does each attempt to collect it (a payment).
//!
//! The order's row is the lock of everything that happens to a purchase and its money: whoever changes an order, one of its
//! payments or refunds, or the life of what was bought, holds it first (`docs/money.md`, "Locks").

mod earn;
pub mod entity;
mod quote;
mod rules;
mod store;

pub use earn::earn;
pub use entity::{Model as Order, OrderId, OrderKind, OrderStatus};
pub use quote::{LineAccount, Quote, QuoteLine, QuoteLineKind, QuoteView};
pub use rules::{Event, OrderError};

use crate::events::Audience;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;

/// What earning an order takes.
pub struct Orders {
    db: Db,
    clock: SharedClock,
    audience: Audience,
}

impl Orders {
    pub fn new(platform: &Platform, audience: &Audience) -> Self {
        Self { db: platform.db.clone(), clock: platform.clock.clone(), audience: audience.clone() }
    }
}
