//! The head of the first page: whose conversation it was, and when.

use super::fonts::FaceId;
use super::layout::{Flow, LEFT, RIGHT, WIDTH, baseline};
use super::marks::{Area, CREAM, EDGE, INK, INK_3, LEAF_TEXT, Mark, Style};

const WORDMARK: Style = Style { face: FaceId::ExtraBold, size: 17.0, colour: INK };
const KIND: Style = Style { face: FaceId::Bold, size: 9.5, colour: LEAF_TEXT };
const TITLE: Style = Style { face: FaceId::ExtraBold, size: 22.0, colour: INK };
const LABEL: Style = Style { face: FaceId::Bold, size: 7.5, colour: INK_3 };
const VALUE: Style = Style { face: FaceId::Bold, size: 10.5, colour: INK };

const TITLE_HEIGHT: f32 = 28.0;
const LABEL_HEIGHT: f32 = 13.0;
const VALUE_HEIGHT: f32 = 15.0;
const PADDING: f32 = 18.0;
const COLUMNS: usize = 3;

pub fn lay_out(flow: &mut Flow) {
    flow.mark(Mark::Logo { x: LEFT - 2.0, y: 40.0, side: 34.0 });
    flow.text(LEFT + 40.0, 62.0, WORDMARK, "HELLOPET!");
    let kind = flow.words.kind();
    flow.text_to(RIGHT, 61.0, KIND, kind);
    flow.y = 94.0;
    let title = flow.wrapped(&flow.title(), TITLE, WIDTH);
    flow.lines(LEFT, TITLE, TITLE_HEIGHT, title);
    flow.y += 14.0;
    facts(flow);
    flow.y += 20.0;
}

fn facts(flow: &mut Flow) {
    let (words, head) = (flow.words, &flow.content.head);
    let conversation = &head.conversation;
    let started = words.date_and_time(head.consultation.started_at.unwrap_or(conversation.created_at));
    let ended = conversation.ended_at.map_or_else(|| "–".to_owned(), |at| words.date_and_time(at));
    let facts = [
        (words.owner(), head.owner.username.clone()),
        (words.doctor(), head.doctor.username.clone()),
        (words.status_label(), words.status(conversation.status).to_owned()),
        (words.started(), started),
        (words.ended(), ended),
        (words.messages(), conversation.last_seq.to_string()),
    ];
    let column = (WIDTH - 2.0 * PADDING) / COLUMNS as f32;
    let cells = facts.map(|(label, value)| (label, flow.wrapped(&value, VALUE, column - 12.0)));
    let heights = cells.chunks(COLUMNS).map(|row| {
        let lines = row.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        LABEL_HEIGHT + lines as f32 * VALUE_HEIGHT
    });
    let heights: Vec<f32> = heights.collect();
    let gaps = 12.0 * (heights.len() - 1) as f32;
    let height = heights.iter().sum::<f32>() + gaps + 2.0 * PADDING - 4.0;
    let area = Area { x: LEFT, y: flow.y, width: WIDTH, height };
    flow.panel(area, [18.0, 18.0, 18.0, 6.0], CREAM, Some(EDGE));
    let mut top = flow.y + PADDING - 2.0;
    for (row, height) in cells.chunks(COLUMNS).zip(heights) {
        for (index, (label, lines)) in row.iter().enumerate() {
            let x = LEFT + PADDING + index as f32 * column;
            flow.y = top + LABEL_HEIGHT;
            flow.text(x, baseline(top, LABEL_HEIGHT, LABEL.size), LABEL, label);
            flow.lines(x, VALUE, VALUE_HEIGHT, lines.clone());
        }
        top += height + 12.0;
    }
    flow.y = area.y + area.height;
}
