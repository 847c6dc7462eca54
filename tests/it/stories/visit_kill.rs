//! Whole visits while the product dies by `kill -9` at random moments: nothing is lost, nothing counts twice.
//!
//! `VISIT_KILLS=100 KILL_SEED=7 cargo test --test it visit_kill` kills more often, at the moments of that seed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tanggap::clock::Clock;
use tanggap::config::Config;

use crate::harness::{
    Api, Backend, PASSWORD, Phone, Process, call, kill_at_random, on_each, picture, said, simulate,
};
use crate::stories::visit::card;

/// Technicians at work at the same time.
const TECHNICIANS: i64 = 3;

#[test]
fn kills_lose_nothing_of_a_visit() {
    on_each(survive);
}

async fn survive(backend: Backend) {
    let (kills, seed) = (said("VISIT_KILLS", 5), said("KILL_SEED", 20_261_122));
    drop(rustls::crypto::ring::default_provider().install_default());
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::default_settings();
    backend.prepare(&mut config, &folder).await;
    let (sim, stop, tasks) = simulate(&Clock::system(), true).await;
    let process = Process::new(&config, folder.path(), &sim);
    process.prepare();
    process.start().await;
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let door = Api {
        http: http.clone(),
        base: format!("http://{}", process.address),
        token: None,
    };
    let admin = door.sign_in("rina", PASSWORD).await;
    let mut phones = Vec::new();
    for id in 1..=TECHNICIANS {
        let many = json!({ "role": "technician", "daily_quota": 50 });
        phones.push(hire(&admin, &sim, 700_000 + id, many).await.1);
    }
    let done = Arc::new(AtomicBool::new(false));
    let killer = kill_at_random(process.clone(), (kills, seed), 300..4_000, Arc::clone(&done));
    let players = async {
        let mut visits = Vec::new();
        for round in 0..kills.div_ceil(5) {
            let played = phones.iter().map(|phone| visit(&admin, phone, round));
            visits.extend(futures::future::join_all(played).await);
        }
        done.store(true, Ordering::Relaxed);
        visits
    };
    let (killed, visits) = tokio::join!(killer, players);
    assert!(killed > 0, "nothing was killed");
    for (ticket, phone) in &visits {
        judge(&admin, ticket, phone, killed).await;
    }
    let held = call(&admin, Method::GET, "quarantine?state=held", None).await;
    assert_eq!(held["data"], json!([]), "inputs were left aside");
    process.kill();
    drop(stop);
    for task in tasks {
        task.abort();
    }
}

/// Someone of the company with a linked phone; answers the account too.
pub(crate) async fn hire(admin: &Api, sim: &str, id: i64, more: Value) -> (Value, Phone) {
    let http = &admin.http;
    let person =
        json!({ "telegram_id": id, "first_name": format!("T{id}"), "language_code": "id", "started": true });
    let answer = http
        .post(format!("{sim}/sim/api/people"))
        .json(&person)
        .send()
        .await;
    assert!(answer.expect("the simulator answers").status().is_success());
    let mut form = json!({
        "username": format!("t{id}"), "name": format!("T{id}"),
        "password": "sandi sementara", "telegram_id": id,
    });
    for (field, value) in more.as_object().expect("fields") {
        form[field] = value.clone();
    }
    let account = call(admin, Method::POST, "users", Some(form)).await;
    assert!(account["id"].is_string(), "{account}");
    let phone = Phone {
        http: http.clone(),
        base: sim.to_owned(),
        id,
    };
    (account, phone)
}

