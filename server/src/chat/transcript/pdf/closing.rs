//! The end: how many messages there were, and the fingerprint to check a copy with.

use super::Flow;
use platform::pdf::{FaceId, INK, INK_2, LEAF_TEXT, Style};

const TITLE: Style = Style { face: FaceId::Bold, size: 10.5, colour: INK };
const LABEL: Style = Style { face: FaceId::Bold, size: 8.0, colour: LEAF_TEXT };
const HASH: Style = Style { face: FaceId::Medium, size: 8.5, colour: INK };
const NOTE: Style = Style { face: FaceId::Medium, size: 8.0, colour: INK_2 };

pub fn lay_out(flow: &mut Flow) {
    let (words, content) = (flow.content.words(), flow.content);
    let count = content.entries.len();
    let mut parts = vec![(TITLE, 16.0, words.end(count))];
    if content.is_cut() {
        parts.push((NOTE, 12.0, words.cut(count, content.head.conversation.last_seq)));
    }
    if let Some(last) = content.entries.last() {
        parts.push((LABEL, 22.0, words.hash_label(last.message.seq)));
        parts.push((HASH, 15.0, last.hash.clone()));
        parts.push((NOTE, 12.0, words.hash_meaning().to_owned()));
    }
    flow.y += 8.0;
    flow.texts(parts);
}
