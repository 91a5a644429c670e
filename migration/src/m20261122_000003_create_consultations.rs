//! One purchase of a doctor's time, and the quote as it stood when the owner agreed to it.

use sea_orm_migration::prelude::*;

use crate::columns::{id, instant, instant_null, integer, references, references_column, run, rupiah, status, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let consultations = Table::create()
            .table("consultations")
            .col(id())
            .col(uuid("owner_id"))
            .col(uuid("doctor_id"))
            .col(status(
                "status",
                &["awaiting_payment", "scheduled", "active", "ended", "expired", "cancelled", "no_show"],
            ))
            .col(integer("markup_basis_points"))
            .col(rupiah("total").check(Expr::col("total").gt(0)))
            .col(instant("created_at"))
            .col(instant_null("started_at"))
            .col(instant_null("ended_at"))
            .check(Expr::col("owner_id").ne(Expr::col("doctor_id")))
            .foreign_key(&mut references("consultations", "owner_id", "accounts"))
            .foreign_key(&mut references_column("consultations", "doctor_id", "doctors", "account_id"))
            .take();
        manager.create_table(consultations).await?;

        let quote_lines = Table::create()
            .table("quote_lines")
            .col(uuid("consultation_id"))
            .col(integer("position"))
            .col(status("kind", &["base", "platform_fee"]))
            .col(rupiah("amount"))
            .primary_key(Index::create().col("consultation_id").col("position"))
            .foreign_key(&mut references("quote_lines", "consultation_id", "consultations"))
            .take();
        manager.create_table(quote_lines).await?;

        run(
            manager,
            &[
                "CREATE INDEX consultations_owner ON consultations (owner_id, id)",
                "CREATE INDEX consultations_doctor ON consultations (doctor_id, id)",
                // Asking twice finds the open purchase instead of making a second one, also in a race.
                "CREATE UNIQUE INDEX consultations_one_open_purchase ON consultations (owner_id, doctor_id) \
                 WHERE status = 'awaiting_payment'",
            ],
        )
        .await
    }
}
