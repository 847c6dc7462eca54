//! Clear answers, and nothing changed: what does not belong in a visit.

use serde_json::{Value, json};

use crate::harness::{Phone, World, picture, story};
use crate::stories::visit::{begun, card, won};

/// What the ticket has, but for when it was looked at.
async fn facts(world: &World, ticket: &Value) -> (Value, Value, usize) {
    let seen = world.look(ticket).await;
    let files = seen["documents"].as_array().map_or(0, Vec::len);
    (seen["status"].clone(), seen["check_in"]["at"].clone(), files)
}

/// Writes something, and waits for one more message with these words.
async fn hears(world: &World, phone: &Phone, said: &str, answer: &str) {
    let before = phone.count(answer).await;
    phone.write(said).await;
    world
        .eventually(answer, || async { phone.count(answer).await > before })
        .await;
}

story!(
    /// An album that mixes kinds: its photos count, the rest is refused with a line that helps.
    an_album_that_mixes_kinds, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = begun(&world, &budi, "Album campur").await;
        budi.tap_text("Upload Bukti").await;
        budi.sees("Bukti TKT-").await;
        let photo = |seed: u64| json!({ "kind": "photo", "seed": seed });
        budi.album_of(vec![photo(1), json!({ "kind": "video" }), photo(2)]).await;
        budi.sees("2 foto masuk").await;
        budi.sees("kirim foto, atau tekan").await;
        world.drained().await;
        let (status, _, files) = facts(&world, &ticket).await;
        assert_eq!((status, files), (json!("in_progress"), 2));
        budi.tap_text("Selesai").await;
        budi.sees("seluruhnya 2").await;
    }
);

story!(
    /// A ticket that is over takes no photo, whether its mode stood open, its prompt is answered, or a button is old.
    a_finished_ticket_takes_no_photo, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = begun(&world, &budi, "Sudah ditutup").await;
        let job = card(&budi, "Sudah ditutup", "Check-out").await;
        budi.tap(&job, "Check-out").await;
        budi.tap_text("Ya, check-out").await;
        budi.tap_text("Upload BAST").await;
        budi.document("bast.pdf", "application/pdf", &picture::pdf()).await;
        budi.sees("1 lembar masuk").await;
        budi.tap_text("Upload Bukti").await;
        let prompt = budi.sees("Bukti TKT-").await;
        budi.photo_seed(1).await;
        budi.sees("selesai. Terima kasih").await;
        world.drained().await;
        let path = format!("tickets/{}/close", ticket["id"].as_str().expect("an id"));
        world.admin.post(&path, json!({ "reason": "Garansi" })).await.expect(200);
        world.drained().await;
        let before = facts(&world, &ticket).await;
        assert_eq!((&before.0, before.2), (&json!("closed"), 2));

        budi.photo_seed(2).await;
        budi.sees("tidak lagi menerima foto").await;
        let said = budi.count("tidak lagi menerima foto").await;
        budi.reply_with_photo(&prompt, &picture::jpeg(3)).await;
        world.eventually("he is told again", || async { budi.count("tidak lagi menerima foto").await > said }).await;
        budi.photo_seed(4).await;
        budi.sees("Belum ada tugas yang menerima foto").await;
        let id = ticket["id"].as_str().expect("an id");
        for verb in ["upl", "cin", "gps", "cout", "coy", "con"] {
            let kind = if verb == "upl" { "|ev" } else { "" };
            let refused = budi.forge(&prompt, &format!("t1|{verb}|{id}|1{kind}")).await;
            assert_eq!(refused["show_alert"], json!(true), "{verb}: {refused}");
        }
        world.drained().await;
        assert_eq!(facts(&world, &ticket).await, before);
    }
);

story!(
    /// Words in every prompt of a visit that asks for something else: each is answered, and nothing happens.
    words_in_every_prompt, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = won(&world, &budi, "Banyak tanya").await;
        let degrees = |field: &str| ticket[field].as_f64().expect("a site");
        let (latitude, longitude) = (degrees("latitude"), degrees("longitude"));
        let untouched = facts(&world, &ticket).await;
        budi.tap_text("Check-in").await;
        budi.sees("Bagikan lokasi terkini").await;
        hears(&world, &budi, "sudah sampai", "saya menunggu lokasi Anda").await;
        // A reason that is too short is none, here and where a job is given back.
        budi.static_location(latitude + 0.05, longitude).await;
        budi.sees("kirim foto tempat itu").await;
        hears(&world, &budi, "x", "terlalu pendek").await;
        budi.tap_text("Lepas").await;
        budi.sees("Mengapa Anda melepas").await;
        hears(&world, &budi, "y", "terlalu pendek").await;
        assert_eq!(facts(&world, &ticket).await, untouched);

        budi.tap_text("Check-in").await;
        budi.static_location(latitude, longitude).await;
        budi.sees("Kirim satu foto bagian depan").await;
        hears(&world, &budi, "nanti", "Kirim satu foto bagian depan").await;
        budi.photo_seed(1).await;
        budi.sees("diterima").await;
        world.drained().await;
        let begun = facts(&world, &ticket).await;
        assert_eq!(begun.0, json!("in_progress"));
        budi.tap_text("Upload Bukti").await;
        hears(&world, &budi, "ini fotonya", "kirim foto, atau tekan").await;
        budi.tap_text("Upload BAST").await;
        hears(&world, &budi, "ini BAST-nya", "kirim foto atau PDF").await;
        budi.tap_text("Selesai").await;
        budi.tap_text("Check-out").await;
        budi.sees_button("Ya, check-out").await;
        hears(&world, &budi, "ya", "saya belum mengerti").await;
        budi.photo_seed(2).await;
        budi.sees("untuk pekerjaan yang mana").await;
        hears(&world, &budi, "yang ini", "saya belum mengerti").await;
        world.drained().await;
        assert_eq!(facts(&world, &ticket).await, begun);
    }
);
