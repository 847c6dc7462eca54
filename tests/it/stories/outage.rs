//! Servers that are not there at the start, or vanish while the product runs, and come back.

use serde_json::{Value, json};
use tanggap::clock::Clock;
use tanggap::config::Config;
use tanggap::config::database::DatabaseUrl;
use tanggap::runtime;

use crate::harness::{Cables, Setup, World, form, story};
use crate::stories::intake::deliver;

fn with_cables() -> Setup {
    Setup {
        cables: true,
        ..Setup::default()
    }
}

async fn readiness(world: &World) -> (u16, Value) {
    let url = format!("{}/readyz", world.admin.base);
    let answer = world.http.get(url).send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

story!(
    /// Without its database the service says so at every door, and Telegram delivers again what was tapped.
    a_database_that_vanishes_comes_back_and_nothing_is_lost, with_cables(), world => {
        if let Some(cables) = &world.cables {
            lose_the_database(&world, cables).await;
        }
    }
);

async fn lose_the_database(world: &World, cables: &Cables) {
    let basics = world.basics().await;
    let (_, budi) = world.technician(1001, "Budi").await;
    let (_, andi) = world.technician(1002, "Andi").await;
    let ticket = world.ticket(&basics, "Putus di tengah").await;
    let offer = budi.sees("Putus di tengah").await;
    andi.sees("Putus di tengah").await;

    cables.database.cut();
    assert_eq!(world.admin.get("tickets").await.problem(503), "unavailable");
    let written = world
        .admin
        .post("tickets", form(&basics, "Tidak tersimpan"))
        .await;
    assert!(
        written.headers.contains_key("retry-after"),
        "{:?}",
        written.headers
    );
    assert_eq!(written.problem(503), "unavailable");
    let (status, body) = readiness(world).await;
    assert_eq!(
        (status, &body["reasons"]),
        (503, &json!(["database unreachable"]))
    );
    let help = json!({ "update_id": 900_050, "message": {
        "message_id": 78, "date": 1_790_000_000, "chat": { "id": 1002, "type": "private", "first_name": "Andi" },
        "from": { "id": 1002, "is_bot": false, "first_name": "Andi", "language_code": "id" }, "text": "/bantuan" } });
    assert_eq!(
        deliver(world, Some("story-secret_1"), help.to_string()).await.0,
        503
    );
    let press = json!({ "message_id": offer["message_id"], "label": "Ambil Job" });
    let tap = budi.act("tap", press).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(
        budi.screen().await["taps"]
            .as_array()
            .expect("taps")
            .iter()
            .all(|tap| tap["answer"].is_null())
    );

    cables.database.mend();
    let answer = budi.answer_to(&tap).await;
    assert!(
        answer["text"].as_str().expect("words").contains("Anda mendapat"),
        "{answer}"
    );
    budi.sees("Bapak Hartono").await;
    andi.sees("Diambil Budi").await;
    world
        .eventually("it is ready again", || async { readiness(world).await.0 == 200 })
        .await;
    assert_eq!(
        deliver(world, Some("story-secret_1"), help.to_string()).await.0,
        200
    );
    andi.sees("/tersedia").await;
    assert_eq!(world.look(&ticket).await["technician"]["name"], "Budi");
    world.ticket(&basics, "Sesudahnya").await;
    andi.sees("Sesudahnya").await;
    let all = world.admin.get("tickets").await.expect(200);
    assert_eq!(
        all["data"].as_array().expect("tickets").len(),
        2,
        "what was refused was not done"
    );
}

story!(
    /// A Redis that vanishes slows things down; when it is back the replicas hear each other again.
    a_redis_that_vanishes_slows_things_down, with_cables(), world => {
        if let Some(cables) = &world.cables {
            lose_redis(&world, cables).await;
        }
    }
);

async fn lose_redis(world: &World, cables: &Cables) {
    let basics = world.basics().await;
    let (_, budi) = world.technician(1001, "Budi").await;
    cables.redis.cut();
    world.ticket(&basics, "Tanpa Redis").await;
    let offer = budi.sees("Tanpa Redis").await;
    let cluster = &world.running.app.cluster;
    world
        .eventually("its loss is noticed", || async { !cluster.healthy() })
        .await;
    budi.tap(&offer, "Ambil Job").await;
    budi.sees("Bapak Hartono").await;
    assert_eq!(readiness(world).await.0, 200, "it works without");
    cables.redis.mend();
    world
        .eventually("they hear each other again", || async { cluster.healthy() })
        .await;
    world.ticket(&basics, "Dengan Redis").await;
    budi.sees("Dengan Redis").await;
}

/// What a process says that cannot start on this database.
async fn refusal(url: DatabaseUrl) -> String {
    let mut config = Config::default_settings();
    config.server.bind = "127.0.0.1:0".parse().expect("an address");
    config.database.url = url;
    let started = runtime::start(config, Clock::system()).await;
    started.expect_err("nothing to start on").to_string()
}

#[tokio::test]
async fn a_database_that_is_not_there_is_named_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    // Nobody listens on port 1, and a folder is no database.
    let addresses = [
        DatabaseUrl::Postgres("postgres://tanggap:rahasia@127.0.0.1:1/tanggap".to_owned().into()),
        DatabaseUrl::Sqlite(format!("sqlite://{}", folder.path().display()).into()),
    ];
    for url in addresses {
        let said = refusal(url).await;
        assert!(said.contains("`database.url`"), "{said}");
        assert!(!said.contains("rahasia"), "{said}");
    }
}
