//! `hellopet serve [--demo]`

use std::sync::Arc;

use clap::Args;

use crate::config::{Config, Options};
use crate::demo;
use crate::server::Server;
use crate::web;
use platform::clock::SystemClock;
use platform::{metrics, telemetry};

#[derive(Args)]
pub struct Arguments {
    /// Fill an empty database with demo data; needs no configuration.
    #[arg(long)]
    demo: bool,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    web::check()?;
    let config = Config::load(Options { demo: arguments.demo })?;
    telemetry::start_logging(&config.server.log, config.server.log_format)?;
    let metrics = metrics::start()?;
    let server = Server::prepare(config, Arc::new(SystemClock), Some(metrics)).await?;
    let app = &server.app;
    if arguments.demo {
        demo::fill(&app.platform, &app.accounts, app.config.payments.markup).await?;
    } else if app.config.is_for_the_public() {
        demo::must_be_gone(&app.platform, &app.accounts).await?;
    }
    if !app.config.security.rate_limits {
        tracing::warn!("rate limits are off: for load tests only");
    }
    if app.config.payments.is_simulated() {
        tracing::info!("payments are simulated: no MIDTRANS_SERVER_KEY is set");
        if app.config.is_for_the_public() {
            tracing::warn!("payments are simulated on a public address: nobody pays (PAYMENTS=simulated)");
        }
    }
    tracing::info!(url = app.config.server.public_url(), port = server.address.port(), "HELLOPET! is open");
    server.run(farewell()).await
}

/// Ctrl-C, or the signal by which service managers stop a process.
async fn farewell() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
