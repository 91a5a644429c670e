//! Searching one's own messages. The log itself is read, a bounded part of it for each request; a cursor lets the client go
//! on. The database narrows down, `rules` decides.

pub mod rules;
mod store;

use self::rules::{Needle, Position, Stretch};
use super::entity::{Model, message};
use crate::accounts::CurrentUser;
use crate::chat::Chat;
use platform::http::error::AppError;

/// Messages that one request looks through. The database reads some hundred thousand in a second.
const MOST_MESSAGES: i32 = 20_000;
/// Each one is a condition of the query.
const CONVERSATIONS_AT_ONCE: u64 = 50;
/// Texts held in memory at once, of at most 4,000 characters each.
const CANDIDATES_AT_ONCE: u64 = 200;

pub struct Search {
    pub needle: Needle,
    /// Only in this conversation, which is the caller's.
    pub within: Option<Model>,
    /// Where the page before ended.
    pub behind: Option<Position>,
    pub limit: u64,
}

/// What was found, with the conversations it was found in.
pub struct Found {
    pub messages: Vec<message::Model>,
    pub conversations: Vec<Model>,
    /// Where to go on; nothing once everything has been looked through.
    pub next: Option<Position>,
}

/// Looks through somebody's own messages, newest conversation first, its newest message first.
pub async fn search(chat: &Chat, me: &CurrentUser, search: Search) -> Result<Found, AppError> {
    let limit = usize::try_from(search.limit).unwrap_or(usize::MAX);
    let mut found = Found { messages: Vec::new(), conversations: Vec::new(), next: search.behind };
    let mut left = MOST_MESSAGES;
    while left > 0 {
        let conversations = own(chat, me, &search, found.next).await?;
        let stretches = rules::plan(&conversations, found.next, left);
        let reached = match (stretches.last(), conversations.last()) {
            (Some(last), _) => step(chat, &search.needle, &stretches, last.end(), &mut found).await?,
            // Nothing has been said in any of them.
            (None, Some(silent)) if has_more(&search, &conversations) => Position { conversation: silent.id, seq: 1 },
            (None, _) => {
                found.next = None;
                break;
            }
        };
        remember(&mut found, conversations);
        if found.messages.len() > limit {
            found.messages.truncate(limit);
            found.next = found.messages.last().map(position);
            break;
        }
        left -= rules::looked_through(&stretches, reached).max(1);
        found.next = Some(reached);
    }
    Ok(found)
}

async fn own(chat: &Chat, me: &CurrentUser, search: &Search, behind: Option<Position>) -> Result<Vec<Model>, AppError> {
    match &search.within {
        Some(conversation) => Ok(vec![conversation.clone()]),
        None => {
            let from = behind.map(|position| position.conversation);
            Ok(store::conversations(&chat.db.read, me, from, CONVERSATIONS_AT_ONCE).await?)
        }
    }
}

fn has_more(search: &Search, conversations: &[Model]) -> bool {
    search.within.is_none() && conversations.len() as u64 == CONVERSATIONS_AT_ONCE
}

/// Adds what matches and says how far it has looked: to the end, unless there were too many candidates for one step.
async fn step(
    chat: &Chat,
    needle: &Needle,
    stretches: &[Stretch],
    end: Position,
    found: &mut Found,
) -> Result<Position, AppError> {
    let candidates = store::candidates(&chat.db.read, stretches, needle.pattern(), CANDIDATES_AT_ONCE).await?;
    let is_full = candidates.len() as u64 == CANDIDATES_AT_ONCE;
    let reached = candidates.last().filter(|_| is_full).map_or(end, position);
    let needle = needle.clone();
    let matching = move || candidates.into_iter().filter(|message| needle.is_in(&message.body)).collect::<Vec<_>>();
    let matching = chat.workers.searches.run(matching).await?;
    found.messages.extend(matching);
    Ok(reached)
}

/// Keeps the conversations that are needed to show what was found.
fn remember(found: &mut Found, conversations: Vec<Model>) {
    for conversation in conversations {
        let is_new = found.conversations.iter().all(|known| known.id != conversation.id);
        if is_new && found.messages.iter().any(|message| message.conversation_id == conversation.id) {
            found.conversations.push(conversation);
        }
    }
}

fn position(message: &message::Model) -> Position {
    Position { conversation: message.conversation_id, seq: message.seq }
}
