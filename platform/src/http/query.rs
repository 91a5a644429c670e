//! Query strings whose refusal names the parameter.

use axum::extract::FromRequestParts;
use axum::extract::Query as Given;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::error::AppError;
use super::json::mistyped;
use super::problem::FieldProblem;
use crate::text::Text;

pub struct Query<T>(pub T);

impl<S, T> FromRequestParts<S> for Query<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppError> {
        if let Some(Given(pairs)) = can_hide_something(parts).then(|| Given::try_from_uri(&parts.uri).ok()).flatten() {
            refuse_control_characters(pairs)?;
        }
        let Given(value) = Given::<T>::try_from_uri(&parts.uri).map_err(|_| mistyped("query"))?;
        Ok(Self(value))
    }
}

/// Only what is written as `%…` can be a character that an address cannot hold.
fn can_hide_something(parts: &Parts) -> bool {
    parts.uri.query().is_some_and(|query| query.contains('%'))
}

/// Nobody types them, and PostgreSQL does not take all of them.
fn refuse_control_characters(pairs: Vec<(String, String)>) -> Result<(), AppError> {
    let is_wrong = |(name, value): &(String, String)| name.chars().chain(value.chars()).any(char::is_control);
    let Some((name, _)) = pairs.into_iter().find(is_wrong) else { return Ok(()) };
    Err(AppError::invalid(vec![FieldProblem {
        field: name,
        code: "invalid_characters",
        text: Text::new("Ada karakter yang tidak dapat dipakai.", "It contains characters that cannot be used."),
    }]))
}
