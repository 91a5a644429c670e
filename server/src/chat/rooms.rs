//! Who talks with whom right now: the active conversations, kept in memory so that a message or a sign of typing asks no
//! database who may say it. Ending a conversation forgets it at once, on every node; and the statement that stores a
//! message asks the database once more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Chat;
use super::entity::{ConversationId, ConversationStatus, Model};
use super::views::Person;
use crate::accounts::{AccountId, Party};
use crate::subjects::ConsultationId;
use platform::cache::ReadCache;
use platform::http::error::AppError;

const MOST: u64 = 50_000;
/// Bounds how long a changed name or face is shown as it was.
const LIFETIME: Duration = Duration::from_secs(60);

/// An active conversation and its two people.
#[derive(Debug)]
pub struct Room {
    pub id: ConversationId,
    pub owner: Person,
    pub doctor: Person,
    pub consultation: ConsultationId,
    has_doctor_spoken: AtomicBool,
}

impl Room {
    pub fn has(&self, account: AccountId) -> bool {
        account == self.owner.id || account == self.doctor.id
    }

    pub fn both(&self) -> [AccountId; 2] {
        [self.owner.id, self.doctor.id]
    }

    /// Whether this is the first that is heard of the doctor since the room was opened or looked up.
    pub fn is_first_of_doctor(&self, sender: AccountId) -> bool {
        sender == self.doctor.id && !self.has_doctor_spoken.swap(true, Ordering::Relaxed)
    }

    /// The sender and the receiver of a message.
    pub fn between(&self, sender: AccountId) -> (&Person, &Person) {
        if sender == self.owner.id { (&self.owner, &self.doctor) } else { (&self.doctor, &self.owner) }
    }
}

pub struct Rooms {
    by_id: ReadCache<ConversationId, Arc<Room>>,
    by_pair: ReadCache<(AccountId, AccountId), Arc<Room>>,
}

impl Default for Rooms {
    fn default() -> Self {
        Self { by_id: ReadCache::new(MOST, LIFETIME), by_pair: ReadCache::new(MOST, LIFETIME) }
    }
}

impl Rooms {
    pub fn forget(&self, id: ConversationId, owner: AccountId, doctor: AccountId) {
        self.by_id.forget(&id);
        self.by_pair.forget(&(owner, doctor));
    }

    pub fn trust(&self, is_trusted: bool) {
        self.by_id.trust(is_trusted);
        self.by_pair.trust(is_trusted);
    }
}

/// The room of an active conversation.
pub async fn find(chat: &Chat, id: ConversationId) -> Result<Option<Arc<Room>>, AppError> {
    let read = || async {
        match Model::find(&chat.db.read, id).await? {
            Some(found) => room_of(chat, found).await,
            None => Ok(None),
        }
    };
    chat.rooms.by_id.get_or_read(id, read).await
}

/// The room of the active conversation of an owner and a doctor.
pub async fn between(chat: &Chat, owner: AccountId, doctor: AccountId) -> Result<Option<Arc<Room>>, AppError> {
    let read = || async {
        match Model::find_active(&chat.db.read, owner, doctor).await? {
            Some(found) => room_of(chat, found).await,
            None => Ok(None),
        }
    };
    chat.rooms.by_pair.get_or_read((owner, doctor), read).await
}

async fn room_of(chat: &Chat, conversation: Model) -> Result<Option<Arc<Room>>, AppError> {
    if conversation.status != ConversationStatus::Active {
        return Ok(None);
    }
    let people = Party::find_all(&chat.db.read, [conversation.owner_id, conversation.doctor_id]).await?;
    let person = |id: &AccountId| people.get(id).map(Person::from);
    let both = person(&conversation.owner_id).zip(person(&conversation.doctor_id));
    let (id, consultation) = (conversation.id, conversation.consultation_id);
    Ok(both.map(|(owner, doctor)| Arc::new(Room { id, owner, doctor, consultation, has_doctor_spoken: false.into() })))
}
