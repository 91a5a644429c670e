//! Limits per address and per account: token buckets of `governor`, in the memory of each node. Each feature makes its own.
//!
//! Where several nodes serve the same people, each tells the others now and then what was taken from its buckets, and
//! takes the same from its own. So a limit holds for all nodes together, but for what is taken within one telling.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use serde::{Deserialize, Serialize};

use super::error::AppError;
use crate::bus::Bus;

/// What was taken on one node, as the others hear of it.
pub const TAKEN: &str = "taken";
/// Callers in one notice, which PostgreSQL bounds to 8,000 bytes.
const TOLD_AT_ONCE: usize = 25;
/// Callers of one limit that are told of at a time. Beyond it a flood of addresses is counted by each node alone.
const MOST_TOLD: usize = 10_000;

/// What limits are made of, and known to. A cheap handle.
#[derive(Clone)]
pub struct Limits {
    is_on: bool,
    bus: Bus,
    made: Arc<Mutex<Vec<Arc<dyn AnyLimit>>>>,
}

/// So many were taken from somebody's bucket.
#[derive(Debug, Serialize, Deserialize)]
pub struct Taken {
    limit: String,
    key: String,
    count: u32,
}

impl Limits {
    /// A load test turns them off.
    pub fn new(is_on: bool, bus: Bus) -> Self {
        Self { is_on, bus, made: Arc::default() }
    }

    pub fn are_on(&self) -> bool {
        self.is_on
    }

    /// A limit of so many at once, and one more each `period / burst`. Its name is the same on every node.
    pub fn limit<K: Caller>(&self, name: &'static str, burst: u32, period: Duration) -> Arc<Limit<K>> {
        let bus = self.bus.clone();
        let limit = Arc::new(Limit { name, buckets: buckets(self.is_on, burst, period), bus, taken: Mutex::default() });
        self.lock().push(limit.clone());
        limit
    }

    /// Drops buckets that are full again, so that memory follows the callers of the last minutes only.
    pub fn forget_idle(&self) {
        self.all().iter().for_each(|limit| limit.forget_idle());
    }

    /// Tells the other nodes what was taken here since the last time.
    pub fn tell(&self) {
        let taken: Vec<Taken> = self.all().iter().flat_map(|limit| limit.drain()).collect();
        for some in taken.chunks(TOLD_AT_ONCE) {
            self.bus.publish(TAKEN, &some);
        }
    }

    /// Another node tells what was taken there.
    pub fn hear(&self, taken: &[Taken]) {
        let all = self.all();
        for Taken { limit, key, count } in taken {
            if let Some(limit) = all.iter().find(|known| known.name() == limit) {
                limit.take_unheard(key, *count);
            }
        }
    }

    fn all(&self) -> Vec<Arc<dyn AnyLimit>> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<dyn AnyLimit>>> {
        // A list is whole after any panic elsewhere.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn buckets<K: Caller>(is_on: bool, burst: u32, period: Duration) -> Option<DefaultKeyedRateLimiter<K>> {
    let burst = NonZeroU32::new(burst).filter(|_| is_on)?;
    Quota::with_period(period / burst.get()).map(|quota| RateLimiter::keyed(quota.allow_burst(burst)))
}

/// Whom a limit counts.
pub trait Caller: Hash + Eq + Clone + Display + FromStr + Send + Sync + 'static {}

impl<K: Hash + Eq + Clone + Display + FromStr + Send + Sync + 'static> Caller for K {}

/// A limit, whatever it counts by.
trait AnyLimit: Send + Sync {
    fn name(&self) -> &'static str;
    fn forget_idle(&self);
    fn drain(&self) -> Vec<Taken>;
    fn take_unheard(&self, key: &str, count: u32);
}

/// One limit.
pub struct Limit<K: Hash + Eq + Clone> {
    name: &'static str,
    buckets: Option<DefaultKeyedRateLimiter<K>>,
    bus: Bus,
    /// What the other nodes do not know of yet.
    taken: Mutex<HashMap<K, u32>>,
}

impl<K: Caller> Limit<K> {
    /// Takes one from the caller's bucket, or says when there will be one.
    pub fn take(&self, key: &K) -> Result<(), AppError> {
        let Some(buckets) = &self.buckets else { return Ok(()) };
        buckets.check_key(key).map_err(|full| {
            let wait = full.wait_time_from(DefaultClock::default().now());
            AppError::too_many(wait + Duration::from_millis(999))
        })?;
        if self.bus.has_peers() {
            self.note(key);
        }
        Ok(())
    }

    fn note(&self, key: &K) {
        let mut taken = self.lock();
        if taken.len() < MOST_TOLD || taken.contains_key(key) {
            *taken.entry(key.clone()).or_default() += 1;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, u32>> {
        // Counts are whole after any panic elsewhere.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Caller> AnyLimit for Limit<K> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn forget_idle(&self) {
        if let Some(buckets) = &self.buckets {
            buckets.retain_recent();
        }
    }

    fn drain(&self) -> Vec<Taken> {
        let taken = std::mem::take(&mut *self.lock());
        let tell = |(key, count): (K, u32)| Taken { limit: self.name.to_owned(), key: key.to_string(), count };
        taken.into_iter().map(tell).collect()
    }

    /// One by one, so that a bucket that has less than that is emptied.
    fn take_unheard(&self, key: &str, count: u32) {
        let (Some(buckets), Ok(key)) = (&self.buckets, key.parse()) else { return };
        for _ in 0..count {
            if buckets.check_key(&key).is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn node() -> (Limits, Arc<Limit<String>>) {
        let limits = Limits::new(true, Bus::none());
        let guesses = limits.limit("guesses", 3, HOUR);
        (limits, guesses)
    }

    #[test]
    fn a_limit_holds_for_all_nodes_together() {
        let ((here, guesses), (there, elsewhere)) = (node(), node());
        let (who, other) = ("ayu@contoh.id".to_owned(), "budi@contoh.id".to_owned());
        for _ in 0..2 {
            assert!(guesses.take(&who).is_ok());
            guesses.note(&who);
        }
        there.hear(&here.all()[0].drain());
        assert!(elsewhere.take(&who).is_ok(), "one of three is left");
        assert!(elsewhere.take(&who).is_err());
        assert!(elsewhere.take(&other).is_ok());
        assert!(here.all()[0].drain().is_empty(), "told once");
    }

    #[test]
    fn what_makes_no_sense_takes_nothing() {
        let (limits, guesses) = node();
        let taken = |limit: &str, count| Taken { limit: limit.to_owned(), key: "ayu@contoh.id".to_owned(), count };
        limits.hear(&[taken("of a newer release", 9), taken("guesses", 0)]);
        let who = "ayu@contoh.id".to_owned();
        assert!((0..3).all(|_| guesses.take(&who).is_ok()));
        limits.hear(&[taken("guesses", u32::MAX)]);
        assert!(guesses.take(&who).is_err());
    }

    #[test]
    fn a_flood_of_callers_is_told_in_part() {
        let (limits, guesses) = node();
        for caller in 0..MOST_TOLD + 10 {
            guesses.note(&caller.to_string());
        }
        assert_eq!(limits.all()[0].drain().len(), MOST_TOLD);
    }
}
