//! The conversation of an owner and a doctor: messages, pictures, receipts, presence, typing.
//!
//! A message is stored first and told afterwards; what a socket misses is asked for by `seq`
//! (`docs/chat-protocol.md`).

mod attachments;
pub mod entity;
mod error;
mod http;
mod images;
mod lifecycle;
mod presence;
mod realtime;
mod receipts;
mod rules;
mod search;
mod send;
mod store;
mod transcript;
mod typing;
mod views;

pub use entity::ConversationId;
pub use lifecycle::{Change, announce, close_of, open};
pub use presence::Presence;
pub use realtime::start as start_sockets;
pub use store::{find_active, ids_by_consultation, import};
pub use typing::Typing;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::pair::history))
        .routes(routes!(http::pair::send))
        .routes(routes!(http::pair::send_as_client))
        .routes(routes!(http::end::end))
        .routes(routes!(http::conversations::list))
        .routes(routes!(http::conversations::show))
        .routes(routes!(http::messages::list, http::messages::send))
        .routes(routes!(http::search::search))
        .routes(routes!(http::transcript::as_json))
        .routes(routes!(http::transcript::as_pdf))
        .merge(http::attachments::routes())
}
