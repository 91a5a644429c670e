//! What every endpoint shares: problems, bodies, paths, pages, limits and protection.

pub mod client_address;
pub mod cookies;
pub mod detach;
pub mod drain;
pub mod edge;
pub mod error;
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
