//! The one table, and every query on it. All of it runs on SQLite and PostgreSQL alike.
//!
//! A write is a single guarded statement, so no transaction is ever open and several nodes may share the table.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Index;
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryOrder, QuerySelect, Schema, Set, SqlErr};

use crate::rules::due::due_at;
use crate::transaction::{Status, Transaction};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "midtrans_stand_in_transactions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) order_id: String,
        #[sea_orm(unique)]
        pub(crate) token: String,
        #[sea_orm(unique)]
        pub(crate) transaction_id: String,
        pub(crate) status: String,
        /// When the transaction moves by itself, in milliseconds; empty where it does not.
        pub(crate) due_at: Option<i64>,
        pub(crate) revision: i64,
        /// The transaction as JSON text.
        #[sea_orm(column_type = "Text")]
        pub(crate) document: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use entity::{ActiveModel, Column, Entity, Model};

/// Creates the table where it is missing.
pub(crate) async fn prepare(db: &DatabaseConnection) -> Result<(), DbErr> {
    // PostgreSQL's IF NOT EXISTS is not safe against another node doing the same at the same moment: the loser of
    // that race gets an error once, and finds the table on its second try.
    match create_table(db).await {
        Ok(()) => Ok(()),
        Err(_) => create_table(db).await,
    }
}

async fn create_table(db: &DatabaseConnection) -> Result<(), DbErr> {
    let schema = Schema::new(db.get_database_backend());
    db.execute(schema.create_table_from_entity(Entity).if_not_exists()).await?;
    let index = Index::create()
        .name("midtrans_stand_in_transactions_due_at")
        .table(Entity)
        .col(Column::DueAt)
        .if_not_exists()
        .to_owned();
    db.execute(&index).await?;
    Ok(())
}

/// Stores a new transaction; `false` where the order id is taken.
pub(crate) async fn insert(db: &DatabaseConnection, tx: &Transaction) -> Result<bool, DbErr> {
    match Entity::insert(row(tx, tx.revision)?).exec_without_returning(db).await {
        Ok(_) => Ok(true),
        // Token and transaction id are random, so the only value that can already be there is the order id.
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Ok(false),
        Err(error) => Err(error),
    }
}

/// PostgreSQL has no NUL in its texts, and refuses to look for one.
fn may_be_stored(id: &str) -> bool {
    !id.contains('\0')
}

pub(crate) async fn by_order_id(db: &DatabaseConnection, order_id: &str) -> Result<Option<Transaction>, DbErr> {
    if !may_be_stored(order_id) {
        return Ok(None);
    }
    Entity::find_by_id(order_id).one(db).await?.map(read).transpose()
}

pub(crate) async fn by_token(db: &DatabaseConnection, token: &str) -> Result<Option<Transaction>, DbErr> {
    if !may_be_stored(token) {
        return Ok(None);
    }
    Entity::find().filter(Column::Token.eq(token)).one(db).await?.map(read).transpose()
}

/// The Core API takes either id.
pub(crate) async fn by_either_id(db: &DatabaseConnection, id: &str) -> Result<Option<Transaction>, DbErr> {
    if let Some(found) = by_order_id(db, id).await? {
        return Ok(Some(found));
    }
    if !may_be_stored(id) {
        return Ok(None);
    }
    Entity::find().filter(Column::TransactionId.eq(id)).one(db).await?.map(read).transpose()
}

/// The order ids whose time has come, the longest waiting first.
pub(crate) async fn due(db: &DatabaseConnection, now: i64, limit: u64) -> Result<Vec<String>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::OrderId)
        .filter(Column::DueAt.lte(now))
        .order_by_asc(Column::DueAt)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await
}

/// Writes a move, if the row still is as it was read: same status, same revision. `false` means that somebody else
/// was faster.
pub(crate) async fn save(db: &DatabaseConnection, tx: &Transaction, left: Status) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .set(row(tx, tx.revision + 1)?)
        .filter(Column::OrderId.eq(&tx.order_id))
        .filter(Column::Status.eq(left.as_str()))
        .filter(Column::Revision.eq(tx.revision))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

fn row(tx: &Transaction, revision: i64) -> Result<ActiveModel, DbErr> {
    let document = serde_json::to_string(tx).map_err(|error| DbErr::Json(error.to_string()))?;
    Ok(ActiveModel {
        order_id: Set(tx.order_id.clone()),
        token: Set(tx.token.clone()),
        transaction_id: Set(tx.transaction_id.clone()),
        status: Set(tx.status.as_str().to_owned()),
        due_at: Set(due_at(tx)),
        revision: Set(revision),
        document: Set(document),
    })
}

fn read(model: Model) -> Result<Transaction, DbErr> {
    let mut tx: Transaction = serde_json::from_str(&model.document).map_err(|error| DbErr::Json(error.to_string()))?;
    tx.revision = model.revision;
    Ok(tx)
}
