//! Pictures that arrive in pieces, and what is shown of a picture before it is there: a thumbnail and a placeholder.

use sea_orm_migration::prelude::*;

use crate::columns::{
    id, instant, integer, integer_null, references, run, string_len, string_len_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Pictures of before have neither. One column at a time: SQLite adds no more at once.
        for column in [integer_null("thumbnail_size"), string_len_null("placeholder", 64)] {
            manager.alter_table(Table::alter().table("attachments").add_column(column).take()).await?;
        }

        let uploads = Table::create()
            .table("uploads")
            .col(id())
            .col(uuid("conversation_id"))
            .col(uuid("uploader_id"))
            .col(string_len("client_id", 64))
            .col(integer("size"))
            .col(integer("offset"))
            .col(string_len("content_type", 40))
            .col(uuid_null("attachment_id"))
            .col(string_len_null("refusal", 24))
            .col(instant("created_at"))
            .col(instant("expires_at"))
            .foreign_key(&mut references("uploads", "conversation_id", "conversations"))
            .foreign_key(&mut references("uploads", "uploader_id", "accounts"))
            .foreign_key(references("uploads", "attachment_id", "attachments").on_delete(ForeignKeyAction::SetNull))
            .take();
        manager.create_table(uploads).await?;

        let chunks = Table::create()
            .table("upload_chunks")
            .col(id())
            .col(uuid("upload_id"))
            .col(integer("offset"))
            .foreign_key(references("upload_chunks", "upload_id", "uploads").on_delete(ForeignKeyAction::Cascade))
            .take();
        manager.create_table(chunks).await?;

        run(
            manager,
            &[
                "CREATE UNIQUE INDEX uploads_client_id ON uploads (uploader_id, client_id)",
                "CREATE INDEX uploads_expiry ON uploads (expires_at)",
                "CREATE INDEX uploads_attachment ON uploads (attachment_id)",
                "CREATE UNIQUE INDEX upload_chunks_offset ON upload_chunks (upload_id, \"offset\")",
                // What was uploaded and never sent is looked for again and again.
                "CREATE INDEX attachments_unsent ON attachments (created_at) WHERE message_id IS NULL",
            ],
        )
        .await
    }
}
