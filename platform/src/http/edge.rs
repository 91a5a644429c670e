//! What stands around every request, in one piece: its id, the body of a refusal, and the headers that make browsers careful.
//!
//! Layers that are added to a router one by one are boxed one in the other, and each request clones them all; so these
//! three are one, and `router.rs` adds everything as one stack.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use futures_util::future::BoxFuture;
use tower::{Layer, Service};

use super::problem::Listener;
use super::request_id;
use super::security_headers::SecurityHeaders;

#[derive(Clone)]
pub struct Edge {
    security: Arc<SecurityHeaders>,
}

impl Edge {
    pub fn new(security: SecurityHeaders) -> Self {
        Self { security: Arc::new(security) }
    }
}

impl<S> Layer<S> for Edge {
    type Service = Edged<S>;

    fn layer(&self, inner: S) -> Edged<S> {
        Edged { security: self.security.clone(), inner }
    }
}

#[derive(Clone)]
pub struct Edged<S> {
    security: Arc<SecurityHeaders>,
    inner: S,
}

impl<S, B> Service<Request> for Edged<S>
where
    S: Service<Request, Response = Response<B>, Error = Infallible>,
    S::Future: Send + 'static,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let id = request_id::assign(request.headers_mut());
        let listener = Listener::of(&request);
        let is_frame = request.uri().path().starts_with("/sandbox/");
        let security = self.security.clone();
        let answering = self.inner.call(request);
        Box::pin(async move {
            let mut response = listener.render(answering.await?.map(Body::new), &id);
            security.add(response.headers_mut(), is_frame);
            response.headers_mut().insert(request_id::HEADER, id);
            Ok(response)
        })
    }
}
