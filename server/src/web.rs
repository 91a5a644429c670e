//! The web app, embedded in the binary. Unknown paths get its `index.html`: the router in the browser knows them.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "$WEB_DIST"]
#[allow_missing = true]
struct WebApp;

const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// Fallback of the router.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if is_api(path) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    match WebApp::get(path) {
        Some(file) if !path.is_empty() => respond(path, &file, &headers),
        _ if path.starts_with("assets/") => StatusCode::NOT_FOUND.into_response(),
        _ => match WebApp::get("index.html") {
            Some(page) => respond("index.html", &page, &headers),
            None => (StatusCode::NOT_FOUND, "The web app is not part of this build: run `make build`.").into_response(),
        },
    }
}

/// The page that starts the web app, where it is part of this build.
pub fn index() -> Option<String> {
    let page = WebApp::get("index.html")?;
    String::from_utf8(page.data.into_owned()).ok()
}

fn is_api(path: &str) -> bool {
    ["api", "socket.io", "sandbox"].iter().any(|root| path == *root || path.starts_with(&format!("{root}/")))
}

fn respond(path: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
    // The names of built assets hold a hash of what is in them.
    let caching = if path.starts_with("assets/") { FOREVER } else { ASK_AGAIN };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == tag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, file.metadata.mimetype())], file.data.clone()).into_response()
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
