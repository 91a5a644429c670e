//! How payments stand in the ledger.

use super::entity::{Model, RefundId};
use crate::accounts::AccountId;
use crate::ledger::{About, Account, Entry, EntryKind};
use crate::orders::{LineAccount, Order, OrderStatus, Quote};
use platform::clock::Timestamp;
use platform::money::Rupiah;

fn about(payment: &Model) -> About {
    About { order: Some(payment.order_id.0), payment: Some(payment.id.0), ..About::default() }
}

/// Where a line of a quote stands. What a partner gets is pending until the order is earned.
fn account(line: LineAccount, order: &Order) -> Account {
    match line {
        LineAccount::Partner if order.status == OrderStatus::Earned => Account::PartnerPayable(order.payee_id),
        LineAccount::Partner => Account::PartnerPending(order.payee_id),
        LineAccount::PlatformRevenue => Account::PlatformRevenue,
    }
}

impl Model {
    /// The gateway holds the whole; each line of the quote says whose its part is.
    pub fn settlement(&self, order: &Order, quote: &Quote, at: Timestamp) -> Entry {
        let lines = quote.lines.iter().map(|line| (account(line.account, order), -line.amount));
        Entry {
            kind: EntryKind::Settled,
            about: about(self),
            reference: format!("payment:{}:settled", self.id),
            occurred_at: at,
            lines: [(Account::Gateway, quote.total())].into_iter().chain(lines).collect(),
        }
    }
}

/// Money that came too late for its purpose: all of it is owed back to the owner.
pub fn stranded(payment: &Model, at: Timestamp) -> Entry {
    Entry {
        kind: EntryKind::Settled,
        about: about(payment),
        reference: format!("payment:{}:settled", payment.id),
        occurred_at: at,
        lines: vec![(Account::Gateway, payment.amount), (Account::RefundsPayable, -payment.amount)],
    }
}

/// Money of another amount than was asked for: nobody knows what it is for until somebody has looked.
pub fn suspended(payment: &Model, received: Rupiah, at: Timestamp) -> Entry {
    Entry {
        kind: EntryKind::Other,
        about: about(payment),
        reference: format!("payment:{}:suspense", payment.id),
        occurred_at: at,
        lines: vec![(Account::Gateway, received), (Account::Suspense, -received)],
    }
}

/// Part of a payment is owed back to the owner; each line gives back in the proportion in which it had received. `after` is
/// what has been promised in all.
pub fn promise(payment: &Model, order: &Order, quote: &Quote, after: Rupiah, at: Timestamp) -> Entry {
    let before = payment.promised_amount;
    let shares = quote.allocate(after).into_iter().zip(quote.allocate(before));
    let lines =
        quote.lines.iter().zip(shares).map(|(line, (after, before))| (account(line.account, order), after - before));
    Entry {
        kind: EntryKind::Promised,
        about: about(payment),
        reference: format!("payment:{}:promised:{}", payment.id, after.0),
        occurred_at: at,
        lines: [(Account::RefundsPayable, before - after)].into_iter().chain(lines).collect(),
    }
}

/// An order is over without having been rendered, and of its payment only so much was promised: the rest had been taken back
/// by a bank. Who was to get that rest has no claim on it, so that it is no loss of ours.
pub fn given_up(payment: &Model, order: &Order, quote: &Quote, at: Timestamp) -> Entry {
    let rest = payment.amount - payment.promised_amount;
    let promised = quote.allocate(payment.promised_amount);
    let lines = quote.lines.iter().zip(promised).map(|(line, gone)| (account(line.account, order), line.amount - gone));
    Entry {
        kind: EntryKind::ChargedBack,
        about: about(payment),
        reference: format!("payment:{}:given_up", payment.id),
        occurred_at: at,
        lines: [(Account::ChargebackLoss, -rest)].into_iter().chain(lines).collect(),
    }
}

