//! The head of a request that opens a socket is kept as long as the socket. As it was read, it is a window into the 16 KiB
//! read buffer of its connection, which it would keep as well; so it is copied first.

use axum::extract::{OriginalUri, Request};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::Response;

use super::polls::SOCKETS;

/// Middleware around the sockets.
pub async fn heads_of_sockets(mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with(SOCKETS) {
        *request.headers_mut() = copied(request.headers());
        if let Ok(uri) = request.uri().to_string().parse::<Uri>() {
            *request.uri_mut() = uri;
        }
        request.extensions_mut().remove::<OriginalUri>();
    }
    next.run(request).await
}

fn copied(headers: &HeaderMap) -> HeaderMap {
    let copy = |value: &HeaderValue| HeaderValue::from_bytes(value.as_bytes()).ok();
    let mut copies = HeaderMap::with_capacity(headers.keys_len());
    for (name, value) in headers {
        if let Some(value) = copy(value) {
            copies.append(name.clone(), value);
        }
    }
    copies
}
