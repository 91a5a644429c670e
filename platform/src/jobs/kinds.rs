//! What each kind of job does: features register their handlers here.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::entity::Model;
use super::{Job, Lane};
use crate::clock::Timestamp;
use crate::http::error::AppError;

/// What became of a try that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// To be done again then, as a job anew.
    Again(Timestamp),
}

/// What became of a try.
pub type Ran = Result<Outcome, AppError>;

/// One try of a job.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    /// If this one fails the job is a dead letter.
    pub is_last: bool,
}

type Handler<C> = Box<dyn Fn(C, Model) -> BoxFuture<'static, Result<Outcome, Failure>> + Send + Sync>;

/// Why a try failed.
pub(super) struct Failure {
    pub error: String,
    /// Trying again cannot help.
    pub is_final: bool,
}

pub(super) struct Kind<C> {
    pub tries: i32,
    first_pause: Duration,
    longest_pause: Duration,
    handler: Handler<C>,
}

/// The kinds that this program knows, each with its handler. `C` is what handlers are given to work with.
pub struct Kinds<C> {
    by_name: HashMap<&'static str, Kind<C>>,
}

impl<C> Default for Kinds<C> {
    fn default() -> Self {
        Self { by_name: HashMap::new() }
    }
}

impl<C: Clone + Send + 'static> Kinds<C> {
    /// Has jobs of one kind done by `handler`.
    #[must_use]
    pub fn with<J: Job, F: Future<Output = Ran> + Send + 'static>(
        mut self,
        handler: impl Fn(C, J, Attempt) -> F + Send + Sync + 'static,
    ) -> Self {
        let run: Handler<C> = Box::new(move |context, row| {
            let attempt = Attempt { is_last: row.tries >= J::TRIES };
            match serde_json::from_str::<J>(&row.payload) {
                Ok(job) => handler(context, job, attempt).map(|ran| ran.map_err(Failure::from)).boxed(),
                Err(error) => {
                    let error = format!("the payload cannot be read: {error}");
                    std::future::ready(Err(Failure { error, is_final: true })).boxed()
                }
            }
        });
        let kind = Kind { tries: J::TRIES, first_pause: J::FIRST_PAUSE, longest_pause: J::LONGEST_PAUSE, handler: run };
        self.by_name.insert(J::KIND, kind);
        self
    }

    /// One try. A panic is a failed one, and so is one that takes longer than its lease.
    pub(super) async fn run(&self, context: C, row: Model, lane: Lane) -> Result<Outcome, Failure> {
        let Some(kind) = self.by_name.get(row.kind.as_str()) else {
            // A newer node may know it: it is not final.
            return Err(Failure { error: "this kind of job is not known".to_owned(), is_final: false });
        };
        let work = AssertUnwindSafe((kind.handler)(context, row)).catch_unwind();
        match tokio::time::timeout(lane.lease(), work).await {
            Ok(Ok(ran)) => ran,
            Ok(Err(panic)) => Err(Failure { error: format!("panicked: {}", words_of(&*panic)), is_final: false }),
            Err(_) => Err(Failure { error: "took too long".to_owned(), is_final: false }),
        }
    }

    /// Whether a job that was claimed has no try left after this one.
    pub(super) fn is_last(&self, row: &Model) -> bool {
        row.tries >= self.tries_of(row)
    }

    /// Whether a job was claimed although it had its last try. A try that fails says so and buries the job; what has taken
    /// the process along (an abort, no memory left) says nothing, and would do it again to every node for ever.
    pub(super) fn is_worn_out(&self, row: &Model) -> bool {
        row.tries > self.tries_of(row)
    }

    fn tries_of(&self, row: &Model) -> i32 {
        self.by_name.get(row.kind.as_str()).map_or(UNKNOWN_TRIES, |kind| kind.tries)
    }

    /// How long to wait after a failed try.
    pub(super) fn pause_after(&self, row: &Model) -> Duration {
        let (first, longest) =
            self.by_name.get(row.kind.as_str()).map_or((Duration::from_secs(60), Duration::from_secs(3600)), |kind| {
                (kind.first_pause, kind.longest_pause)
            });
        let doubled = 1_u32 << row.tries.saturating_sub(1).clamp(0, 20);
        first.saturating_mul(doubled).min(longest)
    }
}

/// For a kind that nobody knows: about a day, in which a newer node may take it.
const UNKNOWN_TRIES: i32 = 30;

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self { error: error.for_log(), is_final: false }
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
    said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
