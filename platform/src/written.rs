//! What people write, brought to the one form in which it is kept and compared. Nothing that can be written is refused for
//! its characters: what nobody sees is dropped, and what turns the direction of a sentence too.

use std::borrow::Cow;

use icu_properties::CodePointSetData;
use icu_properties::props::{BidiControl, DefaultIgnorableCodePoint};
use unicode_normalization::UnicodeNormalization;

/// A text of several lines: composed letters, `\n` at the end of a line, no controls. Empty when there is nothing to see.
pub fn lines(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            // A line ends in one way or another; `\r\n` is one end.
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            '\t' => kept.push(letter),
            other if other.is_control() || turns_direction(other) => {}
            other => kept.push(other),
        }
    }
    composed(&kept)
}

/// A text of one line, such as a name: besides, white space is a single space, and nothing is invisible but what holds
/// letters and pictures together.
pub fn line(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for letter in lines(text).chars() {
        if letter.is_whitespace() {
            if !kept.ends_with(' ') {
                kept.push(' ');
            }
        } else if !is_invisible(letter) || holds_together(letter) {
            kept.push(letter);
        }
    }
    composed(&kept)
}

/// What is compared and never drawn, such as an address or a code: compatible letters are alike, and nothing is invisible.
pub fn identity(text: &str) -> String {
    let seen =
        text.chars().filter(|letter| !letter.is_control() && !is_invisible(*letter) && !turns_direction(*letter));
    let alike: String = seen.nfkc().collect();
    alike.trim().to_owned()
}

/// A password, which keyboards write in composed letters or in single ones. Spaces of other widths are spaces.
pub fn password(text: &str) -> String {
    let spaced = text.chars().map(|letter| if letter.is_whitespace() && !letter.is_control() { ' ' } else { letter });
    spaced.nfc().collect()
}

/// JSON in which half a character outside the first plane (`\ud83d` without its other half, as is left of an emoji that was
/// cut) is U+FFFD: JSON allows to write it, and no string can hold it.
pub fn without_half_surrogates(json: &[u8]) -> Cow<'_, [u8]> {
    let mut mended = Cow::Borrowed(json);
    let mut at = 0;
    while let Some(next) = json.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        at += next;
        at += match (escaped_unit(json, at), escaped_unit(json, at + ESCAPE)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 2 * ESCAPE,
            (Some(0xD800..=0xDFFF), _) => {
                mended.to_mut()[at..at + ESCAPE].copy_from_slice(b"\\uFFFD");
                ESCAPE
            }
            (Some(_), _) => ESCAPE,
            // The letter after a backslash, which may be a backslash.
            (None, _) => 2,
        };
    }
    mended
}

/// The bytes of `\ud83d`.
const ESCAPE: usize = 6;

/// The UTF-16 unit of a `\u` escape.
fn escaped_unit(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + ESCAPE)?.strip_prefix(b"\\u")?;
    let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
    let digits = is_hex.then(|| std::str::from_utf8(digits).ok()).flatten()?;
    u16::from_str_radix(digits, 16).ok()
}

fn composed(text: &str) -> String {
    let begun = text.trim_start_matches(|letter: char| letter.is_whitespace() || is_invisible(letter));
    // At the end an emoji may keep its colour and shape.
    let hides = |letter: char| letter.is_whitespace() || (is_invisible(letter) && !holds_together(letter));
    begun.trim_end_matches(hides).nfc().collect()
}

fn turns_direction(letter: char) -> bool {
    const { CodePointSetData::new::<BidiControl>() }.contains(letter)
}

