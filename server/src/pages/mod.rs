//! What search engines, link previews and slow phones read of the public pages before any script runs: title,
//! description, structured data and the main content, put into the web app's `index.html`.

mod content;
mod handlers;
mod listing;
mod sitemap;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::get;

use crate::config::Config;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::money::BasisPoints;

/// What the pages are made of.
pub struct Pages {
    db: Db,
    clock: SharedClock,
    public_url: String,
    markup: BasisPoints,
}

impl Pages {
    pub fn new(platform: &Platform, config: &Config) -> Self {
        Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            public_url: config.server.public_url(),
            markup: config.payments.markup,
        }
    }
}

pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Pages>: FromRef<S>,
{
    Router::new()
        .route("/", get(handlers::home))
        .route("/dokter", get(handlers::directory))
        .route("/dokter/{id}", get(handlers::doctor))
        .route("/verifikasi", get(handlers::verification))
        .route("/verifikasi/{code}", get(handlers::verification))
        .route("/robots.txt", get(sitemap::robots))
        .route("/sitemap.xml", get(sitemap::sitemap))
}
