//! Who may call: the merchant's server, known by its server key. The two APIs refuse in different shapes.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::response::Response;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::errors::{core_error, error_messages};
use crate::gateway::Gateway;

const DENIED: &str = "Access denied due to unauthorized transaction, please check client or server key";

/// The merchant, calling Snap.
pub(super) struct SnapMerchant;

impl FromRequestParts<Arc<Gateway>> for SnapMerchant {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, gateway: &Arc<Gateway>) -> Result<Self, Response> {
        match has_key(parts, &gateway.config.server_key) {
            true => Ok(Self),
            false => Err(error_messages(StatusCode::UNAUTHORIZED, [DENIED])),
        }
    }
}

/// The merchant, calling the Core API.
pub(super) struct CoreMerchant;

impl FromRequestParts<Arc<Gateway>> for CoreMerchant {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, gateway: &Arc<Gateway>) -> Result<Self, Response> {
        match has_key(parts, &gateway.config.server_key) {
            true => Ok(Self),
            false => Err(core_error(StatusCode::UNAUTHORIZED, 401, DENIED)),
        }
    }
}

/// Basic authentication with the key as name and an empty password.
fn has_key(parts: &Parts, server_key: &str) -> bool {
    let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some((scheme, encoded)) = header.and_then(|value| value.split_once(' ')) else { return false };
    let credentials = BASE64_STANDARD.decode(encoded.trim()).unwrap_or_default();
    scheme.eq_ignore_ascii_case("basic") && credentials == format!("{server_key}:").as_bytes()
}
