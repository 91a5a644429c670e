//! The writers of the chat: each takes what has queued up while its last commit ran and stores it as one transaction
//! (group commit). Idle, that is one message at a time, so that latency stays low; under load hundreds, so that syncs of
//! the disk do not bound how many get through. A conversation always has the same writer, hence one order.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sea_orm::DbErr;
use tokio::sync::{mpsc, oneshot};

use super::append::{Numbers, append, append_within};
use super::entity::{AttachmentId, MessageId, message};
use super::error::ChatError;
use super::outlet::Outlet;
use super::pictures::{self, AttachmentView};
use super::rooms::Room;
use super::rules::NewMessage;
use super::views::MessageView;
use super::{Chat, store};
use crate::accounts::AccountId;
use platform::clock::Timestamp;
use platform::db::{Db, is_taken};
use platform::http::error::AppError;

/// Messages in one transaction.
const BATCH: usize = 256;
/// Somebody else may store a draft of the batch between two tries; each try finds at least one.
const TRIES: usize = 8;

/// What became of a draft.
pub enum Appended {
    Stored(Arc<MessageView>),
    /// The sender had sent something under this `clientId` before.
    Known(message::Model),
    /// The conversation has ended.
    NotActive,
    AttachmentUnusable,
}

/// A message on its way to the log.
pub struct Draft {
    pub room: Arc<Room>,
    pub sender: AccountId,
    pub new: NewMessage,
    pub done: oneshot::Sender<Result<Appended, AppError>>,
}

/// What a writer works with.
pub struct Desk {
    pub chat: Arc<Chat>,
    pub log: Db,
    pub outlet: Outlet,
}

/// Stores what comes in, for as long as it comes.
pub async fn work(desk: Desk, mut drafts: mpsc::Receiver<Draft>) {
    let mut batch = Vec::with_capacity(BATCH);
    while drafts.recv_many(&mut batch, BATCH).await > 0 {
        metrics::histogram!("chat_batch_messages").record(batch.len() as f64);
        // Pictures are bound to their message one by one; what stands before and behind keeps its place.
        let mut plain = Vec::with_capacity(batch.len());
        for draft in batch.drain(..) {
            if draft.new.attachments.is_empty() {
                plain.push(draft);
            } else {
                store_plain(&desk, std::mem::take(&mut plain)).await;
                store_with_pictures(&desk, draft).await;
            }
        }
        store_plain(&desk, plain).await;
    }
}

/// A draft and the row it becomes.
struct Pending {
    draft: Draft,
    row: message::Model,
}

impl Pending {
    fn new(draft: Draft, now: Timestamp) -> Self {
        let row = message::Model {
            id: MessageId::new(),
            conversation_id: draft.room.id,
            seq: 0,
            sender_id: draft.sender,
            client_id: draft.new.client_id.clone(),
            body: draft.new.body.clone(),
            created_at: now,
        };
        Self { draft, row }
    }

    fn key(&self) -> Option<(AccountId, String)> {
        Some((self.row.sender_id, self.row.client_id.clone()?))
    }

    fn answer(self, result: Result<Appended, AppError>) {
        // Whoever asked may be gone: the message is stored all the same, and found again by its `clientId`.
        let _ = self.draft.done.send(result);
    }
}

async fn store_plain(desk: &Desk, drafts: Vec<Draft>) {
    if drafts.is_empty() {
        return;
    }
    let now = desk.chat.clock.now();
    let (mut pending, echoes) = without_echoes(drafts.into_iter().map(|draft| Pending::new(draft, now)));
    // The rows that echoes are echoes of.
    let mut firsts = Vec::new();
    for _ in 0..TRIES {
        let rows: Vec<message::Model> = pending.iter().map(|pending| pending.row.clone()).collect();
        match append(&desk.log, &rows).await {
            Ok(numbers) => {
                firsts.extend(finish(desk, std::mem::take(&mut pending), &numbers).await);
                break;
            }
            Err(error) if is_taken(&error) => {
                let (unknown, known) = answer_known(desk, pending).await;
                pending = unknown;
                firsts.extend(known);
            }
            Err(error) => {
                refuse(std::mem::take(&mut pending), &error);
                break;
            }
        }
        if pending.is_empty() {
            break;
        }
    }
    for one in pending {
        one.answer(Err(ChatError::QueueFull.into()));
    }
    answer_echoes(echoes, &firsts);
}

/// Keeps the first of those that share a `clientId`.
fn without_echoes(all: impl Iterator<Item = Pending>) -> (Vec<Pending>, Vec<Pending>) {
    let mut seen = HashSet::new();
    all.partition(|pending| pending.key().is_none_or(|key| seen.insert(key)))
}

