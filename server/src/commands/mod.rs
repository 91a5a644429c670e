//! What the binary can be told to do.

mod backup;
mod er_diagram;
mod fixture;
mod ledger;
mod migrate;
mod openapi;
mod search_plans;
mod serve;
mod user;

use clap::Subcommand;
use tokio::sync::watch;

use crate::app::AppState;
use crate::config::{Config, Options};
use platform::bus::Bus;
use platform::clock::SystemClock;
use platform::{telemetry, tls};

#[derive(Subcommand)]
pub enum Command {
    /// Serve the API, the sockets and the web app.
    Serve(serve::Arguments),
    /// Bring the database up to date.
    Migrate,
    /// Copy the SQLite database and the pictures as they are at one moment, while the server serves.
    Backup(backup::Backup),
    /// Say whether a backup is whole.
    CheckBackup(backup::Check),
    /// Put a backup where the configuration says that the data is, if nothing is there.
    Restore(backup::Restore),
    /// Accounts.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Fill an empty database for load tests.
    Fixture(fixture::Arguments),
    /// The books.
    #[command(subcommand)]
    Ledger(ledger::LedgerCommand),
    /// Print the OpenAPI document.
    Openapi,
    /// Print the schema as a Mermaid diagram.
    ErDiagram,
    /// Print how the database goes about searches of doctors and people's own lists.
    SearchPlans,
}

pub fn run(command: Command) -> anyhow::Result<()> {
    tls::install_provider();
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        match command {
            Command::Serve(arguments) => serve::run(arguments).await,
            Command::Migrate => migrate::run().await,
            Command::Backup(arguments) => backup::take(arguments).await,
            Command::CheckBackup(arguments) => backup::check(arguments),
            Command::Restore(arguments) => backup::restore(arguments).await,
            Command::User(command) => user::run(command).await,
            Command::Fixture(arguments) => fixture::run(arguments).await,
            Command::Ledger(command) => ledger::run(command).await,
            Command::Openapi => openapi::run(),
            Command::ErDiagram => er_diagram::run().await,
            Command::SearchPlans => search_plans::run().await,
        }
    })
}

/// The application without a server, for commands that work on the database.
async fn application(options: Options) -> anyhow::Result<AppState> {
    let config = Config::load(options)?;
    telemetry::start_logging(&config.server.log, config.server.log_format)?;
    // No node: what ends with the command was not needed for longer.
    let (_, stopped) = watch::channel(true);
    let (app, _) = AppState::build(config, std::sync::Arc::new(SystemClock), None, Bus::none(), stopped).await?;
    // Nobody listens here: what would tell devices of a change must not wait for somebody who does.
    app.chat.close();
    Ok(app)
}
