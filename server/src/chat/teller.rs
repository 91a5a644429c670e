//! Tells the devices of this node what was stored, once and in the order of the log. All that a device hears of a
//! conversation passes through its one teller, what it has missed (`listen`) as well as what is new.
//!
//! With several nodes, the two sides of a conversation may write on different ones, and what the other node stored comes
//! over a line that may be late or lose it. So the teller remembers how far it has told each conversation; whatever comes
//! next, it first reads from the log what lies between. The log has no gaps, so neither has what devices hear.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use socketioxide::socket::Sid;
use tokio::sync::{mpsc, oneshot};

use super::entity::ConversationId;
use super::rooms::Room;
use super::store::{self, Part};
use super::views::{self, MessageView};
use crate::accounts::AccountId;
use crate::app::AppState;
use crate::consultations::{self, ConsultationId};
use crate::platform::http::error::AppError;
use crate::platform::realtime::conversation_room;

/// Messages read from the log at once.
const PAGE: u64 = 200;
const CONVERSATIONS_AT_ONCE: usize = 500;
const TIDY_AT: usize = 1_024;

/// Messages that another node has stored, as the nodes hear of it. They are in the database: only their place is said.
pub const STORED: &str = "stored";

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Stored {
    pub conversation: ConversationId,
    both: [AccountId; 2],
    first: i32,
    last: i32,
}

pub enum Order {
    /// Tell what was stored here.
    Tell(Vec<(Arc<Room>, Arc<MessageView>)>),
    /// Another node has stored something.
    Heard(Stored),
    /// A device is about to listen to a conversation of these two that has come so far.
    Expect { conversation: ConversationId, both: [AccountId; 2], last_seq: i32, expected: oneshot::Sender<()> },
    /// A device knows a conversation up to here: it is sent what follows, and listens from then on.
    Listen { conversation: ConversationId, who: AccountId, socket: Sid, known: i32 },
    /// A conversation has ended: what was stored before is told first.
    Finish { conversation: ConversationId, finished: oneshot::Sender<()> },
    /// News of other nodes may have been missed.
    Resync,
}

pub async fn work(app: AppState, mut orders: mpsc::Receiver<Order>) {
    let mut teller = Teller { app, told: HashMap::new(), tidy_at: TIDY_AT };
    while let Some(order) = orders.recv().await {
        if let Err(error) = teller.carry_out(order).await {
            // What could not be read now is read with the next order for that conversation.
            tracing::warn!(code = error.into_problem().code, "messages of another node could not be told");
        }
    }
}

struct Teller {
    app: AppState,
    /// How far each conversation that has a device here was told.
    told: HashMap<ConversationId, Told>,
    /// How many there may be before those without a device are forgotten.
    tidy_at: usize,
}

#[derive(Clone, Copy)]
struct Told {
    both: [AccountId; 2],
    seq: i32,
}

impl Teller {
    async fn carry_out(&mut self, order: Order) -> Result<(), AppError> {
        match order {
            Order::Tell(messages) => self.tell_all(messages).await,
            Order::Heard(Stored { conversation, both, first, last }) => {
                self.told.entry(conversation).or_insert(Told { both, seq: first - 1 });
                self.catch_up(conversation, last).await
            }
            Order::Expect { conversation, both, last_seq, expected } => {
                self.tidy();
                self.told.entry(conversation).or_insert(Told { both, seq: last_seq });
                // Whoever asked may be gone.
                let _ = expected.send(());
                Ok(())
            }
            Order::Listen { conversation, who, socket, known } => self.listen(conversation, who, socket, known).await,
            Order::Finish { conversation, finished } => {
                let told = self.catch_up(conversation, i32::MAX).await;
                // Whoever asked may be gone.
                let _ = finished.send(());
                told
            }
            Order::Resync => self.resync().await,
        }
    }

    /// Tells whatever came while news of it may have been lost.
    async fn resync(&mut self) -> Result<(), AppError> {
        let told: Vec<ConversationId> = self.told.keys().copied().collect();
        for some in told.chunks(CONVERSATIONS_AT_ONCE) {
            for conversation in store::find_all(&self.app.db.read, some.iter().copied()).await? {
                let is_behind = |told: &Told| told.seq < conversation.last_seq;
                if self.told.get(&conversation.id).is_some_and(is_behind) {
                    self.catch_up(conversation.id, conversation.last_seq).await?;
                }
            }
        }
        Ok(())
    }