/// Another partner takes an order over: what is left pending for the first one is the other's.
pub fn take_over(order: &Order, to: AccountId, left: Rupiah, at: Timestamp) -> Entry {
    Entry {
        kind: EntryKind::TakenOver,
        about: About { order: Some(order.id.0), ..About::default() },
        // The first one may get it back from the third: the moment tells the two apart.
        reference: format!("order:{}:taken_over:{to}:{}", order.id, at.as_millis()),
        occurred_at: at,
        lines: vec![(Account::PartnerPending(order.payee_id), -left), (Account::PartnerPending(to), left)],
    }
}

/// What was owed back has left the gateway; `after` is what is gone in all.
pub fn give_back(payment: &Model, after: Rupiah, at: Timestamp) -> Entry {
    let all = after - payment.refunded_amount;
    Entry {
        kind: EntryKind::GivenBack,
        about: about(payment),
        reference: format!("payment:{}:given_back:{}", payment.id, after.0),
        occurred_at: at,
        lines: vec![(Account::Gateway, -all), (Account::RefundsPayable, all)],
    }
}

/// The bank took back all that was left, after all of it was promised. What had been transferred by hand besides is lost.
pub fn reversal(payment: &Model, at: Timestamp) -> Entry {
    let rest = payment.amount - payment.refunded_amount - payment.charged_back_amount;
    let owed = payment.amount - payment.refunded_amount - payment.paid_out_amount;
    Entry {
        kind: EntryKind::GivenBack,
        about: about(payment),
        reference: format!("payment:{}:reversed:{}", payment.id, payment.version),
        occurred_at: at,
        lines: vec![(Account::Gateway, -rest), (Account::RefundsPayable, owed), (Account::ChargebackLoss, rest - owed)],
    }
}

/// A bank took money back: our loss, unless it turns out that nothing is rendered for it ([`given_up`]). When nothing is
/// left of the payment, what was still owed back of it has reached the owner this way.
pub fn charge_back(payment: &Model, after: Rupiah, at: Timestamp) -> Entry {
    let more = after - payment.charged_back_amount;
    let owed = payment.promised_amount - payment.refunded_amount - payment.paid_out_amount;
    let is_whole = after + payment.refunded_amount >= payment.amount;
    let repaid = if is_whole { owed } else { Rupiah::ZERO };
    Entry {
        kind: EntryKind::ChargedBack,
        about: about(payment),
        reference: format!("payment:{}:charged_back:{}:{}", payment.id, after.0, payment.version),
        occurred_at: at,
        lines: vec![
            (Account::Gateway, -more),
            (Account::RefundsPayable, repaid),
            (Account::ChargebackLoss, more - repaid),
        ],
    }
}

/// What a bank had taken back is here again; so much of it is the owner's.
pub fn win_back(payment: &Model, due: Rupiah, at: Timestamp) -> Entry {
    let all = payment.charged_back_amount;
    Entry {
        kind: EntryKind::WonBack,
        about: about(payment),
        reference: format!("payment:{}:won_back:{}", payment.id, payment.version),
        occurred_at: at,
        lines: vec![(Account::Gateway, all), (Account::RefundsPayable, -due), (Account::ChargebackLoss, due - all)],
    }
}

