//! What an account's fields may look like.

use platform::http::validate::{Check, Lines};
use platform::text::Text;

pub const LONGEST_NAME: usize = 80;
const LONGEST_EMAIL: usize = 254;
const SHORTEST_PASSWORD: usize = 8;
/// bcrypt ignores all beyond 72 bytes; silently accepting more would promise a strength that is not there.
const LONGEST_PASSWORD_BYTES: usize = 72;

/// The one form in which an e-mail is stored and looked up.
pub fn normalize_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// A name shown to others, on one line.
pub fn check_username(check: &mut Check, given: Option<String>) -> String {
    check.text("username", given, LONGEST_NAME, Lines::One)
}

pub fn check_email(check: &mut Check, given: Option<String>) -> String {
    let email = normalize_email(&given.unwrap_or_default());
    if email.is_empty() {
        check.missing("email");
    } else if !looks_like_email(&email) {
        check.invalid(
            "email",
            "invalid_email",
            Text::new("Tulis lengkap, contoh: rara@contoh.id", "Write it in full, for example: rara@example.org"),
        );
    }
    email
}

/// 8 to 15 digits, perhaps with a leading plus, spaces, dots or hyphens; kept as the person wrote it.
pub fn check_phone_number(check: &mut Check, given: Option<String>) -> String {
    let phone = given.as_deref().map(str::trim).unwrap_or_default().to_owned();
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let known = phone.strip_prefix('+').unwrap_or(&phone).chars().all(|c| c.is_ascii_digit() || " -.".contains(c));
    if phone.is_empty() {
        check.missing("phone_number");
    } else if !known || !(8..=15).contains(&digits) || phone.len() > 20 {
        check.invalid(
            "phone_number",
            "invalid_phone_number",
            Text::new(
                "Tulis nomor WhatsApp, contoh: 0812 3456 7890",
                "Write a phone number, for example: +62 812 3456 7890",
            ),
        );
    }
    phone
}

pub fn check_new_password(check: &mut Check, given: Option<String>) -> String {
    let password = given.unwrap_or_default();
    if password.is_empty() {
        check.missing("password");
    } else if password.chars().count() < SHORTEST_PASSWORD {
        check.invalid("password", "too_short", Text::new("Paling sedikit 8 karakter.", "At least 8 characters."));
    } else if password.len() > LONGEST_PASSWORD_BYTES {
        check.invalid("password", "too_long", Text::new("Paling banyak 72 byte.", "At most 72 bytes."));
    } else if password.contains('\0') {
        check.invalid(
            "password",
            "invalid_characters",
            Text::new("Ada karakter yang tidak dapat dipakai.", "It contains characters that cannot be used."),
        );
    }
    password
}

/// Enough to catch slips; whether the address exists only a mail can tell.
fn looks_like_email(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else { return false };
    let is_plain =
        |text: &str| text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>(),;:\"[]\\".contains(c));
    email.len() <= LONGEST_EMAIL
        && !local.is_empty()
        && local.len() <= 64
        && !local.contains('@')
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
        && is_plain(local)
        && is_plain(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_one_address_are_one_account() {
        assert_eq!(normalize_email("  Rara@Contoh.ID "), "rara@contoh.id");
    }

    #[test]
    fn slips_in_an_email_are_caught() {
        for good in ["rara@contoh.id", "r.a+b@mail.contoh.co.id", "o'neil@contoh.id"] {
            assert!(looks_like_email(good), "{good}");
        }
        for bad in [
            "rara",
            "rara@",
            "@contoh.id",
            "rara@contoh",
            "ra ra@contoh.id",
            "a@b@contoh.id",
            "a@.id",
            "a@-b.id",
            "a\u{0}@b.id",
        ] {
            assert!(!looks_like_email(bad), "{bad}");
        }
    }

    #[test]
    fn phone_numbers_are_taken_as_people_write_them() {
        for good in ["081234567890", "+6281234567890", "62 812-3456-7890"] {
            let mut check = Check::new();
            check_phone_number(&mut check, Some(good.to_owned()));
            assert!(check.finish().is_ok(), "{good}");
        }
        for bad in ["12345", "0812x4567890", "++62812345678", "0812345678901234567"] {
            let mut check = Check::new();
            check_phone_number(&mut check, Some(bad.to_owned()));
            assert!(check.finish().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_that_bcrypt_would_cut_is_refused() {
        let mut check = Check::new();
        check_new_password(&mut check, Some("ä".repeat(37)));
        assert!(check.finish().is_err());
    }
}
