//! What a gateway's report means, and where a payment goes with it. An old report never moves a newer state.

use super::entity::PaymentStatus;
use crate::platform::money::Rupiah;

/// A gateway's report reduced to what matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    Waiting,
    Paid,
    Denied,
    Cancelled,
    Expired,
    /// Cumulative.
    Refunded(Rupiah),
    /// The customer's bank took the money back.
    ChargedBack,
}

/// Reads `transaction_status` and `fraud_status` (`reference/midtrans.md` 4). Unknown words mean nothing.
pub fn read_report(transaction_status: &str, fraud_status: Option<&str>, refunded: Rupiah) -> Option<Report> {
    let fraud = fraud_status.map(str::to_ascii_lowercase);
    let report = match transaction_status.to_ascii_lowercase().as_str() {
        "settlement" | "capture" => match fraud.as_deref() {
            None | Some("accept") => Report::Paid,
            Some("deny") => Report::Denied,
            Some(_) => Report::Waiting,
        },
        "pending" | "authorize" => Report::Waiting,
        "deny" | "failure" => Report::Denied,
        "cancel" => Report::Cancelled,
        "expire" => Report::Expired,
        "refund" | "partial_refund" => Report::Refunded(refunded),
        "chargeback" | "partial_chargeback" => Report::ChargedBack,
        _ => return None,
    };
    Some(report)
}

/// What has to be done to a payment because of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Settle,
    /// Gives back this much more; what has been given back is then the second amount.
    Refund {
        more: Rupiah,
        total: Rupiah,
    },
    /// All that was not given back yet is taken back by the bank.
    Reverse {
        rest: Rupiah,
    },
    /// The attempt has failed in this way.
    Fail(PaymentStatus),
}

/// The money of a payment as it stands.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub status: PaymentStatus,
    pub amount: Rupiah,
    pub refunded: Rupiah,
}

/// The steps that a report asks for; none when it is old news.
pub fn steps(standing: Standing, report: Report) -> Vec<Step> {
    use PaymentStatus as Status;
    let Standing { status, amount, refunded } = standing;
    let rest = amount - refunded;
    match (status, report) {
        (Status::Pending | Status::Denied | Status::Cancelled | Status::Expired, Report::Paid) => vec![Step::Settle],
        // We did not see the settlement: the money came and went meanwhile.
        (Status::Pending | Status::Denied | Status::Cancelled | Status::Expired, Report::Refunded(total)) => {
            let mut steps = vec![Step::Settle];
            steps.extend(refund(amount, Rupiah::ZERO, total));
            steps
        }
        (Status::Pending, Report::Denied) => vec![Step::Fail(Status::Denied)],
        (Status::Pending, Report::Cancelled) => vec![Step::Fail(Status::Cancelled)],
        (Status::Pending, Report::Expired) => vec![Step::Fail(Status::Expired)],
        (Status::Settled | Status::PartiallyRefunded, Report::Refunded(total)) => {
            refund(amount, refunded, total).into_iter().collect()
        }
        (Status::Settled | Status::PartiallyRefunded, Report::Denied | Report::Cancelled | Report::ChargedBack) => {
            vec![Step::Reverse { rest }]
        }
        _ => Vec::new(),
    }
}

/// More than was paid cannot go back, and what went back stays so.
fn refund(amount: Rupiah, refunded: Rupiah, total: Rupiah) -> Option<Step> {
    let total = total.min(amount);
    (total > refunded).then(|| Step::Refund { more: total - refunded, total })
}

/// Where a step leads.
pub fn status_after(step: Step, amount: Rupiah) -> PaymentStatus {
    match step {
        Step::Settle => PaymentStatus::Settled,
        Step::Refund { total, .. } if total < amount => PaymentStatus::PartiallyRefunded,
        Step::Refund { .. } => PaymentStatus::Refunded,
        Step::Reverse { .. } => PaymentStatus::Reversed,
        Step::Fail(status) => status,
    }
}

