//! The few shapes of column that the schema is made of.

use sea_orm_migration::prelude::*;
pub use sea_orm_migration::schema::{
    big_integer as rupiah, boolean, integer, integer_null, string_len, string_len_null, text, uuid, uuid_null,
};

/// Milliseconds since 1970 UTC: the one form of an instant that sorts, compares and indexes alike on both databases.
pub fn instant(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// An instant that has not come yet.
pub fn instant_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// A UUIDv7, made by the application.
pub fn id() -> ColumnDef {
    uuid("id").primary_key().take()
}

/// The state of a state machine; the database refuses words that it does not know.
pub fn status(name: &'static str, known: &[&'static str]) -> ColumnDef {
    ColumnDef::new(name).string_len(24).not_null().check(Expr::col(name).is_in(known.iter().copied())).take()
}

pub fn references(from_table: &'static str, from: &'static str, to_table: &'static str) -> ForeignKeyCreateStatement {
    references_column(from_table, from, to_table, "id")
}

pub fn references_column(
    from_table: &'static str,
    from: &'static str,
    to_table: &'static str,
    to: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from_table, from).to(to_table, to).take()
}

/// Indices that the builder cannot say (partial ones); the syntax is the same on both databases.
pub async fn run(manager: &SchemaManager<'_>, statements: &[impl AsRef<str> + Sync]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement.as_ref()).await?;
    }
    Ok(())
}
