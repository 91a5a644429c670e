//! The stand-in as the world meets it: over HTTP, with a database file and a merchant that hears its notifications.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests may fail loudly")]

mod faults;
mod merchant;
mod page;
mod support;
