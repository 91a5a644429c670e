//! The sockets: who may connect, and what each event does. Every event that asks for an acknowledgement gets the result
//! or a problem, never silence.

use std::collections::HashSet;
use std::sync::Arc;

use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use socketioxide::extract::{AckSender, Event, Extension, SocketRef, TryData};
use socketioxide::handler::ConnectHandler;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::error::ChatError;
use super::presence::{Shown, Visit};
use super::receipts::Mark;
use super::{presence, receipts, rules, send, store, typing};
use crate::accounts::{self, AccountId, CurrentUser, Role};
use crate::app::{App, AppState};
use crate::doctors;
use crate::platform::http::error::AppError;
use crate::platform::http::json::mistyped;
use crate::platform::http::validate::Check;
use crate::platform::http::{cookies, origin};
use crate::platform::realtime::{session_room, user_room};
use crate::platform::text::{Language, Text};

/// Commands of one socket that wait for their turn.
const QUEUE: usize = 128;

/// Opens the door to sockets and starts what runs beside them.
pub fn start(app: &AppState, shutdown: &watch::Receiver<bool>) -> [JoinHandle<()>; 2] {
    let admitting = app.clone();
    let admit = move |socket: SocketRef, TryData(auth): TryData<Value>| {
        let app = admitting.clone();
        async move { admit(app, socket, auth.unwrap_or_default()).await }
    };
    let greeting = app.clone();
    let greet = move |socket: SocketRef, Extension(me): Extension<CurrentUser>| {
        let app = greeting.clone();
        async move { greet(&app, &socket, &me) }
    };
    app.realtime.server().ns("/", greet.with(admit));
    [presence::start(app.clone(), shutdown.clone()), typing::start(app.clone(), shutdown.clone())]
}

/// Decides who somebody is. Runs before the connection is acknowledged, so that nothing which is sent right after it can
/// miss a room or a handler. The text of a refusal reaches the client as the message of `connect_error`.
async fn admit(app: AppState, socket: SocketRef, auth: Value) -> Result<(), &'static str> {
    let request = socket.req_parts();
    let token = token(&app, &request.headers, &auth)?;
    let me = accounts::authenticate(&app, &token).await.map_err(|_| "unauthenticated")?;
    let claimed = request.uri.query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("userId="));
    if claimed.is_some_and(|claimed| claimed != me.id.to_string()) {
        return Err("user_mismatch");
    }
    let met: HashSet<AccountId> =
        store::counterparts(&app.db.read, me.id).await.map_err(|_| "unavailable")?.into_iter().collect();
    let shown = shown(&app, &me).await.map_err(|_| "unavailable")?;

    let language = Language::from_headers(&request.headers);
    socket.join([user_room(me.id.0), session_room(me.session.0)]);
    listen(&app, &socket, &me, language);
    socket.extensions.insert(me.clone());
    socket.extensions.insert(Arc::new(Visit::begin(app, me.id, me.role, shown, met)));
    socket.on_disconnect(async |socket: SocketRef| drop(socket.extensions.remove::<Arc<Visit>>()));
    Ok(())
}

/// The token of the handshake: `auth.token`, the bearer header, or the cookie, which only our own pages may use.
fn token(app: &App, headers: &HeaderMap, auth: &Value) -> Result<String, &'static str> {
    if let Some(token) = auth.get("token").and_then(Value::as_str) {
        return Ok(token.to_owned());
    }
    let relies_on_cookie = !headers.contains_key(header::AUTHORIZATION) && cookies::any(headers);
    // A browser names the origin of every socket and of every request to another site.
    if relies_on_cookie && headers.contains_key(header::ORIGIN) && !origin::is_ours(app, headers) {
        return Err("origin_forbidden");
    }
    accounts::token_of(headers).map(str::to_owned).ok_or("unauthenticated")
}

