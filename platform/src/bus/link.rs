//! Keeps the line open: sends what is published in batches, listens, comes back after a loss, and notices a line that is
//! open but silent by hearing its own beat.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use uuid::Uuid;

use super::{Bus, Fanout, Heard, Notice, postgres, redis};

/// The channel of PostgreSQL and of Redis.
pub const CHANNEL: &str = "hellopet";
const BATCH: usize = 128;
const BEAT: Duration = Duration::from_secs(1);
/// A peer that has not been heard for this long is gone.
const LONGEST_ABSENCE: Duration = Duration::from_secs(15);
/// A line over which our own beat does not come back for this long is away.
const LONGEST_SILENCE: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(500);
const LONGEST_SEND: Duration = Duration::from_secs(3);
/// A line over which nothing comes for this long, not even our own beat, is opened anew: its other end may be gone without a
/// farewell, and then nobody says so.
const LONGEST_DEAFNESS: Duration = Duration::from_secs(6);
/// A line that is closed has this long to get out what waits.
const LONGEST_FLUSH: Duration = Duration::from_secs(4);

/// A notice that only the link itself understands.
const BEAT_TOPIC: &str = "beat";
/// A peer could not get everything out.
const MISSED_TOPIC: &str = "missed";

pub async fn run(
    bus: Bus,
    fanout: Fanout,
    outgoing: mpsc::Receiver<String>,
    heard: mpsc::Sender<Heard>,
    closed: watch::Receiver<bool>,
) {
    let (raw, incoming) = mpsc::channel(BATCH);
    tokio::select! {
        () = speak(&bus, &fanout, outgoing, closed.clone()) => {}
        () = out_of_patience(closed) => tracing::warn!("the other nodes were not told everything"),
        // What is heard is taken to the end: this node answers requests as long as the line is open.
        _ = async { tokio::join!(listen(&fanout, raw), understand(&bus, incoming, heard), beat(&bus)) } => {}
    }
}

async fn out_of_patience(mut closed: watch::Receiver<bool>) {
    wait_for_closing(&mut closed).await;
    tokio::time::sleep(LONGEST_FLUSH).await;
}

/// A line whose closer is gone stays open: a command beside the server has none.
async fn wait_for_closing(closed: &mut watch::Receiver<bool>) {
    if closed.wait_for(|closed| *closed).await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn beat(bus: &Bus) {
    let mut ticks = tokio::time::interval(BEAT);
    loop {
        ticks.tick().await;
        if bus.is_closed() {
            return;
        }
        bus.send(BEAT_TOPIC, &());
    }
}

/// Sends until the line is closed and all is out. A batch is tried until it is out: what is published meanwhile queues up.
async fn speak(bus: &Bus, fanout: &Fanout, mut outgoing: mpsc::Receiver<String>, mut closed: watch::Receiver<bool>) {
    let mut line = Speaker::new(fanout);
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let waiting = tokio::select! {
            biased;
            () = wait_for_closing(&mut closed), if !outgoing.is_closed() => {
                outgoing.close();
                continue;
            }
            waiting = outgoing.recv_many(&mut batch, BATCH) => waiting,
        };
        if bus.has_dropped.swap(false, Ordering::AcqRel) {
            // Not through the queue, which may be full or closed.
            batch.extend(bus.written(MISSED_TOPIC, &()));
        } else if waiting == 0 {
            return;
        }
        loop {
            match timeout(LONGEST_SEND, line.send(&batch)).await {
                Ok(Ok(())) => break,
                Ok(Err(error)) => tracing::warn!(error = format!("{error:#}"), "the other nodes cannot be told"),
                Err(_) => tracing::warn!("the other nodes cannot be told in time"),
            }
            tokio::time::sleep(PAUSE).await;
        }
        batch.clear();
    }
}

enum Speaker {
    Postgres(postgres::Speaker),
    Redis(redis::Speaker),
}

impl Speaker {
    fn new(fanout: &Fanout) -> Self {
        match fanout {
            Fanout::Redis(url) => Self::Redis(redis::Speaker::new(url.clone())),
            Fanout::Postgres(url) => Self::Postgres(postgres::Speaker::new(url.clone())),
            #[expect(clippy::unreachable, reason = "`Bus::open` opens no line on a single node")]
            Fanout::Local => unreachable!("a single node has no line"),
        }
    }

