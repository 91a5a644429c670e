//! `GET /api/app-config`: what the web app must know of the server that it was loaded from.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Operations;
use crate::config::Config;

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppConfig {
    /// `snap.js`, to be loaded with the key as `data-client-key`.
    payment_script_url: String,
    payment_client_key: String,
    /// Whether payments go to the local stand-in.
    simulated_payments: bool,
    /// Whether this is the demo, whose accounts and password are in its manual.
    is_demo: bool,
}

impl AppConfig {
    pub fn new(config: &Config) -> Self {
        Self {
            payment_script_url: config.payments.script_url(),
            payment_client_key: config.payments.client_key.clone(),
            simulated_payments: config.payments.is_simulated(),
            is_demo: config.is_demo,
        }
    }
}

/// What the web app must know: how to load the payment script, and whether all this is a demo
#[utoipa::path(get, path = "/app-config", tag = "operations", responses((status = 200, body = AppConfig)))]
pub async fn app_config(State(operations): State<Arc<Operations>>) -> JsonBody<AppConfig> {
    JsonBody(operations.app_config.clone())
}
