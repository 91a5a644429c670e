//! Money that goes back: refunds, once or in parts and never more than was paid, and what a bank takes back by itself.

use super::Refusal;
use crate::transaction::{Refund, Status, Transaction};

/// What the merchant asks for; everything left out means "the rest, under a name of yours".
#[derive(Debug, Default)]
pub(crate) struct RefundWish {
    pub(crate) key: Option<String>,
    pub(crate) amount: Option<i64>,
    pub(crate) reason: Option<String>,
    /// A direct refund: the bank answers at once instead of confirming later.
    pub(crate) online: bool,
}

/// The merchant pays back through the API.
pub(crate) fn refund(tx: &mut Transaction, wish: RefundWish, now: i64, entropy: u128) -> Result<(), Refusal> {
    check_refundable(tx)?;
    let Some(method) = tx.charge.as_ref().map(|charge| charge.method) else { return Err(Refusal::CannotModify) };
    if !method.can_be_refunded() {
        return Err(Refusal::CannotModify);
    }
    let is_partial = wish.amount.is_some_and(|amount| amount != tx.gross_amount);
    if is_partial && !method.can_be_refunded_in_part() {
        return Err(Refusal::RefundRefused("partial refund is not supported by the payment provider"));
    }
    if tx.switches.refuses_refunds {
        return Err(Refusal::RefundRefused("refund is rejected due to insufficient funds"));
    }
    let refund = made_out(tx, wish, now, entropy)?;
    match tx.switches.holds_refunds {
        true => tx.switches.held_refunds.push(refund),
        false => pay_back(tx, refund),
    }
    Ok(())
}

/// The bank pays back by itself, as it can do with any settled payment; it has nothing to confirm later.
pub(crate) fn refund_by_bank(
    tx: &mut Transaction,
    amount: Option<i64>,
    now: i64,
    entropy: u128,
) -> Result<(), Refusal> {
    check_refundable(tx)?;
    let wish = RefundWish { amount, online: true, ..RefundWish::default() };
    let refund = made_out(tx, wish, now, entropy)?;
    pay_back(tx, refund);
    Ok(())
}

/// The card's holder gets the money back from the bank, which takes it from the merchant: also after a refund, and then
/// the merchant has paid twice. Without an amount it is what was not refunded yet, or else all of it.
pub(crate) fn charge_back(tx: &mut Transaction, amount: Option<i64>, now: i64) -> Result<(), Refusal> {
    take_back(tx, amount, Status::Chargeback, now)
}

pub(crate) fn charge_back_in_part(tx: &mut Transaction, amount: Option<i64>, now: i64) -> Result<(), Refusal> {
    if amount.is_none_or(|amount| amount >= tx.gross_amount) {
        return Err(Refusal::Invalid("a partial chargeback needs an amount below the whole"));
    }
    take_back(tx, amount, Status::PartialChargeback, now)
}

fn take_back(tx: &mut Transaction, amount: Option<i64>, to: Status, now: i64) -> Result<(), Refusal> {
    const PAID: [Status; 4] = [Status::Settlement, Status::PartialRefund, Status::Refund, Status::PartialChargeback];
    let left = tx.gross_amount - tx.refunded_amount();
    let amount = amount.unwrap_or(if left > 0 { left } else { tx.gross_amount });
    if !(1..=tx.gross_amount).contains(&amount) {
        return Err(Refusal::Invalid("amount must be between 1 and what was paid"));
    }
    super::leave(tx, &PAID, to)?;
    tx.refunds.push(Refund {
        key: None,
        amount,
        reason: Some("chargeback".into()),
        online: false,
        created_at: now,
        confirmed_at: Some(now),
    });
    Ok(())
}

/// The dispute is decided for the merchant.
pub(crate) fn win_back(tx: &mut Transaction) -> Result<(), Refusal> {
    const DISPUTED: [Status; 2] = [Status::PartialChargeback, Status::Chargeback];
    super::leave(tx, &DISPUTED, Status::Settlement)?;
    tx.refunds.retain(|refund| refund.key.is_some());
    if !tx.refunds.is_empty() {
        tx.status = Status::PartialRefund;
    }
    Ok(())
}

fn check_refundable(tx: &Transaction) -> Result<(), Refusal> {
    match tx.status {
        Status::Settlement | Status::PartialRefund => Ok(()),
        _ => Err(Refusal::CannotModify),
    }
}

/// The refund as it will be booked, if it may be.
fn made_out(tx: &Transaction, wish: RefundWish, now: i64, entropy: u128) -> Result<Refund, Refusal> {
    let key = match wish.key {
        Some(key) if is_good_key(&key) => key,
        Some(_) => return Err(Refusal::Invalid("refund_key may only have letters, digits, dash and underscore")),
        None => format!("reference-{}", super::charge::digits(entropy, 12)),
    };
    let known = || tx.refunds.iter().chain(&tx.switches.held_refunds);
    if known().any(|refund| refund.key.as_ref() == Some(&key)) {
        return Err(Refusal::DuplicateRefundKey);
    }
    let left = tx.gross_amount - known().map(|refund| refund.amount).sum::<i64>();
    let amount = wish.amount.unwrap_or(left);
    if amount < 1 {
        return Err(Refusal::Invalid("amount must be at least 1"));
    }
    if amount > left {
        return Err(Refusal::RefundRefused("refund amount is more than what is left of the transaction"));
    }
    Ok(Refund {
        key: Some(key),
        amount,
        reason: wish.reason,
        online: wish.online,
        created_at: now,
        confirmed_at: wish.online.then_some(now),
    })
}

