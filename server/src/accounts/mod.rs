//! Who somebody is: signing up, signing in, staying signed in, signing out.

mod cookies;
mod current;
pub mod entity;
mod error;
mod http;
mod parties;
mod passwords;
pub mod rules;
mod service;
mod store;
mod tokens;

use std::sync::Arc;
use std::time::Duration;

pub use current::{Admin, CurrentUser, Doctor, Owner};
pub use entity::{AccountId, Role, SessionId};
pub use parties::{Party, parties};
pub use passwords::PasswordHasher;
pub use service::{
    NewAccount, authenticate, create, end_everywhere, end_here, forget_sessions, is_signed_in, sweep_sessions,
};
pub use store::{find, find_by_email, list, lock, make_doctor, rename, show_picture, with_emails};
pub use tokens::{AccessTokens, token_of};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;
use platform::cache::ReadCache;
use platform::http::error::AppError;

/// Sessions that were looked up a moment ago, with the accounts behind them.
pub type Sessions = ReadCache<SessionId, Arc<entity::account::Model>>;

pub fn sessions() -> Sessions {
    const MOST: u64 = 100_000;
    const LIFETIME: Duration = Duration::from_secs(5);
    Sessions::new(MOST, LIFETIME)
}

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::register))
        .routes(routes!(http::login))
        .routes(routes!(http::refresh))
        .routes(routes!(http::logout))
        .routes(routes!(http::me))
}

/// What points at an account that is not there is a defect.
pub fn missing(id: AccountId) -> AppError {
    anyhow::anyhow!("account {id} is missing").into()
}
