//! LISTEN and NOTIFY.

use std::time::Duration;

use anyhow::Context;
use sea_orm::sqlx::postgres::PgListener;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tokio::sync::mpsc;

use super::link::{CHANNEL, Raw, in_time};

pub struct Speaker {
    url: String,
    connection: Option<DatabaseConnection>,
}

impl Speaker {
    pub fn new(url: String) -> Self {
        Self { url, connection: None }
    }

    /// One statement for the whole batch; PostgreSQL keeps its order.
    pub async fn send(&mut self, batch: &[String]) -> anyhow::Result<()> {
        let connection = match &self.connection {
            Some(connection) => connection,
            None => self.connection.insert(connect(&self.url).await?),
        };
        let sql = "SELECT pg_notify($1, notice) FROM unnest($2::text[]) notice";
        let values = [CHANNEL.into(), batch.to_vec().into()];
        connection
            .execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values))
            .await
            .context("NOTIFY failed")?;
        Ok(())
    }
}

/// A connection of its own, so that a busy pool does not delay notices. They are hints: no commit of theirs waits for the
/// disk.
async fn connect(url: &str) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(3))
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(|options| options.options([("synchronous_commit", "off")]));
    Database::connect(options).await.context("no connection for NOTIFY")
}

/// Listens until the connection is lost.
pub async fn listen(url: &str, raw: &mpsc::Sender<Raw>) -> anyhow::Result<()> {
    let mut listener = in_time(PgListener::connect(url)).await?.context("no connection for LISTEN")?;
    listener.eager_reconnect(false);
    in_time(listener.listen(CHANNEL)).await?.context("LISTEN failed")?;
    raw.send(Raw::Opened).await.context("nobody listens any more")?;
    while let Some(notification) = in_time(listener.try_recv()).await?? {
        raw.send(Raw::Text(notification.payload().to_owned())).await.context("nobody listens any more")?;
    }
    anyhow::bail!("the connection was lost")
}
