//! PUBLISH and SUBSCRIBE.

use anyhow::Context;
use futures_util::StreamExt;
use redis::aio::MultiplexedConnection;
use tokio::sync::mpsc;

use super::link::{CHANNEL, Raw, in_time};

pub struct Speaker {
    url: String,
    connection: Option<MultiplexedConnection>,
}

impl Speaker {
    pub fn new(url: String) -> Self {
        Self { url, connection: None }
    }

    pub async fn send(&mut self, batch: &[String]) -> anyhow::Result<()> {
        // Taken out, so that a connection that failed, or a send that was given up, is not used again.
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(&self.url).await?,
        };
        let mut pipeline = redis::pipe();
        for notice in batch {
            pipeline.publish(CHANNEL, notice).ignore();
        }
        let () = pipeline.query_async(&mut connection).await.context("PUBLISH failed")?;
        self.connection = Some(connection);
        Ok(())
    }
}

async fn connect(url: &str) -> anyhow::Result<MultiplexedConnection> {
    let client = redis::Client::open(url).context("REDIS_URL cannot be used")?;
    client.get_multiplexed_async_connection().await.context("no connection to Redis")
}

/// Listens until the connection is lost.
pub async fn listen(url: &str, raw: &mpsc::Sender<Raw>) -> anyhow::Result<()> {
    let client = redis::Client::open(url).context("REDIS_URL cannot be used")?;
    let mut subscription = in_time(client.get_async_pubsub()).await?.context("no connection to Redis")?;
    in_time(subscription.subscribe(CHANNEL)).await?.context("SUBSCRIBE failed")?;
    raw.send(Raw::Opened).await.context("nobody listens any more")?;
    let mut messages = subscription.on_message();
    while let Some(message) = in_time(messages.next()).await? {
        let text = message.get_payload().context("a message of Redis is no text")?;
        raw.send(Raw::Text(text)).await.context("nobody listens any more")?;
    }
    anyhow::bail!("the connection was lost")
}
