//! What a gateway's report means, and where a payment goes with it. An old report never moves a newer state.

use super::entity::PaymentStatus;
use platform::money::Rupiah;

/// A gateway's report reduced to what matters. Amounts are cumulative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    Waiting,
    Paid,
    Denied,
    Cancelled,
    Expired,
    /// Without an amount all of it.
    Refunded(Option<Rupiah>),
    /// The customer's bank took money back; so much is gone in all, with what was given back before. Without an amount all.
    ChargedBack(Option<Rupiah>),
}

/// Reads `transaction_status` and `fraud_status` (`reference/midtrans.md` 4). A word that is not known, or a part without
/// its amount, means nothing.
pub fn read_report(transaction_status: &str, fraud_status: Option<&str>, amount: Option<Rupiah>) -> Option<Report> {
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
        "refund" => Report::Refunded(amount),
        "partial_refund" => Report::Refunded(Some(amount?)),
        "chargeback" => Report::ChargedBack(amount),
        "partial_chargeback" => Report::ChargedBack(Some(amount?)),
        _ => return None,
    };
    Some(report)
}

/// What has to be done to a payment because of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Settle,
    /// So much has been given back in all.
    Refund {
        total: Rupiah,
    },
    /// The payment itself is undone: all that was not given back yet is gone.
    Reverse,
    /// So much has been taken back by the customer's bank in all.
    ChargeBack {
        total: Rupiah,
    },
    /// What a bank had taken back is here again.
    WinBack,
    /// The attempt has failed in this way.
    Fail(PaymentStatus),
}

/// The money of a payment as it stands.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub status: PaymentStatus,
    /// Whether its settlement was posted: it is posted once, whatever the status became since.
    pub is_settled: bool,
    pub amount: Rupiah,
    pub refunded: Rupiah,
    pub charged_back: Rupiah,
}

impl Standing {
    /// Whether nothing is left of a payment of which so much was charged back in all.
    pub fn is_gone_with(self, charged_back: Rupiah) -> bool {
        charged_back + self.refunded >= self.amount
    }
}

/// The steps that a report asks for; none when it is old news.
pub fn steps(standing: Standing, report: Report) -> Vec<Step> {
    use PaymentStatus as Status;
    if !standing.is_settled {
        return match (standing.status, report) {
            (_, Report::Paid) => vec![Step::Settle],
            // We did not see the settlement: the money came and went meanwhile.
            (_, Report::Refunded(_) | Report::ChargedBack(_)) => {
                let settled = Standing { status: Status::Settled, is_settled: true, ..standing };
                [Step::Settle].into_iter().chain(steps(settled, report)).collect()
            }
            (Status::Pending, Report::Denied) => vec![Step::Fail(Status::Denied)],
            (Status::Pending, Report::Cancelled) => vec![Step::Fail(Status::Cancelled)],
            (Status::Pending, Report::Expired) => vec![Step::Fail(Status::Expired)],
            _ => Vec::new(),
        };
    }
    let is_open = matches!(standing.status, Status::Settled | Status::PartiallyRefunded);
    let is_disputed = standing.charged_back > Rupiah::ZERO;
    match report {
        Report::Paid if is_disputed => vec![Step::WinBack],
        // No more is gone than what was given back: no bank has anything of it any more.
        Report::Refunded(Some(total)) if is_disputed && total <= standing.refunded => vec![Step::WinBack],
        Report::Refunded(total) if is_open => refund(standing, total).into_iter().collect(),
        Report::Denied | Report::Cancelled if is_open => vec![Step::Reverse],
        Report::ChargedBack(total) if is_open || standing.status == Status::Refunded => charge_back(standing, total),
        _ => Vec::new(),
    }
}

/// More than was paid cannot go back, and what went back stays so.
fn refund(standing: Standing, total: Option<Rupiah>) -> Option<Step> {
    let total = total.unwrap_or(standing.amount).min(standing.amount - standing.charged_back);
    (total > standing.refunded).then_some(Step::Refund { total })
}

fn charge_back(standing: Standing, gone: Option<Rupiah>) -> Vec<Step> {
    let rest = standing.amount - standing.refunded;
    // What went back already and is taken once more is lost to us whole.
    let most = if standing.status == PaymentStatus::Refunded { standing.amount } else { rest };
    let total = gone.map_or(most, |gone| gone - standing.refunded).min(most);
    if total > standing.charged_back { vec![Step::ChargeBack { total }] } else { Vec::new() }
}

