//! The number itself: what the doctor says of it, its templates, and the files that people send to it.

use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tanggap::config::Config;
use tanggap::delivery::files::{Fetched, Fetcher};
use tanggap::runtime::doctor::{self, Level};
use tanggap::whatsapp::{Client, Fetch};

use crate::harness::{Setup, World, story};

fn with_whatsapp() -> Setup {
    Setup {
        whatsapp: true,
        ..Setup::default()
    }
}

async fn complaints(config: &Config) -> Vec<(Level, String)> {
    let found = doctor::examine(config).await;
    let bad = found.into_iter().filter(|finding| finding.level != Level::Ok);
    bad.map(|finding| (finding.level, finding.words)).collect()
}

fn changed(world: &World, change: impl FnOnce(&mut Config)) -> Config {
    let mut config = world.config.clone();
    change(&mut config);
    config
}

story!(
    /// All is well with a number that is set up; what is not is told with what to mend, and no secret is shown.
    the_doctor_looks_at_the_number, with_whatsapp(), world => {
        // The simulator notes wrong tokens and ids.
        world.leaves_something();
        assert_eq!(complaints(&world.config).await, []);
        let wrong = changed(&world, |config| config.whatsapp.access_token = Some("hunter2".into()));
        let told = complaints(&wrong).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].0 == Level::Fail && told[0].1.contains("whatsapp.access_token"), "{told:?}");
        assert!(!told[0].1.contains("hunter2"));
        let wrong = changed(&world, |config| config.whatsapp.app_secret = Some("another secret".into()));
        let told = complaints(&wrong).await;
        assert!(told.len() == 1 && told[0].0 == Level::Fail && told[0].1.contains("app_secret"), "{told:?}");
        let wrong = changed(&world, |config| "1".clone_into(&mut config.whatsapp.phone_number_id));
        let told = complaints(&wrong).await;
        assert!(told.len() == 1 && told[0].1.contains("phone_number_id"), "{told:?}");
        let wrong = changed(&world, |config| config.whatsapp.api_url = "http://127.0.0.1:9".to_owned());
        let told = complaints(&wrong).await;
        assert!(told.len() == 1 && told[0].1.contains("whatsapp.api_url"), "{told:?}");
        let other = changed(&world, |config| config.server.public_url = Some("https://lain.example".to_owned()));
        let told = complaints(&other).await;
        assert!(told.iter().any(|(level, words)| *level == Level::Warn && words.contains("https://lain.example/webhooks/whatsapp")), "{told:?}");
        let english = changed(&world, |config| config.company.locale = domain::person::Locale::En);
        let all = doctor::examine(&english).await;
        assert!(all.iter().any(|found| found.words == "WhatsApp: every template is approved."), "{all:?}");
    }
);

story!(
    /// Templates that are missing are submitted with the company's address; what cannot be used is told.
    templates_are_submitted_and_checked, with_whatsapp(), world => {
        let config = changed(&world, |config| "tiket_selesai_v2".clone_into(&mut config.whatsapp.templates.ticket_done.name));
        let (lines, ready) = doctor::templates(&config, false).await.expect("a look");
        assert!(!ready && lines.len() == 12, "{lines:?}");
        assert!(lines.iter().any(|line| line == "tiket_selesai_v2 [id]: belum ada"), "{lines:?}");
        let told = complaints(&config).await;
        assert!(told.len() == 1 && told[0].1.contains("belum ada: tiket_selesai_v2 [id]"), "{told:?}");
        let (lines, ready) = doctor::templates(&config, true).await.expect("submitted");
        assert!(ready && lines.iter().any(|line| line.contains("diajukan")), "{lines:?}");
        let (_, ready) = doctor::templates(&config, false).await.expect("a look");
        assert!(ready);
        let all = world.sim_get("whatsapp/templates").await;
        let all = all["templates"].as_array().expect("templates").clone();
        let id = |name: &str| all.iter().find(|one| one["name"] == name).expect(name)["id"].as_str().expect("an id").to_owned();
        let path = format!("whatsapp/templates/{}/review", id("tiket_selesai_v2"));
        world.sim_post(&path, json!({ "status": "PAUSED" })).await;
        let (lines, ready) = doctor::templates(&config, false).await.expect("a look");
        assert!(!ready && lines.iter().any(|line| line.contains("PAUSED")), "{lines:?}");
    }
);

