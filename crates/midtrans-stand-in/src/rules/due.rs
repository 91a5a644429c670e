//! What happens by itself once its time has come.

use super::{is_challenged, settle};
use crate::times::{DAY, SECOND};
use crate::transaction::{Status, Transaction};

/// A captured card settles the day after.
const CAPTURE_SETTLES_AFTER: i64 = DAY;
/// The bank confirms a refund later; a stand-in does not let anybody wait for it.
const REFUND_CONFIRMED_AFTER: i64 = 3 * SECOND;

/// When the transaction will move by itself, if it will.
pub(crate) fn due_at(tx: &Transaction) -> Option<i64> {
    match tx.status {
        Status::Pending => tx.charge.as_ref().map(|charge| charge.expires_at),
        Status::Capture if !is_challenged(tx) => {
            tx.charge.as_ref().map(|charge| charge.charged_at + CAPTURE_SETTLES_AFTER)
        }
        Status::PartialRefund | Status::Refund => tx
            .refunds
            .iter()
            .filter(|refund| refund.confirmed_at.is_none())
            .map(|refund| refund.created_at + REFUND_CONFIRMED_AFTER)
            .min(),
        _ => None,
    }
}

/// Makes the move if its time has come, and says whether it did.
pub(crate) fn catch_up(tx: &mut Transaction, now: i64) -> bool {
    if due_at(tx).is_none_or(|at| at > now) {
        return false;
    }
    match tx.status {
        Status::Pending => super::expire(tx).is_ok(),
        Status::Capture => settle(tx, now).is_ok(),
        _ => {
            for refund in &mut tx.refunds {
                if refund.created_at + REFUND_CONFIRMED_AFTER <= now {
                    refund.confirmed_at.get_or_insert(now);
                }
            }
            true
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

    use super::super::refund::{RefundWish, refund};
    use super::super::tests::{NOW, created, pending, settled};
    use super::*;
    use crate::method::Method;
    use crate::times::HOUR;

    #[test]
    fn a_pending_payment_expires_at_its_deadline_and_not_before() {
        let mut tx = pending(Method::BcaVa);
        assert!(!catch_up(&mut tx, NOW + HOUR - 1));
        assert!(catch_up(&mut tx, NOW + HOUR));
        assert_eq!(tx.status, Status::Expire);
        assert_eq!(due_at(&tx), None);
    }

    #[test]
    fn a_page_nobody_used_moves_nothing() {
        assert_eq!(due_at(&created()), None);
    }

    #[test]
    fn a_captured_card_settles_the_day_after() {
        let mut tx = pending(Method::CreditCard);
        tx.status = Status::Capture;
        assert!(!catch_up(&mut tx, NOW + HOUR));
        assert!(catch_up(&mut tx, NOW + DAY));
        assert_eq!(tx.status, Status::Settlement);
    }

    #[test]
    fn a_refund_is_confirmed_a_little_later_and_once() {
        let mut tx = settled(Method::Qris);
        refund(&mut tx, RefundWish::default(), NOW, 7).unwrap();
        assert!(!catch_up(&mut tx, NOW));
        assert!(catch_up(&mut tx, NOW + REFUND_CONFIRMED_AFTER));
        assert_eq!(tx.refunds[0].confirmed_at, Some(NOW + REFUND_CONFIRMED_AFTER));
        assert!(!catch_up(&mut tx, NOW + DAY));
    }
}