    async fn tell_all(&mut self, messages: Vec<(Arc<Room>, Arc<MessageView>)>) -> Result<(), AppError> {
        let mut stored: Vec<Stored> = Vec::new();
        for (room, message) in messages {
            let (both, seq) = (room.both(), message.seq);
            if self.is_next(&room, seq).await? {
                self.tell(room.id, &message).await;
            }
            self.app.typing.stop(room.id, message.sender_id);
            if room.is_first_of_doctor(message.sender_id) {
                tokio::spawn(note_answer(self.app.clone(), room.consultation));
            }
            match stored.last_mut() {
                Some(last) if last.conversation == room.id => last.last = seq,
                _ => stored.push(Stored { conversation: room.id, both, first: seq, last: seq }),
            }
        }
        for stored in stored {
            self.app.bus.publish(STORED, &stored);
        }
        self.tidy();
        Ok(())
    }

    /// Whether a message follows what was told; what lies between is told first.
    async fn is_next(&mut self, room: &Room, seq: i32) -> Result<bool, AppError> {
        let told = match self.told.get(&room.id) {
            Some(told) => told.seq,
            None => {
                // The first that this node hears of the conversation: whoever is here has not been made to listen.
                let both = room.both().map(|account| account.0);
                self.app.realtime.have_listen_here(&both, room.id.0).await;
                seq - 1
            }
        };
        if told < seq - 1 {
            self.catch_up(room.id, seq - 1).await?;
        }
        let told = self.told.entry(room.id).or_insert(Told { both: room.both(), seq: seq - 1 });
        let is_news = told.seq < seq;
        told.seq = told.seq.max(seq);
        Ok(is_news)
    }

    /// Everybody who listens has heard the conversation up to where it was told. A device that joins them is first sent
    /// what it lacks up to there, so that it hears everything once and in order.
    async fn listen(&mut self, id: ConversationId, who: AccountId, socket: Sid, known: i32) -> Result<(), AppError> {
        self.catch_up(id, i32::MAX).await?;
        let Some(socket) = self.app.realtime.server().get_socket(socket) else { return Ok(()) };
        let Some(conversation) = store::find(&self.app.db.read, id).await? else { return Ok(()) };
        if conversation.side_of(who).is_none() {
            return Ok(());
        }
        let told = self.told.get(&id).map_or(conversation.last_seq, |told| told.seq);
        if known < told {
            let rows = store::messages(&self.app.db.read, id, Part::After(known), Some(PAGE)).await?;
            let rows = rows.into_iter().filter(|row| row.seq <= told).collect();
            for message in views::messages(&self.app.db.read, &conversation, rows).await? {
                if socket.emit("newMessage", &message).is_err() {
                    // It takes no more; it sees the gap and asks over HTTP.
                    break;
                }
            }
        }
        socket.join(conversation_room(id.0));
        Ok(())
    }

    /// Tells a conversation from the log, from where it was told up to `last`. Forgets it when nobody listens here.
    async fn catch_up(&mut self, id: ConversationId, last: i32) -> Result<(), AppError> {
        let Some(mut told) = self.told.get(&id).copied() else { return Ok(()) };
        if !self.has_listeners(told.both) {
            self.told.remove(&id);
            return Ok(());
        }
        if told.seq >= last {
            return Ok(());
        }
        let Some(conversation) = store::find(&self.app.db.read, id).await? else { return Ok(()) };
        let last = last.min(conversation.last_seq);
        while told.seq < last {
            let rows = store::messages(&self.app.db.read, id, Part::After(told.seq), Some(PAGE)).await?;
            let Some(newest) = rows.last().map(|row| row.seq) else { break };
            for message in views::messages(&self.app.db.read, &conversation, rows).await? {
                self.tell(id, &message).await;
            }
            told.seq = newest;
            self.told.insert(id, told);
        }
        Ok(())
    }

    fn has_listeners(&self, both: [AccountId; 2]) -> bool {
        both.iter().any(|account| self.app.presence.is_here(*account))
    }

    /// Forgets conversations that nobody listens to here any more, now and then.
    fn tidy(&mut self) {
        if self.told.len() < self.tidy_at {
            return;
        }
        let mut told = std::mem::take(&mut self.told);
        told.retain(|_, told| self.has_listeners(told.both));
        self.tidy_at = TIDY_AT.max(told.len() * 2);
        self.told = told;
    }

    async fn tell(&self, conversation: ConversationId, message: &MessageView) {
        self.app.realtime.tell_conversation_here(conversation.0, "newMessage", message).await;
    }
}

/// The time that the owner bought runs from the doctor's first answer on.
async fn note_answer(app: AppState, consultation: ConsultationId) {
    if let Err(error) = consultations::note_answer(&app, consultation).await {
        tracing::warn!(%consultation, ?error, "a doctor's first answer was not noted; it will be found in the log");
    }
}
