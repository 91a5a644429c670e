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

pub use engine::Engine;
pub use entity::{ConversationId, ConversationStatus};
pub use hearsay::STORED;
pub use lifecycle::{
    Change, ROOM_CLOSED, ROOM_OPENED, Talk, announce, close_follow_up_of, close_of, close_room, find_to_end, hold_of,
    open, open_follow_up, open_room,
};
pub use occasion::Occasion;
pub use pictures::{SweepPictures, UploadId, sweep};
pub use presence::{Presence, REPORT};
pub use realtime::{Expiries, start as start_sockets};
pub use receipts::Receipts;
pub use rooms::Rooms;
pub use store::{
    FirstWords, find, find_active, find_follow_up, first_words, follow_ups_by_consultation, ids_by_consultation,
    import, statements,
};
pub use typing::Typing;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
pub use views::{ConversationView, view};

use crate::accounts::AccountId;
use crate::app::{App, AppState};

/// Another node has stored messages: devices of this one are told. Never waits.
pub fn hear_stored(app: &App, stored: hearsay::Stored) {
    app.chat.hear(stored);
}

/// What there is to know of a conversation that has ended.
#[derive(serde::Deserialize)]
pub struct ClosedRoom {
    id: ConversationId,
    owner: AccountId,
    doctor: AccountId,
}

/// Nobody may write in a conversation any more. Never waits.
pub fn forget_room(app: &App, room: ClosedRoom) {
    app.rooms.forget(room.id, room.owner, room.doctor);
}

/// News from the other nodes may have been missed, or they have missed ours. Never waits.
pub fn resync(app: &App) {
    presence::report_all(app);
    look_for_missed(app);
}

/// What the devices of this node were to be told got lost: the log says it. Never waits.
pub fn look_for_missed(app: &App) {
    app.chat.resync();
}

pub fn routes() -> OpenApiRouter<AppState> {
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
