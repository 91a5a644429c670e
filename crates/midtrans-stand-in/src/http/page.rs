//! What the payment page asks and tells the gateway. Knowing the token is the permission, as with the real Snap.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::errors::SnapError;
use super::page_view::PageView;
use super::qr::svg;
use super::snap::page_url;
use crate::gateway::Gateway;
use crate::method::Method;
use crate::rules::Refusal;
use crate::rules::card::{CardForm, pay};
use crate::rules::charge::charge as choose;
use crate::rules::outcome::{Outcome, play};
use crate::times::now_ms;
use crate::transaction::Transaction;

type Answer = Result<Response, SnapError>;

#[derive(Deserialize)]
pub(super) struct Choice {
    method: Method,
    card: Option<CardForm>,
}

/// A button of the panel. `method` is the one on screen, which matters for a card that was not charged yet.
#[derive(Deserialize)]
pub(super) struct Decision {
    outcome: Outcome,
    method: Option<Method>,
}

pub(super) async fn show(State(gateway): State<Arc<Gateway>>, Path(token): Path<String>) -> Answer {
    let tx = find(&gateway, &token).await?;
    Ok(view(&tx))
}

pub(super) async fn charge(
    State(gateway): State<Arc<Gateway>>,
    Path(token): Path<String>,
    Json(choice): Json<Choice>,
) -> Answer {
    let order_id = find(&gateway, &token).await?.order_id;
    let entropy = Uuid::new_v4().as_u128();
    let make = |tx: &mut Transaction, now: i64| match &choice.card {
        Some(form) if choice.method == Method::CreditCard => pay(tx, form, now, entropy),
        _ => choose(tx, choice.method, now, entropy),
    };
    let tx = gateway.change_and_notify(&order_id, make).await?;
    Ok(view(&tx))
}

/// The panel decides about a payment that is not paid yet; reversals and refunds are not the customer's to make.
pub(super) async fn decide(
    State(gateway): State<Arc<Gateway>>,
    Path(token): Path<String>,
    Json(decision): Json<Decision>,
) -> Answer {
    let order_id = find(&gateway, &token).await?.order_id;
    let entropy = Uuid::new_v4().as_u128();
    let make = |tx: &mut Transaction, now: i64| match decision.outcome {
        Outcome::Settlement | Outcome::Deny | Outcome::Expire if tx.settled_at.is_none() => {
            play(tx, decision.outcome, decision.method, None, now, entropy)
        }
        _ => Err(Refusal::CannotModify),
    };
    let tx = gateway.change_and_notify(&order_id, make).await?;
    Ok(view(&tx))
}

/// The code to scan leads back to this very page: a phone's camera can pay, and no banking app ever will.
pub(super) async fn qr(State(gateway): State<Arc<Gateway>>, Path(token): Path<String>) -> Answer {
    let tx = find(&gateway, &token).await?;
    let picture = svg(&page_url(&gateway, &tx.token)).ok_or(Refusal::Invalid("the page's address is too long"))?;
    Ok(([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "no-store")], picture).into_response())
}

async fn find(gateway: &Gateway, token: &str) -> Result<Transaction, SnapError> {
    Ok(gateway.find_by_token(token).await?.ok_or(Refusal::NotFound)?)
}

fn view(tx: &Transaction) -> Response {
    ([(CACHE_CONTROL, "no-store")], Json(PageView::of(tx, now_ms()))).into_response()
}
