//! How many of the database's connections those may take at once who come, and those who are told. The rest is for
//! people who write and ask: a thousand devices that come back at once wait for each other, not everybody for them.

use tokio::sync::{Semaphore, SemaphorePermit};

use platform::db::SQLITE_READERS;

pub struct Turns {
    coming: Semaphore,
    telling: Semaphore,
}

impl Turns {
    pub fn new(is_sqlite: bool, postgres_connections: u32) -> Self {
        let connections = if is_sqlite { SQLITE_READERS } else { postgres_connections } as usize;
        Self { coming: Semaphore::new((connections / 2).max(1)), telling: Semaphore::new((connections / 4).max(1)) }
    }

    /// For admitting a device and for sending it what it has missed.
    pub async fn of_coming(&self) -> Option<SemaphorePermit<'_>> {
        // Nobody closes it.
        self.coming.acquire().await.ok()
    }

    /// For reading what is told to those who are here.
    pub async fn of_telling(&self) -> Option<SemaphorePermit<'_>> {
        self.telling.acquire().await.ok()
    }
}
