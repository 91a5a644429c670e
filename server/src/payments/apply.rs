//! Lets a gateway's word take effect: payment, ledger, consultation and conversation change together or not at all.

use sea_orm::ConnectionTrait;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::entity::{EventSource, Model, PaymentEventId, PaymentId, PaymentStatus, event};
use super::error::PaymentError;
use super::midtrans::{TransactionStatus, read_amount};
use super::rules::{Standing, Step, read_report, status_after, steps};
use super::{postings, settle, store};
use crate::app::App;
use crate::chat::{self, Change};
use crate::consultations::{self, ConsultationId, ConsultationStatus, Event};
use crate::ledger;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;
use crate::platform::money::Rupiah;

/// Applies what the gateway says about a payment. Saying it twice, late or out of order changes nothing.
pub async fn gateway_says(app: &App, payment: PaymentId, said: &TransactionStatus) -> Result<(), AppError> {
    let refunded = said.refund_amount.as_deref().and_then(read_amount).unwrap_or(Rupiah::ZERO);
    let Some(report) = read_report(&said.transaction_status, said.fraud_status.as_deref(), refunded) else {
        tracing::warn!(%payment, status = said.transaction_status, "the gateway used a word that we do not know");
        return Ok(());
    };
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let mut current = store::find(&txn, payment).await?.ok_or_else(PaymentId::not_found)?;
    verify_amount(&current, said)?;
    let mut changes = Vec::new();
    let standing = Standing { status: current.status, amount: current.amount, refunded: current.refunded_amount };
    for step in steps(standing, report) {
        let mut after = taken(&current, step, now);
        after.payment_type = said.payment_type.clone().or(after.payment_type);
        // The guarded write comes first: it makes a second notification wait, and then find that it is old news.
        if !store::save(&txn, &current, &after).await? {
            return Ok(());
        }
        changes.push(follow(&txn, &current, step, now).await?);
        // What followed may have promised some of it back.
        current = store::find(&txn, payment).await?.ok_or_else(PaymentId::not_found)?;
    }
    if current.status == PaymentStatus::Pending && said.payment_type.is_some() {
        store::save_payment_type(&txn, current.id, said.payment_type.clone()).await?;
    }
    store::note(&txn, gateway_event(&current, said, now)).await?;
    txn.commit().await?;
    tell(app, changes).await
}

/// Gives up a payment that nobody began, after its time.
pub async fn expire_unstarted(app: &App, payment: &Model) -> Result<(), AppError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let step = Step::Fail(PaymentStatus::Expired);
    let after = taken(payment, step, now);
    if !store::save(&txn, payment, &after).await? {
        return Ok(());
    }
    let followed = follow(&txn, payment, step, now).await?;
    store::note(&txn, platform_event(&after, now)).await?;
    txn.commit().await?;
    tell(app, vec![followed]).await
}

/// The owner calls a payment off that was not made, inside the transaction that calls off its consultation.
pub async fn call_off(txn: &impl ConnectionTrait, payment: &Model, now: Timestamp) -> Result<(), AppError> {
    let after = taken(payment, Step::Fail(PaymentStatus::Cancelled), now);
    if !store::save(txn, payment, &after).await? {
        return Err(consultations::ConsultationError::ChangedMeanwhile.into());
    }
    Ok(store::note(txn, platform_event(&after, now)).await?)
}

/// The event that a payment's history begins with.
pub fn begun(payment: &Model) -> event::Model {
    platform_event(payment, payment.created_at)
}

pub fn verify_amount(payment: &Model, said: &TransactionStatus) -> Result<(), AppError> {
    let same_order = said.order_id == payment.order_id;
    let same_amount = read_amount(&said.gross_amount) == Some(payment.amount);
    let rupiah = said.currency.as_deref().is_none_or(|currency| currency == "IDR");
    if same_order && same_amount && rupiah {
        return Ok(());
    }
    tracing::error!(payment = %payment.id, "the gateway reports another amount, currency or order than ours");
    Err(PaymentError::AmountMismatch.into())
}

/// The payment after a step.
fn taken(before: &Model, step: Step, now: Timestamp) -> Model {
    let mut after = Model { status: status_after(step, before.amount), ..before.clone() };
    match step {
        Step::Settle => after.settled_at = Some(now),
        Step::Refund { total, .. } => after.refunded_amount = total,
        Step::Reverse { .. } | Step::Fail(_) => {}
    }
    after
}

