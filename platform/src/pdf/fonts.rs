//! Typefaces: Plus Jakarta Sans, and for what it lacks Noto Emoji and the signs and Greek letters of DejaVu Sans. What none has
//! is shown as an empty box; copied out of the file it is still the character that was written.

use std::ops::Range;

use anyhow::Context;
use krilla::text::Font;
use rustybuzz::{Direction, UnicodeBuffer};
use unicode_segmentation::UnicodeSegmentation;

use crate::written;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceId {
    Medium,
    Bold,
    ExtraBold,
    Emoji,
    Signs,
}

const MEDIUM: &[u8] = include_bytes!("../../assets/fonts/PlusJakartaSans-Medium.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/PlusJakartaSans-Bold.ttf");
const EXTRA_BOLD: &[u8] = include_bytes!("../../assets/fonts/PlusJakartaSans-ExtraBold.ttf");
const EMOJI: &[u8] = include_bytes!("../../assets/fonts/NotoEmoji-Medium.ttf");
const SIGNS: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-Signs.ttf");

pub struct Fonts {
    medium: Face,
    bold: Face,
    extra_bold: Face,
    emoji: Face,
    signs: Face,
}

struct Face {
    drawn: Font,
    shaped: rustybuzz::Face<'static>,
}

/// One glyph of a text, measured in ems.
#[derive(Clone, Debug)]
pub struct Glyph {
    pub face: FaceId,
    pub id: u32,
    pub advance: f32,
    pub x_offset: f32,
    pub y_offset: f32,
    /// The bytes of the text that it stands for.
    pub range: Range<usize>,
}

impl Fonts {
    pub fn load() -> anyhow::Result<Self> {
        Ok(Self {
            medium: Face::read(MEDIUM)?,
            bold: Face::read(BOLD)?,
            extra_bold: Face::read(EXTRA_BOLD)?,
            emoji: Face::read(EMOJI)?,
            signs: Face::read(SIGNS)?,
        })
    }

    pub fn drawn(&self, id: FaceId) -> Font {
        self.face(id).drawn.clone()
    }

    fn face(&self, id: FaceId) -> &Face {
        match id {
            FaceId::Medium => &self.medium,
            FaceId::Bold => &self.bold,
            FaceId::ExtraBold => &self.extra_bold,
            FaceId::Emoji => &self.emoji,
            FaceId::Signs => &self.signs,
        }
    }

    /// The glyphs of a text of one line, from left to right.
    pub fn shape(&self, face: FaceId, text: &str) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        let mut run = 0..0;
        let mut of_run = face;
        for (start, grapheme) in text.grapheme_indices(true) {
            let wanted = self.face_for(face, grapheme);
            if wanted != of_run && !run.is_empty() {
                self.shape_run(of_run, text, run.clone(), &mut glyphs);
                run.start = start;
            }
            of_run = wanted;
            run.end = start + grapheme.len();
        }
        self.shape_run(of_run, text, run, &mut glyphs);
        glyphs
    }

    /// The face that has all of a grapheme. Joined and styled signs are emoji first: `1` is in both faces, `1️⃣` in one.
    /// What none has is left to the one whose glyph for the unknown is a box.
    fn face_for(&self, face: FaceId, grapheme: &str) -> FaceId {
        let is_emoji = grapheme.contains(['\u{FE0F}', '\u{20E3}', '\u{200D}']);
        let order = if is_emoji { [FaceId::Emoji, face, FaceId::Signs] } else { [face, FaceId::Emoji, FaceId::Signs] };
        order.into_iter().find(|id| self.face(*id).has(grapheme)).unwrap_or(FaceId::Emoji)
    }

    fn shape_run(&self, id: FaceId, text: &str, run: Range<usize>, glyphs: &mut Vec<Glyph>) {
        let Some(part) = text.get(run.clone()).filter(|part| !part.is_empty()) else { return };
        let face = &self.face(id).shaped;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(part);
        buffer.guess_segment_properties();
        // Scripts that run the other way are in none of the faces; their boxes stand in the order of the text.
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(face, &[], buffer);
        let em = face.units_per_em() as f32;
        let infos = shaped.glyph_infos();
        for (index, (info, position)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
            let next = infos[index..].iter().find(|next| next.cluster != info.cluster);
            let end = next.map_or(part.len(), |next| next.cluster as usize);
            glyphs.push(Glyph {
                face: id,
                id: info.glyph_id,
                advance: position.x_advance as f32 / em,
                x_offset: position.x_offset as f32 / em,
                y_offset: position.y_offset as f32 / em,
                range: run.start + info.cluster as usize..run.start + end,
            });
        }
    }
}

impl Face {
    fn read(data: &'static [u8]) -> anyhow::Result<Self> {
        let drawn = Font::new(data.into(), 0).context("a built-in font cannot be read")?;
        let shaped = rustybuzz::Face::from_slice(data, 0).context("a built-in font cannot be shaped")?;
        Ok(Self { drawn, shaped })
    }

    fn has(&self, grapheme: &str) -> bool {
        grapheme
            .chars()
            .filter(|character| !written::is_invisible(*character))
            .all(|it| self.shaped.glyph_index(it).is_some())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;

    #[test]
    fn every_character_finds_a_face_or_a_box_and_none_is_lost() {
        let fonts = Fonts::load().unwrap();
        for (text, faces, has_box) in [
            ("Kucing saya", vec![FaceId::Medium], false),
            ("Éclair ñ ß İ đ", vec![FaceId::Medium], false),
            ("oren 🐱!", vec![FaceId::Medium, FaceId::Emoji, FaceId::Medium], false),
            ("1️⃣ 1", vec![FaceId::Emoji, FaceId::Medium], false),
            ("👩🏽‍⚕️", vec![FaceId::Emoji], false),
            ("🇮🇩", vec![FaceId::Emoji], false),
            ("5 μg/kg", vec![FaceId::Medium, FaceId::Signs, FaceId::Medium], false),
            ("α ≤ 38 ℃ ✓", vec![FaceId::Signs, FaceId::Medium, FaceId::Signs, FaceId::Medium, FaceId::Signs], false),
            ("السلام", vec![FaceId::Emoji], true),
            ("猫", vec![FaceId::Emoji], true),
            ("\u{200B}", vec![FaceId::Medium], false),
            ("\u{10FFFF}", vec![FaceId::Emoji], true),
        ] {
            let glyphs = fonts.shape(FaceId::Medium, text);
            let mut seen: Vec<FaceId> = glyphs.iter().map(|glyph| glyph.face).collect();
            seen.dedup();
            assert_eq!(seen, faces, "{text}");
            assert_eq!(glyphs.iter().any(|glyph| glyph.id == 0), has_box, "{text}");
            assert_eq!(glyphs.first().unwrap().range.start, 0);
            assert_eq!(glyphs.last().unwrap().range.end, text.len());
        }
        assert!(fonts.shape(FaceId::Bold, "").is_empty());
    }
}
