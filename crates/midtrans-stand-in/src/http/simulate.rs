//! For tests: makes the customer or the bank do something, and waits until the platform heard of it. The report can be
//! lost, doubled or made to say something else.

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
use crate::rules::Refusal;
use crate::rules::outcome::{Outcome, play};
use crate::times::parse_wire_time;
use crate::transaction::{Status, Transaction};

const MOST_TIMES: u8 = 10;

#[derive(Deserialize)]
struct Wish {
    outcome: Outcome,
    /// Of a refund or a chargeback; all that is left where it is missing.
    amount: Option<i64>,
    /// A `payment_type` or a code of `enabled_payments`; of several it stands for, the first.
    payment_type: Option<String>,
    /// `false`: the notification is lost.
    #[serde(default = "yes")]
    notify: bool,
    /// How often the notification comes.
    #[serde(default = "once")]
    times: u8,
    /// What status and notifications tell from now on instead of the order's amount.
    gross_amount: Option<String>,
    /// `false`: what went back is told by the status alone from now on.
    tell_refund_amount: Option<bool>,
    /// When the money is said to have come, as Midtrans writes it; for a settlement.
    settlement_time: Option<String>,
}

fn yes() -> bool {
    true
}

fn once() -> u8 {
    1
}

/// The wish with its words understood.
struct Order {
    wish: Wish,
    method: Option<Method>,
    settled_at: Option<i64>,
}

pub(super) async fn simulate(
    State(gateway): State<Arc<Gateway>>,
    Path(order_id): Path<String>,
    body: Bytes,
) -> Result<Response, SnapError> {
    let order = match read(&body) {
        Ok(order) => order,
        Err(message) => return Ok(error_messages(StatusCode::BAD_REQUEST, [message])),
    };
    let entropy = Uuid::new_v4().as_u128();
    let tx = gateway.change(&order_id, |tx, now| order.carry_out(tx, now, entropy)).await?;
    let times = if order.wish.outcome.is_switch() || !order.wish.notify { 0 } else { order.wish.times };
    let (notification, answers) = gateway.notify_and_wait(&tx, times).await;
    let first = answers.first().copied().flatten();
    Ok(Json(json!({ "notification": notification, "platformStatus": first, "platformStatuses": answers }))
        .into_response())
}

fn read(body: &[u8]) -> Result<Order, String> {
    let wish: Wish = serde_json::from_slice(body)
        .map_err(|error| format!("expected {{\"outcome\": …}} of {}: {error}", Outcome::NAMES))?;
    if !(1..=MOST_TIMES).contains(&wish.times) {
        return Err(format!("times is from 1 to {MOST_TIMES}"));
    }
    let method = match &wish.payment_type {
        None => None,
        Some(name) => Some(*Method::named(name).first().ok_or("payment_type is not known")?),
    };
    let settled_at = match &wish.settlement_time {
        None => None,
        Some(text) => Some(parse_wire_time(text).ok_or("settlement_time is written 2026-11-02 09:15:04")?),
    };
    Ok(Order { wish, method, settled_at })
}

impl Order {
    fn carry_out(&self, tx: &mut Transaction, now: i64, entropy: u128) -> Result<(), Refusal> {
        play(tx, self.wish.outcome, self.method, self.wish.amount, now, entropy)?;
        if tx.status == Status::Settlement && self.settled_at.is_some() {
            tx.settled_at = self.settled_at;
        }
        if let Some(amount) = &self.wish.gross_amount {
            tx.switches.told_amount = Some(amount.clone());
        }
        if let Some(tells) = self.wish.tell_refund_amount {
            tx.switches.hides_refund_amount = !tells;
        }
        Ok(())
    }
}
