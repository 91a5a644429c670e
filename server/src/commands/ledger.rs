//! `hellopet ledger verify`: recomputes the books and names the first difference.

use clap::Subcommand;

use super::application;
use crate::config::Options;
use crate::ledger;

#[derive(Subcommand)]
pub enum LedgerCommand {
    /// Recompute from the journal what payments and orders say; fails at the first difference.
    Verify,
}

pub async fn run(LedgerCommand::Verify: LedgerCommand) -> anyhow::Result<()> {
    let app = application(Options::default()).await?;
    match ledger::verify(&app.platform.db.read).await? {
        None => {
            println!("The books add up.");
            Ok(())
        }
        Some(difference) => anyhow::bail!("the books do not add up: {difference}"),
    }
}
