//! What a summary says, when it is whole, until when it can be corrected, and what it is proved by.

use std::time::Duration;

use sha2::{Digest, Sha256};

use super::entity::record::Model;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::validate::{Check, Lines};

/// So long after it was finished the vet may correct it.
pub const CORRECTABLE: Duration = Duration::from_secs(48 * 3600);
const LONGEST_SECTION: usize = 4_000;
pub const LONGEST_NOTE: usize = 10_000;

/// The words of a summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sections {
    pub complaint: String,
    pub findings: String,
    pub advice: String,
    /// Empty when nothing was prescribed.
    pub prescription: String,
    pub next_step: String,
}

/// The same as they were sent.
#[derive(Debug, Default)]
pub struct Given {
    pub complaint: Option<String>,
    pub findings: Option<String>,
    pub advice: Option<String>,
    pub prescription: Option<String>,
    pub next_step: Option<String>,
}

impl Given {
    fn is_nothing(&self) -> bool {
        let sections = [&self.complaint, &self.findings, &self.advice, &self.prescription, &self.next_step];
        sections.into_iter().all(Option::is_none)
    }
}

/// Words that may be kept; not all of them need be there yet.
pub fn read(given: Given) -> Result<Sections, AppError> {
    let mut check = Check::new();
    if given.is_nothing() {
        // A request that has lost its body must not empty what is there.
        check.missing("body");
    }
    let mut section = |field: &str, text| check.optional_text(field, text, LONGEST_SECTION, Lines::Many);
    let sections = Sections {
        complaint: section("complaint", given.complaint),
        findings: section("findings", given.findings),
        advice: section("advice", given.advice),
        prescription: section("prescription", given.prescription),
        next_step: section("nextStep", given.next_step),
    };
    check.finish()?;
    Ok(sections)
}

/// A finished summary says everything but what was prescribed, which may be nothing.
pub fn check_whole(sections: &Sections) -> Result<(), AppError> {
    let mut check = Check::new();
    for (field, text) in [
        ("complaint", &sections.complaint),
        ("findings", &sections.findings),
        ("advice", &sections.advice),
        ("nextStep", &sections.next_step),
    ] {
        if text.is_empty() {
            check.missing(field);
        }
    }
    check.finish()
}

impl Model {
    pub fn sections(&self) -> Sections {
        Sections {
            complaint: self.complaint.clone(),
            findings: self.findings.clone(),
            advice: self.advice.clone(),
            prescription: self.prescription.clone(),
            next_step: self.next_step.clone(),
        }
    }

    /// The last moment at which a finished one can be corrected.
    pub fn editable_until(&self) -> Option<Timestamp> {
        self.finished_at.map(|finished_at| finished_at + CORRECTABLE)
    }

    /// SHA-256 of the code, the revision and the five sections, each preceded by its length in bytes, in hexadecimal: a
    /// copy with other words has another.
    pub fn fingerprint(&self) -> String {
        let revision = self.revision.to_string();
        let parts = [
            self.code.as_deref().unwrap_or_default(),
            &revision,
            &self.complaint,
            &self.findings,
            &self.advice,
            &self.prescription,
            &self.next_step,
        ];
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(format!("{}:{part}", part.len()));
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Codes are read off paper: small letters, spaces and hyphens do not matter.
pub fn read_code(given: &str) -> String {
    given.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// How a code stands on paper: in groups of four.
pub fn show_code(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;
    use crate::accounts::AccountId;
    use crate::subjects::ConsultationId;

    fn whole() -> Sections {
        let text = |word: &str| word.to_owned();
        Sections {
            complaint: text("muntah"),
            findings: text("dehidrasi ringan"),
            advice: text("beri minum sedikit-sedikit"),
            prescription: String::new(),
            next_step: text("kontrol besok"),
        }
    }

    fn record(sections: Sections) -> Model {
        Model {
            consultation_id: ConsultationId::new(),
            doctor_id: AccountId::new(),
            complaint: sections.complaint,
            findings: sections.findings,
            advice: sections.advice,
            prescription: sections.prescription,
            next_step: sections.next_step,
            code: Some("ABCD1234EFGH".to_owned()),
            licence_number: None,
            revision: 1,
            finished_at: Some(Timestamp::from_millis(0)),
            updated_at: Timestamp::from_millis(0),
        }
    }

    #[test]
    fn nothing_but_the_prescription_may_be_missing() {
        assert!(check_whole(&whole()).is_ok());
        let Err(AppError::Refused(problem)) = check_whole(&Sections::default()) else { panic!("it is not whole") };
        let fields: Vec<&str> = problem.errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["complaint", "findings", "advice", "nextStep"]);
    }

    #[test]
    fn words_that_move_from_one_section_to_the_next_change_the_fingerprint() {
        let print = record(whole()).fingerprint();
        assert_eq!(print.len(), 64);
        assert_eq!(print, record(whole()).fingerprint());
        let moved = Sections { complaint: "muntahde".to_owned(), findings: "hidrasi ringan".to_owned(), ..whole() };
        assert_ne!(print, record(moved).fingerprint());
        assert_ne!(print, Model { revision: 2, ..record(whole()) }.fingerprint());
    }

    #[test]
    fn codes_are_read_off_paper() {
        assert_eq!(read_code(" abcd-1234 efgh\n"), "ABCD1234EFGH");
        assert_eq!(show_code("ABCD1234EFGH"), "ABCD-1234-EFGH");
    }

    #[test]
    fn too_long_a_section_is_named() {
        let given = Given { next_step: Some("x".repeat(4_001)), ..Given::default() };
        let Err(AppError::Refused(problem)) = read(given) else { panic!("it is too long") };
        assert_eq!(
            problem.errors.first().map(|error| (error.field.as_str(), error.code)),
            Some(("nextStep", "too_long"))
        );
    }
}
