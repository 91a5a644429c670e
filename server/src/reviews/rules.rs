//! What may be said in a review, until when, and how its owner is named.

use std::time::Duration;

use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::validate::{Check, Lines};
use platform::text::Text;

/// So long its owner may think better of it.
pub const EDITABLE: Duration = Duration::from_secs(7 * 24 * 3600);
pub const LONGEST_TEXT: usize = 2_000;
const LONGEST_REASON: usize = 500;

/// A review that may be written: the stars and the words, which may be none.
pub fn check(rating: Option<i64>, text: Option<String>) -> Result<(i32, String), AppError> {
    let mut check = Check::new();
    let stars = rating.and_then(|rating| i32::try_from(rating).ok()).filter(|stars| (1..=5).contains(stars));
    match rating {
        None => check.missing("rating"),
        Some(_) if stars.is_none() => {
            check.invalid("rating", "out_of_range", Text::new("Antara 1 dan 5.", "Between 1 and 5."));
        }
        Some(_) => {}
    }
    let text = check.optional_text("text", text, LONGEST_TEXT, Lines::Many);
    check.finish()?;
    Ok((stars.unwrap_or_default(), text))
}

pub fn check_reply(text: Option<String>) -> Result<String, AppError> {
    required("text", text, LONGEST_TEXT)
}

pub fn check_reason(reason: Option<String>) -> Result<String, AppError> {
    required("reason", reason, LONGEST_REASON)
}

fn required(field: &str, given: Option<String>, longest: usize) -> Result<String, AppError> {
    let mut check = Check::new();
    let text = check.text(field, given, longest, Lines::Many);
    check.finish()?;
    Ok(text)
}

/// The last moment at which a review can be changed.
pub fn editable_until(created_at: Timestamp) -> Timestamp {
    created_at + EDITABLE
}

/// How an owner is named in public: everybody knows a Rara.
pub fn first_name(username: &str) -> &str {
    username.split_whitespace().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes<T>(outcome: Result<T, AppError>) -> Vec<(String, &'static str)> {
        match outcome {
            Err(AppError::Refused(problem)) => {
                problem.errors.iter().map(|error| (error.field.clone(), error.code)).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn stars_are_one_to_five_and_words_may_be_missing() {
        for stars in 1..=5 {
            assert_eq!(check(Some(stars), None).ok(), Some((stars as i32, String::new())));
        }
        for stars in [0, 6, -1, i64::MAX] {
            assert_eq!(codes(check(Some(stars), None)), [("rating".to_owned(), "out_of_range")], "{stars}");
        }
        assert_eq!(codes(check(None, None)), [("rating".to_owned(), "required")]);
        assert_eq!(check(Some(5), Some(" Cepat.\nJelas. ".to_owned())).ok(), Some((5, "Cepat.\nJelas.".to_owned())));
        assert_eq!(codes(check(Some(5), Some("x".repeat(2_001)))), [("text".to_owned(), "too_long")]);
        assert_eq!(check(Some(5), Some("a\u{0}".to_owned())).ok(), Some((5, "a".to_owned())));
    }

    #[test]
    fn an_answer_and_a_reason_say_something() {
        assert_eq!(codes(check_reply(Some(" \u{200b}".to_owned()))), [("text".to_owned(), "required")]);
        assert_eq!(codes(check_reason(None)), [("reason".to_owned(), "required")]);
        assert_eq!(codes(check_reason(Some("x".repeat(501)))), [("reason".to_owned(), "too_long")]);
    }

    #[test]
    fn in_public_an_owner_has_a_first_name_only() {
        assert_eq!(first_name("Rara Anindita"), "Rara");
        assert_eq!(first_name("  Bagas "), "Bagas");
        assert_eq!(first_name(""), "");
    }
}
