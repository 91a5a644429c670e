//! Ids in paths. One that is not even a UUID is simply not found.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use super::error::AppError;

/// Things that have an id and a way to say that they do not exist.
pub trait Named {
    fn not_found() -> AppError;
}

/// The id in the path.
pub struct Id<T>(pub T);

impl<S, T> FromRequestParts<S> for Id<T>
where
    S: Send + Sync,
    T: FromStr + Named,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| T::not_found())?;
        text.parse().map(Self).map_err(|_| T::not_found())
    }
}