/// What one step means for the consultation, the conversation and the ledger.
async fn follow(txn: &impl ConnectionTrait, before: &Model, step: Step, now: Timestamp) -> Result<Followed, AppError> {
    let consultation = consultations::find(txn, before.consultation_id).await?;
    let consultation = consultation.ok_or_else(|| anyhow::anyhow!("payment {} has no consultation", before.id))?;
    match step {
        Step::Settle => settle::settle(txn, before, &consultation, now).await,
        Step::Refund { total, .. } => {
            give_back(txn, before, &consultation, total, now).await?;
            if total < before.amount { Ok(Followed::default()) } else { close(txn, &consultation, now).await }
        }
        Step::Reverse { rest } => {
            give_back(txn, before, &consultation, before.refunded_amount + rest, now).await?;
            close(txn, &consultation, now).await
        }
        Step::Fail(status) => {
            let event = if status == PaymentStatus::Expired { Event::PaymentExpired } else { Event::PaymentFailed };
            consultations::advance(txn, &consultation, event, now).await?;
            Ok(Followed::consultation(consultation.id))
        }
    }
}

/// Who has to be told of what a step has led to, once it is committed.
#[derive(Default)]
pub struct Followed {
    pub chat: Vec<Change>,
    pub consultation: Option<ConsultationId>,
}

impl Followed {
    pub fn consultation(id: ConsultationId) -> Self {
        Self { chat: Vec::new(), consultation: Some(id) }
    }
}

async fn tell(app: &App, followed: Vec<Followed>) -> Result<(), AppError> {
    for Followed { chat, consultation } in followed {
        for change in chat {
            chat::announce(app, change).await;
        }
        if let Some(id) = consultation
            && let Some(changed) = consultations::find(&app.db.read, id).await?
        {
            consultations::tell(app, &changed).await;
            if changed.status == ConsultationStatus::Cancelled {
                consultations::tell_waiting(app, changed.doctor_id).await;
            }
        }
    }
    Ok(())
}

/// Money has left the gateway. What was not promised before is promised in the same breath.
async fn give_back(
    txn: &impl ConnectionTrait,
    payment: &Model,
    consultation: &consultations::entity::Model,
    total: Rupiah,
    now: Timestamp,
) -> Result<(), AppError> {
    if total > payment.promised_amount {
        let quote = stored_quote(txn, consultation).await?;
        let entry = postings::promise(payment.id, consultation.doctor_id, &quote, payment.promised_amount, total, now);
        ledger::post(txn, entry).await?;
        store::save_promised(txn, payment, total).await?;
    }
    Ok(ledger::post(txn, postings::give_back(payment.id, payment.refunded_amount, total, now)).await?)
}

/// All the money of a consultation is gone: it does not go on.
async fn close(
    txn: &impl ConnectionTrait,
    consultation: &consultations::entity::Model,
    now: Timestamp,
) -> Result<Followed, AppError> {
    if !matches!(consultation.status, ConsultationStatus::Scheduled | ConsultationStatus::Active) {
        return Ok(Followed::default());
    }
    consultations::advance(txn, consultation, Event::PaidBack, now).await?;
    let chat = chat::close_of(txn, consultation.id, now).await?.into_iter().collect();
    Ok(Followed { chat, consultation: Some(consultation.id) })
}

pub async fn stored_quote(
    txn: &impl ConnectionTrait,
    consultation: &consultations::entity::Model,
) -> Result<consultations::Quote, AppError> {
    let quote = consultations::quotes(txn, &[consultation]).await?.remove(&consultation.id);
    Ok(quote.ok_or_else(|| anyhow::anyhow!("consultation {} has no quote", consultation.id))?)
}

fn gateway_event(payment: &Model, said: &TransactionStatus, now: Timestamp) -> event::Model {
    let facts = [
        said.transaction_status.as_str(),
        said.status_code.as_str(),
        said.fraud_status.as_deref().unwrap_or_default(),
        said.refund_amount.as_deref().unwrap_or_default(),
    ];
    event::Model {
        id: PaymentEventId::new(),
        payment_id: payment.id,
        source: EventSource::Gateway,
        gateway_status: said.transaction_status.chars().take(32).collect(),
        status: payment.status,
        fingerprint: hex::encode(Sha256::digest(facts.join("|").as_bytes())),
        payload: json!({
            "transactionStatus": said.transaction_status, "statusCode": said.status_code,
            "fraudStatus": said.fraud_status, "grossAmount": said.gross_amount,
            "paymentType": said.payment_type, "refundAmount": said.refund_amount,
            "settlementTime": said.settlement_time,
        })
        .to_string(),
        occurred_at: now,
    }
}

fn platform_event(payment: &Model, at: Timestamp) -> event::Model {
    let word = serde_json::to_string(&payment.status).unwrap_or_default();
    event::Model {
        id: PaymentEventId::new(),
        payment_id: payment.id,
        source: EventSource::Platform,
        gateway_status: String::new(),
        status: payment.status,
        fingerprint: hex::encode(Sha256::digest(format!("platform|{word}").as_bytes())),
        payload: "{}".to_owned(),
        occurred_at: at,
    }
}