/// What has no shape of its own: it joins or styles its neighbours, or hides.
pub fn is_invisible(letter: char) -> bool {
    const { CodePointSetData::new::<DefaultIgnorableCodePoint>() }.contains(letter)
        // Drawn as nothing, although Unicode has them as a pattern, a note and marks of ruby text.
        || matches!(letter, '\u{2800}' | '\u{1D159}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Joiners of letters, and what makes one emoji of several: the parts of a family, a colour, a flag.
fn holds_together(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0020}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAMILY: &str = "👨\u{200d}👩\u{200d}👧\u{200d}👦 ❤\u{fe0f} 🏴\u{e0067}\u{e0062}\u{e007f}";

    #[test]
    fn lines_keep_what_can_be_seen() {
        for (given, kept) in [
            ("  halo \n", "halo"),
            ("Miko\u{202A} muntah\u{202C}", "Miko muntah"),
            ("\u{2068}Miko\u{2069} \u{200F}muntah\u{061C}", "Miko muntah"),
            ("satu\u{b}dua\u{c}tiga\u{85}empat\u{2028}lima\u{2029}enam", "satu\ndua\ntiga\nempat\nlima\nenam"),
            ("satu\r\ndua\rtiga\n\nempat\tlima", "satu\ndua\ntiga\n\nempat\tlima"),
            ("a\u{0}b\u{3}c\u{7f}d\u{9b}e", "abcde"),
            ("cafe\u{301}", "café"),
            ("½ ㎏", "½ ㎏"),
            (FAMILY, FAMILY),
            ("tak\u{200b}tampak", "tak\u{200b}tampak"),
            ("\u{feff} halo\u{200b} ", "halo"),
        ] {
            assert_eq!(lines(given), kept, "{given:?}");
        }
    }

    #[test]
    fn lines_of_nothing_to_see_are_empty() {
        for given in [
            "",
            " \n\t",
            "\u{200b}\u{feff}",
            "\u{3164}",
            "\u{115f}\u{1160}\u{ffa0}",
            "\u{2800} \u{2800}",
            "\u{202e}",
            "\u{ad}\u{34f}\u{180e}",
            "\u{200d}\u{fe0f}",
            "\u{e0041}",
            "\u{a0}\u{3000}",
            "\u{0}\u{1b}",
        ] {
            assert_eq!((lines(given), line(given)), (String::new(), String::new()), "{given:?}");
        }
    }

    #[test]
    fn a_line_has_single_spaces_and_nothing_that_hides() {
        for (given, kept) in [
            (" Rara\u{a0}  Anindita\n", "Rara Anindita"),
            ("Mi\u{200b}\u{ad}ko\u{feff}", "Miko"),
            ("a\r\nb\u{b}c\td", "a b c d"),
            (FAMILY, FAMILY),
            ("Mi\u{202E}ko", "Miko"),
            ("ک\u{200c}ها", "ک\u{200c}ها"),
        ] {
            assert_eq!(line(given), kept, "{given:?}");
        }
    }

    #[test]
    fn an_identity_is_one_whatever_the_keyboard() {
        for given in [
            "rara@contoh.id",
            " rara@contoh.id\u{200b}",
            "ｒａｒａ＠ｃｏｎｔｏｈ．ｉｄ",
            "\u{202a}rara@contoh.id\u{202c}",
        ] {
            assert_eq!(identity(given), "rara@contoh.id", "{given:?}");
        }
    }

    #[test]
    fn a_password_is_one_in_composed_letters_and_in_single_ones() {
        assert_eq!(password("ruk\u{301}o\u{a0}besar"), password("ruḱo besar"));
        assert_ne!(password("rahasia \u{200b}"), password("rahasia "), "nothing of it is lost");
    }

    #[test]
    fn half_a_character_is_the_replacement_character() {
        for (given, mended) in [
            (r#""\ud83d\ude3a""#, r#""\ud83d\ude3a""#),
            (r#""a\ud83d""#, r#""a\uFFFD""#),
            (r#""\uDE3Ab""#, r#""\uFFFDb""#),
            (r#""\ud83d\ud83d\ude3a""#, r#""\uFFFD\ud83d\ude3a""#),
            (r#""\ude3a\ud83d""#, r#""\uFFFD\uFFFD""#),
            (r#""\ud83d\n""#, r#""\uFFFD\n""#),
            (r#""\\ud83d""#, r#""\\ud83d""#),
            (r#""\\\ud83d""#, r#""\\\uFFFD""#),
            (r#""\ud8""#, r#""\ud8""#),
            (r#""\u00e9 \" \\""#, r#""\u00e9 \" \\""#),
            ("\\", "\\"),
        ] {
            assert_eq!(without_half_surrogates(given.as_bytes()), mended.as_bytes(), "{given}");
        }
    }

    proptest::proptest! {
        #[test]
        fn one_form_is_its_own_form(text: String) {
            for form in [lines, line, identity, password] {
                let once = form(&text);
                assert_eq!(form(&once), once);
            }
        }
    }
}
