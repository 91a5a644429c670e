//! Where somebody is signed in: what they see of it, and how a device is sent away.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use sea_orm::DbErr;

use super::entity::{AccountId, SessionId, account, session};
use super::{Accounts, CurrentUser, letters, store};
use crate::events::{Event, Work};
use platform::http::client_address::ClientAddress;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::text::Language;

/// Somebody at the door.
pub struct Visit {
    /// What the browser calls itself.
    pub user_agent: String,
    /// Of an address of IPv6 its network, which one customer has; nothing where it says nothing.
    pub network: Option<String>,
    pub language: Language,
}

impl Visit {
    pub fn new(headers: &HeaderMap, ClientAddress(address): ClientAddress) -> Self {
        let given = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            user_agent: given.chars().filter(|character| !character.is_control()).take(255).collect(),
            network: network_of(address),
            language: Language::from_headers(headers),
        }
    }
}

fn network_of(address: IpAddr) -> Option<String> {
    match address {
        IpAddr::V4(address) => Some(address.to_string()),
        IpAddr::V6(network) => (!network.is_unspecified()).then(|| format!("{network}/64")),
    }
}

/// Tells of a sign-in from a device that the account was never opened on. The first one of all is no news.
pub async fn tell_of_new_device(
    accounts: &Accounts,
    work: &mut Work,
    account: &account::Model,
    visit: &Visit,
) -> Result<(), DbErr> {
    let is_known = store::was_opened(&**work, account.id, Some(&visit.user_agent)).await?;
    if is_known || !store::was_opened(&**work, account.id, None).await? {
        return Ok(());
    }
    let device = name_of(&visit.user_agent);
    let security = format!("{}/akun/keamanan", accounts.public_url);
    letters::new_device(account, visit.language, &device, &security).post(work).await
}

impl Accounts {
    /// Where somebody is signed in: the device that asks, then the others, the one used last first.
    pub(super) async fn devices(&self, me: &CurrentUser) -> Result<Vec<session::Model>, DbErr> {
        let mut devices = store::list_sessions(&self.db.write, me.id, self.clock.now()).await?;
        devices.sort_by_key(|device| device.id != me.session);
        Ok(devices)
    }

    /// Signs one device of theirs out, at once.
    pub(super) async fn sign_out_device(&self, me: &CurrentUser, id: SessionId) -> Result<(), AppError> {
        let mut work = Work::begin(&self.db, self.clock.now()).await?;
        if !store::revoke_own_session(&*work, me.id, id, work.now()).await? {
            return Err(SessionId::not_found());
        }
        work.tell(Event::SessionEnded(id));
        Ok(work.commit(&self.audience).await?)
    }

    /// Signs all devices out but the one that asks.
    pub(super) async fn sign_out_others(&self, me: &CurrentUser) -> Result<(), AppError> {
        let mut work = Work::begin(&self.db, self.clock.now()).await?;
        end_sessions(&mut work, me.id, Some(me.session)).await?;
        Ok(work.commit(&self.audience).await?)
    }
}

/// Ends every session of an account, but the one that is spared.
pub async fn end_sessions(work: &mut Work, account: AccountId, spared: Option<SessionId>) -> Result<(), DbErr> {
    let now = work.now();
    for session in store::revoke_sessions(&**work, account, spared, now).await? {
        work.tell(Event::SessionEnded(session));
    }
    Ok(())
}

/// What people call a browser and what it runs on: the first that its own description names.
const BROWSERS: [(&str, &str); 7] = [
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Edg", "Edge"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// A name that people know the device by: `Chrome, Android`. A program that is no browser goes by the beginning of what it says.
pub fn name_of(user_agent: &str) -> String {
    let named = |known: &[(&str, &'static str)]| {
        known.iter().find(|(part, _)| user_agent.contains(part)).map(|(_, name)| *name)
    };
    let names: Vec<&str> = named(&BROWSERS).into_iter().chain(named(&SYSTEMS)).collect();
    if names.is_empty() { user_agent.chars().take(40).collect() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_go_by_the_names_that_people_know() {
        const TAIL: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (agent, name) in [
            (format!("Mozilla/5.0 (Linux; Android 10; K) {TAIL} Chrome/137.0.0.0 Mobile Safari/537.36"), "Chrome, Android"),
            (format!("Mozilla/5.0 (Linux; Android 13; SM-A515F) {TAIL} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"), "Samsung Internet, Android"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1".to_owned(), "Safari, iPhone"),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(), "Firefox, Windows"),
            (format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {TAIL} Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0"), "Edge, Windows"),
            (format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {TAIL} Chrome/137.0.0.0 Safari/537.36"), "Chrome, Mac"),
            ("okhttp/4.12.0".to_owned(), "okhttp/4.12.0"),
            (String::new(), ""),
        ] {
            assert_eq!(name_of(&agent), name, "{agent}");
        }
    }
}
