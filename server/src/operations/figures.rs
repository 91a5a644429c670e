//! `/metrics`: the figures about this server, for Prometheus.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use subtle::ConstantTimeEq;

use super::Operations;
use crate::config::Config;
use platform::http::edge::Edge;
use platform::http::error::AppError;
use platform::secret::Secret;
use platform::text::Text;

/// Figures for Prometheus, never for the public: with `METRICS_TOKEN` as the bearer, or from this machine where
/// `PUBLIC_URL` is local; elsewhere at `METRICS_ADDR`
#[utoipa::path(get, path = "/metrics", tag = "operations", responses((status = 200, content_type = "text/plain", body = String)))]
pub async fn public(
    State(operations): State<Arc<Operations>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    if !operations.access.is_here(peer) {
        let text = Text::new("Alamat ini tidak ada.", "There is nothing at this address.");
        return Err(AppError::not_found("route_not_found", text));
    }
    figures(&operations, &headers)
}

/// Who may read them.
pub struct Access {
    token: Option<Secret>,
    has_own_listener: bool,
    is_local: bool,
}

impl Access {
    pub fn new(config: &Config) -> Self {
        Self {
            token: config.metrics.token.clone(),
            has_own_listener: config.metrics.address.is_some(),
            is_local: config.server.is_local(),
        }
    }

    /// Whether there is anything at the public listener for this caller.
    fn is_here(&self, peer: SocketAddr) -> bool {
        let is_mine_alone = self.is_local && peer.ip().to_canonical().is_loopback();
        !self.has_own_listener && (is_mine_alone || self.token.is_some())
    }
}

/// What the listener of `METRICS_ADDR` answers.
pub fn router(operations: &Arc<Operations>) -> Router {
    let own = async |State(operations): State<Arc<Operations>>, headers: HeaderMap| figures(&operations, &headers);
    Router::new()
        .route("/metrics", get(own))
        .with_state(operations.clone())
        .layer(Edge::new(operations.headers.clone()))
}

fn figures(operations: &Operations, headers: &HeaderMap) -> Result<Response, AppError> {
    if let Some(token) = &operations.access.token
        && !bears(headers, token.expose())
    {
        let text = Text::new("Token METRICS_TOKEN diperlukan.", "METRICS_TOKEN is needed as the bearer token.");
        return Err(AppError::refused(StatusCode::UNAUTHORIZED, "unauthenticated", text));
    }
    let text = operations.metrics.as_ref().map(PrometheusHandle::render).unwrap_or_default();
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}

fn bears(headers: &HeaderMap, token: &str) -> bool {
    let given = headers.get(header::AUTHORIZATION).map(|value| value.as_bytes()).unwrap_or_default();
    let scheme_length = "Bearer ".len();
    given.split_at_checked(scheme_length).is_some_and(|(scheme, given)| {
        scheme.eq_ignore_ascii_case(b"Bearer ") && bool::from(given.ct_eq(token.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;

    #[test]
    fn the_bearer_token_is_compared_whole() {
        let with = |value: &'static str| {
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())]);
            bears(&headers, "rahasia")
        };
        assert!(with("Bearer rahasia") && with("bearer rahasia"));
        for wrong in ["Bearer rahasi", "Bearer rahasia1", "Bearer ", "Bearer", "Basic rahasia", "rahasia", ""] {
            assert!(!with(wrong), "{wrong}");
        }
        assert!(!bears(&HeaderMap::new(), "rahasia"));
    }
}
