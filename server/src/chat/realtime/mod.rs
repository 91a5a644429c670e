//! The sockets: who may connect, and what each event does. Every event that asks for an acknowledgement gets the result
//! or a problem, never silence.

mod admission;
mod commands;
mod events;
mod expiry;
mod missed;
mod seats;
mod speaker;

use serde_json::Value;
use socketioxide::extract::{Extension, SocketRef, TryData};
use socketioxide::handler::ConnectHandler;
use tokio::sync::watch;

pub use self::expiry::Expiries;
use self::missed::Missed;
use self::seats::Seats;
use super::{engine, presence, receipts, typing};
use crate::accounts::{self, CurrentUser};
use crate::app::{App, AppState};
use platform::tasks::Until;

/// Opens the door to sockets and starts what runs beside them.
pub fn start(app: &AppState, shutdown: &watch::Receiver<bool>) {
    let (admitting, seats) = (app.clone(), Seats::new(app.config.security.rate_limits));
    let admit = move |socket: SocketRef, TryData(auth): TryData<Value>| {
        let (app, seats) = (admitting.clone(), seats.clone());
        async move { admission::admit(app, &seats, socket, auth.unwrap_or_default()).await }
    };
    let greeting = app.clone();
    let greet = move |socket: SocketRef, Extension(me): Extension<CurrentUser>| {
        let app = greeting.clone();
        async move { greet(&app, &socket, &me).await }
    };
    engine::start(app);
    receipts::start(app);
    app.realtime.server().ns("/", greet.with(admit));
    let watch = |name, task| app.tasks.watch(name, Until::Stop, task);
    watch("presence", presence::start(app.clone(), shutdown.clone()));
    watch("typing", typing::start(app.clone(), shutdown.clone()));
    watch("token expiry", expiry::start(app.clone(), shutdown.clone()));
}

async fn greet(app: &App, socket: &SocketRef, me: &CurrentUser) {
    // What ended while the socket was being admitted did not find it.
    if !is_signed_in(app, me).await {
        // It may be gone already.
        let _ = socket.clone().disconnect();
        return;
    }
    let visible = app.presence.visible_to(me.id, me.role);
    if let Err(error) = socket.emit("getOnlineUsers", &[&visible]) {
        tracing::debug!(%error, "a socket was gone before it was greeted");
    }
    if let Some(missed) = socket.extensions.remove::<Missed>() {
        missed.send(app, socket).await;
    }
}

async fn is_signed_in(app: &App, me: &CurrentUser) -> bool {
    let _turn = app.chat.turns.of_coming().await;
    accounts::is_signed_in(app, me).await.unwrap_or(false)
}
