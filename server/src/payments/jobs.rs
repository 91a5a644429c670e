//! Pending payments are looked up again and again, so that a lost notification only delays.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::entity::Model;
use super::error::PaymentError;
use super::{apply, refunds, store};
use crate::app::{App, AppState};
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::tasks;

const BATCH: u64 = 50;
/// The gateway's own clock may be behind ours.
const GRACE: Duration = Duration::from_secs(60);
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

pub fn start(app: AppState, shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    let period = app.config.payments.reconcile_every;
    tasks::every(period, shutdown, move || {
        let app = app.clone();
        async move {
            if let Err(error) = reconcile(&app).await {
                tracing::warn!(?error, "pending payments could not be looked up");
            }
            if let Err(error) = refunds::send(&app).await {
                tracing::warn!(?error, "refunds could not be sent");
            }
        }
    })
}

/// Looks up every pending payment whose time has come.
pub async fn reconcile(app: &App) -> Result<(), AppError> {
    let now = app.clock.now();
    for payment in store::list_to_check(&app.db.read, now, BATCH).await? {
        // Before the call: a payment that makes it fail must not be the first one again at once.
        store::check_again_at(&app.db.write, payment.id, next_check(app, &payment, now)).await?;
        if let Err(error) = check(app, &payment, now).await {
            tracing::warn!(payment = %payment.id, ?error, "a pending payment could not be looked up");
        }
    }
    Ok(())
}

async fn check(app: &App, payment: &Model, now: Timestamp) -> Result<(), AppError> {
    let said = match payment.snap_token {
        Some(_) => app.gateway.status(&payment.order_id).await?,
        None => None,
    };
    match said {
        Some(said) => apply::gateway_says(app, payment.id, &said).await,
        None if now > payment.expires_at + GRACE => apply::expire_unstarted(app, payment).await,
        None => Ok(()),
    }
}

/// A last look at a payment whose time is over; afterwards it is pending no more.
pub async fn check_overdue(app: &App, payment: &Model) -> Result<(), AppError> {
    let said = match payment.snap_token {
        Some(_) => app
            .gateway
            .status(&payment.order_id)
            .await
            .map_err(|error| PaymentError::GatewayUnavailable(format!("{error:#}")))?,
        None => None,
    };
    match said {
        Some(said) => apply::gateway_says(app, payment.id, &said).await,
        None => apply::expire_unstarted(app, payment).await,
    }
}

/// Often at first, when people pay; rarely later.
fn next_check(app: &App, payment: &Model, now: Timestamp) -> Timestamp {
    let age = now.since(payment.created_at);
    now + (age / 4).min(LONGEST_PAUSE).max(app.config.payments.reconcile_every)
}
