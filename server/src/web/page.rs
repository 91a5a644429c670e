//! The page that starts the web app, as one reader gets it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::index::{self, Filling};
use super::places::place_of;
use super::reader::Reader;
use platform::http::error::AppError;

/// What a page says before the app has started. Markup: who writes it has escaped what people wrote.
pub struct Content {
    pub head: String,
    pub body: String,
}

pub fn page(reader: &Reader, status: StatusCode, content: Option<&Content>) -> Result<Response, AppError> {
    let Some(index) = index::read()? else {
        return Ok((StatusCode::NOT_FOUND, "The web app is not part of this build: run `make build`.").into_response());
    };
    let place = place_of(reader.path())?;
    let filling = Filling {
        language: Some(reader.language),
        is_visitor: Some(reader.is_visitor()),
        preloads: &place.map(|place| place.preloads()).unwrap_or_default(),
        head: content.map(|content| content.head.as_str()),
        body: content.map(|content| content.body.as_str()).unwrap_or_default(),
    };
    let page = index::fill(&index, &filling).map_err(anyhow::Error::from)?;

    // Weak: the same page is sent packed and plain.
    let tag = format!("W/\"{}\"", hex::encode(&Sha256::digest(&page)[..16]));
    let given = reader.headers().get(header::IF_NONE_MATCH);
    let is_known = status == StatusCode::OK && given.is_some_and(|given| given.as_bytes() == tag.as_bytes());
    let mut response =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { (status, Html(page)).into_response() };
    let answer = response.headers_mut();
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // The language and whether somebody is signed in come from there.
    answer.insert(header::VARY, HeaderValue::from_static("cookie"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.insert(header::ETAG, tag);
    }
    Ok(response)
}
