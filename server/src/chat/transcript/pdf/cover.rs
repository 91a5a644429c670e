//! The head of the first page: whose conversation it was, and when.

use super::Flow;
use platform::pdf::Calendar;

pub fn lay_out(flow: &mut Flow) {
    let (words, head) = (flow.content.words(), &flow.content.head);
    let calendar = Calendar(flow.content.language);
    flow.letterhead(words.kind());
    let conversation = &head.conversation;
    let started = calendar.date_and_time(head.about.started_at.unwrap_or(conversation.created_at));
    let ended = conversation.ended_at.map_or_else(|| "–".to_owned(), |at| calendar.date_and_time(at));
    flow.facts(&[
        (words.owner(), head.owner.username.clone()),
        (words.doctor(), head.doctor.username.clone()),
        (words.status_label(), words.status(conversation.status).to_owned()),
        (words.started(), started),
        (words.ended(), ended),
        (words.messages(), conversation.last_seq.to_string()),
    ]);
}
