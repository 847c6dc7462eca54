//! The product and the simulator, running in this process on free ports.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::person::Password;
use serde_json::{Value, json};
use tanggap::app::act::Act;
use tanggap::app::users;
use tanggap::clock::Clock;
use tanggap::config::Config;
use tanggap::config::telegram::Mode;
use tanggap::runtime::{self, Running};
use tanggap::simulator::{self, Simulator, SimulatorOptions};
use tanggap::web::session::Hasher;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::harness::backend::{number, order};
use crate::harness::{Api, Backend, Cables, Phone, S3, whatsapp};

/// The first admin's password, and everyone else's after the first change.
pub(crate) const PASSWORD: &str = "kata sandi panjang";
pub(crate) const TOKEN: &str = "7000000001:simulated-token-for-stories";
pub(crate) const SECRET: &str = "story-secret_1";

/// How a story's world differs from the usual one.
#[derive(Clone)]
pub(crate) struct Setup {
    pub(crate) mode: Mode,
    /// The simulator's limits on sending; off unless a story is about them.
    pub(crate) flood: bool,
    /// How fast chats may be written to when limits are off in the simulator too.
    pub(crate) adjust: fn(&mut Config),
    /// A clock that only the story moves.
    pub(crate) frozen: Option<&'static str>,
    /// Servers are reached by cables that the story can cut.
    pub(crate) cables: bool,
    /// The company has a number that customers write to.
    pub(crate) whatsapp: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            mode: Mode::Webhook,
            flood: true,
            adjust: |_| {},
            frozen: None,
            cables: false,
            whatsapp: false,
        }
    }
}

/// One story's world.
pub(crate) struct World {
    pub(crate) backend: Backend,
    pub(crate) running: Running,
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    /// The clock moves only when a story says so.
    pub(crate) stands_still: bool,
    pub(crate) http: reqwest::Client,
    /// The simulator's address.
    pub(crate) sim: String,
    /// The admin, signed in.
    pub(crate) admin: Api,
    /// Where a story asked for them and there are servers.
    pub(crate) cables: Option<Cables>,
    /// Where files are kept, unless they are in a folder.
    pub(crate) bucket: Option<S3>,
    stop_sim: oneshot::Sender<()>,
    sim_tasks: Vec<tokio::task::JoinHandle<()>>,
    leftovers: AtomicBool,
    _folder: TempDir,
}

impl World {
    pub(crate) async fn new(backend: Backend, name: &str, setup: Setup) -> Self {
        if Backend::wants_logs() {
            tanggap::telemetry::log([]);
        }
        drop(rustls::crypto::ring::default_provider().install_default());
        let folder = tempfile::Builder::new().prefix(name).tempdir().expect("a folder");
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let clock = match setup.frozen {
            Some(at) => Clock::frozen(at.parse().expect("a moment")),
            // It runs with the machine's, and a story may put it forward.
            None => Clock::movable(),
        };
        let (sim, stop_sim, sim_tasks) = simulate(&clock, setup.flood).await;
        let listener = listen().await;
        let address = listener.local_addr().expect("an address");
        let mut config = Config::default_settings();
        config.server.bind = address;
        config.server.public_url = Some(format!("http://{address}"));
        config.telegram.token = Some(TOKEN.into());
        config.telegram.api_url.clone_from(&sim);
        config.telegram.mode = setup.mode;
        config.telegram.webhook_secret = Some(SECRET.into());
        "PT Uji Coba".clone_into(&mut config.company.name);
        backend.prepare(&mut config, &folder).await;
        let bucket = if backend.is_sqlite() {
            None
        } else {
            Some(S3::open().await)
        };
        if let Some(bucket) = &bucket {
            config.storage.url = bucket.url();
        }
        if setup.whatsapp {
            whatsapp::configure(&mut config, &sim);
        }
        (setup.adjust)(&mut config);
        let cables = if setup.cables {
            Cables::lay(&mut config).await
        } else {
            None
        };
        let running = runtime::start_on(config.clone(), clock.clone(), listener)
            .await
            .expect("the product starts");
        let api = Api {
            http: http.clone(),
            base: format!("http://{address}"),
            token: None,
        };
        first_admin(&running).await;
        let admin = api.sign_in("rina", PASSWORD).await;
        let world = Self {
            backend,
            running,
            config,
            clock,
            stands_still: setup.frozen.is_some(),
            http,
            sim,
            admin,
            cables,
            bucket,
            stop_sim,
            sim_tasks,
            leftovers: AtomicBool::new(false),
            _folder: folder,
        };
        world.ready().await;
        if setup.whatsapp {
            world.listen_to_whatsapp().await;
        }
        world
    }

