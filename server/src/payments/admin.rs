//! `/api/admin/refunds`: what cannot go back by itself, and what the staff does about it.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::entity::gateway_event::EventResult;
use super::entity::{PaymentId, RefundId, RefundReason, RefundStatus, refund};
use super::{Payments, inbox, refunds, store};
use crate::accounts::{Account, AccountId, Admin, Party};
use crate::orders::Order;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::idempotency::{Claim, once};
use platform::http::json::Json;
use platform::http::page::{self, Page};
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::http::validate::Check;
use platform::money::Rupiah;
use platform::text::Text;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only those in these states, separated by commas; those that need somebody (`manual,failed`) unless said.
    status: Option<String>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many items, 1 to 100; 20 unless said.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

impl ListQuery {
    fn statuses(&self) -> Result<Vec<RefundStatus>, AppError> {
        let given = self.status.as_deref().unwrap_or("manual,failed").split(',').map(str::trim);
        let statuses: Vec<_> = given.map(|name| RefundStatus::try_from_value(&name.to_owned())).collect();
        let mut check = Check::new();
        if statuses.iter().any(Result::is_err) {
            check.invalid("status", "unknown_status", Text::new("Status tidak dikenal.", "There is no such status."));
        }
        check.finish()?;
        Ok(statuses.into_iter().flatten().collect())
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Refund)]
pub struct RefundView {
    id: RefundId,
    transaction_id: PaymentId,
    order_id: String,
    #[schema(required)]
    payment_type: Option<String>,
    owner: Party,
    /// How the staff reaches the owner, who alone knows where the money is to go.
    owner_email: String,
    owner_phone_number: String,
    amount: Rupiah,
    reason: RefundReason,
    status: RefundStatus,
    /// Why it is where it is, in the gateway's words or the staff's.
    #[schema(required)]
    note: Option<String>,
    attempts: i32,
    created_at: Timestamp,
    #[schema(required)]
    closed_at: Option<Timestamp>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct PaidOutRequest {
    /// How it was transferred: the bank's reference, for the books.
    #[schema(required, max_length = 200)]
    reference: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GatewayReport)]
pub struct ReportView {
    order_id: String,
    #[schema(required)]
    transaction_id: Option<String>,
    #[schema(required)]
    result: Option<EventResult>,
    received_at: Timestamp,
    body: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GatewayReports)]
pub struct Reports {
    items: Vec<ReportView>,
}

