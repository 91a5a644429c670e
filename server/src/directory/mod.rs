//! The directory of doctors as owners see it: all of them, those who are searched for, one of them, and those who would take
//! over from one who is late.

mod alternatives;
mod cards;
mod profile;
mod search;
mod written_out;

use std::sync::Arc;

use axum::extract::FromRef;
pub use search::statement as search_statement;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use written_out::WrittenOut;

use crate::accounts::Accounts;
use crate::chat::Chat;
use crate::config::Config;
use crate::consultations::Consultations;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::money::BasisPoints;

/// What showing doctors takes.
pub struct Directory {
    db: Db,
    clock: SharedClock,
    chat: Arc<Chat>,
    consultations: Arc<Consultations>,
    markup: BasisPoints,
    written_out: WrittenOut,
}

impl Directory {
    pub fn new(platform: &Platform, chat: &Arc<Chat>, consultations: &Arc<Consultations>, config: &Config) -> Self {
        Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            chat: chat.clone(),
            consultations: consultations.clone(),
            markup: config.payments.markup,
            written_out: WrittenOut::default(),
        }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Directory>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(written_out::list))
        .routes(routes!(profile::profile))
        .routes(routes!(search::search))
        .routes(routes!(alternatives::alternatives))
}
