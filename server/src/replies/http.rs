//! `/api/doctors/me/replies`.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::entity::{Model, ReplyId};
use super::{Replies, rules, store};
use crate::accounts::{Account, AccountId, Doctor};
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;

#[derive(Debug, Deserialize, ToSchema)]
pub struct ReplyWords {
    /// At most 60 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 60)]
    title: Option<String>,
    /// At most 4,000 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 4_000)]
    body: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CannedReply)]
pub struct ReplyView {
    id: ReplyId,
    title: String,
    body: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CannedReplies {
    items: Vec<ReplyView>,
}

impl From<Model> for ReplyView {
    fn from(reply: Model) -> Self {
        Self { id: reply.id, title: reply.title, body: reply.body }
    }
}

/// The vet's canned replies, by their titles
#[utoipa::path(get, path = "/doctors/me/replies", operation_id = "list_replies", tag = "doctors",
    responses((status = 200, body = CannedReplies), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub async fn list(
    State(replies): State<Arc<Replies>>,
    Doctor(me): Doctor,
) -> Result<JsonBody<CannedReplies>, AppError> {
    all(&replies, me.id).await
}

/// Keep a sentence at hand; 100 at most
#[utoipa::path(post, path = "/doctors/me/replies", operation_id = "add_reply", tag = "doctors", request_body = ReplyWords,
    responses((status = 201, body = ReplyView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn add(
    State(replies): State<Arc<Replies>>,
    Doctor(me): Doctor,
    Json(words): Json<ReplyWords>,
) -> Result<(StatusCode, JsonBody<ReplyView>), AppError> {
    let (title, body) = rules::check(words.title, words.body)?;
    let txn = replies.db.begin_write().await?;
    // Counted and added by one at a time, else two at once would pass the limit.
    Account::lock(&txn, me.id).await?;
    if store::count(&txn, me.id).await? >= rules::MOST_REPLIES {
        return Err(rules::too_many());
    }
    let reply = Model { id: ReplyId::new(), doctor_id: me.id, title, body };
    store::insert(&txn, reply.clone()).await?;
    txn.commit().await?;
    Ok((StatusCode::CREATED, JsonBody(reply.into())))
}

/// Reword a canned reply
#[utoipa::path(put, path = "/doctors/me/replies/{id}", operation_id = "change_reply", tag = "doctors", params(("id" = ReplyId, Path)), request_body = ReplyWords,
    responses((status = 200, body = ReplyView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn change(
    State(replies): State<Arc<Replies>>,
    Doctor(me): Doctor,
    Id(id): Id<ReplyId>,
    Json(words): Json<ReplyWords>,
) -> Result<JsonBody<ReplyView>, AppError> {
    let (title, body) = rules::check(words.title, words.body)?;
    let reply = Model { id, doctor_id: me.id, title, body };
    if store::save(&replies.db.write, reply.clone()).await? {
        Ok(JsonBody(reply.into()))
    } else {
        Err(ReplyId::not_found())
    }
}

/// Delete a canned reply; answers those that are left
#[utoipa::path(delete, path = "/doctors/me/replies/{id}", operation_id = "delete_reply", tag = "doctors", params(("id" = ReplyId, Path)),
    responses((status = 200, body = CannedReplies), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn delete(
    State(replies): State<Arc<Replies>>,
    Doctor(me): Doctor,
    Id(id): Id<ReplyId>,
) -> Result<JsonBody<CannedReplies>, AppError> {
    if !store::delete(&replies.db.write, me.id, id).await? {
        return Err(ReplyId::not_found());
    }
    all(&replies, me.id).await
}

async fn all(replies: &Replies, doctor: AccountId) -> Result<JsonBody<CannedReplies>, AppError> {
    let replies = store::list(&replies.db.write, doctor).await?;
    Ok(JsonBody(CannedReplies { items: replies.into_iter().map(ReplyView::from).collect() }))
}
