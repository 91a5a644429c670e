//! The room of two participants, its numbered messages with their pictures, and how far each has received and read.

use sea_orm_migration::prelude::*;

use crate::columns::{
    id, instant, instant_null, integer, references, references_column, run, status, string_len, string_len_null, text,
    uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let conversations = Table::create()
            .table("conversations")
            .col(id())
            .col(uuid("consultation_id"))
            .col(uuid("owner_id"))
            .col(uuid("doctor_id"))
            .col(status("status", &["active", "ended"]))
            .col(integer("last_seq"))
            .col(integer("owner_delivered_seq"))
            .col(integer("owner_read_seq"))
            .col(integer("doctor_delivered_seq"))
            .col(integer("doctor_read_seq"))
            .col(instant("created_at"))
            .col(instant("updated_at"))
            .col(instant_null("ended_at"))
            .foreign_key(&mut references("conversations", "consultation_id", "consultations"))
            .foreign_key(&mut references("conversations", "owner_id", "accounts"))
            .foreign_key(&mut references_column("conversations", "doctor_id", "doctors", "account_id"))
            .take();
        manager.create_table(conversations).await?;

        let messages = Table::create()
            .table("messages")
            .col(id())
            .col(uuid("conversation_id"))
            .col(integer("seq"))
            .col(uuid("sender_id"))
            .col(string_len_null("client_id", 64))
            .col(text("body"))
            .col(instant("created_at"))
            .foreign_key(&mut references("messages", "conversation_id", "conversations"))
            .foreign_key(&mut references("messages", "sender_id", "accounts"))
            .take();
        manager.create_table(messages).await?;

        let attachments = Table::create()
            .table("attachments")
            .col(id())
            .col(uuid("conversation_id"))
            .col(uuid("uploader_id"))
            .col(uuid_null("message_id"))
            .col(string_len("content_type", 40))
            .col(integer("width"))
            .col(integer("height"))
            .col(integer("byte_size"))
            .col(instant("created_at"))
            .foreign_key(&mut references("attachments", "conversation_id", "conversations"))
            .foreign_key(&mut references("attachments", "uploader_id", "accounts"))
            .foreign_key(&mut references("attachments", "message_id", "messages"))
            .take();
        manager.create_table(attachments).await?;

        run(
            manager,
            &[
                "CREATE UNIQUE INDEX conversations_consultation ON conversations (consultation_id)",
                // Sending to a person must find one conversation, not any of several.
                "CREATE UNIQUE INDEX conversations_one_active ON conversations (owner_id, doctor_id) \
                 WHERE status = 'active'",
                "CREATE INDEX conversations_owner ON conversations (owner_id, id)",
                "CREATE INDEX conversations_doctor ON conversations (doctor_id, id)",
                "CREATE UNIQUE INDEX messages_seq ON messages (conversation_id, seq)",
                "CREATE UNIQUE INDEX messages_client_id ON messages (sender_id, client_id)",
                "CREATE INDEX attachments_message ON attachments (message_id)",
            ],
        )
        .await
    }
}
