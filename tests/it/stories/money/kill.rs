//! Prices are decided while the product dies by `kill -9` at random moments: numbers have no gaps, nothing is decided
//! or sent twice, and every card ends right.
//!
//! `APPROVAL_KILLS=50 KILL_SEED=7 cargo test --test it money::kill` kills more often, at the moments of that seed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use tanggap::clock::Clock;
use tanggap::config::Config;

use crate::harness::{
    Api, Backend, Customer, PASSWORD, Phone, Process, call, kill_at_random, number, on_each, order, said,
    simulate,
};
use crate::stories::approval::{has_buttons, words};
use crate::stories::visit::card;
use crate::stories::visit_kill::{has_seen, hire};
use crate::stories::whatsapp_kill::{PATIENCE, Service};

#[test]
fn kills_lose_no_number_and_decide_nothing_twice() {
    on_each(survive);
}

/// Everyone who decides, and where.
struct Company {
    admin: Api,
    database: String,
    technician: Value,
    maya: Phone,
    tono: Phone,
    rudi: Phone,
}

/// How a price is decided.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// By two at the same moment.
    Together,
    /// Another price, while someone else approves the old one.
    Revised,
    /// Rejected with a reason first.
    Rejected,
}

async fn survive(backend: Backend) {
    let (kills, seed) = (said("APPROVAL_KILLS", 4), said("KILL_SEED", 20_261_122));
    drop(rustls::crypto::ring::default_provider().install_default());
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::default_settings();
    backend.prepare(&mut config, &folder).await;
    let (sim, stop, tasks) = simulate(&Clock::system(), true).await;
    let process = Process::new(&config, folder.path(), &sim)
        .with_whatsapp(&sim)
        .with("TANGGAP_BILLING__AUTO_SEND", "true")
        .with("TANGGAP_COMPANY__QUIET_HOURS", "");
    process.prepare();
    process.start().await;
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let service = Service {
        http: http.clone(),
        base: sim.clone(),
    };
    service.listens(&process).await;
    let door = Api {
        http,
        base: format!("http://{}", process.address),
        token: None,
    };
    let admin = door.sign_in("rina", PASSWORD).await;
    let sales = json!({ "role": "sales" });
    let company = Company {
        technician: hire(
            &admin,
            &sim,
            700_001,
            json!({ "role": "technician", "daily_quota": 50 }),
        )
        .await
        .0,
        maya: hire(&admin, &sim, 700_002, sales.clone()).await.1,
        tono: hire(&admin, &sim, 700_003, sales.clone()).await.1,
        rudi: hire(&admin, &sim, 700_004, sales).await.1,
        database: config.database.url.expose().to_owned(),
        admin,
    };
    let done = Arc::new(AtomicBool::new(false));
    let killer = kill_at_random(process.clone(), (kills, seed), 200..2_500, Arc::clone(&done));
    let players = async {
        let mut all = Vec::new();
        for round in 0..=kills / 4 {
            let first = i64::try_from(round * 3).expect("few");
            let (one, two, three) = futures::join!(
                company.bills(&service, first + 1, Way::Together),
                company.bills(&service, first + 2, Way::Revised),
                company.bills(&service, first + 3, Way::Rejected),
            );
            all.extend([one, two, three]);
        }
        done.store(true, Ordering::Relaxed);
        all
    };
    let (killed, all) = tokio::join!(killer, players);
    assert!(killed > 0, "nothing was killed");
    company.judge(&service, &all, killed).await;
    process.kill();
    drop(stop);
    for task in tasks {
        task.abort();
    }
}

impl Company {
    /// A job that is done, its price, and whoever decides it; answers the invoice as it was drafted.
    async fn bills(&self, service: &Service, id: i64, way: Way) -> (i64, Value) {
        let ticket = self.job(service, id).await;
        let job = ticket["id"].as_str().expect("an id");
        let draft = call(
            &self.admin,
            Method::POST,
            &format!("tickets/{job}/invoice"),
            Some(json!({})),
        )
        .await;
        assert_eq!(draft["state"], "draft", "{draft}");
        let name = ticket["number"].as_str().expect("a number");
        self.submits(&draft).await;
        if matches!(way, Way::Rejected) {
            let asked = card(&self.rudi, name, "Tolak").await;
            self.rudi.tap(&asked, "Tolak").await;
            has_seen(&self.rudi, &format!("{name}: mengapa ditolak?")).await;
            self.rudi.write("Sukucadang belum masuk").await;
            self.is(&draft, &["draft"]).await;
            self.submits(&draft).await;
        }
        let version = self.now(&draft).await["version"].clone();
        let invoice = draft["id"].as_str().expect("an id");
        let press = |what: &str| format!("t1|prc|{invoice}|{version}|{what}");
        let (hers, his) = (
            self.newest(&self.maya, name, &version).await,
            self.newest(&self.tono, name, &version).await,
        );
        let first = if matches!(way, Way::Revised) {
            press("yp1000")
        } else {
            press("a")
        };
        let then = press("a");
        futures::join!(self.maya.forge(&hers, &first), self.tono.forge(&his, &then));
        self.is(&draft, &["approved", "sent"]).await;
        (id, draft)
    }

