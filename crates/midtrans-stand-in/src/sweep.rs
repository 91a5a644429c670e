//! Lets time pass: what nobody looks at runs out too.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::gateway::Gateway;

const EVERY: Duration = Duration::from_secs(2);

/// Sweeps every few seconds until the gateway, and with it the router, is gone.
pub(crate) fn start(gateway: &Arc<Gateway>) {
    let gateway = Arc::downgrade(gateway);
    tokio::spawn(sweep_until_dropped(gateway));
}

async fn sweep_until_dropped(gateway: Weak<Gateway>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Some(gateway) = gateway.upgrade() else { return };
        if let Err(error) = gateway.sweep().await {
            tracing::warn!(%error, "could not look for transactions that ran out");
        }
    }
}
