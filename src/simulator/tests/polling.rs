//! Long polling over HTTP.

use serde_json::json;

use crate::simulator::tests::{Bench, lenient, soon};

#[tokio::test]
async fn a_waiting_poll_gets_what_comes_and_the_offset_confirms_it() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let poll = bench.ok("getUpdates", json!({"timeout": 30}));
    let write = async {
        while bench.get("/bot").await["polls"] == 0 {}
        bench.post("/people/7/message", json!({"text": "/tugas"})).await
    };
    let (found, _) = soon(async { tokio::join!(poll, write) }).await;
    assert_eq!(found[0]["message"]["text"], "/tugas");
    let id = found[0]["update_id"].as_i64().unwrap();
    assert_eq!(
        bench.ok("getUpdates", json!({"offset": id})).await[0]["update_id"],
        id
    );
    assert_eq!(bench.ok("getUpdates", json!({"offset": id + 1})).await, json!([]));
    bench.post(&format!("/updates/{id}/redeliver"), json!({})).await;
    assert_eq!(bench.ok("getUpdates", json!({})).await[0]["update_id"], id);
}

#[tokio::test]
async fn a_second_poll_ends_the_first() {
    let bench = Bench::new(lenient()).await;
    let first = bench.bot("getUpdates", json!({"timeout": 30}));
    let second = async {
        while bench.get("/bot").await["polls"] == 0 {}
        bench.ok("getUpdates", json!({"timeout": 0})).await
    };
    let ((status, body), _) = soon(async { tokio::join!(first, second) }).await;
    assert_eq!(status, 409);
    assert!(
        body["description"]
            .as_str()
            .unwrap()
            .starts_with("Conflict: terminated by other getUpdates")
    );
}

#[tokio::test]
async fn kinds_that_were_not_asked_for_do_not_come() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    bench
        .ok("getUpdates", json!({"allowed_updates": ["callback_query"]}))
        .await;
    bench.post("/people/7/message", json!({"text": "halo"})).await;
    assert_eq!(bench.ok("getUpdates", json!({})).await, json!([]));
}
