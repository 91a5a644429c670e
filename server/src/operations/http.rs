//! `/api/admin/jobs`.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Operations;
use crate::accounts::Admin;
use platform::audit::{self, Deed};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::jobs::{self, JobId, Model};

/// The operator sees the newest; more are a reason to look into the log.
const MOST_SHOWN: u64 = 100;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeadJob)]
pub struct DeadJobView {
    id: JobId,
    kind: String,
    /// What it is about, as it was enqueued.
    payload: String,
    #[schema(required)]
    last_error: Option<String>,
    created_at: Timestamp,
    #[schema(required)]
    dead_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DeadJobs {
    items: Vec<DeadJobView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Revived {
    status: &'static str,
}

impl From<Model> for DeadJobView {
    fn from(job: Model) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            payload: job.payload,
            last_error: job.last_error,
            created_at: job.created_at,
            dead_at: job.dead_at,
        }
    }
}

/// Work that was given up after too many tries, the newest first
#[utoipa::path(get, path = "/admin/jobs", operation_id = "list_dead_jobs", tag = "admin",
    responses((status = 200, body = DeadJobs), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub async fn list_dead(
    State(operations): State<Arc<Operations>>,
    Admin(_admin): Admin,
) -> Result<JsonBody<DeadJobs>, AppError> {
    let dead = jobs::list_dead(&operations.db.read, MOST_SHOWN).await?;
    Ok(JsonBody(DeadJobs { items: dead.into_iter().map(DeadJobView::from).collect() }))
}

/// Have given-up work tried again from the beginning
#[utoipa::path(post, path = "/admin/jobs/{id}/retry", operation_id = "retry_job", tag = "admin", params(("id" = JobId, Path)),
    responses((status = 200, body = Revived), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn retry(
    State(operations): State<Arc<Operations>>,
    Admin(me): Admin,
    Id(id): Id<JobId>,
) -> Result<JsonBody<Revived>, AppError> {
    let now = operations.clock.now();
    let txn = operations.db.begin_write().await?;
    if !jobs::revive(&txn, id, now).await? {
        return Err(JobId::not_found());
    }
    let deed = Deed { actor: Some(me.id.0), action: "job.retried", subject: id.0, reason: None };
    audit::write(&txn, deed, now).await?;
    txn.commit().await?;
    operations.bell.ring();
    Ok(JsonBody(Revived { status: "ok" }))
}
