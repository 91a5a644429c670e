//! Recomputes from the journal what the rows of payments and orders say, and names what differs. The sums are made by the
//! database, so that a million entries take seconds.

use futures_util::{StreamExt, TryStreamExt, stream};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

/// Something that does not add up.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// What was compared.
    pub rule: String,
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

/// Reads the whole journal; answers the first difference that is found.
pub async fn verify(db: &impl ConnectionTrait) -> Result<Option<Difference>, DbErr> {
    let mut breaches =
        stream::iter(LOOKS.iter().map(|look| first_breach(db, look)).collect::<Vec<_>>()).buffered(AT_ONCE);
    while let Some(breach) = breaches.try_next().await? {
        if breach.is_some() {
            return Ok(breach);
        }
    }
    Ok(None)
}

/// One row is enough, but it is not for the planner to know: books that add up are read to their end, and PostgreSQL would
/// choose what is quick to find a first row (a million look-ups in an index, where a hash join takes a second).
async fn first_breach(db: &impl ConnectionTrait, look: &Look) -> Result<Option<Difference>, DbErr> {
    let named = |(name, sql)| format!("SELECT '{name}' AS rule, about, expected, found FROM ({sql}) AS broken");
    let broken: Vec<_> = look.rules.iter().copied().map(named).collect();
    let sql = format!(
        "WITH {}all_broken AS MATERIALIZED ({}) SELECT rule, about, expected, found FROM all_broken LIMIT 1",
        look.with,
        broken.join(" UNION ALL ")
    );
    let row = Row::find_by_statement(Statement::from_string(db.get_database_backend(), sql)).one(db).await?;
    Ok(row.map(|Row { rule, about, expected, found }| Difference { rule, about: about.to_string(), expected, found }))
}

#[derive(FromQueryResult)]
struct Row {
    rule: String,
    about: uuid::Uuid,
    expected: i64,
    found: i64,
}

/// Rules that are answered by one statement.
struct Look {
    /// What its rules select from beside the tables.
    with: &'static str,
    /// Each has a name and selects the rows that break it.
    rules: &'static [(&'static str, &'static str)],
}

/// The longest first, so that no core is left with one of them at the end.
const LOOKS: [Look; 6] = [
    Look { with: UNEQUAL_PAYMENTS, rules: &OF_PAYMENTS },
    Look { with: UNEQUAL_ORDERS, rules: &OF_ORDERS },
    Look {
        with: "",
        rules: &[(
            "a settled payment is in the journal, another is not",
            "SELECT p.id AS about, CAST(CASE WHEN p.settled_at IS NULL OR p.amount = 0 THEN 0 ELSE 1 END AS BIGINT) AS expected, \
             CAST(COALESCE(j.n, 0) AS BIGINT) AS found \
             FROM payments p LEFT JOIN (SELECT payment_id, COUNT(*) AS n FROM journal_entries \
               WHERE kind = 'settled' GROUP BY payment_id) j ON j.payment_id = p.id \
             WHERE CASE WHEN p.settled_at IS NULL OR p.amount = 0 THEN 0 ELSE 1 END <> COALESCE(j.n, 0)",
        )],
    },
    Look {
        with: "",
        rules: &[(
            "an entry sums to zero",
            "SELECT entry_id AS about, CAST(0 AS BIGINT) AS expected, CAST(SUM(amount) AS BIGINT) AS found \
             FROM journal_lines GROUP BY entry_id HAVING SUM(amount) <> 0",
        )],
    },
    Look {
        with: "",
        rules: &[(
            "an entry about an order is about one that exists",
            "SELECT e.id AS about, CAST(1 AS BIGINT) AS expected, CAST(0 AS BIGINT) AS found FROM journal_entries e \
             LEFT JOIN orders o ON o.id = e.order_id WHERE e.order_id IS NOT NULL AND o.id IS NULL",
        )],
    },
    Look {
        with: "",
        rules: &[(
            "an entry is posted",
            "SELECT id AS about, CAST(1 AS BIGINT) AS expected, CAST(0 AS BIGINT) AS found FROM journal_entries WHERE NOT posted",
        )],
    },
];

