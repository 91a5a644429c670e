//! When doctors can be booked, who has which time, and what a booking was agreed to cost when it is called off.

use sea_orm_migration::prelude::*;

use crate::columns::{
    id, instant, instant_null, integer, integer_null, references, references_column, run, rupiah, status, string_len,
    uuid,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_schedules(manager).await?;
        create_slot_cells(manager).await?;
        run(
            manager,
            &[
                "ALTER TABLE consultations ADD COLUMN kind varchar(24) NOT NULL DEFAULT 'instant' \
                 CHECK (kind IN ('instant', 'slot'))",
                "ALTER TABLE consultations ADD COLUMN starts_at bigint",
                "ALTER TABLE consultations ADD COLUMN duration_minutes integer NOT NULL DEFAULT 30",
                "ALTER TABLE consultations ADD COLUMN free_cancel_minutes integer NOT NULL DEFAULT 0",
                "ALTER TABLE consultations ADD COLUMN late_refund_percent integer NOT NULL DEFAULT 0",
            ],
        )
        .await?;
        create_refunds(manager).await
    }
}

async fn create_schedules(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let schedules = Table::create()
        .table("schedules")
        .col(uuid("doctor_id").primary_key())
        .col(status("time_zone", &["wib", "wita", "wit"]))
        .col(integer("slot_minutes").check(Expr::col("slot_minutes").gt(0)))
        .col(integer("buffer_minutes").check(Expr::col("buffer_minutes").gte(0)))
        .col(integer("notice_minutes").check(Expr::col("notice_minutes").gte(0)))
        .col(integer("horizon_days").check(Expr::col("horizon_days").gt(0)))
        .col(instant_null("next_available_at"))
        .col(instant("recheck_at"))
        .col(instant("updated_at"))
        .foreign_key(&mut references_column("schedules", "doctor_id", "doctors", "account_id"))
        .take();
    manager.create_table(schedules).await?;

    let hours = Table::create()
        .table("schedule_hours")
        .col(uuid("doctor_id"))
        .col(integer("position"))
        .col(integer("weekday").check(Expr::col("weekday").between(1, 7)))
        .col(integer("from_minute"))
        .col(integer("to_minute").check(Expr::col("to_minute").gt(Expr::col("from_minute"))))
        .primary_key(Index::create().col("doctor_id").col("position"))
        .foreign_key(&mut references_column("schedule_hours", "doctor_id", "schedules", "doctor_id"))
        .take();
    manager.create_table(hours).await?;

    let exceptions = Table::create()
        .table("schedule_exceptions")
        .col(uuid("doctor_id"))
        .col(integer("position"))
        .col(string_len("day", 10))
        .col(integer_null("from_minute"))
        .col(integer_null("to_minute"))
        .primary_key(Index::create().col("doctor_id").col("position"))
        .foreign_key(&mut references_column("schedule_exceptions", "doctor_id", "schedules", "doctor_id"))
        .take();
    manager.create_table(exceptions).await?;
    run(manager, &["CREATE INDEX schedules_to_recheck ON schedules (recheck_at)"]).await
}

/// Nobody is booked twice: five minutes of a doctor have one owner, which the key enforces.
async fn create_slot_cells(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let cells = Table::create()
        .table("slot_cells")
        .col(uuid("doctor_id"))
        .col(ColumnDef::new("cell").big_integer().not_null())
        .col(uuid("consultation_id"))
        .primary_key(Index::create().col("doctor_id").col("cell"))
        .foreign_key(&mut references_column("slot_cells", "doctor_id", "doctors", "account_id"))
        .foreign_key(&mut references("slot_cells", "consultation_id", "consultations"))
        .take();
    manager.create_table(cells).await?;
    run(manager, &["CREATE INDEX slot_cells_consultation ON slot_cells (consultation_id)"]).await
}

async fn create_refunds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let refunds = Table::create()
        .table("refunds")
        .col(id())
        .col(uuid("payment_id"))
        .col(rupiah("amount").check(Expr::col("amount").gt(0)))
        .col(status("reason", &["owner_cancelled", "doctor_cancelled", "doctor_late", "slot_lost", "nothing_to_open"]))
        .col(status("status", &["owed", "sent", "manual"]))
        .col(integer("attempts"))
        .col(instant("try_at"))
        .col(instant("created_at"))
        .foreign_key(&mut references("refunds", "payment_id", "payments"))
        .take();
    manager.create_table(refunds).await?;
    run(
        manager,
        &[
            "CREATE INDEX refunds_to_send ON refunds (try_at) WHERE status = 'owed'",
            "CREATE INDEX refunds_payment ON refunds (payment_id)",
            "ALTER TABLE payments ADD COLUMN promised_amount bigint NOT NULL DEFAULT 0",
            "UPDATE payments SET promised_amount = refunded_amount",
            // Money without a purpose was owed back in full from the moment it came.
            "UPDATE payments SET promised_amount = amount WHERE status IN ('settled', 'partially_refunded') \
             AND consultation_id IN (SELECT id FROM consultations WHERE started_at IS NULL)",
        ],
    )
    .await
}
