//! What may be uploaded, where a piece belongs, and how long things are kept.

use std::time::Duration;

use super::entity::upload;
use super::error::UploadError;
use crate::chat::rules::check_client_id;
use platform::clock::Timestamp;
use platform::http::validate::Check;
use platform::images::error::{EMPTY, empty_text};
use platform::images::{ImageError, LARGEST_UPLOAD_BYTES};
use platform::text::Text;

pub const LARGEST_CHUNK_BYTES: usize = 1024 * 1024;
/// How long an upload may take, and how long an uploaded picture may wait for its message.
pub const KEPT_UNFINISHED: Duration = Duration::from_secs(24 * 3600);
/// Requests that found an upload alive are long over when it is swept.
pub const SWEEP_GRACE: Duration = Duration::from_secs(3600);

/// An upload that may begin.
#[derive(Clone, Debug)]
pub struct NewUpload {
    pub size: i32,
    pub content_type: String,
    pub client_id: String,
}

pub fn check_upload(
    check: &mut Check,
    size: Option<i64>,
    content_type: Option<String>,
    client_id: Option<String>,
) -> NewUpload {
    if client_id.is_none() {
        check.missing("clientId");
    }
    NewUpload {
        size: check_size(check, size),
        content_type: check_content_type(check, content_type),
        client_id: check_client_id(check, client_id).unwrap_or_default(),
    }
}

fn check_size(check: &mut Check, given: Option<i64>) -> i32 {
    let Some(size) = given else {
        check.missing("size");
        return 0;
    };
    match i32::try_from(size) {
        Ok(0) => {
            check.invalid("size", EMPTY, empty_text());
            0
        }
        Ok(size) if size > 0 && size as usize <= LARGEST_UPLOAD_BYTES => size,
        _ => {
            let text = Text::new("Foto paling besar 10 MiB.", "A picture may have 10 MiB at most.");
            check.invalid("size", "out_of_range", text);
            0
        }
    }
}

/// Refused before the first byte, so that nobody sends ten megabytes in vain.
fn check_content_type(check: &mut Check, given: Option<String>) -> String {
    let content_type = given.unwrap_or_default().trim().to_ascii_lowercase();
    let refusal = match content_type.as_str() {
        "image/jpeg" | "image/png" | "image/webp" => None,
        "image/heic" | "image/heif" | "image/heic-sequence" | "image/heif-sequence" => Some(ImageError::Heic),
        "" => {
            check.missing("contentType");
            None
        }
        _ => Some(ImageError::UnknownFormat),
    };
    if let Some(refusal) = refusal {
        let (code, text) = refusal.advice();
        check.invalid("contentType", code, text);
    }
    content_type
}

pub fn is_expired(upload: &upload::Model, now: Timestamp) -> bool {
    now >= upload.expires_at
}

/// Whether the last byte is there.
pub fn is_complete(upload: &upload::Model) -> bool {
    upload.offset == upload.size
}

/// What a piece is to an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Next,
    /// Nothing new: an empty one, or the last one again, whose answer was lost.
    Known,
}

pub fn place(upload: &upload::Model, from: i32, length: i32) -> Result<Place, UploadError> {
    let end = from.saturating_add(length);
    if is_complete(upload) && end == upload.size {
        return Ok(Place::Known);
    }
    if from != upload.offset {
        return Err(UploadError::OffsetMismatch { offset: upload.offset });
    }
    if end > upload.size {
        return Err(UploadError::LongerThanSaid);
    }
    Ok(if length == 0 { Place::Known } else { Place::Next })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;
    use crate::accounts::AccountId;
    use crate::chat::ConversationId;
    use crate::chat::pictures::entity::UploadId;
    use platform::http::error::AppError;

    fn upload(offset: i32) -> upload::Model {
        upload::Model {
            id: UploadId::new(),
            conversation_id: ConversationId::new(),
            uploader_id: AccountId::new(),
            client_id: "c".to_owned(),
            size: 100,
            offset,
            content_type: "image/jpeg".to_owned(),
            attachment_id: None,
            refusal: None,
            created_at: Timestamp::from_millis(0),
            expires_at: Timestamp::from_millis(1_000),
        }
    }

    #[test]
    fn a_piece_goes_on_where_the_last_one_ended() {
        assert_eq!(place(&upload(0), 0, 40), Ok(Place::Next));
        assert_eq!(place(&upload(40), 40, 60), Ok(Place::Next));
        for from in [0, 39, 41, 99, i32::MAX] {
            assert!(place(&upload(40), from, 1).is_err(), "{from}");
        }
        assert_eq!(place(&upload(40), 0, 40), Err(UploadError::OffsetMismatch { offset: 40 }));
    }

    #[test]
    fn a_file_does_not_grow_beyond_what_was_said() {
        assert_eq!(place(&upload(40), 40, 61), Err(UploadError::LongerThanSaid));
        assert_eq!(place(&upload(100), 100, 1), Err(UploadError::LongerThanSaid));
    }

    #[test]
    fn the_last_piece_may_come_again_and_an_empty_one_always() {
        assert_eq!(place(&upload(100), 40, 60), Ok(Place::Known));
        assert_eq!(place(&upload(100), 100, 0), Ok(Place::Known));
        assert_eq!(place(&upload(40), 40, 0), Ok(Place::Known));
    }

    #[test]
    fn an_upload_lives_until_its_hour() {
        assert!(!is_expired(&upload(0), Timestamp::from_millis(999)));
        assert!(is_expired(&upload(0), Timestamp::from_millis(1_000)));
    }

    fn refusal(size: Option<i64>, content_type: &str) -> Vec<&'static str> {
        let mut check = Check::new();
        check_upload(&mut check, size, Some(content_type.to_owned()), Some("c1".to_owned()));
        match check.finish() {
            Err(AppError::Refused(problem)) => problem.errors.iter().map(|error| error.code).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn what_cannot_become_a_picture_is_refused_before_it_is_sent() {
        let most = i64::try_from(LARGEST_UPLOAD_BYTES).unwrap();
        assert!(refusal(Some(most), "image/jpeg").is_empty());
        assert!(refusal(Some(1), " Image/PNG ").is_empty());
        assert_eq!(refusal(Some(0), "image/webp"), ["image_empty"]);
        for size in [-1, most + 1, i64::MAX] {
            assert_eq!(refusal(Some(size), "image/webp"), ["out_of_range"], "{size}");
        }
        assert_eq!(refusal(None, "image/webp"), ["required"]);
        assert_eq!(refusal(Some(1), ""), ["required"]);
        assert_eq!(refusal(Some(1), "image/heic"), ["heic_not_supported"]);
        assert_eq!(refusal(Some(1), "image/gif"), ["image_format"]);
    }
}
