//! What every endpoint shares: problems, bodies, paths, pages, limits and protection.

use std::time::Duration;

pub mod client_address;
pub mod cookies;
pub mod crowd;
pub mod detach;
pub mod drain;
pub mod edge;
pub mod error;
pub mod gate;
pub mod idempotency;
pub mod json;
pub mod origin;
pub mod page;
pub mod path;
pub mod problem;
pub mod query;
pub mod range;
pub mod rate_limit;
pub mod request_id;
pub mod security_headers;
pub mod sockets;
pub mod validate;

/// How long any request may take; then it is cut off.
pub const LONGEST_REQUEST: Duration = Duration::from_secs(30);
