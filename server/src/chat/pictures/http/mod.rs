//! Pictures over HTTP: uploaded in one go (`upload`) or in pieces (`resumable`), and read (`read`).

mod read;
mod resumable;
mod upload;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::Accounts;
use crate::chat::Chat;
use platform::http::drain;

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Chat>: FromRef<S>,
{
    let whole = OpenApiRouter::new()
        .routes(routes!(upload::upload))
        .layer(DefaultBodyLimit::max(upload::LARGEST_REQUEST_BYTES))
        .layer(middleware::from_fn(drain::refused_uploads));
    let pieces = OpenApiRouter::new()
        .routes(routes!(resumable::show, resumable::append))
        .layer(middleware::from_fn(drain::refused_uploads));
    OpenApiRouter::new()
        .routes(routes!(resumable::begin))
        .routes(routes!(read::read))
        .routes(routes!(read::read_thumbnail))
        .merge(whole)
        .merge(pieces)
}
