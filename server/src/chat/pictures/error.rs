//! The ways an upload says no.

use axum::http::StatusCode;

use platform::http::error::AppError;
use platform::text::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UploadError {
    #[error("the clientId belongs to an upload of another file")]
    ClientIdReused,
    #[error("the next byte is another one")]
    OffsetMismatch { offset: i32 },
    #[error("the file is longer than was said")]
    LongerThanSaid,
    #[error("a piece is too large")]
    ChunkTooLarge,
    #[error("a piece was not received whole")]
    ChunkUnreadable,
    #[error("a piece is not said to be one")]
    NoChunk,
}

impl From<UploadError> for AppError {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::ClientIdReused => Self::refused(
                StatusCode::CONFLICT,
                "client_id_reused",
                Text::new("clientId ini sudah dipakai untuk foto lain.", "This clientId was used for another picture."),
            ),
            UploadError::OffsetMismatch { offset } => Self::refused(
                StatusCode::CONFLICT,
                "upload_offset_mismatch",
                Text::new(
                    format!("Yang sudah sampai {offset} byte. Lanjutkan dari sana."),
                    format!("{offset} bytes are there. Go on from there."),
                ),
            )
            .with("offset", offset),
            UploadError::LongerThanSaid => too_large(Text::new(
                "Foto ini lebih besar daripada yang disebut di awal.",
                "This picture is larger than was said at the beginning.",
            )),
            UploadError::ChunkTooLarge => {
                too_large(Text::new("Satu potongan paling besar 1 MiB.", "A piece may have 1 MiB at most."))
            }
            UploadError::ChunkUnreadable => Self::bad_request(
                "malformed_upload",
                Text::new(
                    "Potongan ini tidak sampai utuh. Kirim lagi.",
                    "This piece did not arrive whole. Send it again.",
                ),
            ),
            UploadError::NoChunk => Self::refused(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "octet_stream_required",
                Text::new(
                    "Kirim potongan foto sebagai application/offset+octet-stream.",
                    "Send pieces of a picture as application/offset+octet-stream.",
                ),
            ),
        }
    }
}

fn too_large(text: Text) -> AppError {
    AppError::refused(StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", text)
}
