//! A running server: listens, serves, and stops without cutting anybody off.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use futures_util::future::{OptionFuture, join, join_all};
use metrics_exporter_prometheus::PrometheusHandle;
use midtrans_stand_in::StandInConfig;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;

use crate::app::AppState;
use crate::config::{Config, ListenOn};
use crate::{chat, cluster, doctors, jobs, mail, operations, router};
use platform::bus::{Bus, Closing, Line};
use platform::clock::SharedClock;
use platform::connections::{self, Places};
use platform::http::client_address::TrustedProxies;
use platform::metrics;
use platform::tasks::{self, Until};

/// A reconnect storm arrives all at once.
const BACKLOG: u32 = 4096;
/// How long requests may take to finish once the server stops.
const FAREWELL: Duration = Duration::from_secs(10);
/// How long each stage of what works in the background may take after that.
const PATIENCE: Duration = Duration::from_secs(5);
const MOST_READERS_OF_FIGURES: u32 = 32;
const FORGET_LIMITS_EVERY: Duration = Duration::from_secs(300);
const TELL_LIMITS_EVERY: Duration = Duration::from_millis(250);

pub struct Server {
    pub app: AppState,
    pub address: SocketAddr,
    listeners: Vec<TcpListener>,
    figures: Option<TcpListener>,
    router: Router,
    stop: watch::Sender<bool>,
    line: Option<Closing>,
}

impl Server {
    /// Takes the port, connects to the database and brings it up to date. Nobody is served yet.
    pub async fn prepare(
        mut config: Config,
        clock: SharedClock,
        metrics: Option<PrometheusHandle>,
    ) -> anyhow::Result<Self> {
        let listeners = listen(config.server.port, config.server.listen_on)?;
        let address = listeners[0].local_addr()?;
        let figures = config.metrics.address.map(listen_for_figures).transpose()?;
        config.server.listening_on(address.port());

        let (stop, stopping) = watch::channel(false);
        let (bus, line) = Bus::open(&config.fanout);
        let figures_kept = metrics.clone();
        let (app, sockets) = AppState::build(config, clock, metrics, bus, stopping.clone()).await?;
        doctors::index_missing(&app.platform.db, &stopping).await.context("doctors cannot be made findable")?;
        let sandbox = sandbox(&app).await?;
        let router = router::build(&app, sockets, sandbox)?;

        chat::start_sockets(&app.chat, &stopping);
        let watch = |name, task| app.platform.tasks.watch(name, Until::Stop, task);
        jobs::plan_upkeep(&app).await.context("the regular jobs cannot be planned")?;
        if app.config.runs_jobs {
            jobs::start(&app, &stopping);
        }
        if let Some(figures) = figures_kept {
            watch("metrics", metrics::keep_up(figures, stopping.clone()));
        }
        let limits = app.platform.limits.clone();
        let forget_idle = move || {
            limits.forget_idle();
            std::future::ready(())
        };
        watch("rate limits", tasks::every(FORGET_LIMITS_EVERY, stopping.clone(), forget_idle));
        let limits = app.platform.limits.clone();
        let tell_taken = move || {
            limits.tell();
            std::future::ready(())
        };
        watch("limits of all nodes", tasks::every(TELL_LIMITS_EVERY, stopping, tell_taken));
        let line = line.map(|Line { heard, task, closing }| {
            app.platform.tasks.watch("line", Until::Last, task);
            app.platform.tasks.watch("ear", Until::Last, cluster::start(app.clone(), heard));
            closing
        });
        Ok(Self { app, address, listeners, figures, router, stop, line })
    }

