//! Posting to the journal and reading sums from it.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, Statement};
use uuid::Uuid;

use super::account::Account;
use super::entity::entry::{self, EntryKind};
use super::entity::{JournalEntryId, line};
use crate::accounts::AccountId;
use platform::clock::{JAKARTA_OFFSET_MILLIS, MILLIS_PER_DAY, Timestamp};
use platform::money::Rupiah;

/// One fact about money. The amounts sum to zero: a debit is positive, a credit negative.
#[derive(Clone, Debug)]
pub struct Entry {
    pub kind: EntryKind,
    pub about: About,
    /// The fact in words, unique: the same one is posted once.
    pub reference: String,
    /// When it happened.
    pub occurred_at: Timestamp,
    pub lines: Vec<(Account, Rupiah)>,
}

/// What an entry is about, for sums.
#[derive(Clone, Copy, Debug, Default)]
pub struct About {
    pub order: Option<Uuid>,
    pub payment: Option<Uuid>,
    pub refund: Option<Uuid>,
    pub payout: Option<Uuid>,
}

impl Entry {
    /// Posts an entry inside the caller's transaction. The database refuses one that does not sum to zero, and one
    /// whose reference was posted before. One that moves nothing is no entry.
    pub async fn post(self, db: &impl ConnectionTrait, now: Timestamp) -> Result<(), DbErr> {
        let moved: Vec<_> = self.lines.into_iter().filter(|(_, amount)| *amount != Rupiah::ZERO).collect();
        if moved.is_empty() {
            return Ok(());
        }
        let id = JournalEntryId::new();
        let draft = entry::ActiveModel {
            id: Set(id),
            reference: Set(self.reference),
            kind: Set(Some(self.kind)),
            order_id: Set(self.about.order),
            payment_id: Set(self.about.payment),
            refund_id: Set(self.about.refund),
            payout_id: Set(self.about.payout),
            occurred_at: Set(self.occurred_at),
            posted_at: Set(Some(now)),
            posted: Set(false),
        };
        entry::Entity::insert(draft).exec_without_returning(db).await?;

        let lines = moved.into_iter().zip(0..).map(|((account, amount), position)| line::ActiveModel {
            entry_id: Set(id),
            position: Set(position),
            account: Set(account.name().to_owned()),
            party_id: Set(account.party()),
            amount: Set(amount),
        });
        line::Entity::insert_many(lines).exec_without_returning(db).await?;

        let posted = entry::ActiveModel { posted: Set(true), ..Default::default() };
        entry::Entity::update_many().set(posted).filter(entry::Column::Id.eq(id)).exec(db).await?;
        Ok(())
    }

    /// Whether a fact is in the journal.
    pub async fn is_posted(db: &impl ConnectionTrait, reference: &str) -> Result<bool, DbErr> {
        let found = entry::Entity::find().filter(entry::Column::Reference.eq(reference));
        Ok(found.one(db).await?.is_some())
    }
}

#[derive(FromQueryResult)]
struct Sum {
    total: i64,
}

const SUM: &str = "SELECT CAST(COALESCE(SUM(l.amount), 0) AS BIGINT) AS total \
     FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id WHERE e.posted AND l.account = $1";

impl Account {
    /// What stands on an account in all.
    pub async fn balance(self, db: &impl ConnectionTrait) -> Result<Rupiah, DbErr> {
        let name: sea_orm::Value = self.name().into();
        match self.party() {
            None => sum(db, SUM.to_owned(), vec![name]).await,
            Some(party) => sum(db, format!("{SUM} AND l.party_id = $2"), vec![name, party.into()]).await,
        }
    }

    /// What stands on an account because of one order.
    pub async fn balance_of_order(self, db: &impl ConnectionTrait, order: Uuid) -> Result<Rupiah, DbErr> {
        let values: Vec<sea_orm::Value> = vec![self.name().into(), order.into()];
        match self.party() {
            None => sum(db, format!("{SUM} AND e.order_id = $2"), values).await,
            Some(party) => {
                let values = values.into_iter().chain([party.into()]).collect();
                sum(db, format!("{SUM} AND e.order_id = $2 AND l.party_id = $3"), values).await
            }
        }
    }

    /// A partner's share, earned or still pending, by day in Asia/Jakarta (counted from 1970-01-01) within `[from,
    /// to)`: what came of orders less what was given back. What moves between the two accounts cancels out, and payouts
    /// do not count.
    pub async fn shares_by_local_day(
        db: &impl ConnectionTrait,
        partner: AccountId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(i64, Rupiah)>, DbErr> {
        let sql = "SELECT (e.occurred_at + $1) / $2 AS day, CAST(-SUM(l.amount) AS BIGINT) AS total \
               FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id \
               WHERE e.posted AND e.payout_id IS NULL AND l.account IN ('partner_pending', 'partner_payable') \
               AND l.party_id = $3 AND e.occurred_at >= $4 AND e.occurred_at < $5 GROUP BY 1";
        let values: [sea_orm::Value; 5] =
            [JAKARTA_OFFSET_MILLIS.into(), MILLIS_PER_DAY.into(), partner.into(), from.into(), to.into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let rows = DayTotal::find_by_statement(statement).all(db).await?;
        Ok(rows.into_iter().map(|row| (row.day, Rupiah(row.total))).collect())
    }
}

async fn sum(db: &impl ConnectionTrait, sql: String, values: Vec<sea_orm::Value>) -> Result<Rupiah, DbErr> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(Sum::find_by_statement(statement).one(db).await?.map_or(Rupiah::ZERO, |sum| Rupiah(sum.total)))
}

#[derive(FromQueryResult)]
struct DayTotal {
    day: i64,
    total: i64,
}
