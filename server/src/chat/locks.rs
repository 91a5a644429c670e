//! One writer at a time for a conversation on this node, held from the transaction until the message has been told, so
//! that devices hear messages in the order of their `seq`. The database's own locks keep several nodes apart.

use std::hash::{DefaultHasher, Hash, Hasher};

use tokio::sync::{Mutex, MutexGuard};

use super::entity::ConversationId;

/// Conversations share these; two that fall on the same one only wait for each other a little.
const SHARDS: usize = 256;

pub struct ConversationLocks {
    shards: Vec<Mutex<()>>,
}

impl Default for ConversationLocks {
    fn default() -> Self {
        Self { shards: (0..SHARDS).map(|_| Mutex::new(())).collect() }
    }
}

impl ConversationLocks {
    pub async fn lock(&self, conversation: ConversationId) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        conversation.hash(&mut hasher);
        self.shards[hasher.finish() as usize % SHARDS].lock().await
    }
}
