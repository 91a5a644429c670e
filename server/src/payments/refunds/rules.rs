//! The life of a refund, without I/O.

use crate::payments::entity::refund::Model;
use crate::payments::entity::{RefundId, RefundStatus};
use crate::platform::money::Rupiah;

/// Whether it may still make money leave.
pub fn is_open(status: RefundStatus) -> bool {
    use RefundStatus as Status;
    matches!(status, Status::Requested | Status::Sent | Status::Manual | Status::Failed)
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
    let confirmed = |refund: &Model, note: Option<&str>| Model {
        status: RefundStatus::Confirmed,
        note: note.map(str::to_owned).or_else(|| refund.note.clone()),
        ..refund.clone()
    };
    if still_owed <= Rupiah::ZERO {
        return open.iter().map(|refund| confirmed(refund, None)).collect();
    }
    let (done, waiting): (Vec<&Model>, Vec<&Model>) = open.iter().partition(|refund| is_reported(refund.id));
    let mut changes: Vec<Model> = done.into_iter().map(|refund| confirmed(refund, None)).collect();
    let mut left = still_owed;
    for refund in waiting {
        let amount = refund.amount.min(left);
        left = left - amount;
        match amount {
            Rupiah::ZERO => changes.push(confirmed(refund, Some("went back by another way"))),
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
    use crate::platform::clock::Timestamp;

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
