//! The sockets: who may connect, and what each event does. Every event that asks for an acknowledgement gets the result
//! or a problem, never silence.

mod admission;
mod commands;
mod events;
mod expiry;
mod missed;
mod seats;
mod speaker;

use std::sync::Arc;

use serde_json::Value;
use socketioxide::extract::{Extension, SocketRef, TryData};
use socketioxide::handler::ConnectHandler;
use tokio::sync::watch;

pub use self::expiry::{Expiries, SESSION_EXPIRED};
use self::missed::Missed;
pub use self::seats::Seats;
use super::presence::{self, OnlineUsers};
use super::typing;
use crate::accounts::CurrentUser;
use crate::chat::Chat;
use platform::realtime::Event;
use platform::tasks::Until;

/// Opens the door to sockets and starts what runs beside them.
pub fn start(chat: &Arc<Chat>, shutdown: &watch::Receiver<bool>) {
    let admitting = chat.clone();
    let admit = move |socket: SocketRef, TryData(auth): TryData<Value>| {
        let chat = admitting.clone();
        async move { admission::admit(chat, socket, auth.unwrap_or_default()).await }
    };
    let greeting = chat.clone();
    let greet = move |socket: SocketRef, Extension(me): Extension<CurrentUser>| {
        let chat = greeting.clone();
        async move { greet(&chat, &socket, &me).await }
    };
    chat.realtime.server().ns("/", greet.with(admit));
    let watch = |name, task| chat.tasks.watch(name, Until::Stop, task);
    watch("presence", presence::start(chat.clone(), shutdown.clone()));
    watch("typing", typing::start(chat.clone(), shutdown.clone()));
    watch("token expiry", expiry::start(chat.clone(), shutdown.clone()));
}

async fn greet(chat: &Chat, socket: &SocketRef, me: &CurrentUser) {
    // What ended while the socket was being admitted did not find it.
    if !is_signed_in(chat, me).await {
        // It may be gone already.
        let _ = socket.clone().disconnect();
        return;
    }
    let visible = OnlineUsers::new(chat.presence.visible_to(me.id, me.role));
    if let Err(error) = socket.emit(OnlineUsers::NAME, &visible) {
        tracing::debug!(%error, "a socket was gone before it was greeted");
    }
    if let Some(missed) = socket.extensions.remove::<Missed>() {
        missed.send(chat, socket).await;
    }
}

async fn is_signed_in(chat: &Chat, me: &CurrentUser) -> bool {
    let _turn = chat.engine.turns.of_coming().await;
    chat.accounts.is_signed_in(me).await.unwrap_or(false)
}
