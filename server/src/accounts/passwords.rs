//! bcrypt, on threads of its own and never more of it at once than there are cores, so that a flood of sign-ins queues up
//! there instead of delaying chat messages.

use std::sync::Arc;

use anyhow::Context;

use super::rules::is_possible_password;
use platform::http::error::AppError;
use platform::text::Text;
use platform::workers::Workers;

#[derive(Clone)]
pub struct PasswordHasher {
    cost: u32,
    workers: Arc<Workers>,
    /// A hash of nothing in particular: compared when there is no such account, so that both take as long.
    decoy: Arc<str>,
}

impl PasswordHasher {
    pub fn new(cost: u32, workers: Arc<Workers>) -> anyhow::Result<Self> {
        let decoy = bcrypt::hash("a password that nobody has", cost).context("bcrypt cannot hash")?;
        Ok(Self { cost, workers, decoy: decoy.into() })
    }

    pub async fn hash(&self, password: String) -> Result<String, AppError> {
        let cost = self.cost;
        self.run(move || bcrypt::hash(password, cost)).await
    }

    /// Whether the password belongs to the hash; `None` stands for "no such account" and takes as long as any other, and so
    /// does a password that nobody can have.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, AppError> {
        let hash = hash.filter(|_| is_possible_password(&password));
        let exists = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.to_string());
        let matches = self.run(move || bcrypt::verify(password, &hash)).await?;
        Ok(matches && exists)
    }

    /// Whether the hash was made with a lower cost than today's.
    pub fn is_outdated(&self, hash: &str) -> bool {
        hash.split('$').nth(2).and_then(|cost| cost.parse::<u32>().ok()).is_none_or(|cost| cost < self.cost)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> bcrypt::BcryptResult<T> + Send + 'static,
    ) -> Result<T, AppError> {
        let turn = self.workers.passwords.turn().await.map_err(|_| busy())?;
        Ok(self.workers.passwords.run_in(turn, work).await?.context("bcrypt failed")?)
    }
}

fn busy() -> AppError {
    AppError::unavailable(
        "sign_in_busy",
        Text::new(
            "Sedang banyak yang masuk. Coba lagi sebentar.",
            "Many people are signing in. Try again in a moment.",
        ),
    )
}
