//! Threads for work that takes a core for a while (password hashes, pictures): as many as there are cores, and behind
//! the threads that carry messages, so that a flood of sign-ins never delays a chat.

use anyhow::Context;
use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::oneshot;

pub struct Workers {
    pool: ThreadPool,
}

impl Workers {
    pub fn start() -> anyhow::Result<Self> {
        let pool = ThreadPoolBuilder::new()
            .num_threads(Self::cores())
            .thread_name(|index| format!("worker-{index}"))
            .start_handler(|_| step_back())
            // A picture that breaks its decoder must not end the server; whoever waits for it is told.
            .panic_handler(|_| tracing::error!("work on a worker thread panicked"))
            .build()
            .context("the worker threads cannot be started")?;
        Ok(Self { pool })
    }

    pub fn cores() -> usize {
        std::thread::available_parallelism().map_or(1, usize::from)
    }

    /// Runs `work` on a worker; the caller bounds how much may wait.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
        let (done, result) = oneshot::channel();
        self.pool.spawn(move || {
            // Nobody may be waiting any more.
            let _ = done.send(work());
        });
        result.await.context("a worker failed")
    }
}

/// The lowest priority that still gets a turn: a message finds the core free within a moment, and sign-ins go on however
/// busy the chat is.
fn step_back() {
    if let Err(error) = thread_priority::set_current_thread_priority(thread_priority::ThreadPriority::Min) {
        tracing::warn!(?error, "a worker keeps its priority");
    }
}
