//! `GET /api/consultations/{id}/record.pdf`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::accounts::CurrentUser;
use crate::records::{Records, pdf, service};
use crate::subjects::ConsultationId;
use platform::http::error::AppError;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;

/// A finished summary as a document to keep, in Indonesian
#[utoipa::path(get, path = "/consultations/{id}/record.pdf", operation_id = "read_record_pdf", tag = "records", params(("id" = ConsultationId, Path)),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn read(
    State(records): State<Arc<Records>>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
) -> Result<Response, AppError> {
    let record = service::find_finished(&records, me.id, id).await?;
    records.pdfs_by_account.take(&me.id.0)?;
    let date = records.clock.now().in_jakarta().date_naive();
    let described = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"hellopet-ringkasan-{date}.pdf\"")),
    ];
    let file = pdf::write(&records, record).await?;
    Ok((described, Body::from(file)).into_response())
}
