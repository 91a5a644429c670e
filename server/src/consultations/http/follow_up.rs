//! Questions after the end.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;

use super::views::{ConsultationView, view};
use crate::accounts::CurrentUser;
use crate::consultations::{Consultations, follow_up};
use crate::subjects::ConsultationId;
use platform::http::error::AppError;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;

/// Ask or answer something more, free of charge, until two days after the end
#[utoipa::path(post, path = "/consultations/{id}/follow-up", operation_id = "open_follow_up", tag = "consultations", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn open(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
) -> Result<JsonBody<ConsultationView>, AppError> {
    let opened = follow_up::open(&consultations, &me, id).await?;
    view(&consultations, me.id, opened).await
}
