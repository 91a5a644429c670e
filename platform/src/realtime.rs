//! The one Socket.IO server. Features say what happened to whom; here it becomes events in rooms.
//!
//! A room is a user (all devices), a session (to close exactly those sockets at logout) or what a feature makes one.
//! Delivery is a hint: what counts is in the database, and a client that missed something asks for it
//! (`docs/chat-protocol.md`).
//!
//! Sockets of this node are served first and always; the other nodes hear of it over the bus
//! (`docs/decisions/0012-our-own-line-between-nodes.md`).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use socketioxide::{ParserConfig, SocketIo};
use uuid::Uuid;

use super::bus::Bus;

pub type SocketLayer = socketioxide::layer::SocketIoLayer;

/// Packets that may wait for one slow socket. Beyond it they are dropped for that socket, which then resumes by `seq`.
const OUTGOING_BUFFER: usize = 1024;
/// A message of 4,000 characters, each escaped as a pair (`\\uD83D\\uDC08`), with room to spare; pictures go over HTTP.
const LARGEST_PACKET_BYTES: usize = 64 * 1024;
/// Each socket has one for as long as it lives; most of what clients say is shorter.
const READ_BUFFER_BYTES: usize = 1024;

/// An event for the devices of some users, as the other nodes hear of it.
pub const TELL: &str = "tell";
/// A session that has ended, as the other nodes hear of it.
pub const SESSION_ENDED: &str = "sessionEnded";

#[derive(Serialize)]
struct Telling<'a, T> {
    users: &'a [Uuid],
    event: &'a str,
    payload: &'a T,
}

/// What a notice about [`TELL`] holds.
#[derive(Deserialize)]
pub struct Told {
    pub users: Vec<Uuid>,
    pub event: String,
    pub payload: Value,
}

/// What devices are told of: a name, and what stands beside it.
pub trait Event: Serialize + Sync {
    const NAME: &'static str;
}

#[derive(Clone)]
pub struct Realtime {
    io: SocketIo,
    bus: Bus,
}

impl Realtime {
    pub fn new(bus: Bus) -> (Self, SocketLayer) {
        // No event of ours has attachments. What announces one ends the connection; otherwise it would be kept, before
        // anybody has said who they are, until the last attachment is there.
        let parser = ParserConfig::common().max_incoming_binaries(0).max_incoming_binary_buf_size(0);
        let (layer, io) = SocketIo::builder()
            .with_parser(parser)
            .max_payload(LARGEST_PACKET_BYTES as u64)
            .max_buffer_size(OUTGOING_BUFFER)
            .ws_max_message_size(LARGEST_PACKET_BYTES)
            .ws_max_frame_size(LARGEST_PACKET_BYTES)
            .ws_read_buffer_size(READ_BUFFER_BYTES)
            .build_layer();
        (Self { io, bus }, layer)
    }

    pub fn server(&self) -> &SocketIo {
        &self.io
    }

    /// Tells every device of every one of these users, wherever it is connected.
    pub async fn tell<E: Event>(&self, users: &[Uuid], event: &E) {
        self.tell_here(users, event).await;
        self.bus.publish(TELL, &Telling { users, event: E::NAME, payload: event });
    }

    /// Tells the devices that are connected to this node.
    pub async fn tell_here<E: Event>(&self, users: &[Uuid], event: &E) {
        self.emit_here(rooms_of(users), E::NAME, event).await;
    }

    /// Tells the devices of this node what another node has told its own.
    pub async fn pass_on(&self, told: &Told) {
        self.emit_here(rooms_of(&told.users), &told.event, &told.payload).await;
    }

    async fn emit_here(&self, rooms: Vec<String>, event: &str, payload: &(impl Serialize + Sync)) {
        // Without a namespace the server is stopping: whoever comes back asks for what was missed.
        let Some(everybody) = self.io.of("/") else { return };
        if let Err(error) = everybody.to(rooms).emit(event, payload).await {
            tracing::debug!(event, %error, "a socket could not take an event");
            metrics::counter!("realtime_events_dropped_total").increment(1);
        }
    }

    /// Tells the devices of this node that are in a room.
    pub async fn tell_room_here<E: Event>(&self, room: String, event: &E) {
        self.emit_here(vec![room], E::NAME, event).await;
    }

    /// From now on every device that these users have on this node is in a room.
    pub async fn have_join_here(&self, users: &[Uuid], room: String) {
        let Some(everybody) = self.io.of("/") else { return };
        if let Err(error) = everybody.to(rooms_of(users)).join(room).await {
            tracing::warn!(%error, "devices could not be made to join a room");
        }
    }

    /// Closes every socket of a session, on every node.
    pub async fn close_session(&self, session: Uuid) {
        self.close_session_here(session).await;
        self.bus.publish(SESSION_ENDED, &session);
    }

    /// Closes the sockets of a session that are connected to this node.
    pub async fn close_session_here(&self, session: Uuid) {
        let Some(everybody) = self.io.of("/") else { return };
        if let Err(error) = everybody.to(session_room(session)).disconnect().await {
            tracing::warn!(%error, "sockets of an ended session could not be closed");
        }
    }

    /// Ends all connections; clients see a closed transport and come back by themselves.
    pub async fn close(&self) {
        self.io.close().await;
    }
}

fn rooms_of(users: &[Uuid]) -> Vec<String> {
    users.iter().map(|user| user_room(*user)).collect()
}

pub fn user_room(user: Uuid) -> String {
    format!("user:{user}")
}

pub fn session_room(session: Uuid) -> String {
    format!("session:{session}")
}
