//! What an account's fields may look like.

use platform::http::validate::{Check, Lines};
use platform::text::Text;
use platform::{phone, written};

pub const LONGEST_NAME: usize = 80;
const LONGEST_EMAIL: usize = 254;
const SHORTEST_PASSWORD: usize = 8;
/// bcrypt ignores all beyond 72 bytes; silently accepting more would promise a strength that is not there.
const LONGEST_PASSWORD_BYTES: usize = 72;

/// The one form in which an e-mail is stored and looked up. Its domain is in ASCII where it has such a form.
pub fn normalize_email(email: &str) -> String {
    let email = written::identity(&written::identity(email).to_lowercase());
    match email.rsplit_once('@') {
        Some((local, domain)) if !domain.is_ascii() => {
            let domain = idna::domain_to_ascii_strict(domain).unwrap_or_else(|_| domain.to_owned());
            format!("{local}@{domain}")
        }
        _ => email,
    }
}

/// The one form in which a password is hashed and compared.
pub fn normalize_password(password: &str) -> String {
    written::password(password)
}

/// Whether a password can be anybody's: bcrypt would compare less than all of any other.
pub fn is_possible_password(password: &str) -> bool {
    password.len() <= LONGEST_PASSWORD_BYTES && !password.contains('\0')
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

/// A number that could be called, in E.164.
pub fn check_phone_number(check: &mut Check, given: Option<String>) -> String {
    let given = given.unwrap_or_default();
    let number = phone::read(&given);
    if written::line(&given).is_empty() {
        check.missing("phone_number");
    } else if number.is_none() {
        check.invalid(
            "phone_number",
            "invalid_phone_number",
            Text::new(
                "Tulis nomor WhatsApp, contoh: 0812 3456 7890",
                "Write a phone number, for example: +62 812 3456 7890",
            ),
        );
    }
    number.unwrap_or_default()
}

pub fn check_new_password(check: &mut Check, given: Option<String>) -> String {
    let password = normalize_password(&given.unwrap_or_default());
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
        for given in [
            "  Rara@Contoh.ID ",
            "RARA@contoh.id\u{200b}",
            "ｒａｒａ＠ｃｏｎｔｏｈ．ｉｄ",
            "\u{202a}rara@contoh.id\u{202c}",
        ] {
            assert_eq!(normalize_email(given), "rara@contoh.id", "{given:?}");
        }
        for given in ["é@bücher.example", "E\u{301}@BÜCHER.example", "é@xn--bcher-kva.example"] {
            assert_eq!(normalize_email(given), "é@xn--bcher-kva.example", "{given:?}");
        }
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
    fn a_phone_number_is_kept_in_one_form() {
        let mut check = Check::new();
        assert_eq!(check_phone_number(&mut check, Some("0812 3456-7890".to_owned())), "+6281234567890");
        assert!(check.finish().is_ok());
        for bad in ["12345", "0812x4567890", " ", "\u{200b}"] {
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
