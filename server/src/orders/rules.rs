//! The life of an order as one function.

use axum::http::StatusCode;

use super::entity::{Model, OrderId, OrderStatus};
use platform::http::error::AppError;
use platform::text::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A payment of it settled, and it bought what was ordered.
    Paid,
    /// The service was rendered and the time for complaints is over.
    Earned,
    /// It was called off before it was paid, or its payment failed.
    Cancelled,
    /// Nobody paid in time.
    Expired,
    /// All that was paid is owed back or gone.
    Refunded,
}

#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    #[error("{event:?} cannot happen to an order that is {from:?}")]
    Impossible { from: OrderStatus, event: Event },
    #[error("somebody else changed the order first")]
    ChangedMeanwhile,
}

impl From<OrderError> for AppError {
    fn from(error: OrderError) -> Self {
        tracing::info!(%error, "an order was not changed");
        Self::refused(
            StatusCode::CONFLICT,
            "order_state_changed",
            Text::new(
                "Status pesanan ini sudah berubah. Muat ulang halaman.",
                "This order has changed meanwhile. Reload the page.",
            ),
        )
    }
}

impl Model {
    /// What points at an order that is not there is a defect.
    pub fn missing(id: OrderId) -> AppError {
        anyhow::anyhow!("order {id} is missing").into()
    }
}

/// What becomes of an order when something happens, or why it cannot happen.
pub fn transition(from: OrderStatus, event: Event) -> Result<OrderStatus, OrderError> {
    use OrderStatus as Status;
    match (from, event) {
        // Money that comes late may still buy what was ordered; who may say so is decided where it is sold.
        (Status::Open | Status::Cancelled | Status::Expired, Event::Paid) => Ok(Status::Paid),
        (Status::Open, Event::Cancelled) => Ok(Status::Cancelled),
        (Status::Open, Event::Expired) => Ok(Status::Expired),
        (Status::Paid, Event::Earned) => Ok(Status::Earned),
        (Status::Paid | Status::Earned, Event::Refunded) => Ok(Status::Refunded),
        (from, event) => Err(OrderError::Impossible { from, event }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use OrderStatus as Status;

    #[test]
    fn only_what_was_paid_is_earned_or_refunded() {
        for from in [Status::Open, Status::Cancelled, Status::Expired, Status::Refunded] {
            assert!(transition(from, Event::Earned).is_err(), "{from:?}");
            assert!(transition(from, Event::Refunded).is_err(), "{from:?}");
        }
        assert_eq!(transition(Status::Paid, Event::Earned).ok(), Some(Status::Earned));
        assert_eq!(transition(Status::Earned, Event::Refunded).ok(), Some(Status::Refunded));
    }

    #[test]
    fn who_is_late_is_told_to_look_again() {
        let problem = AppError::from(OrderError::ChangedMeanwhile).into_problem();
        assert_eq!((problem.status, problem.code), (StatusCode::CONFLICT, "order_state_changed"));
    }

    #[test]
    fn an_order_is_paid_once() {
        for from in [Status::Paid, Status::Earned, Status::Refunded] {
            assert!(transition(from, Event::Paid).is_err(), "{from:?}");
        }
    }
}