/// Books a refund.
pub(crate) fn pay_back(tx: &mut Transaction, refund: Refund) {
    tx.refunds.push(refund);
    tx.status = if tx.refunded_amount() >= tx.gross_amount { Status::Refund } else { Status::PartialRefund };
}

fn is_good_key(key: &str) -> bool {
    (1..=255).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, pending, settled};
    use super::*;
    use crate::method::Method;

    fn wish(key: &str, amount: i64) -> RefundWish {
        RefundWish { key: Some(key.into()), amount: Some(amount), ..RefundWish::default() }
    }

    fn ask(tx: &mut Transaction, key: &str, amount: i64) -> Result<(), Refusal> {
        refund(tx, wish(key, amount), NOW, 7)
    }

    #[test]
    fn parts_add_up_to_a_whole_refund() {
        let mut tx = settled(Method::Qris);
        assert_eq!(ask(&mut tx, "a", 85_000), Ok(()));
        assert_eq!((tx.status, tx.refunded_amount()), (Status::PartialRefund, 85_000));
        assert_eq!(ask(&mut tx, "b", 100_000), Ok(()));
        assert_eq!((tx.status, tx.refunded_amount()), (Status::Refund, 185_000));
        assert_eq!(ask(&mut tx, "c", 1), Err(Refusal::CannotModify));
    }

    #[test]
    fn never_more_than_is_left() {
        let mut tx = settled(Method::Gopay);
        assert!(matches!(ask(&mut tx, "a", 185_001), Err(Refusal::RefundRefused(_))));
        assert_eq!(ask(&mut tx, "b", 185_000), Ok(()));
    }

    #[test]
    fn a_key_counts_once() {
        let mut tx = settled(Method::CreditCard);
        assert_eq!(ask(&mut tx, "a", 1_000), Ok(()));
        assert_eq!(ask(&mut tx, "a", 1_000), Err(Refusal::DuplicateRefundKey));
        assert!(matches!(ask(&mut tx, "not good", 1_000), Err(Refusal::Invalid(_))));
    }

    #[test]
    fn without_an_amount_the_rest_is_paid_back() {
        let mut tx = settled(Method::Qris);
        assert_eq!(ask(&mut tx, "a", 5_000), Ok(()));
        assert_eq!(refund(&mut tx, RefundWish::default(), NOW, 7), Ok(()));
        assert_eq!((tx.status, tx.refunds[1].amount), (Status::Refund, 180_000));
    }

    #[test]
    fn nothing_and_less_than_nothing_are_no_refunds() {
        for amount in [0, -5] {
            assert!(matches!(ask(&mut settled(Method::Qris), "a", amount), Err(Refusal::Invalid(_))));
        }
    }

    #[test]
    fn transfers_and_counters_cannot_be_paid_back_by_the_api_but_by_the_bank() {
        for method in [Method::BcaVa, Method::Mandiri, Method::PermataVa, Method::Indomaret] {
            let mut tx = settled(method);
            assert_eq!(ask(&mut tx, "a", 1_000), Err(Refusal::CannotModify));
            assert_eq!(refund_by_bank(&mut tx, Some(1_000), NOW, 7), Ok(()));
            assert_eq!(tx.refunds[0].confirmed_at, Some(NOW));
        }
    }

    #[test]
    fn some_wallets_pay_back_all_or_nothing() {
        for method in [Method::Shopeepay, Method::Ovo] {
            let mut tx = settled(method);
            assert!(matches!(ask(&mut tx, "a", 1_000), Err(Refusal::RefundRefused(_))));
            assert_eq!(ask(&mut tx, "b", 185_000), Ok(()));
        }
        assert_eq!(ask(&mut settled(Method::Dana), "a", 1_000), Ok(()));
    }

    #[test]
    fn a_chargeback_comes_after_a_settlement_and_even_after_a_refund() {
        let mut tx = settled(Method::CreditCard);
        assert!(charge_back_in_part(&mut tx, None, NOW).is_err());
        assert_eq!(charge_back_in_part(&mut tx, Some(20_000), NOW), Ok(()));
        assert_eq!((tx.status, tx.refunded_amount()), (Status::PartialChargeback, 20_000));
        assert_eq!(ask(&mut tx, "a", 1_000), Err(Refusal::CannotModify));
        assert_eq!(charge_back(&mut tx, None, NOW), Ok(()));
        assert_eq!((tx.status, tx.refunded_amount()), (Status::Chargeback, 185_000));
        assert_eq!(charge_back(&mut tx, None, NOW), Err(Refusal::CannotModify));
        assert_eq!(win_back(&mut tx), Ok(()));
        assert_eq!((tx.status, tx.refunded_amount()), (Status::Settlement, 0));
        assert_eq!(win_back(&mut tx), Err(Refusal::CannotModify));

        let mut refunded = settled(Method::CreditCard);
        assert_eq!(ask(&mut refunded, "a", 185_000), Ok(()));
        assert_eq!(charge_back(&mut refunded, None, NOW), Ok(()));
        assert_eq!(refunded.refunded_amount(), 370_000, "paid twice");
        assert_eq!(charge_back(&mut pending(Method::CreditCard), None, NOW), Err(Refusal::CannotModify));
    }

    #[test]
    fn what_is_not_settled_is_not_refunded() {
        let mut tx = pending(Method::Qris);
        assert_eq!(ask(&mut tx, "a", 1_000), Err(Refusal::CannotModify));
        assert_eq!(refund_by_bank(&mut tx, None, NOW, 7), Err(Refusal::CannotModify));
        tx.status = Status::Capture;
        assert_eq!(ask(&mut tx, "a", 1_000), Err(Refusal::CannotModify));
    }
}
