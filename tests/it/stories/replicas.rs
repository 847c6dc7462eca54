//! Two processes on one PostgreSQL and one Redis share the work.

use serde_json::json;
use tanggap::config::database::DatabaseUrl;

use crate::harness::{Backend, Setup, World, story, tell};

story!(
    /// Each process answers taps; every message goes out once, whoever sends it.
    two_processes_share_the_work, world => {
        // SQLite is one process by its nature; the second runs only on PostgreSQL.
        if !world.backend.is_sqlite() {
            share(&world).await;
        }
    }
);

story!(
    /// Processes that spell the database's address in different ways meet all the same.
    however_the_address_is_spelled_they_meet, world => {
        if !world.backend.is_sqlite() {
            let mut config = world.config.clone();
            let url = config.database.url.expose().replace("127.0.0.1", "localhost");
            assert_ne!(url, config.database.url.expose());
            config.database.url = DatabaseUrl::Postgres(url.into());
            let second = world.second_with(config).await;
            let (one, other) = (&world.running.app.cluster, &second.running.app.cluster);
            assert!(one.lead("a task of the story").await);
            assert!(!other.lead("a task of the story").await, "it is led already");
            second.running.stop().await;
        }
    }
);

async fn share(world: &World) {
    let second = world.second().await;
    let basics = world.basics().await;
    let mut phones = Vec::new();
    for n in 0..12 {
        phones.push(world.technician_quick(2000 + n).await);
    }
    for n in 0..6 {
        let form = crate::harness::form(&basics, &format!("Bersama {n}"));
        let door = if n % 2 == 0 { &world.admin } else { &second.admin };
        door.post("tickets", form).await.expect(201);
    }
    world.drained().await;
    for n in 0..6 {
        let race = json!({ "text": format!("Bersama {n}"), "within_ms": 30, "seed": n });
        world.sim_post("race", race).await;
    }
    world
        .eventually("all are answered", || async {
            world.sim_get("idle").await["idle"] == json!(true)
        })
        .await;
    world.drained().await;
    for (n, phone) in phones.iter().enumerate() {
        for ticket in 0..6 {
            let text = format!("Bersama {ticket}");
            assert!(
                phone.count(&text).await <= 2,
                "{n} got {text} too often: {:#?}",
                phone.messages().await
            );
        }
    }
    let tickets = world.admin.get("tickets?status=assigned").await.expect(200);
    assert_eq!(tickets["data"].as_array().expect("tickets").len(), 6);
    second.running.stop().await;
}

/// Without Redis two processes still send everything once; only more slowly.
#[test]
fn losing_redis_loses_nothing() {
    let Some(Backend::Postgres { .. }) = Backend::servers() else {
        eprintln!("LEFT OUT: losing Redis; ./tests/run runs it");
        return;
    };
    let setup = Setup {
        adjust: |config| config.redis.url = Some("redis://127.0.0.1:1/".into()),
        ..Setup::default()
    };
    tell("losing_redis", setup, |world| {
        Box::pin(async move {
            let basics = world.basics().await;
            let (_, budi) = world.technician(1001, "Budi").await;
            let (_, andi) = world.technician(1002, "Andi").await;
            world.ticket(&basics, "Tanpa Redis").await;
            let offer = budi.sees("Tanpa Redis").await;
            budi.tap(&offer, "Ambil Job").await;
            budi.sees("Bapak Hartono").await;
            andi.sees("Diambil Budi").await;
            world.finish().await;
        })
    });
}
