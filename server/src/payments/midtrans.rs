//! The client of Midtrans: Snap and the Core API over HTTP. The local stand-in is called in exactly the same way.

use std::time::Duration;

use anyhow::Context;
use chrono::NaiveDateTime;
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha512};
use subtle::ConstantTimeEq;

use crate::config::{Config, PaymentsConfig};
use platform::clock::{Timestamp, jakarta};
use platform::money::Rupiah;
use platform::secret::Secret;

pub struct Midtrans {
    http: Client,
    server_key: Secret,
    core_url: String,
    snap_url: String,
}

/// What the gateway is told about a purchase.
pub struct NewTransaction<'a> {
    pub order_id: &'a str,
    pub amount: Rupiah,
    pub items: Vec<Item>,
    pub customer: Customer<'a>,
    pub finish_url: String,
    pub minutes_to_pay: u64,
}

pub struct Item {
    pub id: &'static str,
    pub name: String,
    pub price: Rupiah,
}

/// No more than the gateway needs.
pub struct Customer<'a> {
    pub first_name: &'a str,
    pub email: &'a str,
    pub phone: &'a str,
}

/// Where the customer pays.
#[derive(Debug, Deserialize)]
pub struct PaymentPage {
    pub token: String,
    pub redirect_url: String,
}

/// The gateway's word on a transaction, as in its notifications. All scalars are strings.
#[derive(Clone, Debug, Deserialize)]
pub struct TransactionStatus {
    pub order_id: String,
    pub transaction_status: String,
    pub gross_amount: String,
    #[serde(default)]
    pub status_code: String,
    #[serde(default)]
    pub fraud_status: Option<String>,
    #[serde(default)]
    pub payment_type: Option<String>,
    #[serde(default)]
    pub currency: Option<String>,
    #[serde(default)]
    pub refund_amount: Option<String>,
    #[serde(default)]
    pub settlement_time: Option<String>,
    #[serde(default)]
    pub transaction_id: Option<String>,
    #[serde(default)]
    pub refunds: Option<Vec<ReportedRefund>>,
}

/// One of the refunds of a transaction, as its status lists them.
#[derive(Clone, Debug, Deserialize)]
pub struct ReportedRefund {
    #[serde(default)]
    pub refund_key: String,
    #[serde(default)]
    pub refund_amount: String,
}

impl TransactionStatus {
    /// What has been given back and taken back by a bank, in all; as far as the report says so.
    pub fn amount_gone(&self) -> Option<Rupiah> {
        let said = self.refund_amount.as_deref().and_then(read_amount);
        let listed = || self.refunds.as_ref()?.iter().map(|refund| read_amount(&refund.refund_amount)).sum();
        said.or_else(listed).filter(|amount| *amount > Rupiah::ZERO)
    }

    /// When the money came, as the gateway has it; its times are Jakarta's.
    pub fn settled_at(&self) -> Option<Timestamp> {
        let text = self.settlement_time.as_deref()?;
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok()?;
        local.and_local_timezone(jakarta()).single().map(Timestamp::from)
    }
}

/// What became of an order to give money back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundAnswer {
    Taken,
    /// Not in the state that the transaction is in: the state says what can be done instead.
    NotInThisState,
    /// The provider refuses, for this reason.
    Refused(String),
}

#[derive(Deserialize)]
struct CodedAnswer {
    #[serde(default)]
    status_code: String,
    #[serde(default)]
    status_message: String,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    error_messages: Vec<String>,
}

const TIMEOUT: Duration = Duration::from_secs(10);
/// The longest name of an item.
const LONGEST_NAME: usize = 50;

