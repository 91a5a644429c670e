//! What waited for a loop of before becomes a job: consultations with something due, payments to ask about, refunds to
//! send or to see confirmed, and orders whose service was rendered and is not earned yet.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{ConnectionTrait, Statement};

use crate::m20261129_000003_move_money::statement;

/// What of one kind waits: a query of ids and times.
struct Waiting {
    kind: &'static str,
    lane: &'static str,
    /// The payload's one member.
    member: &'static str,
    sql: &'static str,
}

const WAITING: [Waiting; 4] = [
    Waiting {
        kind: "consultations.live",
        lane: "life",
        member: "consultation",
        sql: "SELECT id, due_at AS at FROM consultations WHERE due_at IS NOT NULL",
    },
    Waiting {
        kind: "payments.ask",
        lane: "gateway",
        member: "payment",
        sql: "SELECT id, check_at AS at FROM payments WHERE status = 'pending'",
    },
    Waiting {
        kind: "payments.refund",
        lane: "gateway",
        member: "refund",
        sql: "SELECT n.id AS id, r.try_at AS at FROM refunds_next n JOIN refunds r ON r.id = n.id \
              WHERE n.status IN ('requested', 'sent')",
    },
    Waiting {
        kind: "orders.earn",
        lane: "life",
        member: "order",
        // A week after the end, as for what ends from now on.
        sql: "SELECT o.id AS id, c.ended_at + 604800000 AS at FROM orders o JOIN consultations c ON c.order_id = o.id \
              WHERE o.status = 'paid' AND c.status = 'ended' AND c.ended_at IS NOT NULL",
    },
];

pub async fn enqueue(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let backend = manager.get_database_backend();
    for waiting in WAITING {
        for row in db.query_all_raw(Statement::from_string(backend, waiting.sql)).await? {
            let (subject, at): (Uuid, i64) = (row.try_get("", "id")?, row.try_get("", "at")?);
            let insert = "INSERT INTO jobs (id, kind, lane, dedup_key, payload, run_at, tries, created_at) \
                          VALUES ($1, $2, $3, $4, $5, $6, 0, $6)";
            let key = format!("{}:{subject}", waiting.kind);
            let payload = format!(r#"{{"{}":"{subject}"}}"#, waiting.member);
            let values = [
                Uuid::now_v7().into(),
                waiting.kind.into(),
                waiting.lane.into(),
                key.into(),
                payload.into(),
                at.into(),
            ];
            db.execute_raw(statement(backend, insert, values)).await?;
        }
    }
    Ok(())
}
