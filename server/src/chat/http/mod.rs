//! Conversations over HTTP. `pair` and `end` are the original platform's calls.

pub mod conversations;
pub mod messages;
pub mod pair;
pub mod search;
