//! Locks by key on this node, for work that must not overlap with itself. What several nodes do at once is kept apart
//! by the database.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;

use tokio::sync::{Mutex, MutexGuard};

/// Keys share these; two that fall on the same one only wait for each other a little.
const SHARDS: usize = 256;

pub struct Locks<K> {
    shards: Vec<Mutex<()>>,
    keys: PhantomData<fn(K)>,
}

impl<K> Default for Locks<K> {
    fn default() -> Self {
        Self { shards: (0..SHARDS).map(|_| Mutex::new(())).collect(), keys: PhantomData }
    }
}

impl<K: Hash> Locks<K> {
    pub async fn lock(&self, key: K) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        self.shards[hasher.finish() as usize % SHARDS].lock().await
    }
}
