//! The messages: the doctor's at the left, the owner's at the right, each with its sender and time.

use super::{Entry, Flow};
use crate::chat::entity::{Side, attachment};
use platform::clock::Timestamp;
use platform::pdf::{
    Area, Calendar, Colour, EDGE, FaceId, INK, INK_2, INK_3, LEAF_TEXT, LEFT, Line, Mark, OWNERS_BUBBLE, PAGE_WIDTH,
    RIGHT, SUNKEN, Style, WHITE, WIDTH, baseline,
};

const DAY: Style = Style { face: FaceId::Bold, size: 8.0, colour: INK_2 };
const NAME: Style = Style { face: FaceId::Bold, size: 8.5, colour: INK };
const TIME: Style = Style { face: FaceId::Medium, size: 8.0, colour: INK_3 };
const BODY: Style = Style { face: FaceId::Medium, size: 10.0, colour: INK };
const NOTE: Style = Style { face: FaceId::Medium, size: 8.0, colour: INK_3 };

const LABEL_HEIGHT: f32 = 16.0;
const LINE_HEIGHT: f32 = 15.0;
const PADDING_X: f32 = 11.0;
const PADDING_Y: f32 = 7.0;
const WIDEST_BUBBLE: f32 = WIDTH * 0.74;
const WIDEST_NAME: f32 = WIDTH * 0.45;
const ROUND: f32 = 13.0;
/// The corner that speaks, and those where a bubble goes on over the page's end.
const SMALL: f32 = 4.0;
const PICTURE_SIDE: f32 = 140.0;
const PICTURES_IN_A_ROW: usize = 2;
const GAP: f32 = 6.0;
const BETWEEN_MESSAGES: f32 = 11.0;

pub fn lay_out(flow: &mut Flow) {
    let entries = &flow.content.entries;
    if entries.is_empty() {
        let nothing = flow.content.words().nothing_said();
        flow.text(LEFT, flow.y + 12.0, Style { colour: INK_2, ..BODY }, nothing);
        flow.y += 28.0;
    }
    let mut last_day = None;
    for entry in entries {
        let day = entry.message.created_at.in_jakarta().date_naive();
        if last_day.replace(day) != Some(day) {
            day_chip(flow, entry.message.created_at);
        }
        message(flow, entry);
    }
}

fn day_chip(flow: &mut Flow, at: Timestamp) {
    const HEIGHT: f32 = 19.0;
    // A day alone at the foot of a page says nothing.
    flow.need(HEIGHT + 70.0);
    let day = Calendar(flow.content.language).day(at);
    let line = flow.shortened(&day, DAY, WIDTH);
    let width = line.width * DAY.size;
    let x = (PAGE_WIDTH - width) / 2.0;
    let area = Area { x: x - 11.0, y: flow.y, width: width + 22.0, height: HEIGHT };
    flow.panel(area, [HEIGHT / 2.0; 4], SUNKEN, None);
    flow.mark(Mark::Text { x, baseline: baseline(flow.y, HEIGHT, DAY.size), style: DAY, line });
    flow.y += HEIGHT + BETWEEN_MESSAGES;
}

fn message(flow: &mut Flow, entry: &Entry) {
    let lines = match entry.message.body.as_str() {
        "" => Vec::new(),
        body => flow.wrapped(body, BODY, WIDEST_BUBBLE - 2.0 * PADDING_X),
    };
    // The label stays with two lines at least, or with the first pictures.
    let first = match lines.len() {
        0 => entry.pictures.chunks(PICTURES_IN_A_ROW).next().map_or(0.0, |row| row_height(flow, row)),
        count => count.min(2) as f32 * LINE_HEIGHT + 2.0 * PADDING_Y,
    };
    flow.need(LABEL_HEIGHT + first);
    let time = Calendar(flow.content.language).time(entry.message.created_at);
    let about = format!("#{} · {time}", entry.message.seq);
    label(flow, entry.side, &about);
    bubble(flow, entry.side, &lines);
    for (index, row) in entry.pictures.chunks(PICTURES_IN_A_ROW).enumerate() {
        if index > 0 || !lines.is_empty() {
            flow.y += GAP;
        }
        pictures(flow, entry.side, row);
    }
    flow.y += BETWEEN_MESSAGES;
}

