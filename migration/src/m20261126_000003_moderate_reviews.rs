//! Reviews that can be edited, answered and taken out of sight, with who did the last and why.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

use crate::columns::{instant_null, run, string_len_null, uuid_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            instant_null("edited_at"),
            text_null("reply"),
            instant_null("replied_at"),
            instant_null("hidden_at"),
            uuid_null("hidden_by").extra("REFERENCES accounts (id)").take(),
            string_len_null("hidden_reason", 500),
        ];
        // One column at a time: SQLite adds no more at once.
        for column in columns {
            manager.alter_table(Table::alter().table("reviews").add_column(column).take()).await?;
        }
        run(
            manager,
            &[
                "CREATE INDEX reviews_visible ON reviews (doctor_id, created_at) WHERE hidden_at IS NULL",
                "CREATE INDEX reviews_newest ON reviews (created_at)",
            ],
        )
        .await
    }
}
