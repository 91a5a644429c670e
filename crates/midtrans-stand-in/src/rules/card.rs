//! Cards. Only Midtrans' published test numbers are taken, so that nobody's real card ends up here.

use super::charge::digits;
use super::{Refusal, charge};
use crate::method::Method;
use crate::times::year_and_month;
use crate::transaction::{Fraud, Instrument, Status, Transaction};

/// What the bank will say to a test card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Accept,
    Deny,
    /// Fraud detection wants a human to look.
    Challenge,
}

impl Verdict {
    const CARDS: [(&'static str, Self); 3] =
        [("4811111111111114", Self::Accept), ("4911111111111113", Self::Deny), ("4511111111111117", Self::Challenge)];

    fn of(number: &str) -> Option<Self> {
        let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
        Self::CARDS.iter().find(|(card, _)| *card == number).map(|(_, verdict)| *verdict)
    }

    pub(crate) fn instrument(self, entropy: u128) -> Instrument {
        let number = match self {
            Self::Accept => Self::CARDS[0].0,
            Self::Deny => Self::CARDS[1].0,
            Self::Challenge => Self::CARDS[2].0,
        };
        Instrument::Card { masked: format!("{}-{}", &number[..8], &number[12..]), approval_code: digits(entropy, 13) }
    }
}

/// The card form as the customer filled it in.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct CardForm {
    number: String,
    /// `MM/YY`.
    expiry: String,
    cvv: String,
}

/// The customer pays by card: the bank answers at once, so the transaction is captured, refused or challenged.
pub(crate) fn pay(tx: &mut Transaction, form: &CardForm, now: i64, entropy: u128) -> Result<(), Refusal> {
    let verdict =
        Verdict::of(&form.number).ok_or(Refusal::Invalid("card number is not a test card of the simulation"))?;
    if !is_valid_until(&form.expiry, year_and_month(now)) {
        return Err(Refusal::Invalid("card has expired or its expiry is not MM/YY"));
    }
    if form.cvv.len() != 3 || !form.cvv.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Refusal::Invalid("cvv must have three digits"));
    }
    charge::charge(tx, Method::CreditCard, now, entropy)?;
    let (status, fraud) = match verdict {
        Verdict::Accept => (Status::Capture, Fraud::Accept),
        Verdict::Deny => (Status::Deny, Fraud::Accept),
        Verdict::Challenge => (Status::Capture, Fraud::Challenge),
    };
    tx.status = status;
    if let Some(charge) = &mut tx.charge {
        charge.instrument = verdict.instrument(entropy);
        charge.fraud = fraud;
    }
    Ok(())
}

fn is_valid_until(expiry: &str, (year, month): (i32, u32)) -> bool {
    let Some((m, y)) = expiry.split_once('/') else { return false };
    let (Ok(m), Ok(y)) = (m.trim().parse::<u32>(), y.trim().parse::<i32>()) else { return false };
    (1..=12).contains(&m) && (0..=99).contains(&y) && (2000 + y, m) >= (year, month)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, created};
    use super::*;

    fn form(number: &str, expiry: &str, cvv: &str) -> CardForm {
        CardForm { number: number.into(), expiry: expiry.into(), cvv: cvv.into() }
    }

    fn pay_with(number: &str, expiry: &str, cvv: &str) -> Result<Transaction, Refusal> {
        let mut tx = created();
        pay(&mut tx, &form(number, expiry, cvv), NOW, 7).map(|()| tx)
    }

    #[test]
    fn the_number_decides_what_the_bank_says() {
        let status = |number| pay_with(number, "12/30", "123").map(|tx| tx.status);
        assert_eq!(status("4811 1111 1111 1114"), Ok(Status::Capture));
        assert_eq!(status("4911 1111 1111 1113"), Ok(Status::Deny));
        let challenged = pay_with("4511 1111 1111 1117", "12/30", "123");
        assert!(challenged.is_ok_and(|tx| super::super::is_challenged(&tx)));
    }

    #[test]
    fn other_numbers_old_cards_and_odd_codes_are_refused() {
        for (number, expiry, cvv) in [
            ("4000 0000 0000 0002", "12/30", "123"),
            ("4811 1111 1111 1114", "10/26", "123"),
            ("4811 1111 1111 1114", "13/30", "123"),
            ("4811 1111 1111 1114", "1230", "123"),
            ("4811 1111 1111 1114", "12/30", "12a"),
        ] {
            assert!(matches!(pay_with(number, expiry, cvv), Err(Refusal::Invalid(_))), "{number} {expiry} {cvv}");
        }
        assert!(pay_with("4811111111111114", "11/26", "123").is_ok(), "valid through its last month");
    }

    #[test]
    fn only_the_masked_number_is_kept() {
        let kept = pay_with("4811 1111 1111 1114", "12/30", "123").ok().and_then(|tx| tx.charge);
        let Some(Instrument::Card { masked, .. }) = kept.map(|charge| charge.instrument) else { panic!("no card") };
        assert_eq!(masked, "48111111-1114");
    }
}
