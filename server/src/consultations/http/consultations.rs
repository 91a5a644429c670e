//! `/api/consultations`: what somebody bought or gave.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use sea_orm::ActiveEnum;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::views::{ConsultationView, view, views};
use crate::accounts::{CurrentUser, Owner};
use crate::consultations::entity::Model;
use crate::consultations::store::{self, Filter};
use crate::consultations::{Consultations, call_off};
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::idempotency::{Claim, once};
use platform::http::json::Json;
use platform::http::page::{self, Page};
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::http::validate::Check;
use platform::text::Text;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RescheduleRequest {
    /// When the new slot begins.
    #[schema(required, value_type = String, format = DateTime)]
    starts_at: Option<String>,
}

/// Which of the caller's consultations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only those in these states, separated by commas: `active,scheduled`.
    status: Option<String>,
    /// `true`: only those that the caller, as the vet, owes a summary of.
    #[param(value_type = Option<bool>)]
    needs_record: Option<String>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many items, 1 to 100; 20 unless said.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

impl ListQuery {
    fn filter(&self) -> Result<Filter, AppError> {
        let mut check = Check::new();
        let given = self.status.as_deref().unwrap_or_default().split(',').map(str::trim);
        let given = given.filter(|name| !name.is_empty());
        let statuses: Vec<_> = given.map(|name| ConsultationStatus::try_from_value(&name.to_owned())).collect();
        if statuses.iter().any(Result::is_err) {
            check.invalid("status", "unknown_status", Text::new("Status tidak dikenal.", "There is no such status."));
        }
        let needs_record = check.flag("needsRecord", self.needs_record.as_deref());
        check.finish()?;
        let statuses = statuses.into_iter().flatten().collect();
        Ok(Filter { statuses, needs_record, before: page::cursor(self.cursor.as_deref())? })
    }
}

/// The caller's consultations, newest first
#[utoipa::path(get, path = "/consultations", operation_id = "list_consultations", tag = "consultations", params(ListQuery),
    responses((status = 200, body = Page<ConsultationView>), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn list(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Query(query): Query<ListQuery>,
) -> Result<JsonBody<Page<ConsultationView>>, AppError> {
    let (filter, limit) = (query.filter()?, page::limit(query.limit.as_deref())?);
    let rows = store::list_for(&consultations.db.read, &me, &filter, limit + 1).await?;
    let (rows, next_cursor) = page::cut(rows, limit, |row| row.id.to_string());
    Ok(JsonBody(Page { items: views(&consultations, me.id, rows).await?, next_cursor }))
}

/// One of the caller's consultations
#[utoipa::path(get, path = "/consultations/{id}", operation_id = "show_consultation", tag = "consultations", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
) -> Result<JsonBody<ConsultationView>, AppError> {
    let found =
        Model::find_for_party(&consultations.db.read, me.id, id).await?.ok_or_else(ConsultationId::not_found)?;
    view(&consultations, me.id, found).await
}

/// Call off a consultation that has not begun
#[utoipa::path(post, path = "/consultations/{id}/cancel", operation_id = "cancel_consultation", tag = "consultations", params(("id" = ConsultationId, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = ConsultationView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn cancel(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let claim = Claim::from_headers(&headers, me.id.0, "POST /consultations/cancel", &id)?;
    once_for(
        &consultations,
        &me,
        (claim.as_ref(), StatusCode::OK),
        call_off::call_off(&consultations, &me, id, claim.as_ref()),
    )
    .await
}

/// Move a booked slot to another time of the same doctor
#[utoipa::path(post, path = "/consultations/{id}/reschedule", operation_id = "reschedule_consultation", tag = "consultations", request_body = RescheduleRequest, params(("id" = ConsultationId, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = ConsultationView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn reschedule(
    State(consultations): State<Arc<Consultations>>,
    Owner(me): Owner,
    Id(id): Id<ConsultationId>,
    headers: HeaderMap,
    Json(body): Json<RescheduleRequest>,
) -> Result<Response, AppError> {
    let mut check = Check::new();
    let starts_at = check.parsed::<Timestamp>("startsAt", body.starts_at.as_deref());
    check.finish()?;
    let starts_at = starts_at.unwrap_or(consultations.clock.now());
    let claim = Claim::from_headers(&headers, me.id.0, "POST /consultations/reschedule", &(id, starts_at))?;
    once_for(
        &consultations,
        &me,
        (claim.as_ref(), StatusCode::OK),
        call_off::reschedule(&consultations, &me, id, starts_at, claim.as_ref()),
    )
    .await
}

/// Take the money back because the vet does not answer
#[utoipa::path(post, path = "/consultations/{id}/refund", operation_id = "take_money_back", tag = "consultations", params(("id" = ConsultationId, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = ConsultationView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn take_back(
    State(consultations): State<Arc<Consultations>>,
    Owner(me): Owner,
    Id(id): Id<ConsultationId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let claim = Claim::from_headers(&headers, me.id.0, "POST /consultations/refund", &id)?;
    once_for(
        &consultations,
        &me,
        (claim.as_ref(), StatusCode::OK),
        call_off::give_up(&consultations, &me, id, claim.as_ref()),
    )
    .await
}

/// Does something to a consultation once for a key, and answers how it looks to the caller.
pub async fn once_for(
    consultations: &Consultations,
    me: &CurrentUser,
    (claim, status): (Option<&Claim>, StatusCode),
    deed: impl Future<Output = Result<Model, AppError>>,
) -> Result<Response, AppError> {
    let deed = async { Ok(view(consultations, me.id, deed.await?).await?.0) };
    let replay = |id: String| async move {
        let id: ConsultationId = id.parse().map_err(anyhow::Error::from)?;
        let found =
            Model::find_for_party(&consultations.db.write, me.id, id).await?.ok_or_else(ConsultationId::not_found)?;
        Ok(view(consultations, me.id, found).await?.0)
    };
    once(&consultations.db.write, consultations.clock.now(), claim, status, deed, replay).await
}
