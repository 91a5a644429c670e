//! Which events there are, and in which order they take effect.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use serde_json::value::RawValue;
use socketioxide::extract::{AckSender, Event, SocketRef, TryData};
use tracing::Instrument;

use super::commands::Command;
use super::speaker::Speaker;
use crate::chat::error::ChatError;
use platform::http::error::AppError;
use platform::telemetry;
use platform::text::Text;

/// Commands of one socket that wait for their turn.
const QUEUE: usize = 128;
/// What they may take together: eighty of the longest messages, more of the usual ones than may wait.
const QUEUE_BYTES: usize = 1024 * 1024;
/// What a refusal takes that waits to be given.
const REFUSAL_BYTES: usize = 512;

/// What one socket asked for and in which order.
struct Asked {
    command: Result<Command, AppError>,
    ack: AckSender,
}

impl Asked {
    fn bytes(&self) -> usize {
        self.command.as_ref().map_or(REFUSAL_BYTES, Command::bytes)
    }
}

/// Registers the one handler of a socket. The socket library calls handlers in the order of arrival, and runs what they answer
/// in tasks of their own, in any order. So a command is put in line at once, and the task of one that finds nobody at work
/// works the line off.
pub fn listen(socket: &SocketRef, speaker: Speaker) {
    let line = Arc::new(Line { speaker, waiting: Mutex::default() });
    socket.on_fallback(move |Event(name): Event, TryData(data): TryData<Box<RawValue>>, ack: AckSender| {
        let said = data.as_ref().map_or(NOTHING, |packet| said(packet));
        let to_work_off = match Command::read(&name, said, line.speaker.me.id) {
            Some(command) => line.join(Asked { command, ack }),
            None => {
                line.speaker.answer::<()>(ack, Err(unknown_event()));
                None
            }
        };
        // On the heap: in a flood there is a task for each event, of which one works.
        async move {
            if let Some(line) = to_work_off {
                Box::pin(line.work_off()).await;
            }
        }
    });
}

/// What was said with an event, as it was written: the library hands over all of the packet, the event's name first.
fn said(packet: &RawValue) -> &str {
    let parts: Vec<&RawValue> = serde_json::from_str(packet.get()).unwrap_or_default();
    parts.get(1).map_or(NOTHING, |said| said.get())
}

const NOTHING: &str = "null";

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
    bytes: usize,
    is_worked_on: bool,
}

impl Line {
    /// Puts a command in line; answers the line when nobody works on it.
    fn join(self: &Arc<Self>, asked: Asked) -> Option<Arc<Self>> {
        let mut waiting = self.lock();
        let bytes = asked.bytes();
        if waiting.commands.len() >= QUEUE || waiting.bytes + bytes > QUEUE_BYTES {
            drop(waiting);
            self.speaker.answer::<()>(asked.ack, Err(ChatError::QueueFull.into()));
            return None;
        }
        waiting.bytes += bytes;
        waiting.commands.push_back(asked);
        let is_worked_on = std::mem::replace(&mut waiting.is_worked_on, true);
        (!is_worked_on).then(|| self.clone())
    }

    async fn work_off(self: Arc<Self>) {
        while let Some(Asked { command, ack }) = self.next() {
            if let Err(refusal) = self.speaker.must_be_current() {
                self.speaker.answer::<()>(ack, Err(refusal));
                continue;
            }
            // The client is told the id of its socket where a request has its own (`Speaker::answer`).
            let name = command.as_ref().map_or("refused", Command::name);
            let span = telemetry::span("command", name, self.speaker.socket_id);
            if AssertUnwindSafe(self.carry_out(command, ack)).catch_unwind().instrument(span).await.is_err() {
                tracing::error!("a command panicked; the next one is carried out");
            }
        }
    }

    async fn carry_out(&self, command: Result<Command, AppError>, ack: AckSender) {
        // What asks the database is on the heap: the most frequent command, a sign of typing, needs no room for it.
        match command {
            Ok(Command::Send { receiver, message }) => {
                let result = Box::pin(self.speaker.send(receiver, message)).await;
                self.speaker.answer(ack, result);
            }
            Ok(Command::Read { which, seq }) => {
                let result = Box::pin(self.speaker.mark_as_read(which, seq)).await;
                self.speaker.answer(ack, result);
            }
            Ok(Command::Delivered { conversation, seq }) => {
                let result = Box::pin(self.speaker.mark_as_delivered(conversation, seq)).await;
                self.speaker.answer(ack, result);
            }
            Ok(Command::Type { reader, is_typing }) => {
                let result = self.speaker.type_on(reader, is_typing).await;
                self.speaker.answer(ack, result);
            }
            Err(refusal) => self.speaker.answer::<()>(ack, Err(refusal)),
        }
    }

    fn next(&self) -> Option<Asked> {
        let mut waiting = self.lock();
        let next = waiting.commands.pop_front();
        match &next {
            Some(asked) => waiting.bytes -= asked.bytes(),
            None => *waiting = Waiting::default(),
        }
        next
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // A queue and a flag are whole after any panic elsewhere.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
