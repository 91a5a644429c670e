//! Gives the journal of before its dimensions. A reference such as `payment:<id>:promised:10000` says what an entry is
//! about, and an account such as `partner_payable:<id>` whose it is.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::columns::run;
use crate::m20261129_000003_move_money::statement;

pub async fn give_dimensions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let guards = Guards::lift(manager).await?;
    let id_in = |text: &str| match manager.get_database_backend() {
        DbBackend::Postgres => format!("CAST({text} AS uuid)"),
        _ => format!("unhex(replace({text}, '-', ''))"),
    };
    // `payment:` has 8 characters and an id 36. The order of a payment of before has the payment's id.
    let payment = id_in("substr(reference, 9, 36)");
    let party = id_in("substr(account, 17, 36)");
    run(
        manager,
        &[
            format!(
                "UPDATE journal_entries SET payment_id = {payment}, order_id = {payment}, posted_at = occurred_at,
                   kind = CASE
                     WHEN reference LIKE '%:settled' THEN 'settled'
                     WHEN reference LIKE '%:promised:%' THEN 'promised'
                     WHEN reference LIKE '%:given_back:%' THEN 'given_back'
                     ELSE 'taken_over'
                   END
                 WHERE reference LIKE 'payment:%'"
            ),
            "UPDATE journal_entries SET posted_at = occurred_at, kind = 'other' WHERE kind IS NULL".to_owned(),
            format!(
                "UPDATE journal_lines SET party_id = {party}, account = 'partner_payable'
                 WHERE account LIKE 'partner_payable:%'"
            ),
        ],
    )
    .await?;
    guards.restore(manager).await
}

/// Until now a partner was owed the base as soon as it was paid. From now on that is pending until it is earned, and the
/// journal says so with an entry, as of the day of the payment, for each order that is not earned yet.
pub async fn put_back_what_is_not_earned(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let backend = manager.get_database_backend();
    let owed = "SELECT e.order_id AS order_id, l.party_id AS party_id, MAX(o.paid_at) AS at, \
                CAST(SUM(l.amount) AS BIGINT) AS amount \
                FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id JOIN orders o ON o.id = e.order_id \
                WHERE l.account = 'partner_payable' AND o.status = 'paid' AND e.posted \
                GROUP BY e.order_id, l.party_id HAVING SUM(l.amount) <> 0";
    for row in db.query_all_raw(Statement::from_string(backend, owed)).await? {
        let (order, party): (Uuid, Uuid) = (row.try_get("", "order_id")?, row.try_get("", "party_id")?);
        let (at, amount): (Option<i64>, i64) = (row.try_get("", "at")?, row.try_get("", "amount")?);
        let (id, at) = (Uuid::now_v7(), at.unwrap_or_default());
        let entry = "INSERT INTO journal_entries \
                     (id, reference, kind, order_id, payment_id, occurred_at, posted_at, posted) \
                     VALUES ($1, $2, 'pending', $3, $3, $4, $4, FALSE)";
        let reference = format!("order:{order}:pending");
        let values = [id.into(), reference.into(), order.into(), at.into()];
        db.execute_raw(statement(backend, entry, values)).await?;
        let line =
            "INSERT INTO journal_lines (entry_id, position, account, party_id, amount) VALUES ($1, $2, $3, $4, $5)";
        for (position, account, amount) in [(0, "partner_pending", amount), (1, "partner_payable", -amount)] {
            let values = [id.into(), position.into(), account.into(), party.into(), amount.into()];
            db.execute_raw(statement(backend, line, values)).await?;
        }
        let post = "UPDATE journal_entries SET posted = TRUE WHERE id = $1";
        db.execute_raw(statement(backend, post, [id.into()])).await?;
    }
    Ok(())
}

/// The triggers that keep the journal as it is, while they are lifted.
struct Guards(Vec<(String, String)>);

impl Guards {
    async fn lift(manager: &SchemaManager<'_>) -> Result<Self, DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, &SWITCHES.map(|table| format!("ALTER TABLE {table} DISABLE TRIGGER USER"))).await?;
            return Ok(Self(Vec::new()));
        }
        let all = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' \
                   AND tbl_name IN ('journal_entries', 'journal_lines')";
        let rows = manager.get_connection().query_all_raw(Statement::from_string(DbBackend::Sqlite, all)).await?;
        let mut guards = Vec::with_capacity(rows.len());
        for row in rows {
            guards.push((row.try_get::<String>("", "name")?, row.try_get::<String>("", "sql")?));
        }
        for (name, _) in &guards {
            run(manager, &[format!("DROP TRIGGER {name}")]).await?;
        }
        Ok(Self(guards))
    }

    async fn restore(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            return run(manager, &SWITCHES.map(|table| format!("ALTER TABLE {table} ENABLE TRIGGER USER"))).await;
        }
        for (_, sql) in &self.0 {
            run(manager, &[sql]).await?;
        }
        Ok(())
    }
}

const SWITCHES: [&str; 2] = ["journal_entries", "journal_lines"];
