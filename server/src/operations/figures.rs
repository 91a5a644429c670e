//! `/metrics`: the figures about this server, for Prometheus.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use platform::http::edge::Edge;
use platform::http::error::AppError;
use platform::text::Text;
use subtle::ConstantTimeEq;

use crate::app::{App, AppState};

/// Figures for Prometheus, never for the public: with `METRICS_TOKEN` as the bearer, or from this machine where
/// `PUBLIC_URL` is local; elsewhere at `METRICS_ADDR`
#[utoipa::path(get, path = "/metrics", tag = "operations", responses((status = 200, content_type = "text/plain", body = String)))]
pub async fn public(
    State(app): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let is_mine_alone = app.config.server.is_local() && peer.ip().to_canonical().is_loopback();
    let is_here = app.config.metrics.address.is_none() && (is_mine_alone || app.config.metrics.token.is_some());
    if !is_here {
        let text = Text::new("Alamat ini tidak ada.", "There is nothing at this address.");
        return Err(AppError::not_found("route_not_found", text));
    }
    figures(&app, &headers)
}

/// What the listener of `METRICS_ADDR` answers.
pub fn router(app: &AppState) -> Router {
    let own = async |State(app): State<AppState>, headers: HeaderMap| figures(&app, &headers);
    Router::new().route("/metrics", get(own)).with_state(app.clone()).layer(Edge::new(app.security_headers()))
}

fn figures(app: &App, headers: &HeaderMap) -> Result<Response, AppError> {
    if let Some(token) = &app.config.metrics.token
        && !bears(headers, token.expose())
    {
        let text = Text::new("Token METRICS_TOKEN diperlukan.", "METRICS_TOKEN is needed as the bearer token.");
        return Err(AppError::refused(StatusCode::UNAUTHORIZED, "unauthenticated", text));
    }
    let text = app.metrics.as_ref().map(PrometheusHandle::render).unwrap_or_default();
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
