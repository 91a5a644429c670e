//! Who is typing: a lease of five seconds, never stored.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use utoipa::ToSchema;

use super::Chat;
use super::entity::ConversationId;
use crate::accounts::AccountId;
use platform::realtime::Event;
use platform::tasks;

const LEASE: Duration = Duration::from_secs(5);
const SWEEP: Duration = Duration::from_millis(500);

/// Ends by itself after five seconds.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserTyping {
    user_id: AccountId,
    is_typing: bool,
}

impl Event for UserTyping {
    const NAME: &'static str = "userTyping";
}

struct Lease {
    reader: AccountId,
    until: Instant,
}

#[derive(Default)]
pub struct Typing {
    leases: Mutex<HashMap<(ConversationId, AccountId), Lease>>,
}

impl Typing {
    fn begin(&self, conversation: ConversationId, writer: AccountId, reader: AccountId) {
        self.lock().insert((conversation, writer), Lease { reader, until: Instant::now() + LEASE });
    }

    /// Forgets that somebody was typing; the other is not told, because a message tells as much.
    pub fn stop(&self, conversation: ConversationId, writer: AccountId) {
        self.lock().remove(&(conversation, writer));
    }

    fn take_expired(&self, now: Instant) -> Vec<(AccountId, AccountId)> {
        let mut expired = Vec::new();
        self.lock().retain(|(_, writer), lease| {
            let is_live = lease.until > now;
            if !is_live {
                expired.push((*writer, lease.reader));
            }
            is_live
        });
        expired
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(ConversationId, AccountId), Lease>> {
        // A map of leases is whole after any panic elsewhere.
        self.leases.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody begins or stops typing to the other of an active conversation.
pub async fn tell(chat: &Chat, conversation: ConversationId, writer: AccountId, reader: AccountId, is_typing: bool) {
    if is_typing {
        chat.typing.begin(conversation, writer, reader);
    } else {
        chat.typing.stop(conversation, writer);
    }
    chat.realtime.tell(&[reader.0], &UserTyping { user_id: writer, is_typing }).await;
}

/// Ends leases that nobody renewed.
pub fn start(chat: Arc<Chat>, shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tasks::every(SWEEP, shutdown, move || {
        let chat = chat.clone();
        async move {
            for (writer, reader) in chat.typing.take_expired(Instant::now()) {
                chat.realtime.tell(&[reader.0], &UserTyping { user_id: writer, is_typing: false }).await;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_ends_by_itself_and_only_once() {
        let typing = Typing::default();
        let (conversation, writer, reader) = (ConversationId::new(), AccountId::new(), AccountId::new());
        typing.begin(conversation, writer, reader);
        assert!(typing.take_expired(Instant::now()).is_empty());
        let later = Instant::now() + LEASE;
        assert_eq!(typing.take_expired(later), [(writer, reader)]);
        assert!(typing.take_expired(later).is_empty());
    }

    #[test]
    fn a_sent_message_ends_the_lease_in_silence() {
        let typing = Typing::default();
        let (conversation, writer) = (ConversationId::new(), AccountId::new());
        typing.begin(conversation, writer, AccountId::new());
        typing.stop(conversation, writer);
        assert!(typing.take_expired(Instant::now() + LEASE).is_empty());
    }
}