/// Payments beside their sums in the journal, added up in one pass; only those of which one is not as it should be. Of what
/// a bank took back whole, all is gone that was not charged back besides.
const UNEQUAL_PAYMENTS: &str = "unequal_payments AS MATERIALIZED (SELECT * FROM (SELECT p.id, \
       CASE WHEN p.status = 'reversed' AND p.amount - p.charged_back_amount > p.refunded_amount \
         THEN p.amount - p.charged_back_amount ELSE p.refunded_amount END AS gone, \
       p.charged_back_amount AS taken, \
       CASE WHEN p.status = 'reversed' THEN 0 ELSE p.refunded_amount + p.paid_out_amount - p.promised_amount END AS promised, \
       CAST(COALESCE(j.given_back, 0) AS BIGINT) AS given_back, \
       CAST(COALESCE(j.charged_back, 0) AS BIGINT) AS charged_back, \
       CAST(COALESCE(j.owed, 0) AS BIGINT) AS owed \
     FROM payments p LEFT JOIN (SELECT e.payment_id, \
         SUM(CASE WHEN l.account = 'gateway' AND e.kind = 'given_back' THEN -l.amount ELSE 0 END) AS given_back, \
         SUM(CASE WHEN l.account = 'gateway' AND e.kind <> 'given_back' THEN -l.amount ELSE 0 END) AS charged_back, \
         SUM(CASE WHEN l.account = 'refunds_payable' THEN l.amount ELSE 0 END) AS owed \
       FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id \
       WHERE l.account IN ('gateway', 'refunds_payable') \
         AND (l.account <> 'gateway' OR e.kind IN ('given_back', 'charged_back', 'won_back')) \
       GROUP BY e.payment_id) j ON j.payment_id = p.id) AS payment \
     WHERE gone <> given_back OR taken <> charged_back OR promised <> owed), ";

const OF_PAYMENTS: [(&str, &str); 3] = [
    (
        "what went back of a payment has left the gateway",
        "SELECT id AS about, CAST(gone AS BIGINT) AS expected, given_back AS found FROM unequal_payments \
         WHERE gone <> given_back",
    ),
    (
        "what a bank took back of what was rendered has left the gateway",
        "SELECT id AS about, taken AS expected, charged_back AS found FROM unequal_payments WHERE taken <> charged_back",
    ),
    (
        "what was promised and is not gone is owed back",
        "SELECT id AS about, CAST(promised AS BIGINT) AS expected, owed AS found FROM unequal_payments \
         WHERE promised <> owed",
    ),
];

/// The same for orders.
const UNEQUAL_ORDERS: &str = "unequal_orders AS MATERIALIZED (SELECT o.id, o.status, \
       CAST(j.pending AS BIGINT) AS pending, CAST(j.payable AS BIGINT) AS payable \
     FROM orders o JOIN (SELECT e.order_id, \
         SUM(CASE WHEN l.account = 'partner_pending' THEN l.amount ELSE 0 END) AS pending, \
         SUM(CASE WHEN l.account = 'partner_payable' AND e.payout_id IS NULL THEN l.amount ELSE 0 END) AS payable \
       FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id \
       WHERE l.account IN ('partner_pending', 'partner_payable') GROUP BY e.order_id) j ON j.order_id = o.id \
     WHERE (o.status <> 'paid' AND j.pending <> 0) OR (o.status <> 'earned' AND j.payable <> 0)), ";

const OF_ORDERS: [(&str, &str); 2] = [
    (
        "nothing is pending of an order that is not waiting to be earned",
        "SELECT id AS about, CAST(0 AS BIGINT) AS expected, pending AS found FROM unequal_orders \
         WHERE status <> 'paid' AND pending <> 0",
    ),
    (
        "nothing is payable of an order that is not earned",
        "SELECT id AS about, CAST(0 AS BIGINT) AS expected, payable AS found FROM unequal_orders \
         WHERE status <> 'earned' AND payable <> 0",
    ),
];
