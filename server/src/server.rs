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

use crate::app::AppState;
use crate::config::Config;
use crate::platform::bus::{Bus, Closing, Line};
use crate::platform::clock::SharedClock;
use crate::platform::tasks::{self, Until};
use crate::{chat, cluster, doctors, jobs, router};

/// A reconnect storm arrives all at once.
const BACKLOG: u32 = 4096;
/// How long requests may take to finish once the server stops.
const FAREWELL: Duration = Duration::from_secs(10);
/// How long each stage of what works in the background may take after that.
const PATIENCE: Duration = Duration::from_secs(5);
const FORGET_LIMITS_EVERY: Duration = Duration::from_secs(300);

pub struct Server {
    pub app: AppState,
    pub address: SocketAddr,
    listener: TcpListener,
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
        let listener = listen(config.server.port)?;
        let address = listener.local_addr()?;
        config.server.listening_on(address.port());

        let (stop, stopping) = watch::channel(false);
        let (bus, line) = Bus::open(&config.fanout);
        let (app, sockets) = AppState::build(config, clock, metrics, bus, stopping.clone()).await?;
        app.db.migrate().await.context("the database cannot be brought up to date")?;
        doctors::index_missing(&app.db, &stopping).await.context("doctors cannot be made findable")?;
        let sandbox = sandbox(&app).await?;
        let router = router::build(&app, &sockets, sandbox);

        chat::start_sockets(&app, &stopping);
        let watch = |name, task| app.tasks.watch(name, Until::Stop, task);
        jobs::plan_upkeep(&app).await.context("the regular jobs cannot be planned")?;
        if app.config.runs_jobs {
            jobs::start(&app, &stopping);
        }
        let limited = app.clone();
        let forget_idle = move || {
            limited.limits.forget_idle();
            std::future::ready(())
        };
        watch("rate limits", tasks::every(FORGET_LIMITS_EVERY, stopping, forget_idle));
        let line = line.map(|Line { heard, task, closing }| {
            app.tasks.watch("line", Until::Last, task);
            app.tasks.watch("ear", Until::Last, cluster::start(app.clone(), heard));
            closing
        });
        Ok(Self { app, address, listener, router, stop, line })
    }

    /// Serves until `farewell` comes, or a task ends without which this node is not whole: that is an error. Then: no new
    /// connections, sockets are told to come back elsewhere, requests under way finish, background work ends after what
    /// it is at, and at last the other nodes have been told all of it.
    pub async fn run(self, farewell: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
        let app = self.app;
        let (realtime, tasks) = (app.realtime.clone(), app.tasks.clone());
        let mut stopping = self.stop.subscribe();
        let stop = self.stop;
        let goodbye = async move {
            tokio::select! {
                () = farewell => {}
                () = tasks.wait_for_an_end() => {}
            }
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
        finish(&app, self.line).await;
        match app.tasks.ended() {
            None => Ok(()),
            Some(task) => anyhow::bail!("the task \"{task}\" ended before its time"),
        }
    }
}

/// Lets everything end in the order in which it feeds the next.
async fn finish(app: &AppState, line: Option<Closing>) {
    app.tasks.finish(Until::Stop, PATIENCE).await;
    app.chat.close();
    app.receipts.close();
    app.tasks.finish(Until::Drained, PATIENCE).await;
    if let Some(line) = line {
        line.close();
    }
    app.tasks.finish(Until::Last, PATIENCE).await;
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
