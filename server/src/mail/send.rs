//! The job that hands a letter over.

use serde::{Deserialize, Serialize};

use super::entity::MailId;
use super::transport::Transport;
use super::{Mails, store};
use platform::http::error::AppError;
use platform::jobs::{Job, Lane, Outcome, Ran};

/// Hands one letter to the mail server. Says nothing of its words, which would stand in the queue and its errors.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    pub mail: MailId,
}

impl Job for SendMail {
    const KIND: &'static str = "send_mail";
    const LANE: Lane = Lane::Mail;

    fn key(&self) -> String {
        self.mail.to_string()
    }
}

/// At least once: when the answer of the mail server is lost the letter goes again, under the same `Message-ID`.
pub async fn send(mails: &Mails, job: SendMail) -> Ran {
    let Some(mail) = store::find_waiting(&mails.db.read, job.mail).await? else { return Ok(Outcome::Done) };
    let (db, now) = (&mails.db.write, mails.clock.now());
    match &mails.transport {
        Transport::Mailbox => store::put_into_mailbox(db, mail.id, now).await?,
        Transport::Smtp(server) => {
            server.send(&mail, now).await?;
            store::forget(db, mail.id).await?;
        }
        Transport::Nowhere => return Err(no_mail_server()),
    }
    Ok(Outcome::Done)
}

/// A public server without a mail server: the letter waits, and the operator finds it among the jobs that failed.
fn no_mail_server() -> AppError {
    anyhow::anyhow!("the letter cannot be sent: SMTP_URL is not set").into()
}
