//! The operator's view of all reviews.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::public::place_of;
use super::views::ModeratedView;
use crate::accounts::{AccountId, Admin, Party};
use crate::consultations::Consultation;
use crate::reviews::entity::Model;
use crate::reviews::store::{self, Place, Reviewed};
use crate::reviews::{Reviews, rules, service};
use crate::subjects::ConsultationId;
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::page::{self, Page, PageQuery};
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::query::Query;

#[derive(Debug, Deserialize, ToSchema)]
pub struct HideRequest {
    /// What its owner is told; at most 500 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 500)]
    reason: Option<String>,
}

/// All reviews, hidden ones too, newest first
#[utoipa::path(get, path = "/admin/reviews", operation_id = "list_all_reviews", tag = "admin", params(PageQuery),
    responses((status = 200, body = Page<ModeratedView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn list(
    State(reviews): State<Arc<Reviews>>,
    _admin: Admin,
    Query(page): Query<PageQuery>,
) -> Result<JsonBody<Page<ModeratedView>>, AppError> {
    let (before, limit) = (page.cursor::<Place>()?, page.limit()?);
    let rows = store::list_all(&reviews.db.read, before, limit + 1).await?;
    let (rows, next_cursor) = page::cut(rows, limit, place_of);
    Ok(JsonBody(Page { items: views(&reviews, &rows).await?, next_cursor }))
}

/// Take a review out of sight; it does not count any more
#[utoipa::path(post, path = "/reviews/{consultationId}/hide", operation_id = "hide_review", tag = "admin", params(("consultationId" = ConsultationId, Path)), request_body = HideRequest,
    responses((status = 200, body = ModeratedView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn hide(
    State(reviews): State<Arc<Reviews>>,
    Admin(me): Admin,
    Id(id): Id<ConsultationId>,
    Json(body): Json<HideRequest>,
) -> Result<JsonBody<ModeratedView>, AppError> {
    let reason = rules::check_reason(body.reason)?;
    let review = service::hide(&reviews, me.id, id, reason).await?;
    view(&reviews, review).await
}

/// Let a review be seen again
#[utoipa::path(post, path = "/reviews/{consultationId}/show", operation_id = "show_hidden_review", tag = "admin", params(("consultationId" = ConsultationId, Path)),
    responses((status = 200, body = ModeratedView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(reviews): State<Arc<Reviews>>,
    Admin(me): Admin,
    Id(id): Id<ConsultationId>,
) -> Result<JsonBody<ModeratedView>, AppError> {
    let review = service::show(&reviews, me.id, id).await?;
    view(&reviews, review).await
}

async fn view(reviews: &Reviews, review: Model) -> Result<JsonBody<ModeratedView>, AppError> {
    let about = Consultation::find(&reviews.db.read, review.consultation_id).await?;
    let about = about.ok_or_else(ConsultationId::not_found)?;
    let view = views(reviews, &[(review, about)]).await?.pop();
    Ok(JsonBody(view.ok_or_else(ConsultationId::not_found)?))
}

async fn views(reviews: &Reviews, rows: &[Reviewed]) -> Result<Vec<ModeratedView>, AppError> {
    let people = rows.iter().flat_map(|(review, about)| [about.owner_id, review.doctor_id]);
    let parties: HashMap<AccountId, Party> = Party::find_all(&reviews.db.read, people).await?;
    let view = |(review, about): &Reviewed| {
        let owner = parties.get(&about.owner_id)?.clone();
        Some(ModeratedView::new(review, owner, parties.get(&review.doctor_id)?.clone()))
    };
    Ok(rows.iter().filter_map(view).collect())
}
