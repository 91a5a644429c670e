//! Which scripts of a page have no typeface, to be said in words.

use unicode_script::{Script, UnicodeScript};

use super::marks::{Mark, Page};

/// The glyph of every typeface for what it does not have.
const BOX: u32 = 0;

/// The scripts whose letters are boxes on a page, each once, by their names in Indonesian and in English.
pub fn without_a_face(page: &Page) -> Vec<[&'static str; 2]> {
    let mut names = Vec::new();
    for mark in &page.marks {
        let Mark::Text { line, .. } = mark else { continue };
        for glyph in line.glyphs.iter().filter(|glyph| glyph.id == BOX) {
            let letters = line.text.get(glyph.range.clone()).unwrap_or_default().chars();
            let scripts = letters.map(|letter| letter.script()).filter(|script| *script != Script::Inherited);
            names.extend(scripts.map(name_of));
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

fn name_of(script: Script) -> [&'static str; 2] {
    match script {
        Script::Arabic => ["Arab", "Arabic"],
        Script::Balinese => ["Bali", "Balinese"],
        Script::Hebrew => ["Ibrani", "Hebrew"],
        Script::Javanese => ["Jawa", "Javanese"],
        Script::Sundanese => ["Sunda", "Sundanese"],
        Script::Common | Script::Unknown => ["lambang lain", "other signs"],
        other => [other.full_name(), other.full_name()],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;
    use crate::pdf::fonts::{FaceId, Fonts};
    use crate::pdf::marks::{INK, Style};
    use crate::pdf::text;

    #[test]
    fn scripts_without_a_face_are_named_once() {
        let fonts = Fonts::load().unwrap();
        let style = Style { face: FaceId::Medium, size: 10.0, colour: INK };
        let said = ["5 μg/kg ✓ ℃ 🐱", "猫 dan 犬", "السلام"];
        let line = |text| Mark::Text { x: 0.0, baseline: 0.0, style, line: text::line(&fonts, FaceId::Medium, text) };
        let page = Page { marks: said.into_iter().map(line).collect() };
        assert_eq!(without_a_face(&page), [["Arab", "Arabic"], ["Han", "Han"]]);
        assert!(without_a_face(&Page { marks: vec![line("Kucing saya 🐾")] }).is_empty());
    }
}
