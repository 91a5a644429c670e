//! What search engines, link previews and slow phones read of the public pages before any script runs: title,
//! description, structured data and the main content, put into the web app's `index.html`.

mod content;
mod handlers;
mod sitemap;

use axum::Router;
use axum::routing::get;

use crate::app::AppState;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(handlers::home))
        .route("/dokter", get(handlers::directory))
        .route("/dokter/{id}", get(handlers::doctor))
        .route("/robots.txt", get(sitemap::robots))
        .route("/sitemap.xml", get(sitemap::sitemap))
}