async fn shown(app: &App, me: &CurrentUser) -> Result<Shown, AppError> {
    let is_verified_doctor = me.role == Role::Dokter && doctors::find_verified(&app.db.read, me.id).await?.is_some();
    Ok(if is_verified_doctor { Shown::ToOwners } else { Shown::ToMet })
}

fn greet(app: &App, socket: &SocketRef, me: &CurrentUser) {
    let visible = app.presence.visible_to(me.id, me.role);
    if let Err(error) = socket.emit("getOnlineUsers", &[&visible]) {
        tracing::debug!(%error, "a socket was gone before it was greeted");
    }
}

/// `sendMessage`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SendMessage {
    sender_id: Option<String>,
    receiver_id: Option<String>,
    message: Option<String>,
    client_id: Option<String>,
    attachments: Option<Vec<String>>,
}

/// `markAsRead`: the reader is `senderId`, as the original platform's server had it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MarkAsRead {
    sender_id: Option<String>,
    receiver_id: Option<String>,
    conversation_id: Option<String>,
    seq: Option<i32>,
}

/// `markAsDelivered`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MarkAsDelivered {
    conversation_id: Option<String>,
    seq: Option<i32>,
}

/// `typing`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TypingEvent {
    sender_id: Option<String>,
    receiver_id: Option<String>,
    is_typing: Option<bool>,
}

/// What one socket asked for and in which order.
enum Command {
    Send(Value),
    Read(Value),
    Delivered(Value),
}

struct Asked {
    command: Command,
    ack: AckSender,
}

/// Who speaks through a socket.
#[derive(Clone)]
struct Speaker {
    app: AppState,
    me: CurrentUser,
    language: Language,
    socket_id: String,
}

/// Registers the handlers. The socket library runs every handler in a task of its own, in any order; but it calls the
/// handler itself in the order of arrival. So a handler puts its command into the socket's queue before it becomes a
/// task, and one worker takes them out in that order.
fn listen(app: &AppState, socket: &SocketRef, me: &CurrentUser, language: Language) {
    let speaker = Speaker { app: app.clone(), me: me.clone(), language, socket_id: socket.id.to_string() };
    let (queue, commands) = mpsc::channel(QUEUE);
    tokio::spawn(work_off(speaker.clone(), commands));

    for (event, command) in [
        ("sendMessage", Command::Send as fn(Value) -> Command),
        ("markAsRead", Command::Read),
        ("markAsDelivered", Command::Delivered),
    ] {
        let (queue, speaker) = (queue.clone(), speaker.clone());
        socket.on(event, move |TryData(data): TryData<Value>, ack: AckSender| {
            let asked = Asked { command: command(data.unwrap_or_default()), ack };
            if let Err(mpsc::error::TrySendError::Full(asked)) = queue.try_send(asked) {
                speaker.answer::<()>(asked.ack, Err(ChatError::QueueFull.into()));
            }
            std::future::ready(())
        });
    }

    let typist = speaker.clone();
    socket.on("typing", move |TryData(data): TryData<Value>, ack: AckSender| async move {
        let result = typist.type_on(data.unwrap_or_default()).await;
        typist.answer(ack, result);
    });

    socket.on_fallback(move |Event(_): Event, ack: AckSender| {
        let text = Text::new("Server tidak mengenal event ini.", "The server does not know this event.");
        speaker.answer::<()>(ack, Err(AppError::not_found("unknown_event", text)));
        std::future::ready(())
    });
}

async fn work_off(speaker: Speaker, mut commands: mpsc::Receiver<Asked>) {
    while let Some(Asked { command, ack }) = commands.recv().await {
        match command {
            Command::Send(data) => {
                let result = speaker.send(data).await;
                speaker.answer(ack, result);
            }
            Command::Read(data) => {
                let result = speaker.mark_as_read(data).await;
                speaker.answer(ack, result);
            }
            Command::Delivered(data) => {
                let result = speaker.mark_as_delivered(data).await;
                speaker.answer(ack, result);
            }
        }
    }
}

