//! What a teller has yet to look up in the log. There is one note a conversation, however much is stored there meanwhile,
//! so that whoever leaves one never waits: neither the ear on the other nodes nor a writer whose teller has fallen behind.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use super::entity::ConversationId;
use crate::accounts::AccountId;

/// Conversations that may be noted. What is noted beyond is found by looking at all that have a device here.
const MOST: usize = 16_384;
/// Notes that a teller takes at once.
const AT_ONCE: usize = 64;

/// Messages that another node has stored, as the nodes hear of it.
pub const STORED: &str = "stored";

/// Messages that were stored. They are in the database: only their place is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    pub conversation: ConversationId,
    pub both: [AccountId; 2],
    pub first: i32,
    pub last: i32,
}

/// What there is to look up.
#[derive(Debug, PartialEq, Eq)]
pub enum Hint {
    Stored(Vec<Stored>),
    /// Something that nobody remembers.
    Anything,
}

#[derive(Default)]
pub struct Hearsay {
    notes: Mutex<Notes>,
    news: Notify,
}

#[derive(Default)]
struct Notes {
    stored: HashMap<ConversationId, Stored>,
    has_missed: bool,
}

impl Hearsay {
    pub fn note(&self, stored: Stored) {
        let mut notes = self.lock();
        let is_full = notes.stored.len() >= MOST;
        match notes.stored.entry(stored.conversation) {
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                known.first = known.first.min(stored.first);
                known.last = known.last.max(stored.last);
            }
            Entry::Vacant(_) if is_full => notes.has_missed = true,
            Entry::Vacant(free) => {
                free.insert(stored);
            }
        }
        drop(notes);
        self.news.notify_one();
    }

    /// News may have been missed.
    pub fn miss(&self) {
        self.lock().has_missed = true;
        self.news.notify_one();
    }

    /// Waits for the next notes.
    pub async fn next(&self) -> Hint {
        loop {
            if let Some(hint) = self.take() {
                return hint;
            }
            self.news.notified().await;
        }
    }

    fn take(&self) -> Option<Hint> {
        let mut notes = self.lock();
        let some: Vec<ConversationId> = notes.stored.keys().take(AT_ONCE).copied().collect();
        if some.is_empty() {
            return std::mem::take(&mut notes.has_missed).then_some(Hint::Anything);
        }
        Some(Hint::Stored(some.iter().filter_map(|id| notes.stored.remove(id)).collect()))
    }

    fn lock(&self) -> MutexGuard<'_, Notes> {
        // A map of notes is whole after any panic elsewhere.
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(conversation: ConversationId, first: i32, last: i32) -> Stored {
        Stored { conversation, both: [AccountId::new(), AccountId::new()], first, last }
    }

    #[test]
    fn a_conversation_has_one_note() {
        let (hearsay, id) = (Hearsay::default(), ConversationId::new());
        for (first, last) in [(5, 6), (3, 4), (7, 9)] {
            hearsay.note(stored(id, first, last));
        }
        let Some(Hint::Stored(notes)) = hearsay.take() else { panic!("nothing was noted") };
        assert_eq!(notes.iter().map(|note| (note.first, note.last)).collect::<Vec<_>>(), [(3, 9)]);
        assert_eq!(hearsay.take(), None);
    }

    #[test]
    fn what_does_not_fit_is_said_to_be_missed() {
        let hearsay = Hearsay::default();
        for _ in 0..=MOST {
            hearsay.note(stored(ConversationId::new(), 1, 1));
        }
        let mut noted = 0;
        while let Some(Hint::Stored(some)) = hearsay.take() {
            noted += some.len();
        }
        assert_eq!(noted, MOST);
        hearsay.miss();
        assert_eq!(hearsay.take(), Some(Hint::Anything));
    }
}
