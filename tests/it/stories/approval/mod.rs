//! Prices that sales decide in Telegram: who is asked, what they press and type, and what each of them sees.

mod list;
mod photos;
mod races;
mod revise;

use serde_json::{Value, json};

use crate::harness::{Api, Phone, World, story};

/// Someone of sales with a phone and a token.
pub(crate) struct Seller {
    pub(crate) id: String,
    pub(crate) phone: Phone,
    pub(crate) api: Api,
}

/// Sales with this limit, in percent.
pub(crate) async fn seller(world: &World, telegram_id: i64, name: &str, limit: Value) -> Seller {
    let phone = world.phone(telegram_id, name, true).await;
    let username = name.to_lowercase();
    let form = json!({ "username": username, "name": name, "role": "sales", "password": "sandi awal 1",
        "telegram_id": telegram_id, "discount_limit_percent": limit });
    let user = world.admin.post("users", form).await.expect(201);
    let api = world.admin.anonymous().sign_in(&username, "sandi awal 1").await;
    let change = json!({ "current": "sandi awal 1", "new": "sandi yang baru" });
    api.post("auth/password", change).await.expect(204);
    let id = user["id"].as_str().expect("an id").to_owned();
    Seller { id, phone, api }
}

/// An admin whom Telegram reaches.
pub(crate) async fn office(world: &World) -> Phone {
    let phone = world.phone(5001, "Agus", true).await;
    let form = json!({ "username": "agus", "name": "Agus", "role": "admin", "password": "sandi awal 1",
        "telegram_id": 5001 });
    world.admin.post("users", form).await.expect(201);
    phone
}

/// Somebody who can have jobs, as many as a story needs.
pub(crate) async fn technician(world: &World) -> Phone {
    let many = json!({ "daily_quota": 50 });
    world.technician_with(1001, "Budi", many).await.1
}

/// A job that the database says is done, and its draft of Rp250.000.
pub(crate) async fn draft(world: &World, problem: &str) -> Value {
    let basics = world.basics().await;
    let ticket = world.ticket(&basics, problem).await;
    let id = ticket["id"].as_str().expect("an id");
    world
        .order(&format!(
            "UPDATE tickets SET status = 'done', technician_id = (SELECT id FROM users WHERE role = 'technician') \
             WHERE id = {id}"
        ))
        .await;
    let draft = world
        .admin
        .post(&format!("tickets/{id}/invoice"), json!({}))
        .await;
    draft.expect(201)
}

/// The same, and sales are asked.
pub(crate) async fn submitted(world: &World, problem: &str) -> Value {
    let draft = draft(world, problem).await;
    act(&world.admin, &draft, "submit", json!({})).await
}

pub(crate) async fn act(who: &Api, invoice: &Value, verb: &str, form: Value) -> Value {
    who.post(&path(invoice, verb), form).await.expect(200)
}

pub(crate) fn path(invoice: &Value, verb: &str) -> String {
    format!("invoices/{}/{verb}", invoice["id"].as_str().expect("an id"))
}

/// The invoice as the API shows it now.
pub(crate) async fn look(world: &World, invoice: &Value) -> Value {
    let id = invoice["id"].as_str().expect("an id");
    world.admin.get(&format!("invoices/{id}")).await.expect(200)
}

pub(crate) async fn state(world: &World, invoice: &Value, wanted: &str) {
    world
        .eventually(wanted, || async { look(world, invoice).await["state"] == wanted })
        .await;
}

/// `TKT-000123` of the invoice's ticket.
pub(crate) fn number(invoice: &Value) -> String {
    let id: i64 = invoice["ticket_id"]
        .as_str()
        .expect("an id")
        .parse()
        .expect("a number");
    format!("TKT-{id:06}")
}

/// The card with its buttons, once it is there.
pub(crate) async fn card(phone: &Phone, invoice: &Value) -> Value {
    let ticket = number(invoice);
    crate::stories::visit::card(phone, &ticket, "Setuju").await
}