impl Midtrans {
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let payments: &PaymentsConfig = &config.payments;
        let public_url = config.server.public_url();
        let http = Client::builder().timeout(TIMEOUT).build().context("the HTTP client cannot start")?;
        Ok(Self {
            http,
            server_key: payments.server_key.clone(),
            core_url: payments.core_url(&public_url),
            snap_url: payments.snap_url(&public_url),
        })
    }

    pub async fn create_transaction(&self, new: NewTransaction<'_>) -> anyhow::Result<PaymentPage> {
        let items: Vec<_> = new
            .items
            .into_iter()
            .map(|item| json!({"id": item.id, "name": fit(&item.name), "price": item.price, "quantity": 1}))
            .collect();
        let body = json!({
            "transaction_details": {"order_id": new.order_id, "gross_amount": new.amount},
            "item_details": items,
            "customer_details": {
                "first_name": new.customer.first_name, "email": new.customer.email, "phone": new.customer.phone,
            },
            "credit_card": {"secure": true},
            "callbacks": {"finish": new.finish_url},
            "expiry": {"unit": "minutes", "duration": new.minutes_to_pay},
            "page_expiry": {"unit": "minutes", "duration": new.minutes_to_pay},
        });
        let url = format!("{}/v1/transactions", self.snap_url);
        let response = self.http.post(url).basic_auth(self.server_key.expose(), Some("")).json(&body).send().await?;
        if response.status() == StatusCode::CREATED {
            return response.json().await.context("Snap's answer cannot be read");
        }
        let status = response.status();
        let refusal = response.json().await.unwrap_or(Refusal { error_messages: Vec::new() });
        anyhow::bail!("Snap answered {status}: {}", refusal.error_messages.join("; "))
    }

    /// What the gateway knows of an order (or a transaction: either's id); nothing before the customer has chosen how to pay.
    pub async fn status(&self, id: &str) -> anyhow::Result<Option<TransactionStatus>> {
        let url = format!("{}/v2/{id}/status", self.core_url);
        let response = self.http.get(url).basic_auth(self.server_key.expose(), Some("")).send().await?;
        let http_status = response.status();
        let body: serde_json::Value = response.json().await.context("the status cannot be read")?;
        // The body's code decides: HTTP says 200 for logical errors as well.
        match body.get("status_code").and_then(|code| code.as_str()).unwrap_or_default() {
            "404" => Ok(None),
            _ if body.get("transaction_status").is_some() => {
                Ok(Some(serde_json::from_value(body).context("the status cannot be read")?))
            }
            code => anyhow::bail!("the status call answered {http_status} with code {code}"),
        }
    }

    /// Orders money to be given back. The same key again is the same order.
    pub async fn refund(
        &self,
        order_id: &str,
        key: &str,
        amount: Rupiah,
        reason: &str,
    ) -> anyhow::Result<RefundAnswer> {
        let body = json!({"refund_key": key, "amount": amount, "reason": reason});
        let url = format!("{}/v2/{order_id}/refund", self.core_url);
        let response = self.http.post(url).basic_auth(self.server_key.expose(), Some("")).json(&body).send().await?;
        let answer: CodedAnswer = response.json().await.context("the answer to a refund cannot be read")?;
        match answer.status_code.as_str() {
            // 406: the key was used before, so that the order is there already.
            "200" | "201" | "406" => Ok(RefundAnswer::Taken),
            "412" => Ok(RefundAnswer::NotInThisState),
            "414" => Ok(RefundAnswer::Refused(answer.status_message)),
            code => anyhow::bail!("the refund was answered with code {code}: {}", answer.status_message),
        }
    }

    /// Takes a transaction back that has not settled: one that nobody has paid, or a card whose money is only reserved.
    /// False when it is in another state.
    pub async fn cancel(&self, id: &str) -> anyhow::Result<bool> {
        let url = format!("{}/v2/{id}/cancel", self.core_url);
        let response = self.http.post(url).basic_auth(self.server_key.expose(), Some("")).send().await?;
        let answer: CodedAnswer = response.json().await.context("the answer to a cancellation cannot be read")?;
        match answer.status_code.as_str() {
            "200" => Ok(true),
            "404" | "412" => Ok(false),
            code => anyhow::bail!("the cancellation was answered with code {code}: {}", answer.status_message),
        }
    }

    /// Closes a payment page, so that nobody can choose a method on it any more. One that is closed, over or paid is left
    /// as it is: the status says what it is.
    pub async fn close_page(&self, token: &str) -> anyhow::Result<()> {
        let url = format!("{}/v1/transactions/{token}/cancel", self.snap_url);
        let response = self.http.post(url).basic_auth(self.server_key.expose(), Some("")).send().await?;
        let status = response.status();
        anyhow::ensure!(!status.is_server_error(), "closing a page was answered with {status}");
        Ok(())
    }

    /// Whether a notification was signed with our server key; takes as long whether it was or not.
    pub fn is_signed(&self, order_id: &str, status_code: &str, gross_amount: &str, signature: &str) -> bool {
        let text = format!("{order_id}{status_code}{gross_amount}{}", self.server_key.expose());
        let expected = hex::encode(Sha512::digest(text.as_bytes()));
        expected.as_bytes().ct_eq(signature.as_bytes()).into()
    }
}

/// `50625.00` or `50625` as whole rupiah; anything else is not an amount.
pub fn read_amount(text: &str) -> Option<Rupiah> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_whole = fraction.bytes().all(|digit| digit == b'0') && whole.bytes().all(|digit| digit.is_ascii_digit());
    whole.parse().ok().filter(|_| is_whole).map(Rupiah)
}

/// Counters at shops refuse `|`, and all names end at 50 characters.
fn fit(name: &str) -> String {
    name.chars().filter(|character| *character != '|').take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_to_the_rupiah() {
        assert_eq!(read_amount("50625.00"), Some(Rupiah(50_625)));
        assert_eq!(read_amount("50625"), Some(Rupiah(50_625)));
        for not_an_amount in ["", "-1", "50625.50", "5e4", "50,625", "+5", "99999999999999999999"] {
            assert_eq!(read_amount(not_an_amount), None, "{not_an_amount}");
        }
    }

    #[test]
    fn names_fit_every_method() {
        assert_eq!(fit("a|b"), "ab");
        assert_eq!(fit(&"é".repeat(60)).chars().count(), 50);
    }
}
