//! The panel: a page of a list of 100,000 tickets, and how soon a board shows a change that another process made.

use crate::bot_api::BotApi;
use crate::company::{ADMIN, Company, PASSWORD};
use crate::database::{Database, postgres_lent};
use crate::figures::{millis, percentile};
use crate::service::{Plan, Service};
use sea_orm::ConnectionTrait;
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

/// Tickets in the list, and how often each page is asked for.
const TICKETS: u32 = 100_000;
const LOOKS: usize = 60;
const CHANGES: usize = 40;
/// What is promised, in milliseconds, at the median.
const PAGE: f64 = 50.0;
const LIVE: f64 = 300.0;

/// The pages of the list, each with its filters: the first, a deep one, and each way to narrow it; and the board.
const PAGES: [(&str, &str); 8] = [
    ("first page", "/panel/tickets"),
    ("deep page", "/panel/tickets?cursor=c20000"),
    ("by state", "/panel/tickets?status=open"),
    ("by technician", "/panel/tickets?technician_id=2"),
    ("by words", "/panel/tickets?q=mati"),
    // Nothing has them: the whole list is looked through.
    ("by rare words", "/panel/tickets?q=terbakar"),
    ("the board", "/panel/board"),
    ("the board by rare words", "/panel/board?q=terbakar"),
];

/// Measures on each database, or `only` one.
pub(crate) async fn measure(only: Option<&str>) {
    println!(
        "{TICKETS} tickets; medians in ms, the slowest in twenty in brackets; promised: a page {PAGE}, a change {LIVE}"
    );
    // The client has no cryptography of its own; whoever was first has installed it.
    drop(rustls::crypto::ring::default_provider().install_default());
    let folder = tempfile::tempdir().expect("a folder");
    let (_, bot_api) = BotApi::listen(Duration::ZERO).await;
    if only.is_none_or(|only| only == "postgres") {
        let database = Database::postgres(&postgres_lent().expect("a PostgreSQL"), "panel").await;
        look("PostgreSQL and Redis", folder.path(), &database, bot_api).await;
        database.remove().await;
    }
    if only.is_none_or(|only| only == "sqlite") {
        let database = Database::sqlite(folder.path(), "panel");
        look("SQLite", folder.path(), &database, bot_api).await;
    }
}

async fn look(name: &str, folder: &Path, database: &Database, bot_api: SocketAddr) {
    println!("\n{name}");
    let mut plan = Plan::new(folder, database.url.clone(), bot_api);
    let shared = redis().filter(|_| database.url.starts_with("postgres"));
    plan.more
        .extend(shared.clone().map(|url| ("TANGGAP_REDIS__URL", url)));
    plan.prepare(ADMIN, PASSWORD);
    let one = Service::start(&plan).await;
    let mut company = Company::open(one.address).await;
    company.hire(3, 800_001).await;
    company.open_tickets(1, 1).await;
    fill(&database.url).await;
    // A process of its own shows what the first one does; on SQLite there is only one.
    let mut second = Plan::new(folder, database.url.clone(), bot_api);
    second.more.clone_from(&plan.more);
    let other = match shared {
        Some(_) => Some(Service::start(&second).await),
        None => None,
    };
    let at = other.as_ref().map_or(one.address, |other| other.address);
    let panel = Panel::enter(at).await;
    for (page, path) in PAGES {
        let mut times = Vec::new();
        for _ in 0..LOOKS {
            let start = Instant::now();
            panel.get(path).await;
            times.push(start.elapsed());
        }
        tell(page, &mut times, PAGE);
    }
    let mut times = Vec::new();
    for _ in 0..CHANGES {
        times.push(change(&mut company, &panel).await);
    }
    let what = if other.is_some() {
        "a change by another process"
    } else {
        "a change"
    };
    tell(what, &mut times, LIVE);
}

fn tell(what: &str, times: &mut [Duration], most: f64) {
    let (middle, slow) = (millis(percentile(times, 500)), millis(percentile(times, 950)));
    let verdict = if middle <= most { "" } else { "  TOO SLOW" };
    println!("  {what:<28} {middle:7.1} ({slow:.1}){verdict}");
}

/// From the answer of the API, which follows the commit, until the board has been fetched with the new ticket on it.
async fn change(company: &mut Company, panel: &Panel) -> Duration {
    let mut hints = panel.hints().await;
    // Whoever connects is told to look once.
    hints.next().await;
    let ticket = company.open_tickets(1, 1).await.remove(0);
    let mark = format!("TKT-{ticket:0>6}");
    let start = Instant::now();
    loop {
        hints.next().await;
        if panel.get("/panel/board").await.contains(&mark) {
            let took = start.elapsed();
            let reason = json!({ "reason": "Contoh" });
            company
                .call("POST", &format!("tickets/{ticket}/cancel"), &reason, 200)
                .await;
            return took;
        }
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "the board never showed {mark}"
        );
    }
}

/// Copies the one ticket until there are enough: most of them closed, of many days and a few technicians.
async fn fill(database: &str) {
    let customers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) \
        INSERT INTO customers (name, address, phone_by, withholds_pph23, source, created_at, version) \
        SELECT name || ' ' || i, address, phone_by, withholds_pph23, source, created_at, version \
        FROM customers, n WHERE id = 1";
    let tickets = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {TICKETS}) \
        INSERT INTO tickets (customer_id, service_id, problem, status, visit_date, technician_id, epoch, \
        created_by, created_at, changed_at, version) \
        SELECT 1 + i % 2000, service_id, problem || ' ' || i, \
        CASE WHEN i % 500 = 0 THEN 'open' WHEN i % 9 = 0 THEN 'cancelled' ELSE 'closed' END, visit_date, \
        CASE WHEN i % 500 = 0 THEN NULL ELSE 2 + i % 3 END, 1, created_by, created_at, changed_at, 1 \
        FROM tickets, n WHERE id = 1"
    );
    let pool = sea_orm::Database::connect(database).await.expect("the database");
    for statement in [customers, tickets.as_str(), "ANALYZE"] {
        pool.execute_unprepared(statement).await.expect("filled");
    }
    pool.close().await.expect("closed");
}

#[expect(clippy::disallowed_methods, reason = "how tests/servers tells its commands")]
fn redis() -> Option<String> {
    std::env::var("TANGGAP_TEST_REDIS_URL")
        .ok()
        .filter(|url| !url.is_empty())
}

/// Someone signed in at a process's panel.
struct Panel {
    http: reqwest::Client,
    base: String,
    cookie: String,
}

/// What the board's stream says.
struct Hints(reqwest::Response);

impl Hints {
    async fn next(&mut self) {
        self.0.chunk().await.expect("the stream stands").expect("more");
    }
}

impl Panel {
    async fn enter(address: SocketAddr) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        let base = format!("http://{address}");
        let entered = http
            .post(format!("{base}/panel/login"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(format!("username={ADMIN}&password={PASSWORD}"))
            .send()
            .await
            .expect("an answer");
        let set = entered.headers().get("set-cookie").expect("a session");
        let cookie = set
            .to_str()
            .expect("text")
            .split(';')
            .next()
            .expect("a pair")
            .to_owned();
        Self { http, base, cookie }
    }

    async fn ask(&self, path: &str) -> reqwest::Response {
        let call = self.http.get(format!("{}{path}", self.base));
        let answer = call
            .header("cookie", &self.cookie)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer
    }

    async fn get(&self, path: &str) -> String {
        self.ask(path).await.text().await.expect("a page")
    }

    async fn hints(&self) -> Hints {
        Hints(self.ask("/panel/events").await)
    }
}
