//! Sends notifications, and sends them again where the merchant did not take them.
//!
//! A notification that is being repeated lives in memory only: the merchant who misses one asks for the status, with
//! the real Midtrans too.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use serde_json::{Map, Value};
use tokio::task::JoinSet;

use crate::urls::AllowedHosts;

const PATIENCE: Duration = Duration::from_secs(15);
const MOST_REDIRECTS: usize = 5;
/// More notifications than this are not repeated at the same time; the surplus is dropped, and logged.
const MOST_UNDER_WAY: usize = 256;
/// Midtrans repeats after about 2, 10, 30, 90 and 210 minutes; nobody waits that long for a stand-in.
const PAUSES: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(16),
];

pub(crate) struct Notifier {
    client: Client,
    /// Dropping the set ends what is under way: a stopped stand-in stays silent.
    under_way: Mutex<JoinSet<()>>,
}

impl Notifier {
    /// # Panics
    /// Where no TLS provider is installed for the process; see [`crate::router`].
    pub(crate) fn new(hosts: AllowedHosts) -> Self {
        #[expect(clippy::expect_used, reason = "fixed settings; the TLS provider is the caller's documented duty")]
        let client = Client::builder()
            .user_agent("Veritrans")
            .timeout(PATIENCE)
            // The merchant is on this machine: a proxy of the environment is not meant for it.
            .no_proxy()
            .redirect(redirects(hosts))
            .build()
            .expect("an HTTP client with a TLS provider");
        Self { client, under_way: Mutex::default() }
    }

    /// Sends in the background to every address, repeating as Midtrans would.
    pub(crate) fn send(&self, urls: Vec<String>, payload: &Map<String, Value>) {
        let body = Body::from(payload);
        for url in urls {
            self.spawn(deliver(self.client.clone(), url, Arc::clone(&body)));
        }
    }

    /// Sends, waits for the first address' first answer and returns its status; the rest goes on in the background.
    pub(crate) async fn send_and_wait(&self, urls: Vec<String>, payload: &Map<String, Value>) -> Option<u16> {
        let body = Body::from(payload);
        let mut urls = VecDeque::from(urls);
        let first = urls.pop_front()?;
        for url in urls {
            self.spawn(deliver(self.client.clone(), url, Arc::clone(&body)));
        }
        let answer = attempt(&self.client, &first, &body).await;
        if repeats_after(answer) > 0 {
            self.spawn(repeat(self.client.clone(), first, body, answer));
        }
        answer
    }

    fn spawn(&self, delivery: impl Future<Output = ()> + Send + 'static) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        while under_way.try_join_next().is_some() {}
        if under_way.len() < MOST_UNDER_WAY {
            under_way.spawn(delivery);
        } else {
            tracing::warn!(most = MOST_UNDER_WAY, "too many notifications under way, dropped one");
        }
    }
}

/// The bytes to send: made once, whatever the number of addresses and tries.
struct Body(Vec<u8>);

impl Body {
    fn from(payload: &Map<String, Value>) -> Arc<Self> {
        #[expect(clippy::expect_used, reason = "a map of JSON values always has a JSON text")]
        let bytes = serde_json::to_vec(payload).expect("JSON");
        Arc::new(Self(bytes))
    }
}

async fn deliver(client: Client, url: String, body: Arc<Body>) {
    let answer = attempt(&client, &url, &body).await;
    repeat(client, url, body, answer).await;
}

/// Tries again until the merchant takes it or Midtrans would give up; every answer is judged anew.
async fn repeat(client: Client, url: String, body: Arc<Body>, mut answer: Option<u16>) {
    for (tries, pause) in PAUSES.iter().enumerate() {
        if tries >= repeats_after(answer) {
            break;
        }
        tokio::time::sleep(*pause).await;
        answer = attempt(&client, &url, &body).await;
    }
    if !answer.is_some_and(|status| (200..=299).contains(&status)) {
        tracing::warn!(url, ?answer, "the merchant did not take a notification");
    }
}

async fn attempt(client: &Client, url: &str, body: &Body) -> Option<u16> {
    let request = client.post(url).header(CONTENT_TYPE, "application/json").body(body.0.clone());
    match request.send().await {
        Ok(response) => Some(response.status().as_u16()),
        Err(error) => {
            tracing::debug!(url, %error, "a notification got no answer");
            None
        }
    }
}

/// How often Midtrans repeats after such an answer; `None` is no answer at all.
fn repeats_after(answer: Option<u16>) -> usize {
    match answer {
        Some(200..=299 | 301..=303) => 0,
        Some(500) => 1,
        Some(400 | 404) => 2,
        Some(503) => 4,
        _ => PAUSES.len(),
    }
}

/// Only redirects that keep the POST are followed.
fn redirects(hosts: AllowedHosts) -> Policy {
    Policy::custom(move |attempt| {
        let keeps_post = matches!(attempt.status().as_u16(), 307 | 308);
        let target: &Url = attempt.url();
        if keeps_post && attempt.previous().len() <= MOST_REDIRECTS && hosts.allow(target) {
            attempt.follow()
        } else {
            attempt.stop()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_decides_how_often_it_is_repeated() {
        for (answer, repeats) in [
            (Some(200), 0),
            (Some(204), 0),
            (Some(302), 0),
            (Some(500), 1),
            (Some(400), 2),
            (Some(404), 2),
            (Some(503), 4),
            (Some(403), 5),
            (None, 5),
        ] {
            assert_eq!(repeats_after(answer), repeats, "{answer:?}");
        }
    }
}
