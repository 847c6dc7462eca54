//! Emergencies that are decided, raised and overtaken at the same moment.

use serde_json::{Value, json};
use tanggap::app::alerts;

use crate::harness::{Setup, World, story};
use crate::stories::alerts::{
    admin, alerts_of, decide, due, given, id, look_around, morning, number, open, overdue,
};
use crate::stories::visit::{card, words};

/// How often a race is run.
const ROUNDS: usize = 6;

story!(
    /// Two admins decide at once, by API and by chat: one decision counts, and the other hears whose.
    two_admins_decide_at_once, morning(), world => {
        let basics = world.basics().await;
        let (budi, _) = world.technician_with(1001, "Budi", json!({ "daily_quota": 50 })).await;
        let (andi, _) = world.technician_with(1002, "Andi", json!({ "daily_quota": 50 })).await;
        let (_, siti) = admin(&world, 5001, "Siti", true).await;
        for round in 0..ROUNDS {
            let problem = format!("Berebut {round}");
            let ticket = given(&world, &basics, &problem, &budi).await;
            let alert = overdue(&world, &ticket).await;
            let card = siti.sees_button("Lanjut 30").await;
            let (by_api, by_chat, again) = tokio::join!(
                decide(&world, &alert, json!({ "decision": "replace", "technician_id": andi["id"] })),
                siti.tap(&card, "Lanjut 30"),
                decide(&world, &alert, json!({ "decision": "continue", "minutes": 60 })),
            );
            let statuses = [by_api.status.as_u16(), again.status.as_u16()];
            world.drained().await;
            let decided = &alerts_of(&world, &ticket).await[0];
            assert_eq!(decided["state"], "decided");
            let seen = world.look(&ticket).await;
            let deeds = seen["timeline"].as_array().expect("events").iter().filter(|event| {
                ["check_in_put_off", "technician_replaced"].contains(&event["event"].as_str().unwrap_or_default())
            });
            assert_eq!(deeds.count(), 1, "one decision counts: {seen}");
            let toast = words(&by_chat);
            match (decided["decided_by"]["name"].as_str(), decided["decision"].as_str()) {
                (Some("Siti"), Some("continue")) => {
                    assert_eq!(statuses, [409, 409]);
                    assert!(toast.contains("dilanjutkan Siti"), "{toast}");
                    assert_eq!(seen["technician"]["id"], budi["id"]);
                }
                (Some("Rina"), Some("continue")) => {
                    assert_eq!(statuses, [409, 200]);
                    assert!(toast.contains("dilanjutkan Rina"), "{toast}");
                }
                (Some("Rina"), Some("replace")) => {
                    assert_eq!(statuses, [200, 409]);
                    assert!(toast.contains("diganti Andi"), "{toast}");
                    assert_eq!(seen["technician"]["id"], andi["id"]);
                }
                other => panic!("{other:?}"),
            }
            // Out of the way of the next round.
            let why = json!({ "reason": "Ronde selesai" });
            world.admin.post(&format!("tickets/{}/cancel", id(&ticket)), why).await.expect(200);
            world.drained().await;
        }
    }
);

story!(
    /// A late check-in against a replacement: whichever is committed first wins, and the other hears it.
    a_late_check_in_against_a_replacement, morning(), world => {
        let basics = world.basics().await;
        let (budi, phone) = world.technician_with(1001, "Budi", json!({ "daily_quota": 50 })).await;
        world.technician_with(1002, "Andi", json!({ "daily_quota": 50 })).await;
        let (mut arrived, mut replaced) = (0, 0);
        for round in 0..ROUNDS {
            let problem = format!("Terlambat {round}");
            let ticket = given(&world, &basics, &problem, &budi).await;
            let alert = overdue(&world, &ticket).await;
            let job = card(&phone, &problem, "Check-in").await;
            phone.tap(&job, "Check-in").await;
            world.drained().await;
            let place = phone.live_location(-6.8915, 107.6107, 10.0);
            let (decision, live) = if round % 2 == 0 {
                tokio::join!(decide(&world, &alert, json!({ "decision": "replace" })), place)
            } else {
                let (live, decision) = tokio::join!(place, decide(&world, &alert, json!({ "decision": "replace" })));
                (decision, live)
            };
            world.eventually("it is over", || async { open(&world, &ticket).await.is_none() }).await;
            world.drained().await;
            live.stop().await;
            world.drained().await;
            let seen = world.look(&ticket).await;
            let ended = &alerts_of(&world, &ticket).await[0];
            if seen["status"] == "in_progress" {
                arrived += 1;
                assert_eq!(decision.problem(409), "wrong-state");
                assert_eq!((&ended["state"], &ended["resolution"]), (&json!("resolved"), &json!("checked_in")));
                assert_eq!(seen["technician"]["id"], budi["id"]);
            } else {
                replaced += 1;
                decision.expect(200);
                assert_eq!((&seen["status"], &seen["check_in"]), (&json!("open"), &Value::Null));
                assert_eq!((&ended["state"], &ended["decision"]), (&json!("decided"), &json!("replace")));
            }
            let why = json!({ "reason": "Ronde selesai" });
            world.admin.post(&format!("tickets/{}/cancel", id(&ticket)), why).await.expect(200);
            phone.write("/batal").await;
            world.drained().await;
        }
        assert_eq!(arrived + replaced, ROUNDS);
    }
);

