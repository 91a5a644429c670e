//! Choosing a method: whether it may be done, and what the customer is told to pay with or to.

use super::Refusal;
use crate::method::Method;
use crate::times::MINUTE;
use crate::transaction::{Charge, Fraud, Instrument, Status, Transaction};

/// The customer chooses a method, or another one while nothing is paid.
///
/// The transaction keeps its id when the method changes, so that whoever remembers the id still finds it.
/// `entropy` makes the numbers of the charge.
pub(crate) fn charge(tx: &mut Transaction, method: Method, now: i64, entropy: u128) -> Result<(), Refusal> {
    check_open(tx, now)?;
    if !tx.methods.contains(&method) {
        return Err(Refusal::Invalid("payment method is not enabled for this transaction"));
    }
    charge_unchecked(tx, method, now, entropy);
    Ok(())
}

/// The same without asking whether the page is open: for the simulation of what happens too late.
pub(crate) fn charge_unchecked(tx: &mut Transaction, method: Method, now: i64, entropy: u128) {
    let patience = now + method.default_patience_minutes() * MINUTE;
    tx.status = Status::Pending;
    tx.charge = Some(Charge {
        method,
        instrument: instrument(method, entropy),
        fraud: Fraud::Accept,
        charged_at: now,
        expires_at: tx.payment_deadline.unwrap_or(patience),
    });
}

/// A method may be chosen while the page is open and nothing is paid. After a card was refused the customer may try
/// again on the same page, so a settlement can follow a denial.
pub(crate) fn check_open(tx: &Transaction, now: i64) -> Result<(), Refusal> {
    match tx.status {
        Status::Created | Status::Pending => {}
        Status::Deny if is_refused_card(tx) => {}
        Status::Withdrawn => return Err(Refusal::PageClosed),
        _ => return Err(Refusal::CannotModify),
    }
    if now >= open_until(tx) {
        return Err(Refusal::PageClosed);
    }
    Ok(())
}

/// Until when a method can be chosen.
pub(crate) fn open_until(tx: &Transaction) -> i64 {
    tx.payment_deadline.map_or(tx.page_deadline, |deadline| deadline.min(tx.page_deadline))
}

fn is_refused_card(tx: &Transaction) -> bool {
    tx.settled_at.is_none() && tx.charge.as_ref().is_some_and(|charge| charge.method == Method::CreditCard)
}

fn instrument(method: Method, entropy: u128) -> Instrument {
    let number = |prefix: &str, length| format!("{prefix}{}", digits(entropy, length));
    match method {
        Method::BcaVa => Instrument::VirtualAccount { number: number("80777", 11) },
        Method::BniVa => Instrument::VirtualAccount { number: number("98830", 11) },
        Method::BriVa => Instrument::VirtualAccount { number: number("12890", 13) },
        Method::PermataVa => Instrument::VirtualAccount { number: number("85080", 11) },
        Method::CimbVa => Instrument::VirtualAccount { number: number("93490", 11) },
        Method::Mandiri => Instrument::Bill { biller_code: "70012".into(), bill_key: digits(entropy, 12) },
        Method::Qris | Method::Gopay | Method::Shopeepay | Method::Dana | Method::Ovo => Instrument::Qr,
        Method::CreditCard => super::card::Verdict::Accept.instrument(entropy),
        Method::Indomaret | Method::Alfamart => Instrument::Counter { payment_code: digits(entropy, 14) },
    }
}

/// The last `length` decimal digits of `entropy`.
pub(crate) fn digits(entropy: u128, length: usize) -> String {
    let all = format!("{entropy:039}");
    all[all.len() - length..].to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

    use super::super::tests::{NOW, created, pending, settled};
    use super::*;
    use crate::times::HOUR;

    #[test]
    fn the_number_has_the_length_its_method_promises() {
        let mut tx = created();
        charge(&mut tx, Method::BcaVa, NOW, u128::MAX).unwrap();
        let Instrument::VirtualAccount { number } = tx.charge.unwrap().instrument else { panic!("no account") };
        assert_eq!(number, "8077731768211455");
        assert_eq!(digits(7, 4), "0007");
    }

    #[test]
    fn the_merchants_expiry_rules_and_otherwise_the_methods_patience() {
        assert_eq!(pending(Method::Gopay).charge.unwrap().expires_at, NOW + HOUR);
        let mut tx = created();
        tx.payment_deadline = None;
        charge(&mut tx, Method::Gopay, NOW, 7).unwrap();
        assert_eq!(tx.charge.unwrap().expires_at, NOW + 15 * MINUTE);
    }

    #[test]
    fn the_method_may_change_until_something_is_paid() {
        let mut tx = pending(Method::BcaVa);
        assert_eq!(charge(&mut tx, Method::Qris, NOW, 8), Ok(()));
        assert_eq!(tx.transaction_id, created().transaction_id);
        assert_eq!(charge(&mut settled(Method::BcaVa), Method::Qris, NOW, 8), Err(Refusal::CannotModify));
    }

    #[test]
    fn a_closed_page_takes_no_choice() {
        let late = NOW + HOUR;
        assert_eq!(charge(&mut created(), Method::BcaVa, late, 7), Err(Refusal::PageClosed));
        let mut withdrawn = created();
        withdrawn.status = Status::Withdrawn;
        assert_eq!(charge(&mut withdrawn, Method::BcaVa, NOW, 7), Err(Refusal::PageClosed));
    }

    #[test]
    fn a_method_that_is_not_enabled_is_refused() {
        let mut tx = created();
        tx.methods = vec![Method::Gopay];
        assert!(matches!(charge(&mut tx, Method::BcaVa, NOW, 7), Err(Refusal::Invalid(_))));
    }

    #[test]
    fn a_refused_card_may_be_tried_again_but_a_reversed_one_not() {
        let mut refused = pending(Method::CreditCard);
        super::super::deny(&mut refused).unwrap();
        assert_eq!(charge(&mut refused, Method::CreditCard, NOW, 7), Ok(()));

        let mut reversed = settled(Method::CreditCard);
        super::super::deny(&mut reversed).unwrap();
        assert_eq!(charge(&mut reversed, Method::CreditCard, NOW, 7), Err(Refusal::CannotModify));

        let mut transfer = pending(Method::BcaVa);
        super::super::deny(&mut transfer).unwrap();
        assert_eq!(charge(&mut transfer, Method::BcaVa, NOW, 7), Err(Refusal::CannotModify));
    }
}
