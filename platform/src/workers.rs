//! Threads for work that takes a core for a while, behind the threads that carry messages. Each kind has threads and a
//! queue of its own, so that no kind waits for another: sign-ins never stand behind pictures.
//!
//! Who waits for a turn waits outside, and leaves the queue by leaving. A turn is owned by the job that uses it: a
//! sender who leaves meanwhile frees nothing before the thread is free.

use std::sync::Arc;

use anyhow::Context;
use rayon::{ThreadPool, ThreadPoolBuilder};
use thread_priority::ThreadPriority::Crossplatform;
use thread_priority::{ThreadPriorityValue, set_current_thread_priority};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::http::error::AppError;

/// Decoding a photo takes some hundred megabytes for a moment.
const MOST_PICTURES_AT_ONCE: usize = 2;

pub struct Workers {
    pub passwords: Pool,
    pub pictures: Pool,
    /// Transcripts as PDF; a long one takes some seconds and all that it holds is in memory.
    pub transcripts: Pool,
    /// Summaries as PDF: a page or two.
    pub summaries: Pool,
    /// Comparing texts with what somebody searches for.
    pub searches: Pool,
}

impl Workers {
    /// Threads that stand so far behind everything else of this machine (`nice`, 0 to 19).
    pub fn start(niceness: u8) -> anyhow::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        // One core is left to everything else, where there are two.
        let pictures = (cores - 1).clamp(1, MOST_PICTURES_AT_ONCE);
        let pool = |name, threads, queue| Pool::start(name, threads, queue, niceness);
        Ok(Self {
            // At 70 ms each on two cores the last one waits about five seconds.
            passwords: pool("passwords", cores, 128)?,
            pictures: pool("pictures", pictures, 64)?,
            transcripts: pool("transcripts", 1, 16)?,
            summaries: pool("summaries", 1, 64)?,
            searches: pool("searches", cores, 256)?,
        })
    }
}

/// The threads of one kind of work, and how much of it may wait for them.
pub struct Pool {
    name: &'static str,
    threads: ThreadPool,
    /// One for each thread, so that nothing ever waits inside the pool.
    turns: Arc<Semaphore>,
    /// One for each job that runs or waits.
    places: Arc<Semaphore>,
}

/// The right to use one thread, for one work after the other, for as long as it or a clone of it is held.
#[derive(Clone)]
pub struct Turn {
    _permits: Arc<[OwnedSemaphorePermit; 2]>,
}

/// More is waiting than may wait.
#[derive(Debug, PartialEq, Eq)]
pub struct Full;

impl From<Full> for AppError {
    fn from(Full: Full) -> Self {
        Self::busy()
    }
}

impl Pool {
    fn start(name: &'static str, threads: usize, queue: usize, niceness: u8) -> anyhow::Result<Self> {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(move |index| format!("{name}-{index}"))
            .start_handler(move |_| step_back(niceness))
            // A picture that breaks its decoder must not end the server; whoever waits for it is told.
            .panic_handler(move |_| tracing::error!(pool = name, "work on a worker thread panicked"))
            .build()
            .context("the worker threads cannot be started")?;
        Ok(Self {
            name,
            threads: pool,
            turns: Arc::new(Semaphore::new(threads)),
            places: Arc::new(Semaphore::new(threads + queue)),
        })
    }

    /// Waits until a thread is free, unless too many do so already.
    pub async fn turn(&self) -> Result<Turn, Full> {
        let place = self.places.clone().try_acquire_owned().map_err(|_| {
            metrics::counter!("worker_refusals_total", "pool" => self.name).increment(1);
            Full
        })?;
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| Full)?;
        Ok(Turn { _permits: Arc::new([turn, place]) })
    }

    /// Does `work` when a thread is free.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        let turn = self.turn().await?;
        Ok(self.run_in(turn, work).await?)
    }

    /// Does `work` now, in a turn that was waited for.
    pub async fn run_in<T: Send + 'static>(
        &self,
        turn: Turn,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> anyhow::Result<T> {
        let (done, result) = oneshot::channel();
        self.threads.spawn(move || {
            // Held to the end of the work, also when nobody waits for it any more.
            let held = turn;
            let outcome = work();
            drop(held);
            let _ = done.send(outcome);
        });
        result.await.context("a worker failed")
    }
}

/// With 10 a message finds the core free within a moment, and yet a tenth of a machine that is busy is left for sign-ins.
fn step_back(niceness: u8) {
    // The library counts from 0 to 99 what Linux counts from 19 down to -20.
    let priority = u16::from(19 - niceness.min(19)) * 99 / 39;
    let stepped = u8::try_from(priority)
        .map_err(|error| error.to_string())
        .and_then(|value| ThreadPriorityValue::try_from(value).map_err(|error| error.to_string()))
        .and_then(|value| set_current_thread_priority(Crossplatform(value)).map_err(|error| format!("{error:?}")));
    if let Err(error) = stepped {
        tracing::warn!(error, "a worker keeps its priority");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use std::pin::pin;
    use std::sync::mpsc;

    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_sender_who_leaves_frees_no_thread_before_the_work_is_done() {
        let pool = Pool::start("test", 1, 4, 0).unwrap();
        let (finish, finished) = mpsc::channel::<()>();
        let mut abandoned = Box::pin(pool.run(move || finished.recv()));
        assert!(abandoned.as_mut().now_or_never().is_none(), "it has begun");
        drop(abandoned);
        let mut next = pin!(pool.turn());
        assert!(next.as_mut().now_or_never().is_none(), "the thread is taken");
        finish.send(()).unwrap();
        assert!(next.await.is_ok());
    }

    #[tokio::test]
    async fn who_leaves_the_queue_makes_room_in_it() {
        let pool = Pool::start("test", 1, 2, 0).unwrap();
        let held = pool.turn().await.unwrap();
        let mut waiting: Vec<_> = (0..2).map(|_| Box::pin(pool.turn())).collect();
        for turn in &mut waiting {
            assert!(turn.as_mut().now_or_never().is_none());
        }
        assert_eq!(pool.turn().await.err(), Some(Full));
        waiting.pop();
        let mut next = Box::pin(pool.turn());
        assert!(next.as_mut().now_or_never().is_none(), "it waits, and is not refused");
        drop(held);
        assert!(waiting.remove(0).await.is_ok(), "the first in line is the first to go on");
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_thread_back() {
        let pool = Pool::start("test", 1, 0, 0).unwrap();
        #[expect(clippy::panic, reason = "that is what is tried")]
        let broken = pool.run(|| panic!("a decoder breaks")).await;
        assert!(broken.is_err());
        assert_eq!(pool.run(|| 1).await.ok(), Some(1));
    }
}
