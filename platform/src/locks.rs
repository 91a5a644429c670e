//! Locks by key on this node, for work that must not overlap with itself. What several nodes do at once is kept apart
//! by the database.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex as StdMutex, PoisonError, Weak};

use tokio::sync::{Mutex, OwnedMutexGuard};

/// As many as there are keys that somebody holds or waits for: a key never waits for another one.
pub struct Locks<K> {
    by_key: StdMutex<HashMap<K, Weak<Mutex<()>>>>,
}

impl<K> Default for Locks<K> {
    fn default() -> Self {
        Self { by_key: StdMutex::default() }
    }
}

impl<K: Eq + Hash> Locks<K> {
    pub async fn lock(&self, key: K) -> OwnedMutexGuard<()> {
        self.of(key).lock_owned().await
    }

    fn of(&self, key: K) -> Arc<Mutex<()>> {
        let mut by_key = self.by_key.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lock) = by_key.get(&key).and_then(Weak::upgrade) {
            return lock;
        }
        if by_key.len() == by_key.capacity() {
            by_key.retain(|_, lock| lock.strong_count() > 0);
            // Room for as many again, so that looking through them costs each new one little.
            let held = by_key.len();
            by_key.reserve(held + 1);
        }
        let lock = Arc::default();
        by_key.insert(key, Arc::downgrade(&lock));
        lock
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn one_key_waits_for_itself_and_for_no_other() {
        let locks = Locks::default();
        let held = locks.lock(0).now_or_never().unwrap();
        let others: Vec<_> = (1..1_000).map(|key| locks.lock(key).now_or_never()).collect();
        assert!(others.iter().all(Option::is_some));
        assert!(locks.lock(0).now_or_never().is_none());
        drop(held);
        assert!(locks.lock(0).now_or_never().is_some());
    }

    #[test]
    fn keys_that_nobody_holds_are_forgotten() {
        let locks = Locks::default();
        let _held: Vec<_> = (0..10).map(|key| locks.lock(key).now_or_never()).collect();
        for key in 10..100_000 {
            assert!(locks.lock(key).now_or_never().is_some());
        }
        assert!(locks.by_key.lock().unwrap().len() < 100);
        assert!((0..10).all(|key| locks.lock(key).now_or_never().is_none()));
    }
}
