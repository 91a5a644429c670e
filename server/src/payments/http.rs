//! What the gateway and the web app ask of payments.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Payments;
use super::notification::{self, Notification};
use platform::http::client_address::ClientAddress;
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::problem::ProblemBody;

#[derive(Debug, Serialize, ToSchema)]
pub struct Received {
    status: &'static str,
}

/// The gateway's HTTP notification
#[utoipa::path(post, path = "/payment/notification", operation_id = "receive_notification", tag = "payments", request_body = Notification,
    responses((status = 200, body = Received), (status = 400, body = ProblemBody), (status = 403, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn notification(
    State(payments): State<Arc<Payments>>,
    ClientAddress(address): ClientAddress,
    Json(body): Json<Notification>,
) -> Result<JsonBody<Received>, AppError> {
    payments.notifications_by_address.take(&address)?;
    notification::receive(&payments, body).await?;
    Ok(JsonBody(Received { status: "ok" }))
}
