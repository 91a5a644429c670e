//! What a search finds and how far one request looks. Letters are compared in here and not by the database: SQLite knows
//! the case of ASCII letters only, PostgreSQL that of its locale (`docs/decisions/0011-search-reads-the-log.md`).

use std::fmt::{self, Display};
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use crate::chat::ConversationId;
use crate::chat::entity::Model;
use platform::http::validate::{Check, Lines};
use platform::text::Text;

const SHORTEST_NEEDLE: usize = 2;
const LONGEST_NEEDLE: usize = 100;

/// What somebody looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    folded: String,
}

/// Checks the words that somebody looks for.
pub fn check_needle(check: &mut Check, given: Option<String>) -> Needle {
    let text = check.text("q", given, LONGEST_NEEDLE, Lines::Many);
    if !text.is_empty() && text.chars().count() < SHORTEST_NEEDLE {
        check.invalid(
            "q",
            "too_short",
            Text::new(
                format!("Tulis paling sedikit {SHORTEST_NEEDLE} karakter."),
                format!("Write at least {SHORTEST_NEEDLE} characters."),
            ),
        );
    }
    Needle { folded: fold(&text) }
}

impl Needle {
    pub fn is_in(&self, text: &str) -> bool {
        fold(text).contains(&self.folded)
    }

    /// A pattern for LIKE on lower-cased text that leaves nothing out which [`Self::is_in`] would find: what the
    /// databases may see differently, and what LIKE would take for a sign of its own, stands for anything.
    pub fn pattern(&self) -> String {
        let mut pattern = String::from("%");
        for character in self.folded.chars() {
            if is_alike_everywhere(character) {
                pattern.push(character);
            } else if !pattern.ends_with('%') {
                pattern.push('%');
            }
        }
        if !pattern.ends_with('%') {
            pattern.push('%');
        }
        pattern
    }
}

/// Folds to itself from itself or from its capital, and from nothing else. Not so `i` (from `İ`) and `k` (from the sign of
/// kelvin).
fn is_alike_everywhere(character: char) -> bool {
    (character.is_ascii_alphanumeric() && !matches!(character, 'i' | 'k')) || character == ' '
}

/// A text without what a search overlooks: case, and whether an accent is a part of its letter or follows it. Accents
/// themselves count, and so does `ß`, which is `ẞ` but not `ss`.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfc().map(fold_letter).collect()
}

/// Letter by letter: only `İ` becomes two, an `i` and a dot, and people type the `i`.
fn fold_letter(letter: char) -> char {
    match letter {
        'ς' => 'σ',
        other => other.to_lowercase().next().unwrap_or(other),
    }
}

/// A place in somebody's messages as a search goes through them: newest conversation first, its newest message first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub conversation: ConversationId,
    pub seq: i32,
}

impl Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.conversation, self.seq)
    }
}

impl FromStr for Position {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (conversation, seq) = text.split_once('.').ok_or(())?;
        let seq = seq.parse().ok().filter(|seq| *seq >= 1).ok_or(())?;
        Ok(Self { conversation: conversation.parse().map_err(|_| ())?, seq })
    }
}

/// A part of a conversation to look through: `after < seq < before`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub conversation: ConversationId,
    pub after: i32,
    pub before: i32,
}

impl Stretch {
    fn count(&self) -> i32 {
        self.before - self.after - 1
    }

    /// The last place in it.
    pub fn end(&self) -> Position {
        Position { conversation: self.conversation, seq: self.after + 1 }
    }
}

/// What to look through behind a position, at most so many messages. Numbers without gaps tell how many that are before
/// a single one is read.
pub fn plan(conversations: &[Model], behind: Option<Position>, most: i32) -> Vec<Stretch> {
    let mut left = most;
    let mut stretches = Vec::new();
    for conversation in conversations {
        let here = behind.filter(|position| position.conversation == conversation.id);
        let before = here.map_or(i32::MAX, |position| position.seq).min(conversation.last_seq.saturating_add(1));
        let count = (before - 1).min(left);
        if count > 0 {
            stretches.push(Stretch { conversation: conversation.id, after: before - 1 - count, before });
            left -= count;
        }
    }
    stretches
}

