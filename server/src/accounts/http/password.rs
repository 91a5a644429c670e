//! `/api/auth`: passwords that are forgotten or changed.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::StatusView;
use crate::accounts::{Accounts, CurrentUser, bounded, recovery, rules};
use platform::http::client_address::ClientAddress;
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::problem::ProblemBody;
use platform::http::validate::Check;
use platform::text::Language;

#[derive(Debug, Deserialize, ToSchema)]
pub struct ForgotPassword {
    #[schema(required, value_type = String, max_length = 254)]
    email: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct ResetPassword {
    /// What the letter's link has behind its `#`.
    #[schema(required, value_type = String)]
    token: Option<String>,
    /// 8 characters at least, 72 bytes at most.
    #[schema(required)]
    password: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangePassword {
    #[schema(required)]
    current_password: Option<String>,
    /// 8 characters at least, 72 bytes at most.
    #[schema(required)]
    password: Option<String>,
}

/// Ask for a letter with a link to a new password; the answer is the same whether there is such an account or not
#[utoipa::path(post, path = "/auth/forgot-password", tag = "auth", request_body = ForgotPassword,
    responses((status = 202, body = StatusView), (status = 400, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn forgot_password(
    State(accounts): State<Arc<Accounts>>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Json(body): Json<ForgotPassword>,
) -> Result<(StatusCode, JsonBody<StatusView>), AppError> {
    let mut check = Check::new();
    let email = rules::check_email(&mut check, body.email);
    check.finish()?;
    accounts.limits.forgot_by_address.take(&address)?;
    accounts.limits.forgot_by_email.take(&bounded(&email))?;
    recovery::forgot(&accounts, email, Language::from_headers(&headers)).await?;
    Ok((
        StatusCode::ACCEPTED,
        JsonBody(StatusView { status: true, message: "A letter is on its way if there is such an account" }),
    ))
}

/// Choose a new password with the link of a letter; every session of the account ends
#[utoipa::path(post, path = "/auth/reset-password", tag = "auth", request_body = ResetPassword,
    responses((status = 200, body = StatusView), (status = 400, body = ProblemBody), (status = 410, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn reset_password(
    State(accounts): State<Arc<Accounts>>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Json(body): Json<ResetPassword>,
) -> Result<JsonBody<StatusView>, AppError> {
    let mut check = Check::new();
    let token = body.token.unwrap_or_default();
    if token.is_empty() {
        check.missing("token");
    }
    let password = rules::check_new_password(&mut check, body.password);
    check.finish()?;
    accounts.limits.reset_by_address.take(&address)?;
    recovery::reset(&accounts, &token, password, Language::from_headers(&headers)).await?;
    Ok(JsonBody(StatusView { status: true, message: "Password changed" }))
}

/// Change the password; every other session ends
#[utoipa::path(put, path = "/auth/password", operation_id = "change_password", tag = "auth", request_body = ChangePassword,
    responses((status = 200, body = StatusView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn change_password(
    State(accounts): State<Arc<Accounts>>,
    me: CurrentUser,
    headers: HeaderMap,
    Json(body): Json<ChangePassword>,
) -> Result<JsonBody<StatusView>, AppError> {
    let mut check = Check::new();
    let current = rules::normalize_password(&body.current_password.unwrap_or_default());
    if current.is_empty() {
        check.missing("currentPassword");
    }
    let password = rules::check_new_password(&mut check, body.password);
    check.finish()?;
    accounts.limits.change_password.take(&me.id)?;
    recovery::change(&accounts, &me, current, password, Language::from_headers(&headers)).await?;
    Ok(JsonBody(StatusView { status: true, message: "Password changed" }))
}
