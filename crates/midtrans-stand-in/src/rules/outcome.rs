//! What the tester makes the customer or the bank do, from the payment page's panel or over `/simulate`.

use serde::Deserialize;

use super::{Refusal, charge, refund};
use crate::method::Method;
use crate::transaction::{Status, Transaction};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    Settlement,
    Pending,
    Deny,
    Cancel,
    Expire,
    Refund,
}

/// Plays the outcome, choosing a method first where nobody did yet: `method`, else the BCA virtual account.
pub(crate) fn play(
    tx: &mut Transaction,
    outcome: Outcome,
    method: Option<Method>,
    refund_amount: Option<i64>,
    now: i64,
    entropy: u128,
) -> Result<(), Refusal> {
    let has_chosen = outcome != Outcome::Refund && choose(tx, outcome, method, now, entropy)?;
    if method.is_some_and(|wanted| tx.charge.as_ref().is_none_or(|charge| charge.method != wanted)) {
        return Err(Refusal::CannotModify);
    }
    match outcome {
        Outcome::Settlement => super::settle(tx, now),
        Outcome::Pending if has_chosen => Ok(()),
        Outcome::Pending => Err(Refusal::CannotModify),
        Outcome::Deny => super::deny(tx),
        Outcome::Cancel => super::cancel(tx),
        Outcome::Expire => super::expire(tx),
        Outcome::Refund => refund::refund_by_bank(tx, refund_amount, now, entropy),
    }
}

/// Chooses a method if none is chosen, if another one is wanted, or if a refused card is tried again.
fn choose(
    tx: &mut Transaction,
    outcome: Outcome,
    wanted: Option<Method>,
    now: i64,
    entropy: u128,
) -> Result<bool, Refusal> {
    let current = tx.charge.as_ref().map(|charge| charge.method);
    let is_retry = tx.status == Status::Deny && matches!(outcome, Outcome::Settlement | Outcome::Pending);
    let is_change = tx.status == Status::Pending && wanted.is_some_and(|method| Some(method) != current);
    if tx.status != Status::Created && !is_retry && !is_change {
        return Ok(false);
    }
    let method = wanted.or(current).unwrap_or_else(|| usual_method(tx));
    if tx.status == Status::Created && outcome == Outcome::Expire {
        // An unused page that ran out can still be made to expire: that is the whole point of asking for it.
        charge::charge_unchecked(tx, method, now, entropy);
    } else {
        charge::charge(tx, method, now, entropy)?;
    }
    Ok(true)
}

fn usual_method(tx: &Transaction) -> Method {
    match tx.methods.first() {
        Some(first) if !tx.methods.contains(&Method::BcaVa) => *first,
        _ => Method::BcaVa,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, created, pending, settled};
    use super::*;
    use crate::times::DAY;

    fn play_on(mut tx: Transaction, outcome: Outcome, method: Option<Method>) -> Result<Transaction, Refusal> {
        play(&mut tx, outcome, method, None, NOW, 7).map(|()| tx)
    }

    #[test]
    fn an_untouched_page_is_paid_by_bca_transfer() {
        let paid = play_on(created(), Outcome::Settlement, None);
        assert!(paid.is_ok_and(|tx| {
            tx.status == Status::Settlement && tx.charge.is_some_and(|charge| charge.method == Method::BcaVa)
        }));
    }

    #[test]
    fn the_tester_may_name_the_method_while_nothing_is_paid() {
        let method_after = |tx: Transaction| {
            play_on(tx, Outcome::Settlement, Some(Method::Gopay)).map(|tx| tx.charge.map(|charge| charge.method))
        };
        assert_eq!(method_after(created()), Ok(Some(Method::Gopay)));
        assert_eq!(method_after(pending(Method::BcaVa)), Ok(Some(Method::Gopay)));
        assert_eq!(play_on(settled(Method::BcaVa), Outcome::Deny, Some(Method::Gopay)), Err(Refusal::CannotModify));
    }

    #[test]
    fn a_settlement_can_be_reversed_or_refunded_but_not_repeated() {
        let status = |outcome| play_on(settled(Method::BcaVa), outcome, None).map(|tx| tx.status);
        assert_eq!(status(Outcome::Deny), Ok(Status::Deny));
        assert_eq!(status(Outcome::Refund), Ok(Status::Refund));
        for outcome in [Outcome::Settlement, Outcome::Pending, Outcome::Cancel, Outcome::Expire] {
            assert_eq!(status(outcome), Err(Refusal::CannotModify));
        }
    }

    #[test]
    fn a_page_that_ran_out_can_only_expire() {
        let mut tx = created();
        assert_eq!(play(&mut tx, Outcome::Settlement, None, None, NOW + DAY, 7), Err(Refusal::PageClosed));
        assert_eq!(play(&mut tx, Outcome::Expire, None, None, NOW + DAY, 7), Ok(()));
        assert_eq!(tx.status, Status::Expire);
    }

    #[test]
    fn a_refused_card_can_still_be_paid_a_refused_transfer_not() {
        let refused = |method| play_on(pending(method), Outcome::Deny, None);
        let retried = |method| refused(method).and_then(|tx| play_on(tx, Outcome::Settlement, None));
        assert!(retried(Method::CreditCard).is_ok_and(|tx| tx.status == Status::Settlement));
        assert_eq!(retried(Method::BcaVa), Err(Refusal::CannotModify));
    }

    #[test]
    fn nothing_unpaid_is_refunded() {
        assert_eq!(play_on(created(), Outcome::Refund, None), Err(Refusal::CannotModify));
    }
}
