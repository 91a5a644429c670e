//! Reads the log for the tellers, beside them: a teller itself never waits for the database.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;

use super::Chat;
use super::entity::{ConversationId, Model};
use super::hearsay::Stored;
use super::store::{self, Part};
use super::views::{self, MessageView};
use platform::http::error::AppError;

/// Messages read from the log at once.
const PAGE: u64 = 200;
const CONVERSATIONS_AT_ONCE: usize = 500;
/// How long to wait for a database that does not answer.
const PAUSE: Duration = Duration::from_secs(1);

/// What follows in a conversation after a message.
pub struct Page {
    pub conversation: ConversationId,
    pub after: i32,
    /// Nothing when it could not be read.
    pub rest: Option<Rest>,
}

pub struct Rest {
    pub messages: Vec<MessageView>,
    /// The `seq` up to which was read.
    pub newest: i32,
    /// Whether the log ended there.
    pub is_all: bool,
}

/// Reads what follows in a conversation. There is always an answer, also when reading breaks off.
pub async fn read(chat: Arc<Chat>, conversation: ConversationId, after: i32) -> Page {
    let _turn = chat.engine.turns.of_telling().await;
    let rest = match AssertUnwindSafe(rest_after(&chat, conversation, after)).catch_unwind().await {
        Ok(Ok(rest)) => Some(rest),
        Ok(Err(error)) => {
            tracing::warn!(code = error.into_problem().code, "messages could not be read to be told");
            None
        }
        Err(_) => None,
    };
    Page { conversation, after, rest }
}

async fn rest_after(chat: &Chat, id: ConversationId, after: i32) -> Result<Rest, AppError> {
    let rows = store::messages(&chat.db.read, id, Part::After(after), Some(PAGE)).await?;
    let newest = rows.last().map_or(after, |row| row.seq);
    let is_all = (rows.len() as u64) < PAGE;
    let conversation = if rows.is_empty() { None } else { Model::find(&chat.db.read, id).await? };
    let messages = match conversation {
        Some(conversation) => views::messages(&chat.db.read, &conversation, rows).await?,
        None => Vec::new(),
    };
    Ok(Rest { messages, newest, is_all })
}

/// Notes how far conversations have come while news of them may have been missed: those that were told here, and those
/// of people who are here, which may have begun meanwhile. Until it is known.
pub async fn note_missed(chat: Arc<Chat>, told: Vec<ConversationId>) {
    while let Err(error) = look_up_missed(&chat, &told).await {
        tracing::warn!(code = error.into_problem().code, "what was missed cannot be looked up yet");
        tokio::time::sleep(PAUSE).await;
    }
}

async fn look_up_missed(chat: &Chat, told: &[ConversationId]) -> Result<(), AppError> {
    for some in told.chunks(CONVERSATIONS_AT_ONCE) {
        let _turn = chat.engine.turns.of_telling().await;
        let found = store::find_all(&chat.db.read, some.iter().copied()).await?;
        found.iter().for_each(|found| chat.engine.hear(newest(found)));
    }
    for some in chat.presence.everybody_here().chunks(CONVERSATIONS_AT_ONCE) {
        let _turn = chat.engine.turns.of_telling().await;
        let found = store::active_for_any(&chat.db.read, some).await?;
        found.iter().for_each(|found| chat.engine.hear(newest(found)));
    }
    Ok(())
}

/// Where the newest message stands. Whoever has heard those before hears them all; others see the gap and ask.
fn newest(conversation: &Model) -> Stored {
    Stored {
        conversation: conversation.id,
        both: [conversation.owner_id, conversation.doctor_id],
        first: conversation.last_seq,
        last: conversation.last_seq,
    }
}
