//! Where a writer leaves what it has stored. It never waits there: a teller that has fallen behind reads from the log.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::Chat;
use super::entity::message;
use super::hearsay::{Hearsay, STORED, Stored};
use super::rooms::Room;
use super::views::MessageView;
use crate::subjects::ConsultationId;

/// Messages that were stored here, each with its room.
pub type News = Vec<(Arc<Room>, Arc<MessageView>)>;

pub struct Outlet {
    teller: mpsc::Sender<News>,
    hearsay: Arc<Hearsay>,
}

impl Outlet {
    pub fn new(teller: mpsc::Sender<News>, hearsay: Arc<Hearsay>) -> Self {
        Self { teller, hearsay }
    }

    /// Has messages told that were just stored: to the other nodes first, whatever becomes of it here.
    pub fn tell(&self, chat: &Arc<Chat>, news: News) {
        let places = places(&news);
        for stored in &places {
            chat.bus.publish(STORED, stored);
        }
        for (room, message) in &news {
            chat.typing.stop(room.id, message.sender_id);
            if room.is_first_of_doctor(message.sender_id) {
                tokio::spawn(note_answer(chat.clone(), room.consultation));
            }
        }
        if self.teller.try_send(news).is_err() {
            metrics::counter!("chat_teller_behind_total").increment(1);
            places.into_iter().for_each(|stored| self.hearsay.note(stored));
        }
    }

    /// Has a message told that somebody sent again. Mostly it was told; but the answer to its commit may have been lost,
    /// and with it the news.
    pub fn tell_again(&self, chat: &Chat, room: &Room, row: &message::Model) {
        if row.conversation_id == room.id {
            let stored = Stored { conversation: room.id, both: room.both(), first: row.seq, last: row.seq };
            chat.bus.publish(STORED, &stored);
            self.hearsay.note(stored);
        }
    }
}

/// Where messages stand, what follows in one conversation put together.
fn places(news: &News) -> Vec<Stored> {
    let mut places: Vec<Stored> = Vec::new();
    for (room, message) in news {
        match places.last_mut() {
            Some(last) if last.conversation == room.id => last.last = message.seq,
            _ => {
                places.push(Stored { conversation: room.id, both: room.both(), first: message.seq, last: message.seq })
            }
        }
    }
    places
}

/// The time that the owner bought runs from the doctor's first answer on.
async fn note_answer(chat: Arc<Chat>, consultation: ConsultationId) {
    let Some(occasion) = chat.occasion.get() else { return };
    if let Err(error) = occasion.doctor_spoke(consultation).await {
        tracing::warn!(%consultation, ?error, "a doctor's first answer was not noted; it will be found in the log");
    }
}
