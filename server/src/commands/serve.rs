//! `hellopet serve [--demo]`

use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

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
    say_where_letters_go(&app.config);
    // Before anybody is told that it is open: whoever stops it at that very moment must be heard.
    let farewell = farewell()?;
    tracing::info!(url = app.config.server.public_url(), port = server.address.port(), "HELLOPET! is open");
    server.run(farewell).await
}

fn say_where_letters_go(config: &Config) {
    match &config.mail.smtp {
        Some(_) => {}
        None if config.server.is_local() => tracing::info!("letters go to /sandbox/mail: no SMTP_URL is set"),
        None => tracing::warn!("letters cannot be sent and wait: no SMTP_URL is set"),
    }
}

/// Listens, from now on, for Ctrl-C and the signal by which service managers stop a process.
fn farewell() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let listen = |kind| signal(kind).context("signals cannot be listened for");
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
