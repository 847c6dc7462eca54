//! Builds everything, starts the roles of this process, and drains them when it is time to stop.

mod channels;
pub mod demo;
pub mod doctor;
mod finished;
mod history;
mod number;
mod roles;
mod seed;

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use futures::FutureExt;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::app::voice::Voice;
use crate::app::{App, settings};
use crate::clock::Clock;
use crate::cluster::Cluster;
use crate::config::Config;
use crate::config::database::DatabaseUrl;
use crate::delivery::render;
use crate::files::Files;
pub use crate::runtime::roles::Broken;
use crate::runtime::roles::Roles;
use crate::telemetry::Metrics;
use crate::{jobs, store, web};

/// How long the work in hand may take once it is time to stop.
const DRAIN: Duration = Duration::from_secs(9);

/// Why a process cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the database cannot be opened: check `database.url` and that the server runs ({0})")]
    Database(#[source] store::Error),
    #[error(
        "the database lacks {0} migration(s): run `tanggap migrate` first \
         (on PostgreSQL nothing is changed without being asked)"
    )]
    Migrations(usize),
    #[error("the folder of the database {path} cannot be made")]
    Folder {
        path: String,
        #[source]
        source: std::io::Error,
    },
    #[error("cannot listen on {address}: change `server.bind`, or stop what listens there")]
    Bind {
        address: SocketAddr,
        #[source]
        source: std::io::Error,
    },
    #[error("`redis.url` is no address of a Redis: {0}")]
    Redis(#[source] crate::cluster::BadAddress),
    #[error("photos and documents cannot be kept: check `storage.url` ({0})")]
    Storage(#[source] crate::files::StorageError),
    #[error("the company's settings cannot be read: {0}")]
    Settings(#[source] crate::app::Error),
    #[error("Telegram's client cannot be built: {0}")]
    Telegram(#[source] crate::telegram::client::CallError),
    #[error("WhatsApp's client cannot be built: {0}")]
    Whatsapp(#[source] crate::whatsapp::client::CallError),
    #[error("the simulator cannot start: {0}")]
    Simulator(#[source] crate::simulator::SimulatorError),
    #[error("the demo's company cannot be made: {0}")]
    Seed(#[source] crate::app::Error),
    #[error("the demo's people cannot be made: {0}")]
    People(String),
}

/// A running process.
#[derive(Debug)]
pub struct Running {
    pub app: App,
    /// Where it listens: the port that was given, when 0 was asked for.
    pub address: SocketAddr,
    roles: Roles,
    /// Ends when the database is the last thing left to close.
    writer: Option<JoinHandle<()>>,
}

/// Opens the database of the configuration, migrated. SQLite migrates by itself; PostgreSQL asks first.
pub async fn open(config: &Config) -> Result<(store::Db, Option<store::Writer>), StartError> {
    let url = &config.database.url;
    folder_of(config)?;
    let pending = store::pending_migrations(url.expose())
        .await
        .map_err(StartError::Database)?;
    if pending > 0 {
        match url {
            DatabaseUrl::Sqlite(_) => {
                store::migrate(url.expose()).await.map_err(StartError::Database)?;
            }
            DatabaseUrl::Postgres(_) => return Err(StartError::Migrations(pending)),
        }
    }
    store::open(url.expose(), config.database.max_connections)
        .await
        .map_err(StartError::Database)
}

fn folder_of(config: &Config) -> Result<(), StartError> {
    let file = config.database.url.file();
    let Some(folder) = file.as_deref().and_then(std::path::Path::parent) else {
        return Ok(());
    };
    std::fs::create_dir_all(folder).map_err(|source| StartError::Folder {
        path: folder.display().to_string(),
        source,
    })
}

/// Brings the database of the configuration up to date.
pub async fn migrate(config: &Config) -> Result<(), StartError> {
    folder_of(config)?;
    store::migrate(config.database.url.expose())
        .await
        .map_err(StartError::Database)
}

/// Starts every role of this process.
pub async fn start(config: Config, clock: Clock) -> Result<Running, StartError> {
    let address = config.server.bind;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| StartError::Bind { address, source })?;
    start_on(config, clock, listener).await
}

/// Starts every role of this process on a socket that already listens.
pub async fn start_on(config: Config, clock: Clock, listener: TcpListener) -> Result<Running, StartError> {
    launch(config, clock, listener, false).await
}

/// `demo`: every message is simulated and goes at once, and every page says so.
async fn launch(
    config: Config,
    clock: Clock,
    listener: TcpListener,
    demo: bool,
) -> Result<Running, StartError> {
    let (db, writer) = open(&config).await?;
    let roles = Roles::default();
    let writer = writer.map(|writer| spawn(roles.watch("database writer", writer.run())));
    let stop = roles.stop.clone();
    let name = name_of(&db).await?;
    let cluster = cluster_of(&config, &db, &name)?;
    let files = Files::open(&config.storage).await.map_err(StartError::Storage)?;
    let files = files.of(&name);
    let voice = Voice {
        text: render::plain,
        label: render::label,
        status: render::customers_status,
    };
    let app = App::new(db, cluster, clock, &config, files).speaking(voice);
    let app = if demo { app.telling_at_once() } else { app };
    let address = app.config.server.bind;
    let address = listener
        .local_addr()
        .map_err(|source| StartError::Bind { address, source })?;
    let running = Running {
        app: app.clone(),
        address,
        roles,
        writer,
    };
    let metrics = Metrics::start();
    settings::refresh(&app).await.map_err(StartError::Settings)?;
    running.role("cluster", app.cluster.clone().run(stop.clone()));
    let mut state = web::State::new(app.clone(), stop.clone(), move || metrics.render());
    state.demo = demo;
    state.broken = running.roles.broken.clone();
    let webhook =
        channels::telegram(&running, &app, &stop)?.merge(channels::whatsapp(&running, &app, &stop)?);
    running.role("settings", jobs::settings::follow(app.clone(), stop.clone()));
    running.role("cleanup", jobs::cleanup::run(app.clone(), stop.clone()));
    running.role("jobs", jobs::run(app, stop));
    running.serve(listener, web::routes(state).merge(webhook));
    tracing::info!(%address, "listening");
    Ok(running)
}

impl Running {
    /// Runs a role until it is told to stop; [`Running::stop`] waits for it.
    fn role(&self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        drop(spawn(self.roles.tasks.track_future(self.roles.watch(name, work))));
    }

    /// Runs what comes to its end by itself.
    fn errand(&self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        drop(spawn(
            self.roles.tasks.track_future(self.roles.watch_errand(name, work)),
        ));
    }

    fn serve(&self, listener: TcpListener, router: Router) {
        let stop = self.roles.stop.clone();
        self.role("server", async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            let listener = axum::serve::ListenerExt::tap_io(listener, |stream| {
                // An answer to a tap is one small packet: it must not wait for a second one.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "no TCP_NODELAY");
                }
            });
            let served = axum::serve(listener, service)
                .with_graceful_shutdown(stop.cancelled_owned())
                .await;
            if let Err(error) = served {
                tracing::error!(%error, "the server ended");
            }
        });
    }

    /// Waits for SIGTERM or SIGINT. [`Broken`]: a role ended before that, and whoever supervises the process
    /// should start it anew.
    pub async fn until_told(&self) -> Result<(), Broken> {
        tokio::select! {
            () = told() => Ok(()),
            broken = self.roles.break_down() => Err(broken),
        }
    }

    /// Finishes what is in hand, within ten seconds. Whatever is cut off is in the database.
    pub async fn stop(self) {
        self.roles.stop.cancel();
        self.roles.tasks.close();
        if tokio::time::timeout(DRAIN, self.roles.tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!("some work did not end in time; it goes on at the next start");
        }
        self.app.db.clone().close().await;
        if let Some(writer) = self.writer {
            // The last sender goes with the app; jobs that wait are committed first.
            drop(self.app);
            drop(tokio::time::timeout(Duration::from_secs(1), writer).await);
        }
    }
}

/// Alone on SQLite or without Redis; otherwise one of many.
fn cluster_of(config: &Config, db: &store::Db, name: &str) -> Result<Cluster, StartError> {
    let (Some(redis), false) = (&config.redis.url, db.is_embedded()) else {
        return Ok(Cluster::local());
    };
    Cluster::redis(redis, &format!("tanggap:{name}")).map_err(StartError::Redis)
}

/// Processes on one database belong together, in whatever way each of them spells its address; others may share the
/// Redis and the storage without meeting them.
async fn name_of(db: &store::Db) -> Result<String, StartError> {
    let fresh = format!("{:016x}", rand::random::<u64>());
    let named = db.write(move |tx| async move { store::installation::name(tx, &fresh).await }.boxed());
    Ok(named.await.map_err(StartError::Database)?.0)
}

/// Waits for SIGTERM or SIGINT.
async fn told() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut term) = signal(SignalKind::terminate()) else {
            return;
        };
        tokio::select! {
            _ = term.recv() => tracing::info!("told to stop (SIGTERM)"),
            _ = tokio::signal::ctrl_c() => tracing::info!("told to stop (SIGINT)"),
        }
    }
    #[cfg(not(unix))]
    drop(tokio::signal::ctrl_c().await);
}

/// The one place that starts a task.
#[expect(clippy::disallowed_methods, reason = "this is the home of spawned tasks")]
fn spawn(work: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    tokio::spawn(work)
}
