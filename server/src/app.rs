//! The order of the house, read from top to bottom: each feature is built in one step from what it stands on.

use std::ops::Deref;
use std::sync::Arc;

use anyhow::Context;
use axum::extract::FromRef;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;

use crate::accounts::Accounts;
use crate::audience;
use crate::availability::Availability;
use crate::chat::Chat;
use crate::config::Config;
use crate::consultations::Consultations;
use crate::directory::Directory;
use crate::doctors::Doctors;
use crate::events::Audience;
use crate::mail::Mails;
use crate::operations::Operations;
use crate::orders::Orders;
use crate::pages::Pages;
use crate::payments::Payments;
use crate::pets::Pets;
use crate::records::Records;
use crate::replies::Replies;
use crate::reviews::Reviews;
use crate::statistics::Statistics;
use crate::timeline::Timeline;
use crate::triage::Triage;
use crate::vetting::Vetting;
use platform::Platform;
use platform::bus::Bus;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::http::client_address::TrustedProxies;
use platform::http::rate_limit::Limits;
use platform::jobs::Bell;
use platform::pictures::Pictures;
use platform::realtime::{Realtime, SocketLayer};
use platform::storage::Storage;
use platform::tasks::Tasks;
use platform::uploads::UploadMemory;
use platform::workers::Workers;

/// Every feature, and what they stand on.
pub struct App {
    pub config: Config,
    pub platform: Platform,
    /// Who hears what a unit of work tells.
    pub told: Audience,
    pub mails: Arc<Mails>,
    pub accounts: Arc<Accounts>,
    pub pets: Arc<Pets>,
    pub doctors: Arc<Doctors>,
    pub replies: Arc<Replies>,
    pub orders: Arc<Orders>,
    pub availability: Arc<Availability>,
    pub payments: Arc<Payments>,
    pub chat: Arc<Chat>,
    pub triage: Arc<Triage>,
    pub consultations: Arc<Consultations>,
    pub records: Arc<Records>,
    pub reviews: Arc<Reviews>,
    pub directory: Arc<Directory>,
    pub timeline: Arc<Timeline>,
    pub statistics: Arc<Statistics>,
    pub pages: Arc<Pages>,
    pub vetting: Arc<Vetting>,
    pub operations: Arc<Operations>,
}

/// A cheap handle on [`App`], from which a handler asks for the feature that it belongs to.
#[derive(Clone)]
pub struct AppState(Arc<App>);

impl Deref for AppState {
    type Target = App;
    fn deref(&self) -> &App {
        &self.0
    }
}

macro_rules! lends {
    ($($feature:ident: $type:ty),+ $(,)?) => {
        $(impl FromRef<AppState> for Arc<$type> {
            fn from_ref(app: &AppState) -> Self {
                app.$feature.clone()
            }
        })+
    };
}

lends! {
    accounts: Accounts,
    pets: Pets,
    doctors: Doctors,
    replies: Replies,
    availability: Availability,
    payments: Payments,
    chat: Chat,
    triage: Triage,
    consultations: Consultations,
    records: Records,
    reviews: Reviews,
    directory: Directory,
    timeline: Timeline,
    statistics: Statistics,
    pages: Pages,
    vetting: Vetting,
    operations: Operations,
}

impl FromRef<AppState> for TrustedProxies {
    fn from_ref(app: &AppState) -> Self {
        app.config.server.trusted_proxies.clone()
    }
}

impl AppState {
    /// Connects to what the configuration names, brings the database up to date, and builds the features in their order. The
    /// layer serves the sockets.
    pub async fn build(
        config: Config,
        clock: SharedClock,
        metrics: Option<PrometheusHandle>,
        bus: Bus,
        stopping: watch::Receiver<bool>,
    ) -> anyhow::Result<(Self, SocketLayer)> {
        let (platform, layer) = ground(&config, clock, bus, stopping).await?;
        crate::migrate::up(&platform.db).await.context("the database cannot be brought up to date")?;
        let told = Audience::new(platform.bell.clone());

        let mails = Arc::new(Mails::new(&platform, &config)?);
        let accounts = Arc::new(Accounts::new(&platform, &told, &config)?);
        let pets = Pets::new(&platform).into();
        let doctors = Arc::new(Doctors::new(&platform, &accounts, &config));
        let replies = Replies::new(&platform).into();

        let orders = Orders::new(&platform, &told).into();
        let availability = Availability::new(&platform).into();
        let payments = Arc::new(Payments::new(&platform, &told, &config)?);
        let chat = Chat::start(&platform, &accounts, &config).await?;

        let triage = Triage::new(&platform).into();
        let consultations = Arc::new(Consultations::new(&platform, &told, &chat, &payments, &config));
        payments.sells(consultations.clone());
        chat.serves(consultations.clone());
        let records = Records::new(&platform, &told, &consultations, &config).into();
        let reviews = Reviews::new(&platform).into();

        let directory = Directory::new(&platform, &chat, &consultations, &config).into();
        let timeline = Timeline::new(&platform).into();
        let statistics = Statistics::new(&platform).into();
        let pages = Pages::new(&platform, &config).into();
        let vetting = Vetting::new(&platform, &told, &doctors, &consultations).into();
        let operations = Operations::new(&platform, &config, metrics).into();

        #[rustfmt::skip]
        let app = Arc::new(App {
            config, platform, told,
            mails, accounts, pets, doctors, replies,
            orders, availability, payments, chat,
            triage, consultations, records, reviews,
            directory, timeline, statistics, pages, vetting, operations,
        });
        let hearing = Arc::downgrade(&app);
        app.told.lend_ear(move |events| audience::hear(hearing.upgrade().map(Self), events));
        Ok((Self(app), layer))
    }
}

/// What all features stand on.
async fn ground(
    config: &Config,
    clock: SharedClock,
    bus: Bus,
    stopping: watch::Receiver<bool>,
) -> anyhow::Result<(Platform, SocketLayer)> {
    let workers = Arc::new(Workers::start(config.server.worker_niceness)?);
    let limits = Limits::new(config.security.rate_limits, bus.clone());
    let memory = UploadMemory::new(config.server.upload_memory);
    let (realtime, layer) = Realtime::new(bus.clone());
    let db = Db::connect(&config.database.url, config.database.connections).await?;
    let storage = Storage::open(&config.storage)?;
    let entered = (db.clone(), clock.clone());
    let quota = config.server.pictures_per_account;
    let platform = Platform {
        db,
        clock,
        pictures: Pictures::new(storage, memory, workers.clone(), &limits, entered, quota),
        workers,
        limits,
        realtime,
        bus,
        bell: Bell::default(),
        tasks: Tasks::new(stopping.clone()),
        stopping,
    };
    Ok((platform, layer))
}
