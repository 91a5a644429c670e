//! What a tester turns on or off for one transaction: faults of the gateway, and reports that say less or other than
//! what is so. They stay until they are turned back.

use serde::{Deserialize, Serialize};

use super::refund::pay_back;
use crate::transaction::{Refund, Transaction};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Switches {
    /// Refunds are taken, and nothing comes of them until they are released.
    pub(crate) holds_refunds: bool,
    pub(crate) held_refunds: Vec<Refund>,
    /// The merchant's balance is too low for any refund.
    pub(crate) refuses_refunds: bool,
    /// What is told as `gross_amount` instead of the order's own, as where the customer pays the fee.
    pub(crate) told_amount: Option<String>,
    /// What went back is told by the status alone, without `refund_amount` and `refunds`.
    pub(crate) hides_refund_amount: bool,
}

/// The bank does what it was asked for: all that was held counts, and is confirmed, now.
pub(crate) fn release_refunds(tx: &mut Transaction, now: i64) {
    tx.switches.holds_refunds = false;
    for mut refund in std::mem::take(&mut tx.switches.held_refunds) {
        refund.confirmed_at = Some(now);
        pay_back(tx, refund);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Refusal;
    use super::super::refund::{RefundWish, refund, refund_by_bank};
    use super::super::tests::{NOW, settled};
    use super::*;
    use crate::method::Method;
    use crate::transaction::Status;

    fn ask(tx: &mut Transaction, key: &str, amount: i64) -> Result<(), Refusal> {
        refund(tx, RefundWish { key: Some(key.into()), amount: Some(amount), ..RefundWish::default() }, NOW, 7)
    }

    #[test]
    fn a_held_refund_counts_only_when_it_is_released() {
        let mut tx = settled(Method::Qris);
        tx.switches.holds_refunds = true;
        assert_eq!(ask(&mut tx, "a", 85_000), Ok(()));
        assert_eq!((tx.status, tx.refunded_amount()), (Status::Settlement, 0));
        assert_eq!(ask(&mut tx, "a", 85_000), Err(Refusal::DuplicateRefundKey));
        assert!(matches!(ask(&mut tx, "b", 100_001), Err(Refusal::RefundRefused(_))), "held money is spoken for");
        assert_eq!(refund_by_bank(&mut tx, Some(1_000), NOW, 7), Ok(()), "the bank holds nothing of its own");

        release_refunds(&mut tx, NOW + 9);
        assert_eq!((tx.status, tx.refunded_amount()), (Status::PartialRefund, 86_000));
        assert_eq!(tx.refunds[1].confirmed_at, Some(NOW + 9));
        assert_eq!(ask(&mut tx, "c", 99_000), Ok(()));
        assert_eq!(tx.status, Status::Refund);
    }

    #[test]
    fn an_empty_balance_refuses_every_refund() {
        let mut tx = settled(Method::Qris);
        tx.switches.refuses_refunds = true;
        assert!(matches!(ask(&mut tx, "a", 1_000), Err(Refusal::RefundRefused(_))));
        tx.switches.refuses_refunds = false;
        assert_eq!(ask(&mut tx, "a", 1_000), Ok(()));
    }
}
