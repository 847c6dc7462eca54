//! A bad signal: what is late, twice or out of order, and what is not.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::simulator::tests::{Bench, lenient};

#[tokio::test]
async fn a_late_update_keeps_its_date_and_comes_in_order_when_polled() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    bench.person(8, "Andi").await;
    bench
        .post("/people/7/signal", json!({"late_ms": 150, "doubled": 100}))
        .await;
    let begun = Instant::now();
    bench.post("/people/7/message", json!({"text": "satu"})).await;
    bench.post("/people/7/message", json!({"text": "dua"})).await;
    bench.post("/people/8/message", json!({"text": "lain"})).await;
    assert_eq!(bench.heard().await[0].1["text"], "lain", "only his signal is bad");
    assert_eq!(bench.get("/idle?timeout_ms=0").await["pending"], 2);
    let mut texts = Vec::new();
    while texts.len() < 2 {
        let updates = bench.ok("getUpdates", json!({"timeout": 5})).await;
        for update in updates.as_array().unwrap() {
            texts.push(update["message"]["text"].as_str().unwrap().to_owned());
            let next = update["update_id"].as_i64().unwrap() + 1;
            bench.ok("getUpdates", json!({"offset": next})).await;
        }
    }
    assert!(begun.elapsed() >= Duration::from_millis(150));
    assert_eq!(texts, ["satu", "dua"]);
    assert_eq!(bench.get("/idle?timeout_ms=0").await["pending"], 0);
}

#[tokio::test]
async fn a_good_signal_lets_everything_through_at_once() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    bench.post("/people/7/signal", json!({"late_ms": 60_000})).await;
    bench.post("/people/7/message", json!({"text": "satu"})).await;
    assert!(bench.heard().await.is_empty());
    let url = format!("{}/sim/api/people/7/signal", bench.base);
    assert!(bench.http.delete(url).send().await.unwrap().status().is_success());
    assert_eq!(bench.heard().await[0].1["text"], "satu");
    assert_eq!(bench.cannot("/people/9/signal", json!({})).await, 404);
}
