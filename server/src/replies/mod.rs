//! Canned replies: sentences that a vet keeps at hand. `{pemilik}` and `{hewan}` in them stand for the names of the owner
//! and the pet; the web app fills them in.

mod entity;
mod http;
mod rules;
mod store;

use std::sync::Arc;

use axum::extract::FromRef;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::Accounts;
use platform::Platform;
use platform::db::Db;

/// Where the sentences are.
pub struct Replies {
    db: Db,
}

impl Replies {
    pub fn new(platform: &Platform) -> Self {
        Self { db: platform.db.clone() }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Replies>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(http::list, http::add)).routes(routes!(http::change, http::delete))
}
