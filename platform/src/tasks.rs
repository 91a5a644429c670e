//! Work in the background: what recurs, and the tasks without which a node is not whole.
//!
//! The latter are watched. One that ends before its time, by a panic or by returning, would leave a node that answers and
//! does half its work: so it is logged by its name, the node says that it is not ready, and the process ends with an error
//! for its supervisor to start it again. The database is the truth; nothing is lost by that.

use std::any::type_name;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinHandle, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, timeout_at};

/// Runs `work` every `period` until `shutdown` becomes true; the run under way is finished first. A run that panics is
/// over, the next one comes all the same.
pub fn every<F, Fut>(period: Duration, mut shutdown: watch::Receiver<bool>, mut work: F) -> JoinHandle<()>
where
    F: FnMut() -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    // The path of the function that has made the closure.
    let name = type_name::<F>().trim_end_matches("::{{closure}}");
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => {
                    if AssertUnwindSafe(async { work().await }).catch_unwind().await.is_err() {
                        tracing::error!(task = name, "recurring work panicked; it goes on with the next run");
                        metrics::counter!("task_panics_total", "task" => name).increment(1);
                    }
                }
                changed = shutdown.changed() => {
                    if changed.is_err() || *shutdown.borrow() {
                        return;
                    }
                }
            }
        }
    })
}

/// When a task is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// As soon as the server stops.
    Stop,
    /// When the server has stopped and nothing comes in any more: it finishes what it has taken in.
    Drained,
    /// The last of all: what the others do while they finish is still told.
    Last,
}

/// The tasks that a node needs, by name. A cheap handle.
#[derive(Clone)]
pub struct Tasks(Arc<Set>);

struct Set {
    stopping: watch::Receiver<bool>,
    /// The first that has ended before its time.
    ended: watch::Sender<Option<&'static str>>,
    running: Mutex<Vec<Running>>,
}

struct Running {
    name: &'static str,
    until: Until,
    watcher: JoinHandle<()>,
    work: AbortHandle,
}

impl Tasks {
    pub fn new(stopping: watch::Receiver<bool>) -> Self {
        Self(Arc::new(Set { stopping, ended: watch::Sender::new(None), running: Mutex::default() }))
    }

    /// Starts a task and watches it.
    pub fn spawn(&self, name: &'static str, until: Until, work: impl Future<Output = ()> + Send + 'static) {
        self.watch(name, until, tokio::spawn(work));
    }

    /// Watches a task that was started.
    pub fn watch(&self, name: &'static str, until: Until, task: JoinHandle<()>) {
        let (set, work) = (self.0.clone(), task.abort_handle());
        let watcher = tokio::spawn(async move { set.note(name, task.await.err().is_some_and(|end| end.is_panic())) });
        let running = Running { name, until, watcher, work };
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner).push(running);
    }

    /// The first task that has ended before its time.
    pub fn ended(&self) -> Option<&'static str> {
        *self.0.ended.borrow()
    }

    /// Waits for a task to end before its time, for ever if need be.
    pub async fn wait_for_an_end(&self) {
        let mut ended = self.0.ended.subscribe();
        if ended.wait_for(Option::is_some).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Waits until the tasks of one kind have ended, and no longer than that: then they are given up.
    pub async fn finish(&self, until: Until, patience: Duration) {
        let deadline = Instant::now() + patience;
        let mut all = std::mem::take(&mut *self.0.running.lock().unwrap_or_else(PoisonError::into_inner));
        let ending = all.extract_if(.., |task| task.until == until).collect::<Vec<_>>();
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner).extend(all);
        let mut waiting = JoinSet::new();
        for Running { name, watcher, work, .. } in ending {
            waiting.spawn(async move {
                if timeout_at(deadline, watcher).await.is_err() {
                    tracing::warn!(task = name, "a task did not end in time");
                    work.abort();
                }
            });
        }
        waiting.join_all().await;
    }
}

impl Set {
    fn note(&self, name: &'static str, has_panicked: bool) {
        if !has_panicked && *self.stopping.borrow() {
            return;
        }
        tracing::error!(task = name, has_panicked, "a task that the node needs has ended");
        metrics::counter!("task_ends_total", "task" => name).increment(1);
        self.ended.send_if_modified(|first| {
            let is_first = first.is_none();
            first.get_or_insert(name);
            is_first
        });
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;
    use tokio::time::timeout;

    use super::*;

    const LONG: Duration = Duration::from_secs(10);
    const SHORT: Duration = Duration::from_millis(10);

    #[tokio::test]
    async fn a_run_that_panics_does_not_end_what_recurs() {
        let (_stop, stopping) = watch::channel(false);
        let (begun, mut runs) = mpsc::unbounded_channel();
        let task = every(Duration::from_millis(1), stopping, move || {
            let told = begun.send(());
            async move {
                #[expect(clippy::panic, reason = "that is what is tried")]
                let () = if told.is_ok() {
                    panic!("a bad run")
                };
            }
        });
        for _ in 0..3 {
            assert_eq!(timeout(LONG, runs.recv()).await, Ok(Some(())));
        }
        assert!(!task.is_finished());
    }

    #[tokio::test]
    async fn the_first_task_that_ends_before_its_time_is_named() {
        let (_stop, stopping) = watch::channel(false);
        let tasks = Tasks::new(stopping);
        tasks.spawn("endless", Until::Stop, std::future::pending());
        assert_eq!(tasks.ended(), None);
        tasks.spawn("returns", Until::Stop, std::future::ready(()));
        assert_eq!(timeout(LONG, tasks.wait_for_an_end()).await, Ok(()));
        assert_eq!(tasks.ended(), Some("returns"));
        #[expect(clippy::panic, reason = "that is what is tried")]
        tasks.spawn("panics", Until::Drained, async { panic!("later") });
        tasks.finish(Until::Drained, LONG).await;
        assert_eq!(tasks.ended(), Some("returns"), "the first is the cause of the others");
    }

    #[tokio::test]
    async fn ends_are_awaited_in_their_order_and_not_for_ever() {
        let (stop, stopping) = watch::channel(false);
        let tasks = Tasks::new(stopping.clone());
        let mut seen = stopping;
        tasks.spawn("obedient", Until::Stop, async move {
            let _stopped = seen.wait_for(|stopping| *stopping).await;
        });
        tasks.spawn("stubborn", Until::Stop, std::future::pending());
        tasks.spawn("last", Until::Last, std::future::pending());
        stop.send_replace(true);
        assert_eq!(timeout(LONG, tasks.finish(Until::Stop, SHORT)).await, Ok(()));
        assert_eq!(timeout(SHORT, tasks.finish(Until::Drained, LONG)).await, Ok(()), "the last is not waited for");
        assert_eq!(tasks.ended(), None);
    }
}
