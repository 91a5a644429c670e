//! One attempt to collect an order: it begins with the order, and gets the page where it is paid.

use std::time::Duration;

use super::ask::AskGateway;
use super::entity::{Model, PaymentId, PaymentStatus};
use super::error::PaymentError;
use super::midtrans::{Customer, Item, NewTransaction};
use super::{Payments, apply, settle, store};
use crate::accounts::CurrentUser;
use crate::events::Work;
use crate::orders::{Order, Quote, QuoteLineKind};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::money::Rupiah;
use platform::random;

impl Payments {
    /// Begins to collect an order, in the unit of work that makes it. One that costs nothing is paid at once. What
    /// begins at `starts_at` cannot be paid for later.
    pub async fn begin(&self, work: &mut Work, order: &Order, starts_at: Option<Timestamp>) -> Result<Model, AppError> {
        let now = work.now();
        let payment = new_payment(self, order, starts_at, now);
        Model::insert(&**work, payment.clone()).await?;
        store::note(&**work, apply::begun(&payment)).await?;
        if payment.amount == Rupiah::ZERO {
            settle_without_gateway(self, work, order, &payment).await?;
        } else {
            work.schedule(&AskGateway { payment: payment.id }, now + self.settings.reconcile_every).await?;
        }
        Ok(payment)
    }

    /// The payment with the page where it is paid. An order id can be used once at the gateway, so that a call whose
    /// answer was lost is repeated under another one.
    pub async fn with_page(&self, mut payment: Model, bill: &Bill<'_>) -> Result<Model, AppError> {
        for _attempt in 0..2 {
            if payment.snap_token.is_some() || payment.amount == Rupiah::ZERO {
                return Ok(payment);
            }
            match self.gateway.create_transaction(transaction(self, &payment, bill)).await {
                Ok(page) => {
                    store::save_page(&self.db.write, &payment, &page.token, &page.redirect_url).await?.or_keep_theirs();
                }
                Err(error) => {
                    let id = new_order_id(self.clock.now());
                    store::replace_gateway_order(&self.db.write, &payment, &id).await?.or_keep_theirs();
                    tracing::warn!(payment = %payment.id, cause = format!("{error:#}"), "no payment page");
                }
            }
            payment = Model::find(&self.db.write, payment.id).await?.ok_or_else(PaymentId::not_found)?;
        }
        if payment.snap_token.is_some() {
            return Ok(payment);
        }
        Err(PaymentError::GatewayUnavailable("no payment page after two attempts".to_owned()).into())
    }

    /// Where the browser goes once the payment is made.
    pub fn finish_url(&self, payment: PaymentId) -> String {
        format!("{}/bayar/{payment}", self.public_url)
    }
}

/// Takes an order as paid without asking a gateway: one that costs nothing, or one of a load test.
pub async fn settle_without_gateway(
    payments: &Payments,
    work: &mut Work,
    order: &Order,
    payment: &Model,
) -> Result<(), AppError> {
    let paid = Model { status: PaymentStatus::Settled, settled_at: Some(work.now()), ..payment.clone() };
    apply::save(work, payment, &paid).await?;
    settle::settle(payments, work, order, &paid, work.now()).await
}

/// An attempt to collect an order that begins now.
pub fn new_payment(payments: &Payments, order: &Order, starts_at: Option<Timestamp>, now: Timestamp) -> Model {
    // A time that has come cannot be paid for any more; the gateway takes no page of less than a minute.
    let over = now + payments.settings.expiry;
    let expires_at = starts_at.map_or(over, |starts_at| over.min(starts_at).max(now + SHORTEST_PAGE));
    Model {
        id: PaymentId::new(),
        order_id: order.id,
        gateway_order_id: new_order_id(now),
        transaction_id: None,
        amount: order.total,
        refunded_amount: Rupiah::ZERO,
        promised_amount: Rupiah::ZERO,
        paid_out_amount: Rupiah::ZERO,
        charged_back_amount: Rupiah::ZERO,
        status: PaymentStatus::Pending,
        payment_type: None,
        snap_token: None,
        redirect_url: None,
        created_at: now,
        expires_at,
        settled_at: None,
        version: 1,
    }
}

/// The shortest life of a payment page.
const SHORTEST_PAGE: Duration = Duration::from_secs(60);

/// What the owner reads on the page of a payment.
pub struct Bill<'a> {
    pub payer: &'a CurrentUser,
    /// What it is for, as the gateway tells kinds of goods apart.
    pub item: &'static str,
    /// What it is for, in words.
    pub what: String,
    pub quote: &'a Quote,
}

fn transaction<'a>(payments: &Payments, payment: &'a Model, bill: &'a Bill<'_>) -> NewTransaction<'a> {
    let item = |kind: QuoteLineKind, amount: Rupiah| match kind {
        QuoteLineKind::Base => Item { id: bill.item, name: bill.what.clone(), price: amount },
        QuoteLineKind::PlatformFee => {
            Item { id: "platform-fee", name: "Biaya layanan HELLOPET!".to_owned(), price: amount }
        }
    };
    NewTransaction {
        order_id: &payment.gateway_order_id,
        amount: payment.amount,
        items: bill.quote.lines.iter().map(|line| item(line.kind, line.amount)).collect(),
        customer: Customer {
            first_name: &bill.payer.account.username,
            email: &bill.payer.account.email,
            phone: &bill.payer.account.phone_number,
        },
        finish_url: payments.finish_url(payment.id),
        minutes_to_pay: minutes_left(payments, payment),
    }
}

fn minutes_left(payments: &Payments, payment: &Model) -> u64 {
    (payment.expires_at.since(payments.clock.now()).as_secs() / 60).max(1)
}

/// Never the row's id: a second attempt, and another environment on the same merchant account, need other ones.
fn new_order_id(now: Timestamp) -> String {
    format!("HP-{}-{}", now.in_jakarta().format("%Y%m%d"), random::code(14))
}
