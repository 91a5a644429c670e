//! Background work: one queue in the database, one runner on every node.
//!
//! A job is enqueued in the transaction that makes it necessary, so that it is there exactly if the rest is. It runs at
//! least once (its handler is idempotent), is claimed by one node at a time under a lease, and is tried again with a
//! back-off when it fails or panics. One that has failed too often, cannot be read, or has killed the process at each of
//! its tries, becomes a dead letter: it stays, with its last error, until somebody has looked, and holds up nothing else.
//! Why this is our own: decision 0017.

mod entity;
mod kinds;
mod queue;
mod runner;
mod watch;

use std::sync::Arc;
use std::time::Duration;

pub use entity::{JobId, Model};
pub use kinds::{Attempt, Kinds, Outcome, Ran};
pub use queue::{cancel, enqueue, list_dead, revive, schedule};
pub use runner::{Runner, drain};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;
pub use watch::watch;

/// Work that is to be done later.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name of its kind, for the queue, logs and metrics; never changes once released.
    const KIND: &'static str;
    const LANE: Lane;
    /// After so many failed tries it is a dead letter.
    const TRIES: i32 = 12;
    /// Between the first failure and the next try; doubled with each failure, up to [`Job::LONGEST_PAUSE`].
    const FIRST_PAUSE: Duration = Duration::from_secs(5);
    const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

    /// What makes two jobs of this kind the same job.
    fn key(&self) -> String;
}

/// Jobs of different lanes never wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// What people wait for, on our own database alone.
    Life,
    /// Calls of the payment gateway, which may hang.
    Gateway,
    /// Letters, which a mail server may take its time for.
    Mail,
    /// Sweeps and comparisons that nobody waits for.
    Upkeep,
}

impl Lane {
    pub const ALL: [Self; 4] = [Self::Life, Self::Gateway, Self::Mail, Self::Upkeep];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Life => "life",
            Self::Gateway => "gateway",
            Self::Mail => "mail",
            Self::Upkeep => "upkeep",
        }
    }

    /// How many of its jobs one node runs at once.
    const fn width(self) -> usize {
        match self {
            Self::Life | Self::Gateway => 8,
            Self::Mail => 4,
            Self::Upkeep => 1,
        }
    }

    /// How long one try may take; after it the try has failed, and another node may claim the job.
    const fn lease(self) -> Duration {
        match self {
            Self::Life => Duration::from_secs(30),
            Self::Gateway => Duration::from_secs(60),
            // A talk of several steps, each with a time of its own (`mail/transport.rs`).
            Self::Mail => Duration::from_secs(120),
            Self::Upkeep => Duration::from_secs(600),
        }
    }
}

/// Wakes the runner of this node as soon as jobs were committed; without it the next poll finds them.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_waiters();
    }

    /// Completes with the next ring; listens from the moment it is enabled.
    fn rung(&self) -> Notified<'_> {
        self.0.notified()
    }
}
