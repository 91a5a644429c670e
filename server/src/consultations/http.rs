//! `/api/consultations`: what somebody bought or gave.

use std::collections::HashMap;

use axum::Json as JsonBody;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::entity::{ConsultationId, ConsultationKind, ConsultationStatus, Model};
use super::quote::QuoteView;
use super::{call_off, store};
use crate::accounts::{self, AccountId, CurrentUser, Owner, Party};
use crate::app::AppState;
use crate::chat::{self, ConversationId};
use crate::payments::{self, PaymentId};
use crate::pets::{self, PetCard, PetId};
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::json::Json;
use crate::platform::http::page::{self, Page, PageQuery};
use crate::platform::http::path::{Id, Named};
use crate::platform::http::problem::ProblemBody;
use crate::platform::http::query::Query;
use crate::platform::http::validate::Check;
use crate::platform::money::Rupiah;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Consultation)]
pub struct ConsultationView {
    id: ConsultationId,
    kind: ConsultationKind,
    status: ConsultationStatus,
    /// When a slot begins; null for an instant one.
    #[schema(required)]
    starts_at: Option<Timestamp>,
    duration_minutes: i32,
    cancellation: CancellationView,
    /// Until when the vet has to answer; null before it begins and once the vet has.
    #[schema(required)]
    answer_by: Option<Timestamp>,
    /// When the time that was bought is over; null until the vet has answered.
    #[schema(required)]
    ends_at: Option<Timestamp>,
    /// The vet is late: the owner may take the money back, and gets it by itself at this time.
    #[schema(required)]
    refund_at: Option<Timestamp>,
    created_at: Timestamp,
    #[schema(required)]
    started_at: Option<Timestamp>,
    #[schema(required)]
    ended_at: Option<Timestamp>,
    owner: Party,
    doctor: Party,
    /// Whom it is about, when the owner said so.
    #[schema(required)]
    pet: Option<PetCard>,
    quote: QuoteView,
    #[schema(required)]
    transaction_id: Option<PaymentId>,
    #[schema(required)]
    conversation_id: Option<ConversationId>,
}

/// What calling off costs.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Cancellation)]
pub struct CancellationView {
    /// Until then an owner gets everything back, and may move it; null for an instant one.
    #[schema(required)]
    free_until: Option<Timestamp>,
    /// What of the price an owner gets back later, until the beginning.
    late_refund_percent: i32,
    /// What goes back to the owner if the caller calls it off now.
    refund_now: Rupiah,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RescheduleRequest {
    /// When the new slot begins.
    #[schema(required, value_type = String, format = DateTime)]
    starts_at: Option<String>,
}

/// The caller's consultations, newest first
#[utoipa::path(get, path = "/consultations", operation_id = "list_consultations", tag = "consultations", params(PageQuery),
    responses((status = 200, body = Page<ConsultationView>), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn list(
    State(app): State<AppState>,
    me: CurrentUser,
    Query(page): Query<PageQuery>,
) -> Result<JsonBody<Page<ConsultationView>>, AppError> {
    let limit = page.limit()?;
    let rows = store::list_for(&app.db.read, me.id, page.cursor()?, limit + 1).await?;
    let (rows, next_cursor) = page::cut(rows, limit, |row| row.id.to_string());
    Ok(JsonBody(Page { items: views(&app, me.id, rows).await?, next_cursor }))
}

/// One of the caller's consultations
#[utoipa::path(get, path = "/consultations/{id}", operation_id = "show_consultation", tag = "consultations", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(app): State<AppState>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
) -> Result<JsonBody<ConsultationView>, AppError> {
    let found = store::find_for_party(&app.db.read, me.id, id).await?.ok_or_else(ConsultationId::not_found)?;
    view(&app, me.id, found).await
}

/// Call off a consultation that has not begun
#[utoipa::path(post, path = "/consultations/{id}/cancel", operation_id = "cancel_consultation", tag = "consultations", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn cancel(
    State(app): State<AppState>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
) -> Result<JsonBody<ConsultationView>, AppError> {
    let called_off = call_off::call_off(&app, &me, id).await?;
    view(&app, me.id, called_off).await
}