    async fn send(&mut self, batch: &[String]) -> anyhow::Result<()> {
        match self {
            Self::Postgres(line) => line.send(batch).await,
            Self::Redis(line) => line.send(batch).await,
        }
    }
}

/// What the listening side of a line says.
pub enum Raw {
    Opened,
    Text(String),
}

async fn listen(fanout: &Fanout, raw: mpsc::Sender<Raw>) {
    loop {
        let ended = match fanout {
            Fanout::Local => return,
            Fanout::Postgres(url) => postgres::listen(url, &raw).await,
            Fanout::Redis(url) => redis::listen(url, &raw).await,
        };
        if let Err(error) = ended {
            tracing::warn!(error = format!("{error:#}"), "the line to the other nodes is away");
        }
        if raw.is_closed() {
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// What a listener waits for, unless it waits for too long.
pub async fn in_time<T>(coming: impl Future<Output = T>) -> anyhow::Result<T> {
    timeout(LONGEST_DEAFNESS, coming).await.context("nothing is heard any more")
}

/// Turns texts into what the features hear.
async fn understand(bus: &Bus, mut incoming: mpsc::Receiver<Raw>, heard: mpsc::Sender<Heard>) {
    let mut ear = Ear::default();
    let mut watch = tokio::time::interval(BEAT);
    loop {
        let news = tokio::select! {
            said = incoming.recv() => match said {
                None => return,
                Some(Raw::Opened) => ear.begin(bus),
                Some(Raw::Text(text)) => ear.hear(bus, &text),
            },
            _ = watch.tick() => ear.watch(bus),
        };
        if let Some(news) = news
            && heard.send(news).await.is_err()
        {
            return;
        }
    }
}

/// What is known of the line and of those at its other ends.
#[derive(Default)]
struct Ear {
    /// When our own beat came back last. The line counts as open once it has.
    own_beat: Option<Instant>,
    peers: HashMap<Uuid, Instant>,
}

impl Ear {
    /// The line is new: what was said while it was away is not repeated.
    fn begin(&mut self, bus: &Bus) -> Option<Heard> {
        bus.send(BEAT_TOPIC, &());
        bus.is_open.store(false, Ordering::Release);
        self.own_beat.take().map(|_| Heard::Silence)
    }

    fn own_beat(&mut self, bus: &Bus) -> Option<Heard> {
        bus.is_open.store(true, Ordering::Release);
        self.own_beat.replace(Instant::now()).is_none().then_some(Heard::Resync)
    }

    fn hear(&mut self, bus: &Bus, text: &str) -> Option<Heard> {
        let notice: Notice = match serde_json::from_str(text) {
            Ok(notice) => notice,
            Err(error) => {
                tracing::warn!(%error, "a notice cannot be understood");
                return None;
            }
        };
        if notice.from == bus.node {
            return if notice.topic == BEAT_TOPIC { self.own_beat(bus) } else { None };
        }
        let is_new = self.greet(bus, notice.from);
        match notice.topic.as_str() {
            BEAT_TOPIC => is_new.then_some(Heard::Resync),
            MISSED_TOPIC => Some(Heard::Resync),
            _ => Some(Heard::Notice(notice)),
        }
    }

    /// Whether a peer is new. Nothing was published for one that we did not know of, so it is told to resync.
    fn greet(&mut self, bus: &Bus, peer: Uuid) -> bool {
        let is_new = self.peers.insert(peer, Instant::now()).is_none();
        if is_new {
            bus.has_peers.store(true, Ordering::Release);
            bus.send(MISSED_TOPIC, &());
        }
        is_new
    }

    fn watch(&mut self, bus: &Bus) -> Option<Heard> {
        self.peers.retain(|_, heard_at| heard_at.elapsed() < LONGEST_ABSENCE);
        bus.has_peers.store(!self.peers.is_empty(), Ordering::Release);
        self.own_beat.take_if(|beat| beat.elapsed() > LONGEST_SILENCE)?;
        bus.is_open.store(false, Ordering::Release);
        Some(Heard::Silence)
    }
}
