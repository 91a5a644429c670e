//! Tells the devices of this node what was stored, in the order of the log.
//!
//! With several nodes, the two sides of a conversation may write on different ones, and what the other node stored comes
//! over a line that may be late or lose it. So the teller remembers how far it has told each conversation; whatever comes
//! next, it first reads from the log what lies between. The log has no gaps, so neither has what devices hear.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::entity::{ConversationId, Model};
use super::rooms::{self, Room};
use super::store::{self, Part};
use super::views::{self, MessageView};
use crate::accounts::AccountId;
use crate::app::AppState;
use crate::platform::http::error::AppError;

/// Messages read from the log at once.
const PAGE: u64 = 200;

/// Messages that another node has stored, as the nodes hear of it. They are in the database: only their place is said.
pub const STORED: &str = "stored";

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Stored {
    pub conversation: ConversationId,
    first: i32,
    last: i32,
}

pub enum Order {
    /// Tell what was stored here.
    Tell(Vec<(Arc<Room>, Arc<MessageView>)>),
    /// Another node has stored something.
    Heard(Stored),
    /// A device begins to listen to a conversation that has come so far.
    Listen { conversation: ConversationId, last_seq: i32 },
    /// News of other nodes may have been missed.
    Resync,
}

pub async fn work(app: AppState, mut orders: mpsc::Receiver<Order>) {
    let is_alone = !app.bus.is_line();
    let mut teller = Teller { app, is_alone, told: HashMap::new() };
    while let Some(order) = orders.recv().await {
        if let Err(error) = teller.carry_out(order).await {
            // What could not be read now is read with the next order for that conversation.
            tracing::warn!(code = error.into_problem().code, "messages of another node could not be told");
        }
    }
}

struct Teller {
    app: AppState,
    /// Whether no other node can store anything.
    is_alone: bool,
    /// How far each conversation that has a device here was told.
    told: HashMap<ConversationId, i32>,
}

impl Teller {
    async fn carry_out(&mut self, order: Order) -> Result<(), AppError> {
        match order {
            Order::Tell(messages) => self.tell_all(messages).await,
            Order::Heard(Stored { conversation, first, last }) => {
                self.told.entry(conversation).or_insert(first - 1);
                self.catch_up(conversation, last).await
            }
            Order::Listen { conversation, last_seq } => {
                if !self.is_alone {
                    self.told.entry(conversation).or_insert(last_seq);
                }
                Ok(())
            }
            Order::Resync => {
                for conversation in self.told.keys().copied().collect::<Vec<_>>() {
                    self.catch_up(conversation, i32::MAX).await?;
                }
                Ok(())
            }
        }
    }

    async fn tell_all(&mut self, messages: Vec<(Arc<Room>, Arc<MessageView>)>) -> Result<(), AppError> {
        let mut told_here: Vec<Stored> = Vec::new();
        for (room, message) in messages {
            if self.is_alone || self.is_next(&room, message.seq).await? {
                self.tell(room.both(), &message).await;
            }
            self.app.typing.stop(room.id, message.sender_id);
            match told_here.last_mut() {
                Some(stored) if stored.conversation == room.id => stored.last = message.seq,
                _ => told_here.push(Stored { conversation: room.id, first: message.seq, last: message.seq }),
            }
        }
        for stored in told_here {
            self.app.bus.publish(STORED, &stored);
        }
        Ok(())
    }

    /// Whether a message follows what was told; what lies between is told first.
    async fn is_next(&mut self, room: &Room, seq: i32) -> Result<bool, AppError> {
        let told = *self.told.entry(room.id).or_insert(seq - 1);
        if told < seq - 1 {
            self.catch_up(room.id, seq - 1).await?;
        }
        let is_news = told < seq;
        if is_news {
            self.told.insert(room.id, seq);
        }
        Ok(is_news)
    }

    /// Tells a conversation from the log, from where it was told up to `last`. Forgets it when nobody listens here.
    async fn catch_up(&mut self, id: ConversationId, last: i32) -> Result<(), AppError> {
        let Some(told) = self.told.get(&id).copied().filter(|told| *told < last) else { return Ok(()) };
        if let Some(room) = rooms::find(&self.app, id).await?
            && !self.has_listeners(room.both())
        {
            self.told.remove(&id);
            return Ok(());
        }
        let Some(conversation) = store::find(&self.app.db.read, id).await? else { return Ok(()) };
        if !self.has_listeners([conversation.owner_id, conversation.doctor_id]) {
            self.told.remove(&id);
            return Ok(());
        }
        self.tell_from_log(&conversation, told, last).await
    }

    fn has_listeners(&self, both: [AccountId; 2]) -> bool {
        both.iter().any(|account| self.app.presence.is_here(*account))
    }

    async fn tell_from_log(&mut self, conversation: &Model, mut told: i32, last: i32) -> Result<(), AppError> {
        let both = [conversation.owner_id, conversation.doctor_id];
        while told < last {
            let rows = store::messages(&self.app.db.read, conversation.id, Part::After(told), Some(PAGE)).await?;
            let Some(newest) = rows.last().map(|row| row.seq) else { break };
            for message in views::messages(&self.app.db.read, conversation, rows).await? {
                self.tell(both, &message).await;
            }
            told = newest;
            self.told.insert(conversation.id, told);
        }
        Ok(())
    }

    async fn tell(&self, both: [AccountId; 2], message: &MessageView) {
        self.app.realtime.tell_here(&both.map(|account| account.0), "newMessage", message).await;
    }
}
