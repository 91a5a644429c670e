//! Received and read: two numbers for each side, which only grow. What has queued up while the last marks were stored is
//! put together, so that a fast reader costs one write and one event, not one for each message.

use std::collections::BTreeMap;
use std::sync::Arc;

use sea_orm::DbErr;
use serde::Serialize;
use tokio::sync::{mpsc, oneshot};
use utoipa::ToSchema;

use super::entity::{ConversationId, Model, Side};
use super::error::ChatError;
use super::{Chat, store};
use crate::accounts::AccountId;
use platform::entrance::Entrance;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::realtime::Event;
use platform::tasks::Until;

/// Marks that may wait.
const QUEUE: usize = 1_024;
/// Marks that are put together.
const BATCH: usize = 512;

/// How far somebody has received or read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// Who has received or read.
    pub user_id: AccountId,
    pub conversation_id: ConversationId,
    pub seq: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Delivered,
    Read,
}

// Transparent: what looks like a tuple would be told as so many arguments.
#[derive(Serialize)]
#[serde(transparent)]
struct Delivered<'a>(&'a Receipt);

pub const DELIVERED: &str = "messagesDelivered";
pub const READ: &str = "messagesRead";

impl Event for Delivered<'_> {
    const NAME: &'static str = DELIVERED;
}

#[derive(Serialize)]
#[serde(transparent)]
struct Read<'a>(&'a Receipt);

impl Event for Read<'_> {
    const NAME: &'static str = READ;
}

struct Marking {
    me: AccountId,
    conversation: ConversationId,
    mark: Mark,
    /// Nothing means "all of it".
    seq: Option<i32>,
    done: oneshot::Sender<Result<Receipt, AppError>>,
}

pub struct Receipts {
    queue: Entrance<Marking>,
}

/// Marks that nobody keeps yet.
pub struct Idle(mpsc::Receiver<Marking>);

/// Somebody has received or read a conversation up to `seq` (or all of it); both sides' devices are told when it is news.
pub async fn mark(
    chat: &Chat,
    me: AccountId,
    conversation: ConversationId,
    mark: Mark,
    seq: Option<i32>,
) -> Result<Receipt, AppError> {
    let (done, result) = oneshot::channel();
    let marking = Marking { me, conversation, mark, seq, done };
    chat.receipts.queue.try_send(marking).map_err(|_| ChatError::QueueFull)?;
    result.await.map_err(|_| ChatError::QueueFull)?
}

impl Receipts {
    pub fn open() -> (Self, Idle) {
        let (queue, end) = mpsc::channel(QUEUE);
        (Self { queue: Entrance::new(queue) }, Idle(end))
    }

    /// Takes nothing more in. What has come in is finished.
    pub fn close(&self) {
        self.queue.close();
    }
}

impl Idle {
    /// Starts the one who keeps the marks. It works until the queue is closed.
    pub fn start(self, chat: &Arc<Chat>) {
        chat.tasks.spawn("chat receipts", Until::Drained, keep(chat.clone(), self.0));
    }
}

async fn keep(chat: Arc<Chat>, mut markings: mpsc::Receiver<Marking>) {
    let mut batch = Vec::with_capacity(BATCH);
    while markings.recv_many(&mut batch, BATCH).await > 0 {
        let ids = batch.iter().map(|marking| marking.conversation);
        let conversations = match store::find_all(&chat.db.read, ids).await {
            Ok(found) => found,
            Err(error) => {
                refuse(batch.drain(..), &error);
                continue;
            }
        };
        let (valid, news) = sort(&conversations, batch.drain(..));
        match store_all(&chat, &news).await {
            Ok(told) => {
                for (receipt, mark, both) in told {
                    let both = both.map(|account| account.0);
                    match mark {
                        Mark::Delivered => chat.realtime.tell(&both, &Delivered(&receipt)).await,
                        Mark::Read => chat.realtime.tell(&both, &Read(&receipt)).await,
                    }
                }
                for (receipt, done) in valid {
                    // Whoever asked may be gone.
                    let _ = done.send(Ok(receipt));
                }
            }
            Err(error) => {
                tracing::error!(%error, "receipts could not be stored");
                for (_, done) in valid {
                    let _ = done.send(Err(ChatError::QueueFull.into()));
                }
            }
        }
    }
}

fn refuse(markings: impl Iterator<Item = Marking>, error: &DbErr) {
    tracing::error!(%error, "receipts could not be stored");
    for marking in markings {
        let _ = marking.done.send(Err(ChatError::QueueFull.into()));
    }
}

/// The furthest mark of each side, in the order of the conversations' ids, so that two nodes never wait for each other.
type News<'a> = BTreeMap<(ConversationId, bool, Mark), (&'a Model, Side, i32)>;
type Valid = Vec<(Receipt, oneshot::Sender<Result<Receipt, AppError>>)>;

/// Answers what is refused, and puts together what is news.
fn sort<'a>(conversations: &'a [Model], markings: impl Iterator<Item = Marking>) -> (Valid, News<'a>) {
    let mut valid = Valid::new();
    let mut news = News::new();
    for Marking { me, conversation, mark, seq, done } in markings {
        let Some(found) = conversations.iter().find(|found| found.id == conversation) else {
            let _ = done.send(Err(ConversationId::not_found()));
            continue;
        };
        let Some(side) = found.side_of(me) else {
            let _ = done.send(Err(ChatError::NotAParticipant.into()));
            continue;
        };
        let seq = seq.unwrap_or(found.last_seq).clamp(0, found.last_seq);
        if seq > found.marked_seq(side, mark) {
            let furthest = news.entry((conversation, side == Side::Owner, mark)).or_insert((found, side, seq));
            furthest.2 = furthest.2.max(seq);
        }
        valid.push((Receipt { user_id: me, conversation_id: conversation, seq }, done));
    }
    (valid, news)
}

/// Stores the marks in one transaction and says which of them were news to the database.
async fn store_all(chat: &Chat, news: &News<'_>) -> Result<Vec<(Receipt, Mark, [AccountId; 2])>, DbErr> {
    let mut told = Vec::with_capacity(news.len());
    if news.is_empty() {
        return Ok(told);
    }
    let txn = chat.db.begin_write().await?;
    for ((id, _, mark), (conversation, side, seq)) in news {
        let is_news = match mark {
            Mark::Delivered => store::advance_delivered(&txn, *id, *side, *seq).await?,
            Mark::Read => store::advance_read(&txn, *id, *side, *seq).await?,
        };
        if is_news {
            let receipt = Receipt { user_id: conversation.account_on(*side), conversation_id: *id, seq: *seq };
            told.push((receipt, *mark, [conversation.owner_id, conversation.doctor_id]));
        }
    }
    txn.commit().await?;
    Ok(told)
}
