//! How often somebody may do what costs others something.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use platform::http::rate_limit::{self, Limit};

pub struct Limits {
    pub message_by_account: Arc<Limit<Uuid>>,
    pub typing_by_account: Arc<Limit<Uuid>>,
    /// What was received or read.
    pub mark_by_account: Arc<Limit<Uuid>>,
    /// Sockets that are opened. An address may be that of a whole company, which comes back at once after a restart.
    pub handshake_by_address: Arc<Limit<IpAddr>>,
    pub handshake_by_account: Arc<Limit<Uuid>>,
    /// Pieces of pictures.
    pub chunk_by_account: Arc<Limit<Uuid>>,
    pub search_by_account: Arc<Limit<Uuid>>,
    pub transcript_by_account: Arc<Limit<Uuid>>,
}

const TEN_SECONDS: Duration = Duration::from_secs(10);
const MINUTE: Duration = Duration::from_secs(60);

impl Limits {
    pub fn new(limits: &rate_limit::Limits) -> Self {
        Self {
            message_by_account: limits.limit("message", 30, TEN_SECONDS),
            typing_by_account: limits.limit("typing", 100, TEN_SECONDS),
            mark_by_account: limits.limit("mark", 200, TEN_SECONDS),
            handshake_by_address: limits.limit("handshake_by_address", 1_200, MINUTE),
            handshake_by_account: limits.limit("handshake_by_account", 60, MINUTE),
            chunk_by_account: limits.limit("chunk", 600, MINUTE),
            search_by_account: limits.limit("search", 60, MINUTE),
            transcript_by_account: limits.limit("transcript", 10, MINUTE),
        }
    }
}