/// Somebody has transferred by hand what was owed back.
pub fn pay_out(payment: &Model, refund: RefundId, amount: Rupiah, at: Timestamp) -> Entry {
    Entry {
        kind: EntryKind::PaidOut,
        about: About { refund: Some(refund.0), ..about(payment) },
        reference: format!("refund:{refund}:paid_out"),
        occurred_at: at,
        lines: vec![(Account::RefundsPayable, amount), (Account::Bank, -amount)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::OrderId;
    use crate::orders::OrderKind;
    use crate::payments::entity::{PaymentId, PaymentStatus};
    use platform::money::BasisPoints;
    use proptest::prelude::*;

    fn sum(entry: &Entry) -> Rupiah {
        entry.lines.iter().map(|(_, amount)| *amount).sum()
    }

    fn on(entry: &Entry, account: Account) -> Rupiah {
        entry.lines.iter().filter(|(other, _)| *other == account).map(|(_, amount)| *amount).sum()
    }

    fn order(quote: &Quote) -> Order {
        Order {
            id: OrderId::new(),
            kind: OrderKind::Consultation,
            owner_id: AccountId::new(),
            payee_id: AccountId::new(),
            markup_basis_points: quote.markup,
            total: quote.total(),
            status: OrderStatus::Paid,
            created_at: Timestamp::from_millis(0),
            paid_at: None,
            earned_at: None,
        }
    }

    fn payment(order: &Order) -> Model {
        Model {
            id: PaymentId::new(),
            order_id: order.id,
            gateway_order_id: "HP-1".to_owned(),
            transaction_id: None,
            amount: order.total,
            refunded_amount: Rupiah::ZERO,
            promised_amount: Rupiah::ZERO,
            paid_out_amount: Rupiah::ZERO,
            charged_back_amount: Rupiah::ZERO,
            status: PaymentStatus::Settled,
            payment_type: None,
            snap_token: None,
            redirect_url: None,
            created_at: Timestamp::from_millis(0),
            expires_at: Timestamp::from_millis(0),
            settled_at: None,
            version: 1,
        }
    }

    proptest! {
        #[test]
        fn settling_and_promising_back_in_any_parts_leaves_nothing(
            base in 1_000_i64..10_000_000,
            markup in 1_000_i32..=1_500,
            cuts in prop::collection::vec(0.0_f64..1.0, 0..6),
        ) {
            let at = Timestamp::from_millis(0);
            let quote = Quote::new(Rupiah(base), BasisPoints(markup));
            let total = quote.total();
            let order = order(&quote);
            let mut paid = payment(&order);
            let mut stops: Vec<i64> = cuts.iter().map(|cut| (total.0 as f64 * cut) as i64).collect();
            stops.push(total.0);
            stops.sort_unstable();

            let settled = paid.settlement(&order, &quote, at);
            prop_assert_eq!(sum(&settled), Rupiah::ZERO);
            let pending = Account::PartnerPending(order.payee_id);
            let mut owed = -on(&settled, pending);
            let mut earned = -on(&settled, Account::PlatformRevenue);
            for stop in stops {
                let entry = promise(&paid, &order, &quote, Rupiah(stop), at);
                prop_assert_eq!(sum(&entry), Rupiah::ZERO);
                owed = owed - on(&entry, pending);
                earned = earned - on(&entry, Account::PlatformRevenue);
                prop_assert!(owed >= Rupiah(-1) && earned >= Rupiah(-1));
                paid.promised_amount = Rupiah(stop);
            }
            prop_assert_eq!((owed, earned), (Rupiah::ZERO, Rupiah::ZERO));
        }

        #[test]
        fn whatever_is_gone_when_a_bank_takes_the_rest_the_books_balance(
            base in 1_000_i64..10_000_000, parts in (0.0_f64..1.0, 0.0_f64..1.0, 0.0_f64..1.0),
        ) {
            let at = Timestamp::from_millis(0);
            let order = order(&Quote::new(Rupiah(base), BasisPoints(1_250)));
            let part = |of: f64, whole: Rupiah| Rupiah((whole.0 as f64 * of) as i64);
            let mut paid = payment(&order);
            paid.promised_amount = part(parts.0, paid.amount);
            paid.refunded_amount = part(parts.1, paid.promised_amount);
            paid.paid_out_amount = part(parts.2, paid.promised_amount - paid.refunded_amount);
            for entry in [reversal(&paid, at), charge_back(&paid, paid.amount - paid.refunded_amount, at)] {
                prop_assert_eq!(sum(&entry), Rupiah::ZERO);
            }
        }
    }
}
