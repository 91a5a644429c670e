//! Who is typing: a lease of five seconds, never stored.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::entity::ConversationId;
use crate::accounts::AccountId;
use crate::app::{App, AppState};
use platform::tasks;

const LEASE: Duration = Duration::from_secs(5);
const SWEEP: Duration = Duration::from_millis(500);

/// `userTyping`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct UserTyping {
    user_id: AccountId,
    is_typing: bool,
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
pub async fn tell(app: &App, conversation: ConversationId, writer: AccountId, reader: AccountId, is_typing: bool) {
    if is_typing {
        app.typing.begin(conversation, writer, reader);
    } else {
        app.typing.stop(conversation, writer);
    }
    app.realtime.tell(&[reader.0], "userTyping", &UserTyping { user_id: writer, is_typing }).await;
}

/// Ends leases that nobody renewed.
pub fn start(app: AppState, shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tasks::every(SWEEP, shutdown, move || {
        let app = app.clone();
        async move {
            for (writer, reader) in app.typing.take_expired(Instant::now()) {
                app.realtime.tell(&[reader.0], "userTyping", &UserTyping { user_id: writer, is_typing: false }).await;
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
