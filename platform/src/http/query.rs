//! Query strings whose refusal names the parameter.

use std::borrow::Cow;

use axum::extract::FromRequestParts;
use axum::extract::Query as Given;
use axum::http::Uri;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::error::AppError;
use super::json::mistyped;

pub struct Query<T>(pub T);

impl<S, T> FromRequestParts<S> for Query<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppError> {
        let cleaned = can_hide_something(parts).then(|| without_controls(&parts.uri)).flatten();
        let uri = cleaned.as_ref().unwrap_or(&parts.uri);
        let Given(value) = Given::<T>::try_from_uri(uri).map_err(|_| mistyped("query"))?;
        Ok(Self(value))
    }
}

/// Only what is written as `%…` can be a character that an address cannot hold.
fn can_hide_something(parts: &Parts) -> bool {
    parts.uri.query().is_some_and(|query| query.contains('%'))
}

/// The same address without control characters in its query: nobody means them, and PostgreSQL does not take all of them.
fn without_controls(uri: &Uri) -> Option<Uri> {
    let clean = |text: Cow<'_, str>| -> String {
        // A tab or the end of a line parts words.
        let spaced = text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter });
        spaced.filter(|letter| !letter.is_control()).collect()
    };
    let pairs = form_urlencoded::parse(uri.query()?.as_bytes()).map(|(name, value)| (clean(name), clean(value)));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{}?{query}", uri.path()).parse().ok()
}
