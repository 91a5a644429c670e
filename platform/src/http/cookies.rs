//! The two cookies that carry a browser's session. No script can read them.

use axum::http::{HeaderMap, header};

pub const ACCESS_TOKEN: &str = "accessToken";
pub const REFRESH_TOKEN: &str = "refreshToken";

/// The value of a cookie of the request.
pub fn get<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let values = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// Whether the request would be let in by a cookie.
pub fn any(headers: &HeaderMap) -> bool {
    get(headers, ACCESS_TOKEN).is_some() || get(headers, REFRESH_TOKEN).is_some()
}
