//! `/api/admin/audit`: what the staff has done.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Operations;
use crate::accounts::{AccountId, Admin, Party};
use platform::audit::{self, AuditEntryId};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::page::{self, Page, PageQuery};
use platform::http::problem::ProblemBody;
use platform::http::query::Query;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditEntry)]
pub struct AuditEntryView {
    id: AuditEntryId,
    /// Null for whoever sat at the server's console.
    #[schema(required)]
    actor: Option<Party>,
    /// A thing, and what became of it, such as `licence.accepted`.
    action: String,
    /// The id of the thing.
    subject_id: Uuid,
    #[schema(required)]
    reason: Option<String>,
    at: Timestamp,
}

/// What the staff has done, the newest first
#[utoipa::path(get, path = "/admin/audit", operation_id = "list_audit_log", tag = "admin", params(PageQuery),
    responses((status = 200, body = Page<AuditEntryView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn list(
    State(operations): State<Arc<Operations>>,
    _admin: Admin,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<AuditEntryView>>, AppError> {
    let (before, limit) = (query.cursor()?, query.limit()?);
    let entries = audit::list(&operations.db.read, before, limit + 1).await?;
    let (entries, next_cursor) = page::cut(entries, limit, |entry| entry.id.to_string());
    let actors = entries.iter().filter_map(|entry| entry.actor_id).map(AccountId);
    let actors = Party::find_all(&operations.db.read, actors).await?;
    let view = |entry: audit::Model| AuditEntryView {
        id: entry.id,
        actor: entry.actor_id.and_then(|actor| actors.get(&AccountId(actor)).cloned()),
        action: entry.action,
        subject_id: entry.subject_id,
        reason: entry.reason,
        at: entry.occurred_at,
    };
    Ok(Json(Page { items: entries.into_iter().map(view).collect(), next_cursor }))
}