    /// Serves until `farewell` comes, or a task ends without which this node is not whole: that is an error. Then: no new
    /// connections, sockets are told to come back elsewhere, requests under way finish, background work ends after what
    /// it is at, and at last the other nodes have been told all of it.
    pub async fn run(self, farewell: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
        let app = self.app;
        let (realtime, tasks) = (app.platform.realtime.clone(), app.platform.tasks.clone());
        let mut stopping = self.stop.subscribe();
        let stop = self.stop;
        let (close, closing) = watch::channel(false);
        let goodbye = async move {
            tokio::select! {
                () = farewell => {}
                () = tasks.wait_for_an_end() => {}
            }
            tracing::info!("stopping: finishing what is under way");
            stop.send_replace(true);
            realtime.close().await;
            close.send_replace(true);
        };
        let config = &app.config;
        let is_limited = config.security.rate_limits && config.server.trusted_proxies == TrustedProxies::None;
        let most_per_address = is_limited.then_some(config.connections.most_per_address);
        let places = Arc::new(Places::new(config.connections.most, most_per_address));
        let serve = |listener| connections::serve(listener, self.router.clone(), places.clone(), closing.clone());
        let figures = self.figures.map(|listener| {
            let places = Arc::new(Places::new(MOST_READERS_OF_FIGURES, None));
            connections::serve(listener, operations::figures::router(&app.operations), places, closing.clone())
        });
        let serving = join(join_all(self.listeners.into_iter().map(serve)), OptionFuture::from(figures));
        let out_of_patience = async move {
            if stopping.wait_for(|stopping| *stopping).await.is_ok() {
                tokio::time::sleep(FAREWELL).await;
            }
        };
        tokio::select! {
            _ = join(serving, goodbye) => {}
            () = out_of_patience => tracing::warn!("some requests did not finish in time"),
        }
        finish(&app, self.line).await;
        match app.platform.tasks.ended() {
            None => Ok(()),
            Some(task) => anyhow::bail!("the task \"{task}\" ended before its time"),
        }
    }
}

/// Lets everything end in the order in which it feeds the next.
async fn finish(app: &AppState, line: Option<Closing>) {
    app.platform.tasks.finish(Until::Stop, PATIENCE).await;
    app.chat.close();
    app.platform.tasks.finish(Until::Drained, PATIENCE).await;
    if let Some(line) = line {
        line.close();
    }
    app.platform.tasks.finish(Until::Last, PATIENCE).await;
}

/// IPv6 and IPv4 on one socket where the machine has both; on two for this machine alone.
fn listen(port: u16, listen_on: ListenOn) -> anyhow::Result<Vec<TcpListener>> {
    let taken = match listen_on {
        ListenOn::Everywhere => bind((Ipv6Addr::UNSPECIFIED, port).into())
            .or_else(|_| bind((Ipv4Addr::UNSPECIFIED, port).into()))
            .map(|both| vec![both]),
        ListenOn::Loopback => bind((Ipv4Addr::LOCALHOST, port).into()).and_then(|first| {
            let port = first.local_addr()?.port();
            // A machine without IPv6 does without.
            let second = bind((Ipv6Addr::LOCALHOST, port).into()).ok();
            Ok([Some(first), second].into_iter().flatten().collect())
        }),
    };
    taken.with_context(|| format!("port {port} cannot be taken (PORT)"))
}

fn listen_for_figures(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listener = bind(address).with_context(|| format!("{address} cannot be taken (METRICS_ADDR)"))?;
    tracing::info!(address = %listener.local_addr()?, "metrics have a listener of their own");
    Ok(listener)
}

fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv6() { TcpSocket::new_v6()? } else { TcpSocket::new_v4()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// The local stand-ins, only where no real service is configured.
async fn sandbox(app: &AppState) -> anyhow::Result<Router> {
    let letters = Router::new().nest("/mail", mail::mailbox(&app.mails));
    if !app.config.payments.is_simulated() {
        return Ok(letters);
    }
    midtrans_stand_in::prepare(&app.platform.db.write).await.context("the payment stand-in cannot be prepared")?;
    let public_url = app.config.server.public_url();
    let config = StandInConfig {
        server_key: app.config.payments.server_key.expose().to_owned(),
        client_key: app.config.payments.client_key.clone(),
        // The stand-in runs in this process: it need not find its way through a proxy to us.
        notification_url: format!("http://127.0.0.1:{}/api/payment/notification", app.config.server.port),
        public_base_url: format!("{public_url}/sandbox/midtrans"),
        // Its keys are published: on a public address nobody must have it knock on doors of this machine.
        notifies_elsewhere: app.config.server.is_local(),
    };
    Ok(letters.nest("/midtrans", midtrans_stand_in::router(app.platform.db.write.clone(), config)))
}
