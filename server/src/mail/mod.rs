//! Letters by e-mail. One is written down in the transaction that makes it necessary, and sent by a job: through `SMTP_URL`, or,
//! where there is none, into a mailbox of this machine that anybody here can read (`/sandbox/mail`).

mod entity;
mod mailbox;
mod send;
mod store;
mod transport;

use sea_orm::DbErr;

use crate::config::Config;
use crate::events::Work;
use entity::{MailId, Model};
pub use mailbox::router as mailbox;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;
use send::SendMail;
pub use send::send;
pub use store::sweep;
use transport::Transport;

/// What sending letters takes.
pub struct Mails {
    db: Db,
    clock: SharedClock,
    transport: Transport,
}

impl Mails {
    pub fn new(platform: &Platform, config: &Config) -> anyhow::Result<Self> {
        Ok(Self { db: platform.db.clone(), clock: platform.clock.clone(), transport: Transport::new(config)? })
    }
}

/// What somebody is to read.
pub struct Letter {
    /// An e-mail address.
    pub recipient: String,
    pub subject: String,
    /// Plain text.
    pub body: String,
}

impl Letter {
    /// Has it sent once the work is committed.
    pub async fn post(self, work: &mut Work) -> Result<(), DbErr> {
        let Self { recipient, subject, body } = self;
        let mail = Model { id: MailId::new(), recipient, subject, body, created_at: work.now(), sent_at: None };
        let job = SendMail { mail: mail.id };
        store::insert(&**work, mail).await?;
        work.enqueue(&job).await
    }
}
