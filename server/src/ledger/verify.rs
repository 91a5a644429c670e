//! Recomputes from the journal what the rows of payments and orders say, and names what differs. The sums are made by the
//! database, so that a million entries take seconds.

use futures_util::{StreamExt, TryStreamExt, stream};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

/// Something that does not add up.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// What was compared.
    pub rule: &'static str,
    /// The row it is about.
    pub about: String,
    pub expected: i64,
    pub found: i64,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rule, about, expected, found } = self;
        write!(formatter, "{rule}: {about} should be {expected} and is {found}")
    }
}

/// Rules that are looked at side by side. Each takes a core and a connection, and every night a server that serves does this.
const AT_ONCE: usize = 2;

/// Reads the whole journal; answers the first difference, in the order of the rules.
pub async fn verify(db: &impl ConnectionTrait) -> Result<Option<Difference>, DbErr> {
    let mut looks = Vec::with_capacity(RULES.len());
    for (rule, sql) in RULES {
        looks.push(first_breach(db, rule, sql));
    }
    let mut breaches = stream::iter(looks).buffered(AT_ONCE);
    while let Some(breach) = breaches.try_next().await? {
        if breach.is_some() {
            return Ok(breach);
        }
    }
    Ok(None)
}

/// One row is enough, but it is not for the planner to know: books that add up are read to their end, and PostgreSQL would
/// choose what is quick to find a first row (a million look-ups in an index, where a hash join takes a second).
async fn first_breach(db: &impl ConnectionTrait, rule: &'static str, sql: &str) -> Result<Option<Difference>, DbErr> {
    let first = format!("WITH broken AS MATERIALIZED ({sql}) SELECT about, expected, found FROM broken LIMIT 1");
    let row = Row::find_by_statement(Statement::from_string(db.get_database_backend(), first)).one(db).await?;
    let difference =
        |row: Row| Difference { rule, about: row.about.to_string(), expected: row.expected, found: row.found };
    Ok(row.map(difference))
}

#[derive(FromQueryResult)]
struct Row {
    about: uuid::Uuid,
    expected: i64,
    found: i64,
}

/// Each selects the rows that break it.
const RULES: [(&str, &str); 9] = [
    (
        "an entry is posted",
        "SELECT id AS about, CAST(1 AS BIGINT) AS expected, CAST(0 AS BIGINT) AS found FROM journal_entries WHERE NOT posted",
    ),
    (
        "an entry sums to zero",
        "SELECT entry_id AS about, CAST(0 AS BIGINT) AS expected, CAST(SUM(amount) AS BIGINT) AS found \
         FROM journal_lines GROUP BY entry_id HAVING SUM(amount) <> 0",
    ),
    (
        "a settled payment is in the journal, another is not",
        "SELECT p.id AS about, CAST(CASE WHEN p.settled_at IS NULL OR p.amount = 0 THEN 0 ELSE 1 END AS BIGINT) AS expected, \
         CAST(COALESCE(j.n, 0) AS BIGINT) AS found \
         FROM payments p LEFT JOIN (SELECT payment_id, COUNT(*) AS n FROM journal_entries \
           WHERE kind = 'settled' GROUP BY payment_id) j ON j.payment_id = p.id \
         WHERE CASE WHEN p.settled_at IS NULL OR p.amount = 0 THEN 0 ELSE 1 END <> COALESCE(j.n, 0)",
    ),
    (
        "what went back of a payment has left the gateway",
        // Of what a bank took back whole, all is gone that was not charged back besides.
        "SELECT p.id AS about, p.gone AS expected, CAST(COALESCE(j.n, 0) AS BIGINT) AS found \
         FROM (SELECT id, CASE WHEN status = 'reversed' AND amount - charged_back_amount > refunded_amount \
           THEN amount - charged_back_amount ELSE refunded_amount END AS gone FROM payments) p LEFT JOIN (SELECT e.payment_id, -SUM(l.amount) AS n FROM journal_entries e \
           JOIN journal_lines l ON l.entry_id = e.id WHERE e.kind = 'given_back' AND l.account = 'gateway' \
           GROUP BY e.payment_id) j ON j.payment_id = p.id \
         WHERE p.gone <> COALESCE(j.n, 0)",
    ),
    (
        "what a bank took back of what was rendered has left the gateway",
        "SELECT p.id AS about, p.charged_back_amount AS expected, CAST(COALESCE(j.n, 0) AS BIGINT) AS found \
         FROM payments p LEFT JOIN (SELECT e.payment_id, -SUM(l.amount) AS n FROM journal_entries e \
           JOIN journal_lines l ON l.entry_id = e.id WHERE e.kind IN ('charged_back', 'won_back') \
           AND l.account = 'gateway' GROUP BY e.payment_id) j ON j.payment_id = p.id \
         WHERE p.charged_back_amount <> COALESCE(j.n, 0)",
    ),
    (
        "what was promised and is not gone is owed back",
        "SELECT p.id AS about, CAST(p.owed AS BIGINT) AS expected, CAST(COALESCE(j.n, 0) AS BIGINT) AS found \
         FROM (SELECT id, CASE WHEN status = 'reversed' THEN 0 \
           ELSE refunded_amount + paid_out_amount - promised_amount END AS owed FROM payments) p LEFT JOIN (SELECT e.payment_id, SUM(l.amount) AS n FROM journal_entries e \
           JOIN journal_lines l ON l.entry_id = e.id WHERE l.account = 'refunds_payable' \
           GROUP BY e.payment_id) j ON j.payment_id = p.id \
         WHERE p.owed <> COALESCE(j.n, 0)",
    ),
    (
        "nothing is pending of an order that is not waiting to be earned",
        "SELECT o.id AS about, CAST(0 AS BIGINT) AS expected, j.n AS found FROM orders o \
         JOIN (SELECT e.order_id, CAST(SUM(l.amount) AS BIGINT) AS n FROM journal_entries e \
           JOIN journal_lines l ON l.entry_id = e.id WHERE l.account = 'partner_pending' \
           GROUP BY e.order_id HAVING SUM(l.amount) <> 0) j ON j.order_id = o.id \
         WHERE o.status <> 'paid'",
    ),
    (
        "nothing is payable of an order that is not earned",
        "SELECT o.id AS about, CAST(0 AS BIGINT) AS expected, j.n AS found FROM orders o \
         JOIN (SELECT e.order_id, CAST(SUM(l.amount) AS BIGINT) AS n FROM journal_entries e \
           JOIN journal_lines l ON l.entry_id = e.id WHERE l.account = 'partner_payable' AND e.payout_id IS NULL \
           GROUP BY e.order_id HAVING SUM(l.amount) <> 0) j ON j.order_id = o.id \
         WHERE o.status <> 'earned'",
    ),
    (
        "an entry about an order is about one that exists",
        "SELECT e.id AS about, CAST(1 AS BIGINT) AS expected, CAST(0 AS BIGINT) AS found FROM journal_entries e \
         LEFT JOIN orders o ON o.id = e.order_id WHERE e.order_id IS NOT NULL AND o.id IS NULL",
    ),
];
