//! Long polls end with the server. A poll may wait for half a minute for something to be said; a server that stops has
//! nothing more to say, and must not wait for its own silence.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::AppState;

/// Where the sockets are.
pub const SOCKETS: &str = "/socket.io";

/// Middleware around the sockets: lets the client come back, to another node or to this one when it is up again.
pub async fn end_with_server(State(app): State<AppState>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with(SOCKETS) {
        return next.run(request).await;
    }
    let mut stopping = app.stopping.clone();
    tokio::select! {
        response = next.run(request) => response,
        _ = stopping.wait_for(|stopping| *stopping) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
