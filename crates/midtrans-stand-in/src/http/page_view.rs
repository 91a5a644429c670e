//! What the payment page gets to know about its transaction.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::method::Method;
use crate::payload::{callback, finish_url};
use crate::rules::charge::{check_open, open_until};
use crate::rules::is_challenged;
use crate::transaction::{Charge, Instrument, Item, Status, Transaction};

/// Who is paid. The gateway knows its merchant's name, as the real one does from the dashboard.
pub(super) const MERCHANT: &str = "HELLOPET!";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageView {
    merchant: &'static str,
    order_id: String,
    amount: i64,
    items: Vec<Item>,
    customer_name: Option<String>,
    state: PageState,
    /// Whether a method may be chosen: also after a card was refused.
    can_choose: bool,
    methods: Vec<Method>,
    charge: Option<ChargeView>,
    /// Instants in milliseconds; the page counts from the server's clock, for the customer's may be wrong.
    now: i64,
    deadline: i64,
    /// The argument of Snap's callbacks.
    result: Option<Map<String, Value>>,
    finish_url: Option<String>,
}

/// The transaction as the customer understands it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum PageState {
    Open,
    Pending,
    InReview,
    Paid,
    Denied,
    Cancelled,
    Expired,
    Refunded,
}

#[derive(Serialize)]
struct ChargeView {
    method: Method,
    instrument: Instrument,
}

impl PageView {
    pub(super) fn of(tx: &Transaction, now: i64) -> Self {
        let can_choose = check_open(tx, now).is_ok();
        Self {
            merchant: MERCHANT,
            order_id: tx.order_id.clone(),
            amount: tx.gross_amount,
            items: tx.items.clone(),
            customer_name: tx.customer_name.clone(),
            state: state(tx, can_choose),
            can_choose,
            methods: tx.methods.clone(),
            charge: tx
                .charge
                .as_ref()
                .map(|charge| ChargeView { method: charge.method, instrument: charge.instrument.clone() }),
            now,
            deadline: deadline(tx),
            result: tx.charge.as_ref().map(|charge| callback(tx, charge)),
            finish_url: finish_url(tx),
        }
    }
}

fn state(tx: &Transaction, can_choose: bool) -> PageState {
    match tx.status {
        Status::Created if can_choose => PageState::Open,
        Status::Created | Status::Expire => PageState::Expired,
        Status::Pending => PageState::Pending,
        Status::Capture if is_challenged(tx) => PageState::InReview,
        Status::Capture | Status::Settlement => PageState::Paid,
        Status::Deny => PageState::Denied,
        Status::Withdrawn | Status::Cancel => PageState::Cancelled,
        Status::PartialRefund | Status::Refund | Status::PartialChargeback | Status::Chargeback => PageState::Refunded,
    }
}

fn deadline(tx: &Transaction) -> i64 {
    match &tx.charge {
        Some(Charge { expires_at, .. }) if tx.status == Status::Pending => *expires_at,
        _ => open_until(tx),
    }
}
