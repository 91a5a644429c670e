//! Buying a consultation, and its payment: `/api/payment`.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::{Account, CurrentUser, Owner, Party};
use crate::chat::{Conversation, ConversationId};
use crate::consultations::buy::{self, Purchase, Wanted};
use crate::consultations::{Consultations, store};
use crate::doctors::Doctor;
use crate::orders::{Order, QuoteView};
use crate::payments::{EventSource, Payment, PaymentId, PaymentStatus};
use crate::pets::PetId;
use crate::subjects::ConsultationId;
use crate::triage::IntakeId;
use platform::clock::Timestamp;
use platform::http::client_address::ClientAddress;
use platform::http::error::AppError;
use platform::http::idempotency::{Claim, once};
use platform::http::json::Json;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::validate::Check;
use platform::money::Rupiah;
use platform::text::Text;

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BuyRequest {
    /// The doctor's account id.
    #[schema(required)]
    id: Option<String>,
    /// One of the caller's pets: whom it is about.
    pet_id: Option<String>,
    /// When the slot begins; without it the consultation begins as soon as it is paid.
    starts_at: Option<String>,
    /// What the caller said before paying, for this one.
    intake_id: Option<String>,
    voucher_code: Option<String>,
    points: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PurchaseView {
    /// The Snap token.
    token: String,
    redirect_url: String,
    transaction_id: PaymentId,
    order_id: String,
    consultation_id: ConsultationId,
    quote: QuoteView,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Payment)]
pub struct PaymentView {
    transaction_id: PaymentId,
    order_id: String,
    status: PaymentStatus,
    amount: Rupiah,
    refunded_amount: Rupiah,
    /// What goes back, and has not gone yet.
    owed_back_amount: Rupiah,
    #[schema(required)]
    payment_type: Option<String>,
    #[schema(required)]
    token: Option<String>,
    #[schema(required)]
    redirect_url: Option<String>,
    created_at: Timestamp,
    expires_at: Timestamp,
    #[schema(required)]
    settled_at: Option<Timestamp>,
    doctor: Party,
    consultation_id: ConsultationId,
    #[schema(required)]
    conversation_id: Option<ConversationId>,
    quote: QuoteView,
    history: Vec<PaymentEventView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentEvent)]
pub struct PaymentEventView {
    status: PaymentStatus,
    at: Timestamp,
    source: EventSource,
}

/// Buy a consultation: opens a payment page. Asking again while it is open answers the same purchase
#[utoipa::path(post, path = "/payment/consulting", operation_id = "buy_consultation", tag = "payments", request_body = BuyRequest,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = PurchaseView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn buy(
    State(consultations): State<Arc<Consultations>>,
    Owner(me): Owner,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Json(body): Json<BuyRequest>,
) -> Result<Response, AppError> {
    consultations.limits.purchases_by_account.take(&me.id.0)?;
    consultations.limits.purchases_by_address.take(&address)?;
    let claim = Claim::from_headers(&headers, me.id.0, "POST /payment/consulting", &body)?;
    let deed = async {
        let purchase = buy::buy(&consultations, &me, wanted(&body)?, claim.as_ref()).await?;
        PurchaseView::of(&consultations, purchase)
    };
    let (server, owner) = (&consultations, &me);
    let replay = |payment: String| async move {
        let payment = payment.parse().map_err(anyhow::Error::from)?;
        PurchaseView::of(server, buy::take_up_again(server, owner, payment).await?)
    };
    once(&consultations.db.write, consultations.clock.now(), claim.as_ref(), StatusCode::CREATED, deed, replay).await
}

/// What cannot be honoured yet is refused rather than ignored: nobody pays for something else than was asked for.
fn wanted(body: &BuyRequest) -> Result<Wanted, AppError> {
    let mut check = Check::new();
    let asked =
        [("voucherCode", body.voucher_code.is_some()), ("points", body.points.is_some_and(|points| points != 0))];
    for (field, _) in asked.into_iter().filter(|(_, is_asked)| *is_asked) {
        check.invalid(field, "not_available", Text::new("Belum dapat dipakai.", "This cannot be used yet."));
    }
    let doctor = body.id.as_deref().map(str::trim).unwrap_or_default();
    if doctor.is_empty() {
        check.missing("id");
    }
    let starts_at = body.starts_at.as_deref().and_then(|at| check.parsed::<Timestamp>("startsAt", Some(at)));
    check.finish()?;
    let pet = body.pet_id.as_deref().map(|id| id.trim().parse().map_err(|_| PetId::not_found())).transpose()?;
    let intake =
        body.intake_id.as_deref().map(|id| id.trim().parse().map_err(|_| IntakeId::not_found())).transpose()?;
    Ok(Wanted { doctor: doctor.parse().map_err(|_| Doctor::not_found())?, pet, intake, starts_at })
}

