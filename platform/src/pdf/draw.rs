//! Draws the marks with krilla, which writes the file.

use std::sync::Arc;

use anyhow::{Context, anyhow};
use chrono::{DateTime, Datelike, FixedOffset, Timelike};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime as PdfDateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use super::fonts::{Fonts, Glyph};
use super::logo::{self, Outline};
use super::marks::{Area, Colour, Corners, LEAF, Mark, PAGE_HEIGHT, PAGE_WIDTH, Page, SUNKEN, Style, WHITE};
use super::text::Line;
use crate::clock::Timestamp;
use crate::text::Language;

/// How far a control point lies from its corner so that a curve looks like a quarter of a circle.
const CIRCLE: f32 = 0.4477;

/// What the file says of itself.
pub struct About {
    pub title: String,
    pub language: Language,
    pub made_at: Timestamp,
}

/// Draws what was laid out; takes a while, so not on a thread that serves requests.
pub fn draw(fonts: &Fonts, pages: &[Page], about: About) -> anyhow::Result<Vec<u8>> {
    let mut document = Document::new();
    document.set_metadata(metadata(about));
    for laid_out in pages {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).context("A4 is no size of a page")?;
        let mut page = document.start_page_with(settings);
        let mut brush = Brush { surface: page.surface(), fonts };
        laid_out.marks.iter().for_each(|mark| brush.draw(mark));
    }
    document.finish().map_err(|error| anyhow!("krilla cannot write the PDF: {error:?}"))
}

fn metadata(about: About) -> Metadata {
    Metadata::new()
        .title(about.title)
        .language(about.language.tag().to_owned())
        .creator("HELLOPET!".to_owned())
        .creation_date(pdf_date(about.made_at.in_jakarta()))
}

fn pdf_date(at: DateTime<FixedOffset>) -> PdfDateTime {
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    PdfDateTime::new(u16::try_from(at.year()).unwrap_or(0))
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(7)
        .utc_offset_minute(0)
}

struct Brush<'a> {
    surface: Surface<'a>,
    fonts: &'a Fonts,
}

impl Brush<'_> {
    fn draw(&mut self, mark: &Mark) {
        match mark {
            Mark::Text { x, baseline, style, line } => self.text(*x, *baseline, *style, line),
            Mark::Panel { area, corners, fill, edge } => self.panel(*area, *corners, *fill, *edge),
            Mark::Picture { area, jpeg } => self.picture(*area, jpeg.clone()),
            Mark::Logo { x, y, side } => self.logo(*x, *y, *side),
        }
    }

    fn text(&mut self, mut x: f32, baseline: f32, style: Style, line: &Line) {
        self.paint(Some(style.colour), None);
        for run in line.glyphs.chunk_by(|one, next| one.face == next.face) {
            let Some(first) = run.first() else { continue };
            let glyphs: Vec<KrillaGlyph> = run.iter().map(krilla_glyph).collect();
            let font = self.fonts.drawn(first.face);
            self.surface.draw_glyphs(Point::from_xy(x, baseline), &glyphs, font, &line.text, style.size, false);
            x += run.iter().map(|glyph| glyph.advance).sum::<f32>() * style.size;
        }
    }

    fn panel(&mut self, area: Area, corners: Corners, fill: Colour, edge: Option<Colour>) {
        let Some(path) = rounded(area, corners) else { return };
        self.paint(Some(fill), edge);
        self.surface.draw_path(&path);
    }

    fn picture(&mut self, area: Area, jpeg: Arc<Vec<u8>>) {
        let jpeg: Arc<dyn AsRef<[u8]> + Send + Sync> = jpeg;
        let image = Image::from_jpeg(jpeg.into(), true).ok();
        let (Some(image), Some(size)) = (image, Size::from_wh(area.width, area.height)) else {
            return self.panel(area, [8.0; 4], SUNKEN, None);
        };
        let Some(clip) = rounded(area, [8.0; 4]) else { return };
        self.surface.push_clip_path(&clip, &FillRule::NonZero);
        self.surface.push_transform(&Transform::from_translate(area.x, area.y));
        self.surface.draw_image(image, size);
        self.surface.pop();
        self.surface.pop();
    }

    fn logo(&mut self, x: f32, y: f32, side: f32) {
        let scale = side / logo::SIDE;
        self.surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, x, y));
        self.outline(&logo::BUBBLE, LEAF);
        for part in &logo::PAW {
            self.outline(part, WHITE);
        }
        self.surface.pop();
    }

    fn outline(&mut self, outline: &Outline, colour: Colour) {
        let mut path = PathBuilder::new();
        path.move_to(outline.start[0], outline.start[1]);
        for [x1, y1, x2, y2, x, y] in outline.curves {
            path.cubic_to(*x1, *y1, *x2, *y2, *x, *y);
        }
        path.close();
        if let Some(path) = path.finish() {
            self.paint(Some(colour), None);
            self.surface.draw_path(&path);
        }
    }

    fn paint(&mut self, fill: Option<Colour>, edge: Option<Colour>) {
        let colour = |Colour(red, green, blue)| rgb::Color::new(red, green, blue).into();
        let fill = fill.map(|it| Fill { paint: colour(it), opacity: NormalizedF32::ONE, rule: FillRule::NonZero });
        let stroke = edge.map(|it| Stroke { paint: colour(it), width: 0.8, ..Stroke::default() });
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
    }
}

fn krilla_glyph(glyph: &Glyph) -> KrillaGlyph {
    KrillaGlyph::new(
        GlyphId::new(glyph.id),
        glyph.advance,
        glyph.x_offset,
        glyph.y_offset,
        0.0,
        glyph.range.clone(),
        None,
    )
}

fn rounded(area: Area, corners: Corners) -> Option<Path> {
    let Area { x, y, width, height } = area;
    let most = width.min(height) / 2.0;
    let [a, b, c, d] = corners.map(|radius| radius.min(most));
    let (right, bottom) = (x + width, y + height);
    let mut path = PathBuilder::new();
    path.move_to(x + a, y);
    path.line_to(right - b, y);
    path.cubic_to(right - b * CIRCLE, y, right, y + b * CIRCLE, right, y + b);
    path.line_to(right, bottom - c);
    path.cubic_to(right, bottom - c * CIRCLE, right - c * CIRCLE, bottom, right - c, bottom);
    path.line_to(x + d, bottom);
    path.cubic_to(x + d * CIRCLE, bottom, x, bottom - d * CIRCLE, x, bottom - d);
    path.line_to(x, y + a);
    path.cubic_to(x, y + a * CIRCLE, x + a * CIRCLE, y, x + a, y);
    path.close();
    path.finish()
}
