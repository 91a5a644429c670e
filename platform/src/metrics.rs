//! Figures about the running server, for Prometheus, and one line of the log for each request.
//!
//! Labels come from fixed sets, never from what a caller made up: each value of a label is kept for good.

use std::convert::Infallible;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_util::MetricKindMask;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tower::{Layer, Service};
use tracing::Instrument;

use super::http::request_id;
use super::tasks;

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
}
