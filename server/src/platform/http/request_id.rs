//! `X-Request-Id`: taken from the caller when it is sane, made otherwise; returned and logged.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use uuid::Uuid;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST: usize = 64;

/// Middleware, outermost: from here on the request's headers hold the id.
pub async fn assign(mut request: Request, next: Next) -> Response {
    let id = match request.headers().get(HEADER) {
        Some(given) if is_sane(given) => given.clone(),
        _ => made(),
    };
    request.headers_mut().insert(HEADER, id.clone());
    let mut response = next.run(request).await;
    response.headers_mut().insert(HEADER, id);
    response
}

pub fn of(headers: &HeaderMap) -> String {
    headers.get(HEADER).and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned()
}

fn made() -> HeaderValue {
    #[expect(clippy::expect_used, reason = "a UUID is made of hexadecimal digits and hyphens")]
    HeaderValue::from_str(&Uuid::now_v7().to_string()).expect("a UUID is a valid header value")
}

fn is_sane(given: &HeaderValue) -> bool {
    let bytes = given.as_bytes();
    (1..=LONGEST).contains(&bytes.len())
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}
