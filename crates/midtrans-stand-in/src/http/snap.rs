//! Snap for the merchant's server: open a payment page, take it back.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use super::auth::SnapMerchant;
use super::errors::{SnapError, error_messages};
use crate::gateway::{Gateway, GatewayError};
use crate::rules::{Refusal, withdraw};
use crate::snap_request::{NewIds, read};
use crate::times::{now_ms, wire_time_with_zone};
use crate::transaction::Status;

pub(super) async fn create(
    State(gateway): State<Arc<Gateway>>,
    _: SnapMerchant,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, SnapError> {
    let Ok(request) = serde_json::from_slice::<Value>(&body) else {
        return Ok(error_messages(StatusCode::BAD_REQUEST, ["the request body is not JSON"]));
    };
    let ids = NewIds { token: Uuid::new_v4().to_string(), transaction_id: Uuid::new_v4().to_string() };
    let mut tx = match read(&request, ids, now_ms()) {
        Ok(tx) => tx,
        Err(messages) => return Ok(error_messages(StatusCode::BAD_REQUEST, messages)),
    };
    for (name, urls) in
        [("x-override-notification", &mut tx.override_urls), ("x-append-notification", &mut tx.append_urls)]
    {
        match notification_urls(&gateway, &headers, name) {
            Some(list) => *urls = list,
            None => {
                let message = format!("{name} takes up to three URLs, and only those that this stand-in may call");
                return Ok(error_messages(StatusCode::BAD_REQUEST, [message]));
            }
        }
    }
    if !gateway.open(&tx).await? {
        let message = "transaction_details.order_id has already been taken";
        return Ok(error_messages(StatusCode::BAD_REQUEST, [message]));
    }
    let redirect_url = page_url(&gateway, &tx.token);
    Ok((StatusCode::CREATED, Json(json!({ "token": tx.token, "redirect_url": redirect_url }))).into_response())
}

pub(super) async fn cancel(
    State(gateway): State<Arc<Gateway>>,
    _: SnapMerchant,
    Path(token): Path<String>,
) -> Result<Response, SnapError> {
    let Some(tx) = gateway.find_by_token(&token).await? else {
        return Ok(error_messages(StatusCode::NOT_FOUND, ["token not found"]));
    };
    if tx.status == Status::Withdrawn {
        return Ok(error_messages(StatusCode::BAD_REQUEST, ["token already canceled"]));
    }
    match gateway.change(&tx.order_id, |tx, _| withdraw(tx)).await {
        Ok(_) => Ok(Json(json!({ "canceled_at": wire_time_with_zone(now_ms()) })).into_response()),
        Err(GatewayError::Refused(Refusal::CannotModify)) => {
            Ok(error_messages(StatusCode::BAD_REQUEST, ["Transaction is on progress"]))
        }
        Err(error) => Err(error.into()),
    }
}

/// Where the customer pays.
pub(super) fn page_url(gateway: &Gateway, token: &str) -> String {
    format!("{}/snap/v4/redirection/{token}", gateway.config.public_base_url.trim_end_matches('/'))
}

/// The addresses a header names: none without it, `None` where one of them is not acceptable.
fn notification_urls(gateway: &Gateway, headers: &HeaderMap, name: &str) -> Option<Vec<String>> {
    let Some(value) = headers.get(name) else { return Some(Vec::new()) };
    value.to_str().ok().and_then(|list| gateway.hosts.parse_list(list))
}