/// One whole visit of one technician; answers the ticket.
async fn visit(admin: &Api, phone: &Phone, round: u64) -> (Value, Phone) {
    let problem = format!("Kunjungan {round} dari {}", phone.id);
    let customer = json!({
        "name": "Bapak Hartono", "address": "Jl. Melati 12, Coblong, Bandung",
        "latitude": -6.8915, "longitude": 107.6107,
    });
    let customer = call(admin, Method::POST, "customers", Some(customer)).await;
    let service = json!({ "name": format!("Jasa {problem}"), "base_price": 250_000 });
    let service = call(admin, Method::POST, "services", Some(service)).await;
    let form = json!({ "customer_id": customer["id"], "service_id": service["id"], "problem": problem });
    let ticket = call(admin, Method::POST, "tickets", Some(form)).await;
    assert!(ticket["id"].is_string(), "{ticket}");
    let offer = card(phone, &problem, "Ambil Job").await;
    phone.tap(&offer, "Ambil Job").await;
    press(phone, &problem, "Check-in").await;
    has_seen(
        phone,
        &format!("Check-in {}", ticket["number"].as_str().expect("a number")),
    )
    .await;
    phone.live_location(-6.8914, 107.6107, 12.0).await;
    press(phone, &problem, "Upload Bukti").await;
    has_seen(
        phone,
        &format!("Bukti {}", ticket["number"].as_str().expect("a number")),
    )
    .await;
    let seed = u64::try_from(phone.id).expect("positive") * 1000 + round * 10;
    phone
        .album(vec![picture::jpeg(seed), picture::jpeg(seed + 1)])
        .await;
    // As a person does: the next button when the photos show as taken.
    has_seen(
        phone,
        &format!(
            "Bukti {}: 2 foto masuk",
            ticket["number"].as_str().expect("a number")
        ),
    )
    .await;
    press(phone, &problem, "Upload BAST").await;
    has_seen(
        phone,
        &format!("BAST {}", ticket["number"].as_str().expect("a number")),
    )
    .await;
    phone
        .document("bast.pdf", "application/pdf", &picture::pdf())
        .await;
    press(phone, &problem, "Check-out").await;
    let summary = card(phone, "Check-out TKT", "Ya, check-out").await;
    phone.tap(&summary, "Ya, check-out").await;
    (ticket, phone.clone())
}

/// Waits for a message, longer than the leases of a process that was killed last.
pub(crate) async fn has_seen(phone: &Phone, text: &str) {
    for _ in 0..1800 {
        if phone.count(text).await > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} never saw {text:?}: {:#?}", phone.id, phone.messages().await);
}

/// Presses a button of a job's card, again when the press was lost with the process that had it.
async fn press(phone: &Phone, problem: &str, label: &str) {
    let job = card(phone, problem, label).await;
    phone.tap(&job, label).await;
}

/// Everything of a visit is there, and once.
async fn judge(admin: &Api, ticket: &Value, phone: &Phone, kills: u64) {
    let path = format!("tickets/{}", ticket["id"].as_str().expect("an id"));
    let begun = std::time::Instant::now();
    let seen = loop {
        let seen = call(admin, Method::GET, &path, None).await;
        if seen["status"] == "done" {
            break seen;
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "never done: {seen}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let documents = seen["documents"].as_array().expect("documents");
    let count = |kind: &str| {
        documents
            .iter()
            .filter(|document| document["kind"] == kind)
            .count()
    };
    assert_eq!((count("evidence"), count("bast")), (2, 1), "{seen}");
    let timeline = seen["timeline"].as_array().expect("events");
    for event in ["ticket_claimed", "checked_in", "checked_out", "ticket_done"] {
        let times = timeline.iter().filter(|entry| entry["event"] == event).count();
        assert_eq!(times, 1, "{event}: {seen}");
    }
    assert_eq!(seen["check_in"]["verdict"], "verified");
    let number = ticket["number"].as_str().expect("a number");
    let told = format!("{number} selesai. Terima kasih");
    has_seen(phone, &told).await;
    // What was on its way when the process was killed may come twice, and no oftener than it was killed.
    let times = phone.count(&told).await;
    assert!(
        times <= 1 + usize::try_from(kills).expect("few"),
        "told {times} times"
    );
}
