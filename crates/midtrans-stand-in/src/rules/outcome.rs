//! What the tester makes the customer or the bank do, from the payment page's panel or over `/simulate`.

use serde::Deserialize;

use super::switches::release_refunds;
use super::{Refusal, charge, refund};
use crate::method::Method;
use crate::transaction::{Fraud, Status, Transaction};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    Settlement,
    Pending,
    /// A card's money is reserved; it settles the day after, or by `settlement`.
    Capture,
    /// The same, and fraud detection wants a human to look.
    Challenge,
    Deny,
    Cancel,
    Expire,
    Refund,
    Chargeback,
    PartialChargeback,
    /// The merchant has won the dispute: what was charged back is here again.
    WinBack,
    /// From now on refunds are taken, and nothing comes of them.
    HoldRefunds,
    /// What was held is paid back and confirmed.
    ReleaseRefunds,
    /// From now on the merchant's balance is too low for refunds.
    RefuseRefunds,
    AcceptRefunds,
}

impl Outcome {
    /// All of them, for whoever asked for another.
    pub(crate) const NAMES: &'static str = "settlement, pending, capture, challenge, deny, cancel, expire, refund, \
         chargeback, partial_chargeback, win_back, hold_refunds, release_refunds, refuse_refunds, accept_refunds";

    /// Whether it changes how the gateway behaves, and nothing of the transaction.
    pub(crate) fn is_switch(self) -> bool {
        matches!(self, Self::HoldRefunds | Self::RefuseRefunds | Self::AcceptRefunds)
    }

    /// Whether the customer pays or tries to, so that a method has to be chosen first.
    fn needs_method(self) -> bool {
        matches!(
            self,
            Self::Settlement
                | Self::Pending
                | Self::Capture
                | Self::Challenge
                | Self::Deny
                | Self::Cancel
                | Self::Expire
        )
    }

    /// Whether a refused card can be tried again with it.
    fn is_attempt(self) -> bool {
        matches!(self, Self::Settlement | Self::Pending | Self::Capture | Self::Challenge)
    }
}

/// Plays the outcome, choosing a method first where nobody did yet: `method`, else a card where only cards will do, else
/// the BCA virtual account. `amount` is what goes back.
pub(crate) fn play(
    tx: &mut Transaction,
    outcome: Outcome,
    method: Option<Method>,
    amount: Option<i64>,
    now: i64,
    entropy: u128,
) -> Result<(), Refusal> {
    let method = match outcome {
        Outcome::Capture | Outcome::Challenge => method.or(Some(Method::CreditCard)),
        _ => method,
    };
    let has_chosen = outcome.needs_method() && choose(tx, outcome, method, now, entropy)?;
    if method.is_some_and(|wanted| tx.charge.as_ref().is_none_or(|charge| charge.method != wanted)) {
        return Err(Refusal::CannotModify);
    }
    match outcome {
        Outcome::Settlement => super::settle(tx, now),
        Outcome::Pending if has_chosen => Ok(()),
        Outcome::Pending => Err(Refusal::CannotModify),
        Outcome::Capture => super::capture(tx, Fraud::Accept),
        Outcome::Challenge => super::capture(tx, Fraud::Challenge),
        Outcome::Deny => super::deny(tx),
        Outcome::Cancel => super::cancel(tx),
        Outcome::Expire => super::expire(tx),
        Outcome::Refund => refund::refund_by_bank(tx, amount, now, entropy),
        Outcome::Chargeback => refund::charge_back(tx, amount, now),
        Outcome::PartialChargeback => refund::charge_back_in_part(tx, amount, now),
        Outcome::WinBack => refund::win_back(tx),
        Outcome::ReleaseRefunds => {
            release_refunds(tx, now);
            Ok(())
        }
        Outcome::HoldRefunds => {
            tx.switches.holds_refunds = true;
            Ok(())
        }
        Outcome::RefuseRefunds | Outcome::AcceptRefunds => {
            tx.switches.refuses_refunds = outcome == Outcome::RefuseRefunds;
            Ok(())
        }
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
    let is_retry = tx.status == Status::Deny && outcome.is_attempt();
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
    fn a_capture_is_a_cards_and_a_refused_card_can_be_captured_after_all() {
        let captured = play_on(created(), Outcome::Capture, None);
        assert!(captured.is_ok_and(|tx| tx.status == Status::Capture));
        let reviewed = play_on(pending(Method::BcaVa), Outcome::Challenge, None);
        assert!(reviewed.is_ok_and(|tx| super::super::is_challenged(&tx)));
        let refused = play_on(pending(Method::CreditCard), Outcome::Deny, None);
        assert!(refused.and_then(|tx| play_on(tx, Outcome::Capture, None)).is_ok());
        assert!(play_on(created(), Outcome::Capture, Some(Method::Qris)).is_err());
    }

    #[test]
    fn a_switch_is_turned_at_any_time_and_moves_nothing() {
        let held = play_on(created(), Outcome::HoldRefunds, None);
        assert!(held.is_ok_and(|tx| tx.status == Status::Created && tx.switches.holds_refunds));
        let refused = play_on(settled(Method::Qris), Outcome::RefuseRefunds, None);
        assert!(refused.as_ref().is_ok_and(|tx| tx.switches.refuses_refunds));
        let accepted = refused.and_then(|tx| play_on(tx, Outcome::AcceptRefunds, None));
        assert!(accepted.is_ok_and(|tx| !tx.switches.refuses_refunds));
    }

    #[test]
    fn nothing_unpaid_is_refunded() {
        assert_eq!(play_on(created(), Outcome::Chargeback, None), Err(Refusal::CannotModify));
        assert_eq!(play_on(created(), Outcome::Refund, None), Err(Refusal::CannotModify));
    }
}