    /// Waits until Telegram knows the bot: the webhook is set, or the first poll was made.
    async fn ready(&self) {
        self.eventually("the bot is set up", || async {
            let bot = self.sim_get("bot").await;
            bot["webhook"]["url"].as_str().is_some_and(|url| !url.is_empty()) || bot["polls"] != json!(0)
        })
        .await;
    }

    pub(crate) async fn sim_get(&self, path: &str) -> Value {
        let url = format!("{}/sim/api/{path}", self.sim);
        self.http
            .get(url)
            .send()
            .await
            .expect("the simulator answers")
            .json()
            .await
            .expect("JSON")
    }

    pub(crate) async fn sim_post(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/sim/api/{path}", self.sim);
        let answer = self
            .http
            .post(url)
            .json(&body)
            .send()
            .await
            .expect("the simulator answers");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).expect("JSON")
    }

    /// Someone with Telegram, who has or has not pressed start before.
    pub(crate) async fn phone(&self, id: i64, name: &str, started: bool) -> Phone {
        let person = json!({
            "telegram_id": id, "first_name": name, "language_code": "id", "started": started,
            "phone": format!("62812000{id}"),
        });
        self.sim_post("people", person).await;
        self.known(id)
    }

    /// The phone of someone who is there already.
    pub(crate) fn known(&self, id: i64) -> Phone {
        Phone {
            http: self.http.clone(),
            base: self.sim.clone(),
            id,
        }
    }

    /// A technician with a linked phone; answers his account and his phone.
    pub(crate) async fn technician(&self, telegram_id: i64, name: &str) -> (Value, Phone) {
        self.technician_with(telegram_id, name, json!({})).await
    }

    /// A technician with more in the form.
    pub(crate) async fn technician_with(&self, telegram_id: i64, name: &str, more: Value) -> (Value, Phone) {
        let phone = self.phone(telegram_id, name, true).await;
        let mut form = json!({
            "username": format!("{}{telegram_id}", name.to_lowercase()), "name": name, "role": "technician",
            "password": "sandi sementara", "telegram_id": telegram_id,
        });
        for (key, value) in more.as_object().expect("an object") {
            form[key] = value.clone();
        }
        (self.admin.post("users", form).await.expect(201), phone)
    }

    /// A technician by the short way, for stories with many; his password opens nothing.
    pub(crate) async fn technician_quick(&self, telegram_id: i64) -> Phone {
        let phone = self.phone(telegram_id, &format!("T{telegram_id}"), true).await;
        let new = users::New {
            username: format!("t{telegram_id}"),
            name: format!("T{telegram_id}"),
            role: "technician".to_owned(),
            telegram_id: Some(telegram_id),
            ..users::New::default()
        };
        let app = &self.running.app;
        let (draft, _) = users::check(&new, PASSWORD, app.now()).expect("a sound form");
        let hash = users::PasswordHash("no password matches this".to_owned());
        users::create(app, &Act::system(app.now()), draft, hash, false)
            .await
            .expect("created");
        phone
    }

    /// One more process on the same servers.
    pub(crate) async fn second(&self) -> Second {
        self.second_with(self.config.clone()).await
    }

    /// One more process with settings of its own.
    pub(crate) async fn second_with(&self, mut config: Config) -> Second {
        let listener = listen().await;
        let address = listener.local_addr().expect("an address");
        config.server.bind = address;
        let running = runtime::start_on(config, self.clock.clone(), listener)
            .await
            .expect("the second starts");
        let admin = Api {
            base: format!("http://{address}"),
            ..self.admin.clone()
        };
        Second { running, admin }
    }

    /// The product stops, and is started again on the same data.
    pub(crate) async fn restarted(self) -> Self {
        self.running.stop().await;
        let address = self.config.server.bind;
        let listener = TcpListener::bind(address).await.expect("the same port");
        let running = runtime::start_on(self.config.clone(), self.clock.clone(), listener)
            .await
            .expect("the product starts again");
        Self { running, ..self }
    }

    /// A customer and a service to write tickets with.
    pub(crate) async fn basics(&self) -> (Value, Value) {
        let customer = json!({
            "name": "Bapak Hartono", "address": "Jl. Melati 12, Coblong, Bandung", "phone": "081234500001",
            "latitude": -6.8915, "longitude": 107.6107,
        });
        let service = json!({ "name": "Perbaikan internet", "base_price": 250_000 });
        let customer = self.admin.post("customers", customer).await.expect(201);
        (customer, self.admin.post("services", service).await.expect(201))
    }

    /// A ticket for today.
    pub(crate) async fn ticket(&self, basics: &(Value, Value), problem: &str) -> Value {
        self.admin
            .post("tickets", form(basics, problem))
            .await
            .expect(201)
    }

    /// The ticket as the API shows it now.
    pub(crate) async fn look(&self, ticket: &Value) -> Value {
        self.admin
            .get(&format!("tickets/{}", ticket["id"].as_str().expect("an id")))
            .await
            .expect(200)
    }

    /// Tells the database something that the product never would.
    pub(crate) async fn order(&self, statement: &str) {
        order(self.config.database.url.expose(), statement).await;
    }

    /// Asks the database for one number.
    pub(crate) async fn number(&self, question: &str) -> i64 {
        number(self.config.database.url.expose(), question).await
    }

    /// Ends the story: nothing may be left over, and the bot has broken none of Telegram's rules.
    pub(crate) async fn finish(self) {
        self.drained().await;
        if let Some(bucket) = &self.bucket {
            assert_eq!(
                bucket.unsigned(),
                Vec::<String>::new(),
                "calls that no S3 would serve"
            );
        }
        if self.leftovers.load(Ordering::Relaxed) {
            return self.end().await;
        }
        let kept = self.admin.get("quarantine?state=held").await.expect(200);
        assert_eq!(kept["data"], json!([]), "inputs were left aside");
        let violations = self.sim_get("violations").await;
        assert_eq!(
            violations["violations"],
            json!([]),
            "the bot broke Telegram's rules"
        );
        let violations = self.sim_get("whatsapp/violations").await;
        assert_eq!(
            violations["violations"],
            json!([]),
            "the business broke WhatsApp's rules"
        );
        self.end().await;
    }

    /// This story leaves something over on purpose.
    pub(crate) fn leaves_something(&self) {
        self.leftovers.store(true, Ordering::Relaxed);
    }

    async fn end(self) {
        self.running.stop().await;
        drop(self.stop_sim);
        for task in self.sim_tasks {
            task.abort();
        }
    }
}

