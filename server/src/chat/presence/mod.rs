//! Who is online, counted per device, told only to those who may know: owners see verified doctors and those they have
//! talked with lately, doctors see their own patients. Never stored. Changes are gathered for a moment and told once, so that
//! the cost grows with those who watch, not with everybody times everybody. Nodes report their people to each other; what
//! a node has said holds only for a while, so that nobody stays online on a node that was killed.

mod board;

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub use board::{Report, Shown};
use serde::Serialize;
use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

use self::board::Board;
use crate::accounts::{AccountId, Role};
use crate::chat::Chat;
use platform::realtime::Event;

/// A reconnect within this time is not seen by others.
const GRACE: Duration = Duration::from_secs(5);
/// Changes within this time are told together.
const GATHERING: Duration = Duration::from_millis(200);
/// How often a node says that it is still there; well within the lease.
const REPORT_EVERY: Duration = Duration::from_secs(2);
/// People in one report, so that it fits on the line between nodes.
const REPORTED_AT_ONCE: usize = 100;

/// Those whom the receiver may see online.
#[derive(Serialize)]
#[serde(transparent)]
pub struct OnlineUsers([Vec<AccountId>; 1]);

impl OnlineUsers {
    pub fn new(visible: Vec<AccountId>) -> Self {
        // A list would be told as so many arguments.
        Self([visible])
    }
}

impl Event for OnlineUsers {
    const NAME: &'static str = "getOnlineUsers";
}

/// A [`Report`], as the nodes hear of it.
pub const REPORT: &str = "presence";

#[derive(Default)]
pub struct Presence {
    board: Mutex<Board>,
    changed: Notify,
    version: AtomicU64,
}

impl Presence {
    /// Two people begin to talk: from now on each may see the other.
    pub fn have_met(&self, one: AccountId, other: AccountId) {
        self.change(|board| board.have_met(one, other));
    }

    pub fn is_online(&self, who: AccountId) -> bool {
        self.lock().is_online(who)
    }

    /// Whether somebody has a device on this node.
    pub fn is_here(&self, who: AccountId) -> bool {
        self.lock().is_here(who)
    }

    /// Everybody who has a device on this node.
    pub fn everybody_here(&self) -> Vec<AccountId> {
        self.lock().whole_report().into_iter().map(|(who, _)| who).collect()
    }

    /// Those of the online ones whom somebody may see, in a stable order.
    pub fn visible_to(&self, viewer: AccountId, role: Role) -> Vec<AccountId> {
        self.lock().visible_to(viewer, role)
    }

    /// The doctors whom every owner may see online.
    pub fn doctors(&self) -> Vec<AccountId> {
        self.lock().doctors()
    }

    /// Grows whenever anybody comes or goes.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    /// Another node reports.
    pub fn hear(&self, node: Uuid, report: Report) {
        self.change(|board| board.hear(node, report, Instant::now()));
    }

    fn change<T>(&self, change: impl FnOnce(&mut Board) -> T) -> T {
        let mut board = self.lock();
        let result = change(&mut board);
        if board.has_news() {
            self.version.fetch_add(1, Ordering::AcqRel);
            self.changed.notify_one();
        }
        result
    }

    fn lock(&self) -> MutexGuard<'_, Board> {
        // Nothing in here panics half-way through a change, so that a poisoned board is still a whole one.
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One device of somebody, from its coming to its going. Kept with the socket, so that it ends with it, however that
/// ends: a socket that fails before it is connected is never told that it was disconnected.
pub struct Visit {
    chat: Arc<Chat>,
    who: AccountId,
}

impl Visit {
    pub fn begin(chat: Arc<Chat>, who: AccountId, role: Role, shown: Shown, met: HashSet<AccountId>) -> Self {
        chat.presence.change(|board| board.arrive(who, role, shown, met));
        Self { chat, who }
    }
}

impl Drop for Visit {
    /// Others are told after the grace period, unless the device comes back.
    fn drop(&mut self) {
        let Some(visit) = self.chat.presence.change(|board| board.leave(self.who)) else { return };
        let (chat, who) = (self.chat.clone(), self.who);
        // Without a runtime the whole server is going, and nobody is left to be told.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                tokio::time::sleep(GRACE).await;
                chat.presence.change(|board| board.end_visit(who, visit));
            });
        }
    }
}

/// Tells changes to those who may know them, and reports to the other nodes.
pub fn start(chat: Arc<Chat>, mut shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut reports = tokio::time::interval(REPORT_EVERY);
        loop {
            tokio::select! {
                () = chat.presence.changed.notified() => {
                    tokio::time::sleep(GATHERING).await;
                    tell_news(&chat).await;
                }
                _ = reports.tick() => chat.presence.change(|board| board.expire(Instant::now())),
                _ = shutdown.changed() => {
                    chat.bus.publish(REPORT, &Report { is_whole: true, ..Report::default() });
                    return;
                }
            }
            let report = chat.presence.lock().take_report();
            publish(&chat, report);
        }
    })
}

async fn tell_news(chat: &Chat) {
    let news = chat.presence.lock().take_news();
    for news in news {
        let viewers: Vec<Uuid> = news.viewers.into_iter().map(|viewer| viewer.0).collect();
        chat.realtime.tell_here(&viewers, &OnlineUsers::new(news.visible)).await;
    }
}

/// Says who is here: what a node needs to know that has just come, or that has missed something.
pub fn report_all(chat: &Chat) {
    let everybody = chat.presence.lock().whole_report();
    let mut chunks = everybody.chunks(REPORTED_AT_ONCE);
    let first = chunks.next().unwrap_or_default().to_vec();
    chat.bus.publish(REPORT, &Report { is_whole: true, here: first, gone: Vec::new() });
    for chunk in chunks {
        chat.bus.publish(REPORT, &Report { is_whole: false, here: chunk.to_vec(), gone: Vec::new() });
    }
}

/// An empty report says that the node is still there.
fn publish(chat: &Chat, report: Report) {
    if !chat.bus.is_line() {
        return;
    }
    let Report { here, gone, .. } = report;
    let (mut here, mut gone) = (here.chunks(REPORTED_AT_ONCE), gone.chunks(REPORTED_AT_ONCE));
    loop {
        let part = Report {
            is_whole: false,
            here: here.next().unwrap_or_default().to_vec(),
            gone: gone.next().unwrap_or_default().to_vec(),
        };
        chat.bus.publish(REPORT, &part);
        if here.len() == 0 && gone.len() == 0 {
            return;
        }
    }
}
