//! What the features stand on: database, jobs, HTTP, sockets, pictures, PDF. Nothing in here knows about pets, and the
//! compiler sees to it: this package cannot import the server.

pub mod audit;
pub mod bus;
pub mod cache;
pub mod clock;
pub mod connections;
pub mod day;
pub mod db;
pub mod entrance;
pub mod hold;
pub mod http;
pub mod ids;
pub mod images;
pub mod jobs;
pub mod locks;
pub mod metrics;
pub mod money;
pub mod pdf;
pub mod phone;
pub mod pictures;
pub mod random;
pub mod realtime;
pub mod sealed;
pub mod secret;
pub mod snapshot;
pub mod storage;
pub mod tasks;
pub mod telemetry;
pub mod text;
pub mod tls;
pub mod uploads;
pub mod work;
pub mod workers;
pub mod written;
pub mod zone;

use std::sync::Arc;

use tokio::sync::watch;

/// What features are built from: each takes what it uses. A cheap handle.
#[derive(Clone)]
pub struct Platform {
    pub db: db::Db,
    pub clock: clock::SharedClock,
    pub workers: Arc<workers::Workers>,
    pub pictures: pictures::Pictures,
    pub limits: http::rate_limit::Limits,
    pub realtime: realtime::Realtime,
    pub bus: bus::Bus,
    /// Wakes the runner of jobs.
    pub bell: jobs::Bell,
    /// The tasks that this node needs.
    pub tasks: tasks::Tasks,
    /// Becomes true when the server begins to stop.
    pub stopping: watch::Receiver<bool>,
}
