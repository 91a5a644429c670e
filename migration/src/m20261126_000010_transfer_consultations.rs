//! A consultation whose doctor does not answer goes on with another one at the same price.

use sea_orm_migration::prelude::*;

use crate::columns::{run, uuid_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let from = uuid_null("transferred_from").extra("REFERENCES consultations (id)").take();
        manager.alter_table(Table::alter().table("consultations").add_column(from).take()).await?;
        run(
            manager,
            &[
                // One goes on with one other, however often the button is pressed.
                "CREATE UNIQUE INDEX consultations_transferred_from ON consultations (transferred_from)",
            ],
        )
        .await
    }
}
