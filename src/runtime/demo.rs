//! The demo: the whole product with a simulator of both chat services and a small company, on this machine only.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use tokio::net::TcpListener;

use crate::app::act::{Act, Channel};
use crate::app::sessions::{self, Origin};
use crate::clock::Clock;
use crate::config::Config;
use crate::config::database::DatabaseUrl;
use crate::config::storage::StorageUrl;
use crate::config::telegram::Mode;
use crate::runtime::{Running, StartError, number, seed};
use crate::simulator::{self, Office, Simulator, SimulatorOptions, WhatsappOptions};
use crate::store::tokens::Kind;

/// The simulated bot's token: it opens nothing but the simulator.
const TOKEN: &str = "7000000001:DEMO-simulated-bot-token-of-no-use";
/// What the simulated service says to prove itself.
const SECRET: &str = "demo-webhook-secret";

/// The payment code of a merchant that does not exist.
const QRIS: &str = "00020101021126590013ID.CONTOH.WWW011893600000000000000002090000000000303UMI51440014ID.CO.QRIS.WWW\
    0215ID10200000000000303UMI5204171153033605802ID5914TANGGAP CONTOH6007BANDUNG610540111630437E7";

/// Whose demo it is.
const COMPANY: &str = "PT Tanggap Contoh";

/// How the demo is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where its data is kept; nothing else is touched.
    pub folder: PathBuf,
    /// The panel's port; 0 takes any free one.
    pub port: u16,
    /// The simulator's port; 0 takes any free one.
    pub simulator_port: u16,
    /// Begin with a new company.
    pub reset: bool,
}

/// A running demo.
#[derive(Debug)]
pub struct Demo {
    pub running: Running,
    /// The simulator's page.
    pub simulator: SocketAddr,
    /// Signs the admin in, once.
    pub sign_in: String,
    /// The password of every seeded account.
    pub password: &'static str,
}

/// Starts the simulator, the product against it, and the company if there is none yet.
pub async fn start(options: &Options) -> Result<Demo, StartError> {
    if options.reset && options.folder.exists() {
        std::fs::remove_dir_all(&options.folder).map_err(|source| folder(options, source))?;
    }
    std::fs::create_dir_all(&options.folder).map_err(|source| folder(options, source))?;
    let panel = bind(options.port).await?;
    let sim = bind(options.simulator_port).await?;
    let (panel_at, sim_at) = (address(&panel)?, address(&sim)?);
    let clock = Clock::movable();
    let config = config(options, panel_at, sim_at);
    let simulator = simulate(&clock, panel_at)?;
    let running = crate::runtime::launch(config, clock, panel, true).await?;
    running.serve(sim, simulator::router(Arc::clone(&simulator)));
    let stop = running.roles.stop.clone();
    let played = Arc::clone(&simulator);
    running.role("simulator", async move {
        simulator::run(played, stop.cancelled_owned()).await;
    });
    seed::company(&running.app).await.map_err(StartError::Seed)?;
    seed::people(&running.app, sim_at)
        .await
        .map_err(StartError::People)?;
    number::open(&running.app, &simulator, panel_at).await?;
    seed::tickets(&running.app).await.map_err(StartError::Seed)?;
    let sign_in = sign_in(&running, panel_at).await?;
    Ok(Demo {
        running,
        simulator: sim_at,
        sign_in,
        password: seed::PASSWORD,
    })
}

impl Demo {
    /// Says on standard output where to look.
    pub fn announce(&self) -> std::io::Result<()> {
        let (panel, sim) = (self.running.address, self.simulator);
        let mut out = std::io::stdout().lock();
        writeln!(
            out,
            "\nTanggap demo: everything runs on this machine, nobody outside is written to.\n"
        )?;
        writeln!(out, "  1. Panel (signs you in as Rina, once):   {}", self.sign_in)?;
        writeln!(out, "  2. Everyone's phones (the simulator):    http://{sim}/sim")?;
        writeln!(
            out,
            "\n  Later sign-ins: http://{panel}/panel as rina, password {}",
            self.password
        )?;
        writeln!(
            out,
            "  Create a ticket in the panel, then tap Ambil Job on a technician's phone; or write Halo on a"
        )?;
        writeln!(out, "  customer's, with the green edge. Ctrl+C stops.\n")?;
        out.flush()
    }
}

fn simulate(clock: &Clock, panel: SocketAddr) -> Result<Arc<Simulator>, StartError> {
    let (clock, moved) = (clock.clone(), clock.clone());
    let whatsapp = WhatsappOptions {
        business_name: COMPANY.to_owned(),
        ..WhatsappOptions::default()
    };
    let options = SimulatorOptions {
        whatsapp,
        forward: Some(Arc::new(move |minutes| {
            moved.advance(TimeDelta::minutes(minutes));
        })),
        panel_url: Some(format!("http://{panel}/panel")),
        office: Some(Office {
            url: format!("http://{panel}"),
            username: seed::ADMIN.to_owned(),
            password: seed::PASSWORD.to_owned(),
        }),
        ..SimulatorOptions::new(TOKEN, Arc::new(move || clock.now().timestamp()))
    };
    Ok(Arc::new(Simulator::new(options).map_err(StartError::Simulator)?))
}

/// The defaults, with the services played by the simulator: no file and no environment, so that no
/// secret of a real company is ever used.
fn config(options: &Options, panel: SocketAddr, sim: SocketAddr) -> Config {
    let mut config = Config::default_settings();
    let database = options.folder.join("tanggap.db");
    config.server.bind = panel;
    config.server.public_url = Some(format!("http://{panel}"));
    config.database.url = DatabaseUrl::Sqlite(format!("sqlite://{}?mode=rwc", database.display()).into());
    config.storage.url = StorageUrl::Folder(options.folder.join("files"));
    config.telegram.token = Some(TOKEN.into());
    config.telegram.api_url = format!("http://{sim}");
    config.telegram.mode = Mode::Webhook;
    config.telegram.webhook_secret = Some(SECRET.into());
    number::configure(&mut config, sim);
    COMPANY.clone_into(&mut config.company.name);
    "Jl. Braga No. 99, Bandung 40111".clone_into(&mut config.company.address);
    "022-5550123".clone_into(&mut config.company.phone);
    config.company.bank_accounts = vec!["BCA 1234567890 a.n. PT Tanggap Contoh".to_owned()];
    config.company.qris = domain::qris::Qris::parse(QRIS).ok();
    // Whoever plays at night wants to see what customers hear.
    config.company.quiet_hours = None;
    config
}

async fn sign_in(running: &Running, panel: SocketAddr) -> Result<String, StartError> {
    let app = &running.app;
    let admin = seed::admin(app).await.map_err(StartError::Seed)?;
    let act = Act::of(admin.id, Channel::System, app.now());
    let given = sessions::open(app, &act, &admin, Kind::Login, Origin::default())
        .await
        .map_err(StartError::Seed)?;
    Ok(format!("http://{panel}/panel/once/{}", given.token))
}

async fn bind(port: u16) -> Result<TcpListener, StartError> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address)
        .await
        .map_err(|source| StartError::Bind { address, source })
}

fn address(listener: &TcpListener) -> Result<SocketAddr, StartError> {
    let unknown = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    listener.local_addr().map_err(|source| StartError::Bind {
        address: unknown,
        source,
    })
}

fn folder(options: &Options, source: std::io::Error) -> StartError {
    StartError::Folder {
        path: options.folder.display().to_string(),
        source,
    }
}
