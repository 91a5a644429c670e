//! The two shapes in which Midtrans says no: Snap's list of messages, and the Core API's code in the body.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use uuid::Uuid;

use crate::gateway::GatewayError;
use crate::rules::Refusal;

const OUT_OF_ORDER: &str = "Sorry, something went wrong on our side. Please try again.";

/// `{"error_messages":[…]}`, the way Snap, its page and the simulation answer.
pub(super) fn error_messages<T: Into<String>>(status: StatusCode, messages: impl IntoIterator<Item = T>) -> Response {
    let messages: Vec<String> = messages.into_iter().map(Into::into).collect();
    (status, Json(json!({ "error_messages": messages }))).into_response()
}

/// A failure in the shape of [`error_messages`].
pub(super) struct SnapError(GatewayError);

impl<E: Into<GatewayError>> From<E> for SnapError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for SnapError {
    fn into_response(self) -> Response {
        match self.0 {
            GatewayError::Refused(refusal) => {
                let status = match refusal {
                    Refusal::NotFound => StatusCode::NOT_FOUND,
                    Refusal::Invalid(_) => StatusCode::BAD_REQUEST,
                    _ => StatusCode::PRECONDITION_FAILED,
                };
                error_messages(status, [refusal.to_string()])
            }
            GatewayError::Database(error) => {
                tracing::error!(%error, "the stand-in's database failed");
                error_messages(StatusCode::INTERNAL_SERVER_ERROR, [OUT_OF_ORDER])
            }
        }
    }
}

/// A failure of the Core API: HTTP 200 where the request was understood, for the code in the body is what counts.
pub(super) struct CoreError(GatewayError);

impl<E: Into<GatewayError>> From<E> for CoreError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for CoreError {
    fn into_response(self) -> Response {
        match self.0 {
            GatewayError::Refused(refusal) => core_error(StatusCode::OK, refusal.code(), &refusal.to_string()),
            GatewayError::Database(error) => {
                tracing::error!(%error, "the stand-in's database failed");
                core_error(StatusCode::INTERNAL_SERVER_ERROR, 500, OUT_OF_ORDER)
            }
        }
    }
}

pub(super) fn core_error(status: StatusCode, code: u16, message: &str) -> Response {
    let body = json!({ "status_code": code.to_string(), "status_message": message, "id": Uuid::new_v4() });
    (status, Json(body)).into_response()
}
