//! Every query about payments.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{
    ActiveModel, Column, Entity, Model, PaymentId, PaymentStatus, RefundId, RefundStatus, event, refund,
};
use crate::consultations::ConsultationId;
use crate::platform::clock::Timestamp;
use crate::platform::money::Rupiah;

pub async fn insert(db: &impl ConnectionTrait, payment: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(payment)).exec_without_returning(db).await.map(|_| ())
}

pub async fn find(db: &impl ConnectionTrait, id: PaymentId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub async fn find_by_order(db: &impl ConnectionTrait, order_id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::OrderId.eq(order_id)).one(db).await
}

pub async fn find_by_consultation(
    db: &impl ConnectionTrait,
    consultation: ConsultationId,
) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::ConsultationId.eq(consultation)).one(db).await
}

pub async fn ids_by_consultation(
    db: &impl ConnectionTrait,
    consultations: &[ConsultationId],
) -> Result<HashMap<ConsultationId, PaymentId>, DbErr> {
    let filter = Column::ConsultationId.is_in(consultations.iter().copied());
    let rows = Entity::find().filter(filter).all(db).await?;
    Ok(rows.into_iter().map(|payment| (payment.consultation_id, payment.id)).collect())
}

/// Pending payments whose time to be looked up has come, the longest waiting first.
pub async fn list_to_check(db: &impl ConnectionTrait, now: Timestamp, limit: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::Status.eq(PaymentStatus::Pending))
        .filter(Column::CheckAt.lte(now))
        .order_by_asc(Column::CheckAt)
        .limit(limit)
        .all(db)
        .await
}

pub async fn check_again_at(db: &impl ConnectionTrait, id: PaymentId, at: Timestamp) -> Result<(), DbErr> {
    let change = ActiveModel { check_at: Set(at), ..Default::default() };
    Entity::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await.map(|_| ())
}

/// Gives a payment that has no payment page yet another order id; false when it has got a page meanwhile.
pub async fn replace_order_id(db: &impl ConnectionTrait, payment: &Model, order_id: &str) -> Result<bool, DbErr> {
    let change = ActiveModel { order_id: Set(order_id.to_owned()), ..Default::default() };
    update_without_page(db, payment, change).await
}

/// Keeps the payment page of this order; false when the payment has another order or a page by now.
pub async fn save_page(
    db: &impl ConnectionTrait,
    payment: &Model,
    token: &str,
    redirect_url: &str,
) -> Result<bool, DbErr> {
    let change = ActiveModel {
        snap_token: Set(Some(token.to_owned())),
        redirect_url: Set(Some(redirect_url.to_owned())),
        ..Default::default()
    };
    update_without_page(db, payment, change).await
}

async fn update_without_page(db: &impl ConnectionTrait, payment: &Model, change: ActiveModel) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(payment.id))
        .filter(Column::OrderId.eq(payment.order_id.as_str()))
        .filter(Column::SnapToken.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes the payment as it is after a step; false when somebody else moved it from `before` first.
pub async fn save(db: &impl ConnectionTrait, before: &Model, after: &Model) -> Result<bool, DbErr> {
    let change = ActiveModel {
        status: Set(after.status),
        refunded_amount: Set(after.refunded_amount),
        payment_type: Set(after.payment_type.clone()),
        settled_at: Set(after.settled_at),
        ..Default::default()
    };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(before.id))
        .filter(Column::Status.eq(before.status))
        .filter(Column::RefundedAmount.eq(before.refunded_amount))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The payment pays for another consultation from now on; false when it has moved there already.
pub async fn save_consultation(
    db: &impl ConnectionTrait,
    payment: &Model,
    consultation: ConsultationId,
) -> Result<bool, DbErr> {
    let change = ActiveModel { consultation_id: Set(consultation), ..Default::default() };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(payment.id))
        .filter(Column::ConsultationId.eq(payment.consultation_id))
        .filter(Column::PromisedAmount.eq(payment.promised_amount))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Owes so much back in all; false when somebody else has promised something first.
pub async fn save_promised(db: &impl ConnectionTrait, payment: &Model, promised: Rupiah) -> Result<bool, DbErr> {
    let change = ActiveModel { promised_amount: Set(promised), ..Default::default() };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(payment.id))
        .filter(Column::PromisedAmount.eq(payment.promised_amount))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

pub async fn insert_refund(db: &impl ConnectionTrait, refund: refund::Model) -> Result<(), DbErr> {
    refund::Entity::insert(refund::ActiveModel::from(refund)).exec_without_returning(db).await.map(|_| ())
}

/// Refunds that the gateway is yet to be told of, the longest waiting first.
pub async fn list_refunds_to_send(
    db: &impl ConnectionTrait,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<refund::Model>, DbErr> {
    refund::Entity::find()
        .filter(refund::Column::Status.eq(RefundStatus::Owed))
        .filter(refund::Column::TryAt.lte(now))
        .order_by_asc(refund::Column::TryAt)
        .limit(limit)
        .all(db)
        .await
}

/// Notes a try; false when somebody else is trying already.
pub async fn try_refund_again_at(
    db: &impl ConnectionTrait,
    refund: &refund::Model,
    at: Timestamp,
) -> Result<bool, DbErr> {
    let change = refund::ActiveModel { try_at: Set(at), attempts: Set(refund.attempts + 1), ..Default::default() };
    let done = refund::Entity::update_many()
        .set(change)
        .filter(refund::Column::Id.eq(refund.id))
        .filter(refund::Column::Status.eq(RefundStatus::Owed))
        .filter(refund::Column::Attempts.eq(refund.attempts))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

pub async fn save_refund_status(db: &impl ConnectionTrait, id: RefundId, status: RefundStatus) -> Result<(), DbErr> {
    let change = refund::ActiveModel { status: Set(status), ..Default::default() };
    refund::Entity::update_many()
        .set(change)
        .filter(refund::Column::Id.eq(id))
        .filter(refund::Column::Status.eq(RefundStatus::Owed))
        .exec(db)
        .await
        .map(|_| ())
}

/// Keeps how the customer has chosen to pay, while the payment waits.
pub async fn save_payment_type(db: &impl ConnectionTrait, id: PaymentId, kind: Option<String>) -> Result<(), DbErr> {
    let change = ActiveModel { payment_type: Set(kind), ..Default::default() };
    let pending = Column::Status.eq(PaymentStatus::Pending);
    Entity::update_many().set(change).filter(Column::Id.eq(id)).filter(pending).exec(db).await.map(|_| ())
}

/// Notes an event; the same one again is not noted twice.
pub async fn note(db: &impl ConnectionTrait, noted: event::Model) -> Result<(), DbErr> {
    let once = OnConflict::columns([event::Column::PaymentId, event::Column::Fingerprint]).do_nothing().to_owned();
    match event::Entity::insert(event::ActiveModel::from(noted)).on_conflict(once).exec_without_returning(db).await {
        Ok(_) | Err(DbErr::RecordNotInserted) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What happened to a payment, oldest first.
pub async fn history(db: &impl ConnectionTrait, id: PaymentId) -> Result<Vec<event::Model>, DbErr> {
    event::Entity::find().filter(event::Column::PaymentId.eq(id)).order_by_asc(event::Column::Id).all(db).await
}