/// Another process of the same company.
pub(crate) struct Second {
    pub(crate) running: Running,
    /// The admin, at the second process's door.
    pub(crate) admin: Api,
}

/// The form of a ticket for today.
pub(crate) fn form(basics: &(Value, Value), problem: &str) -> Value {
    json!({ "customer_id": basics.0["id"], "service_id": basics.1["id"], "problem": problem })
}

async fn first_admin(running: &Running) {
    let app = &running.app;
    let new = users::New {
        username: "rina".to_owned(),
        name: "Rina".to_owned(),
        role: "admin".to_owned(),
        ..users::New::default()
    };
    let (draft, password) = users::check(&new, PASSWORD, app.now()).expect("a sound form");
    let password: Password = password;
    let hash = Hasher::default().hash(&password).await;
    users::create(app, &Act::system(app.now()), draft, hash, false)
        .await
        .expect("the first admin");
}

async fn listen() -> TcpListener {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
        .await
        .expect("a free port")
}

pub(crate) async fn simulate(
    clock: &Clock,
    flood: bool,
) -> (String, oneshot::Sender<()>, Vec<tokio::task::JoinHandle<()>>) {
    let clock = clock.clone();
    let mut options = SimulatorOptions::new(TOKEN, Arc::new(move || clock.now().timestamp()));
    options.flood.on = flood;
    options.retry_scale = 0.05;
    let simulator = Arc::new(Simulator::new(options).expect("a simulator"));
    let listener = listen().await;
    let address = listener.local_addr().expect("an address");
    let router = simulator::router(Arc::clone(&simulator));
    let (stop, stopped) = oneshot::channel::<()>();
    let serve = spawn(async move { drop(axum::serve(listener, router).await) });
    let run = spawn(simulator::run(simulator, async move { drop(stopped.await) }));
    (format!("http://{address}"), stop, vec![serve, run])
}

#[expect(clippy::disallowed_methods, reason = "a story's world runs beside the story")]
fn spawn(work: impl Future<Output = ()> + Send + 'static) -> tokio::task::JoinHandle<()> {
    tokio::spawn(work)
}
