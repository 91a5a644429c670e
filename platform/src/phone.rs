//! Phone numbers: read as people in Indonesia write them, kept in E.164 (`+6281234567890`).

use rlibphonenumber::enums::Region;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use crate::written;

/// The digits of a number, and how people part them.
const LONGEST: usize = 40;

/// A number that could be called, in E.164: of Indonesia unless it says another country. Nothing when it is none.
pub fn read(given: &str) -> Option<String> {
    let text = written::identity(given);
    if text.len() > LONGEST {
        return None;
    }
    // Dialled from abroad; Indonesia's own ways out are others, so no library reads it.
    let text = text.strip_prefix("00").map_or_else(|| text.clone(), |rest| format!("+{rest}"));
    let number = PHONE_NUMBER_UTIL.parse(&text, Some(Region::ID)).ok()?;
    number.is_valid().then(|| number.format_as(PhoneNumberFormat::E164).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_one_however_it_is_written() {
        for given in [
            "081234567890",
            "0812-3456-7890",
            "0812 3456 7890",
            "0812.3456.7890",
            "(0812) 3456 7890",
            "62 812 3456 7890",
            "6281234567890",
            "+62 812-3456-7890",
            "+62 (0)812 3456 7890",
            "81234567890",
            "0062 812 3456 7890",
            "tel:+62-812-3456-7890",
            "\u{202a}+62 812 3456 7890\u{202c}",
            "0812\u{a0}3456\u{2011}7890",
            "０８１２３４５６７８９０",
            "0812\u{200b}34567890",
        ] {
            assert_eq!(read(given).as_deref(), Some("+6281234567890"), "{given:?}");
        }
    }

    #[test]
    fn other_countries_say_so_and_landlines_are_numbers_too() {
        assert_eq!(read("+65 8123 4567").as_deref(), Some("+6581234567"));
        assert_eq!(read("021-5551234").as_deref(), Some("+62215551234"));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for given in ["", "12345", "0812x4567890", "0812345678901234567", "rara@contoh.id", "+999 123", "08", "٠"] {
            assert_eq!(read(given), None, "{given:?}");
        }
    }
}
