//! Which events there are, and in which order they take effect.

use serde_json::Value;
use socketioxide::extract::{AckSender, Event, SocketRef, TryData};
use tokio::sync::mpsc;

use super::speaker::Speaker;
use crate::accounts::CurrentUser;
use crate::app::AppState;
use crate::chat::error::ChatError;
use crate::platform::http::error::AppError;
use crate::platform::text::{Language, Text};

/// Commands of one socket that wait for their turn.
const QUEUE: usize = 128;

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

/// Registers the handlers. The socket library runs every handler in a task of its own, in any order; but it calls the
/// handler itself in the order of arrival. So a handler puts its command into the socket's queue before it becomes a
/// task, and one worker takes them out in that order.
pub fn listen(app: &AppState, socket: &SocketRef, me: &CurrentUser, language: Language) {
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
