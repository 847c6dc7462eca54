//! What was kept aside and is tried again, once what broke it is mended.

use serde_json::{Value, json};
use tanggap::app::conversation::hold;

use crate::harness::{World, story};

async fn keep(world: &World, update: &Value) -> String {
    let id = update["update_id"].to_string();
    hold(
        &world.running.app,
        "telegram",
        &id,
        update.to_string(),
        "it broke".to_owned(),
    )
    .await
    .expect("kept");
    let kept = world.admin.get("quarantine").await.expect(200);
    let inputs = kept["data"].as_array().expect("inputs");
    let found = inputs.iter().find(|input| input["external_id"] == json!(id));
    found.expect("it is there")["id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

/// Tries a kept input again, and waits until it is done.
async fn again(world: &World, id: &str) {
    let retry = format!("quarantine/{id}/retry");
    assert!(world.admin.post(&retry, json!({})).await.status.is_success());
    world
        .eventually("it is handled", || async {
            let now = world.admin.get("quarantine").await.expect(200);
            let inputs = now["data"].as_array().expect("inputs");
            inputs
                .iter()
                .any(|input| input["id"] == json!(id) && input["state"] == "handled")
        })
        .await;
}

fn from_budi() -> Value {
    json!({ "id": 1001, "is_bot": false, "first_name": "Budi", "language_code": "id" })
}

story!(
    /// A message is answered when it is tried again, and only once.
    a_kept_message_is_answered_in_the_end, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let chat = json!({ "id": 1001, "type": "private", "first_name": "Budi" });
        let update = json!({ "update_id": 910_001, "message": {
            "message_id": 5, "date": 1_790_000_000, "chat": chat, "from": from_budi(), "text": "/tugas" } });
        let id = keep(&world, &update).await;
        assert_eq!(budi.messages().await.len(), 0);
        again(&world, &id).await;
        budi.sees("Belum ada tugas").await;
        world.drained().await;
        assert_eq!(budi.count("Belum ada tugas").await, 1);
        assert_eq!(world.number("SELECT COUNT(*) FROM inbox WHERE payload IS NOT NULL").await, 0);
        world.leaves_something();
    }
);

story!(
    /// A press that changes nothing has no row of its own; its kept row still comes to an end.
    a_kept_press_that_loses_comes_to_an_end, world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        let (_, andi) = world.technician(1002, "Andi").await;
        world.ticket(&basics, "Rebutan").await;
        let offer = andi.sees("Rebutan").await;
        budi.sees("Rebutan").await;
        andi.tap(&offer, "Ambil Job").await;
        let update = json!({ "update_id": 910_002, "callback_query": {
            "id": "1", "chat_instance": "1", "data": "t1|clm|1|0", "from": from_budi() } });
        let id = keep(&world, &update).await;
        again(&world, &id).await;
        world.leaves_something();
    }
);