/// Where a step leads.
pub fn status_after(step: Step, standing: Standing) -> PaymentStatus {
    use PaymentStatus as Status;
    match step {
        Step::Settle => Status::Settled,
        Step::Refund { total } if total < standing.amount => Status::PartiallyRefunded,
        Step::Refund { .. } => Status::Refunded,
        Step::Reverse => Status::Reversed,
        Step::ChargeBack { total } if standing.is_gone_with(total) => Status::Reversed,
        Step::ChargeBack { .. } => standing.status,
        Step::WinBack if standing.refunded == Rupiah::ZERO => Status::Settled,
        Step::WinBack if standing.refunded < standing.amount => Status::PartiallyRefunded,
        Step::WinBack => Status::Refunded,
        Step::Fail(status) => status,
    }
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
        let is_settled = !matches!(status, Status::Pending | Status::Denied | Status::Cancelled | Status::Expired);
        Standing { status, is_settled, amount: AMOUNT, refunded, charged_back: Rupiah::ZERO }
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
            ("refund", None, Some(Report::Refunded(None))),
            ("partial_refund", None, None),
            ("partial_chargeback", None, None),
            ("something_new", None, None),
        ] {
            assert_eq!(read_report(status, fraud, None), expected, "{status} {fraud:?}");
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
    fn a_settlement_that_was_posted_is_never_posted_again() {
        let called_off = Standing { is_settled: true, ..standing(Status::Cancelled) };
        assert!(steps(called_off, Report::Paid).is_empty());
    }

    #[test]
    fn a_denial_after_the_settlement_takes_the_money_back() {
        assert_eq!(steps(standing(Status::Settled), Report::Denied), [Step::Reverse]);
    }

    #[test]
    fn a_refund_that_came_before_its_settlement_settles_first() {
        let expected = [Step::Settle, Step::Refund { total: AMOUNT }];
        assert_eq!(steps(standing(Status::Pending), Report::Refunded(Some(AMOUNT))), expected);
        assert_eq!(steps(standing(Status::Pending), Report::Refunded(None)), expected);
    }

    #[test]
    fn what_was_charged_back_can_be_won_back() {
        let paid = standing(Status::Settled);
        assert_eq!(steps(paid, Report::ChargedBack(None)), [Step::ChargeBack { total: AMOUNT }]);
        assert_eq!(status_after(Step::ChargeBack { total: AMOUNT }, paid), Status::Reversed);
        let part = Report::ChargedBack(Some(Rupiah(10_000)));
        assert_eq!(steps(paid, part), [Step::ChargeBack { total: Rupiah(10_000) }]);
        let lost = Standing { status: Status::Reversed, charged_back: AMOUNT, ..paid };
        assert_eq!(steps(lost, Report::Paid), [Step::WinBack]);
        assert_eq!(status_after(Step::WinBack, lost), Status::Settled);
        let in_part = Standing { refunded: Rupiah(10_000), charged_back: Rupiah(40_625), ..lost };
        assert_eq!(steps(in_part, Report::Refunded(Some(Rupiah(10_000)))), [Step::WinBack]);
        assert_eq!(status_after(Step::WinBack, in_part), Status::PartiallyRefunded);
        assert!(steps(in_part, Report::Refunded(Some(Rupiah(20_000)))).is_empty());
    }

    #[test]
    fn what_went_back_and_is_charged_back_as_well_is_not_overlooked() {
        assert_eq!(steps(standing(Status::Refunded), Report::ChargedBack(None)), [Step::ChargeBack { total: AMOUNT }]);
    }

    fn any_report() -> impl Strategy<Value = Report> {
        prop_oneof![
            Just(Report::Waiting),
            Just(Report::Paid),
            Just(Report::Denied),
            Just(Report::Cancelled),
            Just(Report::Expired),
            Just(Report::ChargedBack(None)),
            (0_i64..80_000).prop_map(|amount| Report::ChargedBack(Some(Rupiah(amount)))),
            (0_i64..80_000).prop_map(|amount| Report::Refunded(Some(Rupiah(amount)))),
        ]
    }

    proptest! {
        #[test]
        fn whatever_comes_money_is_taken_once_and_never_given_back_twice(
            reports in prop::collection::vec(any_report(), 0..40),
        ) {
            let mut now = standing(Status::Pending);
            let mut taken = 0;
            for report in reports {
                for step in steps(now, report) {
                    let status = status_after(step, now);
                    match step {
                        Step::Settle => {
                            taken += 1;
                            now.is_settled = true;
                        }
                        Step::Refund { total } => {
                            prop_assert!(total > now.refunded);
                            now.refunded = total;
                        }
                        Step::Reverse => prop_assert!(now.refunded < AMOUNT),
                        Step::ChargeBack { total } => {
                            prop_assert!(total > now.charged_back);
                            now.charged_back = total;
                        }
                        Step::WinBack => now.charged_back = Rupiah::ZERO,
                        Step::Fail(_) => prop_assert!(!now.is_settled),
                    }
                    now.status = status;
                }
                prop_assert!(taken <= 1);
                prop_assert!(now.refunded <= AMOUNT && now.charged_back <= AMOUNT);
            }
        }
    }
}
