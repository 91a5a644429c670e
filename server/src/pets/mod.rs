//! An owner's animals and what a vet should know of them: health notes, weights, vaccinations, and what happened when.
//!
//! They are their owner's. A vet sees the one that a consultation is about, while it is open and for a while after.

mod card;
pub mod entity;
mod error;
pub mod health;
mod http;
mod photo;
mod rules;
mod service;
mod store;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware;
pub use card::PetCard;
pub use entity::{Model as Pet, PetId, PhotoId, Sex, Species};
pub use http::RecordView as PetRecordView;
pub use service::Record as PetRecord;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::Accounts;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::http::drain;
use platform::images::form::LARGEST_FORM_BYTES;
use platform::pictures::Pictures;

/// What keeping the animals takes.
pub struct Pets {
    db: Db,
    clock: SharedClock,
    pictures: Pictures,
}

impl Pets {
    pub fn new(platform: &Platform) -> Self {
        Self { db: platform.db.clone(), clock: platform.clock.clone(), pictures: platform.pictures.clone() }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Pets>: FromRef<S>,
{
    let photos = OpenApiRouter::new()
        .routes(routes!(http::photo::replace))
        .layer(DefaultBodyLimit::max(LARGEST_FORM_BYTES))
        .layer(middleware::from_fn(drain::refused_uploads));
    OpenApiRouter::new()
        .routes(routes!(http::pets::list, http::pets::create))
        .routes(routes!(http::pets::show, http::pets::change, http::pets::archive))
        .routes(routes!(http::health::add_weight))
        .routes(routes!(http::health::delete_weight))
        .routes(routes!(http::health::add_vaccination))
        .routes(routes!(http::health::delete_vaccination))
        .merge(photos)
}