/// An echo gets what its first one got: its message, or to try again.
fn answer_echoes(echoes: Vec<Pending>, firsts: &[message::Model]) {
    for echo in echoes {
        let is_first =
            |row: &&message::Model| row.sender_id == echo.row.sender_id && row.client_id == echo.row.client_id;
        let first = firsts.iter().find(is_first).cloned();
        echo.answer(first.map(Appended::Known).ok_or_else(|| ChatError::QueueFull.into()));
    }
}

/// Answers those whose `clientId` is in the database. Gives back the others, and the rows that were found.
async fn answer_known(desk: &Desk, pending: Vec<Pending>) -> (Vec<Pending>, Vec<message::Model>) {
    let keys: Vec<(AccountId, String)> = pending.iter().filter_map(Pending::key).collect();
    let found = match store::find_by_client_ids(&desk.log.write, &keys).await {
        Ok(found) => found,
        Err(error) => {
            refuse(pending, &error);
            return (Vec::new(), Vec::new());
        }
    };
    let known: HashMap<_, _> =
        found.iter().filter_map(|row| Some(((row.sender_id, row.client_id.clone()?), row.clone()))).collect();
    let mut unknown = Vec::new();
    for one in pending {
        match one.key().and_then(|key| known.get(&key).cloned()) {
            Some(first) => {
                desk.outlet.tell_again(&desk.chat, &one.draft.room, &first);
                one.answer(Ok(Appended::Known(first)));
            }
            None => unknown.push(one),
        }
    }
    (unknown, found)
}

fn refuse(pending: Vec<Pending>, error: &DbErr) {
    tracing::error!(%error, messages = pending.len(), "messages could not be stored");
    for one in pending {
        one.answer(Err(ChatError::QueueFull.into()));
    }
}

/// Acknowledges what is on disk and has it told, in the order of the log.
async fn finish(desk: &Desk, pending: Vec<Pending>, numbers: &Numbers) -> Vec<message::Model> {
    let mut rows = Vec::with_capacity(pending.len());
    let mut told = Vec::with_capacity(pending.len());
    for mut one in pending {
        let Some(seq) = numbers.get(&one.row.id) else {
            let [owner, doctor] = one.draft.room.both();
            desk.chat.rooms.forget(one.row.conversation_id, owner, doctor);
            one.answer(Ok(Appended::NotActive));
            continue;
        };
        one.row.seq = *seq;
        let view = Arc::new(MessageView::sent(&one.draft.room, one.row.clone(), Vec::new()));
        told.push((one.draft.room.clone(), view.clone()));
        rows.push(one.row.clone());
        one.answer(Ok(Appended::Stored(view)));
    }
    metrics::counter!("chat_messages_stored_total").increment(rows.len() as u64);
    // Those who wait for an answer go first: telling takes longer.
    tokio::task::yield_now().await;
    desk.outlet.tell(&desk.chat, told);
    rows
}

/// One message that takes pictures along, in a transaction of its own.
async fn store_with_pictures(desk: &Desk, draft: Draft) {
    let mut one = Pending::new(draft, desk.chat.clock.now());
    let result = match append_with_pictures(&desk.log, &one.row, &one.draft.new.attachments).await {
        Ok(Taken::All(seq, pictures)) => {
            one.row.seq = seq;
            let view = Arc::new(MessageView::sent(&one.draft.room, one.row.clone(), pictures));
            metrics::counter!("chat_messages_stored_total").increment(1);
            desk.outlet.tell(&desk.chat, vec![(one.draft.room.clone(), view.clone())]);
            Ok(Appended::Stored(view))
        }
        Ok(Taken::NotActive) => Ok(Appended::NotActive),
        Ok(Taken::Unusable) => Ok(Appended::AttachmentUnusable),
        Err(error) if is_taken(&error) => {
            for unknown in answer_known(desk, vec![one]).await.0 {
                unknown.answer(Err(ChatError::QueueFull.into()));
            }
            return;
        }
        Err(error) => {
            refuse(vec![one], &error);
            return;
        }
    };
    one.answer(result);
}

enum Taken {
    All(i32, Vec<AttachmentView>),
    NotActive,
    Unusable,
}

async fn append_with_pictures(log: &Db, row: &message::Model, attachments: &[AttachmentId]) -> Result<Taken, DbErr> {
    let txn = log.begin_write().await?;
    let numbers = append_within(&txn, std::slice::from_ref(row)).await?;
    let Some(seq) = numbers.get(&row.id) else { return Ok(Taken::NotActive) };
    if !pictures::take_attachments(&txn, row.conversation_id, row.sender_id, attachments, row.id).await? {
        return Ok(Taken::Unusable);
    }
    let mut pictures = pictures::attachments_of(&txn, std::slice::from_ref(row)).await?;
    txn.commit().await?;
    let pictures = pictures.remove(&row.id).unwrap_or_default();
    Ok(Taken::All(*seq, pictures.into_iter().map(AttachmentView::from).collect()))
}
