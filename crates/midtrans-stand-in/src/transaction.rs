//! One transaction: what the merchant asked for, what the customer chose, and how far it got.
//!
//! The whole of it is one JSON document in the database; the columns beside it exist to find and to guard it.

use serde::{Deserialize, Serialize};

use crate::method::Method;
use crate::rules::switches::Switches;

/// How far a transaction is. The names are Midtrans' `transaction_status`, except the first two:
/// before a method is chosen Midtrans knows no transaction, only a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// The page exists, nobody chose a method yet.
    Created,
    /// The merchant took the page back before anybody chose a method.
    Withdrawn,
    Pending,
    Capture,
    Settlement,
    Deny,
    Cancel,
    Expire,
    PartialRefund,
    Refund,
    PartialChargeback,
    Chargeback,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Withdrawn => "withdrawn",
            Self::Pending => "pending",
            Self::Capture => "capture",
            Self::Settlement => "settlement",
            Self::Deny => "deny",
            Self::Cancel => "cancel",
            Self::Expire => "expire",
            Self::PartialRefund => "partial_refund",
            Self::Refund => "refund",
            Self::PartialChargeback => "partial_chargeback",
            Self::Chargeback => "chargeback",
        }
    }
}

/// Fraud detection's verdict on a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fraud {
    Accept,
    Challenge,
    Deny,
}

impl Fraud {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Challenge => "challenge",
            Self::Deny => "deny",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) price: i64,
    pub(crate) quantity: i64,
}

/// What the customer pays with or to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Instrument {
    VirtualAccount {
        number: String,
    },
    Bill {
        biller_code: String,
        bill_key: String,
    },
    Qr,
    /// Never the whole number: only what Midtrans itself would show.
    Card {
        masked: String,
        approval_code: String,
    },
    Counter {
        payment_code: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Charge {
    pub(crate) method: Method,
    pub(crate) instrument: Instrument,
    pub(crate) fraud: Fraud,
    pub(crate) charged_at: i64,
    pub(crate) expires_at: i64,
}

/// Money that went back: paid back by the merchant or the bank, or taken back by the card's holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refund {
    /// Nobody ordered a chargeback, so it has no key.
    pub(crate) key: Option<String>,
    pub(crate) amount: i64,
    pub(crate) reason: Option<String>,
    pub(crate) online: bool,
    pub(crate) created_at: i64,
    /// A refund is final only once the bank has said so; Midtrans notifies twice because of that.
    pub(crate) confirmed_at: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Transaction {
    pub(crate) order_id: String,
    /// Names the payment page; whoever knows it may act on the page.
    pub(crate) token: String,
    pub(crate) transaction_id: String,
    pub(crate) status: Status,
    /// Grows with every write. It lives in its column, and guards moves that keep the status, such as a second
    /// partial refund.
    #[serde(skip)]
    pub(crate) revision: i64,
    pub(crate) gross_amount: i64,
    pub(crate) items: Vec<Item>,
    pub(crate) customer_name: Option<String>,
    pub(crate) custom_fields: [Option<String>; 3],
    pub(crate) methods: Vec<Method>,
    pub(crate) finish_url: Option<String>,
    pub(crate) error_url: Option<String>,
    /// `X-Override-Notification` and `X-Append-Notification`.
    pub(crate) override_urls: Vec<String>,
    pub(crate) append_urls: Vec<String>,
    pub(crate) created_at: i64,
    /// Until when the page may be used.
    pub(crate) page_deadline: i64,
    /// Until when the merchant waits for the money (`expiry`), whatever method is chosen.
    pub(crate) payment_deadline: Option<i64>,
    pub(crate) charge: Option<Charge>,
    pub(crate) settled_at: Option<i64>,
    pub(crate) refunds: Vec<Refund>,
    #[serde(default)]
    pub(crate) switches: Switches,
}

impl Transaction {
    pub(crate) fn refunded_amount(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount).sum()
    }

    /// Whether Midtrans' Core API would know it: only from the choice of a method on.
    pub(crate) fn is_charged(&self) -> bool {
        self.charge.is_some()
    }

    /// `50625.00`: the wire has two decimals, although rupiah have none.
    pub(crate) fn wire_amount(&self) -> String {
        self.switches.told_amount.clone().unwrap_or_else(|| wire_amount(self.gross_amount))
    }
}

pub(crate) fn wire_amount(rupiah: i64) -> String {
    format!("{rupiah}.00")
}