impl PurchaseView {
    /// What costs nothing has no page: the address to go to is that of its payment.
    fn of(
        consultations: &Consultations,
        Purchase { payment, consultation, quote }: Purchase,
    ) -> Result<Self, AppError> {
        let (token, redirect_url) = match (payment.snap_token, payment.redirect_url) {
            (Some(token), Some(redirect_url)) => (token, redirect_url),
            _ if payment.amount == Rupiah::ZERO => (String::new(), consultations.payments.finish_url(payment.id)),
            _ => return Err(anyhow::anyhow!("payment {} has no page", payment.id).into()),
        };
        Ok(Self {
            token,
            redirect_url,
            transaction_id: payment.id,
            order_id: payment.gateway_order_id,
            consultation_id: consultation,
            quote: quote.into(),
        })
    }
}

/// One of the caller's payments
#[utoipa::path(get, path = "/payment/{transactionId}", operation_id = "show_payment", tag = "payments", params(("transactionId" = PaymentId, Path)),
    responses((status = 200, body = PaymentView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(consultations): State<Arc<Consultations>>,
    Owner(me): Owner,
    Id(id): Id<PaymentId>,
) -> Result<JsonBody<PaymentView>, AppError> {
    let payment = find_own(&consultations, &me, id).await?;
    Ok(JsonBody(view(&consultations, payment).await?))
}

/// Ask the gateway for the state of one of the caller's payments now
#[utoipa::path(post, path = "/payment/{transactionId}/refresh", operation_id = "refresh_payment", tag = "payments", params(("transactionId" = PaymentId, Path)),
    responses((status = 200, body = PaymentView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn refresh(
    State(consultations): State<Arc<Consultations>>,
    Owner(me): Owner,
    Id(id): Id<PaymentId>,
) -> Result<JsonBody<PaymentView>, AppError> {
    consultations.limits.purchases_by_account.take(&me.id.0)?;
    let payment = find_own(&consultations, &me, id).await?;
    if !matches!(payment.status, PaymentStatus::Refunded | PaymentStatus::Reversed) {
        consultations.payments.ask_gateway(payment.id).await?;
    }
    let payment = find_own(&consultations, &me, id).await?;
    Ok(JsonBody(view(&consultations, payment).await?))
}

/// Somebody else's payment is not found.
async fn find_own(consultations: &Consultations, me: &CurrentUser, id: PaymentId) -> Result<Payment, AppError> {
    let payment = Payment::find(&consultations.db.read, id).await?.ok_or_else(PaymentId::not_found)?;
    let order = Order::find(&consultations.db.read, payment.order_id).await?;
    order.filter(|order| order.owner_id == me.id).map(|_| payment).ok_or_else(PaymentId::not_found)
}

async fn view(consultations: &Consultations, payment: Payment) -> Result<PaymentView, AppError> {
    let db = &consultations.db.read;
    let order = Order::find(db, payment.order_id).await?.ok_or_else(PaymentId::not_found)?;
    let consultation = store::find_of_order(db, order.id).await?.ok_or_else(PaymentId::not_found)?;
    let quote = order.quote(db).await?;
    let doctor = Account::find(db, consultation.doctor_id).await?;
    let doctor = doctor.ok_or_else(|| anyhow::anyhow!("payment {} lacks its doctor", payment.id))?;
    let mut history: Vec<PaymentEventView> = Payment::history(db, payment.id)
        .await?
        .into_iter()
        .map(|event| PaymentEventView { status: event.status, at: event.occurred_at, source: event.source })
        .collect();
    // Several reports may tell the same state; people want to know when it changed.
    history.dedup_by_key(|event| event.status);
    let conversations = Conversation::ids_by_consultation(db, &[consultation.id]).await?;
    let owed_back_amount = payment.still_owed();
    Ok(PaymentView {
        transaction_id: payment.id,
        order_id: payment.gateway_order_id,
        status: payment.status,
        amount: payment.amount,
        refunded_amount: payment.refunded_amount,
        owed_back_amount,
        payment_type: payment.payment_type,
        token: payment.snap_token,
        redirect_url: payment.redirect_url,
        created_at: payment.created_at,
        expires_at: payment.expires_at,
        settled_at: payment.settled_at,
        doctor: doctor.into(),
        consultation_id: consultation.id,
        conversation_id: conversations.get(&consultation.id).copied(),
        quote: quote.into(),
        history,
    })
}
