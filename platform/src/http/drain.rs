//! Lets an upload that is refused be heard out. A connection that is closed in the middle of a body takes the refusal with
//! it: the sender sees a broken pipe instead of the reason.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{StreamExt, stream};
use tokio::sync::Mutex;

/// What is read and thrown away at the most, and for how long.
const MOST_BYTES: usize = 24 * 1024 * 1024;
const LONGEST: Duration = Duration::from_secs(10);

/// Middleware.
pub async fn refused_uploads(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let rest = Arc::new(Mutex::new(body.into_data_stream()));
    let reader = rest.clone();
    let read = stream::unfold(reader, |reader| async move {
        let chunk = reader.lock().await.next().await?;
        Some((chunk, reader))
    });
    let response = next.run(Request::from_parts(parts, Body::from_stream(read))).await;
    if response.status().is_client_error() || response.status() == StatusCode::SERVICE_UNAVAILABLE {
        let _given_up = tokio::time::timeout(LONGEST, throw_away(&rest)).await;
    }
    response
}

async fn throw_away(rest: &Mutex<BodyDataStream>) {
    let mut rest = rest.lock().await;
    let mut bytes = 0;
    while let Some(Ok(chunk)) = rest.next().await {
        bytes += chunk.len();
        if bytes > MOST_BYTES {
            return;
        }
    }
}
