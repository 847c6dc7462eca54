//! The outbox against a service that refuses, stalls and breaks.

use serde_json::json;

use crate::harness::{World, story};

async fn fault(world: &World, order: serde_json::Value) {
    world.sim_post("faults", order).await;
}

story!(
    /// Too many requests, server errors, lost connections: everything arrives once.
    troubles_pass, world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        let (_, andi) = world.technician(1002, "Andi").await;
        fault(&world, json!({ "kind": "429", "method": "sendMessage", "chat_id": 1001, "retry_after": 1, "count": 1 })).await;
        fault(&world, json!({ "kind": "500", "method": "sendMessage", "chat_id": 1002, "count": 2 })).await;
        world.ticket(&basics, "Banyak gangguan").await;
        budi.sees("Banyak gangguan").await;
        andi.sees("Banyak gangguan").await;
        fault(&world, json!({ "kind": "drop-before", "method": "sendMessage", "count": 2 })).await;
        world.ticket(&basics, "Putus sambungan").await;
        budi.sees("Putus sambungan").await;
        andi.sees("Putus sambungan").await;
        world.drained().await;
        for phone in [&budi, &andi] {
            assert_eq!(phone.count("Banyak gangguan").await, 1);
            assert_eq!(phone.count("Putus sambungan").await, 1);
        }
        let sent = world.admin.get("deliveries?state=failed").await.expect(200);
        assert_eq!(sent["data"], json!([]));
    }
);

story!(
    /// Who blocked the bot is marked unreachable, told of to the admin, and seen on the ticket.
    the_blocked_are_marked, world => {
        let basics = world.basics().await;
        let (account, budi) = world.technician(1001, "Budi").await;
        let (_, andi) = world.technician(1002, "Andi").await;
        fault(&world, json!({ "kind": "403", "chat_id": 1001, "count": 1 })).await;
        let ticket = world.ticket(&basics, "Tak terjangkau").await;
        andi.sees("Tak terjangkau").await;
        world.drained().await;
        let path = format!("users/{}", account["id"].as_str().expect("an id"));
        assert_eq!(world.admin.get(&path).await.expect(200)["reachable"], json!(false));
        let failed = world.admin.get("deliveries?state=failed").await.expect(200);
        assert_eq!(failed["data"][0]["about"]["ticket_id"], ticket["id"]);
        assert!(failed["data"][0]["error"].is_string());
        assert!(!failed["data"][0]["recipient"].as_str().expect("masked").contains("1001"));
        // He writes: he can be written to.
        budi.write("/bantuan").await;
        budi.sees("/tersedia").await;
        assert_eq!(world.admin.get(&path).await.expect(200)["reachable"], json!(true));
        let retry = format!("deliveries/{}/retry", failed["data"][0]["id"].as_str().expect("an id"));
        assert!(world.admin.post(&retry, json!({})).await.status.is_success());
        budi.sees("Tak terjangkau").await;
    }
);

story!(
    /// A win while offers are still being sent: the rest is never sent, and nobody keeps an open offer.
    an_early_win_stops_the_broadcast, world => {
        let basics = world.basics().await;
        let mut phones = Vec::new();
        for n in 0..40 {
            phones.push(world.technician_quick(2000 + n).await);
        }
        world.ticket(&basics, "Cepat sekali").await;
        let offer = phones[0].sees("Cepat sekali").await;
        phones[0].tap(&offer, "Ambil Job").await;
        world.drained().await;
        let mut offered = 0;
        for phone in &phones {
            let messages = phone.messages().await;
            for message in messages.iter().filter(|m| m["text"].as_str().is_some_and(|t| t.contains("TKT-"))) {
                let text = message["text"].as_str().expect("words");
                let is_card = text.contains("Hartono");
                offered += usize::from(!is_card);
                assert!(is_card || text.contains("Diambil"), "an open offer is left: {text}");
            }
        }
        assert!(offered < 40, "the broadcast went on after the win");
    }
);
