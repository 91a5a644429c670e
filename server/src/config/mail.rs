//! The mail server, where there is one.

use lettre::message::Mailbox;
use reqwest::Url;

use super::env::Env;
use super::local::is_local;
use platform::secret::Secret;

#[derive(Clone, Debug)]
pub struct MailConfig {
    /// Nothing: letters go into the mailbox of this machine, or wait where strangers could read that.
    pub smtp: Option<SmtpConfig>,
}

#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// `SMTP_URL`: with the account's name and password in it.
    pub url: Secret,
    /// `MAIL_FROM`: who the letters are from.
    pub from: Mailbox,
}

impl MailConfig {
    pub(super) fn read(env: &mut Env) -> Self {
        let from = env.optional("MAIL_FROM");
        let Some(url) = env.optional("SMTP_URL") else { return Self { smtp: None } };
        if !is_private_smtp(&url) {
            env.complain("SMTP_URL", "must look like smtps://name:password@host:465 or smtp://…:587?tls=required");
        }
        let Some(Ok(from)) = from.map(|from| from.parse()) else {
            env.complain(
                "MAIL_FROM",
                "must name who letters are from beside SMTP_URL: HELLOPET! <surat@hellopet.site>",
            );
            return Self { smtp: None };
        };
        Self { smtp: Some(SmtpConfig { url: Secret::new(url), from }) }
    }
}

/// Whether letters stay secret on their way: over TLS, or not on any way at all.
fn is_private_smtp(url: &str) -> bool {
    let Ok(parsed) = Url::parse(url) else { return false };
    let Some(host) = parsed.host_str() else { return false };
    let has_tls = parsed.query_pairs().any(|(name, value)| name == "tls" && value == "required");
    match parsed.scheme() {
        "smtps" => true,
        "smtp" => has_tls || is_local(&format!("http://{host}")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_of_others_travel_over_tls_only() {
        for good in [
            "smtps://a:b@mail.contoh.id:465",
            "smtp://a:b@mail.contoh.id:587?tls=required",
            "smtp://localhost:1025",
            "smtp://127.0.0.1:25",
        ] {
            assert!(is_private_smtp(good), "{good}");
        }
        for bad in
            ["smtp://mail.contoh.id", "smtp://a:b@mail.contoh.id:587?tls=opportunistic", "mail.contoh.id", "https://x"]
        {
            assert!(!is_private_smtp(bad), "{bad}");
        }
    }
}
