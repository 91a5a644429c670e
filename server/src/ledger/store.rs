//! Posting to the journal and reading sums from it.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, Statement};

use super::account::Account;
use super::entity::{JournalEntryId, entry, line};
use crate::platform::clock::{JAKARTA_OFFSET_MILLIS, MILLIS_PER_DAY, Timestamp};
use crate::platform::money::Rupiah;

/// One fact about money. The amounts sum to zero: a debit is positive, a credit negative.
pub struct Entry {
    pub reference: String,
    pub occurred_at: Timestamp,
    pub lines: Vec<(Account, Rupiah)>,
}

/// Posts an entry inside the caller's transaction. The database refuses one that does not sum to zero, and one whose
/// reference was posted before.
pub async fn post(db: &impl ConnectionTrait, posting: Entry) -> Result<(), DbErr> {
    let id = JournalEntryId::new();
    let draft = entry::ActiveModel {
        id: Set(id),
        reference: Set(posting.reference),
        occurred_at: Set(posting.occurred_at),
        posted: Set(false),
    };
    entry::Entity::insert(draft).exec_without_returning(db).await?;

    let moved = posting.lines.into_iter().filter(|(_, amount)| *amount != Rupiah::ZERO);
    let lines = moved.zip(0..).map(|((account, amount), position)| line::ActiveModel {
        entry_id: Set(id),
        position: Set(position),
        account: Set(account.to_string()),
        amount: Set(amount),
    });
    line::Entity::insert_many(lines).exec_without_returning(db).await?;

    let posted = entry::ActiveModel { posted: Set(true), ..Default::default() };
    entry::Entity::update_many().set(posted).filter(entry::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Sum {
    total: i64,
}

pub async fn balance(db: &impl ConnectionTrait, account: Account) -> Result<Rupiah, DbErr> {
    let sql = "SELECT CAST(COALESCE(SUM(l.amount), 0) AS BIGINT) AS total \
               FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id \
               WHERE e.posted AND l.account = $1";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [account.to_string().into()]);
    Ok(Sum::find_by_statement(statement).one(db).await?.map_or(Rupiah::ZERO, |sum| Rupiah(sum.total)))
}

#[derive(FromQueryResult)]
struct DayTotal {
    day: i64,
    total: i64,
}

/// The sum of an account's lines for each day in Asia/Jakarta (counted from 1970-01-01) within `[from, to)`.
pub async fn totals_by_local_day(
    db: &impl ConnectionTrait,
    account: Account,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(i64, Rupiah)>, DbErr> {
    let sql = "SELECT (e.occurred_at + $1) / $2 AS day, CAST(SUM(l.amount) AS BIGINT) AS total \
               FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id \
               WHERE e.posted AND l.account = $3 AND e.occurred_at >= $4 AND e.occurred_at < $5 GROUP BY 1";
    let values: [sea_orm::Value; 5] =
        [JAKARTA_OFFSET_MILLIS.into(), MILLIS_PER_DAY.into(), account.to_string().into(), from.into(), to.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = DayTotal::find_by_statement(statement).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.day, Rupiah(row.total))).collect())
}
