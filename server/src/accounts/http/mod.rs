//! `/api/auth`.

pub mod devices;
pub mod password;

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::devices::Visit;
use super::entity::{AccountId, Role, account};
use super::service::{self, NewAccount, SignedIn};
use super::{Accounts, CurrentUser, cookies, rules};
use platform::http::client_address::ClientAddress;
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::problem::ProblemBody;
use platform::http::validate::Check;

#[derive(Debug, Deserialize, ToSchema)]
pub struct RegisterRequest {
    #[schema(required, value_type = String, max_length = 80)]
    username: Option<String>,
    #[schema(required, value_type = String, max_length = 254)]
    email: Option<String>,
    /// 8 characters at least, 72 bytes at most.
    #[schema(required)]
    password: Option<String>,
    #[schema(required, value_type = String)]
    phone_number: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct LoginRequest {
    #[schema(required, value_type = String)]
    email: Option<String>,
    #[schema(required)]
    password: Option<String>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefreshRequest {
    /// For clients without cookies.
    refresh_token: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AccountView {
    id: AccountId,
    username: String,
    email: String,
    roles: Role,
    phone_number: String,
    #[schema(required)]
    picture: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RegisteredView {
    message: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StatusView {
    status: bool,
    message: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SignedInView {
    status: bool,
    message: &'static str,
    data: SignedInData,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignedInData {
    user: AccountView,
    /// The access token.
    token: String,
    /// Only for clients that are not browsers: a browser keeps it in a cookie that no script can read.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

impl From<&account::Model> for AccountView {
    fn from(account: &account::Model) -> Self {
        Self {
            id: account.id,
            username: account.username.clone(),
            email: account.email.clone(),
            roles: account.role,
            phone_number: account.phone_number.clone(),
            picture: account.picture.clone(),
        }
    }
}

/// Sign up as a pet owner
#[utoipa::path(post, path = "/auth/register", tag = "auth", request_body = RegisterRequest,
    responses((status = 201, body = RegisteredView), (status = 400, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn register(
    State(accounts): State<Arc<Accounts>>,
    ClientAddress(address): ClientAddress,
    Json(body): Json<RegisterRequest>,
) -> Result<(StatusCode, JsonBody<RegisteredView>), AppError> {
    let mut check = Check::new();
    let username = rules::check_username(&mut check, body.username);
    let email = rules::check_email(&mut check, body.email);
    let password = rules::check_new_password(&mut check, body.password);
    let phone_number = rules::check_phone_number(&mut check, body.phone_number);
    check.finish()?;
    accounts.limits.register_by_address.take(&address)?;
    let new = NewAccount { username, email, phone_number, role: Role::User, picture: None };
    service::register(&accounts, new, password).await?;
    Ok((StatusCode::CREATED, JsonBody(RegisteredView { message: "Registration successful" })))
}

/// Sign in
#[utoipa::path(post, path = "/auth/login", tag = "auth", request_body = LoginRequest,
    responses((status = 200, body = SignedInView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn login(
    State(accounts): State<Arc<Accounts>>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Json(body): Json<LoginRequest>,
) -> Result<Response, AppError> {
    let mut check = Check::new();
    let email = rules::normalize_email(&body.email.unwrap_or_default());
    let password = rules::normalize_password(&body.password.unwrap_or_default());
    for (field, value) in [("email", &email), ("password", &password)] {
        if value.is_empty() {
            check.missing(field);
        }
    }
    check.finish()?;
    accounts.limits.take_sign_in(address, &email)?;
    let visit = Visit::new(&headers, ClientAddress(address));
    let signed_in = service::login(&accounts, &email, password, visit).await?;
    Ok(answer(&accounts, &headers, signed_in, "Login successful"))
}

/// Get a new access token, and a new refresh token in the place of the one used
#[utoipa::path(post, path = "/auth/refresh", operation_id = "refresh_session", tag = "auth", request_body = RefreshRequest,
    responses((status = 200, body = SignedInView), (status = 401, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn refresh(
    State(accounts): State<Arc<Accounts>>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Json(body): Json<RefreshRequest>,
) -> Result<Response, AppError> {
    accounts.limits.refresh_by_address.take(&address)?;
    let given = body.refresh_token.as_deref().or_else(|| cookies::refresh_token(&headers));
    let given = given.filter(|token| !token.is_empty()).ok_or_else(AppError::unauthenticated)?;
    let signed_in = service::refresh(&accounts, given).await?;
    Ok(answer(&accounts, &headers, signed_in, "Token refreshed"))
}

/// Sign out: the session ends at once, its sockets close
#[utoipa::path(post, path = "/auth/logout", tag = "auth",
    responses((status = 200, body = StatusView), (status = 401, body = ProblemBody)))]
pub async fn logout(State(accounts): State<Arc<Accounts>>, headers: HeaderMap) -> Result<Response, AppError> {
    service::logout(&accounts, CurrentUser::token_of(&headers), cookies::refresh_token(&headers)).await?;
    let body = StatusView { status: true, message: "Logout successful" };
    Ok((cookies::signed_out(&accounts), JsonBody(body)).into_response())
}

/// Who is signed in
#[utoipa::path(get, path = "/auth/me", tag = "auth",
    responses((status = 200, body = AccountView), (status = 401, body = ProblemBody)))]
pub async fn me(me: CurrentUser) -> JsonBody<AccountView> {
    JsonBody(AccountView::from(&*me.account))
}

fn answer(accounts: &Accounts, headers: &HeaderMap, signed_in: SignedIn, message: &'static str) -> Response {
    let cookies = cookies::signed_in(accounts, &signed_in);
    let refresh_token = (!is_browser(headers)).then_some(signed_in.refresh_token);
    let data =
        SignedInData { user: AccountView::from(&signed_in.account), token: signed_in.access_token, refresh_token };
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    (no_store, cookies, JsonBody(SignedInView { status: true, message, data })).into_response()
}

/// Every current browser sends this header on its own, and no page can suppress it.
fn is_browser(headers: &HeaderMap) -> bool {
    headers.contains_key("sec-fetch-site")
}
