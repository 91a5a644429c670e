//! A connection that is given up when its peer keeps it waiting: with half the head of a request, or by not reading what
//! it asked for. It holds its place until it is closed, also when it has become a WebSocket meanwhile.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use super::places::Place;

/// From the first byte of a head, or from the beginning of the connection, to its last.
pub const LONGEST_HEAD: Duration = Duration::from_secs(10);
/// Without a byte of an answer being taken.
const LONGEST_STALL: Duration = Duration::from_secs(60);

/// Where a connection is between two requests. Written by the one who answers, read by the one who reads.
#[derive(Clone)]
pub struct Progress(Arc<AtomicU8>);

/// The head of a request is under way.
const HEAD: u8 = 0;
/// A request is being answered.
const ANSWERING: u8 = 1;
/// The next request may come.
const IDLE: u8 = 2;
/// It speaks another protocol now, which has heartbeats of its own.
const UPGRADED: u8 = 3;

impl Progress {
    pub fn begin_answer(&self) {
        self.0.store(ANSWERING, Ordering::Relaxed);
    }

    pub fn end_answer(&self) {
        self.0.store(IDLE, Ordering::Relaxed);
    }

    pub fn upgrade(&self) {
        self.0.store(UPGRADED, Ordering::Relaxed);
    }

    fn get(&self) -> u8 {
        self.0.load(Ordering::Relaxed)
    }
}

pub struct Stream {
    inner: TcpStream,
    progress: Progress,
    head_until: Instant,
    head: Patience,
    writing: Patience,
    _place: Place,
}

impl Stream {
    pub fn new(inner: TcpStream, place: Place) -> Self {
        Self {
            inner,
            progress: Progress(Arc::new(AtomicU8::new(HEAD))),
            head_until: Instant::now() + LONGEST_HEAD,
            head: Patience::default(),
            writing: Patience::default(),
            _place: place,
        }
    }

    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    fn judge_write(&mut self, context: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if written.is_ready() || self.progress.get() == UPGRADED {
            self.writing.forget();
            return written;
        }
        ready!(self.writing.poll(context, || Instant::now() + LONGEST_STALL));
        Poll::Ready(Err(too_slow("an answer was not taken")))
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, buffer);
        if read.is_ready() {
            if buffer.filled().len() > before && self.progress.get() == IDLE {
                self.progress.0.store(HEAD, Ordering::Relaxed);
                self.head_until = Instant::now() + LONGEST_HEAD;
                self.head.forget();
            }
            return read;
        }
        if self.progress.get() != HEAD {
            self.head.forget();
            return Poll::Pending;
        }
        let until = self.head_until;
        ready!(self.head.poll(context, || until));
        Poll::Ready(Err(too_slow("a request did not come")))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.judge_write(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(context, pieces);
        self.judge_write(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

/// A timer that exists only while something is waited for: most connections never need one.
#[derive(Default)]
struct Patience(Option<Pin<Box<Sleep>>>);

impl Patience {
    fn poll(&mut self, context: &mut Context<'_>, until: impl FnOnce() -> Instant) -> Poll<()> {
        self.0.get_or_insert_with(|| Box::pin(sleep_until(until()))).as_mut().poll(context)
    }

    fn forget(&mut self) {
        self.0 = None;
    }
}

fn too_slow(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, what)
}
