//! Limits per address and per account, in process: token buckets of `governor`.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::error::AppError;

/// One limit: so many at once, and one more each `period / burst`.
pub struct Limit<K: Hash + Eq + Clone> {
    buckets: Option<DefaultKeyedRateLimiter<K>>,
}

impl<K: Hash + Eq + Clone> Limit<K> {
    pub fn new(is_on: bool, burst: u32, period: Duration) -> Self {
        let quota = NonZeroU32::new(burst)
            .and_then(|burst| Quota::with_period(period / burst.get()).map(|quota| quota.allow_burst(burst)));
        Self { buckets: quota.filter(|_| is_on).map(RateLimiter::keyed) }
    }

    /// Takes one from the caller's bucket, or says when there will be one.
    pub fn take(&self, key: &K) -> Result<(), AppError> {
        let Some(buckets) = &self.buckets else { return Ok(()) };
        buckets.check_key(key).map_err(|full| {
            let wait = full.wait_time_from(DefaultClock::default().now());
            AppError::too_many(wait + Duration::from_millis(999))
        })
    }

    /// Drops buckets that are full again, so that memory follows the callers of the last minutes only.
    pub fn forget_idle(&self) {
        if let Some(buckets) = &self.buckets {
            buckets.retain_recent();
        }
    }
}