/// How many messages lie in the stretches down to a position in one of them.
pub fn looked_through(stretches: &[Stretch], reached: Position) -> i32 {
    let mut count = 0;
    for stretch in stretches {
        if stretch.conversation == reached.conversation {
            return count + stretch.before - reached.seq;
        }
        count += stretch.count();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::AccountId;
    use crate::chat::entity::ConversationStatus;
    use crate::subjects::ConsultationId;
    use platform::clock::Timestamp;

    fn needle(text: &str) -> Needle {
        check_needle(&mut Check::new(), Some(text.to_owned()))
    }

    #[test]
    fn letters_are_found_whatever_their_case() {
        for (text, sought, is_found) in [
            ("Kucing saya MUNTAH sejak pagi", "muntah", true),
            ("Kucing saya muntah", "KUCING SAYA", true),
            ("anak kucing", "kucingku", false),
            ("Éclair, si kucing", "éclair", true),
            ("ÑOÑO sudah makan", "ñoño", true),
            ("Cafe\u{301} Kucing", "CAFÉ", true),
            ("café", "cafe", false),
            ("ПРИВЕТ", "привет", true),
            ("ΣΊΣΥΦΟΣ", "σίσυφος", true),
            ("STRAẞE", "straße", true),
            ("straße", "strasse", false),
            ("İSTANBUL", "istanbul", true),
            ("I\u{307}stanbul", "istanbul", true),
            ("300 \u{212A}", "300 k", true),
            ("si oren 🐱🐾 lucu", "🐱🐾", true),
            ("👩🏽‍⚕️ dokter", "👩🏽‍⚕️", true),
            ("100% sembuh", "100%", true),
            ("1000 sembuh", "100%", false),
            ("a_b", "a_b", true),
            ("axb", "a_b", false),
            ("C:\\foto", "c:\\f", true),
            ("baris\nkedua", "baris\nkedua", true),
        ] {
            assert_eq!(needle(sought).is_in(text), is_found, "{sought:?} in {text:?}");
        }
    }

    #[test]
    fn a_pattern_has_no_signs_but_its_own() {
        for (sought, pattern) in [
            ("Muntah", "%muntah%"),
            ("kucing", "%uc%ng%"),
            ("50%_\\';--", "%50%"),
            ("ayam é goreng", "%ayam % goreng%"),
            ("🐱🐾", "%"),
            ("ki", "%"),
        ] {
            assert_eq!(needle(sought).pattern(), pattern, "{sought}");
        }
    }

    #[test]
    fn no_other_letter_folds_to_one_that_a_pattern_holds() {
        for character in ('\u{80}'..=char::MAX).filter(|character| !character.is_ascii()) {
            let mut folded = std::iter::once(character).nfc().map(fold_letter);
            assert!(!folded.any(is_alike_everywhere), "{character:?} folds to a letter of ASCII");
        }
    }

    #[test]
    fn needles_have_2_to_100_characters() {
        for (sought, is_fine) in [
            (None, false),
            (Some(String::new()), false),
            (Some("   ".to_owned()), false),
            (Some(" a ".to_owned()), false),
            (Some("ab".to_owned()), true),
            (Some("🐱🐱".to_owned()), true),
            (Some("é".repeat(100)), true),
            (Some("é".repeat(101)), false),
            (Some("nul\u{0}".to_owned()), true),
            (Some("\u{202E}\u{200b}".to_owned()), false),
        ] {
            let mut check = Check::new();
            check_needle(&mut check, sought.clone());
            assert_eq!(check.finish().is_ok(), is_fine, "{sought:?}");
        }
    }

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let position = Position { conversation: ConversationId::new(), seq: 7 };
        assert_eq!(position.to_string().parse(), Ok(position));
        for wrong in ["", "7", "x.7", &format!("{}.0", position.conversation), &format!("{}.", position.conversation)] {
            assert!(wrong.parse::<Position>().is_err(), "{wrong:?}");
        }
    }

    fn conversation(last_seq: i32) -> Model {
        let now = Timestamp::from_millis(0);
        Model {
            id: ConversationId::new(),
            consultation_id: ConsultationId::new(),
            owner_id: AccountId::new(),
            doctor_id: AccountId::new(),
            status: ConversationStatus::Ended,
            last_seq,
            owner_delivered_seq: 0,
            owner_read_seq: 0,
            doctor_delivered_seq: 0,
            doctor_read_seq: 0,
            is_follow_up: false,
            created_at: now,
            updated_at: now,
            ended_at: None,
        }
    }

    #[test]
    fn a_plan_stays_within_its_budget_and_loses_nothing() {
        let conversations = [conversation(5), conversation(0), conversation(7), conversation(1)];
        for most in 1..=13 {
            let mut behind = None;
            let mut seen = 0;
            loop {
                let rest = conversations
                    .iter()
                    .skip_while(|each| behind.is_some_and(|at: Position| at.conversation != each.id));
                let stretches = plan(&rest.cloned().collect::<Vec<_>>(), behind, most);
                let Some(last) = stretches.last() else { break };
                let count = looked_through(&stretches, last.end());
                assert!(count <= most && count == stretches.iter().map(Stretch::count).sum::<i32>());
                seen += count;
                behind = Some(last.end());
            }
            assert_eq!(seen, 13, "at most {most} at a time");
        }
    }

    #[test]
    fn what_was_looked_through_is_counted_to_the_message() {
        let conversations = [conversation(5), conversation(7)];
        let stretches = plan(&conversations, Some(Position { conversation: conversations[0].id, seq: 4 }), 100);
        assert_eq!(looked_through(&stretches, Position { conversation: conversations[0].id, seq: 2 }), 2);
        assert_eq!(looked_through(&stretches, Position { conversation: conversations[1].id, seq: 6 }), 5);
    }
}
