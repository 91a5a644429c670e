//! The way of a message: a writer stores it, a teller tells it. Conversations are spread over a few of these pairs; one
//! conversation always has the same, hence one order.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{mpsc, oneshot};

use super::entity::ConversationId;
use super::error::ChatError;
use super::rooms::Room;
use super::rules::NewMessage;
use super::teller::Order;
use super::writer::{Appended, Draft};
use super::{teller, writer};
use crate::accounts::AccountId;
use crate::app::AppState;
use crate::platform::entrance::Entrance;
use crate::platform::http::error::AppError;
use crate::platform::tasks::Until;

/// Drafts that may wait for one writer. Beyond it senders are told to come back.
const DRAFTS: usize = 1_024;
/// Orders that may wait for one teller. Beyond it its writer waits, and with it the senders.
const ORDERS: usize = 256;
/// Two, so that one batch is gathered and told while the other is on its way to the disk. SQLite has a single writer.
const SHARDS_ON_POSTGRES: usize = 2;
const SHARDS_ON_SQLITE: usize = 1;

pub struct Engine {
    doors: Vec<Door>,
    /// The other sides of the doors, until `start` takes them.
    ends: Mutex<Vec<End>>,
}

struct Door {
    drafts: Entrance<Draft>,
    orders: Entrance<Order>,
}

struct End {
    drafts: mpsc::Receiver<Draft>,
    orders: mpsc::Receiver<Order>,
    to_teller: mpsc::Sender<Order>,
}

impl Engine {
    pub fn new(is_sqlite: bool) -> Self {
        let shards = if is_sqlite { SHARDS_ON_SQLITE } else { SHARDS_ON_POSTGRES };
        let shard = |_| {
            let (to_writer, drafts) = mpsc::channel(DRAFTS);
            let (to_teller, orders) = mpsc::channel(ORDERS);
            let door = Door { drafts: Entrance::new(to_writer), orders: Entrance::new(to_teller.clone()) };
            (door, End { drafts, orders, to_teller })
        };
        let (doors, ends) = (0..shards).map(shard).unzip();
        Self { doors, ends: Mutex::new(ends) }
    }

    /// Hands a message to its writer and waits until it is on disk.
    pub async fn append(&self, room: Arc<Room>, sender: AccountId, new: NewMessage) -> Result<Appended, AppError> {
        let (done, result) = oneshot::channel();
        let draft = Draft { sender, new, done, room };
        self.door(draft.room.id).drafts.try_send(draft).map_err(|_| ChatError::QueueFull)?;
        result.await.map_err(|_| ChatError::QueueFull)?
    }

    /// Gives an order to the teller of a conversation.
    pub async fn order(&self, conversation: ConversationId, order: Order) {
        // A teller ends only with the process.
        let _ = self.door(conversation).orders.send(order).await;
    }

    /// Has the teller of a conversation expect devices of the two on this node, and waits until it does.
    pub async fn expect(&self, conversation: ConversationId, both: [AccountId; 2], last_seq: i32) {
        let (expected, is_expected) = oneshot::channel();
        self.order(conversation, Order::Expect { conversation, both, last_seq, expected }).await;
        let _ = is_expected.await;
    }

    /// Waits until all that was stored in a conversation is told on this node.
    pub async fn finish(&self, conversation: ConversationId) {
        let (finished, is_finished) = oneshot::channel();
        self.order(conversation, Order::Finish { conversation, finished }).await;
        let _ = is_finished.await;
    }

    /// News from other nodes may have been missed.
    pub async fn resync(&self) {
        for door in &self.doors {
            let _ = door.orders.send(Order::Resync).await;
        }
    }

    /// Takes nothing more in. What has come in is finished.
    pub fn close(&self) {
        for door in &self.doors {
            door.drafts.close();
            door.orders.close();
        }
    }

    fn door(&self, conversation: ConversationId) -> &Door {
        let mut hasher = DefaultHasher::new();
        conversation.hash(&mut hasher);
        &self.doors[hasher.finish() as usize % self.doors.len()]
    }
}

/// Starts the writers and the tellers. They work until the doors are closed: what was taken in is stored and told also
/// while the server is stopping.
pub fn start(app: &AppState) {
    let ends = std::mem::take(&mut *app.chat.ends.lock().unwrap_or_else(PoisonError::into_inner));
    for End { drafts, orders, to_teller } in ends {
        app.tasks.spawn("chat writer", Until::Drained, writer::work(app.clone(), drafts, to_teller));
        app.tasks.spawn("chat teller", Until::Drained, teller::work(app.clone(), orders));
    }
}
