//! The line between the nodes: what happened on one that others must hear. Over PostgreSQL or Redis by configuration; on
//! a single node there is none.
//!
//! A notice is a hint, like an event to a socket: it may be lost with the line. So a node hears when the line was away or
//! a peer could not get everything out (`Heard::Resync`), and looks up what it may have missed.

mod link;
mod postgres;
mod redis;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

/// Notices that wait for the line. When it is away for longer, they are dropped and the peers resync.
const OUTGOING: usize = 4_096;
const INCOMING: usize = 4_096;
/// PostgreSQL takes payloads below 8,000 bytes; larger things are named in a notice and read from the database.
const LARGEST_NOTICE_BYTES: usize = 7_900;

/// How the nodes hear of each other.
#[derive(Clone, PartialEq, Eq)]
pub enum Fanout {
    /// There is a single node.
    Local,
    /// The URL of the database.
    Postgres(String),
    /// The URL of Redis.
    Redis(String),
}

impl fmt::Debug for Fanout {
    /// The URLs hold passwords.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Local => "Local",
            Self::Postgres(_) => "Postgres(…)",
            Self::Redis(_) => "Redis(…)",
        })
    }
}

/// What comes in from the line.
#[derive(Debug)]
pub enum Heard {
    /// A peer said something.
    Notice(Notice),
    /// Notices may have been missed: the line is back, or a peer dropped some.
    Resync,
    /// The line is away; nothing is heard from others until `Resync`.
    Silence,
}

#[derive(Debug, Deserialize)]
pub struct Notice {
    pub from: Uuid,
    pub topic: String,
    pub payload: Box<RawValue>,
}

#[derive(Serialize)]
struct Outgoing<'a, T> {
    from: Uuid,
    topic: &'a str,
    payload: &'a T,
}

/// The listening end of an open line.
pub struct Line {
    pub heard: mpsc::Receiver<Heard>,
    pub task: JoinHandle<()>,
    pub closing: Closing,
}

/// Closes a line: what waits to be told still goes out, for as long as that takes within reason.
pub struct Closing(watch::Sender<bool>);

impl Closing {
    pub fn close(&self) {
        self.0.send_replace(true);
    }
}

/// A handle for publishing.
#[derive(Clone)]
pub struct Bus {
    node: Uuid,
    outgoing: Option<mpsc::Sender<String>>,
    has_dropped: Arc<AtomicBool>,
    has_peers: Arc<AtomicBool>,
    is_open: Arc<AtomicBool>,
}

impl Bus {
    /// The bus of a single node: publishing does nothing.
    pub fn none() -> Self {
        Self {
            node: Uuid::now_v7(),
            outgoing: None,
            has_dropped: Arc::default(),
            has_peers: Arc::default(),
            is_open: Arc::default(),
        }
    }

    /// Opens the line. What is heard comes out of the receiver, until the line is closed.
    pub fn open(fanout: &Fanout) -> (Self, Option<Line>) {
        if *fanout == Fanout::Local {
            return (Self::none(), None);
        }
        let (outgoing, to_send) = mpsc::channel(OUTGOING);
        let (hear, heard) = mpsc::channel(INCOMING);
        let bus = Self { outgoing: Some(outgoing), ..Self::none() };
        let (close, closed) = watch::channel(false);
        let task = tokio::spawn(link::run(bus.clone(), fanout.clone(), to_send, hear, closed));
        (bus, Some(Line { heard, task, closing: Closing(close) }))
    }

    /// Whether this node may have others beside it.
    pub fn is_line(&self) -> bool {
        self.outgoing.is_some()
    }

    /// Whether other nodes have been heard lately.
    pub fn has_peers(&self) -> bool {
        self.has_peers.load(Ordering::Acquire)
    }

    /// Whether what the other nodes say is heard; a single node misses nothing.
    pub fn hears(&self) -> bool {
        !self.is_line() || self.is_open.load(Ordering::Acquire)
    }

    /// Tells the other nodes; never waits. Without another node in hearing it does nothing: one that comes is told to
    /// resync.
    pub fn publish(&self, topic: &str, payload: &impl Serialize) {
        if self.has_peers() {
            self.send(topic, payload);
        }
    }

    fn send(&self, topic: &str, payload: &impl Serialize) {
        let Some(outgoing) = &self.outgoing else { return };
        let Some(notice) = self.written(topic, payload) else { return };
        if outgoing.try_send(notice).is_err() {
            self.has_dropped.store(true, Ordering::Release);
            metrics::counter!("bus_notices_dropped_total").increment(1);
        }
    }

    fn is_closed(&self) -> bool {
        self.outgoing.as_ref().is_none_or(mpsc::Sender::is_closed)
    }

    fn written(&self, topic: &str, payload: &impl Serialize) -> Option<String> {
        match serde_json::to_string(&Outgoing { from: self.node, topic, payload }) {
            Ok(notice) if notice.len() <= LARGEST_NOTICE_BYTES => Some(notice),
            Ok(notice) => {
                tracing::error!(topic, bytes = notice.len(), "a notice is too large for the line between the nodes");
                None
            }
            Err(error) => {
                tracing::error!(topic, %error, "a notice cannot be written");
                None
            }
        }
    }
}
