//! What owners said of finished consultations; a doctor's rating is counted from these rows.

use sea_orm_migration::prelude::*;

use crate::columns::{instant, integer, references, references_column, run, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let reviews = Table::create()
            .table("reviews")
            .col(uuid("consultation_id").primary_key())
            .col(uuid("doctor_id"))
            .col(integer("rating").check(Expr::col("rating").between(1, 5)))
            .col(text("body"))
            .col(instant("created_at"))
            .foreign_key(&mut references("reviews", "consultation_id", "consultations"))
            .foreign_key(&mut references_column("reviews", "doctor_id", "doctors", "account_id"))
            .take();
        manager.create_table(reviews).await?;
        run(manager, &["CREATE INDEX reviews_doctor ON reviews (doctor_id)"]).await
    }
}
