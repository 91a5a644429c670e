//! Protection against other sites' pages: a request that changes something and is authenticated by a cookie must come
//! from one of our own origins, compared exactly. Bearer clients and webhooks carry no cookie and need no origin.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};

use super::cookies;
use super::error::AppError;
use super::gate::Rule;
use crate::text::Text;

/// Where our pages come from: scheme, host and perhaps a port.
#[derive(Clone)]
pub struct Origins(Arc<[String]>);

impl Origins {
    pub fn new(origins: &[String]) -> Self {
        Self(origins.into())
    }

    /// Whether the `Origin` header is one of ours, to the letter.
    pub fn include(&self, headers: &HeaderMap) -> bool {
        let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
        origin.is_some_and(|origin| self.0.iter().any(|ours| ours == origin))
    }
}

#[derive(Clone)]
pub struct FromOurPages(pub Origins);

impl Rule for FromOurPages {
    fn check(&self, request: &Request) -> Result<(), AppError> {
        let headers = request.headers();
        let changes_something = !request.method().is_safe();
        let relies_on_cookie = cookies::any(headers) && !headers.contains_key(header::AUTHORIZATION);
        if changes_something && relies_on_cookie && !self.0.include(headers) { Err(refused()) } else { Ok(()) }
    }
}

fn refused() -> AppError {
    AppError::refused(
        StatusCode::FORBIDDEN,
        "origin_forbidden",
        Text::new("Permintaan ini bukan dari situs HELLOPET!.", "This request does not come from HELLOPET!'s site."),
    )
}
