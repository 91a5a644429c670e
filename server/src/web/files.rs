//! The files of the web app, in the form that the browser takes.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::WebApp;
use super::encoding::accepted;

const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// The file of this path; nothing where there is none.
pub fn respond(path: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = WebApp::get(path).filter(|_| !path.is_empty())?;
    let mut kind = plain.metadata.mimetype().to_owned();
    // Without it a browser guesses, and a text cannot say it itself.
    if kind == "text/plain" {
        kind.push_str("; charset=utf-8");
    }
    let mut others = accepted(headers).into_iter();
    let packed = others.find_map(|encoding| Some((WebApp::get(&encoding.name_of(path))?, encoding.name)));
    // The build writes both forms or none.
    let varies = packed.is_some() || WebApp::get(&format!("{path}.br")).is_some();
    let (file, encoding) = packed.map_or((plain, None), |(file, name)| (file, Some(name)));

    // Of what is sent, so that each form has a tag of its own.
    let tag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == tag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, kind)], file.data).into_response()
    };
    let answer = response.headers_mut();
    // The names of built assets hold a hash of what is in them.
    let caching = if path.starts_with("assets/") { FOREVER } else { ASK_AGAIN };
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.insert(header::ETAG, tag);
    }
    if varies {
        answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if let Some(encoding) = encoding.filter(|_| !known) {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}
