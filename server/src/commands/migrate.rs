//! `hellopet migrate`

use super::application;
use crate::config::Options;

pub async fn run() -> anyhow::Result<()> {
    application(Options::default()).await?;
    println!("The database is up to date.");
    Ok(())
}
