//! A consultation knows how far its summary has come, so that a list of them asks nobody else.

use sea_orm_migration::prelude::*;

use crate::columns::{run, status};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = status("record_status", &["none", "draft", "finished"]).default("none").take();
        manager.alter_table(Table::alter().table("consultations").add_column(column).take()).await?;
        let is = |what: &str, which: &str| {
            format!(
                "UPDATE consultations SET record_status = '{what}' \
                 WHERE id IN (SELECT consultation_id FROM records WHERE finished_at {which})"
            )
        };
        run(manager, &[is("draft", "IS NULL"), is("finished", "IS NOT NULL")]).await
    }
}
