//! Protection against other sites' pages: a request that changes something and is authenticated by a cookie must come
//! from one of our own origins, compared exactly. Bearer clients and webhooks carry no cookie and need no origin.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::future::{Either, Ready, ready};
use tower::{Layer, Service};

use super::cookies;
use super::error::AppError;
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

impl<S> Layer<S> for FromOurPages {
    type Service = Guarded<S>;

    fn layer(&self, inner: S) -> Guarded<S> {
        Guarded { origins: self.0.clone(), inner }
    }
}

#[derive(Clone)]
pub struct Guarded<S> {
    origins: Origins,
    inner: S,
}

impl<S> Service<Request> for Guarded<S>
where
    S: Service<Request, Response = Response, Error = Infallible>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<S::Future, Ready<Result<Response, Infallible>>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let headers = request.headers();
        let changes_something = !request.method().is_safe();
        let relies_on_cookie = cookies::any(headers) && !headers.contains_key(header::AUTHORIZATION);
        if changes_something && relies_on_cookie && !self.origins.include(headers) {
            return Either::Right(ready(Ok(refused().into_response())));
        }
        Either::Left(self.inner.call(request))
    }
}

fn refused() -> AppError {
    AppError::refused(
        StatusCode::FORBIDDEN,
        "origin_forbidden",
        Text::new("Permintaan ini bukan dari situs HELLOPET!.", "This request does not come from HELLOPET!'s site."),
    )
}
