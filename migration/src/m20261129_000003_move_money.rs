//! The data of before in the shape of orders: one order for each payment (it takes the payment's id, so that both can be
//! told from the journal's references), its lines, its journal entries with their dimensions, and a job for each row that
//! waited for a loop. Nothing of before is removed here.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DbBackend, Statement, Value};

use crate::columns::{
    id, instant, instant_null, integer, references, run, rupiah, string_len, string_len_null, text, uuid, uuid_null,
};
use crate::jobs_of_before;
use crate::journal_of_before;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_next(manager).await?;
        run(manager, ORDERS).await?;
        run(manager, PAYMENTS).await?;
        run(manager, CONSULTATIONS).await?;
        journal_of_before::give_dimensions(manager).await?;
        journal_of_before::put_back_what_is_not_earned(manager).await?;
        jobs_of_before::enqueue(manager).await
    }
}

/// What takes the place of `payments` and of the tables that point at it: none of them knows a consultation.
async fn create_next(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let payments = Table::create()
        .table("payments_next")
        .col(id())
        .col(uuid("order_id"))
        .col(string_len("gateway_order_id", 50))
        .col(string_len_null("transaction_id", 64))
        .col(rupiah("amount").check(Expr::col("amount").gte(0)))
        .col(rupiah("refunded_amount").check(Expr::col("refunded_amount").gte(0)))
        .col(rupiah("promised_amount").check(Expr::col("promised_amount").gte(0)))
        .col(rupiah("paid_out_amount").check(Expr::col("paid_out_amount").gte(0)))
        .col(rupiah("charged_back_amount").check(Expr::col("charged_back_amount").gte(0)))
        .col(string_len("status", 24))
        .col(string_len_null("payment_type", 32))
        .col(string_len_null("snap_token", 64))
        .col(string_len_null("redirect_url", 512))
        .col(instant("created_at"))
        .col(instant("expires_at"))
        .col(instant_null("settled_at"))
        .col(integer("version"))
        .foreign_key(&mut references("payments_next", "order_id", "orders"))
        .take();
    manager.create_table(payments).await?;

    let payment_events = Table::create()
        .table("payment_events_next")
        .col(id())
        .col(uuid("payment_id"))
        .col(string_len("source", 24))
        .col(string_len("gateway_status", 32))
        .col(string_len("status", 24))
        .col(string_len("fingerprint", 64))
        .col(text("payload"))
        .col(instant("occurred_at"))
        .foreign_key(&mut references("payment_events_next", "payment_id", "payments_next"))
        .take();
    manager.create_table(payment_events).await?;

    let refunds = Table::create()
        .table("refunds_next")
        .col(id())
        .col(uuid("payment_id"))
        .col(rupiah("amount").check(Expr::col("amount").gte(0)))
        .col(string_len("reason", 24))
        .col(string_len("status", 24))
        .col(integer("attempts"))
        .col(ColumnDef::new("note").text().null())
        .col(uuid_null("decided_by"))
        .col(instant("created_at"))
        .col(instant_null("sent_at"))
        .col(instant_null("closed_at"))
        .foreign_key(&mut references("refunds_next", "payment_id", "payments_next"))
        .take();
    manager.create_table(refunds).await
}

