//! Customers write while the product dies by `kill -9` at random moments: every message is answered, and once.
//!
//! `WHATSAPP_KILLS=50 KILL_SEED=7 cargo test --test it whatsapp_kill` kills more often, at the moments of that seed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tanggap::clock::Clock;
use tanggap::config::Config;

use crate::harness::whatsapp::{VERIFY, templates};
use crate::harness::{Api, Backend, Customer, PASSWORD, Process, kill_at_random, on_each, said, simulate};

/// People who write at the same time.
const PEOPLE: i64 = 6;
/// Reports of each: with the registration ten answers, fewer than the bot's most in ten minutes.
const REPORTS: usize = 3;
/// What left for the service and was never told of is sent again after two minutes.
pub(crate) const PATIENCE: Duration = Duration::from_mins(4);

#[test]
fn kills_lose_no_message_and_answer_none_twice() {
    on_each(survive);
}

/// The simulator's control API.
pub(crate) struct Service {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
}

impl Service {
    pub(crate) async fn tells(&self, path: &str) -> Value {
        let url = format!("{}/sim/api/whatsapp{path}", self.base);
        let answer = self.http.get(url).send().await.expect("the simulator answers");
        answer.json().await.expect("JSON")
    }

    pub(crate) async fn is_told(&self, path: &str, body: Value) {
        let url = format!("{}/sim/api/whatsapp/{path}", self.base);
        let answer = self.http.post(url).json(&body).send().await;
        let answer = answer.expect("the simulator answers");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
    }

    /// Has the templates approved, and posts to this process from now on.
    pub(crate) async fn listens(&self, process: &Process) {
        self.is_told("templates", json!(templates())).await;
        let url = format!("http://{}/webhooks/whatsapp", process.address);
        self.is_told("webhook", json!({ "url": url, "verify_token": VERIFY }))
            .await;
    }

    /// No message of ours came twice.
    pub(crate) async fn was_told_once(&self) {
        let all = self.tells("/messages").await;
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for message in all["messages"].as_array().expect("messages") {
            let callback = message["callback"].as_str().expect("our own id");
            *times.entry(callback.to_owned()).or_default() += 1;
        }
        times.retain(|_, times| *times > 1);
        assert_eq!(times, BTreeMap::new(), "sent more than once");
    }
}

async fn survive(backend: Backend) {
    let (kills, seed) = (said("WHATSAPP_KILLS", 5), said("KILL_SEED", 20_261_122));
    drop(rustls::crypto::ring::default_provider().install_default());
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::default_settings();
    backend.prepare(&mut config, &folder).await;
    let (sim, stop, tasks) = simulate(&Clock::system(), true).await;
    let process = Process::new(&config, folder.path(), &sim).with_whatsapp(&sim);
    process.prepare();
    process.start().await;
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let service = Service {
        http: http.clone(),
        base: sim.clone(),
    };
    service.listens(&process).await;
    // Several in one body, every third twice: as the service posts after an outage.
    let manner = json!({ "batch": 8, "doubled": 30, "late_ms": 40, "seed": seed });
    service.is_told("manner", manner).await;
    let mut people = Vec::new();
    for id in 1..=PEOPLE {
        let person = json!({ "id": id, "name": format!("P{id}"), "phone": format!("62812000{id:05}") });
        service.is_told("people", person).await;
        people.push(Customer::known(&http, &sim, id));
    }
    let done = Arc::new(AtomicBool::new(false));
    let killer = kill_at_random(process.clone(), (kills, seed), 100..1_500, Arc::clone(&done));
    let players = async {
        futures::future::join_all(people.iter().map(plays)).await;
        done.store(true, Ordering::Relaxed);
    };
    let (killed, ()) = tokio::join!(killer, players);
    assert!(killed > 0, "nothing was killed");
    let door = Api {
        http,
        base: format!("http://{}", process.address),
        token: None,
    };
    let admin = door.sign_in("rina", PASSWORD).await;
    judge(&admin, &service, &people).await;
    process.kill();
    drop(stop);
    for task in tasks {
        task.abort();
    }
}

/// Registers, and reports several things, each after the answer to the last.
async fn plays(person: &Customer) {
    let id = person.id;
    person
        .says(&format!(
            "DAFTAR#Pelanggan Nomor {id}#Jl. Melati No. {id}, Bekasi#"
        ))
        .await;
    answered(person, "Pendaftaran berhasil", 1).await;
    for n in 1..=REPORTS {
        person.says("LAPOR").await;
        answered(person, "Apa masalahnya?", n).await;
        person.says(&format!("Kulkas {n} mati total")).await;
        answered(person, "Laporan Anda", n).await;
        person.presses("Kirim laporan").await;
        answered(person, "Laporan diterima", n).await;
    }
}

/// Waits until the bot has said this so many times.
async fn answered(person: &Customer, text: &str, times: usize) {
    let begun = Instant::now();
    while person.count(text).await < times {
        let heard = person.heard().await.len();
        assert!(
            begun.elapsed() < PATIENCE,
            "{} never heard {text:?} {times} times, but {heard} messages",
            person.id
        );
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// Everything is as if nothing had happened.
async fn judge(admin: &Api, service: &Service, people: &[Customer]) {
    let begun = Instant::now();
    while service.tells("").await["pending"] != json!(0) {
        assert!(begun.elapsed() < PATIENCE, "webhooks are never taken");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    for person in people {
        for (text, times) in [
            ("Pendaftaran berhasil", 1),
            ("Apa masalahnya?", REPORTS),
            ("Laporan Anda", REPORTS),
            ("Laporan diterima", REPORTS),
        ] {
            assert_eq!(person.count(text).await, times, "{}: {text}", person.id);
        }
        assert_eq!(person.heard().await.len(), 1 + 3 * REPORTS, "{}", person.id);
    }
    service.was_told_once().await;
    let count = async |path: &str| {
        let page = admin.get(path).await.expect(200);
        page["data"].as_array().expect("a list").len()
    };
    assert_eq!(
        count("customers?q=Pelanggan%20Nomor&limit=100").await,
        people.len()
    );
    assert_eq!(count("requests?limit=100").await, people.len() * REPORTS);
    assert_eq!(count("quarantine?state=held").await, 0, "inputs were left aside");
    assert_eq!(count("deliveries?state=failed").await, 0);
    assert_eq!(service.tells("/violations").await["violations"], json!([]));
}
