//! The Core API for the merchant's server: ask for the status, cancel, expire, refund, judge a challenge.
//!
//! Bodies are read leniently, for the official client sends `{}` with a GET and `null` with a POST.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::auth::CoreMerchant;
use super::errors::CoreError;
use crate::gateway::Gateway;
use crate::payload::{Channel, report};
use crate::rules::refund::{RefundWish, refund as pay_back};
use crate::rules::{self, Refusal};
use crate::transaction::{Transaction, wire_amount};

type Answer = Result<Response, CoreError>;

pub(super) async fn status(State(gateway): State<Arc<Gateway>>, _: CoreMerchant, Path(id): Path<String>) -> Answer {
    let tx = find(&gateway, &id).await?;
    Ok(Json(body(&gateway, &tx, "Success, transaction is found")?).into_response())
}

pub(super) async fn cancel(state: State<Arc<Gateway>>, merchant: CoreMerchant, id: Path<String>) -> Answer {
    change(state, merchant, id, "Success, transaction is canceled", rules::cancel).await
}

pub(super) async fn expire(state: State<Arc<Gateway>>, merchant: CoreMerchant, id: Path<String>) -> Answer {
    change(state, merchant, id, "Success, transaction has expired", rules::expire).await
}

pub(super) async fn approve(state: State<Arc<Gateway>>, merchant: CoreMerchant, id: Path<String>) -> Answer {
    change(state, merchant, id, "Success, transaction is approved", rules::approve_challenge).await
}

pub(super) async fn deny(state: State<Arc<Gateway>>, merchant: CoreMerchant, id: Path<String>) -> Answer {
    change(state, merchant, id, "Success, transaction is denied", rules::deny_challenge).await
}

pub(super) async fn refund(
    State(gateway): State<Arc<Gateway>>,
    _: CoreMerchant,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    make_refund(&gateway, &id, &body, false).await
}

pub(super) async fn refund_directly(
    State(gateway): State<Arc<Gateway>>,
    _: CoreMerchant,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    make_refund(&gateway, &id, &body, true).await
}

async fn change(
    State(gateway): State<Arc<Gateway>>,
    _: CoreMerchant,
    Path(id): Path<String>,
    message: &'static str,
    make: fn(&mut Transaction) -> Result<(), Refusal>,
) -> Answer {
    let tx = find(&gateway, &id).await?;
    let tx = gateway.change_and_notify(&tx.order_id, |tx, _| make(tx)).await?;
    Ok(Json(body(&gateway, &tx, message)?).into_response())
}

async fn make_refund(gateway: &Gateway, id: &str, request: &[u8], online: bool) -> Answer {
    let tx = find(gateway, id).await?;
    let request: Value = match request.trim_ascii() {
        [] => Value::Null,
        text => serde_json::from_slice(text).map_err(|_| Refusal::Invalid("the request body is not JSON"))?,
    };
    let entropy = Uuid::new_v4().as_u128();
    let amount = read_amount(&request)?;
    let text = |name: &str| request.get(name).and_then(Value::as_str).map(str::to_owned);
    let make = |tx: &mut Transaction, now: i64| {
        let wish = RefundWish { key: text("refund_key"), amount, reason: text("reason"), online };
        pay_back(tx, wish, now, entropy)
    };
    let tx = gateway.change(&tx.order_id, make).await?;
    // What is held is taken without a word, and told once it is released.
    let taken = if tx.switches.holds_refunds {
        &tx.switches.held_refunds
    } else {
        gateway.notify(&tx);
        &tx.refunds
    };
    let mut answer = body(gateway, &tx, "Success, refund request is approved")?;
    if let Some(refund) = taken.last() {
        // The answer speaks of this refund; status and notifications of all of them together.
        answer.insert("refund_chargeback_id".into(), taken.len().to_string().into());
        answer.insert("refund_amount".into(), wire_amount(refund.amount).into());
        answer.insert("refund_key".into(), refund.key.as_deref().into());
    }
    Ok(Json(answer).into_response())
}

/// Before a method is chosen there is no transaction, only a page: that is a 404 here. So is a method that is not known
/// by its order.
async fn find(gateway: &Gateway, id: &str) -> Result<Transaction, CoreError> {
    let found = gateway.find(id).await?;
    let answers = |tx: &Transaction| {
        tx.charge.as_ref().is_some_and(|charge| tx.order_id != id || charge.method.is_found_by_order())
    };
    Ok(found.filter(answers).ok_or(Refusal::NotFound)?)
}

fn body(gateway: &Gateway, tx: &Transaction, message: &'static str) -> Result<Map<String, Value>, Refusal> {
    let charge = tx.charge.as_ref().ok_or(Refusal::NotFound)?;
    Ok(report(tx, charge, Channel::Answer(message), &gateway.config.server_key))
}

/// A whole number, or its text with or without the wire's two zero decimals.
fn read_amount(request: &Value) -> Result<Option<i64>, Refusal> {
    let amount = match request.get("amount") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.trim_end_matches(".00").parse().ok(),
        Some(number) => number.as_i64(),
    };
    amount.map(Some).ok_or(Refusal::Invalid("amount must be a whole number"))
}
