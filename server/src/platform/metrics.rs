//! Figures about the running server, for Prometheus, and one line of the log for each request.
//!
//! Labels come from fixed sets, never from what a caller made up: each value of a label is kept for good.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::future::BoxFuture;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_util::MetricKindMask;
use subtle::ConstantTimeEq;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tower::{Layer, Service};
use tracing::Instrument;

use super::http::edge::Edge;
use super::http::error::AppError;
use super::http::request_id;
use super::tasks;
use super::text::Text;
use crate::app::{App, AppState};

const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// A route that nobody has used for so long is left out until somebody does. Counters stay: their labels are few.
const IDLE: Duration = Duration::from_secs(3600);
/// Observations are kept one by one until they are counted, whether or not anybody asks for the figures.
const UPKEEP: Duration = Duration::from_secs(5);

/// Starts counting. Called once in a process.
pub fn start() -> anyhow::Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?
        .idle_timeout(MetricKindMask::HISTOGRAM, Some(IDLE))
        .install_recorder()?;
    Ok(handle)
}

/// Counts what was observed, until the server stops.
pub fn keep_up(figures: PrometheusHandle, shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tasks::every(UPKEEP, shutdown, move || {
        figures.run_upkeep();
        std::future::ready(())
    })
}

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
    Router::new().route("/metrics", get(own)).with_state(app.clone()).layer(Edge::new(app))
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

/// Observes each request, and writes its id on every line that is logged on its behalf.
#[derive(Clone, Copy)]
pub struct Observe;

impl<S> Layer<S> for Observe {
    type Service = Observed<S>;

    fn layer(&self, inner: S) -> Observed<S> {
        Observed(inner)
    }
}

#[derive(Clone)]
pub struct Observed<S>(S);

impl<S> Service<Request> for Observed<S>
where
    S: Service<Request, Error = Infallible>,
    S::Response: IntoResponse,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let started = Instant::now();
        let method = method_label(request.method());
        let matched = request.extensions().get::<MatchedPath>().cloned();
        let route =
            |matched: &Option<MatchedPath>| matched.as_ref().map_or("unmatched", MatchedPath::as_str).to_owned();
        let request_id = request_id::of(request.headers());
        let span = tracing::info_span!("request", request_id, method, route = route(&matched));
        let answering = span.in_scope(|| self.0.call(request));
        let observed = async move {
            let response = answering.await?.into_response();
            observe(method, route(&matched), &response, started.elapsed());
            Ok(response)
        };
        Box::pin(observed.instrument(span))
    }
}

fn observe(method: &'static str, route: String, response: &Response, elapsed: Duration) {
    let status = response.status().as_u16();
    let elapsed_ms = elapsed.as_secs_f64() * 1000.0;
    // What it was is said by the span.
    if response.status().is_server_error() {
        tracing::warn!(status, elapsed_ms, "request answered");
    } else {
        tracing::debug!(status, elapsed_ms, "request answered");
    }
    metrics::histogram!(
        "http_request_duration_seconds", "method" => method, "route" => route, "status" => status.to_string()
    )
    .record(elapsed.as_secs_f64());
}

/// A caller may make up any method.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn made_up_methods_are_all_one() {
        let made_up = (0..1_000).map(|number| Method::from_bytes(format!("M{number}").as_bytes()).unwrap());
        let labels: HashSet<_> = made_up.map(|method| method_label(&method)).collect();
        assert_eq!(labels, HashSet::from(["other"]));
        assert_eq!(method_label(&Method::from_bytes(b"get").unwrap()), "other", "methods are told apart by case");
        assert_eq!(method_label(&Method::PATCH), "PATCH");
    }

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
