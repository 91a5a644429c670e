//! Breaking texts into lines.

use std::sync::Arc;

use super::fonts::{FaceId, Fonts, Glyph};

/// Glyphs that stand beside each other.
#[derive(Clone, Debug)]
pub struct Line {
    /// What the glyphs' ranges refer to; may be longer than the line.
    pub text: Arc<str>,
    pub glyphs: Vec<Glyph>,
    /// In ems, without the space at its end.
    pub width: f32,
}

impl Line {
    fn new(text: &Arc<str>, glyphs: &[Glyph]) -> Self {
        let kept = glyphs.iter().rposition(|glyph| !is_space(text, glyph)).map_or(0, |last| last + 1);
        let width = glyphs[..kept].iter().map(|glyph| glyph.advance).sum();
        Self { text: text.clone(), glyphs: glyphs[..kept].to_vec(), width }
    }
}

/// A text on one line, however long.
pub fn line(fonts: &Fonts, face: FaceId, text: &str) -> Line {
    let text: Arc<str> = text.replace(['\n', '\r', '\t'], " ").into();
    Line::new(&text, &fonts.shape(face, &text))
}

/// A text in lines of at most `width` ems. Broken after spaces and hyphens, and within a word only where it is longer than
/// a line.
pub fn wrap(fonts: &Fonts, face: FaceId, text: &str, width: f32) -> Vec<Line> {
    let clean = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    clean.split('\n').flat_map(|paragraph| wrap_paragraph(fonts, face, paragraph, width)).collect()
}

fn wrap_paragraph(fonts: &Fonts, face: FaceId, paragraph: &str, width: f32) -> Vec<Line> {
    let text: Arc<str> = paragraph.into();
    let glyphs = fonts.shape(face, &text);
    let mut lines = Vec::new();
    let (mut start, mut after_word) = (0, 0);
    let mut used = 0.0;
    for (index, glyph) in glyphs.iter().enumerate() {
        let is_space = is_space(&text, glyph);
        while used + glyph.advance > width && !is_space {
            let end = if after_word > start { after_word } else { cluster_start(&glyphs, index) };
            if end <= start {
                break;
            }
            lines.push(Line::new(&text, &glyphs[start..end]));
            start = end;
            used = glyphs[start..index].iter().map(|glyph| glyph.advance).sum();
        }
        used += glyph.advance;
        if is_space || ends_with_hyphen(&text, glyph) {
            after_word = index + 1;
        }
    }
    lines.push(Line::new(&text, &glyphs[start..]));
    lines
}

/// Glyphs of one cluster, such as a letter and its accent, stay together, also where they are wider than a line.
fn cluster_start(glyphs: &[Glyph], index: usize) -> usize {
    let before = glyphs[..index].iter().rposition(|glyph| glyph.range != glyphs[index].range);
    before.map_or(0, |last| last + 1)
}

fn is_space(text: &str, glyph: &Glyph) -> bool {
    // A space that does not break, as in `Rp 45.000`, is not one here.
    text.get(glyph.range.clone()).is_some_and(|part| part.chars().all(|it| it.is_whitespace() && it != '\u{A0}'))
}

fn ends_with_hyphen(text: &str, glyph: &Glyph) -> bool {
    text.get(glyph.range.clone()).is_some_and(|part| part.ends_with(['-', '–', '—', '/']))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;

    fn read(line: &Line) -> String {
        let mut text = String::new();
        let mut last = None;
        for glyph in &line.glyphs {
            if last != Some(&glyph.range) {
                text.push_str(&line.text[glyph.range.clone()]);
            }
            last = Some(&glyph.range);
        }
        text
    }

    fn lines(text: &str, width: f32) -> Vec<String> {
        let fonts = Fonts::load().unwrap();
        wrap(&fonts, FaceId::Medium, text, width).iter().map(read).collect()
    }

    #[test]
    fn lines_break_after_words() {
        assert_eq!(lines("Kucing saya tidak mau makan", 7.0), ["Kucing saya", "tidak mau", "makan"]);
        assert_eq!(lines("satu\r\ndua\n\ntiga", 10.0), ["satu", "dua", "", "tiga"]);
        assert_eq!(lines("jalan-jalan sore", 4.0), ["jalan-", "jalan", "sore"]);
        assert_eq!(lines("", 10.0), [""]);
    }

    #[test]
    fn no_line_is_too_wide_and_no_letter_is_lost() {
        let fonts = Fonts::load().unwrap();
        let long = "a".repeat(500);
        for text in [
            &long,
            "https://contoh.id/alamat/yang/sangat/panjang/sekali?tanpa=spasi",
            "🐱🐾👩🏽‍⚕️🇮🇩1️⃣ 🐱🐾👩🏽‍⚕️",
            "猫が好き السلام عليكم",
            "e\u{301}\u{301}\u{301} x",
        ] {
            for width in [1.0_f32, 3.0, 12.0] {
                let wrapped = wrap(&fonts, FaceId::Medium, text, width);
                for line in &wrapped {
                    let clusters =
                        line.glyphs.iter().map(|glyph| glyph.range.start).collect::<std::collections::HashSet<_>>();
                    assert!(line.width <= width + 0.01 || clusters.len() == 1, "{text} at {width}: {}", line.width);
                }
                let whole: String = wrapped.iter().map(read).collect();
                assert_eq!(whole.replace(' ', ""), text.replace(' ', ""), "at {width}");
            }
        }
    }
}
