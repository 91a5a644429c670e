//! Where letters go.

use std::time::{Duration, UNIX_EPOCH};

use anyhow::Context;
use lettre::message::{Mailbox, header};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::entity::Model;
use crate::config::{Config, SmtpConfig};
use platform::clock::Timestamp;
use platform::tls;

/// How long the mail server may take for one step of the talk with it.
const PATIENCE: Duration = Duration::from_secs(20);

pub enum Transport {
    /// Into the mailbox of this machine.
    Mailbox,
    Smtp(MailServer),
    /// Strangers can reach us, so that a mailbox for all to read is out of the question, and no mail server is named.
    Nowhere,
}

pub struct MailServer {
    smtp: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Transport {
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        match &config.mail.smtp {
            Some(smtp) => Ok(Self::Smtp(MailServer::new(smtp)?)),
            None if config.server.is_local() => Ok(Self::Mailbox),
            None => Ok(Self::Nowhere),
        }
    }
}

impl MailServer {
    fn new(config: &SmtpConfig) -> anyhow::Result<Self> {
        tls::install_provider();
        let smtp = AsyncSmtpTransport::<Tokio1Executor>::from_url(config.url.expose());
        let smtp = smtp.context("SMTP_URL cannot be used")?.timeout(Some(PATIENCE)).build();
        Ok(Self { smtp, from: config.from.clone() })
    }

    /// Hands a letter over; `now` is its date.
    pub async fn send(&self, mail: &Model, now: Timestamp) -> anyhow::Result<()> {
        self.smtp.send(written(mail, &self.from, now)?).await?;
        Ok(())
    }
}

fn written(mail: &Model, from: &Mailbox, now: Timestamp) -> anyhow::Result<Message> {
    let date = UNIX_EPOCH + Duration::from_millis(now.as_millis().unsigned_abs());
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, mail.recipient.parse()?))
        .subject(&mail.subject)
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .date(date)
        // What a machine has written is not to be answered by one.
        .raw_header(header::HeaderValue::new(
            header::HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .header(header::ContentType::TEXT_PLAIN)
        .body(mail.body.clone())?;
    Ok(message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;
    use crate::mail::MailId;

    fn mail(recipient: &str, subject: &str) -> Model {
        let created_at = Timestamp::from_millis(1_795_334_400_000);
        let (recipient, subject) = (recipient.to_owned(), subject.to_owned());
        Model { id: MailId::new(), recipient, subject, body: "Halo é\n".to_owned(), created_at, sent_at: None }
    }

    #[test]
    fn a_letter_that_goes_twice_is_the_same_letter() {
        let from: Mailbox = "HELLOPET! <surat@hellopet.test>".parse().unwrap();
        let mail = mail("rara@contoh.id", "Kata sandi");
        let written = |seconds| {
            let at = mail.created_at + Duration::from_secs(seconds);
            String::from_utf8(super::written(&mail, &from, at).unwrap().formatted()).unwrap()
        };
        let id = format!("Message-ID: <{}@hellopet.test>", mail.id);
        assert!(written(0).contains(&id) && written(60).contains(&id), "{}", written(0));
        assert!(written(0).contains("Date: Sun, 22 Nov 2026"), "{}", written(0));
    }

    #[test]
    fn nobody_writes_headers_of_their_own() {
        let from: Mailbox = "surat@hellopet.test".parse().unwrap();
        let now = Timestamp::from_millis(0);
        assert!(super::written(&mail("rara@contoh.id\r\nBcc: all@contoh.id", "x"), &from, now).is_err());
        let letter = super::written(&mail("rara@contoh.id", "x\r\nBcc: all@contoh.id"), &from, now).unwrap();
        let text = String::from_utf8(letter.formatted()).unwrap();
        assert!(!text.contains("\nBcc:"), "{text}");
    }
}
