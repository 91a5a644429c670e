//! JSON bodies whose refusal names the field.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::error::AppError;
use super::problem::{FieldProblem, Problem};
use crate::text::Text;
use crate::written::without_half_surrogates;

/// A JSON body. Wrong types name their field; a missing body is as good as `{}`, so that the rules name what is missing.
pub struct Json<T>(pub T);

impl<S, T> FromRequest<S> for Json<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, AppError> {
        let is_json = has_json_type(&request);
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { too_large() } else { malformed() }
        })?;
        if bytes.is_empty() {
            return parse(b"{}").map(Self);
        }
        if !is_json {
            return Err(AppError::refused(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "json_required",
                Text::new("Kirim sebagai application/json.", "Send it as application/json."),
            ));
        }
        parse(&bytes).map(Self)
    }
}

fn has_json_type(request: &Request) -> bool {
    let value = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// Reads JSON; the error names the field that has the wrong type.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let bytes = without_half_surrogates(bytes);
    let mut reader = serde_json::Deserializer::from_slice(&bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let field = error.path().to_string();
        if error.inner().is_data() { mistyped(&field) } else { malformed() }
    })?;
    reader.end().map_err(|_| malformed())?;
    Ok(value)
}

/// Tells a member that is `null` (`Some(None)`) from one that was not sent (`None`, by `#[serde(default)]`).
pub fn sent<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// A value of the wrong type in `field` (`.` stands for the whole body).
pub fn mistyped(field: &str) -> AppError {
    let mut problem = Problem::new(
        StatusCode::BAD_REQUEST,
        "validation_failed",
        Text::new("Ada isian dengan jenis data yang salah.", "A field has a value of the wrong type."),
    );
    problem.errors.push(FieldProblem {
        field: if field == "." { "body".to_owned() } else { field.to_owned() },
        code: "invalid_type",
        text: Text::new("Jenis datanya salah.", "This value has the wrong type."),
    });
    AppError::Refused(Box::new(problem))
}

fn malformed() -> AppError {
    AppError::bad_request(
        "malformed_json",
        Text::new("Isi permintaan bukan JSON yang sah.", "The body is not valid JSON."),
    )
}

fn too_large() -> AppError {
    AppError::refused(
        StatusCode::PAYLOAD_TOO_LARGE,
        "payload_too_large",
        Text::new("Kiriman terlalu besar.", "The request is too large."),
    )
}
