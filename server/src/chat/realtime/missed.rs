//! What a device has missed: it says in the handshake how far it knows its conversations (`auth.lastSeq`), and gets what
//! follows without asking. The rest, if it was away for long, it asks for over HTTP.
//!
//! It is read here, not in the teller, and by few devices at a time: many that come back at once hold up each other.

use serde_json::Value;
use socketioxide::extract::SocketRef;

use crate::accounts::AccountId;
use crate::chat::entity::{ConversationStatus, Model};
use crate::chat::store::{self, Part};
use crate::chat::teller::{Joined, Joining};
use crate::chat::views::{self, MessageView};
use crate::chat::{Chat, ConversationId};
use platform::http::error::AppError;
use platform::realtime::Event;

/// Conversations that one handshake may name.
const MOST_CONVERSATIONS: usize = 50;
/// Messages of one conversation that a device is sent without asking.
const MOST_MESSAGES: u64 = 200;
/// Messages that are put in line for a socket before it gets to write some of them.
const AT_ONCE: usize = 20;

/// How far a device says that it knows some conversations, whosesoever they are.
#[derive(Clone, Debug)]
pub struct Claimed(Vec<(ConversationId, i32)>);

impl Claimed {
    /// What cannot be understood is left out: the device asks over HTTP in any case.
    pub fn read(auth: &Value) -> Option<Self> {
        let named = auth.get("lastSeq")?.as_object()?;
        let known = |(id, seq): (&String, &Value)| Some((id.parse().ok()?, i32::try_from(seq.as_i64()?).ok()?));
        let known: Vec<_> = named.iter().filter_map(known).take(MOST_CONVERSATIONS).collect();
        (!known.is_empty()).then_some(Self(known))
    }

    /// Keeps what is about somebody's own conversations. That is asked once for all of them, so that naming those of
    /// strangers costs nothing more.
    pub async fn of(self, chat: &Chat, who: AccountId) -> Result<Missed, AppError> {
        let own = store::find_own(&chat.db.read, who, self.0.iter().map(|(id, _)| *id)).await?;
        let known = |conversation: Model| {
            let (_, known) = self.0.iter().find(|(id, _)| *id == conversation.id)?;
            // Nobody knows what does not exist.
            Some(Known { seq: (*known).clamp(0, conversation.last_seq), conversation })
        };
        Ok(Missed(own.into_iter().filter_map(known).collect()))
    }
}

/// How far a device knows conversations of its own.
#[derive(Clone, Debug, Default)]
pub struct Missed(Vec<Known>);

impl Missed {
    pub fn names(&self, conversation: ConversationId) -> bool {
        self.0.iter().any(|known| known.conversation.id == conversation)
    }

    /// Sends the device what follows, and has it listen to what goes on.
    pub async fn send(self, chat: &Chat, socket: &SocketRef) {
        for mut known in self.0 {
            if known.conversation.status == ConversationStatus::Active {
                known.catch_up(chat, socket).await;
            } else {
                // Nothing is added to it any more, so nobody has to be asked how far it was told.
                known.be_sent(chat, socket, known.conversation.last_seq, MOST_MESSAGES).await;
            }
        }
    }
}

#[derive(Clone, Debug)]
struct Known {
    conversation: Model,
    /// Up to here.
    seq: i32,
}

impl Known {
    /// Until the device knows what those know who listen, or was sent as much as it gets without asking. Then it listens,
    /// and sees a gap if there is one.
    async fn catch_up(&mut self, chat: &Chat, socket: &SocketRef) {
        let mut left = MOST_MESSAGES;
        loop {
            let joining = |joined| Joining {
                conversation: self.conversation.id,
                both: [self.conversation.owner_id, self.conversation.doctor_id],
                last_seq: self.conversation.last_seq,
                socket: socket.id,
                known: self.seq,
                at_any_rate: left == 0,
                joined,
            };
            match chat.engine.join(joining).await {
                Some(Joined::Behind(told)) => left = self.be_sent(chat, socket, told, left).await,
                Some(Joined::Listening) | None => return,
            }
        }
    }

    /// Sends at most so many messages up to `told`, and says how many more may be sent.
    async fn be_sent(&mut self, chat: &Chat, socket: &SocketRef, told: i32, most: u64) -> u64 {
        if told <= self.seq || !socket.connected() {
            return 0;
        }
        let Ok(messages) = self.read(chat, told, most).await.map_err(note_unread) else { return 0 };
        let is_whole = messages.last().is_none_or(|message| message.seq == told);
        let count = messages.len() as u64;
        for some in messages.chunks(AT_ONCE) {
            for message in some {
                if socket.emit(MessageView::NAME, message).is_err() {
                    // It takes no more; it sees the gap and asks over HTTP.
                    return 0;
                }
                self.seq = message.seq;
            }
            tokio::task::yield_now().await;
        }
        if is_whole {
            self.seq = told;
        }
        if is_whole { most.saturating_sub(count) } else { 0 }
    }

    async fn read(&self, chat: &Chat, told: i32, most: u64) -> Result<Vec<MessageView>, AppError> {
        let _turn = chat.engine.turns.of_coming().await;
        let mut rows = store::messages(&chat.db.read, self.conversation.id, Part::After(self.seq), Some(most)).await?;
        rows.retain(|row| row.seq <= told);
        views::messages(&chat.db.read, &self.conversation, rows).await
    }
}

fn note_unread(error: AppError) {
    tracing::warn!(code = error.into_problem().code, "what a device has missed could not be read");
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_makes_sense_is_read() {
        let id = ConversationId::new().to_string();
        let auth = json!({"lastSeq": {id: 7, "not an id": 1, ConversationId::new().to_string(): "seven"}});
        let known = Claimed::read(&auth).map(|claimed| claimed.0).unwrap_or_default();
        assert_eq!(known.iter().map(|(_, seq)| *seq).collect::<Vec<_>>(), [7]);
        for nothing in [json!(null), json!({"lastSeq": 3}), json!({"lastSeq": {}}), json!([])] {
            assert!(Claimed::read(&nothing).is_none());
        }
    }
}
