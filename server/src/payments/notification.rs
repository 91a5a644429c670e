//! The gateway's notifications. A notification is a hint: its signature does not cover the status, so the status call
//! decides what is true.

use serde::Deserialize;

use super::error::PaymentError;
use super::midtrans::TransactionStatus;
use super::{apply, store};
use crate::app::App;
use crate::platform::http::error::AppError;
use crate::platform::http::validate::Check;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = GatewayNotification)]
pub struct Notification {
    #[schema(required)]
    pub order_id: Option<String>,
    #[schema(required)]
    pub status_code: Option<String>,
    #[schema(required)]
    pub gross_amount: Option<String>,
    #[schema(required)]
    pub signature_key: Option<String>,
    pub transaction_status: Option<String>,
    pub fraud_status: Option<String>,
    pub currency: Option<String>,
}

pub async fn receive(app: &App, notification: Notification) -> Result<(), AppError> {
    let mut check = Check::new();
    let mut field = |name: &str, value: Option<String>| {
        let value = value.filter(|value| !value.is_empty());
        if value.is_none() {
            check.missing(name);
        }
        value.unwrap_or_default()
    };
    let order_id = field("order_id", notification.order_id);
    let status_code = field("status_code", notification.status_code);
    let gross_amount = field("gross_amount", notification.gross_amount);
    let signature = field("signature_key", notification.signature_key);
    check.finish()?;

    if !app.gateway.is_signed(&order_id, &status_code, &gross_amount, &signature) {
        return Err(PaymentError::InvalidSignature.into());
    }
    // Only what could be an order id is looked up: a database refuses some characters.
    let found = match order_id.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => store::find_by_order(&app.db.read, &order_id).await?,
        false => None,
    };
    let Some(payment) = found else {
        // Authentic, yet not ours: the merchant account may serve another environment, or somebody tests the address.
        tracing::info!(order_id, "a notification about an order that is not ours");
        return Ok(());
    };
    let claimed = TransactionStatus {
        order_id,
        gross_amount,
        status_code,
        transaction_status: notification.transaction_status.unwrap_or_default(),
        fraud_status: notification.fraud_status,
        currency: notification.currency,
        payment_type: None,
        refund_amount: None,
        settlement_time: None,
    };
    apply::verify_amount(&payment, &claimed)?;
    ask_gateway(app, &payment).await
}

/// Asks the gateway and applies what it says.
pub async fn ask_gateway(app: &App, payment: &super::entity::Model) -> Result<(), AppError> {
    let answer = app.gateway.status(&payment.order_id).await;
    match answer.map_err(|error| PaymentError::GatewayUnavailable(format!("{error:#}")))? {
        Some(said) => apply::gateway_says(app, payment.id, &said).await,
        None => Ok(()),
    }
}
