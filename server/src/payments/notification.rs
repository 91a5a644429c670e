//! The gateway's notifications. A notification is a hint: its signature does not cover the status, so the status call
//! decides what is true. Each is in the inbox before it is judged.

use serde::{Deserialize, Serialize};

use super::entity::Model;
use super::entity::gateway_event::{EventResult, ReportSource};
use super::error::PaymentError;
use super::inbox::{self, Received};
use super::{Payments, apply, ask, store};
use platform::http::error::AppError;
use platform::http::validate::Check;

#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
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
    pub transaction_id: Option<String>,
    pub transaction_status: Option<String>,
    pub payment_type: Option<String>,
    pub fraud_status: Option<String>,
    pub currency: Option<String>,
}

/// The fields that every notification has.
struct Claim {
    order: String,
    status_code: String,
    gross_amount: String,
    signature: String,
}

pub async fn receive(payments: &Payments, notification: Notification) -> Result<(), AppError> {
    let claim = read(&notification)?;
    let is_signed = payments.gateway.is_signed(&claim.order, &claim.status_code, &claim.gross_amount, &claim.signature);
    // Only what could be an order id is looked up: a database refuses some characters.
    let found = match is_signed && claim.order.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => store::find_by_gateway_order(&payments.db.read, &claim.order).await?,
        false => None,
    };
    let received = Received {
        source: ReportSource::Notification,
        is_signed,
        order: claim.order.clone(),
        transaction: notification.transaction_id.clone(),
        body: serde_json::to_string(&notification).unwrap_or_default(),
        payment: found.as_ref().map(|payment| payment.id),
    };
    let event = inbox::keep(&payments.db.write, received, payments.clock.now()).await?;
    let judged = judge(payments, &notification, &claim, is_signed, found).await;
    let result = match &judged {
        Ok(result) => *result,
        Err((result, _)) => *result,
    };
    inbox::handled(&payments.db.write, event, result, payments.clock.now()).await?;
    judged.map(|_| ()).map_err(|(_, error)| error)
}

fn read(notification: &Notification) -> Result<Claim, AppError> {
    let mut check = Check::new();
    let mut field = |name: &str, value: &Option<String>| {
        let value = value.clone().filter(|value| !value.is_empty());
        if value.is_none() {
            check.missing(name);
        }
        value.unwrap_or_default()
    };
    let claim = Claim {
        order: field("order_id", &notification.order_id),
        status_code: field("status_code", &notification.status_code),
        gross_amount: field("gross_amount", &notification.gross_amount),
        signature: field("signature_key", &notification.signature_key),
    };
    check.finish()?;
    Ok(claim)
}

async fn judge(
    payments: &Payments,
    notification: &Notification,
    claim: &Claim,
    is_signed: bool,
    found: Option<Model>,
) -> Result<EventResult, (EventResult, AppError)> {
    if !is_signed {
        return Err((EventResult::Forged, PaymentError::InvalidSignature.into()));
    }
    let Some(payment) = found else {
        // Authentic, yet not ours: the merchant account may serve another environment, or somebody tests the address.
        tracing::info!(order = claim.order, "a notification about an order that is not ours");
        return Ok(EventResult::UnknownOrder);
    };
    let mismatch = |error: PaymentError| (EventResult::AmountMismatch, error.into());
    let silent = |error: AppError| (EventResult::GatewaySilent, error);
    apply::verify_claim(&payment, &claim.gross_amount, notification.currency.as_deref()).map_err(mismatch)?;
    learn_names(payments, &payment, notification).await.map_err(silent)?;
    match ask::ask_and_apply(payments, payment.id).await.map_err(silent)? {
        EventResult::AmountMismatch => Err(mismatch(PaymentError::AmountMismatch)),
        result => Ok(result),
    }
}

/// The gateway's own name of a transaction is not covered by the signature: it is believed only once the gateway says that
/// it belongs to our order.
async fn learn_names(payments: &Payments, payment: &Model, notification: &Notification) -> Result<(), AppError> {
    let Some(transaction) = notification.transaction_id.as_deref() else { return Ok(()) };
    let is_name = (1..=64).contains(&transaction.len())
        && transaction.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if payment.transaction_id.is_some() || !is_name {
        return Ok(());
    }
    let said = payments.gateway.status(transaction).await;
    let said = said.map_err(|error| PaymentError::GatewayUnavailable(format!("{error:#}")))?;
    if let Some(said) = said.filter(|said| said.order_id == payment.gateway_order_id) {
        store::save_choice(&payments.db.write, payment, said.payment_type, Some(transaction.to_owned())).await?;
    }
    Ok(())
}
