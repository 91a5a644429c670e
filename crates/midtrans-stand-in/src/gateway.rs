//! The gateway's work: read, move under guard, commit, and only then tell the merchant.

use sea_orm::{DatabaseConnection, DbErr};
use serde_json::{Map, Value};

use crate::StandInConfig;
use crate::notifier::Notifier;
use crate::payload::{Channel, report};
use crate::rules::{Refusal, due};
use crate::store;
use crate::times::now_ms;
use crate::transaction::Transaction;
use crate::urls::AllowedHosts;

/// Somebody else may be faster this often before we give up; each loss means that another move succeeded.
const MOST_TRIES: usize = 10;
/// A sweep takes no more than this at once, so that it never holds the database for long.
const SWEEP_BATCH: u64 = 100;

pub(crate) struct Gateway {
    pub(crate) config: StandInConfig,
    pub(crate) hosts: AllowedHosts,
    db: DatabaseConnection,
    notifier: Notifier,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum GatewayError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl Gateway {
    pub(crate) fn new(db: DatabaseConnection, config: StandInConfig) -> Self {
        let hosts = AllowedHosts::beside(&config.notification_url, config.notifies_elsewhere);
        Self { notifier: Notifier::new(hosts.clone()), config, hosts, db }
    }

    /// Opens a payment page; `false` where the order id is taken.
    pub(crate) async fn open(&self, tx: &Transaction) -> Result<bool, DbErr> {
        store::insert(&self.db, tx).await
    }

    /// By order id or transaction id, as it stands now: what has run out is moved first.
    pub(crate) async fn find(&self, id: &str) -> Result<Option<Transaction>, DbErr> {
        let found = store::by_either_id(&self.db, id).await?;
        self.caught_up(found).await
    }

    pub(crate) async fn find_by_token(&self, token: &str) -> Result<Option<Transaction>, DbErr> {
        let found = store::by_token(&self.db, token).await?;
        self.caught_up(found).await
    }

    /// Makes a move and commits it, without telling the merchant.
    ///
    /// `make` may run more than once: when another request was faster, it gets the newer state.
    pub(crate) async fn change<F>(&self, order_id: &str, make: F) -> Result<Transaction, GatewayError>
    where
        F: Fn(&mut Transaction, i64) -> Result<(), Refusal>,
    {
        for _ in 0..MOST_TRIES {
            let now = now_ms();
            let found = store::by_order_id(&self.db, order_id).await?;
            let mut tx = found.ok_or(Refusal::NotFound)?;
            let left = tx.status;
            if due::catch_up(&mut tx, now) {
                if store::save(&self.db, &tx, left).await? {
                    self.notify(&tx);
                }
                continue;
            }
            make(&mut tx, now)?;
            if store::save(&self.db, &tx, left).await? {
                return Ok(tx);
            }
        }
        Err(DbErr::Custom(format!("order {order_id} kept changing under the writer")).into())
    }

    /// The same, and the merchant is told in the background.
    pub(crate) async fn change_and_notify<F>(&self, order_id: &str, make: F) -> Result<Transaction, GatewayError>
    where
        F: Fn(&mut Transaction, i64) -> Result<(), Refusal>,
    {
        let tx = self.change(order_id, make).await?;
        self.notify(&tx);
        Ok(tx)
    }

    /// Tells the merchant so many times, one after the other, and waits for the first answer to each; returns what was
    /// sent and the answers' status.
    pub(crate) async fn notify_and_wait(&self, tx: &Transaction, times: u8) -> (Map<String, Value>, Vec<Option<u16>>) {
        let Some(payload) = self.notification(tx) else { return (Map::new(), Vec::new()) };
        let mut answers = Vec::new();
        for _ in 0..times {
            answers.push(self.notifier.send_and_wait(self.urls(tx), &payload).await);
        }
        (payload, answers)
    }

    /// Moves all that has run out, and tells the merchant.
    pub(crate) async fn sweep(&self) -> Result<(), DbErr> {
        for order_id in store::due(&self.db, now_ms(), SWEEP_BATCH).await? {
            let found = store::by_order_id(&self.db, &order_id).await?;
            self.caught_up(found).await?;
        }
        Ok(())
    }

    async fn caught_up(&self, found: Option<Transaction>) -> Result<Option<Transaction>, DbErr> {
        let Some(mut tx) = found else { return Ok(None) };
        let left = tx.status;
        if !due::catch_up(&mut tx, now_ms()) {
            return Ok(Some(tx));
        }
        if store::save(&self.db, &tx, left).await? {
            self.notify(&tx);
            return Ok(Some(tx));
        }
        // Another request or node moved it meanwhile, and told the merchant; its state is the one to show.
        store::by_order_id(&self.db, &tx.order_id).await
    }

    /// Tells the merchant in the background.
    pub(crate) fn notify(&self, tx: &Transaction) {
        if let Some(payload) = self.notification(tx) {
            self.notifier.send(self.urls(tx), &payload);
        }
    }

    /// There is nothing to say about a page on which no method was chosen.
    fn notification(&self, tx: &Transaction) -> Option<Map<String, Value>> {
        let charge = tx.charge.as_ref()?;
        Some(report(tx, charge, Channel::Notification, &self.config.server_key))
    }

    fn urls(&self, tx: &Transaction) -> Vec<String> {
        let mut urls = self.hosts.retain(&tx.override_urls);
        if urls.is_empty() {
            urls.push(self.config.notification_url.clone());
        }
        urls.extend(self.hosts.retain(&tx.append_urls));
        urls
    }
}
