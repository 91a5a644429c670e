//! The life of a consultation as one function.

use std::time::Duration;

use super::entity::ClosedBecause;
use super::error::ConsultationError;
use crate::subjects::ConsultationStatus;
use platform::clock::Timestamp;
use platform::money::{BasisPoints, Rupiah};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The payment settled; an instant consultation starts at once.
    Paid,
    /// The payment of a slot settled.
    Booked,
    /// The time of a slot has come.
    Started,
    /// One of the two called it off before it began.
    CalledOff,
    /// Nobody paid in time.
    PaymentExpired,
    /// The owner, the bank or the gateway called the payment off.
    PaymentFailed,
    /// One of the two closed the conversation, or the time is over.
    Closed,
    /// The doctor did not answer: the owner, the clock, or whoever closes it gives up.
    GivenUp,
    /// Its time had passed before it could begin.
    Missed,
    /// The doctor did not answer: another one takes it over.
    TakenOver,
    /// The doctor was there and the owner was not.
    OwnerAbsent,
    /// The money went back.
    PaidBack,
}

/// What becomes of a consultation when something happens, or why it cannot happen.
pub fn transition(from: ConsultationStatus, event: Event) -> Result<ConsultationStatus, ConsultationError> {
    use ConsultationStatus as Status;
    match (from, event) {
        (Status::AwaitingPayment, Event::Paid) => Ok(Status::Active),
        // Money that arrives after its time may still buy it: `sell` says when.
        (Status::Expired | Status::Cancelled, Event::Paid) => Ok(Status::Active),
        (Status::AwaitingPayment | Status::Expired | Status::Cancelled, Event::Booked) => Ok(Status::Scheduled),
        (Status::Scheduled, Event::Started) => Ok(Status::Active),
        (Status::AwaitingPayment | Status::Scheduled, Event::CalledOff) => Ok(Status::Cancelled),
        (Status::AwaitingPayment, Event::PaymentExpired) => Ok(Status::Expired),
        (Status::AwaitingPayment, Event::PaymentFailed) => Ok(Status::Cancelled),
        (Status::Active, Event::Closed) => Ok(Status::Ended),
        (Status::Active, Event::GivenUp | Event::TakenOver) => Ok(Status::Cancelled),
        (Status::Scheduled, Event::Missed) => Ok(Status::Cancelled),
        (Status::Active, Event::OwnerAbsent) => Ok(Status::NoShow),
        (Status::Scheduled | Status::Active, Event::PaidBack) => Ok(Status::Cancelled),
        (from, event) => Err(ConsultationError::Impossible { from, event }),
    }
}

impl Event {
    /// Why a consultation is over to which this happened; nothing for one that was rendered or goes on.
    pub fn closes_because(self) -> Option<ClosedBecause> {
        match self {
            Self::CalledOff => Some(ClosedBecause::CalledOff),
            Self::PaymentExpired => Some(ClosedBecause::PaymentExpired),
            Self::PaymentFailed => Some(ClosedBecause::PaymentFailed),
            Self::GivenUp => Some(ClosedBecause::GivenUp),
            Self::TakenOver => Some(ClosedBecause::TakenOver),
            Self::Missed => Some(ClosedBecause::Missed),
            Self::PaidBack => Some(ClosedBecause::PaidBack),
            Self::Paid | Self::Booked | Self::Started | Self::Closed | Self::OwnerAbsent => None,
        }
    }
}

/// What an owner gets back who calls off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CancellationPolicy {
    /// Until so long before the beginning everything goes back.
    pub free_minutes: i32,
    /// Later, until the beginning, so much of the whole.
    pub late_refund_percent: i32,
}

impl CancellationPolicy {
    /// The policy that bookings are made under now; each keeps the one it was made under.
    pub const CURRENT: Self = Self { free_minutes: 6 * 60, late_refund_percent: 50 };

    /// The last moment at which calling off costs nothing.
    pub fn free_until(self, starts_at: Timestamp) -> Timestamp {
        starts_at - Duration::from_secs(u64::try_from(self.free_minutes).unwrap_or_default() * 60)
    }

    pub fn refund(self, total: Rupiah, starts_at: Timestamp, now: Timestamp) -> Rupiah {
        if now <= self.free_until(starts_at) {
            total
        } else if now < starts_at {
            total.portion(BasisPoints(self.late_refund_percent * 100))
        } else {
            Rupiah::ZERO
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calling_off_costs_nothing_then_half_then_all() {
        let starts_at = Timestamp::from_millis(100 * 3_600_000);
        let hours_before = |hours: u64| starts_at - Duration::from_secs(hours * 3600);
        let refund = |now| CancellationPolicy::CURRENT.refund(Rupiah(50_625), starts_at, now);
        assert_eq!(refund(hours_before(6)), Rupiah(50_625));
        assert_eq!(refund(hours_before(6) + Duration::from_millis(1)), Rupiah(25_313));
        assert_eq!(refund(starts_at), Rupiah::ZERO);
    }

    #[test]
    fn a_slot_waits_for_its_time() {
        assert_eq!(transition(Status::AwaitingPayment, Event::Booked).ok(), Some(Status::Scheduled));
        assert_eq!(transition(Status::Scheduled, Event::Started).ok(), Some(Status::Active));
        assert_eq!(transition(Status::Scheduled, Event::CalledOff).ok(), Some(Status::Cancelled));
        assert!(transition(Status::Active, Event::CalledOff).is_err());
        assert!(transition(Status::Active, Event::Started).is_err());
    }
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
