//! The picture of a doctor.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::HeaderMap;
use axum::response::Response;

use super::views::OwnView;
use crate::accounts::{AccountId, CurrentUser, Role};
use crate::doctors::entity::{DoctorId, PictureId};
use crate::doctors::{Doctor, Doctors, picture};
use platform::http::error::AppError;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::images::form::PhotoForm;
use platform::pictures::{Caching, Shown, SizeQuery};

/// Set the caller's picture; it is written anew without metadata, at most 768 pixels long
#[utoipa::path(put, path = "/doctors/me/picture", operation_id = "set_doctor_picture", tag = "doctors",
    request_body(content = PhotoForm, content_type = "multipart/form-data"),
    responses((status = 200, body = OwnView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn replace(
    State(doctors): State<Arc<Doctors>>,
    me: CurrentUser,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<OwnView>, AppError> {
    Doctor::find(&doctors.db.read, me.id).await?.ok_or_else(Doctor::not_found)?;
    let upload = doctors.pictures.receive(me.id.0, form).await?;
    let doctor = picture::replace(&doctors, me.id, upload).await?;
    Ok(Json(OwnView::of(&doctors, doctor).await?))
}

/// The picture of a vet; its address changes with it
#[utoipa::path(get, path = "/doctors/{id}/picture", operation_id = "read_doctor_picture", tag = "doctors", params(("id" = AccountId, Path), SizeQuery),
    responses((status = 200, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp"))), (status = 304, description = "Not changed"), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn read(
    State(doctors): State<Arc<Doctors>>,
    me: Result<CurrentUser, AppError>,
    Id(id): Id<DoctorId>,
    Query(query): Query<SizeQuery>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    // Somebody who has applied looks like somebody who is not there.
    let doctor = Doctor::find(&doctors.db.read, id.0).await?.ok_or_else(PictureId::not_found)?;
    // Anybody may apply: what an applicant uploads is not published under our name.
    let is_public = doctor.verified_at.is_some();
    if !is_public && !me.is_ok_and(|me| me.id == id.0 || me.role == Role::Admin) {
        return Err(PictureId::not_found());
    }
    let (picture, size) = doctor.picture_id.zip(doctor.picture_size).ok_or_else(PictureId::not_found)?;
    let shown = Shown {
        key: doctor.picture_key(picture),
        tag: picture.to_string(),
        byte_size: size,
        caching: Caching::ForGood,
    };
    doctors.pictures.answer(shown, query.read()?, &headers).await?.ok_or_else(PictureId::not_found)
}
