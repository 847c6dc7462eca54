//! What a visit leaves behind: kept as long as it is needed, and no longer; and nothing is left without an owner.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tanggap::app::{conversation, documents, retention, uploads};

use crate::harness::{PASSWORD, Setup, World, picture, story};
use crate::stories::documents::stands;
use crate::stories::visit::{begun, won};

fn long_ago() -> Setup {
    Setup {
        frozen: Some("2026-11-23T03:00:00Z"),
        flood: false,
        ..Setup::default()
    }
}

async fn linked_admin(world: &World) -> crate::harness::Phone {
    let admin = world.phone(900, "Rina", true).await;
    let me = world.admin.get("auth/me").await.expect(200);
    let path = format!("users/{}", me["id"].as_str().expect("an id"));
    let link = json!({ "telegram_id": 900, "version": me["version"] });
    world.admin.patch(&path, link).await.expect(200);
    admin
}

story!(
    /// Photos that nobody has placed are asked after once more, the admins hear of them, and in the end they go.
    photos_of_no_job_are_not_forgotten, long_ago(), world => {
        // Years go by, and the admin's session with them.
        world.leaves_something();
        let admin = linked_admin(&world).await;
        let (_, budi) = world.technician(1001, "Budi").await;
        begun(&world, &budi, "Tanpa tujuan").await;
        budi.album(vec![picture::jpeg(1), picture::jpeg(2)]).await;
        budi.sees("untuk pekerjaan yang mana").await;
        world.drained().await;
        let app = &world.running.app;
        assert_eq!(uploads::ask_again(app).await.expect("looked"), 0, "he may still answer");
        world.clock.advance(TimeDelta::minutes(61));
        assert_eq!(uploads::ask_again(app).await.expect("asked"), 1);
        budi.sees("2 foto ini untuk pekerjaan yang mana").await;
        admin.sees("2 foto dari Budi belum jelas").await;
        assert_eq!(uploads::ask_again(app).await.expect("looked"), 0, "once is enough");

        let unplaced = "SELECT COUNT(*) FROM documents WHERE ticket_id IS NULL AND state = 'ready'";
        assert_eq!(world.number(unplaced).await, 2);
        world.clock.advance(TimeDelta::days(i64::from(world.config.retention.photo_days) + 1));
        assert_eq!(documents::past_their_time(app).await.expect("erased"), 3, "and where he was");
        assert_eq!(world.number(unplaced).await, 0);
        assert!(app.files.list().await.expect("listed").is_empty());
    }
);

story!(
    /// Where a technician was is erased in time: nobody sees it any more, and the visit's verdict stays.
    positions_are_erased_in_time, long_ago(), world => {
        world.leaves_something();
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = begun(&world, &budi, "Sudah lama").await;
        assert!(ticket["check_in"]["latitude"].is_number(), "{ticket}");
        stands(&world, &ticket, "closed").await;
        let app = &world.running.app;
        assert_eq!(documents::past_their_time(app).await.expect("looked"), 0);
        world.clock.advance(TimeDelta::days(i64::from(world.config.retention.location_days) + 1));
        assert!(documents::past_their_time(app).await.expect("erased") >= 1);
        let admin = world.admin.sign_in("rina", PASSWORD).await;
        let path = format!("tickets/{}", ticket["id"].as_str().expect("an id"));
        let seen = admin.get(&path).await.expect(200);
        let check_in = &seen["check_in"];
        assert_eq!((&check_in["latitude"], &check_in["longitude"]), (&Value::Null, &Value::Null));
        assert_eq!(check_in["verdict"], "verified");
    }
);

story!(
    /// What messages said goes with the customer, and of everyone after a month.
    words_are_forgotten, long_ago(), world => {
        world.leaves_something();
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = won(&world, &budi, "Pindah rumah").await;
        let other = won(&world, &budi, "Tetap di sini").await;
        world.drained().await;
        let kept = "SELECT COUNT(*) FROM outbox WHERE payload LIKE '%Jl. Melati%'";
        assert!(world.number(kept).await > 0);
        let path = format!("tickets/{}/cancel", ticket["id"].as_str().expect("an id"));
        world.admin.post(&path, json!({ "reason": "Pelanggan pindah" })).await.expect(200);
        budi.sees("dibatalkan").await;
        world.drained().await;
        let of_him = format!("{kept} AND ticket_id = {}", ticket["id"].as_str().expect("an id"));
        assert!(world.number(&of_him).await > 0);
        let path = format!("customers/{}?erase=true", ticket["customer"]["id"].as_str().expect("an id"));
        assert_eq!(world.admin.delete(&path).await.status.as_u16(), 204);
        assert_eq!(world.number(&of_him).await, 0);
        let of_the_other = format!("{kept} AND ticket_id = {}", other["id"].as_str().expect("an id"));
        assert!(world.number(&of_the_other).await > 0, "another customer's are still needed");

        let app = &world.running.app;
        world.clock.advance(TimeDelta::days(31));
        retention::forget(app).await.expect("forgotten");
        assert_eq!(world.number(kept).await, 0);
    }
);

story!(
    /// Raw inputs hold places: what nobody decided about is not kept for longer than those.
    held_inputs_do_not_outlive_places, long_ago(), world => {
        world.leaves_something();
        let app = &world.running.app;
        let raw = r#"{"update_id":910009,"message":{"location":{"latitude":-6.9,"longitude":107.6}}}"#;
        conversation::hold(app, "telegram", "910009", raw.to_owned(), "it broke".to_owned()).await.expect("kept");
        let places = "SELECT COUNT(*) FROM inbox WHERE payload LIKE '%107.6%'";
        retention::forget(app).await.expect("looked");
        assert_eq!(world.number(places).await, 1);
        world.clock.advance(TimeDelta::days(i64::from(world.config.retention.location_days) + 1));
        retention::forget(app).await.expect("forgotten");
        assert_eq!(world.number(places).await, 0);
        let admin = world.admin.sign_in("rina", PASSWORD).await;
        let seen = admin.get("quarantine?state=discarded").await.expect(200);
        assert_eq!(seen["data"][0]["external_id"], "910009");
    }
);

story!(
    /// Who changes a ticket sees in the answer where its technician was: that is a look, and written down.
    a_deed_that_shows_a_place_is_a_look, long_ago(), world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = begun(&world, &budi, "Dilihat").await;
        let looks = "SELECT COUNT(*) FROM audit WHERE action = 'location_viewed'";
        assert_eq!(world.number(looks).await, 1, "the story itself has looked");
        world.clock.advance(TimeDelta::minutes(16));
        let path = format!("tickets/{}", ticket["id"].as_str().expect("an id"));
        let change = json!({ "problem": "Dilihat, dan diubah", "version": ticket["version"] });
        let seen = world.admin.patch(&path, change).await.expect(200);
        assert!(seen["check_in"]["latitude"].is_number());
        assert_eq!(world.number(looks).await, 2);
    }
);