/// Whether something is left of what was paid: not when all of it went back, or is owed back.
pub fn is_paid_for(status: PaymentStatus, amount: Rupiah, promised: Rupiah) -> bool {
    matches!(status, PaymentStatus::Settled | PaymentStatus::PartiallyRefunded) && promised < amount
}

#[cfg(test)]
mod tests {
    use super::*;
    use PaymentStatus as Status;
    use proptest::prelude::*;

    const AMOUNT: Rupiah = Rupiah(50_625);

    fn standing(status: Status) -> Standing {
        let refunded = match status {
            Status::PartiallyRefunded => Rupiah(10_000),
            Status::Refunded => AMOUNT,
            _ => Rupiah::ZERO,
        };
        Standing { status, amount: AMOUNT, refunded }
    }

    #[test]
    fn only_settled_money_counts_as_paid() {
        for (status, fraud, expected) in [
            ("settlement", None, Some(Report::Paid)),
            ("capture", Some("accept"), Some(Report::Paid)),
            ("capture", Some("challenge"), Some(Report::Waiting)),
            ("settlement", Some("deny"), Some(Report::Denied)),
            ("PENDING", Some("accept"), Some(Report::Waiting)),
            ("authorize", Some("accept"), Some(Report::Waiting)),
            ("failure", None, Some(Report::Denied)),
            ("something_new", None, None),
        ] {
            assert_eq!(read_report(status, fraud, Rupiah::ZERO), expected, "{status} {fraud:?}");
        }
    }

    #[test]
    fn what_went_back_in_full_is_not_paid_for() {
        assert!(is_paid_for(Status::Settled, AMOUNT, Rupiah::ZERO));
        assert!(is_paid_for(Status::PartiallyRefunded, AMOUNT, Rupiah(10_000)));
        assert!(!is_paid_for(Status::Settled, AMOUNT, AMOUNT), "all of it is owed back");
        for status in [Status::Pending, Status::Denied, Status::Expired, Status::Refunded, Status::Reversed] {
            assert!(!is_paid_for(status, AMOUNT, Rupiah::ZERO), "{status:?}");
        }
    }

    #[test]
    fn old_news_changes_nothing() {
        for status in [Status::Settled, Status::Refunded, Status::Reversed] {
            for report in [Report::Waiting, Report::Expired, Report::Paid] {
                assert!(steps(standing(status), report).is_empty(), "{status:?} {report:?}");
            }
        }
    }

    #[test]
    fn a_denial_after_the_settlement_takes_the_money_back() {
        assert_eq!(steps(standing(Status::Settled), Report::Denied), [Step::Reverse { rest: AMOUNT }]);
    }

    #[test]
    fn a_refund_that_came_before_its_settlement_settles_first() {
        let expected = [Step::Settle, Step::Refund { more: AMOUNT, total: AMOUNT }];
        assert_eq!(steps(standing(Status::Pending), Report::Refunded(AMOUNT)), expected);
    }

    fn any_report() -> impl Strategy<Value = Report> {
        prop_oneof![
            Just(Report::Waiting),
            Just(Report::Paid),
            Just(Report::Denied),
            Just(Report::Cancelled),
            Just(Report::Expired),
            Just(Report::ChargedBack),
            (0_i64..80_000).prop_map(|amount| Report::Refunded(Rupiah(amount))),
        ]
    }

    proptest! {
        #[test]
        fn whatever_comes_money_is_taken_once_and_never_given_back_twice(reports in prop::collection::vec(any_report(), 0..40)) {
            let mut now = standing(Status::Pending);
            let (mut taken, mut given) = (0, 0);
            for report in reports {
                for step in steps(now, report) {
                    match step {
                        Step::Settle => taken += 1,
                        Step::Refund { more, total } => {
                            given += more.0;
                            now.refunded = total;
                        }
                        Step::Reverse { rest } => given += rest.0,
                        Step::Fail(_) => {}
                    }
                    now.status = status_after(step, now.amount);
                }
                prop_assert!(taken <= 1);
                prop_assert!(given <= taken * AMOUNT.0);
            }
        }
    }
}
