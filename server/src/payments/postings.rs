//! How payments stand in the ledger.

use super::entity::PaymentId;
use crate::accounts::AccountId;
use crate::consultations::{Quote, QuoteLineKind};
use crate::ledger::{Account, Entry};
use crate::platform::clock::Timestamp;
use crate::platform::money::Rupiah;

/// The gateway holds the whole; the doctor is owed the base, the fee is ours.
pub fn settlement(payment: PaymentId, doctor: AccountId, quote: &Quote, at: Timestamp) -> Entry {
    Entry {
        reference: format!("payment:{payment}:settled"),
        occurred_at: at,
        lines: vec![
            (Account::Gateway, quote.total()),
            (Account::PartnerPayable(doctor), -quote.amount(QuoteLineKind::Base)),
            (Account::PlatformRevenue, -quote.amount(QuoteLineKind::PlatformFee)),
        ],
    }
}

/// Money that came too late for its purpose: all of it is owed back to the owner.
pub fn stranded(payment: PaymentId, amount: Rupiah, at: Timestamp) -> Entry {
    Entry {
        reference: format!("payment:{payment}:settled"),
        occurred_at: at,
        lines: vec![(Account::Gateway, amount), (Account::RefundsPayable, -amount)],
    }
}

/// Part of a payment is owed back to the owner; the doctor and we give back in the proportion in which we had received.
/// `before` and `after` are what has been promised in all, so that roundings of several parts never add up to more than
/// the whole.
pub fn promise(
    payment: PaymentId,
    doctor: AccountId,
    quote: &Quote,
    before: Rupiah,
    after: Rupiah,
    at: Timestamp,
) -> Entry {
    let base = quote.amount(QuoteLineKind::Base);
    let doctors_part = base.share_of(after, quote.total()) - base.share_of(before, quote.total());
    let all = after - before;
    Entry {
        reference: format!("payment:{payment}:promised:{after}", after = after.0),
        occurred_at: at,
        lines: vec![
            (Account::RefundsPayable, -all),
            (Account::PartnerPayable(doctor), doctors_part),
            (Account::PlatformRevenue, all - doctors_part),
        ],
    }
}

/// Another doctor takes a consultation over: what is left for the first one is the other's.
pub fn take_over(
    payment: PaymentId,
    (from, to): (AccountId, AccountId),
    quote: &Quote,
    promised: Rupiah,
    at: Timestamp,
) -> Entry {
    let base = quote.amount(QuoteLineKind::Base);
    let left = base - base.share_of(promised, quote.total());
    Entry {
        // The first one may get it back from the third: the moment tells the two apart.
        reference: format!("payment:{payment}:taken_over:{to}:{at}", at = at.as_millis()),
        occurred_at: at,
        lines: vec![(Account::PartnerPayable(from), left), (Account::PartnerPayable(to), -left)],
    }
}

/// What was owed back has left the gateway. The amounts are what is gone in all.
pub fn give_back(payment: PaymentId, before: Rupiah, after: Rupiah, at: Timestamp) -> Entry {
    let all = after - before;
    Entry {
        reference: format!("payment:{payment}:given_back:{after}", after = after.0),
        occurred_at: at,
        lines: vec![(Account::Gateway, -all), (Account::RefundsPayable, all)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::money::BasisPoints;
    use proptest::prelude::*;

    fn sum(entry: &Entry) -> Rupiah {
        entry.lines.iter().map(|(_, amount)| *amount).sum()
    }

    proptest! {
        #[test]
        fn settling_and_promising_back_in_any_parts_leaves_nothing(
            base in 1_000_i64..10_000_000,
            markup in 1_000_i32..=1_500,
            cuts in prop::collection::vec(0.0_f64..1.0, 0..6),
        ) {
            let (payment, doctor, at) = (PaymentId::new(), AccountId::new(), Timestamp::from_millis(0));
            let quote = Quote::new(Rupiah(base), BasisPoints(markup));
            let total = quote.total();
            let mut stops: Vec<i64> = cuts.iter().map(|cut| (total.0 as f64 * cut) as i64).collect();
            stops.push(total.0);
            stops.sort_unstable();

            let settled = settlement(payment, doctor, &quote, at);
            prop_assert_eq!(sum(&settled), Rupiah::ZERO);
            let mut owed = -settled.lines[1].1;
            let mut earned = -settled.lines[2].1;
            let mut before = Rupiah::ZERO;
            for stop in stops {
                let entry = promise(payment, doctor, &quote, before, Rupiah(stop), at);
                prop_assert_eq!(sum(&entry), Rupiah::ZERO);
                owed = owed - entry.lines[1].1;
                earned = earned - entry.lines[2].1;
                prop_assert!(owed >= Rupiah::ZERO && earned >= Rupiah(-1));
                before = Rupiah(stop);
            }
            prop_assert_eq!((owed, earned), (Rupiah::ZERO, Rupiah::ZERO));
        }
    }
}
