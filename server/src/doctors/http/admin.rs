//! The operator's side: who waits, who is in, and who is not.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use sea_orm::ActiveEnum;
use serde::Deserialize;
use utoipa::IntoParams;

use super::views::AdminView;
use crate::accounts::{AccountId, Admin};
use crate::doctors::entity::{DoctorId, DoctorStatus, Model};
use crate::doctors::licences::entity::LicenceId;
use crate::doctors::{Doctors, licences, store};
use platform::http::error::AppError;
use platform::http::page::{self, Page};
use platform::http::path::Id;
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::http::validate::Check;
use platform::text::Text;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DoctorsQuery {
    /// `applied`, `verified`, `suspended` or `rejected`.
    status: Option<String>,
    /// `true`: only those whose licence waits for a decision, the longest waiting first.
    #[param(value_type = Option<bool>)]
    pending: Option<String>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many items, 1 to 100; 20 unless said.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// All doctors, the newest first, or those who wait for a decision
#[utoipa::path(get, path = "/admin/doctors", operation_id = "list_all_doctors", tag = "admin", params(DoctorsQuery),
    responses((status = 200, body = Page<AdminView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn list(
    State(doctors): State<Arc<Doctors>>,
    _admin: Admin,
    Query(query): Query<DoctorsQuery>,
) -> Result<JsonBody<Page<AdminView>>, AppError> {
    let limit = page::limit(query.limit.as_deref())?;
    let (is_pending, status) = query.read()?;
    let (rows, next_cursor) = if is_pending {
        waiting(&doctors, page::cursor(query.cursor.as_deref())?, limit).await?
    } else {
        let before = page::cursor(query.cursor.as_deref())?;
        let rows = store::list_all(&doctors.db.read, status, before, limit + 1).await?;
        page::cut(rows, limit, |doctor| doctor.account_id.to_string())
    };
    Ok(JsonBody(Page { items: AdminView::list(&doctors, rows).await?, next_cursor }))
}

async fn waiting(
    doctors: &Doctors,
    after: Option<LicenceId>,
    limit: u64,
) -> Result<(Vec<Model>, Option<String>), AppError> {
    let db = &doctors.db.read;
    let rows = licences::store::list_submitted(db, after, limit + 1).await?;
    let (rows, next_cursor) = page::cut(rows, limit, |licence| licence.id.to_string());
    let found = store::list_any(db, rows.iter().map(|licence| licence.doctor_id).collect()).await?;
    let mut found: HashMap<AccountId, Model> = found.into_iter().map(|doctor| (doctor.account_id, doctor)).collect();
    Ok((rows.iter().filter_map(|licence| found.remove(&licence.doctor_id)).collect(), next_cursor))
}

impl DoctorsQuery {
    /// Whether only those who wait are wanted, and in which state.
    fn read(&self) -> Result<(bool, Option<DoctorStatus>), AppError> {
        let mut check = Check::new();
        let is_pending = check.flag("pending", self.pending.as_deref());
        let given = self.status.as_deref().filter(|given| !given.is_empty());
        let status = given.map(|given| DoctorStatus::try_from_value(&given.to_owned()));
        if matches!(status, Some(Err(_))) {
            check.invalid("status", "unknown_status", Text::new("Status tidak dikenal.", "There is no such status."));
        }
        check.finish()?;
        Ok((is_pending, status.and_then(Result::ok)))
    }
}

/// One doctor, with all licences and their documents
#[utoipa::path(get, path = "/admin/doctors/{id}", operation_id = "show_any_doctor", tag = "admin", params(("id" = AccountId, Path)),
    responses((status = 200, body = AdminView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(doctors): State<Arc<Doctors>>,
    _admin: Admin,
    Id(id): Id<DoctorId>,
) -> Result<JsonBody<AdminView>, AppError> {
    let doctor = Model::find(&doctors.db.read, id.0).await?.ok_or_else(Model::not_found)?;
    AdminView::list(&doctors, vec![doctor]).await?.pop().map(JsonBody).ok_or_else(Model::not_found)
}
