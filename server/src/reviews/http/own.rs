//! An owner's review of a consultation.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::OwnReviewView;
use crate::accounts::Owner;
use crate::reviews::{Reviews, rules, service};
use crate::subjects::ConsultationId;
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;

#[derive(Debug, Deserialize, ToSchema)]
pub struct ReviewRequest {
    /// 1 to 5.
    #[schema(required, value_type = i64, minimum = 1, maximum = 5)]
    rating: Option<i64>,
    /// At most 2,000 characters; may be left out.
    #[schema(max_length = 2_000)]
    text: Option<String>,
}

/// The caller's review of a consultation
#[utoipa::path(get, path = "/consultations/{id}/review", operation_id = "show_review", tag = "reviews", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = OwnReviewView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(reviews): State<Arc<Reviews>>,
    Owner(me): Owner,
    Id(id): Id<ConsultationId>,
) -> Result<JsonBody<OwnReviewView>, AppError> {
    let review = service::find_own(&reviews, me.id, id).await?;
    Ok(JsonBody(OwnReviewView::new(&review, &me.account.username)))
}

/// Say how a consultation was, once it has ended; once
#[utoipa::path(post, path = "/consultations/{id}/review", operation_id = "write_review", tag = "reviews", params(("id" = ConsultationId, Path)), request_body = ReviewRequest,
    responses((status = 201, body = OwnReviewView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn write(
    State(reviews): State<Arc<Reviews>>,
    Owner(me): Owner,
    Id(id): Id<ConsultationId>,
    Json(body): Json<ReviewRequest>,
) -> Result<(StatusCode, JsonBody<OwnReviewView>), AppError> {
    let said = rules::check(body.rating, body.text)?;
    let review = service::write(&reviews, me.id, id, said).await?;
    Ok((StatusCode::CREATED, JsonBody(OwnReviewView::new(&review, &me.account.username))))
}

/// Change a review, within seven days
#[utoipa::path(put, path = "/consultations/{id}/review", operation_id = "edit_review", tag = "reviews", params(("id" = ConsultationId, Path)), request_body = ReviewRequest,
    responses((status = 200, body = OwnReviewView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn edit(
    State(reviews): State<Arc<Reviews>>,
    Owner(me): Owner,
    Id(id): Id<ConsultationId>,
    Json(body): Json<ReviewRequest>,
) -> Result<JsonBody<OwnReviewView>, AppError> {
    let said = rules::check(body.rating, body.text)?;
    let review = service::edit(&reviews, me.id, id, said).await?;
    Ok(JsonBody(OwnReviewView::new(&review, &me.account.username)))
}
