//! What was read from the database a moment ago, so that a busy path need not read it again.

use std::hash::Hash;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use moka::sync::Cache;

/// A read-through cache whose entries can be forgotten at once.
///
/// A value that was read before something was forgotten is never kept after it, and nothing is kept while the node cannot
/// hear from the others what has changed (`trust`). `lifetime` only bounds what a change behind our back (somebody at a
/// console) can do.
pub struct ReadCache<K, V> {
    kept: Cache<K, V>,
    forgotten: AtomicU64,
    is_trusted: AtomicBool,
}

impl<K, V> ReadCache<K, V>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    pub fn new(capacity: u64, lifetime: Duration) -> Self {
        let kept = Cache::builder().max_capacity(capacity).time_to_live(lifetime).build();
        Self { kept, forgotten: AtomicU64::new(0), is_trusted: AtomicBool::new(true) }
    }

    /// The kept value, or what `read` finds; what it does not find is not kept.
    pub async fn get_or_read<E, R: Future<Output = Result<Option<V>, E>>>(
        &self,
        key: K,
        read: impl FnOnce() -> R,
    ) -> Result<Option<V>, E> {
        if let Some(kept) = self.kept.get(&key) {
            return Ok(Some(kept));
        }
        let before = self.forgotten.load(Ordering::Acquire);
        // On the heap: a caller that finds its value here does not carry the room that a query takes.
        let found = Box::pin(read()).await?;
        if let Some(value) = &found
            && self.is_trusted.load(Ordering::Acquire)
        {
            self.kept.insert(key.clone(), value.clone());
            if self.forgotten.load(Ordering::Acquire) != before {
                self.kept.invalidate(&key);
            }
        }
        Ok(found)
    }

    pub fn forget(&self, key: &K) {
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        self.kept.invalidate(key);
    }

    /// Whether changes made on other nodes are heard. While they are not, every read goes to the database.
    pub fn trust(&self, is_trusted: bool) {
        self.is_trusted.store(is_trusted, Ordering::Release);
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        self.kept.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use std::convert::Infallible;

    use super::*;

    async fn found(value: u8) -> Result<Option<u8>, Infallible> {
        Ok(Some(value))
    }

    fn cache() -> ReadCache<&'static str, u8> {
        ReadCache::new(10, Duration::from_secs(60))
    }

    #[tokio::test]
    async fn a_value_is_read_once_until_it_is_forgotten() {
        let cache = cache();
        assert_eq!(cache.get_or_read("key", || found(1)).await.unwrap(), Some(1));
        assert_eq!(cache.get_or_read("key", || found(2)).await.unwrap(), Some(1));
        cache.forget(&"key");
        assert_eq!(cache.get_or_read("key", || found(3)).await.unwrap(), Some(3));
    }

    #[tokio::test]
    async fn what_was_read_before_it_was_forgotten_is_not_kept() {
        let cache = cache();
        let overtaken = || async {
            cache.forget(&"key");
            found(1).await
        };
        assert_eq!(cache.get_or_read("key", overtaken).await.unwrap(), Some(1));
        assert_eq!(cache.kept.get(&"key"), None);
    }

    #[tokio::test]
    async fn nothing_is_kept_while_the_other_nodes_are_not_heard() {
        let cache = cache();
        cache.trust(false);
        cache.get_or_read("key", || found(1)).await.unwrap();
        assert_eq!(cache.kept.get(&"key"), None);
        cache.trust(true);
        cache.get_or_read("key", || found(2)).await.unwrap();
        assert_eq!(cache.kept.get(&"key"), Some(2));
    }
}
