//! Everything a request may need, built once from the configuration.

use std::ops::Deref;
use std::sync::{Arc, Weak};

use anyhow::Context;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::{Semaphore, watch};

use crate::accounts::{self, AccessTokens, AccountId, PasswordHasher, Sessions};
use crate::chat::{Engine, Expiries, Presence, Receipts, Rooms, Typing};
use crate::config::Config;
use crate::doctors::Directory;
use crate::payments::Midtrans;
use crate::platform::bus::Bus;
use crate::platform::clock::SharedClock;
use crate::platform::db::Db;
use crate::platform::http::rate_limit::RateLimits;
use crate::platform::jobs::Bell;
use crate::platform::locks::Locks;
use crate::platform::realtime::{Realtime, SocketLayer};
use crate::platform::storage::Storage;
use crate::platform::workers::Workers;

/// Decoding a photo takes a core and some hundred megabytes for a moment.
const IMAGE_WORKERS: usize = 2;

/// A long transcript takes a core for some seconds: one at a time leaves the others for the chat.
const TRANSCRIPT_WORKERS: usize = 1;

pub struct App {
    pub config: Config,
    pub db: Db,
    pub clock: SharedClock,
    pub access_tokens: AccessTokens,
    pub passwords: PasswordHasher,
    pub workers: Arc<Workers>,
    pub limits: RateLimits,
    pub gateway: Midtrans,
    pub storage: Storage,
    pub realtime: Realtime,
    pub presence: Presence,
    pub directory: Directory,
    pub typing: Typing,
    pub chat: Engine,
    pub receipts: Receipts,
    pub rooms: Rooms,
    pub expiries: Expiries,
    pub sessions: Sessions,
    pub bus: Bus,
    /// Wakes the runner of jobs.
    pub bell: Bell,
    /// Held while an owner buys from a doctor, so that pressing the button again waits for the first answer.
    pub purchase_locks: Locks<(AccountId, AccountId)>,
    /// Pictures that may be worked on at once.
    pub image_workers: Semaphore,
    /// PDF transcripts that may be made at once.
    pub transcript_workers: Arc<Semaphore>,
    pub metrics: Option<PrometheusHandle>,
    /// Becomes true when the server begins to stop.
    pub stopping: watch::Receiver<bool>,
    this: Weak<App>,
}

/// A cheap handle on [`App`], as axum and the socket handlers pass it around.
#[derive(Clone)]
pub struct AppState(Arc<App>);

impl Deref for AppState {
    type Target = App;
    fn deref(&self) -> &App {
        &self.0
    }
}

impl App {
    /// A handle for work that goes on when the caller is gone.
    pub fn handle(&self) -> Option<AppState> {
        self.this.upgrade().map(AppState)
    }

    /// Works on a picture, where only so many are worked on at once.
    pub async fn work_on_picture<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> anyhow::Result<T> {
        let _worker = self.image_workers.acquire().await.context("the picture workers are gone")?;
        self.workers.run(work).await
    }
}

impl AppState {
    /// Connects to what the configuration names. The layer serves the sockets.
    pub async fn build(
        config: Config,
        clock: SharedClock,
        metrics: Option<PrometheusHandle>,
        bus: Bus,
        stopping: watch::Receiver<bool>,
    ) -> anyhow::Result<(Self, SocketLayer)> {
        let db = Db::connect(&config.database.url, config.database.connections).await?;
        let workers = Arc::new(Workers::start()?);
        let (realtime, layer) = Realtime::new(bus.clone());
        let gateway = Midtrans::new(&config)?;
        let storage = Storage::open(&config.storage)?;
        let passwords = PasswordHasher::new(config.security.bcrypt_cost, workers.clone())?;
        let app = Arc::new_cyclic(|this| App {
            access_tokens: AccessTokens::new(
                config.security.jwt_secret.expose(),
                config.security.access_token_lifetime,
            ),
            passwords,
            workers,
            limits: RateLimits::new(config.security.rate_limits),
            gateway,
            storage,
            presence: Presence::default(),
            directory: Directory::default(),
            typing: Typing::default(),
            chat: Engine::open(&config.database, &db).await?,
            receipts: Receipts::default(),
            rooms: Rooms::default(),
            expiries: Expiries::default(),
            sessions: accounts::sessions(),
            purchase_locks: Locks::default(),
            image_workers: Semaphore::new(IMAGE_WORKERS),
            transcript_workers: Arc::new(Semaphore::new(TRANSCRIPT_WORKERS)),
            realtime,
            bus,
            bell: Bell::default(),
            this: this.clone(),
            config,
            db,
            clock,
            metrics,
            stopping,
        });
        Ok((Self(app), layer))
    }
}
