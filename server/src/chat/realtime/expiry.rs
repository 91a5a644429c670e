//! A socket lives as long as the access token it came with: when that ends, the device is told and has to come back with
//! a fresh one. What it misses meanwhile it gets when it is back.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use socketioxide::socket::Sid;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::chat::Chat;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::tasks;
use platform::text::Language;

/// The event of a token that has ended; it says so as a problem.
pub const SESSION_EXPIRED: &str = "sessionExpired";

const SWEEP: Duration = Duration::from_secs(1);

/// When each socket's token ends, the next one first.
#[derive(Default)]
pub struct Expiries(Mutex<BTreeSet<(Timestamp, Sid)>>);

impl Expiries {
    pub fn add(&self, at: Timestamp, socket: Sid) {
        self.lock().insert((at, socket));
    }

    pub fn remove(&self, at: Timestamp, socket: Sid) {
        self.lock().remove(&(at, socket));
    }

    fn take_due(&self, now: Timestamp) -> Vec<Sid> {
        let mut all = self.lock();
        let mut due = Vec::new();
        while let Some((_, socket)) = all.first().filter(|(at, _)| *at <= now).copied() {
            all.pop_first();
            due.push(socket);
        }
        due
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<(Timestamp, Sid)>> {
        // A set is whole after any panic elsewhere.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends away sockets whose token has ended, and tells them why.
pub fn start(chat: Arc<Chat>, shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tasks::every(SWEEP, shutdown, move || {
        send_away(&chat);
        std::future::ready(())
    })
}

fn send_away(chat: &Chat) {
    for id in chat.expiries.take_due(chat.clock.now()) {
        let Some(socket) = chat.realtime.server().get_socket(id) else { continue };
        let problem = AppError::unauthenticated().into_problem().body(Language::Indonesian, &id.to_string());
        // Without room for the reason it goes all the same.
        let _ = socket.emit(SESSION_EXPIRED, &problem);
        let _ = socket.disconnect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_end_in_their_order_and_once() {
        let expiries = Expiries::default();
        let [early, late, gone] = [Sid::new(), Sid::new(), Sid::new()];
        let at = |second: i64| Timestamp::from_millis(second * 1000);
        expiries.add(at(2), late);
        expiries.add(at(1), early);
        expiries.add(at(1), gone);
        expiries.remove(at(1), gone);
        assert!(expiries.take_due(at(0)).is_empty());
        assert_eq!(expiries.take_due(at(1)), [early]);
        assert_eq!(expiries.take_due(at(9)), [late]);
        assert!(expiries.take_due(at(9)).is_empty());
    }
}
