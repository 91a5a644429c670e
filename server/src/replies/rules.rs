//! What a canned reply may say, and how many there may be.

use axum::http::StatusCode;

use platform::http::error::AppError;
use platform::http::validate::{Check, Lines};
use platform::text::Text;

/// Of one vet.
pub const MOST_REPLIES: u64 = 100;
const LONGEST_TITLE: usize = 60;
const LONGEST_BODY: usize = 4_000;

/// A title and a body that both say something.
pub fn check(title: Option<String>, body: Option<String>) -> Result<(String, String), AppError> {
    let mut check = Check::new();
    let title = check.text("title", title, LONGEST_TITLE, Lines::One);
    let body = check.text("body", body, LONGEST_BODY, Lines::Many);
    check.finish()?;
    Ok((title, body))
}

pub fn too_many() -> AppError {
    AppError::refused(
        StatusCode::CONFLICT,
        "too_many_replies",
        Text::new(
            format!("Paling banyak {MOST_REPLIES} balasan. Hapus yang lama dulu."),
            format!("At most {MOST_REPLIES} replies. Delete old ones first."),
        ),
    )
}
