//! Every query about refunds.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::rules;
use crate::payments::entity::refund::{ActiveModel, Column, Entity, Model};
use crate::payments::entity::{PaymentId, RefundId, RefundStatus};
use platform::clock::Timestamp;
use platform::db::Moved;

pub async fn insert(db: &impl ConnectionTrait, refund: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(refund)).exec_without_returning(db).await.map(|_| ())
}

pub async fn find(db: &impl ConnectionTrait, id: RefundId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The refunds of a payment that may still make money leave, the oldest first.
pub async fn list_open_of(db: &impl ConnectionTrait, payment: PaymentId) -> Result<Vec<Model>, DbErr> {
    let open = Entity::find().filter(Column::PaymentId.eq(payment)).filter(Column::Status.is_in(rules::OPEN));
    open.order_by_asc(Column::Id).all(db).await
}

/// Refunds in these states, the oldest first: the operator's list.
pub async fn list(
    db: &impl ConnectionTrait,
    statuses: &[RefundStatus],
    after: Option<RefundId>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut query = Entity::find().filter(Column::Status.is_in(statuses.iter().copied()));
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query.order_by_asc(Column::Id).limit(limit).all(db).await
}

/// Writes a refund as it has become, under the lock of its order. That it has left `from` without
/// that lock is a defect.
pub async fn save(
    db: &impl ConnectionTrait,
    from: RefundStatus,
    refund: &Model,
    now: Timestamp,
) -> Result<Moved, DbErr> {
    let closed_at = if rules::is_open(refund.status) { None } else { refund.closed_at.or(Some(now)) };
    let change = ActiveModel {
        amount: Set(refund.amount),
        status: Set(refund.status),
        attempts: Set(refund.attempts),
        note: Set(refund.note.clone()),
        decided_by: Set(refund.decided_by),
        sent_at: Set(refund.sent_at),
        closed_at: Set(closed_at),
        ..Default::default()
    };
    let left = Column::Status.eq(from);
    let done = Entity::update_many().set(change).filter(Column::Id.eq(refund.id)).filter(left).exec(db).await?;
    Ok(Moved::of(done.rows_affected))
}
