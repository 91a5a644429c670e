//! The moves a transaction may make. Pure: they take the transaction and the time, and change it or refuse.

pub(crate) mod card;
pub(crate) mod charge;
pub(crate) mod due;
pub(crate) mod outcome;
pub(crate) mod refund;
pub(crate) mod switches;

use crate::method::Method;
use crate::transaction::{Fraud, Status, Transaction};

/// How the gateway says no. The code is Midtrans' own; it stands in the body of the Core API.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("Transaction doesn't exist.")]
    NotFound,
    #[error("Merchant cannot modify the status of the transaction")]
    CannotModify,
    #[error("{0}")]
    RefundRefused(&'static str),
    #[error("refund_key has already been used")]
    DuplicateRefundKey,
    #[error("{0}")]
    Invalid(&'static str),
    #[error("Transaction page is no longer open")]
    PageClosed,
}

impl Refusal {
    pub(crate) fn code(&self) -> u16 {
        match self {
            Self::Invalid(_) => 400,
            Self::NotFound => 404,
            Self::DuplicateRefundKey => 406,
            Self::PageClosed => 407,
            Self::CannotModify => 412,
            Self::RefundRefused(_) => 414,
        }
    }
}

/// The money is there: paid by the customer, or a captured card the day after.
pub(crate) fn settle(tx: &mut Transaction, now: i64) -> Result<(), Refusal> {
    leave(tx, &[Status::Pending, Status::Capture], Status::Settlement)?;
    tx.settled_at = Some(now);
    judge(tx, Fraud::Accept);
    Ok(())
}

/// The bank has reserved a card's money, or lets fraud detection look at it first.
pub(crate) fn capture(tx: &mut Transaction, fraud: Fraud) -> Result<(), Refusal> {
    let is_card = tx.charge.as_ref().is_some_and(|charge| charge.method == Method::CreditCard);
    if !is_card {
        return Err(Refusal::Invalid("only cards are captured"));
    }
    leave(tx, &[Status::Pending], Status::Capture)?;
    judge(tx, fraud);
    Ok(())
}

/// The bank says no; after a settlement that is its reversal, which takes the money back.
pub(crate) fn deny(tx: &mut Transaction) -> Result<(), Refusal> {
    if is_challenged(tx) {
        return deny_challenge(tx);
    }
    leave(tx, &[Status::Pending, Status::Settlement], Status::Deny)
}

/// The merchant calls it off. What has settled needs a refund instead.
pub(crate) fn cancel(tx: &mut Transaction) -> Result<(), Refusal> {
    leave(tx, &[Status::Pending, Status::Capture], Status::Cancel)
}

pub(crate) fn expire(tx: &mut Transaction) -> Result<(), Refusal> {
    leave(tx, &[Status::Pending], Status::Expire)
}

/// The merchant takes the page back; only while nobody chose a method on it.
pub(crate) fn withdraw(tx: &mut Transaction) -> Result<(), Refusal> {
    leave(tx, &[Status::Created], Status::Withdrawn)
}

/// The merchant believes a challenged card.
pub(crate) fn approve_challenge(tx: &mut Transaction) -> Result<(), Refusal> {
    if !is_challenged(tx) {
        return Err(Refusal::CannotModify);
    }
    judge(tx, Fraud::Accept);
    Ok(())
}

pub(crate) fn deny_challenge(tx: &mut Transaction) -> Result<(), Refusal> {
    if !is_challenged(tx) {
        return Err(Refusal::CannotModify);
    }
    judge(tx, Fraud::Deny);
    leave(tx, &[Status::Capture], Status::Deny)
}

pub(crate) fn is_challenged(tx: &Transaction) -> bool {
    tx.status == Status::Capture && tx.charge.as_ref().is_some_and(|charge| charge.fraud == Fraud::Challenge)
}

fn leave(tx: &mut Transaction, from: &[Status], to: Status) -> Result<(), Refusal> {
    if !from.contains(&tx.status) {
        return Err(Refusal::CannotModify);
    }
    tx.status = to;
    Ok(())
}

fn judge(tx: &mut Transaction, fraud: Fraud) {
    if let Some(charge) = &mut tx.charge {
        charge.fraud = fraud;
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

    use super::switches::Switches;
    use super::*;
    use crate::times::{DAY, HOUR};

    pub(crate) const NOW: i64 = 1_793_585_704_000;

    /// A page of Rp185.000 on which nobody chose a method yet.
    pub(crate) fn created() -> Transaction {
        Transaction {
            order_id: "ORDER-1".into(),
            token: "token-1".into(),
            transaction_id: "transaction-1".into(),
            status: Status::Created,
            revision: 0,
            gross_amount: 185_000,
            items: Vec::new(),
            customer_name: None,
            custom_fields: [None, None, None],
            methods: Method::ALL.to_vec(),
            finish_url: None,
            error_url: None,
            override_urls: Vec::new(),
            append_urls: Vec::new(),
            created_at: NOW,
            page_deadline: NOW + DAY,
            payment_deadline: Some(NOW + HOUR),
            charge: None,
            settled_at: None,
            refunds: Vec::new(),
            switches: Switches::default(),
        }
    }

    pub(crate) fn pending(method: Method) -> Transaction {
        let mut tx = created();
        charge::charge(&mut tx, method, NOW, 7).unwrap();
        tx
    }

    pub(crate) fn settled(method: Method) -> Transaction {
        let mut tx = pending(method);
        settle(&mut tx, NOW).unwrap();
        tx
    }

    type Move = fn(&mut Transaction) -> Result<(), Refusal>;

    const MOVES: [(&str, Move); 4] =
        [("settle", |tx| settle(tx, NOW)), ("deny", deny), ("cancel", cancel), ("expire", expire)];

    #[test]
    fn every_status_allows_exactly_its_own_moves() {
        let allowed = [
            (Status::Created, vec![]),
            (Status::Withdrawn, vec![]),
            (Status::Pending, vec!["settle", "deny", "cancel", "expire"]),
            (Status::Capture, vec!["settle", "cancel"]),
            (Status::Settlement, vec!["deny"]),
            (Status::Deny, vec![]),
            (Status::Cancel, vec![]),
            (Status::Expire, vec![]),
            (Status::PartialRefund, vec![]),
            (Status::Refund, vec![]),
            (Status::PartialChargeback, vec![]),
            (Status::Chargeback, vec![]),
        ];
        for (status, names) in allowed {
            for (name, make) in MOVES {
                let mut tx = pending(Method::BcaVa);
                tx.status = status;
                let result = make(&mut tx);
                assert_eq!(result.is_ok(), names.contains(&name), "{name} from {}", status.as_str());
                if result.is_err() {
                    assert_eq!(tx.status, status, "a refused move changes nothing");
                    assert_eq!(result, Err(Refusal::CannotModify));
                }
            }
        }
    }

    #[test]
    fn only_cards_are_captured_and_settle_later() {
        let mut tx = pending(Method::CreditCard);
        assert_eq!(capture(&mut tx, Fraud::Challenge), Ok(()));
        assert!(is_challenged(&tx));
        assert_eq!(capture(&mut tx, Fraud::Accept), Err(Refusal::CannotModify));
        assert_eq!(settle(&mut tx, NOW), Ok(()));
        assert!(matches!(capture(&mut pending(Method::Qris), Fraud::Accept), Err(Refusal::Invalid(_))));
    }

    #[test]
    fn only_an_untouched_page_can_be_withdrawn() {
        assert_eq!(withdraw(&mut created()), Ok(()));
        assert_eq!(withdraw(&mut pending(Method::Gopay)), Err(Refusal::CannotModify));
    }

    #[test]
    fn a_challenge_is_approved_or_denied_once() {
        let mut tx = pending(Method::CreditCard);
        tx.status = Status::Capture;
        assert_eq!(approve_challenge(&mut tx), Err(Refusal::CannotModify));
        judge(&mut tx, Fraud::Challenge);
        let mut other = tx.clone();

        assert_eq!(approve_challenge(&mut tx), Ok(()));
        assert_eq!(tx.status, Status::Capture);
        assert_eq!(deny_challenge(&mut tx), Err(Refusal::CannotModify));

        assert_eq!(deny(&mut other), Ok(()));
        assert_eq!(other.status, Status::Deny);
        assert_eq!(other.charge.unwrap().fraud, Fraud::Deny);
    }
}