impl Speaker {
    /// Acknowledges with the result or with the problem; does nothing when the client asked for no acknowledgement.
    fn answer<T: Serialize>(&self, ack: AckSender, result: Result<T, AppError>) {
        let sent = match result {
            Ok(result) => ack.send(&result),
            Err(error) => ack.send(&error.into_problem().body(self.language, &self.socket_id)),
        };
        if let Err(error) = sent {
            tracing::debug!(%error, "an acknowledgement could not be sent");
        }
    }

    async fn send(&self, data: Value) -> Result<super::views::MessageView, AppError> {
        let event: SendMessage = read(data)?;
        let mut check = Check::new();
        let sender = check.parsed::<AccountId>("senderId", event.sender_id.as_deref());
        let receiver = check.parsed::<AccountId>("receiverId", event.receiver_id.as_deref());
        let message = rules::check_message(&mut check, event.message, event.client_id, event.attachments);
        check.finish()?;
        self.must_be_me(sender)?;
        let receiver = receiver.ok_or(ChatError::NotAParticipant)?;
        Ok(send::send_to(&self.app, &self.me, receiver, message).await?.message)
    }

    async fn mark_as_read(&self, data: Value) -> Result<receipts::Receipt, AppError> {
        let event: MarkAsRead = read(data)?;
        let mut check = Check::new();
        let reader = check.parsed::<AccountId>("senderId", event.sender_id.as_deref());
        let other = check.parsed::<AccountId>("receiverId", event.receiver_id.as_deref());
        let conversation = event.conversation_id.as_deref().map(|id| check.parsed("conversationId", Some(id)));
        check.finish()?;
        self.must_be_me(reader)?;
        let conversation = match conversation.flatten() {
            Some(conversation) => conversation,
            None => {
                let other = other.ok_or(ChatError::NotAParticipant)?;
                let newest = store::find_newest_of(&self.app.db.read, self.me.id, other).await?;
                newest.ok_or(ChatError::NoActiveConversation)?.id
            }
        };
        receipts::mark(&self.app, self.me.id, conversation, Mark::Read, event.seq).await
    }

    async fn mark_as_delivered(&self, data: Value) -> Result<receipts::Receipt, AppError> {
        let event: MarkAsDelivered = read(data)?;
        let mut check = Check::new();
        let conversation = check.parsed("conversationId", event.conversation_id.as_deref());
        check.finish()?;
        let conversation = conversation.ok_or(ChatError::NotAParticipant)?;
        receipts::mark(&self.app, self.me.id, conversation, Mark::Delivered, event.seq).await
    }

    async fn type_on(&self, data: Value) -> Result<(), AppError> {
        let event: TypingEvent = read(data)?;
        let mut check = Check::new();
        let writer = check.parsed::<AccountId>("senderId", event.sender_id.as_deref());
        let reader = check.parsed::<AccountId>("receiverId", event.receiver_id.as_deref());
        check.finish()?;
        self.must_be_me(writer)?;
        let reader = reader.ok_or(ChatError::NotAParticipant)?;
        let (owner, doctor) = if self.me.role == Role::Dokter { (reader, self.me.id) } else { (self.me.id, reader) };
        let active = store::find_active(&self.app.db.read, owner, doctor).await?;
        let active = active.ok_or(ChatError::NoActiveConversation)?;
        typing::tell(&self.app, active.id, self.me.id, reader, event.is_typing.unwrap_or(true)).await;
        Ok(())
    }

    fn must_be_me(&self, claimed: Option<AccountId>) -> Result<(), AppError> {
        if claimed == Some(self.me.id) { Ok(()) } else { Err(ChatError::NotAParticipant.into()) }
    }
}

/// Reads an event's payload; the refusal names the field of the wrong type.
fn read<T: DeserializeOwned>(data: Value) -> Result<T, AppError> {
    serde_path_to_error::deserialize(data).map_err(|error| mistyped(&error.path().to_string()))
}
