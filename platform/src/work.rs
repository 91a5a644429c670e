//! One unit of work: a transaction, what follows from it (jobs), and what is told of it (events), as one value.
//!
//! Nothing can be told of a change that is not committed, and a change that is committed cannot be kept quiet by mistake:
//! there is no other way to commit. What must not be lost is a job in the same transaction; an event is a hint.

use std::future::Future;
use std::ops::Deref;
use std::time::Duration;

use futures_util::future::BoxFuture;
use sea_orm::{DatabaseTransaction, DbErr};

use super::clock::Timestamp;
use super::db::{Db, is_contention};
use super::http::error::AppError;
use super::jobs::{self, Job};

/// Who hears what was committed.
pub trait Audience<E> {
    /// Tells everybody whom it concerns. Goes on when the caller is gone.
    fn hear(&self, events: Vec<E>) -> BoxFuture<'static, ()>;

    /// Jobs were committed.
    fn wake(&self);
}

/// A transaction that will write. Dereferences to it, so that queries take `&*work`.
#[must_use = "a unit of work that is not committed changes nothing"]
pub struct Work<E> {
    txn: DatabaseTransaction,
    now: Timestamp,
    events: Vec<E>,
    has_jobs: bool,
}

impl<E> Work<E> {
    pub async fn begin(db: &Db, now: Timestamp) -> Result<Self, DbErr> {
        Ok(Self { txn: db.begin_write().await?, now, events: Vec::new(), has_jobs: false })
    }

    /// The instant at which all of it happens.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Has something told once it is committed.
    pub fn tell(&mut self, event: E) {
        self.events.push(event);
    }

    /// Has a job done as soon as it is committed, unless the same one waits already.
    pub async fn enqueue<J: Job>(&mut self, job: &J) -> Result<(), DbErr> {
        self.has_jobs = true;
        jobs::enqueue(&self.txn, job, self.now, self.now).await
    }

    /// Has a job done at that time; the same one that waits already is moved there.
    pub async fn schedule<J: Job>(&mut self, job: &J, at: Timestamp) -> Result<(), DbErr> {
        self.has_jobs |= at <= self.now;
        jobs::schedule(&self.txn, job, at, self.now).await
    }

    /// Commits, has the jobs begun, and tells what there is to tell.
    pub async fn commit(self, audience: &impl Audience<E>) -> Result<(), DbErr> {
        self.txn.commit().await?;
        if self.has_jobs {
            audience.wake();
        }
        if !self.events.is_empty() {
            audience.hear(self.events).await;
        }
        Ok(())
    }
}

impl<E> Deref for Work<E> {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.txn
    }
}

/// How often work that lost a deadlock, or found the database busy, is done again.
const RETRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(20);

/// Does a unit of work again when the database broke a deadlock at its cost or could not put it in order with others. It was
/// rolled back whole, so that doing it again is doing it once.
pub async fn retried<T, F: Future<Output = Result<T, AppError>>>(mut work: impl FnMut() -> F) -> Result<T, AppError> {
    let mut retries = 0;
    loop {
        match work().await {
            Err(AppError::Internal(error)) if retries < RETRIES && is_contention(&error) => {
                retries += 1;
                metrics::counter!("database_retries_total").increment(1);
                tokio::time::sleep(PAUSE * retries).await;
            }
            Err(AppError::Internal(error)) if is_contention(&error) => return Err(AppError::busy()),
            result => return result,
        }
    }
}