pub(crate) fn words(message: &Value) -> &str {
    message["text"].as_str().expect("words")
}

pub(crate) fn has_buttons(message: &Value) -> bool {
    message["inline_keyboard"]
        .as_array()
        .is_some_and(|rows| !rows.is_empty())
}

story!(
    /// Everyone who may decide gets a card; the first decision counts, and every card and the office say so.
    the_first_decision_counts_and_everyone_sees_it, world => {
        technician(&world).await;
        let agus = office(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        let tono = seller(&world, 2002, "Tono", json!(0)).await;
        let boss = seller(&world, 2003, "Bos", Value::Null).await;
        let invoice = submitted(&world, "AC bocor").await;
        let ticket = number(&invoice);

        let asked = card(&maya.phone, &invoice).await;
        for fact in ["AC bocor", "Bapak Hartono", "Coblong, Bandung", "Perbaikan internet", "Budi",
            "1 unit × Rp250.000 = Rp250.000", "Harga dasar: Rp250.000", "Total: Rp250.000", "Versi 2", "Rina"] {
            assert!(words(&asked).contains(fact), "{fact} is missing: {asked}");
        }
        assert!(!words(&asked).contains("Melati"), "sales need no street");
        let keys = asked["inline_keyboard"].to_string();
        assert!(["Setuju", "Revisi", "Tolak"].iter().all(|label| keys.contains(label)), "{keys}");
        card(&tono.phone, &invoice).await;
        card(&boss.phone, &invoice).await;

        let toast = maya.phone.tap(&asked, "Setuju").await;
        assert!(words(&toast).contains("disetujui: INV/"), "{toast}");
        let approved = look(&world, &invoice).await;
        assert_eq!((&approved["state"], &approved["total"]), (&json!("approved"), &json!(250_000)));
        let inv = approved["number"].as_str().expect("a number");
        assert_eq!(approved["revisions"].as_array().and_then(|all| all.last()).expect("a revision")["by"]["name"], "Maya");
        for phone in [&maya.phone, &tono.phone, &boss.phone] {
            let ended = phone.sees("disetujui Maya").await;
            assert!(words(&ended).contains(inv) && !has_buttons(&ended), "{ended}");
            assert_eq!(phone.count(&ticket).await, 1, "one card, edited in place");
        }
        let told = agus.sees("disetujui Maya").await;
        assert!(words(&told).contains(inv) && words(&told).contains("Rp250.000"), "{told}");

        // The button of a card that had not changed yet.
        let late = boss.phone.forge(&asked, &format!("t1|prc|{}|{}|a", invoice["id"].as_str().expect("an id"), 2)).await;
        assert!(words(&late).contains("sudah disetujui Maya"), "{late}");
        assert_eq!(look(&world, &invoice).await["version"], approved["version"]);
    }
);

story!(
    /// What is rejected goes back with its reason; handed over again it is a new card, and the old button shows it.
    a_rejected_price_comes_back_as_a_new_card, world => {
        technician(&world).await;
        let agus = office(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        let boss = seller(&world, 2002, "Bos", Value::Null).await;
        let invoice = submitted(&world, "Pompa mati").await;
        let ticket = number(&invoice);
        let first = card(&maya.phone, &invoice).await;
        maya.phone.tap(&first, "Tolak").await;
        maya.phone.sees("mengapa ditolak?").await;
        maya.phone.write("x").await;
        maya.phone.sees("alasan").await;
        maya.phone.write("Harga sukucadang belum masuk").await;
        maya.phone.sees("dikembalikan kepada admin").await;
        state(&world, &invoice, "draft").await;
        let told = agus.sees("ditolak Maya").await;
        assert!(words(&told).contains("Harga sukucadang belum masuk"), "{told}");
        for phone in [&maya.phone, &boss.phone] {
            let ended = phone.sees("Alasan: Harga sukucadang").await;
            assert!(!has_buttons(&ended), "{ended}");
        }
        let back = look(&world, &invoice).await;
        let last = back["revisions"].as_array().and_then(|all| all.last()).expect("a revision").clone();
        assert_eq!((&last["what"], &last["reason"]), (&json!("rejected"), &json!("Harga sukucadang belum masuk")));

        let lines = json!([{ "description": "Servis", "quantity": 1, "unit": "unit", "unit_price": 400_000 }]);
        let edit = json!({ "version": back["version"], "lines": lines });
        let id = invoice["id"].as_str().expect("an id");
        world.admin.patch(&format!("invoices/{id}"), edit).await.expect(200);
        let again = act(&world.admin, &invoice, "submit", json!({})).await;
        let second = card(&maya.phone, &invoice).await;
        assert_ne!(second["message_id"], first["message_id"]);
        assert_eq!(second["silent"], json!(false), "a new card makes a sound");
        assert!(words(&second).contains("Total: Rp400.000"), "{second}");

        let before = maya.phone.count(&ticket).await;
        let stale = maya.phone.forge(&first, &format!("t1|prc|{id}|{}|a", invoice["version"])).await;
        assert!(words(&stale).contains("sudah berubah"), "{stale}");
        assert_eq!(look(&world, &invoice).await["version"], again["version"], "it approves nothing");
        world.eventually("the newest card comes once more", || async {
            maya.phone.count(&ticket).await == before + 1
        }).await;
        let newest = card(&maya.phone, &invoice).await;
        assert_ne!(newest["message_id"], second["message_id"]);
        maya.phone.tap(&newest, "Setuju").await;
        state(&world, &invoice, "approved").await;
    }
);

story!(
    /// The same deeds by the API: the cards and the office hear the same.
    a_decision_by_the_api_tells_the_same, world => {
        technician(&world).await;
        let agus = office(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        let boss = seller(&world, 2002, "Bos", Value::Null).await;
        let one = submitted(&world, "Satu").await;
        card(&boss.phone, &one).await;
        act(&maya.api, &one, "approve", json!({ "version": one["version"] })).await;
        for phone in [&maya.phone, &boss.phone, &agus] {
            phone.sees("disetujui Maya").await;
        }
        let two = submitted(&world, "Dua").await;
        card(&boss.phone, &two).await;
        let reason = "Salah layanan, ganti dulu";
        act(&boss.api, &two, "reject", json!({ "version": two["version"], "reason": reason })).await;
        for phone in [&maya.phone, &boss.phone, &agus] {
            assert!(words(&phone.sees("ditolak Bos").await).contains(reason));
        }
        // Above her limit it is passed on: she is shown that, and the boss is asked anew.
        let three = submitted(&world, "Tiga").await;
        let old = card(&boss.phone, &three).await;
        let half = json!({ "version": three["version"], "discount": { "kind": "percent", "value": 50 } });
        let passed = act(&maya.api, &three, "revise", half).await;
        assert_eq!((&passed["state"], &passed["total"]), (&json!("submitted"), &json!(125_000)));
        assert!(!has_buttons(&maya.phone.sees("direvisi Maya").await));
        world.drained().await;
        let new = card(&boss.phone, &three).await;
        assert!(words(&new).contains("Total: Rp125.000") && new["message_id"] != old["message_id"], "{new}");
        assert!(words(&new).contains("diajukan Maya"), "{new}");
        // Voided by the office: nobody is left with a button.
        world.admin.post(&path(&three, "void"), json!({ "reason": "Pelanggan batal" })).await.expect(200);
        assert!(!has_buttons(&boss.phone.sees("Alasan: Pelanggan batal").await));
        let late = boss.phone.forge(&new, &format!("t1|prc|{}|{}|a", three["id"].as_str().expect("an id"), passed["version"])).await;
        assert!(words(&late).contains("dibatalkan Rina"), "{late}");
    }
);
