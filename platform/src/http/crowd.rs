//! A limit around everything, whatever is asked for: one address must not take the whole server. It is wide, since many phones
//! share one address; what costs more has narrower limits of its own.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use futures_util::future::{Either, Ready, ready};
use tower::{Layer, Service};

use super::client_address::TrustedProxies;
use super::rate_limit::{Limit, Limits};

/// Requests of one address in a minute.
const MOST: u32 = 3_000;

#[derive(Clone)]
pub struct Crowd {
    requests: Arc<Limit<IpAddr>>,
    proxies: TrustedProxies,
}

impl Crowd {
    pub fn new(limits: &Limits, proxies: TrustedProxies) -> Self {
        Self { requests: limits.limit("requests_by_address", MOST, Duration::from_secs(60)), proxies }
    }
}

impl<S> Layer<S> for Crowd {
    type Service = Counted<S>;

    fn layer(&self, inner: S) -> Counted<S> {
        Counted { crowd: self.clone(), inner }
    }
}

#[derive(Clone)]
pub struct Counted<S> {
    crowd: Crowd,
    inner: S,
}

impl<S> Service<Request> for Counted<S>
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
        let address = self.crowd.proxies.address_of(request.extensions(), request.headers());
        match self.crowd.requests.take(&address) {
            Ok(()) => Either::Left(self.inner.call(request)),
            Err(refused) => Either::Right(ready(Ok(refused.into_response()))),
        }
    }
}
