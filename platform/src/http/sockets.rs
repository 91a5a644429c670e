//! Around the sockets, and around nothing else: their requests are told apart once, by their path.

use std::convert::Infallible;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::BoxError;
use axum::body::{Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use tokio::sync::watch;
use tower::{Layer, Service};

use super::detach;
use crate::realtime::SocketLayer;

/// Where the sockets are.
const PATH: &str = "/socket.io";
/// How long a packet may take to arrive. A poll has no such limit: it waits for something to be said.
const LONGEST_BODY: Duration = Duration::from_secs(30);

/// The sockets, beside everything else.
#[derive(Clone)]
pub struct Sockets {
    layer: SocketLayer,
    stopping: watch::Receiver<bool>,
}

impl Sockets {
    pub fn new(layer: SocketLayer, stopping: watch::Receiver<bool>) -> Self {
        Self { layer, stopping }
    }
}

impl<S: Clone> Layer<S> for Sockets {
    type Service = BesideSockets<<SocketLayer as Layer<S>>::Service, S>;

    fn layer(&self, others: S) -> Self::Service {
        BesideSockets { sockets: self.layer.layer(others.clone()), stopping: self.stopping.clone(), others }
    }
}

#[derive(Clone)]
pub struct BesideSockets<T, S> {
    sockets: T,
    stopping: watch::Receiver<bool>,
    others: S,
}

impl<T, S, B> Service<Request> for BesideSockets<T, S>
where
    T: Service<Request, Error = Infallible>,
    T::Response: IntoResponse + 'static,
    T::Future: Send + 'static,
    S: Service<Request, Response = Response<B>, Error = Infallible>,
    S::Future: Send + 'static,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.others.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        if !request.uri().path().starts_with(PATH) {
            let answering = self.others.call(request);
            return Box::pin(async move { Ok(answering.await?.into_response()) });
        }
        detach::head(&mut request);
        let is_poll = request.method() == Method::GET;
        let answering = self.sockets.call(request);
        Box::pin(heard_out(answering, is_poll, self.stopping.clone()))
    }
}

/// Long polls end with the server: one that stops has nothing more to say, and must not wait for its own silence. The
/// client comes back, to another node or to this one when it is up again.
async fn heard_out<R: IntoResponse + 'static>(
    answering: impl Future<Output = Result<R, Infallible>>,
    is_poll: bool,
    mut stopping: watch::Receiver<bool>,
) -> Result<Response, Infallible> {
    let too_slow =
        async { if is_poll { std::future::pending().await } else { tokio::time::sleep(LONGEST_BODY).await } };
    tokio::select! {
        response = answering => response.map(IntoResponse::into_response),
        _ = stopping.wait_for(|stopping| *stopping) => Ok(StatusCode::SERVICE_UNAVAILABLE.into_response()),
        () = too_slow => Ok(StatusCode::REQUEST_TIMEOUT.into_response()),
    }
}
