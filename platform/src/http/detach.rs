//! The head of a request that opens a socket is kept as long as the socket. As it was read, it is a window into the 16 KiB
//! read buffer of its connection, which it would keep as well; so it is copied first.

use axum::extract::{OriginalUri, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};

/// Makes the head of a request a copy of its own.
pub fn head(request: &mut Request) {
    *request.headers_mut() = copied(request.headers());
    if let Ok(uri) = request.uri().to_string().parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request.extensions_mut().remove::<OriginalUri>();
}

/// What anybody reads of the head of such a request: the socket library to open it, we to admit its owner.
static READ: [HeaderName; 12] = [
    header::HOST,
    header::CONNECTION,
    header::UPGRADE,
    header::SEC_WEBSOCKET_KEY,
    header::SEC_WEBSOCKET_VERSION,
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::ORIGIN,
    header::AUTHORIZATION,
    header::COOKIE,
    header::ACCEPT_LANGUAGE,
    HeaderName::from_static("x-forwarded-for"),
];

fn copied(headers: &HeaderMap) -> HeaderMap {
    let mut copies = HeaderMap::new();
    for name in &READ {
        for value in headers.get_all(name) {
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                copies.append(name.clone(), value);
            }
        }
    }
    copies
}
