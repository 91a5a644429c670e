//! What everybody reads of a doctor, and the doctor's answers.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::ReviewView;
use crate::accounts::{Account, AccountId, Doctor, Party};
use crate::consultations::Consultation;
use crate::doctors::{DoctorId, Verified};
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
pub struct ReplyRequest {
    /// At most 2,000 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 2_000)]
    text: Option<String>,
}

/// What owners said of a doctor, newest first
#[utoipa::path(get, path = "/doctors/{id}/reviews", operation_id = "list_reviews", tag = "reviews", params(("id" = AccountId, Path), PageQuery),
    responses((status = 200, body = Page<ReviewView>), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn list_of_doctor(
    State(reviews): State<Arc<Reviews>>,
    Id(doctor): Id<DoctorId>,
    Query(page): Query<PageQuery>,
) -> Result<JsonBody<Page<ReviewView>>, AppError> {
    let (before, limit) = (page.cursor::<Place>()?, page.limit()?);
    Verified::get(&reviews.db.read, doctor.0, reviews.clock.now()).await?;
    let rows = store::list_visible(&reviews.db.read, doctor.0, before, limit + 1).await?;
    let (rows, next_cursor) = page::cut(rows, limit, place_of);
    let owners = Party::find_all(&reviews.db.read, rows.iter().map(|(_, about)| about.owner_id)).await?;
    let view = |(review, about): &Reviewed| Some(ReviewView::new(review, &owners.get(&about.owner_id)?.username));
    Ok(JsonBody(Page { items: rows.iter().filter_map(view).collect(), next_cursor }))
}

/// Answer a review of one's own consultation; once
#[utoipa::path(post, path = "/reviews/{consultationId}/reply", operation_id = "reply_to_review", tag = "reviews", params(("consultationId" = ConsultationId, Path)), request_body = ReplyRequest,
    responses((status = 200, body = ReviewView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn reply(
    State(reviews): State<Arc<Reviews>>,
    Doctor(me): Doctor,
    Id(id): Id<ConsultationId>,
    Json(body): Json<ReplyRequest>,
) -> Result<JsonBody<ReviewView>, AppError> {
    let text = rules::check_reply(body.text)?;
    let review = service::reply(&reviews, me.id, id, text).await?;
    let about = Consultation::find(&reviews.db.read, id).await?.ok_or_else(ConsultationId::not_found)?;
    let owner =
        Account::find(&reviews.db.read, about.owner_id).await?.ok_or_else(|| Account::missing(about.owner_id))?;
    Ok(JsonBody(ReviewView::new(&review, &owner.username)))
}

pub fn place_of((review, _): &Reviewed) -> String {
    Place { at: review.created_at, id: review.consultation_id }.to_string()
}
