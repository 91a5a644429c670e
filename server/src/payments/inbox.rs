//! The inbox: what the gateway reports is kept as it came, before anybody judges it.

use std::time::Duration;

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::PaymentId;
use super::entity::gateway_event::{ActiveModel, Column, Entity, EventResult, Model, ReportSource};
use crate::payments::entity::GatewayEventId;
use platform::clock::Timestamp;

/// Longer reports are cut: the gateway's have some two thousand characters.
const LONGEST_BODY: usize = 8 * 1024;
/// Anybody can send what is not signed: the beginning is enough to see who tries what.
const LONGEST_FORGED: usize = 512;
/// The longest name of an order that is kept.
const LONGEST_NAME: usize = 64;
/// So long forged reports are kept.
const FORGED_KEPT: Duration = Duration::from_secs(7 * 24 * 3600);

/// A report on its way in.
pub struct Received {
    pub source: ReportSource,
    pub is_signed: bool,
    pub order: String,
    pub transaction: Option<String>,
    pub body: String,
    pub payment: Option<PaymentId>,
}

pub async fn keep(db: &impl ConnectionTrait, received: Received, now: Timestamp) -> Result<GatewayEventId, DbErr> {
    let longest = if received.is_signed { LONGEST_BODY } else { LONGEST_FORGED };
    let id = GatewayEventId::new();
    let row = Model {
        id,
        source: received.source,
        is_signed: received.is_signed,
        gateway_order_id: cut(&received.order, LONGEST_NAME),
        transaction_id: received.transaction.map(|transaction| cut(&transaction, LONGEST_NAME)),
        body: cut(&received.body, longest),
        payment_id: received.payment,
        received_at: now,
        handled_at: None,
        result: None,
    };
    Entity::insert(ActiveModel::from(row)).exec_without_returning(db).await?;
    Ok(id)
}

/// Says what became of a report; once.
pub async fn handled(
    db: &impl ConnectionTrait,
    id: GatewayEventId,
    result: EventResult,
    now: Timestamp,
) -> Result<(), DbErr> {
    let change = ActiveModel { result: Set(Some(result)), handled_at: Set(Some(now)), ..Default::default() };
    let open = Column::HandledAt.is_null();
    Entity::update_many().set(change).filter(Column::Id.eq(id)).filter(open).exec(db).await.map(|_| ())
}

/// Deletes forged reports after a while; authentic ones stay. How many were deleted.
pub async fn sweep(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64, DbErr> {
    let old = Column::ReceivedAt.lt(now - FORGED_KEPT);
    let done = Entity::delete_many().filter(Column::IsSigned.eq(false)).filter(old).exec(db).await?;
    Ok(done.rows_affected)
}

/// The reports that somebody has to look at, the newest first.
pub async fn list_odd(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Model>, DbErr> {
    let odd = Column::Result.is_in([EventResult::AmountMismatch, EventResult::Unreadable]);
    let signed = Entity::find().filter(Column::IsSigned.eq(true)).filter(odd);
    signed.order_by_desc(Column::Id).limit(limit).all(db).await
}

/// PostgreSQL knows no NUL in a text.
fn cut(text: &str, longest: usize) -> String {
    text.chars().filter(|character| *character != '\0').take(longest).collect()
}
