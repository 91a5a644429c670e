//! `/api/auth/sessions`: the devices on which somebody is signed in.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::devices::name_of;
use crate::accounts::entity::session;
use crate::accounts::{Accounts, CurrentUser, SessionId};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Device)]
pub struct DeviceView {
    id: SessionId,
    /// A browser and what it runs on: `Chrome, Android`. Empty when it says nothing of itself.
    name: String,
    /// Where it signed in from: an address of the internet, or its /64 of IPv6.
    #[schema(required)]
    network: Option<String>,
    signed_in_at: Timestamp,
    /// To the hour.
    last_used_at: Timestamp,
    /// The one that asks.
    is_this: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Devices {
    items: Vec<DeviceView>,
}

/// The devices on which one is signed in, this one first, then the one used last
#[utoipa::path(get, path = "/auth/sessions", operation_id = "list_devices", tag = "auth",
    responses((status = 200, body = Devices), (status = 401, body = ProblemBody)))]
pub async fn list(State(accounts): State<Arc<Accounts>>, me: CurrentUser) -> Result<JsonBody<Devices>, AppError> {
    all(&accounts, &me).await
}

/// Sign a device out: its sockets close at once; answers those that are left
#[utoipa::path(delete, path = "/auth/sessions/{id}", operation_id = "sign_device_out", tag = "auth", params(("id" = SessionId, Path)),
    responses((status = 200, body = Devices), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn sign_out(
    State(accounts): State<Arc<Accounts>>,
    me: CurrentUser,
    Id(id): Id<SessionId>,
) -> Result<JsonBody<Devices>, AppError> {
    accounts.sign_out_device(&me, id).await?;
    all(&accounts, &me).await
}

/// Sign all devices out but this one
#[utoipa::path(delete, path = "/auth/sessions", operation_id = "sign_other_devices_out", tag = "auth",
    responses((status = 200, body = Devices), (status = 401, body = ProblemBody)))]
pub async fn sign_others_out(
    State(accounts): State<Arc<Accounts>>,
    me: CurrentUser,
) -> Result<JsonBody<Devices>, AppError> {
    accounts.sign_out_others(&me).await?;
    all(&accounts, &me).await
}

async fn all(accounts: &Accounts, me: &CurrentUser) -> Result<JsonBody<Devices>, AppError> {
    let view = |session: session::Model| DeviceView {
        id: session.id,
        name: name_of(&session.user_agent),
        network: session.network,
        signed_in_at: session.created_at,
        last_used_at: session.last_used_at,
        is_this: session.id == me.session,
    };
    Ok(JsonBody(Devices { items: accounts.devices(me).await?.into_iter().map(view).collect() }))
}
