//! The transcript for people.

mod bubbles;
mod closing;
mod cover;
mod words;

use std::time::Duration;

use self::words::Words;
use super::pictures::{self, Pictures};
use super::{Entry, Head, Reader};
use crate::chat::Chat;
use platform::http::error::AppError;
use platform::pdf::{self, About, Calendar, Fonts};
use platform::text::Language;

type Flow<'a> = pdf::Flow<'a, Content>;

/// What a PDF holds at most; it says so where it ends early, and the JSON transcript goes on. About a thousand pages.
const MOST_MESSAGES: usize = 5_000;
const MOST_CHARACTERS: usize = 1_000_000;
/// How long somebody waits for others' transcripts to be done.
const PATIENCE: Duration = Duration::from_secs(10);

/// All that a PDF is made of.
pub struct Content {
    pub head: Head,
    pub entries: Vec<Entry>,
    pub pictures: Pictures,
    pub language: Language,
}

impl Content {
    fn words(&self) -> Words {
        Words(self.language)
    }

    /// Whether messages follow that found no room.
    fn is_cut(&self) -> bool {
        let last = self.entries.last().map_or(0, |entry| entry.message.seq);
        last < self.head.conversation.last_seq
    }
}

/// Makes the file. Only so many are made at once, away from the threads that serve requests.
pub async fn write(chat: &Chat, head: Head, language: Language) -> Result<Vec<u8>, AppError> {
    let turn = tokio::time::timeout(PATIENCE, chat.workers.transcripts.turn());
    let turn = turn.await.map_err(|_| AppError::busy())??;
    let entries = read(chat, &head).await?;
    let pictures = pictures::load(chat, &turn, &entries).await?;
    let content = Content { head, entries, pictures, language };
    Ok(chat.workers.transcripts.run_in(turn, move || draw(&content)).await??)
}

fn draw(content: &Content) -> anyhow::Result<Vec<u8>> {
    let (head, language) = (&content.head, content.language);
    let title = content.words().title(&head.owner.username, &head.doctor.username);
    let fonts = Fonts::load()?;
    let mut flow = Flow::new(&fonts, content, Calendar(language), title.clone());
    cover::lay_out(&mut flow);
    bubbles::lay_out(&mut flow);
    closing::lay_out(&mut flow);
    let pages = flow.finish(head.exported_at);
    pdf::draw(&fonts, &pages, About { title, language, made_at: head.exported_at })
}

async fn read(chat: &Chat, head: &Head) -> Result<Vec<Entry>, AppError> {
    let mut reader = Reader::new(&head.conversation);
    let mut entries = Vec::new();
    let mut characters = 0;
    loop {
        let batch = reader.next(chat).await?;
        if batch.is_empty() {
            return Ok(entries);
        }
        for entry in batch {
            characters += entry.message.body.len();
            if entries.len() == MOST_MESSAGES || characters > MOST_CHARACTERS {
                return Ok(entries);
            }
            entries.push(entry);
        }
    }
}
