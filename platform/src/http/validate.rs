//! Reads fields one by one and collects everything that is wrong, so that a form is mended in one go.

use std::str::FromStr;

use chrono::NaiveDate;

use super::error::AppError;
use super::problem::FieldProblem;
use crate::day::read_day;
use crate::text::Text;
use crate::written;

/// How many lines a text may have.
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

    /// A text in the form in which it is kept (`written.rs`), of at most `longest` characters. The result is only of use after [`Check::finish`].
    pub fn text(&mut self, field: &str, given: Option<String>, longest: usize, lines: Lines) -> String {
        let text = self.optional_text(field, given, longest, lines);
        if text.is_empty() {
            self.missing(field);
        }
        text
    }

    /// The same for a text that may be left out; it is empty then.
    pub fn optional_text(&mut self, field: &str, given: Option<String>, longest: usize, lines: Lines) -> String {
        let given = given.unwrap_or_default();
        let text = match lines {
            Lines::One => written::line(&given),
            Lines::Many => written::lines(&given),
        };
        if text.chars().count() > longest {
            self.invalid(
                field,
                "too_long",
                Text::new(format!("Paling banyak {longest} karakter."), format!("At most {longest} characters.")),
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
        check.text("note", Some("\u{200b}".to_owned()), 10, Lines::Many);
        assert_eq!(codes(check), ["required", "required", "too_long"]);
    }

    #[test]
    fn an_optional_text_may_be_missing_but_not_wrong() {
        let mut check = Check::new();
        assert_eq!(check.optional_text("breed", None, 10, Lines::One), "");
        check.optional_text("notes", Some("x".repeat(11)), 10, Lines::Many);
        assert_eq!(codes(check), ["too_long"]);
    }

    #[test]
    fn a_text_is_taken_in_its_one_form_and_measured_in_it() {
        let mut check = Check::new();
        assert_eq!(check.text("name", Some("a\nb\u{202E}".to_owned()), 3, Lines::One), "a b");
        assert_eq!(check.text("message", Some("a\r\nb\u{0}".to_owned()), 3, Lines::Many), "a\nb");
        assert!(codes(check).is_empty());
    }
}
