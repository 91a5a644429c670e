//! `hellopet er-diagram`: reads the schema that the migrations make and prints it, so that the diagram in `docs/` can
//! be compared with it.

use std::fmt::Write;

use hellopet_migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult, Statement};

pub async fn run() -> anyhow::Result<()> {
    print!("{}", draw().await?);
    Ok(())
}

async fn draw() -> anyhow::Result<String> {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    Migrator::up(&db, None).await?;

    let mut page = String::from(
        "# The schema\n\nMade by `make generate` from the migrations; `make check` compares it with them.\n\n```mermaid\nerDiagram\n",
    );
    let tables = query(&db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'seaql_migrations' ORDER BY name").await?;
    for table in &tables {
        let table: String = table.try_get("", "name")?;
        writeln!(page, "    {table} {{")?;
        for column in query(&db, &format!("PRAGMA table_info({table})")).await? {
            page.push_str(&describe(&column)?);
        }
        writeln!(page, "    }}")?;
    }
    for table in &tables {
        let table: String = table.try_get("", "name")?;
        for key in query(&db, &format!("PRAGMA foreign_key_list({table})")).await? {
            let (to, from): (String, String) = (key.try_get("", "table")?, key.try_get("", "from")?);
            writeln!(page, "    {to} ||--o{{ {table} : \"{from}\"")?;
        }
    }
    page.push_str("```\n");
    Ok(page)
}

fn describe(column: &QueryResult) -> anyhow::Result<String> {
    let (name, kind): (String, String) = (column.try_get("", "name")?, column.try_get("", "type")?);
    let is_key: i32 = column.try_get("", "pk")?;
    let is_required: i32 = column.try_get("", "notnull")?;
    let kind = kind.to_lowercase().replace("uuid_text", "uuid").replace(['(', ')', ' '], "_");
    let mark = if is_key > 0 {
        " PK"
    } else if is_required == 0 {
        " \"optional\""
    } else {
        ""
    };
    Ok(format!("        {} {name}{mark}\n", kind.trim_end_matches('_')))
}

async fn query(db: &DatabaseConnection, sql: &str) -> anyhow::Result<Vec<QueryResult>> {
    Ok(db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?)
}
