//! A vet's profile beside the account; only verified ones are shown and bookable.

use sea_orm_migration::prelude::*;

use crate::columns::{instant, instant_null, integer, references, run, rupiah, status, string_len, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let doctors = Table::create()
            .table("doctors")
            .col(uuid("account_id").primary_key())
            .col(status("status", &["applied", "verified", "suspended", "rejected"]))
            .col(string_len("specialization", 80))
            .col(integer("experience_years").check(Expr::col("experience_years").gte(0)))
            .col(string_len("licence_number", 60))
            .col(rupiah("base_price").check(Expr::col("base_price").gt(0)))
            .col(text("bio"))
            .col(instant("created_at"))
            .col(instant_null("verified_at"))
            .foreign_key(&mut references("doctors", "account_id", "accounts"))
            .take();
        manager.create_table(doctors).await?;
        run(manager, &["CREATE INDEX doctors_status ON doctors (status)"]).await
    }
}