/// Refunds that cannot go back by themselves, the oldest first
#[utoipa::path(get, path = "/admin/refunds", operation_id = "list_refunds", tag = "admin", params(ListQuery),
    responses((status = 200, body = Page<RefundView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn list(
    State(payments): State<Arc<Payments>>,
    Admin(_admin): Admin,
    Query(query): Query<ListQuery>,
) -> Result<JsonBody<Page<RefundView>>, AppError> {
    let (statuses, limit) = (query.statuses()?, page::limit(query.limit.as_deref())?);
    let after = page::cursor(query.cursor.as_deref())?;
    let rows = refunds::store::list(&payments.db.read, &statuses, after, limit + 1).await?;
    let (rows, next_cursor) = page::cut(rows, limit, |row| row.id.to_string());
    Ok(JsonBody(Page { items: views(&payments, rows).await?, next_cursor }))
}

/// Say that a refund was transferred by hand
#[utoipa::path(post, path = "/admin/refunds/{id}/paid-out", operation_id = "pay_refund_out", tag = "admin", request_body = PaidOutRequest,
    params(("id" = RefundId, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = RefundView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn paid_out(
    State(payments): State<Arc<Payments>>,
    Admin(me): Admin,
    Id(id): Id<RefundId>,
    headers: HeaderMap,
    Json(body): Json<PaidOutRequest>,
) -> Result<Response, AppError> {
    let how = body.reference.as_deref().map(str::trim).unwrap_or_default().to_owned();
    let mut check = Check::new();
    if how.is_empty() {
        check.missing("reference");
    } else if how.chars().count() > LONGEST_REFERENCE {
        check.invalid("reference", "too_long", Text::new("Maksimal 200 karakter.", "At most 200 characters."));
    }
    check.finish()?;
    let claim = Claim::from_headers(&headers, me.id.0, "POST /admin/refunds/paid-out", &(id, &body))?;
    let deed = async { view(&payments, refunds::pay_out(&payments, me.id, id, how, claim.as_ref()).await?).await };
    let replay = |_| async { view(&payments, found(&payments, id).await?).await };
    once(&payments.db.write, payments.clock.now(), claim.as_ref(), StatusCode::OK, deed, replay).await
}

/// Have the gateway told of a refund once more
#[utoipa::path(post, path = "/admin/refunds/{id}/retry", operation_id = "retry_refund", tag = "admin", params(("id" = RefundId, Path)),
    responses((status = 200, body = RefundView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn retry(
    State(payments): State<Arc<Payments>>,
    Admin(me): Admin,
    Id(id): Id<RefundId>,
) -> Result<JsonBody<RefundView>, AppError> {
    Ok(JsonBody(view(&payments, refunds::retry(&payments, me.id, id).await?).await?))
}

/// Reports of the gateway that somebody has to look at, the newest first
#[utoipa::path(get, path = "/admin/gateway-reports", operation_id = "list_gateway_reports", tag = "admin",
    responses((status = 200, body = Reports), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub async fn odd_reports(
    State(payments): State<Arc<Payments>>,
    Admin(_admin): Admin,
) -> Result<JsonBody<Reports>, AppError> {
    let rows = inbox::list_odd(&payments.db.read, MOST_REPORTS).await?;
    let items = rows.into_iter().map(|row| ReportView {
        order_id: row.gateway_order_id,
        transaction_id: row.transaction_id,
        result: row.result,
        received_at: row.received_at,
        body: row.body,
    });
    Ok(JsonBody(Reports { items: items.collect() }))
}

const LONGEST_REFERENCE: usize = 200;
const MOST_REPORTS: u64 = 100;

async fn found(payments: &Payments, id: RefundId) -> Result<refund::Model, AppError> {
    refunds::store::find(&payments.db.read, id).await?.ok_or_else(RefundId::not_found)
}

async fn view(payments: &Payments, refund: refund::Model) -> Result<RefundView, AppError> {
    views(payments, vec![refund]).await?.pop().ok_or_else(RefundId::not_found)
}

async fn views(payments: &Payments, refunds: Vec<refund::Model>) -> Result<Vec<RefundView>, AppError> {
    let db = &payments.db.read;
    let payments = store::find_all(db, refunds.iter().map(|refund| refund.payment_id)).await?;
    let orders = Order::find_all(db, payments.values().map(|payment| payment.order_id)).await?;
    let owners = Account::list(db, orders.values().map(|order| order.owner_id).collect()).await?;
    let owners: HashMap<AccountId, _> = owners.into_iter().map(|owner| (owner.id, owner)).collect();
    let of = |refund: refund::Model| {
        let payment = payments.get(&refund.payment_id)?;
        let owner = owners.get(&orders.get(&payment.order_id)?.owner_id)?;
        Some(RefundView {
            id: refund.id,
            transaction_id: payment.id,
            order_id: payment.gateway_order_id.clone(),
            payment_type: payment.payment_type.clone(),
            owner: Party::from(owner.clone()),
            owner_email: owner.email.clone(),
            owner_phone_number: owner.phone_number.clone(),
            amount: refund.amount,
            reason: refund.reason,
            status: refund.status,
            note: refund.note,
            attempts: refund.attempts,
            created_at: refund.created_at,
            closed_at: refund.closed_at,
        })
    };
    // Foreign keys see to it that none is without its payment, order and owner.
    Ok(refunds.into_iter().filter_map(of).collect())
}