/// Move a booked slot to another time of the same doctor
#[utoipa::path(post, path = "/consultations/{id}/reschedule", operation_id = "reschedule_consultation", tag = "consultations", request_body = RescheduleRequest, params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn reschedule(
    State(app): State<AppState>,
    Owner(me): Owner,
    Id(id): Id<ConsultationId>,
    Json(body): Json<RescheduleRequest>,
) -> Result<JsonBody<ConsultationView>, AppError> {
    let mut check = Check::new();
    let starts_at = check.parsed::<Timestamp>("startsAt", body.starts_at.as_deref());
    check.finish()?;
    let moved = call_off::reschedule(&app, &me, id, starts_at.unwrap_or(app.clock.now())).await?;
    view(&app, me.id, moved).await
}

/// Take the money back because the vet does not answer
#[utoipa::path(post, path = "/consultations/{id}/refund", operation_id = "take_money_back", tag = "consultations", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn take_back(
    State(app): State<AppState>,
    Owner(me): Owner,
    Id(id): Id<ConsultationId>,
) -> Result<JsonBody<ConsultationView>, AppError> {
    let given_up = call_off::give_up(&app, &me, id).await?;
    view(&app, me.id, given_up).await
}

async fn view(app: &AppState, viewer: AccountId, row: Model) -> Result<JsonBody<ConsultationView>, AppError> {
    let view = views(app, viewer, vec![row]).await?.pop();
    Ok(JsonBody(view.ok_or_else(ConsultationId::not_found)?))
}

/// The rows with all that belongs to them, in a fixed number of queries.
async fn views(app: &AppState, viewer: AccountId, rows: Vec<Model>) -> Result<Vec<ConsultationView>, AppError> {
    let (db, now) = (&app.db.read, app.clock.now());
    let ids: Vec<ConsultationId> = rows.iter().map(|row| row.id).collect();
    let mut quotes = store::quotes(db, &rows.iter().collect::<Vec<_>>()).await?;
    let payments = payments::ids_by_consultation(db, &ids).await?;
    let conversations = chat::ids_by_consultation(db, &ids).await?;
    let parties = accounts::parties(db, rows.iter().flat_map(|row| [row.owner_id, row.doctor_id])).await?;
    let pets = pets::cards(db, rows.iter().filter_map(|row| row.pet_id)).await?;
    let view = |row: Model| {
        Some(ConsultationView {
            id: row.id,
            kind: row.kind,
            status: row.status,
            starts_at: row.starts_at,
            duration_minutes: row.duration_minutes,
            cancellation: CancellationView {
                free_until: row.starts_at.map(|starts_at| row.cancellation().free_until(starts_at)),
                late_refund_percent: row.late_refund_percent,
                refund_now: row.refund_if_called_off_by(viewer, now),
            },
            answer_by: row.awaited_until(),
            ends_at: row.ends_at,
            refund_at: row.given_up_at(),
            created_at: row.created_at,
            started_at: row.started_at,
            ended_at: row.ended_at,
            owner: parties.get(&row.owner_id)?.clone(),
            doctor: parties.get(&row.doctor_id)?.clone(),
            pet: pet_for(viewer, &row, &pets, now),
            quote: quotes.remove(&row.id)?.into(),
            transaction_id: payments.get(&row.id).copied(),
            conversation_id: conversations.get(&row.id).copied(),
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// A vet who may not read the pet's profile any more would not get its photo either.
fn pet_for(viewer: AccountId, row: &Model, pets: &HashMap<PetId, PetCard>, now: Timestamp) -> Option<PetCard> {
    let mut card = pets.get(&row.pet_id?)?.clone();
    if viewer != row.owner_id && !pets::is_open_to_vet(row.status, row.ended_at, now) {
        card.photo = None;
    }
    Some(card)
}
