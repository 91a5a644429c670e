//! A running server: listens, serves, and stops without cutting anybody off.

use std::net::{Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::serve::ListenerExt;
use metrics_exporter_prometheus::PrometheusHandle;
use midtrans_stand_in::StandInConfig;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::app::AppState;
use crate::config::Config;
use crate::platform::bus::{Bus, Line};
use crate::platform::clock::SharedClock;
use crate::platform::tasks;
use crate::{chat, cluster, doctors, jobs, router};

/// A reconnect storm arrives all at once.
const BACKLOG: u32 = 4096;
/// How long requests may take to finish once the server stops.
const FAREWELL: Duration = Duration::from_secs(10);
const FORGET_LIMITS_EVERY: Duration = Duration::from_secs(300);

pub struct Server {
    pub app: AppState,
    pub address: SocketAddr,
    listener: TcpListener,
    router: Router,
    stop: watch::Sender<bool>,
    background: Vec<JoinHandle<()>>,
}

impl Server {
    /// Takes the port, connects to the database and brings it up to date. Nobody is served yet.
    pub async fn prepare(
        mut config: Config,
        clock: SharedClock,
        metrics: Option<PrometheusHandle>,
    ) -> anyhow::Result<Self> {
        let listener = listen(config.server.port)?;
        let address = listener.local_addr()?;
        config.server.listening_on(address.port());

        let (stop, stopping) = watch::channel(false);
        let (bus, line) = Bus::open(&config.fanout, stopping.clone());
        let (app, sockets) = AppState::build(config, clock, metrics, bus, stopping.clone()).await?;
        app.db.migrate().await.context("the database cannot be brought up to date")?;
        doctors::index_all(&app.db).await.context("doctors cannot be made findable")?;
        let sandbox = sandbox(&app).await?;
        let router = router::build(&app, &sockets, sandbox);

        let mut background = Vec::from(chat::start_sockets(&app, &stopping).background);
        jobs::plan_upkeep(&app).await.context("the regular jobs cannot be planned")?;
        if app.config.runs_jobs {
            background.extend(jobs::start(&app, &stopping));
        }
        if let Some(Line { heard, task }) = line {
            background.extend([task, cluster::start(app.clone(), heard)]);
        }
        let limited = app.clone();
        background.push(tasks::every(FORGET_LIMITS_EVERY, stopping, move || {
            limited.limits.forget_idle();
            std::future::ready(())
        }));
        Ok(Self { app, address, listener, router, stop, background })
    }

    /// Serves until `farewell` comes. Then: no new connections, sockets are told to come back elsewhere, requests
    /// under way finish, background work ends after what it is at.
    pub async fn run(self, farewell: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
        let realtime = self.app.realtime.clone();
        let mut stopping = self.stop.subscribe();
        let stop = self.stop;
        let goodbye = async move {
            farewell.await;
            tracing::info!("stopping: finishing what is under way");
            stop.send_replace(true);
            realtime.close().await;
        };
        let service = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let listener = self.listener.tap_io(send_at_once);
        let serving = axum::serve(listener, service).with_graceful_shutdown(goodbye);
        let out_of_patience = async move {
            if stopping.wait_for(|stopping| *stopping).await.is_ok() {
                tokio::time::sleep(FAREWELL).await;
            }
        };
        tokio::select! {
            result = serving => result?,
            () = out_of_patience => tracing::warn!("some requests did not finish in time"),
        }
        for task in self.background {
            if let Err(error) = task.await {
                tracing::warn!(%error, "background work ended badly");
            }
        }
        Ok(())
    }
}

/// IPv6 and IPv4 on one socket where the machine has both.
fn listen(port: u16) -> anyhow::Result<TcpListener> {
    let everywhere = SocketAddr::from((Ipv6Addr::UNSPECIFIED, port));
    let bind = |address: SocketAddr| -> std::io::Result<TcpListener> {
        let socket = if address.is_ipv6() { TcpSocket::new_v6()? } else { TcpSocket::new_v4()? };
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    bind(everywhere)
        .or_else(|_| bind(SocketAddr::from(([0, 0, 0, 0], port))))
        .with_context(|| format!("port {port} cannot be taken (PORT)"))
}

/// A message must not wait until the other side has confirmed the one before, which over a mobile network takes long.
fn send_at_once(connection: &mut TcpStream) {
    if let Err(error) = connection.set_nodelay(true) {
        tracing::debug!(%error, "a connection ended as soon as it began");
    }
}

/// The local stand-ins, only where no real service is configured.
async fn sandbox(app: &AppState) -> anyhow::Result<Router> {
    if !app.config.payments.is_simulated() {
        return Ok(Router::new());
    }
    midtrans_stand_in::prepare(&app.db.write).await.context("the payment stand-in cannot be prepared")?;
    let public_url = app.config.server.public_url();
    let config = StandInConfig {
        server_key: app.config.payments.server_key.expose().to_owned(),
        client_key: app.config.payments.client_key.clone(),
        // The stand-in runs in this process: it need not find its way through a proxy to us.
        notification_url: format!("http://127.0.0.1:{}/api/payment/notification", app.config.server.port),
        public_base_url: format!("{public_url}/sandbox/midtrans"),
    };
    Ok(Router::new().nest("/midtrans", midtrans_stand_in::router(app.db.write.clone(), config)))
}
