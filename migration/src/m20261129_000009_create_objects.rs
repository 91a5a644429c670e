//! What the storage holds of pictures: whose it is, how much, and whether a row of a feature needs it. The pictures of
//! before are entered too, so that they count and are deleted like all others.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{boolean, instant, integer, run, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let objects = Table::create()
            .table("objects")
            .col(text("key").primary_key())
            // Of no table: an object is entered before anything else of it is committed.
            .col(uuid("owner_id"))
            .col(integer("byte_size"))
            .col(boolean("is_kept"))
            .col(instant("created_at"))
            .take();
        manager.create_table(objects).await?;
        let indices = [
            "CREATE INDEX objects_owner ON objects (owner_id, byte_size)",
            "CREATE INDEX objects_unkept ON objects (key) WHERE NOT is_kept",
        ];
        run(manager, &indices).await?;
        run(manager, &of_before(manager.get_database_backend())).await
    }
}

/// Enters the pictures that every feature has, under the names that the storage knows them by.
fn of_before(backend: DbBackend) -> Vec<String> {
    let id = |column: &str| hyphenated(backend, column);
    let enter = |key: String, owner: &str, size: &str, source: &str| {
        format!(
            "INSERT INTO objects (key, owner_id, byte_size, is_kept, created_at)
             SELECT {key}, {owner}, {size}, TRUE, of_one.created_at FROM {source} WHERE {size} IS NOT NULL"
        )
    };
    let named = |folder: &str, group: &str, one: &str| format!("'{folder}/' || {} || '/' || {}", id(group), id(one));
    let sent = || named("conversations", "of_one.conversation_id", "of_one.id");
    vec![
        enter(named("pets", "of_one.id", "photo_id"), "owner_id", "photo_size", "pets of_one"),
        enter(named("doctors", "account_id", "picture_id"), "account_id", "picture_size", "doctors of_one"),
        enter(
            named("licences", "licence_id", "of_one.id"),
            "doctor_id",
            "byte_size",
            "licence_documents of_one JOIN licences ON licences.id = licence_id",
        ),
        enter(
            named("intakes", "intake_id", "of_one.id"),
            "owner_id",
            "byte_size",
            "intake_pictures of_one JOIN intakes ON intakes.id = intake_id",
        ),
        enter(sent(), "uploader_id", "byte_size", "attachments of_one"),
        enter(format!("{} || '-thumbnail'", sent()), "uploader_id", "thumbnail_size", "attachments of_one"),
    ]
}

/// An id as names of objects have it; SQLite keeps the sixteen bytes.
fn hyphenated(backend: DbBackend, column: &str) -> String {
    if backend == DbBackend::Postgres {
        return format!("{column}::text");
    }
    let piece = |from: u8, length: u8| format!("substr(hex({column}), {from}, {length})");
    let pieces = [piece(1, 8), piece(9, 4), piece(13, 4), piece(17, 4), piece(21, 12)];
    format!("lower({})", pieces.join(" || '-' || "))
}
