//! The broadcast: one job offered to a thousand technicians, against the simulator's flood control.

use crate::bot_api::number;
use crate::company::{ADMIN, Company, PASSWORD};
use crate::database::{Database, postgres_lent};
use crate::service::{Plan, Service, TOKEN};
use crate::wire::Wire;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tanggap::clock::Clock;
use tanggap::simulator::{Simulator, SimulatorOptions, router};
use tokio::net::TcpListener;

const TECHNICIANS: i64 = 1000;
const FIRST_TELEGRAM_ID: i64 = 700_001;
/// What Telegram lets a bot send in a second.
const LIMIT: f64 = 30.0;
const PATIENCE: Duration = Duration::from_mins(3);

/// Measures on each database, or `only` one.
pub(crate) async fn measure(only: Option<&str>) {
    println!("one job offered to {TECHNICIANS} technicians, {LIMIT} messages a second allowed");
    let folder = tempfile::tempdir().expect("a folder");
    if only.is_none_or(|only| only == "postgres") {
        let database = Database::postgres(&postgres_lent().expect("a PostgreSQL"), "broadcast").await;
        offer("PostgreSQL", folder.path(), &database.url).await;
        database.remove().await;
    }
    if only.is_none_or(|only| only == "sqlite") {
        let database = Database::sqlite(folder.path(), "broadcast");
        offer("SQLite", folder.path(), &database.url).await;
    }
}

async fn offer(name: &str, folder: &Path, database: &str) {
    let address = simulate().await;
    let mut watch = Watch::new(address);
    watch.gather().await;
    let plan = Plan::new(folder, database.to_owned(), address);
    plan.prepare(ADMIN, PASSWORD);
    let service = Service::start(&plan).await;
    let mut company = Company::open(service.address).await;
    company.hire(TECHNICIANS, FIRST_TELEGRAM_ID).await;
    // Greetings and menus of the newly linked go out first.
    watch.rest().await;
    watch.forget().await;

    let start = Instant::now();
    company.open_tickets(1, 0).await;
    let everyone = usize::try_from(TECHNICIANS).expect("few");
    while start.elapsed() < PATIENCE && watch.sent.len() < everyone {
        tokio::time::sleep(Duration::from_millis(50)).await;
        watch.look().await;
    }
    let (took, reached) = (start.elapsed(), watch.sent.len());
    // Whatever would be sent twice has now the time to be.
    watch.rest().await;
    service.kill();
    let once = watch.sent.values().filter(|times| **times == 1).count();
    let ideal = f64::from(u32::try_from(TECHNICIANS).expect("few")) / LIMIT;
    println!("\n{name}");
    println!(
        "  offered in   {:.1} s, {:.3} of the {ideal:.1} s that the limit takes",
        took.as_secs_f64(),
        took.as_secs_f64() / ideal
    );
    println!("  429          {}", watch.refused);
    let more = watch.sent.len() - once;
    println!("  exactly once {once} of {TECHNICIANS}, more than once {more}");
    assert_eq!(reached, everyone, "had the offer within {PATIENCE:?}");
}

/// The simulator as a server on a free port, until the process ends.
async fn simulate() -> SocketAddr {
    let clock = Clock::system();
    let options = SimulatorOptions::new(TOKEN, Arc::new(move || clock.now().timestamp()));
    let simulator = Arc::new(Simulator::new(options).expect("a simulator"));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let serve = axum::serve(listener, router(simulator)).into_future();
    #[expect(clippy::disallowed_methods, reason = "it lives as long as this program")]
    tokio::spawn(serve);
    address
}

/// Looks at the simulator through its own doors.
struct Watch {
    wire: Wire,
    /// The number of the last call that was looked at.
    last: u64,
    /// How often each chat was sent something.
    sent: HashMap<i64, usize>,
    /// Sends refused for coming too fast.
    refused: usize,
}

impl Watch {
    fn new(simulator: SocketAddr) -> Self {
        Self {
            wire: Wire::new(simulator),
            last: 0,
            sent: HashMap::new(),
            refused: 0,
        }
    }

    /// Everyone has pressed start long ago.
    async fn gather(&mut self) {
        let person =
            |id| json!({ "telegram_id": id, "first_name": format!("Teknisi {id}"), "started": true });
        let people: Vec<Value> = (FIRST_TELEGRAM_ID..FIRST_TELEGRAM_ID + TECHNICIANS)
            .map(person)
            .collect();
        let body = json!(people).to_string();
        let reply = self
            .wire
            .send("POST", "/sim/api/people", "", body.as_bytes())
            .await
            .expect("the simulator");
        assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    }

    /// Counts the calls since the last look.
    async fn look(&mut self) {
        let path = format!("/sim/api/calls?since={}", self.last);
        let reply = self
            .wire
            .send("GET", &path, "", b"")
            .await
            .expect("the simulator")
            .json();
        for call in reply["calls"].as_array().expect("a list of calls") {
            if call["status"] == 429 {
                self.refused += 1;
            } else if call["method"]
                .as_str()
                .is_some_and(|method| method.eq_ignore_ascii_case("sendMessage"))
            {
                *self.sent.entry(number(&call["params"]["chat_id"])).or_default() += 1;
            }
        }
        self.last = reply["last"].as_u64().expect("a number");
    }

    /// Waits until nothing was called for two seconds.
    async fn rest(&mut self) {
        let (mut last, mut since) = (self.last, Instant::now());
        while since.elapsed() < Duration::from_secs(2) {
            tokio::time::sleep(Duration::from_millis(100)).await;
            self.look().await;
            if self.last != last {
                (last, since) = (self.last, Instant::now());
            }
        }
    }

    async fn forget(&mut self) {
        self.look().await;
        self.sent.clear();
        self.refused = 0;
    }
}
