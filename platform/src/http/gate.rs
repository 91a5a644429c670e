//! What is asked of a request before anything is done for it.

use std::convert::Infallible;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use futures_util::future::{Either, Ready, ready};
use tower::{Layer, Service};

use super::error::AppError;

/// Says why a request goes no further.
pub trait Rule: Clone {
    fn check(&self, request: &Request) -> Result<(), AppError>;
}

/// Lets through what the rule has nothing against.
#[derive(Clone)]
pub struct Gate<R>(pub R);

impl<R: Rule, S> Layer<S> for Gate<R> {
    type Service = Gated<R, S>;

    fn layer(&self, inner: S) -> Gated<R, S> {
        Gated { rule: self.0.clone(), inner }
    }
}

#[derive(Clone)]
pub struct Gated<R, S> {
    rule: R,
    inner: S,
}

impl<R: Rule, S> Service<Request> for Gated<R, S>
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
        match self.rule.check(&request) {
            Ok(()) => Either::Left(self.inner.call(request)),
            Err(refused) => Either::Right(ready(Ok(refused.into_response()))),
        }
    }
}
