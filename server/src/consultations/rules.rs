//! The life of a consultation as one function.

use super::entity::ConsultationStatus;
use super::error::ConsultationError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The payment settled; an instant consultation starts at once.
    Paid,
    /// Nobody paid in time.
    PaymentExpired,
    /// The owner, the bank or the gateway called the payment off.
    PaymentFailed,
    /// One of the two closed the conversation.
    Closed,
    /// The money went back.
    PaidBack,
}

/// What becomes of a consultation when something happens, or why it cannot happen.
pub fn transition(from: ConsultationStatus, event: Event) -> Result<ConsultationStatus, ConsultationError> {
    use ConsultationStatus as Status;
    match (from, event) {
        (Status::AwaitingPayment, Event::Paid) => Ok(Status::Active),
        // Money that arrives after we had given up still buys the consultation.
        (Status::Expired | Status::Cancelled, Event::Paid) => Ok(Status::Active),
        (Status::AwaitingPayment, Event::PaymentExpired) => Ok(Status::Expired),
        (Status::AwaitingPayment, Event::PaymentFailed) => Ok(Status::Cancelled),
        (Status::Active, Event::Closed) => Ok(Status::Ended),
        (Status::Scheduled | Status::Active, Event::PaidBack) => Ok(Status::Cancelled),
        // What was rendered stays rendered; only the money is settled anew.
        (Status::Ended, Event::PaidBack) => Ok(Status::Ended),
        (from, event) => Err(ConsultationError::Impossible { from, event }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ConsultationStatus as Status;

    #[test]
    fn payment_opens_and_closing_ends() {
        assert_eq!(transition(Status::AwaitingPayment, Event::Paid).ok(), Some(Status::Active));
        assert_eq!(transition(Status::Active, Event::Closed).ok(), Some(Status::Ended));
    }

    #[test]
    fn nothing_starts_without_money_and_nothing_ends_twice() {
        assert!(transition(Status::AwaitingPayment, Event::Closed).is_err());
        assert!(transition(Status::Ended, Event::Closed).is_err());
        assert!(transition(Status::Active, Event::Paid).is_err());
    }

    #[test]
    fn late_money_opens_what_had_expired() {
        assert_eq!(transition(Status::Expired, Event::Paid).ok(), Some(Status::Active));
    }
}
