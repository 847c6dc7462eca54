//! Whatever the order in which the pieces of a visit arrive, its end depends only on what arrived.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::json;

use crate::harness::{Phone, Setup, World, picture, story};
use crate::stories::visit::{begun, card};

/// How many orders are tried on each database.
const ORDERS: u64 = 5;

/// A piece of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Evidence,
    Bast,
    CheckOut,
}

/// Pieces in an order, some twice, some missing.
fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let one = prop_oneof![Just(Piece::Evidence), Just(Piece::Bast), Just(Piece::CheckOut)];
    prop::collection::vec(one, 1..5)
}

fn drawn(seed: u64) -> Vec<Piece> {
    let config = Config {
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    };
    let tree = pieces().new_tree(&mut TestRunner::new(config));
    tree.expect("an order").current()
}

async fn play(world: &World, phone: &Phone, problem: &str, piece: Piece, seed: u64) {
    match piece {
        Piece::Evidence => {
            let job = card(phone, problem, "Upload Bukti").await;
            phone.tap(&job, "Upload Bukti").await;
            phone.sees_button("Selesai").await;
            phone.photo_seed(seed).await;
        }
        Piece::Bast => {
            let job = card(phone, problem, "Upload BAST").await;
            phone.tap(&job, "Upload BAST").await;
            phone.sees_button("Selesai").await;
            phone
                .document("bast.pdf", "application/pdf", &picture::pdf())
                .await;
        }
        Piece::CheckOut => {
            let job = card(phone, problem, "Upload BAST").await;
            if !job["inline_keyboard"].to_string().contains("Check-out") {
                return;
            }
            phone.tap(&job, "Check-out").await;
            let summary = phone.sees_button("Ya, check-out").await;
            phone.tap(&summary, "Ya, check-out").await;
        }
    }
    world.drained().await;
}

/// Telegram delivers what it delivered lately once more.
async fn again(world: &World, phone: &Phone, problem: &str) {
    let job = card(phone, problem, "Upload BAST").await;
    let body = json!({ "message_id": job["message_id"], "forged": "t1|none" });
    let tap = phone.act("tap", body).await;
    phone.answer_to(&tap).await;
    let newest = tap["update_id"].as_i64().expect("an id");
    let mut repeated = 0;
    for id in newest - 15..newest {
        let url = format!("{}/sim/api/updates/{id}/redeliver", world.sim);
        let answer = world.http.post(url).send().await.expect("the simulator answers");
        repeated += usize::from(answer.status().is_success());
    }
    assert!(repeated > 0, "nothing was delivered again");
    world.drained().await;
}

story!(
    the_end_depends_only_on_the_set,
    Setup { flood: false, ..Setup::default() },
    world => {
        for seed in 1..=ORDERS {
            // One for each order: a chat takes a message a second.
            let telegram_id = 1000 + i64::try_from(seed).expect("few");
            let (_, budi) = world.technician(telegram_id, &format!("Budi{seed}")).await;
            budi.bad_signal(30, 40, true, seed).await;
            let order = drawn(seed);
            let problem = format!("Urutan nomor {seed}");
            let ticket = begun(&world, &budi, &problem).await;
            for (step, piece) in order.iter().enumerate() {
                let step = u64::try_from(step).expect("few");
                play(&world, &budi, &problem, *piece, seed * 100 + step).await;
            }
            again(&world, &budi, &problem).await;
            let has = |piece| order.contains(&piece);
            let complete = has(Piece::Evidence) && has(Piece::Bast) && has(Piece::CheckOut);
            let wanted = if complete { "done" } else { "in_progress" };
            world.eventually(wanted, || async { world.look(&ticket).await["status"] == wanted }).await;
            let seen = world.look(&ticket).await;
            assert_eq!(seen["check_out"].is_object(), has(Piece::CheckOut), "{order:?}");
            let count = |kind: &str| {
                let documents = seen["documents"].as_array().expect("documents");
                documents.iter().filter(|document| document["kind"] == kind).count()
            };
            let photos = order.iter().filter(|piece| **piece == Piece::Evidence).count();
            assert_eq!(count("evidence"), photos, "{order:?}");
            assert_eq!(count("bast"), usize::from(has(Piece::Bast)), "the same PDF counts once: {order:?}");
            let once = |event: &str| {
                let timeline = seen["timeline"].as_array().expect("events");
                timeline.iter().filter(|entry| entry["event"] == event).count()
            };
            assert_eq!(once("checked_in"), 1);
            assert_eq!(once("checked_out"), usize::from(has(Piece::CheckOut)));
            assert_eq!(once("ticket_done"), usize::from(complete), "{order:?}");
            budi.good_signal().await;
            world.drained().await;
        }
    }
);
