//! Licences and their documents.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::OwnView;
use crate::accounts::CurrentUser;
use crate::doctors::licences::entity::document::DocumentId;
use crate::doctors::licences::entity::{LicenceId, LicenceKind};
use crate::doctors::licences::{Given, documents};
use crate::doctors::{Doctor, Doctors, application};
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::images::form::PhotoForm;
use platform::pictures::{Caching, Shown, SizeQuery};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LicenceRequest {
    #[schema(required, value_type = LicenceKind)]
    kind: Option<LicenceKind>,
    /// At most 60 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 60)]
    number: Option<String>,
    /// At most 120 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 120)]
    issuer: Option<String>,
    /// The last day, not over yet.
    #[schema(required, value_type = String, format = Date)]
    expires_on: Option<String>,
}

impl LicenceRequest {
    pub fn given(self) -> Given {
        Given { kind: self.kind, number: self.number, issuer: self.issuer, expires_on: self.expires_on }
    }
}

/// Hand in another licence; the one in force holds while it is checked
#[utoipa::path(post, path = "/doctors/me/licences", operation_id = "submit_licence", tag = "doctors", request_body = LicenceRequest,
    responses((status = 201, body = OwnView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn renew(
    State(doctors): State<Arc<Doctors>>,
    me: CurrentUser,
    Json(body): Json<LicenceRequest>,
) -> Result<(StatusCode, JsonBody<OwnView>), AppError> {
    let doctor = application::renew(&doctors, me.id, body.given()).await?;
    Ok((StatusCode::CREATED, JsonBody(OwnView::of(&doctors, doctor).await?)))
}

/// Add a picture of a licence that waits for its check; six at most
#[utoipa::path(post, path = "/doctors/me/licences/{id}/documents", operation_id = "add_licence_document", tag = "doctors", params(("id" = LicenceId, Path)),
    request_body(content = PhotoForm, content_type = "multipart/form-data"),
    responses((status = 201, body = OwnView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn add_document(
    State(doctors): State<Arc<Doctors>>,
    me: CurrentUser,
    Id(id): Id<LicenceId>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, JsonBody<OwnView>), AppError> {
    let licence = documents::may_add(&doctors, me.id, id).await?;
    let upload = doctors.pictures.receive(me.id.0, form).await?;
    documents::add(&doctors, &licence, upload).await?;
    let doctor = Doctor::find(&doctors.db.read, me.id).await?.ok_or_else(Doctor::not_found)?;
    Ok((StatusCode::CREATED, JsonBody(OwnView::of(&doctors, doctor).await?)))
}

/// A picture of a licence, for its vet and the operator
#[utoipa::path(get, path = "/licence-documents/{id}", operation_id = "read_licence_document", tag = "doctors", params(("id" = DocumentId, Path), SizeQuery),
    responses((status = 200, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp"))), (status = 304, description = "Not changed"),
        (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn read_document(
    State(doctors): State<Arc<Doctors>>,
    me: CurrentUser,
    Id(id): Id<DocumentId>,
    Query(query): Query<SizeQuery>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let document = documents::find(&doctors, &me, id).await?;
    let (key, tag) = (document.storage_key(), document.id.to_string());
    let shown = Shown { key, tag, byte_size: document.byte_size, caching: Caching::Never };
    doctors.pictures.answer(shown, query.read()?, &headers).await?.ok_or_else(DocumentId::not_found)
}
