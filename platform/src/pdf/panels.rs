//! Panels: short facts, three in a row, and texts that belong together.

use super::fonts::FaceId;
use super::layout::{Flow, LEFT, WIDTH, baseline};
use super::marks::{Area, CREAM, EDGE, INK, INK_3, LEAF_TINT, Style};

const LABEL: Style = Style { face: FaceId::Bold, size: 7.5, colour: INK_3 };
const VALUE: Style = Style { face: FaceId::Bold, size: 10.5, colour: INK };

const LABEL_HEIGHT: f32 = 13.0;
const VALUE_HEIGHT: f32 = 15.0;
const PADDING: f32 = 18.0;
const COLUMNS: usize = 3;

impl<C> Flow<'_, C> {
    /// Labels with their values.
    pub fn facts(&mut self, facts: &[(&str, String)]) {
        let column = (WIDTH - 2.0 * PADDING) / COLUMNS as f32;
        let cells = facts.iter().map(|(label, value)| (label, self.wrapped(value, VALUE, column - 12.0)));
        let cells: Vec<_> = cells.collect();
        let heights = cells.chunks(COLUMNS).map(|row| {
            let lines = row.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
            LABEL_HEIGHT + lines as f32 * VALUE_HEIGHT
        });
        let heights: Vec<f32> = heights.collect();
        let gaps = 12.0 * (heights.len() - 1) as f32;
        let height = heights.iter().sum::<f32>() + gaps + 2.0 * PADDING - 4.0;
        let area = Area { x: LEFT, y: self.y, width: WIDTH, height };
        self.panel(area, [18.0, 18.0, 18.0, 6.0], CREAM, Some(EDGE));
        let mut top = self.y + PADDING - 2.0;
        for (row, height) in cells.chunks(COLUMNS).zip(heights) {
            for (index, (label, lines)) in row.iter().enumerate() {
                let x = LEFT + PADDING + index as f32 * column;
                self.y = top + LABEL_HEIGHT;
                self.text(x, baseline(top, LABEL_HEIGHT, LABEL.size), LABEL, label);
                self.lines(x, VALUE, VALUE_HEIGHT, lines.clone());
            }
            top += height + 12.0;
        }
        self.y = area.y + area.height;
        self.y += 20.0;
    }
    /// Texts under each other, each with its style and the height of its lines; they stay on one page.
    pub fn texts(&mut self, texts: Vec<(Style, f32, String)>) {
        const PADDING: f32 = 16.0;
        let wrapped = |(style, height, text): (Style, f32, String)| {
            (style, height, self.wrapped(&text, style, WIDTH - 2.0 * PADDING))
        };
        let texts: Vec<_> = texts.into_iter().map(wrapped).collect();
        let lines = texts.iter().map(|(_, height, lines)| height * lines.len() as f32);
        let height = lines.sum::<f32>() + 2.0 * PADDING - 4.0;
        self.need(height);
        let area = Area { x: LEFT, y: self.y, width: WIDTH, height };
        self.panel(area, [16.0, 16.0, 16.0, 5.0], LEAF_TINT, None);
        self.y += PADDING - 2.0;
        for (style, height, lines) in texts {
            self.lines(LEFT + PADDING, style, height, lines);
        }
    }
}
