//! Protection against other sites' pages: a request that changes something and is authenticated by a cookie must come
//! from one of our own origins, compared exactly. Bearer clients and webhooks carry no cookie and need no origin.

use std::convert::Infallible;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::future::{Either, Ready, ready};
use tower::{Layer, Service};

use super::cookies;
use super::error::AppError;
use crate::app::{App, AppState};
use crate::platform::text::Text;

#[derive(Clone)]
pub struct FromOurPages(pub AppState);

impl<S> Layer<S> for FromOurPages {
    type Service = Guarded<S>;

    fn layer(&self, inner: S) -> Guarded<S> {
        Guarded { app: self.0.clone(), inner }
    }
}

#[derive(Clone)]
pub struct Guarded<S> {
    app: AppState,
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
        if changes_something && relies_on_cookie && !is_ours(&self.app, headers) {
            return Either::Right(ready(Ok(refused().into_response())));
        }
        Either::Left(self.inner.call(request))
    }
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
