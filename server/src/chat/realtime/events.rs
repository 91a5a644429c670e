//! Which events there are, and in which order they take effect.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use socketioxide::extract::{AckSender, Event, SocketRef, TryData};
use tracing::Instrument;

use super::speaker::Speaker;
use crate::chat::error::ChatError;
use crate::platform::http::error::AppError;
use crate::platform::telemetry;
use crate::platform::text::Text;

/// Commands of one socket that wait for their turn.
const QUEUE: usize = 128;

/// What one socket asked for and in which order.
enum Command {
    Send(Value),
    Read(Value),
    Delivered(Value),
    Type(Value),
}

impl Command {
    fn name(&self) -> &'static str {
        match self {
            Self::Send(_) => "sendMessage",
            Self::Read(_) => "markAsRead",
            Self::Delivered(_) => "markAsDelivered",
            Self::Type(_) => "typing",
        }
    }
}

struct Asked {
    command: Command,
    ack: AckSender,
}

/// Registers the one handler of a socket. The socket library runs handlers in tasks of their own, in any order; but it
/// calls them in the order of arrival. So a command is put in line before it becomes a task, and the line is worked off in
/// that order.
pub fn listen(socket: &SocketRef, speaker: Speaker) {
    let line = Arc::new(Line { speaker, waiting: Mutex::default() });
    socket.on_fallback(move |Event(name): Event, TryData(data): TryData<Value>, ack: AckSender| {
        let command = match name.as_str() {
            "sendMessage" => Some(Command::Send as fn(Value) -> Command),
            "markAsRead" => Some(Command::Read as _),
            "markAsDelivered" => Some(Command::Delivered as _),
            "typing" => Some(Command::Type as _),
            _ => None,
        };
        match command {
            Some(command) => line.join(Asked { command: command(data.unwrap_or_default()), ack }),
            None => line.speaker.answer::<()>(ack, Err(unknown_event())),
        }
        std::future::ready(())
    });
}

fn unknown_event() -> AppError {
    let text = Text::new("Server tidak mengenal event ini.", "The server does not know this event.");
    AppError::not_found("unknown_event", text)
}

/// The commands of one socket. Nobody works on an empty line, so that an idle socket costs no task.
struct Line {
    speaker: Speaker,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    commands: VecDeque<Asked>,
    is_worked_on: bool,
}

impl Line {
    fn join(self: &Arc<Self>, asked: Asked) {
        let mut waiting = self.lock();
        if waiting.commands.len() >= QUEUE {
            drop(waiting);
            return self.speaker.answer::<()>(asked.ack, Err(ChatError::QueueFull.into()));
        }
        waiting.commands.push_back(asked);
        if !std::mem::replace(&mut waiting.is_worked_on, true) {
            tokio::spawn(self.clone().work_off());
        }
    }

    async fn work_off(self: Arc<Self>) {
        while let Some(Asked { command, ack }) = self.next() {
            if let Err(refusal) = self.speaker.must_be_current() {
                self.speaker.answer::<()>(ack, Err(refusal));
                continue;
            }
            // The client is told the id of its socket where a request has its own (`Speaker::answer`).
            let span = telemetry::span("command", command.name(), self.speaker.socket_id);
            self.carry_out(command, ack).instrument(span).await;
        }
    }

    async fn carry_out(&self, command: Command, ack: AckSender) {
        match command {
            Command::Send(data) => {
                let result = self.speaker.send(data).await;
                self.speaker.answer(ack, result);
            }
            Command::Read(data) => {
                let result = self.speaker.mark_as_read(data).await;
                self.speaker.answer(ack, result);
            }
            Command::Delivered(data) => {
                let result = self.speaker.mark_as_delivered(data).await;
                self.speaker.answer(ack, result);
            }
            Command::Type(data) => {
                let result = self.speaker.type_on(data).await;
                self.speaker.answer(ack, result);
            }
        }
    }

    fn next(&self) -> Option<Asked> {
        let mut waiting = self.lock();
        let next = waiting.commands.pop_front();
        if next.is_none() {
            *waiting = Waiting::default();
        }
        next
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // A queue and a flag are whole after any panic elsewhere.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
