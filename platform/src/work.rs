//! One unit of work: a transaction, what follows from it (jobs), and what is told of it (events), as one value.
//!
//! Nothing can be told of a change that is not committed, and a change that is committed cannot be kept quiet by mistake:
//! there is no other way to commit. What must not be lost is a job in the same transaction; an event is a hint.

use std::future::Future;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::future::BoxFuture;
use sea_orm::{DatabaseTransaction, DbErr};

use super::clock::Timestamp;
use super::db::{Db, is_contention};
use super::http::error::AppError;
use super::jobs::{self, Bell, Job};

type Ear<E> = Box<dyn Fn(Vec<E>) -> BoxFuture<'static, ()> + Send + Sync>;

/// Who hears what was committed: the runner of jobs by its bell, and the ear that the assembly lends once every feature is
/// there. A cheap handle.
pub struct Audience<E> {
    bell: Bell,
    ear: Arc<OnceLock<Ear<E>>>,
}

impl<E> Clone for Audience<E> {
    fn clone(&self) -> Self {
        Self { bell: self.bell.clone(), ear: self.ear.clone() }
    }
}

impl<E> Audience<E> {
    pub fn new(bell: Bell) -> Self {
        Self { bell, ear: Arc::default() }
    }

    /// From now on this tells everybody whom an event concerns, and goes on when the caller is gone. Only the first counts.
    pub fn lend_ear(&self, ear: impl Fn(Vec<E>) -> BoxFuture<'static, ()> + Send + Sync + 'static) {
        let _ = self.ear.set(Box::new(ear));
    }
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
    pub async fn commit(self, audience: &Audience<E>) -> Result<(), DbErr> {
        self.txn.commit().await?;
        if self.has_jobs {
            audience.bell.ring();
        }
        if !self.events.is_empty()
            && let Some(ear) = audience.ear.get()
        {
            ear(self.events).await;
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
