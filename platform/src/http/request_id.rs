//! `X-Request-Id`: taken from the caller when it is sane, made otherwise; returned and logged.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST: usize = 64;

/// The id of a request; from here on its headers hold it.
pub fn assign(headers: &mut HeaderMap) -> HeaderValue {
    match headers.get(HEADER) {
        Some(given) if is_sane(given) => given.clone(),
        _ => {
            let made = made();
            headers.insert(HEADER, made.clone());
            made
        }
    }
}

pub fn of(headers: &HeaderMap) -> &str {
    headers.get(HEADER).map(as_str).unwrap_or_default()
}

pub fn as_str(id: &HeaderValue) -> &str {
    id.to_str().unwrap_or_default()
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
