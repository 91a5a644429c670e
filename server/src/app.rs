//! Everything a request may need, built once from the configuration.

use std::ops::Deref;
use std::sync::{Arc, Weak};

use axum::extract::FromRef;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;

use crate::accounts::{self, AccessTokens, AccountId, PasswordHasher, Sessions};
use crate::chat::{Engine, Expiries, Occasion, Presence, Receipts, Rooms, Typing, UploadId};
use crate::config::Config;
use crate::consultations::Consultations;
use crate::directory::Directory;
use crate::limits::RateLimits;
use crate::orders::entity::OrderKind;
use crate::payments::{Goods, Midtrans};
use platform::bus::Bus;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::http::client_address::BehindProxy;
use platform::http::error::AppError;
use platform::http::origin::Origins;
use platform::http::security_headers::SecurityHeaders;
use platform::jobs::Bell;
use platform::locks::Locks;
use platform::realtime::{Realtime, SocketLayer};
use platform::storage::Storage;
use platform::tasks::Tasks;
use platform::uploads::{Upload, UploadMemory};
use platform::workers::Workers;

pub struct App {
    pub config: Config,
    pub db: Db,
    pub clock: SharedClock,
    pub access_tokens: AccessTokens,
    pub passwords: PasswordHasher,
    pub workers: Arc<Workers>,
    pub limits: RateLimits,
    /// Where our own pages come from.
    pub origins: Origins,
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
    /// Held while an upload in pieces becomes a picture, so that who asks twice makes it once.
    pub upload_locks: Locks<UploadId>,
    /// What uploads under way may take.
    pub uploads: UploadMemory,
    pub metrics: Option<PrometheusHandle>,
    /// The tasks that this node needs.
    pub tasks: Tasks,
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

impl FromRef<AppState> for BehindProxy {
    fn from_ref(app: &AppState) -> Self {
        Self(app.config.server.trust_proxy)
    }
}

impl App {
    /// What does to the orders of a kind what money does to them.
    pub fn goods(&self, kind: OrderKind) -> &'static dyn Goods {
        match kind {
            OrderKind::Consultation => &Consultations,
        }
    }

    /// Who hears what the chat has to tell of a conversation.
    pub fn occasion(&self) -> &'static dyn Occasion {
        &Consultations
    }

    pub fn security_headers(&self) -> SecurityHeaders {
        SecurityHeaders::new(self.config.server.is_https(), &self.config.payments.script_origin())
    }

    /// A handle for work that goes on when the caller is gone.
    pub fn handle(&self) -> Option<AppState> {
        self.this.upgrade().map(AppState)
    }

    /// Works on a picture that somebody has sent, where only so many are worked on at once.
    pub async fn work_on_picture<T: Send + 'static>(
        &self,
        upload: Upload,
        work: impl FnOnce(&[u8]) -> T + Send + 'static,
    ) -> Result<T, AppError> {
        self.workers.pictures.run(move || work(&upload)).await
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
        let workers = Arc::new(Workers::start(config.server.worker_niceness)?);
        let (realtime, layer) = Realtime::new(bus.clone());
        let gateway = Midtrans::new(&config)?;
        let storage = Storage::open(&config.storage)?;
        let passwords = PasswordHasher::new(config.security.bcrypt_cost, workers.clone())?;
        let chat = Engine::open(&config.database, &db).await?;
        let app = Arc::new_cyclic(|this| App {
            access_tokens: AccessTokens::new(
                config.security.jwt_secret.expose(),
                config.security.access_token_lifetime,
            ),
            passwords,
            workers,
            limits: RateLimits::new(config.security.rate_limits),
            origins: Origins::new(&config.server.origins),
            gateway,
            storage,
            presence: Presence::default(),
            directory: Directory::default(),
            typing: Typing::default(),
            chat,
            receipts: Receipts::default(),
            rooms: Rooms::default(),
            expiries: Expiries::default(),
            sessions: accounts::sessions(),
            purchase_locks: Locks::default(),
            upload_locks: Locks::default(),
            uploads: UploadMemory::new(config.server.upload_memory),
            realtime,
            bus,
            bell: Bell::default(),
            this: this.clone(),
            config,
            db,
            clock,
            metrics,
            tasks: Tasks::new(stopping.clone()),
            stopping,
        });
        Ok((Self(app), layer))
    }
}
