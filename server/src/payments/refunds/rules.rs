//! The life of a refund, without I/O.

use crate::payments::entity::refund::Model;
use crate::payments::entity::{RefundId, RefundStatus};
use crate::payments::error::PaymentError;
use platform::money::Rupiah;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The gateway has taken the order.
    Taken,
    /// The gateway has refused, or could not be reached: it is told again.
    Refused,
    /// The money is gone, by this order or by another way.
    Gone,
    /// The way it was paid knows no such refund.
    Impossible,
    /// The gateway has refused for too long.
    GivenUp,
    /// The staff has transferred it.
    PaidOut,
    /// The staff has the gateway told once more.
    TriedAgain,
}

/// What becomes of a refund when something happens, or that it cannot happen.
pub fn transition(from: RefundStatus, event: Event) -> Result<RefundStatus, PaymentError> {
    use RefundStatus as Status;
    match (from, event) {
        (Status::Requested | Status::Sent, Event::Taken) => Ok(Status::Sent),
        (Status::Requested, Event::Refused) => Ok(Status::Requested),
        (from, Event::Gone) if is_open(from) => Ok(Status::Confirmed),
        (Status::Requested | Status::Sent, Event::Impossible) => Ok(Status::Manual),
        (Status::Requested | Status::Sent, Event::GivenUp) => Ok(Status::Failed),
        (Status::Manual | Status::Failed, Event::PaidOut) => Ok(Status::PaidOut),
        (Status::Manual | Status::Failed, Event::TriedAgain) => Ok(Status::Requested),
        _ => Err(PaymentError::NotToBePaidOut),
    }
}

/// In which a refund may still make money leave.
pub const OPEN: [RefundStatus; 4] =
    [RefundStatus::Requested, RefundStatus::Sent, RefundStatus::Manual, RefundStatus::Failed];

pub fn is_open(status: RefundStatus) -> bool {
    OPEN.contains(&status)
}

/// What may be asked of the gateway for one refund: no more than is owed back besides what was asked for already.
pub fn payable(refund: &Model, open: &[Model], still_owed: Rupiah) -> Rupiah {
    let others = open.iter().filter(|other| other.id != refund.id && other.status == RefundStatus::Sent);
    let asked: Rupiah = others.map(|other| other.amount).sum();
    refund.amount.min(still_owed - asked).max(Rupiah::ZERO)
}

/// The open refunds of a payment that change because something has left the gateway: those that the report names are done;
/// when nothing is owed any more all are; and the newest of the rest shrink until they ask for no more than is owed.
pub fn after_report(open: &[Model], still_owed: Rupiah, is_reported: impl Fn(RefundId) -> bool) -> Vec<Model> {
    let confirmed = |refund: &Model, note: Option<&str>| {
        let status = transition(refund.status, Event::Gone).ok()?;
        Some(Model { status, note: note.map(str::to_owned).or_else(|| refund.note.clone()), ..refund.clone() })
    };
    if still_owed <= Rupiah::ZERO {
        return open.iter().filter_map(|refund| confirmed(refund, None)).collect();
    }
    let (done, waiting): (Vec<&Model>, Vec<&Model>) = open.iter().partition(|refund| is_reported(refund.id));
    let mut changes: Vec<Model> = done.into_iter().filter_map(|refund| confirmed(refund, None)).collect();
    let mut left = still_owed;
    for refund in waiting {
        let amount = refund.amount.min(left);
        left = left - amount;
        match amount {
            Rupiah::ZERO => changes.extend(confirmed(refund, Some("went back by another way"))),
            amount if amount < refund.amount => changes.push(Model { amount, ..refund.clone() }),
            _ => {}
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payments::entity::{PaymentId, RefundReason};
    use platform::clock::Timestamp;

    fn refund(amount: i64, status: RefundStatus) -> Model {
        Model {
            id: RefundId::new(),
            payment_id: PaymentId::new(),
            amount: Rupiah(amount),
            reason: RefundReason::DoctorLate,
            status,
            attempts: 0,
            note: None,
            decided_by: None,
            created_at: Timestamp::from_millis(0),
            sent_at: None,
            closed_at: None,
        }
    }

    #[test]
    fn what_is_closed_stays_closed_and_only_the_staff_moves_what_is_stuck() {
        use Event as E;
        let all = [E::Taken, E::Refused, E::Gone, E::Impossible, E::GivenUp, E::PaidOut, E::TriedAgain];
        for closed in [RefundStatus::Confirmed, RefundStatus::PaidOut] {
            assert!(all.iter().all(|event| transition(closed, *event).is_err()), "{closed:?}");
        }
        for stuck in [RefundStatus::Manual, RefundStatus::Failed] {
            let moved: Vec<_> = all.iter().filter(|event| transition(stuck, **event).is_ok()).collect();
            assert_eq!(moved, [&E::Gone, &E::PaidOut, &E::TriedAgain], "{stuck:?}");
        }
    }

    #[test]
    fn no_more_is_asked_for_than_is_owed_besides_what_is_on_its_way() {
        let (first, second) = (refund(30_000, RefundStatus::Sent), refund(20_625, RefundStatus::Requested));
        let open = [first, second.clone()];
        assert_eq!(payable(&second, &open, Rupiah(50_625)), Rupiah(20_625));
        assert_eq!(payable(&second, &open, Rupiah(40_000)), Rupiah(10_000));
        assert_eq!(payable(&second, &open, Rupiah(30_000)), Rupiah::ZERO);
    }

    #[test]
    fn when_nothing_is_owed_any_more_every_open_one_is_closed_also_one_by_hand() {
        let open = [refund(50_625, RefundStatus::Manual), refund(100, RefundStatus::Failed)];
        let changed = after_report(&open, Rupiah::ZERO, |_| false);
        assert!(changed.iter().all(|one| one.status == RefundStatus::Confirmed));
        assert_eq!(changed.len(), 2);
    }

    #[test]
    fn what_went_back_by_another_way_is_not_asked_for_again() {
        let open = [refund(50_625, RefundStatus::Requested)];
        let changed = after_report(&open, Rupiah(40_625), |_| false);
        assert_eq!((changed[0].status, changed[0].amount), (RefundStatus::Requested, Rupiah(40_625)));
    }

    #[test]
    fn one_that_the_gateway_names_is_done_and_the_others_go_on() {
        let open = [refund(10_000, RefundStatus::Sent), refund(20_000, RefundStatus::Requested)];
        let named = open[0].id;
        let changed = after_report(&open, Rupiah(20_000), |id| id == named);
        assert_eq!(changed.len(), 1);
        assert_eq!((changed[0].id, changed[0].status), (named, RefundStatus::Confirmed));
    }
}
