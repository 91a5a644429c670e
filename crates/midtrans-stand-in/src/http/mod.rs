//! The stand-in's surface: one file for each of the real services' interfaces, and our own page.

mod assets;
mod auth;
mod core_api;
mod document;
mod errors;
mod page;
mod page_view;
mod qr;
mod simulate;
mod snap;

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{get, post};

use crate::gateway::Gateway;
use crate::http::errors::error_messages;

/// Said by every response, so that no client can mistake this for the real thing.
const SIMULATED: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-simulated"), HeaderValue::from_static("midtrans"));

pub(crate) fn routes(gateway: Arc<Gateway>) -> Router {
    Router::new()
        .route("/snap/v1/transactions", post(snap::create))
        .route("/snap/v1/transactions/{token}/cancel", post(snap::cancel))
        .route("/snap/v1/transactions/{token}/page", get(page::show))
        .route("/snap/v1/transactions/{token}/charge", post(page::charge))
        .route("/snap/v1/transactions/{token}/outcome", post(page::decide))
        .route("/snap/v1/transactions/{token}/qr.svg", get(page::qr))
        .route("/snap/v4/redirection/{token}", get(document::show))
        .route("/snap/snap.js", get(assets::snap_script))
        .route("/snap/page/{file}", get(assets::page_file))
        .route("/v2/{id}/status", get(core_api::status))
        .route("/v2/{id}/status/b2b", get(core_api::status))
        .route("/v2/{id}/cancel", post(core_api::cancel))
        .route("/v2/{id}/expire", post(core_api::expire))
        .route("/v2/{id}/approve", post(core_api::approve))
        .route("/v2/{id}/deny", post(core_api::deny))
        .route("/v2/{id}/refund", post(core_api::refund))
        .route("/v2/{id}/refund/online/direct", post(core_api::refund_directly))
        .route("/simulate/{order_id}", post(simulate::simulate))
        .fallback(nowhere)
        .layer(map_response(say_it_is_simulated))
        .with_state(gateway)
}

async fn nowhere() -> Response {
    error_messages(StatusCode::NOT_FOUND, ["the simulation of Midtrans has nothing at this address"])
}

async fn say_it_is_simulated(mut response: Response) -> Response {
    let (name, value) = SIMULATED;
    response.headers_mut().insert(name, value);
    response
}
