//! `/api/conversations/{id}/messages`.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::accounts::CurrentUser;
use crate::chat::error::ChatError;
use crate::chat::receipts::{self, Mark};
use crate::chat::store::{self, Part};
use crate::chat::views::{self, MessageView};
use crate::chat::{Chat, Conversation, ConversationId, rules, send};
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::page::{self, Page};
use platform::http::path::{Id, Named};
use platform::http::problem::{FieldProblem, ProblemBody};
use platform::http::query::Query;
use platform::http::validate::Check;
use platform::text::Text;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct MessagesQuery {
    /// The first messages after this `seq`.
    #[param(value_type = Option<i32>)]
    after_seq: Option<String>,
    /// The last messages before this `seq`.
    #[param(value_type = Option<i32>)]
    before_seq: Option<String>,
    /// The messages around this `seq`: half a page before it, itself, and what follows. Near an end of the conversation
    /// the page is filled from the other side.
    #[param(value_type = Option<i32>)]
    around_seq: Option<String>,
    /// 1 to 100; 20 unless said.
    #[param(value_type = Option<u64>)]
    limit: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SendRequest {
    /// At most 4,000 characters; may be empty beside attachments.
    #[schema(max_length = 4_000)]
    message: Option<String>,
    /// Made by the client; the same one again answers 200 with the first message.
    #[schema(required, value_type = String, min_length = 1, max_length = 64)]
    client_id: Option<String>,
    /// Ids of pictures uploaded before.
    #[schema(max_items = 6)]
    attachments: Option<Vec<String>>,
}

/// Messages in the order of `seq`; the newest ones unless `afterSeq`, `beforeSeq` or `aroundSeq` says otherwise
///
/// `nextCursor` is the `seq` at the far end of the page, null where nothing lies beyond: send it as the next `afterSeq` after
/// a page that was asked for with `afterSeq` or `aroundSeq`, and as the next `beforeSeq` after any other. Older messages than a
/// page's first exist whenever its `seq` is not 1; they are asked for with that `seq` as `beforeSeq`.
#[utoipa::path(get, path = "/conversations/{id}/messages", operation_id = "list_messages", tag = "conversations", params(("id" = ConversationId, Path), MessagesQuery),
    responses((status = 200, body = Page<MessageView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn list(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Id(id): Id<ConversationId>,
    Query(query): Query<MessagesQuery>,
) -> Result<JsonBody<Page<MessageView>>, AppError> {
    let limit = page::limit(query.limit.as_deref())?;
    let wish = query.wish()?;
    let conversation = Conversation::find(&chat.db.read, id).await?.ok_or_else(ConversationId::not_found)?;
    conversation.side_of(me.id).ok_or(ChatError::NotAParticipant)?;
    let part = match wish {
        Wish::Part(part) => part,
        Wish::Around(seq) => Part::After(rules::before_page_around(seq, limit, conversation.last_seq)),
    };
    let mut rows = store::messages(&chat.db.read, id, part, Some(limit + 1)).await?;
    let has_more = rows.len() as u64 > limit;
    if has_more {
        // The extra row lies at the far end of the page.
        if matches!(part, Part::After(_)) {
            rows.pop()
        } else {
            Some(rows.remove(0))
        };
    }
    let edge = if matches!(part, Part::After(_)) { rows.last() } else { rows.first() };
    let next_cursor = edge.filter(|_| has_more).map(|message| message.seq.to_string());
    if let Some(newest) = rows.last() {
        receipts::mark(&chat, me.id, id, Mark::Delivered, Some(newest.seq)).await?;
    }
    Ok(JsonBody(Page { items: views::messages(&chat.db.read, &conversation, rows).await?, next_cursor }))
}

/// Where a page lies; what is around a `seq` depends on how long the conversation is.
enum Wish {
    Part(Part),
    Around(i32),
}

impl MessagesQuery {
    fn wish(&self) -> Result<Wish, AppError> {
        let given = [("afterSeq", &self.after_seq), ("beforeSeq", &self.before_seq), ("aroundSeq", &self.around_seq)];
        let given: Vec<&str> = given.iter().filter(|(_, value)| value.is_some()).map(|(name, _)| *name).collect();
        if given.len() > 1 {
            return Err(only_one(&given));
        }
        let after = seq("afterSeq", self.after_seq.as_deref())?;
        let before = seq("beforeSeq", self.before_seq.as_deref())?;
        let around = seq("aroundSeq", self.around_seq.as_deref())?;
        Ok(match (after, before, around) {
            (Some(after), ..) => Wish::Part(Part::After(after)),
            (_, Some(before), _) => Wish::Part(Part::Before(before)),
            (.., Some(around)) => Wish::Around(around),
            (None, None, None) => Wish::Part(Part::Newest),
        })
    }
}

/// A page lies after, before or around something: two of them contradict each other.
fn only_one(given: &[&str]) -> AppError {
    let problem = |field: &&str| FieldProblem {
        field: (*field).to_owned(),
        code: "mutually_exclusive",
        text: Text::new(
            "Pakai hanya satu dari afterSeq, beforeSeq dan aroundSeq.",
            "Give only one of afterSeq, beforeSeq and aroundSeq.",
        ),
    };
    AppError::invalid(given.iter().map(problem).collect())
}

/// Send a message into a conversation
#[utoipa::path(post, path = "/conversations/{id}/messages", operation_id = "send_into_conversation", tag = "conversations", params(("id" = ConversationId, Path)), request_body = SendRequest,
    responses((status = 201, body = MessageView), (status = 200, body = MessageView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn send(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Id(id): Id<ConversationId>,
    Json(body): Json<SendRequest>,
) -> Result<(StatusCode, JsonBody<Arc<MessageView>>), AppError> {
    let mut check = Check::new();
    if body.client_id.is_none() {
        check.missing("clientId");
    }
    let message = rules::check_message(&mut check, body.message, body.client_id, body.attachments);
    check.finish()?;
    let sent = send::send_into(&chat, &me, id, message).await?;
    Ok((if sent.is_new { StatusCode::CREATED } else { StatusCode::OK }, JsonBody(sent.message)))
}

fn seq(field: &str, given: Option<&str>) -> Result<Option<i32>, AppError> {
    let Some(text) = given else { return Ok(None) };
    match text.parse() {
        Ok(seq @ 0..) => Ok(Some(seq)),
        _ => Err(AppError::invalid(vec![FieldProblem {
            field: field.to_owned(),
            code: "out_of_range",
            text: Text::new("Isi angka 0 atau lebih.", "Give a number of 0 or more."),
        }])),
    }
}
