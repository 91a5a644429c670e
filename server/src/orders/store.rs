//! Every query about orders and their lines.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{ActiveModel, Column, Entity, Model, OrderId, OrderStatus, line};
use super::quote::{Quote, QuoteLine};
use super::rules::{Event, OrderError, transition};
use crate::accounts::AccountId;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::money::BasisPoints;

impl Model {
    pub async fn insert(db: &impl ConnectionTrait, order: Self, quote: &Quote) -> Result<(), DbErr> {
        let id = order.id;
        Entity::insert(ActiveModel::from(order)).exec_without_returning(db).await?;
        let lines = quote.lines.iter().zip(0..).map(|(line, position)| line::ActiveModel {
            order_id: Set(id),
            position: Set(position),
            kind: Set(line.kind),
            account: Set(line.account),
            amount: Set(line.amount),
        });
        line::Entity::insert_many(lines).exec_without_returning(db).await.map(|_| ())
    }

    pub async fn find(db: &impl ConnectionTrait, id: OrderId) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(id).one(db).await
    }

    pub async fn find_all(
        db: &impl ConnectionTrait,
        ids: impl IntoIterator<Item = OrderId>,
    ) -> Result<HashMap<OrderId, Self>, DbErr> {
        let rows = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
        Ok(rows.into_iter().map(|order| (order.id, order)).collect())
    }

    /// An order, held until the caller's transaction ends: the first lock of everything that happens to a purchase.
    pub async fn hold(txn: &impl ConnectionTrait, id: OrderId) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(txn).await
    }

    /// Lets something happen to an order that the caller holds.
    pub async fn advance(
        &self,
        txn: &impl ConnectionTrait,
        event: Event,
        now: Timestamp,
    ) -> Result<OrderStatus, AppError> {
        let to = transition(self.status, event)?;
        let mut change = ActiveModel { status: Set(to), ..Default::default() };
        match to {
            OrderStatus::Paid => change.paid_at = Set(Some(now)),
            OrderStatus::Earned => change.earned_at = Set(Some(now)),
            _ => {}
        }
        let left = Column::Status.eq(self.status);
        let done = Entity::update_many().set(change).filter(Column::Id.eq(self.id)).filter(left).exec(txn).await?;
        if done.rows_affected == 1 { Ok(to) } else { Err(OrderError::ChangedMeanwhile.into()) }
    }

    /// Somebody else renders what was ordered, and is paid for it.
    pub async fn save_payee(&self, txn: &impl ConnectionTrait, payee: AccountId) -> Result<(), DbErr> {
        let change = ActiveModel { payee_id: Set(payee), ..Default::default() };
        Entity::update_many().set(change).filter(Column::Id.eq(self.id)).exec(txn).await.map(|_| ())
    }

    /// The quote of an order as it was stored.
    pub async fn quote(&self, db: &impl ConnectionTrait) -> Result<Quote, AppError> {
        let quote = Quote::find_all(db, [(self.id, self.markup_basis_points)]).await?.remove(&self.id);
        Ok(quote.ok_or_else(|| anyhow::anyhow!("order {} has no quote", self.id))?)
    }
}

impl Quote {
    /// The quotes of these orders as they were stored.
    pub async fn find_all(
        db: &impl ConnectionTrait,
        orders: impl IntoIterator<Item = (OrderId, BasisPoints)>,
    ) -> Result<HashMap<OrderId, Self>, DbErr> {
        let mut quotes: HashMap<_, _> =
            orders.into_iter().map(|(id, markup)| (id, Self { lines: Vec::new(), markup })).collect();
        let rows = line::Entity::find()
            .filter(line::Column::OrderId.is_in(quotes.keys().copied()))
            .order_by_asc(line::Column::Position)
            .all(db)
            .await?;
        for row in rows {
            if let Some(quote) = quotes.get_mut(&row.order_id) {
                quote.lines.push(QuoteLine { kind: row.kind, account: row.account, amount: row.amount });
            }
        }
        Ok(quotes)
    }
}
