//! Where the data is, for commands that copy it: they need neither a secret nor a key, and read none.

use super::env::Env;
use super::{DatabaseConfig, from_environment, storage};
use platform::storage::StorageConfig;

#[derive(Clone, Debug)]
pub struct DataConfig {
    pub database: DatabaseConfig,
    pub storage: StorageConfig,
}

impl DataConfig {
    /// Reads the environment, after `.env` where there is one.
    pub fn load() -> anyhow::Result<Self> {
        let lookup = from_environment()?;
        let mut env = Env::new(&lookup);
        let (database, storage) = (DatabaseConfig::read(&mut env), storage::read(&mut env));
        env.finish()?;
        Ok(Self { database, storage })
    }
}