/// Who, and what about it, above a bubble.
fn label(flow: &mut Flow, side: Side, about: &str) {
    let head = &flow.content.head;
    let (name, colour) = match side {
        Side::Owner => (&head.owner.username, INK),
        Side::Doctor => (&head.doctor.username, LEAF_TEXT),
    };
    let name_style = Style { colour, ..NAME };
    let name = flow.shortened(name, name_style, WIDEST_NAME);
    let about = flow.shortened(&format!("  {about}"), TIME, WIDTH - WIDEST_NAME);
    let (name_width, about_width) = (name.width * NAME.size, about.width * TIME.size);
    let x = left_of(side, name_width + about_width + 4.0) + 2.0;
    let baseline = flow.y + 9.0;
    flow.mark(Mark::Text { x, baseline, style: name_style, line: name });
    flow.mark(Mark::Text { x: x + name_width, baseline, style: TIME, line: about });
    flow.y += LABEL_HEIGHT;
}

/// A text in its bubble; one that is longer than the page goes on on the next.
fn bubble(flow: &mut Flow, side: Side, lines: &[Line]) {
    let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let width = widest * BODY.size + 2.0 * PADDING_X;
    let mut rest = lines;
    while !rest.is_empty() {
        let piece = rest.len().min(lines_that_fit(flow.room()));
        if piece > 0 {
            let (now, later) = rest.split_at(piece);
            let corners = corners(side, rest.len() == lines.len(), later.is_empty());
            bubble_piece(flow, side, width, corners, now);
            rest = later;
        }
        if !rest.is_empty() {
            flow.turn_page();
            let continued = flow.content.words().continued();
            label(flow, side, continued);
        }
    }
}

fn lines_that_fit(room: f32) -> usize {
    // Negative where not even the padding fits, and then 0.
    ((room - 2.0 * PADDING_Y) / LINE_HEIGHT) as usize
}

fn bubble_piece(flow: &mut Flow, side: Side, width: f32, corners: [f32; 4], lines: &[Line]) {
    let (fill, edge): (Colour, Option<Colour>) = match side {
        Side::Owner => (OWNERS_BUBBLE, None),
        Side::Doctor => (WHITE, Some(EDGE)),
    };
    let x = left_of(side, width);
    let height = lines.len() as f32 * LINE_HEIGHT + 2.0 * PADDING_Y;
    flow.panel(Area { x, y: flow.y, width, height }, corners, fill, edge);
    flow.y += PADDING_Y;
    flow.lines(x + PADDING_X, BODY, LINE_HEIGHT, lines.to_vec());
    flow.y += PADDING_Y;
}

fn corners(side: Side, is_first: bool, is_last: bool) -> [f32; 4] {
    let upper = if is_first { ROUND } else { SMALL };
    let lower = if is_last { ROUND } else { SMALL };
    match side {
        Side::Owner => [upper, upper, SMALL, lower],
        Side::Doctor => [upper, upper, lower, SMALL],
    }
}

fn left_of(side: Side, width: f32) -> f32 {
    match side {
        Side::Owner => RIGHT - width,
        Side::Doctor => LEFT,
    }
}

fn pictures(flow: &mut Flow, side: Side, row: &[attachment::Model]) {
    let height = row_height(flow, row);
    flow.need(height);
    let sizes: Vec<(f32, f32)> = row.iter().map(|picture| size_of(flow, picture)).collect();
    let width = sizes.iter().map(|(width, _)| width).sum::<f32>() + GAP * (row.len() - 1) as f32;
    let mut x = left_of(side, width);
    for (picture, (width, height)) in row.iter().zip(sizes) {
        let area = Area { x, y: flow.y, width, height };
        match flow.content.pictures.get(&picture.id) {
            Some(jpeg) => flow.mark(Mark::Picture { area, jpeg: jpeg.clone() }),
            None => missing(flow, area),
        }
        x += width + GAP;
    }
    flow.y += height;
}

fn row_height(flow: &Flow, row: &[attachment::Model]) -> f32 {
    row.iter().map(|picture| size_of(flow, picture).1).fold(0.0, f32::max)
}

/// The picture's own proportions, neither side longer than the place it has; what cannot be shown takes little of it.
fn size_of(flow: &Flow, picture: &attachment::Model) -> (f32, f32) {
    if !flow.content.pictures.contains_key(&picture.id) {
        return (PICTURE_SIDE, 48.0);
    }
    let (width, height) = (picture.width.max(1) as f32, picture.height.max(1) as f32);
    let scale = PICTURE_SIDE / width.max(height);
    ((width * scale).max(12.0), (height * scale).max(12.0))
}

fn missing(flow: &mut Flow, area: Area) {
    flow.panel(area, [8.0; 4], SUNKEN, None);
    let note = flow.wrapped(flow.content.words().picture_missing(), NOTE, area.width - 24.0);
    let height = 11.0;
    let top = area.y + (area.height - note.len() as f32 * height) / 2.0;
    for (index, line) in note.into_iter().enumerate() {
        let baseline = baseline(top + index as f32 * height, height, NOTE.size);
        flow.mark(Mark::Text { x: area.x + 12.0, baseline, style: NOTE, line });
    }
}
