//! The web app, embedded in the binary: its files, and the page that starts it. A release build holds them; other builds read
//! them from `web/dist`.

mod encoding;
mod files;
mod index;
mod page;
mod places;
mod reader;

use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
pub use index::inline_scripts;
pub use page::{Content, page};
pub use places::place_of;
pub use reader::{Reader, in_language};
use rust_embed::RustEmbed;

use platform::http::error::AppError;

#[derive(RustEmbed)]
#[folder = "$WEB_DIST"]
#[allow_missing = true]
struct WebApp;

/// Fallback of the router: a file of the app, or the page that starts it for the router in the browser.
pub async fn serve(method: Method, uri: Uri, reader: Reader) -> Result<Response, AppError> {
    let path = uri.path().trim_start_matches('/');
    if is_api(path) {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    if method != Method::GET && method != Method::HEAD {
        return Ok(StatusCode::METHOD_NOT_ALLOWED.into_response());
    }
    if let Some(file) = files::respond(path, reader.headers()) {
        return Ok(file);
    }
    if path.starts_with("assets/") {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    let status = if place_of(uri.path())?.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    page(&reader, status, None)
}

/// Fails when a web app is part of this build that its pages cannot be made of: said at the start rather than to visitors.
pub fn check() -> anyhow::Result<()> {
    if let Some(index) = index::read()? {
        index::fill(&index, &index::Filling::default())?;
        places::all()?;
    }
    Ok(())
}

fn is_api(path: &str) -> bool {
    ["api", "socket.io", "sandbox"].iter().any(|root| path == *root || path.starts_with(&format!("{root}/")))
}
