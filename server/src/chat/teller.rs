//! Tells the devices of this node what was stored, once and in the order of the log. All that a device hears of a
//! conversation while it listens passes through its one teller, and none begins to listen but by it.
//!
//! With several nodes, the two sides of a conversation may write on different ones, and what the other node stored comes
//! over a line that may be late or lose it. So the teller remembers how far it has told each conversation; whatever comes
//! next, what lies between is told first, from the log. The log has no gaps, so neither has what devices hear.
//!
//! It never waits for the database, since everybody's messages wait behind it: others read the log for it (`lookup.rs`).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use socketioxide::socket::Sid;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

use super::Chat;
use super::entity::ConversationId;
use super::hearsay::{Hearsay, Hint, Stored};
use super::lookup::{self, Page};
use super::outlet::News;
use super::views::MessageView;
use crate::accounts::AccountId;

const TIDY_AT: usize = 1_024;
/// How often what could not be read is tried again.
const RETRY: Duration = Duration::from_secs(1);

pub enum Order {
    /// A device is about to listen to a conversation of these two that has come so far.
    Expect { conversation: ConversationId, both: [AccountId; 2], last_seq: i32, expected: oneshot::Sender<()> },
    /// A device that knows a part of a conversation would listen.
    Join(Joining),
    /// A conversation has ended: what was stored before is told first.
    Finish { conversation: ConversationId, finished: oneshot::Sender<()> },
}

/// A device that would listen to a conversation of these two that has come so far.
pub struct Joining {
    pub conversation: ConversationId,
    pub both: [AccountId; 2],
    pub last_seq: i32,
    pub socket: Sid,
    /// How far the device knows it.
    pub known: i32,
    /// Whether it listens from now on also when it lacks something, which it will ask for.
    pub at_any_rate: bool,
    pub joined: oneshot::Sender<Joined>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    Listening,
    /// Everybody else has heard the conversation up to here: the device is to be sent that before it listens.
    Behind(i32),
}

/// What comes to a teller.
pub struct Inbox {
    pub news: mpsc::Receiver<News>,
    pub orders: mpsc::Receiver<Order>,
    pub hearsay: Arc<Hearsay>,
}

pub async fn work(chat: Arc<Chat>, mut inbox: Inbox) {
    let mut teller = Teller {
        chat,
        told: HashMap::new(),
        tidy_at: TIDY_AT,
        lookups: JoinSet::new(),
        unread: HashSet::new(),
        resync: JoinSet::new(),
        must_resync: false,
    };
    let mut retries = tokio::time::interval(RETRY);
    retries.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Each of them gets its turn, however much comes of the others.
    loop {
        tokio::select! {
            news = inbox.news.recv() => match news {
                Some(news) => teller.tell_all(news).await,
                // The writer has finished: the server stops.
                None => return,
            },
            Some(order) = inbox.orders.recv() => teller.carry_out(order),
            hint = inbox.hearsay.next() => match hint {
                Hint::Stored(places) => for stored in places { teller.hear(stored).await },
                Hint::Anything => teller.resync(),
            },
            Some(page) = teller.lookups.join_next() => match page {
                Ok(page) => teller.tell_page(page).await,
                // Only the end of the process cancels one; they do not break off (`lookup::read`).
                Err(error) => tracing::error!(%error, "a look into the log was lost"),
            },
            Some(_) = teller.resync.join_next() => if teller.must_resync { teller.resync() },
            _ = retries.tick(), if !teller.unread.is_empty() => teller.try_again(),
        }
    }
}

struct Teller {
    chat: Arc<Chat>,
    /// How far each conversation that has a device here was told.
    told: HashMap<ConversationId, Told>,
    /// How many there may be before those without a device are forgotten.
    tidy_at: usize,
    /// The log is being read for these.
    lookups: JoinSet<Page>,
    /// What could not be read.
    unread: HashSet<ConversationId>,
    /// The look for what may have been missed: one at a time.
    resync: JoinSet<()>,
    /// Whether more may have been missed since it began.
    must_resync: bool,
}

