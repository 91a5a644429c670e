//! Reads fields one by one and collects everything that is wrong, so that a form is mended in one go.

use std::str::FromStr;

use chrono::NaiveDate;

use super::error::AppError;
use super::problem::FieldProblem;
use crate::day::read_day;
use crate::text::Text;

/// What a text may contain besides letters, digits and signs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    One,
    Many,
}

const MOST_PROBLEMS: usize = 100;

#[derive(Default)]
pub struct Check {
    missing: Vec<FieldProblem>,
    invalid: Vec<FieldProblem>,
}

impl Check {
    pub fn new() -> Self {
        Self::default()
    }

    /// A text, trimmed, of at most `longest` characters. The result is only of use after [`Check::finish`].
    pub fn text(&mut self, field: &str, given: Option<String>, longest: usize, lines: Lines) -> String {
        let text = self.optional_text(field, given, longest, lines);
        if text.is_empty() {
            self.missing(field);
        }
        text
    }

    /// The same for a text that may be left out; it is empty then.
    pub fn optional_text(&mut self, field: &str, given: Option<String>, longest: usize, lines: Lines) -> String {
        let text = given.as_deref().map(str::trim).unwrap_or_default().to_owned();
        if text.chars().count() > longest {
            self.invalid(
                field,
                "too_long",
                Text::new(format!("Paling banyak {longest} karakter."), format!("At most {longest} characters.")),
            );
        } else if text.chars().any(|character| is_forbidden(character, lines)) {
            self.invalid(
                field,
                "invalid_characters",
                Text::new("Ada karakter yang tidak dapat dipakai.", "It contains characters that cannot be used."),
            );
        }
        text
    }

    /// An id or anything else that is parsed.
    pub fn parsed<T: FromStr>(&mut self, field: &str, given: Option<&str>) -> Option<T> {
        match given.map(str::trim) {
            None | Some("") => {
                self.missing(field);
                None
            }
            Some(text) => {
                let value = text.parse().ok();
                if value.is_none() {
                    self.invalid(
                        field,
                        "invalid_format",
                        Text::new("Bentuknya tidak dikenali.", "This is not of the right form."),
                    );
                }
                value
            }
        }
    }

    /// A day, `2026-11-24`.
    pub fn day(&mut self, field: &str, given: Option<&str>) -> Option<NaiveDate> {
        let given = given.map(str::trim).unwrap_or_default();
        let day = read_day(given);
        if given.is_empty() {
            self.missing(field);
        } else if day.is_none() {
            let text = Text::new("Tulis tanggal seperti 2026-11-24.", "Write a date like 2026-11-24.");
            self.invalid(field, "invalid_format", text);
        }
        day
    }

    /// `true`, or nothing.
    pub fn flag(&mut self, field: &str, given: Option<&str>) -> bool {
        match given {
            None | Some("" | "false") => false,
            Some("true") => true,
            Some(_) => {
                self.invalid(field, "invalid_format", Text::new("Isi true atau false.", "Give true or false."));
                false
            }
        }
    }

    pub fn missing(&mut self, field: &str) {
        if self.is_full() {
            return;
        }
        self.missing.push(FieldProblem {
            field: field.to_owned(),
            code: "required",
            text: Text::new("Wajib diisi.", "This is required."),
        });
    }

    pub fn invalid(&mut self, field: &str, code: &'static str, text: Text) {
        if self.is_full() {
            return;
        }
        self.invalid.push(FieldProblem { field: field.to_owned(), code, text });
    }

    /// A form has no more fields than this: what is beyond is an answer many times as large as the question.
    fn is_full(&self) -> bool {
        self.missing.len() + self.invalid.len() >= MOST_PROBLEMS
    }

    pub fn finish(self) -> Result<(), AppError> {
        if !self.missing.is_empty() {
            return Err(AppError::missing([self.missing, self.invalid].concat()));
        }
        if !self.invalid.is_empty() {
            return Err(AppError::invalid(self.invalid));
        }
        Ok(())
    }
}

fn is_forbidden(character: char, lines: Lines) -> bool {
    match character {
        '\n' | '\t' | '\r' => lines == Lines::One,
        // Bidirectional overrides could make a sentence read as another one.
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(check: Check) -> Vec<&'static str> {
        match check.finish() {
            Err(AppError::Refused(problem)) => problem.errors.iter().map(|error| error.code).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let mut check = Check::new();
        check.text("username", Some("  ".to_owned()), 10, Lines::One);
        check.text("city", Some("x".repeat(11)), 10, Lines::One);
        check.text("note", Some("a\u{0}b".to_owned()), 10, Lines::Many);
        assert_eq!(codes(check), ["required", "too_long", "invalid_characters"]);
    }

    #[test]
    fn an_optional_text_may_be_missing_but_not_wrong() {
        let mut check = Check::new();
        assert_eq!(check.optional_text("breed", None, 10, Lines::One), "");
        check.optional_text("notes", Some("x".repeat(11)), 10, Lines::Many);
        assert_eq!(codes(check), ["too_long"]);
    }

    #[test]
    fn lines_are_allowed_only_where_a_text_has_several() {
        let mut one = Check::new();
        one.text("name", Some("a\nb".to_owned()), 10, Lines::One);
        assert_eq!(codes(one), ["invalid_characters"]);
        let mut many = Check::new();
        many.text("message", Some("a\nb".to_owned()), 10, Lines::Many);
        assert!(codes(many).is_empty());
    }
}