story!(
    /// Whoever was chosen has no place left, or may not have the ticket: nothing changes, and the admin hears why.
    a_choice_that_cannot_be, morning(), world => {
        let basics = world.basics().await;
        let (budi, _) = world.technician_with(1001, "Budi", json!({ "daily_quota": 9 })).await;
        let (joko, _) = world.technician_with(1002, "Joko", json!({ "daily_quota": 1 })).await;
        let (_, siti) = admin(&world, 5001, "Siti", true).await;
        let ticket = given(&world, &basics, "Sulit diganti", &budi).await;
        let alert = overdue(&world, &ticket).await;
        let raised = siti.sees_button("Ganti TS").await;
        given(&world, &basics, "Kuota Joko", &joko).await;
        let full = siti.forge(&raised, &format!("t1|ey|{}|{}", id(&alert), id(&joko))).await;
        assert!(words(&full).contains("Kuota Joko hari itu sudah penuh (1/1)"), "{full}");
        let refused = decide(&world, &alert, json!({ "decision": "replace", "technician_id": joko["id"] })).await;
        assert_eq!(refused.problem(409), "quota-exhausted");
        let seen = world.look(&ticket).await;
        assert_eq!((&seen["technician"]["id"], &seen["status"]), (&budi["id"], &json!("assigned")));
        assert!(open(&world, &ticket).await.is_some());
        let gone = siti.forge(&raised, &format!("t1|ey|{}|{}", id(&alert), id(&budi))).await;
        assert!(words(&gone).contains("baru saja berubah"), "{gone}");
        assert!(open(&world, &ticket).await.is_some());

        // Replaced once, never again on this ticket.
        decide(&world, &alert, json!({ "decision": "replace" })).await.expect(200);
        let (andi, _) = world.technician(1003, "Andi").await;
        let to = json!({ "technician_id": andi["id"] });
        world.admin.post(&format!("tickets/{}/assign", id(&ticket)), to).await.expect(200);
        let alert = overdue(&world, &ticket).await;
        let barred = decide(&world, &alert, json!({ "decision": "replace", "technician_id": budi["id"] })).await;
        assert_eq!(barred.problem(409), "conflict");
        assert_eq!(world.look(&ticket).await["technician"]["id"], andi["id"]);
        world.drained().await;
        let raised = card(&siti, number(&ticket), "Ganti TS").await;
        siti.tap(&raised, "Ganti TS").await;
        world.drained().await;
        let list = siti.sees("Tidak ada teknisi lain").await;
        assert!(!list["inline_keyboard"].to_string().contains("Budi"), "{list}");
    }
);

story!(
    /// Whoever looks, and however often at once: an emergency is raised once and repeated once.
    raised_once_whoever_looks, Setup { flood: false, ..morning() }, world => {
        let basics = world.basics().await;
        let (budi, _) = world.technician_with(1001, "Budi", json!({ "daily_quota": 50 })).await;
        let (_, siti) = admin(&world, 5001, "Siti", true).await;
        let mut tickets = Vec::new();
        for n in 0..8 {
            tickets.push(given(&world, &basics, &format!("Serentak {n}"), &budi).await);
        }
        world.drained().await;
        let second = if world.backend.is_sqlite() { None } else { Some(world.second().await) };
        let (one, other) = (&world.running.app, second.as_ref().map_or(&world.running.app, |second| &second.running.app));
        let last = due(&world, &tickets[7]).await;
        for (minutes, repeats) in [(1, 0), (7, 1), (13, 2)] {
            world.clock.set(last + chrono::TimeDelta::minutes(minutes));
            let looks = [one, other, one, other].map(alerts::watch);
            for look in futures::future::join_all(looks).await {
                look.expect("looked");
            }
            world.drained().await;
            for ticket in &tickets {
                let all = alerts_of(&world, ticket).await;
                assert_eq!(all.len(), 1, "one each");
                assert_eq!(all[0]["repeats"], json!(repeats));
            }
            let told = usize::try_from(repeats + 1).expect("small") * tickets.len();
            assert_eq!(siti.count("belum dimulai").await, told);
        }
        // The first to end takes nothing with it: the rest is in the database.
        if let Some(second) = second {
            let path = format!("alerts/{}/decision", id(&open(&world, &tickets[0]).await.expect("open")));
            second.admin.post(&path, json!({ "decision": "continue", "minutes": 15 })).await.expect(200);
            second.running.stop().await;
        }
        world.clock.set(last + chrono::TimeDelta::minutes(19));
        look_around(&world).await;
        let repeated = open(&world, &tickets[7]).await.expect("open");
        assert_eq!(repeated["repeats"], 3);
    }
);

/// The product stops while an emergency waits, and is started again later: it goes on where it was, and tells once
/// what was missed meanwhile.
#[test]
fn a_restart_forgets_nothing() {
    crate::harness::tell("restart", morning(), |world| {
        Box::pin(async move {
            let world = Box::pin(begun_again(world)).await;
            world.finish().await;
        })
    });
}

async fn begun_again(world: World) -> World {
    let basics = world.basics().await;
    let (budi, _) = world.technician(1001, "Budi").await;
    let (_, siti) = admin(&world, 5001, "Siti", true).await;
    let ticket = given(&world, &basics, "Menunggu lama", &budi).await;
    let due_at = due(&world, &ticket).await;
    overdue(&world, &ticket).await;
    let world = world.restarted().await;
    world.clock.set(due_at + chrono::TimeDelta::minutes(58));
    look_around(&world).await;
    let alert = open(&world, &ticket).await.expect("still open");
    assert_eq!(alert["repeats"], 1, "missed repeats are told as one");
    assert_eq!(siti.count("belum dimulai").await, 2);
    let card = siti.sees_button("Lanjut 60").await;
    let answer = siti.tap(&card, "Lanjut 60").await;
    assert!(words(&answer).contains("dilanjutkan Siti"), "{answer}");
    world
}
