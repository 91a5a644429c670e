//! What orders are for, as far as money has a say in it: the journey of each kind of order implements it, and `app.rs` says
//! which does. Payments know nothing else of what they collect for.

use async_trait::async_trait;

use crate::events::Work;
use crate::orders::OrderId;
use platform::http::error::AppError;

/// Why money bought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsold {
    /// What it would open is open already, over another purchase.
    NothingToOpen,
    /// Somebody else has the time, or it has come.
    SlotLost,
    /// It was called off: what a person has called off stays so.
    CalledOff,
    /// The doctor cannot be consulted any more.
    DoctorUnavailable,
}

/// In each, the caller holds the order.
#[async_trait]
pub trait Goods: Send + Sync {
    /// The price of an order has come: what it bought begins, or is booked.
    async fn sell(&self, work: &mut Work, order: OrderId) -> Result<Result<(), Unsold>, AppError>;

    /// No money came for an order: what it was for is over, unless it is already.
    async fn payment_failed(&self, work: &mut Work, order: OrderId, is_expired: bool) -> Result<(), AppError>;

    /// All the money of an order is gone, or owed back: what it bought does not go on. What was rendered stays rendered.
    async fn paid_back(&self, work: &mut Work, order: OrderId) -> Result<(), AppError>;

    /// Whether what an order bought was rendered.
    async fn is_rendered(&self, work: &Work, order: OrderId) -> Result<bool, AppError>;

    /// Whether an order is for an agreed time, which stays held while a refused card is tried again.
    async fn is_slot(&self, work: &Work, order: OrderId) -> Result<bool, AppError>;
}
