//! What a licence says, and when it ends.

use chrono::NaiveDate;

use super::entity::LicenceKind;
use platform::clock::Timestamp;
use platform::day::read_day;
use platform::http::validate::{Check, Lines};
use platform::text::Text;
use platform::zone::Zone;

const LONGEST_NUMBER: usize = 60;
const LONGEST_ISSUER: usize = 120;

/// As it was sent.
#[derive(Debug, Default)]
pub struct Given {
    pub kind: Option<LicenceKind>,
    pub number: Option<String>,
    pub issuer: Option<String>,
    pub expires_on: Option<String>,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licensed {
    pub kind: LicenceKind,
    pub number: String,
    pub issuer: String,
    /// The last day.
    pub expires_on: String,
}

/// Reads a licence that is handed in now. `prefix` names its place in a larger form: `licence.` or nothing.
pub fn read(check: &mut Check, prefix: &str, given: Given, now: Timestamp) -> Licensed {
    let field = |name: &str| format!("{prefix}{name}");
    if given.kind.is_none() {
        check.missing(&field("kind"));
    }
    Licensed {
        kind: given.kind.unwrap_or(LicenceKind::Sip),
        number: check.text(&field("number"), given.number, LONGEST_NUMBER, Lines::One),
        issuer: check.text(&field("issuer"), given.issuer, LONGEST_ISSUER, Lines::One),
        expires_on: last_day(check, &field("expiresOn"), given.expires_on.as_deref(), now),
    }
}

fn last_day(check: &mut Check, field: &str, given: Option<&str>, now: Timestamp) -> String {
    let Some(day) = check.day(field, given) else { return String::new() };
    if end_of(day) <= now {
        check.invalid(field, "in_past", Text::new("Izin ini sudah habis masa berlakunya.", "This licence has ended."));
    }
    day.to_string()
}

/// The end of the last day in Asia/Jakarta; nothing for what is no day.
pub fn ends_at(expires_on: &str) -> Option<Timestamp> {
    read_day(expires_on).map(end_of)
}

fn end_of(day: NaiveDate) -> Timestamp {
    Zone::Wib.instant(day, 24 * 60)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;
    use platform::http::error::AppError;

    fn codes(expires_on: &str) -> Vec<&'static str> {
        // 22 November 2026, 15.00 WIB.
        let now = Timestamp::from_millis(1_795_334_400_000);
        let mut check = Check::new();
        last_day(&mut check, "expiresOn", Some(expires_on), now);
        match check.finish() {
            Err(AppError::Refused(problem)) => problem.errors.iter().map(|error| error.code).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_licence_holds_through_its_last_day() {
        assert!(codes("2026-11-22").is_empty());
        assert_eq!(codes("2026-11-21"), ["in_past"]);
        for wrong in
            ["2026-02-30", "kapan-kapan", "22-11-2026", "2026-11-22T00:00:00Z", "+12026-11-22", "+262142-12-31"]
        {
            assert_eq!(codes(wrong), ["invalid_format"], "{wrong}");
        }
        assert!(codes("9999-12-31").is_empty());
        let ends_at = ends_at("2026-11-22").unwrap();
        assert_eq!(serde_json::to_value(ends_at).unwrap(), "2026-11-22T17:00:00.000Z");
    }
}
