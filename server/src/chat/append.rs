//! Appending to the logs of conversations: the one statement that numbers messages.
//!
//! `seq` is taken from the conversation's own row, locked in the same transaction, so that it has no gaps whichever node
//! writes. Here the two databases differ: PostgreSQL does everything in one statement (one round trip, and the commit is
//! its end), SQLite, which knows no data-changing sub-statements, in three within one transaction.

use std::collections::{BTreeSet, HashMap};

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    QuerySelect, Statement, Value,
};
use uuid::Uuid;

use super::entity::{Column, ConversationId, ConversationStatus, Entity, MessageId, message};
use platform::clock::Timestamp;
use platform::db::Db;

/// The `seq` of each message that was stored; those whose conversation is not active are missing.
pub type Numbers = HashMap<MessageId, i32>;

/// Stores messages, each with the next `seq` of its conversation in the order given, and commits. All or none: a
/// `(sender, clientId)` that is known already fails the whole batch.
pub async fn append(db: &Db, messages: &[message::Model]) -> Result<Numbers, DbErr> {
    if db.is_sqlite() {
        let txn = db.begin_write().await?;
        let numbers = append_on_sqlite(&txn, messages).await?;
        txn.commit().await?;
        Ok(numbers)
    } else {
        append_on_postgres(&db.write, messages).await
    }
}

/// The same inside the caller's transaction.
pub async fn append_within(txn: &DatabaseTransaction, messages: &[message::Model]) -> Result<Numbers, DbErr> {
    match txn.get_database_backend() {
        DbBackend::Postgres => append_on_postgres(txn, messages).await,
        _ => append_on_sqlite(txn, messages).await,
    }
}

/// 1, 2, 3, … for the messages of the same conversation.
fn places(messages: &[message::Model]) -> Vec<i32> {
    let mut count: HashMap<ConversationId, i32> = HashMap::new();
    let next = |message: &message::Model| {
        let place = count.entry(message.conversation_id).or_default();
        *place += 1;
        *place
    };
    messages.iter().map(next).collect()
}

/// One message needs no order of locks, and people mostly write one at a time: this takes an eighth less of their wait.
const ONE_ON_POSTGRES: &str = r"
WITH room AS (
    UPDATE conversations SET last_seq = last_seq + 1, updated_at = $6 WHERE id = $2 AND status = 'active'
    RETURNING last_seq
)
INSERT INTO messages (id, conversation_id, seq, sender_id, client_id, body, created_at)
SELECT $1, $2, room.last_seq, $3, $4, $5, $6 FROM room
RETURNING id, seq";

/// Rows are locked in the order of their ids, so that two nodes with the same conversations in their batches wait for
/// each other instead of for ever.
const MANY_ON_POSTGRES: &str = r"
WITH draft AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::bigint[])
        AS draft (id, conversation_id, place, sender_id, client_id, body, created_at)
), room AS (
    SELECT id, last_seq FROM conversations
    WHERE id = ANY($2::uuid[]) AND status = 'active' ORDER BY id FOR UPDATE
), stored AS (
    INSERT INTO messages (id, conversation_id, seq, sender_id, client_id, body, created_at)
    SELECT draft.id, draft.conversation_id, room.last_seq + draft.place, sender_id, NULLIF(client_id, ''),
        body, created_at
    FROM draft JOIN room ON room.id = draft.conversation_id
    RETURNING id, seq
), grown AS (
    UPDATE conversations SET last_seq = conversations.last_seq + growth.count, updated_at = growth.latest
    FROM room JOIN (
        SELECT conversation_id, COUNT(*)::int AS count, MAX(created_at) AS latest FROM draft GROUP BY conversation_id
    ) growth ON growth.conversation_id = room.id
    WHERE conversations.id = room.id
)
SELECT id, seq FROM stored";

#[derive(FromQueryResult)]
struct Numbered {
    id: MessageId,
    seq: i32,
}

async fn append_on_postgres(db: &impl ConnectionTrait, messages: &[message::Model]) -> Result<Numbers, DbErr> {
    let statement = match messages {
        [message] => appending_one(message),
        _ => appending_many(messages),
    };
    let rows = Numbered::find_by_statement(statement).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.seq)).collect())
}

fn appending_one(message: &message::Model) -> Statement {
    let values: [Value; 6] = [
        message.id.0.into(),
        message.conversation_id.0.into(),
        message.sender_id.0.into(),
        message.client_id.clone().into(),
        message.body.clone().into(),
        message.created_at.as_millis().into(),
    ];
    Statement::from_sql_and_values(DbBackend::Postgres, ONE_ON_POSTGRES, values)
}

fn appending_many(messages: &[message::Model]) -> Statement {
    // An array of ours cannot hold NULL; no `clientId` is empty.
    let client_id = |message: &message::Model| message.client_id.clone().unwrap_or_default();
    let values: [Value; 7] = [
        messages.iter().map(|message| message.id.0).collect::<Vec<Uuid>>().into(),
        messages.iter().map(|message| message.conversation_id.0).collect::<Vec<Uuid>>().into(),
        places(messages).into(),
        messages.iter().map(|message| message.sender_id.0).collect::<Vec<Uuid>>().into(),
        messages.iter().map(client_id).collect::<Vec<String>>().into(),
        messages.iter().map(|message| message.body.clone()).collect::<Vec<String>>().into(),
        messages.iter().map(|message| message.created_at.as_millis()).collect::<Vec<i64>>().into(),
    ];
    Statement::from_sql_and_values(DbBackend::Postgres, MANY_ON_POSTGRES, values)
}

async fn append_on_sqlite(db: &impl ConnectionTrait, messages: &[message::Model]) -> Result<Numbers, DbErr> {
    let ids: BTreeSet<ConversationId> = messages.iter().map(|message| message.conversation_id).collect();
    let last_seqs: HashMap<ConversationId, i32> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::LastSeq])
        .filter(Column::Id.is_in(ids))
        .filter(Column::Status.eq(ConversationStatus::Active))
        .into_tuple::<(ConversationId, i32)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let numbered = messages.iter().zip(places(messages)).filter_map(|(message, place)| {
        let last_seq = last_seqs.get(&message.conversation_id)?;
        Some(message::Model { seq: last_seq + place, ..message.clone() })
    });
    let numbered: Vec<message::Model> = numbered.collect();
    let numbers = numbered.iter().map(|message| (message.id, message.seq)).collect();
    if numbered.is_empty() {
        return Ok(numbers);
    }
    let latest = numbered.iter().map(|message| message.created_at).max();
    let rows = numbered.into_iter().map(message::ActiveModel::from);
    message::Entity::insert_many(rows).exec_without_returning(db).await?;
    catch_up_last_seq(db, last_seqs.into_keys(), latest).await?;
    Ok(numbers)
}

/// Writes down how far these conversations have come.
async fn catch_up_last_seq(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = ConversationId>,
    now: Option<Timestamp>,
) -> Result<(), DbErr> {
    let newest = Query::select()
        .expr(Expr::col((message::Entity, message::Column::Seq)).max())
        .from(message::Entity)
        .and_where(Expr::col((message::Entity, message::Column::ConversationId)).equals((Entity, Column::Id)))
        .to_owned();
    Entity::update_many()
        .col_expr(Column::LastSeq, newest.into())
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::Id.is_in(ids))
        .exec(db)
        .await
        .map(|_| ())
}
