//! Whether the process lives, and whether it can do its work.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::http::error::AppError;
use super::text::Text;
use crate::app::AppState;

#[derive(Serialize)]
pub struct Health {
    status: &'static str,
}

/// `GET /healthz`: the process answers.
pub async fn alive() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// `GET /readyz`: the database answers too.
pub async fn ready(State(app): State<AppState>) -> Result<Json<Health>, AppError> {
    app.db.ping().await.map_err(|error| {
        tracing::warn!(%error, "the database does not answer");
        AppError::unavailable(
            "database_unavailable",
            Text::new("Basis data tidak menjawab.", "The database does not answer."),
        )
    })?;
    Ok(Json(Health { status: "ok" }))
}
