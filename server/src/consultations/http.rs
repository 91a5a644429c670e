//! `/api/consultations`: what somebody bought or gave.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::entity::{ConsultationId, ConsultationStatus, Model};
use super::quote::QuoteView;
use super::store;
use crate::accounts::{self, CurrentUser, Party};
use crate::app::AppState;
use crate::chat::{self, ConversationId};
use crate::payments::{self, PaymentId};
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::page::{self, Page, PageQuery};
use crate::platform::http::problem::ProblemBody;
use crate::platform::http::query::Query;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Consultation)]
pub struct ConsultationView {
    id: ConsultationId,
    status: ConsultationStatus,
    created_at: Timestamp,
    #[schema(required)]
    started_at: Option<Timestamp>,
    #[schema(required)]
    ended_at: Option<Timestamp>,
    owner: Party,
    doctor: Party,
    quote: QuoteView,
    #[schema(required)]
    transaction_id: Option<PaymentId>,
    #[schema(required)]
    conversation_id: Option<ConversationId>,
}

/// The caller's consultations, newest first
#[utoipa::path(get, path = "/consultations", operation_id = "list_consultations", tag = "consultations", params(PageQuery),
    responses((status = 200, body = Page<ConsultationView>), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn list(
    State(app): State<AppState>,
    me: CurrentUser,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<ConsultationView>>, AppError> {
    let limit = page.limit()?;
    let rows = store::list_for(&app.db.read, me.id, page.cursor()?, limit + 1).await?;
    let (rows, next_cursor) = page::cut(rows, limit, |row| row.id.to_string());
    Ok(Json(Page { items: views(&app, rows).await?, next_cursor }))
}

/// The rows with all that belongs to them, in a fixed number of queries.
async fn views(app: &AppState, rows: Vec<Model>) -> Result<Vec<ConsultationView>, AppError> {
    let db = &app.db.read;
    let ids: Vec<ConsultationId> = rows.iter().map(|row| row.id).collect();
    let mut quotes = store::quotes(db, &rows.iter().collect::<Vec<_>>()).await?;
    let payments = payments::ids_by_consultation(db, &ids).await?;
    let conversations = chat::ids_by_consultation(db, &ids).await?;
    let parties = accounts::parties(db, rows.iter().flat_map(|row| [row.owner_id, row.doctor_id])).await?;
    let view = |row: Model| {
        Some(ConsultationView {
            id: row.id,
            status: row.status,
            created_at: row.created_at,
            started_at: row.started_at,
            ended_at: row.ended_at,
            owner: parties.get(&row.owner_id)?.clone(),
            doctor: parties.get(&row.doctor_id)?.clone(),
            quote: quotes.remove(&row.id)?.into(),
            transaction_id: payments.get(&row.id).copied(),
            conversation_id: conversations.get(&row.id).copied(),
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}
