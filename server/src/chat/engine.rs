//! The way of a message: a writer stores it, a teller tells it. Conversations are spread over a few of these pairs; one
//! conversation always has the same, hence one order. Writers do not wait for tellers, nor tellers for the database.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::entity::ConversationId;
use super::error::ChatError;
use super::hearsay::{Hearsay, Stored};
use super::outlet::Outlet;
use super::rooms::Room;
use super::rules::NewMessage;
use super::teller::{Inbox, Joined, Joining, Order};
use super::turns::Turns;
use super::writer::{Appended, Desk, Draft};
use super::{Chat, teller, writer};
use crate::accounts::AccountId;
use crate::config::DatabaseConfig;
use platform::db::Db;
use platform::entrance::Entrance;
use platform::http::error::AppError;
use platform::tasks::Until;

/// Drafts that may wait for one writer. Beyond it senders are told to come back.
const DRAFTS: usize = 1_024;
/// Batches that may wait for one teller. What comes beyond it reads from the log.
const NEWS: usize = 256;
/// Orders that may wait for one teller. Beyond it whoever gives one waits, which no writer does.
const ORDERS: usize = 256;
/// Two, so that one batch is gathered and told while the other is on its way to the disk. SQLite has a single writer.
const SHARDS_ON_POSTGRES: u32 = 2;
const SHARDS_ON_SQLITE: u32 = 1;

pub struct Engine {
    doors: Vec<Door>,
    pub turns: Turns,
}

struct Door {
    drafts: Entrance<Draft>,
    orders: Entrance<Order>,
    hearsay: Arc<Hearsay>,
}

/// The other side of a door.
struct End {
    drafts: mpsc::Receiver<Draft>,
    outlet: Outlet,
    inbox: Inbox,
}

/// Writers and tellers that have not begun.
pub struct Idle {
    ends: Vec<End>,
    /// The writers' own way to the database.
    log: Db,
}

impl Engine {
    /// An engine, and what it takes to have it work.
    pub async fn open(config: &DatabaseConfig, db: &Db) -> anyhow::Result<(Self, Idle)> {
        let shards = if db.is_sqlite() { SHARDS_ON_SQLITE } else { SHARDS_ON_POSTGRES };
        let (doors, ends) = (0..shards).map(|_| shard()).unzip();
        let log = db.with_own_writers(&config.url, shards).await?;
        Ok((Self { doors, turns: Turns::new(db.is_sqlite(), config.connections) }, Idle { ends, log }))
    }

    /// Hands a message to its writer and waits until it is on disk.
    pub async fn append(&self, room: Arc<Room>, sender: AccountId, new: NewMessage) -> Result<Appended, AppError> {
        let (done, result) = oneshot::channel();
        let draft = Draft { sender, new, done, room };
        self.door(draft.room.id).drafts.try_send(draft).map_err(|_| ChatError::QueueFull)?;
        result.await.map_err(|_| ChatError::QueueFull)?
    }

    async fn order(&self, conversation: ConversationId, order: Order) {
        // Refused only while the server stops.
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

    /// Has a device listen to a conversation, or says what it must be sent before; nothing when nobody can say.
    pub async fn join(&self, joining: impl FnOnce(oneshot::Sender<Joined>) -> Joining) -> Option<Joined> {
        let (joined, answer) = oneshot::channel();
        let joining = joining(joined);
        self.order(joining.conversation, Order::Join(joining)).await;
        answer.await.ok()
    }

    /// Messages were stored, here or on another node: devices of this one are told, if they were not. Never waits.
    pub fn hear(&self, stored: Stored) {
        self.door(stored.conversation).hearsay.note(stored);
    }

    /// News from other nodes may have been missed. Never waits.
    pub fn resync(&self) {
        for door in &self.doors {
            door.hearsay.miss();
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

fn shard() -> (Door, End) {
    let (to_writer, drafts) = mpsc::channel(DRAFTS);
    let (to_teller, news) = mpsc::channel(NEWS);
    let (ordering, orders) = mpsc::channel(ORDERS);
    let hearsay = Arc::new(Hearsay::default());
    let door = Door { drafts: Entrance::new(to_writer), orders: Entrance::new(ordering), hearsay: hearsay.clone() };
    let outlet = Outlet::new(to_teller, hearsay.clone());
    (door, End { drafts, outlet, inbox: Inbox { news, orders, hearsay } })
}

impl Idle {
    /// Starts the writers and the tellers. They work until the doors are closed: what was taken in is stored and told also
    /// while the server is stopping.
    pub fn start(self, chat: &Arc<Chat>) {
        for End { drafts, outlet, inbox } in self.ends {
            let desk = Desk { chat: chat.clone(), log: self.log.clone(), outlet };
            chat.tasks.spawn("chat writer", Until::Drained, writer::work(desk, drafts));
            chat.tasks.spawn("chat teller", Until::Drained, teller::work(chat.clone(), inbox));
        }
    }
}