    async fn job(&self, service: &Service, id: i64) -> Value {
        let person = json!({ "id": id, "name": format!("P{id}"), "phone": format!("62812000{id:05}") });
        service.is_told("people", person).await;
        let customer = json!({ "name": format!("Pelanggan {id}"), "address": "Jl. Melati 12, Coblong, Bandung",
            "phone": format!("0812000{id:05}") });
        let customer = call(&self.admin, Method::POST, "customers", Some(customer)).await;
        let price = json!({ "name": format!("Jasa {id}"), "base_price": 250_000 });
        let price = call(&self.admin, Method::POST, "services", Some(price)).await;
        let form = json!({ "customer_id": customer["id"], "service_id": price["id"], "problem": format!("Rusak {id}") });
        let ticket = call(&self.admin, Method::POST, "tickets", Some(form)).await;
        let technician = self.technician["id"].as_str().expect("an id");
        let job = ticket["id"].as_str().unwrap_or_else(|| panic!("{ticket}"));
        let end =
            format!("UPDATE tickets SET status = 'done', technician_id = {technician} WHERE id = {job}");
        order(&self.database, &end).await;
        ticket
    }

    async fn now(&self, invoice: &Value) -> Value {
        let id = invoice["id"].as_str().expect("an id");
        call(&self.admin, Method::GET, &format!("invoices/{id}"), None).await
    }

    async fn submits(&self, invoice: &Value) {
        let id = invoice["id"].as_str().expect("an id");
        let answer = call(
            &self.admin,
            Method::POST,
            &format!("invoices/{id}/submit"),
            Some(json!({})),
        )
        .await;
        assert_eq!(answer["state"], "submitted", "{answer}");
    }

    async fn is(&self, invoice: &Value, wanted: &[&str]) {
        let begun = Instant::now();
        loop {
            let now = self.now(invoice).await;
            if wanted.iter().any(|state| now["state"] == *state) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "never {wanted:?}: {now}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The card of this version, once it is there.
    async fn newest(&self, phone: &Phone, name: &str, version: &Value) -> Value {
        let begun = Instant::now();
        loop {
            let shown = card(phone, name, "Setuju").await;
            if words(&shown).contains(&format!("Versi {version} ")) {
                return shown;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "no card of version {version}: {shown}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn judge(&self, service: &Service, all: &[(i64, Value)], killed: u64) {
        let mut serials = Vec::new();
        for (id, invoice) in all {
            self.is(invoice, &["sent"]).await;
            let now = self.now(invoice).await;
            let what: Vec<&str> = now["revisions"]
                .as_array()
                .expect("revisions")
                .iter()
                .filter_map(|revision| revision["what"].as_str())
                .collect();
            for once in ["drafted", "approved", "sent"] {
                assert_eq!(
                    what.iter().filter(|what| **what == once).count(),
                    1,
                    "{once}: {what:?}"
                );
            }
            let inv = now["number"].as_str().expect("a number");
            serials.push(
                inv.rsplit('/')
                    .next()
                    .and_then(|serial| serial.parse::<i64>().ok())
                    .expect("a serial"),
            );
            let customer = Customer::known(&service.http, &service.base, *id);
            let begun = Instant::now();
            while customer.count(inv).await == 0 {
                assert!(begun.elapsed() < PATIENCE, "{inv} never came");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            assert_eq!(customer.count(inv).await, 1, "{inv}");
            let ticket: i64 = invoice["ticket_id"]
                .as_str()
                .and_then(|id| id.parse().ok())
                .expect("an id");
            // Who was asked once more, and had not been sent that card when it was decided, never saw it.
            for (phone, had_newest) in [(&self.maya, true), (&self.tono, true), (&self.rudi, false)] {
                is_over(phone, &format!("TKT-{ticket:06}"), had_newest, killed).await;
            }
        }
        serials.sort_unstable();
        let count = i64::try_from(all.len()).expect("few");
        assert_eq!(
            serials,
            (1..=count).collect::<Vec<i64>>(),
            "numbers without a gap"
        );
        let last = "SELECT COALESCE(MAX(last), 0) FROM number_series WHERE kind = 'invoice'";
        assert_eq!(number(&self.database, last).await, count);
        service.was_told_once().await;
        let held = call(&self.admin, Method::GET, "quarantine?state=held", None).await;
        assert_eq!(held["data"], json!([]), "inputs were left aside");
        let failed = call(&self.admin, Method::GET, "deliveries?state=failed", None).await;
        assert_eq!(failed["data"], json!([]), "messages were given up");
    }
}

/// What the button carries that approves, if the message has one.
fn approves(message: &Value) -> Option<&str> {
    let rows = message["inline_keyboard"].as_array()?;
    let mut buttons = rows.iter().filter_map(Value::as_array).flatten();
    let approves = |text: &Value| text.as_str().is_some_and(|text| text.contains("Setuju"));
    buttons.find(|button| approves(&button["text"]))?["callback_data"].as_str()
}

/// The card says who decided and has no buttons. What left just before a kill may be there twice, no oftener than
/// that, and its button says that it is over.
async fn is_over(phone: &Phone, ticket: &str, had_newest: bool, killed: u64) {
    let begun = Instant::now();
    loop {
        let all = phone.messages().await;
        let own: Vec<&Value> = all
            .iter()
            .filter(|message| words(message).contains(ticket))
            .collect();
        let ended = own
            .iter()
            .any(|message| words(message).contains("disetujui") && !has_buttons(message));
        let open: Vec<&&Value> = own.iter().filter(|message| has_buttons(message)).collect();
        if (ended || !had_newest) && u64::try_from(open.len()).expect("few") <= killed {
            // What is pressed may be edited at this very moment: the press goes by what the button carries.
            for (message, press) in open
                .iter()
                .filter_map(|message| Some((message, approves(message)?)))
            {
                let toast = phone.forge(message, press).await;
                assert!(words(&toast).contains("sudah disetujui"), "{toast}");
            }
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{} has {own:#?}", phone.id);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