struct Told {
    both: [AccountId; 2],
    seq: i32,
    /// Up to where it is to be told from the log; `END` for as far as that goes.
    goal: i32,
    is_being_read: bool,
    /// Whether something was asked for since the log was last looked into.
    is_asked: bool,
    /// Who waits until all is told.
    finishing: Vec<oneshot::Sender<()>>,
    /// Devices that know more than was told here.
    ahead: Vec<Joining>,
}

const END: i32 = i32::MAX;

impl Told {
    fn new(both: [AccountId; 2], seq: i32) -> Self {
        Self { both, seq, goal: seq, is_being_read: false, is_asked: false, finishing: Vec::new(), ahead: Vec::new() }
    }

    fn answer_finishing(&mut self) {
        for finished in self.finishing.drain(..) {
            // Whoever asked may be gone.
            let _ = finished.send(());
        }
    }
}

impl Teller {
    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Expect { conversation, both, last_seq, expected } => {
                self.tidy();
                self.told.entry(conversation).or_insert_with(|| Told::new(both, last_seq));
                // Whoever asked may be gone.
                let _ = expected.send(());
            }
            Order::Join(joining) => self.join(joining),
            Order::Finish { conversation, finished } => self.finish(conversation, finished),
        }
    }

    async fn tell_all(&mut self, news: News) {
        for (room, message) in news {
            let told = self.told_or_begun(room.id, room.both(), message.seq - 1).await;
            if told.seq + 1 == message.seq {
                told.seq = message.seq;
                self.tell(room.id, &message).await;
                self.let_in(room.id);
            } else if told.seq < message.seq {
                self.look_up(room.id, message.seq);
            }
        }
        self.tidy();
    }

    /// Something was stored: what of it was not told is read.
    async fn hear(&mut self, Stored { conversation, both, first, last }: Stored) {
        if self.has_listeners(both) {
            self.told_or_begun(conversation, both, (first - 1).max(0)).await;
            self.look_up(conversation, last);
        } else {
            self.told.remove(&conversation);
        }
    }

    /// How far a conversation was told. The first that this node hears of one has whoever is here listen.
    async fn told_or_begun(&mut self, id: ConversationId, both: [AccountId; 2], seq: i32) -> &mut Told {
        if !self.told.contains_key(&id) {
            self.chat.realtime.have_join_here(&both.map(|account| account.0), id.room()).await;
        }
        self.told.entry(id).or_insert_with(|| Told::new(both, seq))
    }

    /// Tells whatever came while news of it may have been lost.
    fn resync(&mut self) {
        self.must_resync = !self.resync.is_empty();
        if !self.must_resync {
            self.resync.spawn(lookup::note_missed(self.chat.clone(), self.told.keys().copied().collect()));
        }
    }

    /// Everybody who listens has heard the conversation up to where it was told. A device that knows as much joins them;
    /// any other is first sent what it lacks, so that it hears everything once and in order.
    fn join(&mut self, joining: Joining) {
        let Joining { conversation, both, last_seq, known, .. } = joining;
        let told = self.told.entry(conversation).or_insert_with(|| Told::new(both, last_seq));
        let seq = told.seq;
        if seq < known {
            told.ahead.push(joining);
            return self.look_up(conversation, known);
        }
        self.admit(joining, seq);
        // What a writer here has stored comes by itself; what another node has, may have got lost.
        if self.chat.bus.has_peers() || !self.chat.bus.hears() {
            self.look_up(conversation, last_seq);
        }
    }

    fn admit(&self, joining: Joining, told: i32) {
        let answer = if joining.known < told && !joining.at_any_rate {
            Joined::Behind(told)
        } else {
            if let Some(socket) = self.chat.realtime.server().get_socket(joining.socket) {
                socket.join(joining.conversation.room());
            }
            Joined::Listening
        };
        // The device may be gone.
        let _ = joining.joined.send(answer);
    }

    /// Lets those in who waited for the others to know as much as they.
    fn let_in(&mut self, id: ConversationId) {
        let Some(told) = self.told.get_mut(&id).filter(|told| !told.ahead.is_empty()) else { return };
        let seq = told.seq;
        let (waiting, ready) = std::mem::take(&mut told.ahead).into_iter().partition(|joining| seq < joining.known);
        told.ahead = waiting;
        let ready: Vec<Joining> = ready;
        ready.into_iter().for_each(|joining| self.admit(joining, seq));
    }

    fn finish(&mut self, id: ConversationId, finished: oneshot::Sender<()>) {
        match self.told.get_mut(&id) {
            Some(told) => {
                told.finishing.push(finished);
                self.look_up(id, END);
            }
            None => {
                let _ = finished.send(());
            }
        }
    }

    /// Has what follows in a conversation read, up to here. Forgets it when nobody listens here: then whoever waits for
    /// it learns that by the end of the channel.
    fn look_up(&mut self, id: ConversationId, goal: i32) {
        let Some(told) = self.told.get_mut(&id).filter(|told| told.seq < goal) else { return };
        told.goal = told.goal.max(goal);
        told.is_asked = true;
        if told.is_being_read {
            return;
        }
        if !has_listeners(&self.chat, told.both) {
            self.told.remove(&id);
            return;
        }
        told.is_being_read = true;
        told.is_asked = false;
        self.lookups.spawn(lookup::read(self.chat.clone(), id, told.seq));
    }

    async fn tell_page(&mut self, Page { conversation: id, after, rest }: Page) {
        let Some(told) = self.told.get_mut(&id) else { return };
        told.is_being_read = false;
        let Some(rest) = rest else {
            self.unread.insert(id);
            // The end of a conversation is not held up by it.
            return told.answer_finishing();
        };
        // Otherwise it was read for one who was forgotten meanwhile, and leaves something out.
        if after <= told.seq {
            let new: Vec<MessageView> = rest.messages.into_iter().filter(|message| told.seq < message.seq).collect();
            told.seq = told.seq.max(rest.newest);
            for message in &new {
                self.tell(id, message).await;
            }
            self.let_in(id);
        }
        self.look_on(id, rest.is_all);
    }

    /// After a look into the log: done, or another look.
    fn look_on(&mut self, id: ConversationId, was_all: bool) {
        let Some(told) = self.told.get_mut(&id) else { return };
        if !was_all || told.is_asked {
            let goal = told.goal;
            return self.look_up(id, goal);
        }
        told.goal = told.seq;
        told.answer_finishing();
        let (seq, ahead) = (told.seq, std::mem::take(&mut told.ahead));
        ahead.into_iter().for_each(|joining| self.admit(joining, seq));
    }

    fn try_again(&mut self) {
        for id in std::mem::take(&mut self.unread) {
            let goal = self.told.get(&id).map(|told| told.goal);
            goal.into_iter().for_each(|goal| self.look_up(id, goal));
        }
    }

    fn has_listeners(&self, both: [AccountId; 2]) -> bool {
        has_listeners(&self.chat, both)
    }

    /// Forgets conversations that nobody listens to here any more, now and then.
    fn tidy(&mut self) {
        if self.told.len() < self.tidy_at {
            return;
        }
        let mut told = std::mem::take(&mut self.told);
        told.retain(|_, told| self.has_listeners(told.both));
        self.tidy_at = TIDY_AT.max(told.len() * 2);
        self.told = told;
    }

    async fn tell(&self, conversation: ConversationId, message: &MessageView) {
        self.chat.realtime.tell_room_here(conversation.room(), message).await;
    }
}

fn has_listeners(chat: &Chat, both: [AccountId; 2]) -> bool {
    both.iter().any(|account| chat.presence.is_here(*account))
}
