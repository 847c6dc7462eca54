//! Many at once: exactly one winner, everyone answered, nobody above his quota.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::harness::{Setup, World, story};

const RACERS: i64 = 500;

story!(
    /// Five hundred technicians tap one ticket within a second, through HTTP.
    five_hundred_tap_one_ticket,
    Setup { flood: false, adjust: |config| config.telegram.pool_chat_id = Some(-100_500), ..Setup::default() },
    world => {
        let basics = world.basics().await;
        crowd(&world, RACERS).await;
        world.ticket(&basics, "Rebutan besar").await;
        world.drained().await;
        let people: Vec<i64> = (1..=RACERS).map(|n| 10_000 + n).collect();
        let race = json!({ "text": "Rebutan besar", "people": people, "within_ms": 1000, "seed": 7 });
        world.sim_post("race", race).await;
        world.eventually("all are answered", || async { world.sim_get("idle").await["idle"] == json!(true) }).await;
        world.drained().await;

        let taps = world.sim_get("taps").await;
        let taps = taps["taps"].as_array().expect("taps");
        assert_eq!(taps.len(), 500);
        let said = |tap: &Value, words: &str| tap["answer"]["text"].as_str().is_some_and(|t| t.contains(words));
        let winners: Vec<&Value> = taps.iter().filter(|tap| said(tap, "Anda mendapat")).collect();
        let losers = taps.iter().filter(|tap| said(tap, "Sudah diambil")).count();
        assert_eq!((winners.len(), losers), (1, 499));

        let ticket = &world.admin.get("tickets").await.expect(200)["data"][0];
        let seen = world.look(ticket).await;
        let winner = winners[0]["person"].as_i64().expect("a person");
        assert_eq!(seen["technician"]["name"], json!(format!("T{winner}")), "whoever was told has it");
        let claims: Vec<&Value> = seen["timeline"]
            .as_array()
            .expect("events")
            .iter()
            .filter(|event| event["event"] == "ticket_claimed")
            .collect();
        assert_eq!(claims.len(), 1, "one audit row");
        assert_eq!(world.known(winner).count("Bapak Hartono").await, 1, "one card");
    }
);

story!(
    /// Five technicians with a quota of one race for eight tickets: five are taken, one each.
    nobody_goes_over_his_quota,
    Setup {
        flood: false,
        adjust: |config| {
            config.telegram.pool_chat_id = Some(-100_500);
            config.dispatch.daily_quota = 2;
        },
        ..Setup::default()
    },
    world => {
        let basics = world.basics().await;
        crowd(&world, 5).await;
        for n in 0..8 {
            world.ticket(&basics, &format!("Rebutan {n:02}")).await;
        }
        // Now each may take one only, as if the day had begun so.
        for user in world.admin.get("users?limit=200").await.expect(200)["data"].as_array().expect("people") {
            if user["role"] == "technician" {
                let path = format!("users/{}", user["id"].as_str().expect("an id"));
                world.admin.patch(&path, json!({ "daily_quota": 1 })).await.expect(200);
            }
        }
        world.drained().await;
        let people: Vec<i64> = (1..=5).map(|n| 10_000 + n).collect();
        for n in 0..8 {
            let race = json!({ "text": format!("Rebutan {n:02}"), "people": people, "within_ms": 20, "seed": n });
            world.sim_post("race", race).await;
        }
        world.eventually("all are answered", || async { world.sim_get("idle").await["idle"] == json!(true) }).await;
        let tickets = world.admin.get("tickets?limit=200").await.expect(200);
        let mut held: HashMap<String, u32> = HashMap::new();
        for ticket in tickets["data"].as_array().expect("tickets") {
            if let Some(id) = ticket["technician"]["id"].as_str() {
                *held.entry(id.to_owned()).or_default() += 1;
            }
        }
        assert_eq!(held.len(), 5, "every place was taken");
        assert!(held.values().all(|count| *count == 1), "{held:?}");
    }
);

/// So many technicians in the pool group.
async fn crowd(world: &World, count: i64) {
    let people: Vec<i64> = (1..=count).map(|n| 10_000 + n).collect();
    for id in &people {
        world.technician_quick(*id).await;
    }
    world
        .sim_post(
            "groups",
            json!({ "id": -100_500, "title": "Pool", "members": people, "bot_admin": true }),
        )
        .await;
}
