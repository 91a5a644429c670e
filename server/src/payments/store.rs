//! Every query about payments.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{ActiveModel, Column, Entity, Model, PaymentId, PaymentStatus, event};
use crate::orders::OrderId;
use platform::clock::Timestamp;
use platform::db::Moved;
use platform::money::Rupiah;

impl Model {
    pub async fn insert(db: &impl ConnectionTrait, payment: Self) -> Result<(), DbErr> {
        Entity::insert(ActiveModel::from(payment)).exec_without_returning(db).await.map(|_| ())
    }

    pub async fn find(db: &impl ConnectionTrait, id: PaymentId) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(id).one(db).await
    }

    /// The newest attempt to collect an order.
    pub async fn find_newest_of(db: &impl ConnectionTrait, order: OrderId) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::OrderId.eq(order)).order_by_desc(Column::Id).limit(1).one(db).await
    }

    pub async fn ids_by_order(
        db: &impl ConnectionTrait,
        orders: &[OrderId],
    ) -> Result<HashMap<OrderId, PaymentId>, DbErr> {
        let rows: Vec<(OrderId, PaymentId)> = Entity::find()
            .select_only()
            .column(Column::OrderId)
            .column(Column::Id)
            .filter(Column::OrderId.is_in(orders.iter().copied()))
            .order_by_asc(Column::Id)
            .into_tuple()
            .all(db)
            .await?;
        // The newest attempt of each.
        Ok(rows.into_iter().collect())
    }

    /// What happened to a payment, oldest first.
    pub async fn history(db: &impl ConnectionTrait, id: PaymentId) -> Result<Vec<event::Model>, DbErr> {
        event::Entity::find().filter(event::Column::PaymentId.eq(id)).order_by_asc(event::Column::Id).all(db).await
    }
}

pub async fn find_all(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = PaymentId>,
) -> Result<HashMap<PaymentId, Model>, DbErr> {
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|payment| (payment.id, payment)).collect())
}

pub async fn find_by_gateway_order(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::GatewayOrderId.eq(id)).one(db).await
}

/// The attempt that an order was paid by: the one whose money it holds, if any, or the newest.
pub async fn find_paid_of(db: &impl ConnectionTrait, order: OrderId) -> Result<Option<Model>, DbErr> {
    let attempts = Entity::find().filter(Column::OrderId.eq(order)).order_by_desc(Column::Id).all(db).await?;
    let paid = attempts.iter().position(|attempt| attempt.settled_at.is_some()).unwrap_or(0);
    Ok(attempts.into_iter().nth(paid))
}

/// Gives a payment another name at the gateway, unless it has got a payment page meanwhile.
pub async fn replace_gateway_order(db: &impl ConnectionTrait, payment: &Model, id: &str) -> Result<Moved, DbErr> {
    let change = ActiveModel { gateway_order_id: Set(id.to_owned()), ..Default::default() };
    update_without_page(db, payment, change).await
}

/// Keeps the payment page of this attempt, unless it has another name or a page by now.
pub async fn save_page(
    db: &impl ConnectionTrait,
    payment: &Model,
    token: &str,
    redirect_url: &str,
) -> Result<Moved, DbErr> {
    let change = ActiveModel {
        snap_token: Set(Some(token.to_owned())),
        redirect_url: Set(Some(redirect_url.to_owned())),
        ..Default::default()
    };
    update_without_page(db, payment, change).await
}

async fn update_without_page(db: &impl ConnectionTrait, payment: &Model, change: ActiveModel) -> Result<Moved, DbErr> {
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(payment.id))
        .filter(Column::GatewayOrderId.eq(payment.gateway_order_id.as_str()))
        .filter(Column::SnapToken.is_null())
        .exec(db)
        .await?;
    Ok(Moved::of(done.rows_affected))
}

/// Writes a payment as it has become, under the lock of its order; its version grows. That it was written
/// without that lock is a defect.
pub async fn save(db: &impl ConnectionTrait, before: &Model, after: &Model) -> Result<Moved, DbErr> {
    let change = ActiveModel {
        status: Set(after.status),
        transaction_id: Set(after.transaction_id.clone()),
        refunded_amount: Set(after.refunded_amount),
        promised_amount: Set(after.promised_amount),
        paid_out_amount: Set(after.paid_out_amount),
        charged_back_amount: Set(after.charged_back_amount),
        payment_type: Set(after.payment_type.clone()),
        settled_at: Set(after.settled_at),
        version: Set(before.version + 1),
        ..Default::default()
    };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(before.id))
        .filter(Column::Version.eq(before.version))
        .exec(db)
        .await?;
    Ok(Moved::of(done.rows_affected))
}

/// Keeps how the customer has chosen to pay and what the gateway calls it, while the payment waits.
pub async fn save_choice(
    db: &impl ConnectionTrait,
    payment: &Model,
    kind: Option<String>,
    transaction: Option<String>,
) -> Result<(), DbErr> {
    let change = ActiveModel {
        payment_type: Set(kind.or_else(|| payment.payment_type.clone())),
        transaction_id: Set(transaction.or_else(|| payment.transaction_id.clone())),
        ..Default::default()
    };
    Entity::update_many().set(change).filter(Column::Id.eq(payment.id)).exec(db).await.map(|_| ())
}

/// The sum of what is promised and not gone, of payments that still hold money.
pub async fn owed_back(db: &impl ConnectionTrait) -> Result<Rupiah, DbErr> {
    let owed = Expr::cust("CAST(COALESCE(SUM(promised_amount - refunded_amount - paid_out_amount), 0) AS BIGINT)");
    let sum = Entity::find()
        .select_only()
        .column_as(owed, "owed")
        .filter(Column::SettledAt.is_not_null())
        .filter(Column::Status.ne(PaymentStatus::Reversed))
        .into_tuple::<i64>()
        .one(db)
        .await?;
    Ok(Rupiah(sum.unwrap_or_default()))
}

/// Notes an event; the same one again is not noted twice.
pub async fn note(db: &impl ConnectionTrait, noted: event::Model) -> Result<(), DbErr> {
    let once = OnConflict::columns([event::Column::PaymentId, event::Column::Fingerprint]).do_nothing().to_owned();
    match event::Entity::insert(event::ActiveModel::from(noted)).on_conflict(once).exec_without_returning(db).await {
        Ok(_) | Err(DbErr::RecordNotInserted) => Ok(()),
        Err(error) => Err(error),
    }
}

/// A batch of payments that may still change at the gateway, by id, for the nightly comparison.
pub async fn list_settled_after(
    db: &impl ConnectionTrait,
    after: Option<PaymentId>,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<PaymentId>, DbErr> {
    let mut query = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::SettledAt.gte(since))
        .order_by_asc(Column::Id)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query.into_tuple().all(db).await
}
