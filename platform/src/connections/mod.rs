//! Takes connections in and speaks HTTP/1 on them (and WebSocket after it), within bounds: so many in all, so many from
//! one address, so long for the head of a request, so long without any. What is said on them is the router's business.

mod places;
mod stream;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tower::Service;

pub use self::places::Places;
use self::stream::Stream;

/// Longer than proxies keep a connection that they have no use for (60 seconds, as a rule), so that they close it and not
/// we, just when they send the next request.
const LONGEST_IDLE: Duration = Duration::from_secs(75);
/// The largest head, and what is read or written at once.
const BUFFER_BYTES: usize = 32 * 1024;
/// When the machine has no more files to give, until somebody has left.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until `closing` becomes true; then nobody new is taken in, and it ends when all that is under way is answered.
/// What became a WebSocket is not waited for.
pub async fn serve(listener: TcpListener, router: Router, places: Arc<Places>, closing: watch::Receiver<bool>) {
    let (alive, mut all_gone) = mpsc::channel::<Infallible>(1);
    let taking = async {
        loop {
            let place = places.next().await;
            match listener.accept().await {
                Ok((stream, peer)) => match places.take(place, peer.ip()) {
                    Some(place) => {
                        send_at_once(&stream);
                        let stream = Stream::new(stream, place);
                        tokio::spawn(hold(stream, peer, router.clone(), closing.clone(), alive.clone()));
                    }
                    None => metrics::counter!("connections_refused_total").increment(1),
                },
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => {
                    tracing::warn!(%error, "no connection can be taken in");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    };
    tokio::select! {
        () = taking => {}
        () = closed(closing.clone()) => {}
    }
    drop((listener, alive));
    // Nothing is ever sent: it ends when the last connection has dropped its end.
    all_gone.recv().await;
}

async fn hold(
    stream: Stream,
    peer: SocketAddr,
    router: Router,
    closing: watch::Receiver<bool>,
    _alive: mpsc::Sender<Infallible>,
) {
    let progress = stream.progress();
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        progress.begin_answer();
        request.extensions_mut().insert(ConnectInfo(peer));
        let progress = progress.clone();
        let answering = router.clone().call(request);
        async move {
            let response = answering.await?;
            match response.status() {
                StatusCode::SWITCHING_PROTOCOLS => progress.upgrade(),
                _ => progress.end_answer(),
            }
            Ok::<_, Infallible>(response)
        }
    });
    let mut http = Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(LONGEST_IDLE).max_buf_size(BUFFER_BYTES);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = closed(closing) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::trace!(%error, "a connection broke off");
    }
}

async fn closed(mut closing: watch::Receiver<bool>) {
    // A sender that is gone closes as well.
    let _closing = closing.wait_for(|closing| *closing).await;
}

/// A message must not wait until the other side has confirmed the one before, which over a mobile network takes long.
fn send_at_once(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection ended as soon as it began");
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
