//! The conversation of an owner and a doctor: messages, pictures, receipts, presence, typing.
//!
//! A message is stored first and told afterwards; what a socket misses is asked for by `seq`
//! (`docs/chat-protocol.md`).

mod append;
mod engine;
pub mod entity;
mod error;
mod hearsay;
mod http;
mod lifecycle;
mod limits;
mod lookup;
mod occasion;
mod outlet;
mod pictures;
mod presence;
mod realtime;
mod receipts;
mod rooms;
mod rules;
mod search;
mod send;
#[cfg(test)]
mod stalls;
mod store;
mod teller;
pub mod transcript;
mod turns;
mod typing;
mod views;
mod writer;

use std::sync::{Arc, OnceLock};

use axum::extract::FromRef;
pub use entity::message::Model as Message;
pub use entity::{ConversationId, ConversationStatus, MessageId, Model as Conversation};
pub use hearsay::STORED;
pub use lifecycle::{
    ConversationEnded, ConversationStarted, ROOM_CLOSED, ROOM_OPENED, Talk, close_room, open_room, tell_ended,
    tell_started,
};
pub use occasion::Occasion;
pub use pictures::{SweepPictures, pieces_under_way, sweep};
pub use presence::{OnlineUsers, REPORT};
pub use realtime::{SESSION_EXPIRED, start as start_sockets};
pub use receipts::{DELIVERED, READ, Receipt};
pub use store::FirstWords;
pub use typing::UserTyping;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
pub use views::{ConversationView, MessageView};

use self::engine::Engine;
use self::limits::Limits;
use self::pictures::UploadId;
use self::presence::Presence;
use self::realtime::{Expiries, Seats};
use self::receipts::Receipts;
use self::rooms::Rooms;
use self::typing::Typing;
use crate::accounts::{AccountId, Accounts};
use crate::config::Config;
use platform::Platform;
use platform::bus::Bus;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::http::client_address::TrustedProxies;
use platform::http::origin::Origins;
use platform::locks::Locks;
use platform::pictures::Pictures;
use platform::realtime::Realtime;
use platform::tasks::Tasks;
use platform::workers::Workers;

/// What talking takes.
pub struct Chat {
    db: Db,
    clock: SharedClock,
    realtime: Realtime,
    bus: Bus,
    tasks: Tasks,
    workers: Arc<Workers>,
    pictures: Pictures,
    accounts: Arc<Accounts>,
    pub presence: Presence,
    engine: Engine,
    typing: Typing,
    receipts: Receipts,
    pub rooms: Rooms,
    expiries: Expiries,
    seats: Arc<Seats>,
    /// Held while an upload in pieces becomes a picture, so that who asks twice makes it once.
    upload_locks: Locks<UploadId>,
    limits: Limits,
    origins: Origins,
    trusted_proxies: TrustedProxies,
    /// Who hears that a doctor has spoken.
    occasion: OnceLock<Arc<dyn Occasion>>,
}

impl Chat {
    /// Writers and tellers work from here on; sockets come in with [`start_sockets`].
    pub async fn start(platform: &Platform, accounts: &Arc<Accounts>, config: &Config) -> anyhow::Result<Arc<Self>> {
        let (engine, idle) = Engine::open(&config.database, &platform.db).await?;
        let (receipts, markings) = Receipts::open();
        let chat = Arc::new(Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            realtime: platform.realtime.clone(),
            bus: platform.bus.clone(),
            tasks: platform.tasks.clone(),
            workers: platform.workers.clone(),
            pictures: platform.pictures.clone(),
            accounts: accounts.clone(),
            presence: Presence::default(),
            engine,
            typing: Typing::default(),
            receipts,
            rooms: Rooms::default(),
            expiries: Expiries::default(),
            seats: Seats::new(platform.limits.are_on()),
            upload_locks: Locks::default(),
            limits: Limits::new(&platform.limits),
            origins: Origins::new(&config.server.origins),
            trusted_proxies: config.server.trusted_proxies.clone(),
            occasion: OnceLock::new(),
        });
        idle.start(&chat);
        markings.start(&chat);
        Ok(chat)
    }

    /// From now on this hears that a doctor has spoken. Only the first counts.
    pub fn serves(&self, occasion: Arc<dyn Occasion>) {
        let _ = self.occasion.set(occasion);
    }

    /// Takes nothing more in. What has come in is finished.
    pub fn close(&self) {
        self.engine.close();
        self.receipts.close();
    }
}

/// Another node has stored messages: devices of this one are told. Never waits.
pub fn hear_stored(chat: &Chat, stored: hearsay::Stored) {
    chat.engine.hear(stored);
}

/// What there is to know of a conversation that has ended.
#[derive(serde::Deserialize)]
pub struct ClosedRoom {
    id: ConversationId,
    owner: AccountId,
    doctor: AccountId,
}

/// Nobody may write in a conversation any more. Never waits.
pub fn forget_room(chat: &Chat, room: ClosedRoom) {
    chat.rooms.forget(room.id, room.owner, room.doctor);
}

/// News from the other nodes may have been missed, or they have missed ours. Never waits.
pub fn resync(chat: &Chat) {
    presence::report_all(chat);
    look_for_missed(chat);
}

/// What the devices of this node were to be told got lost: the log says it. Never waits.
pub fn look_for_missed(chat: &Chat) {
    chat.engine.resync();
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Chat>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(http::pair::history))
        .routes(routes!(http::pair::send))
        .routes(routes!(http::pair::send_as_client))
        .routes(routes!(http::conversations::list))
        .routes(routes!(http::conversations::show))
        .routes(routes!(http::messages::list, http::messages::send))
        .routes(routes!(http::search::search))
        .merge(pictures::routes())
}