story!(
    /// Each standing of a template has its own remedy, what nothing says is not missed, and an app that does not hear of
    /// the account is told.
    the_doctor_says_what_to_do, with_whatsapp(), world => {
        let config = changed(&world, |config| {
            "selesai_v9".clone_into(&mut config.whatsapp.templates.ticket_done.name);
            "menuju_v9".clone_into(&mut config.whatsapp.templates.technician_en_route.name);
        });
        let all = world.sim_get("whatsapp/templates").await;
        let all = all["templates"].as_array().expect("templates").clone();
        for (name, status) in [("tiket_dibuat_v1", "PENDING"), ("balasan_cs_v1", "REJECTED")] {
            let id = all.iter().find(|one| one["name"] == name).expect(name)["id"].as_str().expect("an id");
            world.sim_post(&format!("whatsapp/templates/{id}/review"), json!({ "status": status })).await;
        }
        let told = complaints(&config).await;
        let words: Vec<&str> = told.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(words[0].contains("selesai_v9 [id]. Jalankan") && !words[0].contains("menuju_v9"), "{words:?}");
        assert!(words[1].contains("tiket_dibuat_v1 [id]. Tunggu"), "{words:?}");
        assert!(words[2].contains("balasan_cs_v1 [id] REJECTED") && words[2].contains("banding"), "{words:?}");

        for (name, status) in [("tiket_dibuat_v1", "APPROVED"), ("balasan_cs_v1", "APPROVED")] {
            let id = all.iter().find(|one| one["name"] == name).expect(name)["id"].as_str().expect("an id");
            world.sim_post(&format!("whatsapp/templates/{id}/review"), json!({ "status": status })).await;
        }
        let settings = &world.config.whatsapp;
        let url = format!("{}/{}/{}/subscribed_apps", settings.api_url, settings.api_version, settings.business_account_id);
        let token = settings.access_token.as_ref().expect("a token").expose_secret();
        let gone = world.http.delete(url).bearer_auth(token).send().await.expect("an answer");
        assert!(gone.status().is_success());
        let told = complaints(&world.config).await;
        assert!(told.len() == 1 && told[0].0 == Level::Fail && told[0].1.contains("belum berlangganan"), "{told:?}");
    }
);

/// The id of the newest photo that was posted.
async fn newest_photo(world: &World) -> String {
    world.webhooks_taken().await;
    let past = world.sim_get("whatsapp/webhooks").await;
    let bodies = past["webhooks"].as_array().expect("webhooks").iter().rev();
    let mut bodies = bodies.map(|one| match &one["body"] {
        Value::String(text) => serde_json::from_str(text).expect("JSON"),
        other => other.clone(),
    });
    let id = bodies.find_map(|body: Value| {
        let id = body.pointer("/entry/0/changes/0/value/messages/0/image/id")?;
        id.as_str().map(str::to_owned)
    });
    id.expect("a photo")
}

story!(
    /// A photo is had in two steps, is what was told of, and whatever goes wrong says whether to come again.
    photos_are_fetched_in_two_steps, with_whatsapp(), world => {
        let siti = world.customer(1, "Siti").await;
        siti.photo_seed(5).await;
        let id = newest_photo(&world).await;
        let client = Client::new(&world.config.whatsapp).expect("a client").expect("a token");
        let fetch = Fetch::new(client);
        let most = 20 << 20;
        let Fetched::Bytes(bytes) = fetch.fetch(&id, most).await else {
            panic!("no photo");
        };
        assert!(bytes.len() > 1000);
        assert_eq!(fetch.fetch(&id, bytes.len() - 1).await, Fetched::TooLarge);
        let faulty = [
            (json!({ "kind": "cut", "call": "download" }), "trouble"),
            (json!({ "kind": "refused", "call": "download", "http": 404 }), "trouble"),
            (json!({ "kind": "broken", "call": "media_url" }), "trouble"),
            (json!({ "kind": "refused", "call": "media_url", "code": 131_016 }), "trouble"),
            (json!({ "kind": "refused", "call": "media_url", "code": 80_007 }), "flood"),
            (json!({ "kind": "refused", "call": "media_url", "code": 190 }), "locked"),
            (json!({ "kind": "refused", "call": "media_url", "code": 131_052 }), "gone"),
        ];
        for (fault, expected) in faulty {
            world.whatsapp_fault(fault.clone()).await;
            let became = match fetch.fetch(&id, most).await {
                Fetched::Bytes(_) => "bytes",
                Fetched::TooLarge => "too large",
                Fetched::Gone { .. } => "gone",
                Fetched::Flood { .. } => "flood",
                Fetched::Locked { .. } => "locked",
                Fetched::Trouble { .. } => "trouble",
            };
            assert_eq!(became, expected, "{fault}");
        }
        assert!(matches!(fetch.fetch("../1?x=", most).await, Fetched::Gone { .. }));
    }
);
