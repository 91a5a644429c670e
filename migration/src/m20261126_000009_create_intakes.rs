//! What an owner says before paying: the complaint, the signs, pictures, and what the red-flag rules found in it.

use sea_orm_migration::prelude::*;

use crate::columns::{
    id, instant, integer, references, run, status, string_len, string_len_null, text, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let intakes = Table::create()
            .table("intakes")
            .col(id())
            .col(uuid("owner_id"))
            .col(uuid_null("pet_id"))
            .col(string_len_null("species", 24))
            .col(text("complaint"))
            .col(status("since", &["hours", "today", "days", "week", "longer"]))
            .col(text("signs"))
            .col(text("flags"))
            .col(status("level", &["emergency", "soon", "routine"]))
            .col(string_len("rules_version", 24))
            .col(uuid_null("consultation_id"))
            .col(instant("created_at"))
            .foreign_key(&mut references("intakes", "owner_id", "accounts"))
            .foreign_key(&mut references("intakes", "pet_id", "pets"))
            .foreign_key(&mut references("intakes", "consultation_id", "consultations"))
            .take();
        manager.create_table(intakes).await?;

        let pictures = Table::create()
            .table("intake_pictures")
            .col(id())
            .col(uuid("intake_id"))
            .col(integer("width"))
            .col(integer("height"))
            .col(integer("byte_size"))
            .col(instant("created_at"))
            .foreign_key(&mut references("intake_pictures", "intake_id", "intakes"))
            .take();
        manager.create_table(pictures).await?;

        run(
            manager,
            &[
                "CREATE UNIQUE INDEX intakes_consultation ON intakes (consultation_id)",
                "CREATE INDEX intakes_unused ON intakes (created_at) WHERE consultation_id IS NULL",
                "CREATE INDEX intake_pictures_intake ON intake_pictures (intake_id, id)",
            ],
        )
        .await
    }
}