/// A consultation without a payment (made for load tests) gets an order of its own id. What goes on for another
/// consultation belongs to the same order as that one.
const ORDERS: &[&str] = &[
    "INSERT INTO orders (id, kind, owner_id, payee_id, markup_basis_points, total, status, created_at, paid_at, earned_at)
     SELECT p.id, 'consultation', c.owner_id, c.doctor_id, c.markup_basis_points, p.amount,
       CASE
         WHEN p.status = 'pending' THEN 'open'
         WHEN p.status = 'expired' THEN 'expired'
         WHEN p.status IN ('denied', 'cancelled') THEN 'cancelled'
         WHEN p.status IN ('refunded', 'reversed') OR p.promised_amount >= p.amount THEN 'refunded'
         WHEN c.released_at IS NOT NULL OR c.status IN ('no_show', 'cancelled') THEN 'earned'
         ELSE 'paid'
       END,
       p.created_at, p.settled_at,
       CASE
         WHEN p.status IN ('settled', 'partially_refunded') AND p.promised_amount < p.amount
           AND (c.released_at IS NOT NULL OR c.status IN ('no_show', 'cancelled'))
         THEN COALESCE(c.released_at, c.ended_at, p.settled_at, p.created_at)
       END
     FROM payments p JOIN consultations c ON c.id = p.consultation_id",
    "WITH RECURSIVE purchase (order_id, id, earlier) AS (
       SELECT p.id, c.id, c.transferred_from FROM payments p JOIN consultations c ON c.id = p.consultation_id
       UNION ALL
       SELECT purchase.order_id, c.id, c.transferred_from
       FROM purchase JOIN consultations c ON c.id = purchase.earlier
     )
     UPDATE consultations SET order_id = (SELECT purchase.order_id FROM purchase WHERE purchase.id = consultations.id)",
    "INSERT INTO orders (id, kind, owner_id, payee_id, markup_basis_points, total, status, created_at, paid_at, earned_at)
     SELECT c.id, 'consultation', c.owner_id, c.doctor_id, c.markup_basis_points, c.total,
       CASE c.status
         WHEN 'awaiting_payment' THEN 'open'
         WHEN 'expired' THEN 'expired'
         WHEN 'cancelled' THEN 'cancelled'
         ELSE 'paid'
       END,
       c.created_at, c.started_at, NULL
     FROM consultations c WHERE c.order_id IS NULL",
    "UPDATE consultations SET order_id = id WHERE order_id IS NULL",
    // Of several consultations of one order the lines are the same: those of the newest count.
    "INSERT INTO order_lines (order_id, position, kind, account, amount)
     SELECT c.order_id, l.position, l.kind, CASE l.kind WHEN 'base' THEN 'partner' ELSE 'platform_revenue' END, l.amount
     FROM quote_lines l JOIN consultations c ON c.id = l.consultation_id
     WHERE NOT EXISTS (SELECT 1 FROM consultations n WHERE n.transferred_from = c.id)",
];

const PAYMENTS: &[&str] = &[
    "INSERT INTO payments_next (id, order_id, gateway_order_id, transaction_id, amount, refunded_amount, promised_amount,
       paid_out_amount, charged_back_amount, status, payment_type, snap_token, redirect_url, created_at, expires_at,
       settled_at, version)
     SELECT id, id, order_id, NULL, amount, refunded_amount, promised_amount, 0, 0, status, payment_type, snap_token,
       redirect_url, created_at, expires_at, settled_at, 1
     FROM payments",
    "INSERT INTO payment_events_next (id, payment_id, source, gateway_status, status, fingerprint, payload, occurred_at)
     SELECT id, payment_id, source, gateway_status, status, fingerprint, payload, occurred_at FROM payment_events",
    "INSERT INTO refunds_next (id, payment_id, amount, reason, status, attempts, note, decided_by, created_at, sent_at,
       closed_at)
     SELECT r.id, r.payment_id, r.amount, r.reason,
       CASE
         WHEN p.status IN ('refunded', 'reversed') OR p.refunded_amount >= p.promised_amount THEN 'confirmed'
         WHEN r.status = 'owed' THEN 'requested'
         ELSE r.status
       END,
       r.attempts, NULL, NULL, r.created_at,
       CASE WHEN r.status = 'sent' THEN r.try_at END,
       CASE WHEN p.status IN ('refunded', 'reversed') OR p.refunded_amount >= p.promised_amount THEN r.try_at END
     FROM refunds r JOIN payments p ON p.id = r.payment_id",
];

const CONSULTATIONS: &[&str] = &[
    "UPDATE consultations SET recorded_at =
       (SELECT r.finished_at FROM records r WHERE r.consultation_id = consultations.id AND r.finished_at IS NOT NULL)",
    // Money had come for these and found nothing to open; nobody could ever end them, and nobody else could buy.
    "UPDATE consultations SET status = 'cancelled', closed_because = 'called_off' WHERE status = 'awaiting_payment'
       AND EXISTS (SELECT 1 FROM payments p WHERE p.consultation_id = consultations.id AND p.settled_at IS NOT NULL)",
    // What had ended before there were summaries counts as summed up.
    "UPDATE consultations SET recorded_at = released_at WHERE recorded_at IS NULL AND status = 'ended'",
];

/// A statement of one text for both databases.
pub fn statement<const N: usize>(backend: DbBackend, sql: &str, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(backend, sql, values)
}
