//! Pictures in a form (`multipart/form-data`), one after the other.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use utoipa::ToSchema;

use super::error::{EMPTY, empty_text, refused};
use super::rewriting::LARGEST_UPLOAD_BYTES;
use crate::http::error::AppError;
use crate::text::Text;
use crate::uploads::{Unread, Upload, UploadMemory};

/// Room for one picture and the envelope around it.
pub const LARGEST_FORM_BYTES: usize = LARGEST_UPLOAD_BYTES + 64 * 1024;

/// A form with one picture.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form to the API's readers; the form itself is read as a stream")]
pub struct PhotoForm {
    /// A JPEG, PNG or WebP picture of at most 10 MiB.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

/// The next picture of a form; other fields are passed over. No more than one picture may have is ever read of it.
pub async fn next(memory: &UploadMemory, form: &mut Multipart) -> Result<Option<Upload>, AppError> {
    while let Some(field) = form.next_field().await.map_err(|error| refusal(error.status()))? {
        if field.file_name().is_none() && field.name() != Some("file") {
            continue;
        }
        let read = memory.read(field, LARGEST_UPLOAD_BYTES).await.map_err(|unread| match unread {
            Unread::TooLarge => refusal(StatusCode::PAYLOAD_TOO_LARGE),
            Unread::NoRoom => AppError::busy(),
            Unread::Broken(error) => refusal(error.status()),
        })?;
        return if read.is_empty() { Err(empty()) } else { Ok(Some(read)) };
    }
    Ok(None)
}

/// The one picture of a form.
pub async fn only(memory: &UploadMemory, form: Result<Multipart, MultipartRejection>) -> Result<Upload, AppError> {
    let mut form = form.map_err(|_| unreadable())?;
    next(memory, &mut form).await?.ok_or_else(missing)
}

/// A form without any picture.
pub fn missing() -> AppError {
    refused("required", Text::new("Pilih foto yang akan dikirim.", "Choose a picture to send."))
}

/// What cannot be read as a form.
pub fn unreadable() -> AppError {
    AppError::bad_request(
        "malformed_upload",
        Text::new(
            "Kirim foto sebagai multipart/form-data, isian `file`.",
            "Send the picture as multipart/form-data, field `file`.",
        ),
    )
}

fn empty() -> AppError {
    refused(EMPTY, empty_text())
}

fn refusal(status: StatusCode) -> AppError {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return AppError::refused(
            StatusCode::PAYLOAD_TOO_LARGE,
            "payload_too_large",
            Text::new("Foto paling besar 10 MiB.", "A picture may have 10 MiB at most."),
        );
    }
    unreadable()
}
