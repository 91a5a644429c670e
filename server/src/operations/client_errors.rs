//! `POST /api/client-errors`: what broke in somebody's browser, for the operator's log. Nobody else would ever learn of it.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Operations;
use platform::http::client_address::ClientAddress;
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::problem::ProblemBody;
use platform::http::validate::{Check, Lines};

const LONGEST_ROUTE: usize = 200;
const LONGEST_MESSAGE: usize = 500;
const LONGEST_STACK: usize = 4_000;

#[derive(Debug, Deserialize, ToSchema)]
pub struct ClientErrorRequest {
    /// The pattern of the page's address (`/dokter/:id`), without ids: what people do is not for the log. At most 200 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 200)]
    route: Option<String>,
    /// At most 500 characters, without anything that somebody typed.
    #[schema(required, value_type = String, min_length = 1, max_length = 500)]
    message: Option<String>,
    /// Where in the code it was; at most 4,000 characters.
    #[schema(max_length = 4_000)]
    stack: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Noted {
    status: &'static str,
}

/// Tell what broke in a page
#[utoipa::path(post, path = "/client-errors", operation_id = "report_client_error", tag = "operations", request_body = ClientErrorRequest,
    responses((status = 202, body = Noted), (status = 400, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn report(
    State(operations): State<Arc<Operations>>,
    ClientAddress(address): ClientAddress,
    Json(body): Json<ClientErrorRequest>,
) -> Result<(StatusCode, JsonBody<Noted>), AppError> {
    operations.client_errors.take(&address)?;
    let mut check = Check::new();
    let route = check.text("route", body.route, LONGEST_ROUTE, Lines::One);
    let message = check.text("message", body.message, LONGEST_MESSAGE, Lines::One);
    let stack = check.optional_text("stack", body.stack, LONGEST_STACK, Lines::Many);
    check.finish()?;
    metrics::counter!("client_errors_total").increment(1);
    tracing::warn!(route, message, stack, "something broke in a page");
    Ok((StatusCode::ACCEPTED, JsonBody(Noted { status: "noted" })))
}
