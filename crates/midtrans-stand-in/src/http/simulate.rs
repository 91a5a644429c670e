//! For tests: makes the customer or the bank do something, and waits until the platform heard of it.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::errors::{SnapError, error_messages};
use crate::gateway::Gateway;
use crate::method::Method;
use crate::rules::outcome::{Outcome, play};

#[derive(Deserialize)]
struct Wish {
    outcome: Outcome,
    /// Of a refund; all that is left where it is missing.
    amount: Option<i64>,
    /// A `payment_type` or a code of `enabled_payments`; of several it stands for, the first.
    payment_type: Option<String>,
}

pub(super) async fn simulate(
    State(gateway): State<Arc<Gateway>>,
    Path(order_id): Path<String>,
    body: Bytes,
) -> Result<Response, SnapError> {
    let wish: Wish = match serde_json::from_slice(&body) {
        Ok(wish) => wish,
        Err(error) => {
            let message =
                format!("expected {{\"outcome\": …}} of settlement, pending, deny, cancel, expire, refund: {error}");
            return Ok(error_messages(StatusCode::BAD_REQUEST, [message]));
        }
    };
    let method = match &wish.payment_type {
        None => None,
        Some(name) => match Method::named(name).first() {
            Some(method) => Some(*method),
            None => return Ok(error_messages(StatusCode::BAD_REQUEST, ["payment_type is not known"])),
        },
    };
    let entropy = Uuid::new_v4().as_u128();
    let make = |tx: &mut _, now| play(tx, wish.outcome, method, wish.amount, now, entropy);
    let tx = gateway.change(&order_id, make).await?;
    let (notification, platform_status) = gateway.notify_and_wait(&tx).await;
    Ok(Json(json!({ "notification": notification, "platformStatus": platform_status })).into_response())
}
