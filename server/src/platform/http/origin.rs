//! Protection against other sites' pages: a request that changes something and is authenticated by a cookie must come
//! from one of our own origins, compared exactly. Bearer clients and webhooks carry no cookie and need no origin.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::cookies;
use super::error::AppError;
use crate::app::{App, AppState};
use crate::platform::text::Text;

/// Middleware.
pub async fn check(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let changes_something = !request.method().is_safe();
    let relies_on_cookie = cookies::any(request.headers()) && !request.headers().contains_key(header::AUTHORIZATION);
    if changes_something && relies_on_cookie && !is_ours(&app, request.headers()) {
        return refused().into_response();
    }
    next.run(request).await
}

/// Whether the `Origin` header is one of ours, to the letter.
pub fn is_ours(app: &App, headers: &HeaderMap) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    origin.is_some_and(|origin| app.config.server.origins.iter().any(|ours| ours == origin))
}

fn refused() -> AppError {
    AppError::refused(
        StatusCode::FORBIDDEN,
        "origin_forbidden",
        Text::new("Permintaan ini bukan dari situs HELLOPET!.", "This request does not come from HELLOPET!'s site."),
    )
}
