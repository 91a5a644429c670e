//! Whether the process lives, and whether it can do its work.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Operations;
use platform::http::error::AppError;
use platform::http::problem::ProblemBody;
use platform::text::Text;

#[derive(Serialize, ToSchema)]
pub struct Health {
    status: &'static str,
}

/// The process answers
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, body = Health)))]
pub async fn alive() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// The database answers too, and Redis where it is used; all that works in the background does
#[utoipa::path(get, path = "/readyz", tag = "operations", responses((status = 200, body = Health), (status = 503, body = ProblemBody)))]
pub async fn ready(State(operations): State<Arc<Operations>>) -> Result<Json<Health>, AppError> {
    if let Some(task) = operations.tasks.ended() {
        let text = Text::new("Sebagian server berhenti bekerja.", "A part of the server has stopped working.");
        return Err(AppError::unavailable("core_task_ended", text).with("task", task));
    }
    operations.db.ping().await.map_err(|error| {
        tracing::warn!(%error, "the database does not answer");
        AppError::database_unavailable()
    })?;
    if operations.needs_redis && !operations.bus.hears() {
        let text = Text::new("Redis tidak menjawab.", "Redis does not answer.");
        return Err(AppError::unavailable("redis_unavailable", text));
    }
    Ok(Json(Health { status: "ok" }))
}
