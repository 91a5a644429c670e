//! Where everything goes: from top to bottom, page after page.

use super::calendar::Calendar;
use super::fonts::{FaceId, Fonts};
use super::marks::{Area, Colour, Corners, EDGE, INK, INK_3, LEAF_TEXT, Mark, PAGE_HEIGHT, PAGE_WIDTH, Page, Style};
use super::scripts;
use super::text::{self, Line};
use crate::clock::Timestamp;

pub const LEFT: f32 = 48.0;
pub const RIGHT: f32 = PAGE_WIDTH - LEFT;
pub const WIDTH: f32 = RIGHT - LEFT;
/// Where the content of a further page begins; the first one has a head of its own.
const TOP: f32 = 66.0;
const BOTTOM: f32 = PAGE_HEIGHT - 62.0;

const FOOT: Style = Style { face: FaceId::Medium, size: 7.5, colour: INK_3 };

const WORDMARK: Style = Style { face: FaceId::ExtraBold, size: 17.0, colour: INK };
const KIND: Style = Style { face: FaceId::Bold, size: 9.5, colour: LEAF_TEXT };
const TITLE: Style = Style { face: FaceId::ExtraBold, size: 22.0, colour: INK };
const TITLE_HEIGHT: f32 = 28.0;

/// The pages so far, and how far down the last one is used.
pub struct Flow<'a, C> {
    /// What is being laid out.
    pub content: &'a C,
    pub y: f32,
    fonts: &'a Fonts,
    calendar: Calendar,
    title: String,
    page: Page,
    done: Vec<Page>,
}

impl<'a, C> Flow<'a, C> {
    pub fn new(fonts: &'a Fonts, content: &'a C, calendar: Calendar, title: String) -> Self {
        Self { content, y: 0.0, fonts, calendar, title, page: Page::default(), done: Vec::new() }
    }

    /// The head of the first page: whose paper it is, what kind, and its title.
    pub fn letterhead(&mut self, kind: &str) {
        self.mark(Mark::Logo { x: LEFT - 2.0, y: 40.0, side: 34.0 });
        self.text(LEFT + 40.0, 62.0, WORDMARK, "HELLOPET!");
        self.text_to(RIGHT, 61.0, KIND, kind);
        self.y = 94.0;
        let title = self.wrapped(&self.title, TITLE, WIDTH);
        self.lines(LEFT, TITLE, TITLE_HEIGHT, title);
        self.y += 14.0;
    }

    /// What is left of the page.
    pub fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// Goes to the next page unless so much is left of this one.
    pub fn need(&mut self, height: f32) {
        if self.room() < height {
            self.turn_page();
        }
    }

    pub fn turn_page(&mut self) {
        self.done.push(std::mem::take(&mut self.page));
        self.mark(Mark::Logo { x: LEFT, y: 27.0, side: 17.0 });
        let style = Style { size: 8.0, ..FOOT };
        let title = self.shortened(&self.title, style, WIDTH - 26.0);
        self.mark(Mark::Text { x: LEFT + 24.0, baseline: 38.5, style, line: title });
        self.rule(52.0);
        self.y = TOP;
    }

    pub fn mark(&mut self, mark: Mark) {
        self.page.marks.push(mark);
    }

    pub fn panel(&mut self, area: Area, corners: Corners, fill: Colour, edge: Option<Colour>) {
        self.mark(Mark::Panel { area, corners, fill, edge });
    }

    fn rule(&mut self, y: f32) {
        self.panel(Area { x: LEFT, y, width: WIDTH, height: 0.6 }, [0.0; 4], EDGE, None);
    }

    pub fn text(&mut self, x: f32, baseline: f32, style: Style, text: &str) {
        let line = text::line(self.fonts, style.face, text);
        self.mark(Mark::Text { x, baseline, style, line });
    }

    pub fn text_to(&mut self, right: f32, baseline: f32, style: Style, text: &str) {
        let line = text::line(self.fonts, style.face, text);
        self.mark(Mark::Text { x: right - line.width * style.size, baseline, style, line });
    }

    /// Lines under each other; moves down by their height.
    pub fn lines(&mut self, x: f32, style: Style, height: f32, lines: Vec<Line>) {
        for line in lines {
            let baseline = baseline(self.y, height, style.size);
            self.mark(Mark::Text { x, baseline, style, line });
            self.y += height;
        }
    }

    pub fn wrapped(&self, text: &str, style: Style, width: f32) -> Vec<Line> {
        text::wrap(self.fonts, style.face, text, width / style.size)
    }

    /// A text on one line, with an ellipsis where it does not fit.
    pub fn shortened(&self, text: &str, style: Style, width: f32) -> Line {
        let line = text::line(self.fonts, style.face, text);
        if line.width * style.size <= width {
            return line;
        }
        let first = self.wrapped(text, style, width - style.size).into_iter().next();
        let end = first.and_then(|line| line.glyphs.last().map(|glyph| glyph.range.end)).unwrap_or(0);
        text::line(self.fonts, style.face, &format!("{}…", text.get(..end).unwrap_or_default()))
    }

    /// Puts the foot under every page, now that their number is known.
    pub fn finish(mut self, made_at: Timestamp) -> Vec<Page> {
        self.done.push(std::mem::take(&mut self.page));
        let pages = std::mem::take(&mut self.done);
        let count = pages.len();
        let made = self.calendar.made(made_at);
        let footed = pages.into_iter().enumerate().map(|(index, page)| {
            let unshown = scripts::without_a_face(&page);
            self.page = page;
            if !unshown.is_empty() {
                self.text(LEFT, PAGE_HEIGHT - 17.0, FOOT, &self.calendar.unshown(&unshown));
            }
            self.rule(PAGE_HEIGHT - 46.0);
            self.text(LEFT, PAGE_HEIGHT - 31.0, FOOT, &format!("HELLOPET! · {made}"));
            let number = self.calendar.page(index + 1, count);
            self.text_to(RIGHT, PAGE_HEIGHT - 31.0, FOOT, &number);
            std::mem::take(&mut self.page)
        });
        footed.collect()
    }
}

/// Where the letters of a line of a certain height stand: their middle in its middle.
pub fn baseline(top: f32, height: f32, size: f32) -> f32 {
    top + height / 2.0 + size * 0.36
}
