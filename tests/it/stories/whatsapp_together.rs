//! Two processes take WhatsApp's posts and send its messages: each thing is done by one of them, once.

use std::collections::BTreeMap;

use serde_json::json;

use crate::harness::whatsapp::VERIFY;
use crate::harness::{World, story};
use crate::stories::registration::on_whatsapp;

/// How many people write at once.
const PEOPLE: i64 = 16;

story!(
    /// Bodies that come to either door, in batches, twice and out of order: everyone is a customer once, is answered
    /// once, and in the order in which he wrote.
    two_processes_share_what_customers_write, on_whatsapp(), world => {
        // SQLite is one process by its nature; the second runs only on PostgreSQL.
        if !world.backend.is_sqlite() {
            share(&world).await;
        }
    }
);

async fn share(world: &World) {
    let second = world.second().await;
    let manner = json!({ "batch": 5, "doubled": 50, "late_ms": 30, "seed": 11 });
    world.webhooks_travel(manner).await;
    let mut people = Vec::new();
    for id in 1..=PEOPLE {
        people.push(world.customer(id, &format!("P{id}")).await);
    }
    let half = people.len() / 2;
    let register = |id: i64| format!("DAFTAR#Pelanggan Nomor {id}#Jl. Melati No. {id}, Bekasi#");
    for person in &people[..half] {
        person.says(&register(person.id)).await;
    }
    // From now on the service posts to the other door.
    let url = format!("http://{}/webhooks/whatsapp", second.running.address);
    world
        .sim_post("whatsapp/webhook", json!({ "url": url, "verify_token": VERIFY }))
        .await;
    for person in &people[half..] {
        person.says(&register(person.id)).await;
    }
    for person in &people {
        person.hears("Pendaftaran berhasil").await;
        person.says("LAPOR").await;
    }
    for person in &people {
        person.hears("Apa masalahnya?").await;
        person.says("Kulkas mati total").await;
        person.presses("Kirim laporan").await;
        person.hears("Laporan diterima").await;
    }
    world.webhooks_taken().await;
    world.webhooks_handled().await;
    world.drained().await;
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for message in world.whatsapp_sent().await {
        let callback = message["callback"].as_str().expect("our own id").to_owned();
        *times.entry(callback).or_default() += 1;
    }
    times.retain(|_, times| *times > 1);
    assert_eq!(times, BTreeMap::new(), "sent more than once");
    for person in &people {
        assert_eq!(person.heard().await.len(), 4, "{}", person.id);
    }
    let customers = world
        .admin
        .get("customers?q=Pelanggan%20Nomor&limit=100")
        .await
        .expect(200);
    assert_eq!(customers["data"].as_array().expect("a list").len(), people.len());
    let requests = second.admin.get("requests?limit=100").await.expect(200);
    assert_eq!(requests["data"].as_array().expect("a list").len(), people.len());
    second.running.stop().await;
}
