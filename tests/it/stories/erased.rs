//! Customers who are erased: nothing of what they said, or were told, is left.

use dialogues::arrival::{Arrival, Said, Who};
use domain::ids::ContactId;
use domain::phone::Phone;
use serde_json::{Value, json};
use tanggap::app::conversation::arrived;
use tanggap::app::customers;
use tanggap::store::contacts::{Kind, owner};
use tanggap::store::inbox;

use crate::harness::{Browser, PASSWORD, World, picture, story};
use crate::stories::billing::{act, approved, known, pay};
use crate::stories::contacts::rina;
use crate::stories::documents::id;
use crate::stories::invoices::sales;
use crate::stories::registration::{Writer, customers as found, on_whatsapp};
use crate::stories::visit::card;

/// How many rows somewhere still hold these words.
async fn holding(world: &World, words: &str) -> i64 {
    let mut found = 0;
    for (table, column) in [
        ("outbox", "payload"),
        ("messages", "words"),
        ("conversations", "state"),
        ("requests", "words"),
        ("requests", "answer"),
        ("customers", "name"),
        ("customers", "address"),
        ("customers", "phone"),
        ("contacts", "profile_name"),
        ("contact_aliases", "value"),
        ("inbox", "payload"),
        ("audit", "detail"),
        ("tickets", "problem"),
        ("documents", "filename"),
        ("visits", "reason"),
        ("idempotency_keys", "body"),
    ] {
        let question = format!("SELECT COUNT(*) FROM {table} WHERE CAST({column} AS TEXT) LIKE '%{words}%'");
        found += world.number(&question).await;
    }
    found
}

/// How many rows somewhere still hold a place.
async fn places(world: &World) -> i64 {
    let mut found = 0;
    for table in ["customers", "tickets", "requests", "messages", "visits"] {
        let question =
            format!("SELECT COUNT(*) FROM {table} WHERE latitude IS NOT NULL OR longitude IS NOT NULL");
        found += world.number(&question).await;
    }
    found
}

/// How many kept bodies of WhatsApp still hold these words.
async fn posted(world: &World, words: &str) -> i64 {
    let body = if world.backend.is_sqlite() {
        "CAST(body AS TEXT)"
    } else {
        "encode(body, 'escape')"
    };
    let question = format!("SELECT COUNT(*) FROM webhooks WHERE {body} LIKE '%{words}%'");
    world.number(&question).await
}

async fn erase(world: &World, customer: &Value) {
    let path = format!("customers/{}?erase=true", customer["id"].as_str().expect("an id"));
    world.admin.delete(&path).await.expect(204);
}

async fn owner_of(world: &World, kind: Kind, value: &str) -> Option<ContactId> {
    let alias = owner(&world.running.app.db, kind, value).await.expect("a look");
    alias.map(|alias| alias.contact)
}

story!(
    /// Words, places, photos, drafts, answers, and what the office was told of them.
    nothing_of_an_erased_customer_is_left, on_whatsapp(), world => {
        let device = rina(&world).await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        siti.says("lapor Pompa air Siti Aminah bocor deras").await;
        siti.phone.photo_seed(7).await;
        siti.handled().await;
        siti.phone.presses("Kirim laporan").await;
        siti.handled().await;
        siti.hears("Laporan diterima").await;
        device.sees("Pompa air Siti Aminah bocor").await;
        world.drained().await;
        let list = world.admin.get("requests?state=new").await.expect(200);
        let request = &list["data"][0];
        let photo = request["photos"][0]["id"].as_str().expect("a photo").to_owned();
        let path = |end: &str| format!("requests/{}/{end}", request["id"].as_str().expect("an id"));
        world.admin.post(&path("reply"), json!({ "text": "Baik, Bu Siti Aminah." })).await.expect(200);
        siti.says("Nama saya Siti Aminah, jangan lupa").await;
        siti.phone.location(-6.2, 106.8).await;
        siti.handled().await;
        let (budi, _) = world.technician(1001, "Budi").await;
        let service = json!({ "name": "Servis rutin", "base_price": 150_000 });
        let service = world.admin.post("services", service).await.expect(201);
        let form = json!({ "service_id": service["id"] });
        let ticket = world.admin.post_once(&path("ticket"), "siti-1", form).await.expect(201);
        let of_ticket = |end: &str| format!("tickets/{}/{end}", id(&ticket));
        world.admin.post(&of_ticket("assign"), json!({ "technician_id": budi["id"] })).await.expect(200);
        let drawn = json!({ "kind": "assignment_letter" });
        let drawn = world.admin.post_once(&of_ticket("letters"), "siti-2", drawn).await.expect(201);
        let name = "Surat jalan Siti Aminah.pdf";
        let letter = world.admin.upload(&ticket, "travel_letter", name, &picture::pdf()).await.expect(201);
        world.admin.post(&of_ticket("cancel"), json!({ "reason": "Sudah beres" })).await.expect(200);
        siti.handled().await;
        world.drained().await;
        let tono = Writer::new(&world, 2, "Tono").await;
        tono.registers("Tono Wijaya").await;
        tono.says("lapor Kulkas Tono mati total").await;
        world.drained().await;

        let app = &world.running.app;
        let held = r#"{"from":"6281200000001","text":{"body":"Siti Aminah"}}"#.to_owned();
        inbox::hold(&app.db, "whatsapp", "wamid.held", held, "broke".to_owned(), app.now()).await.expect("held");
        assert!(holding(&world, "Siti Aminah").await > 5);
        assert!(posted(&world, "Siti Aminah").await > 0);
        erase(&world, &customer).await;
        for words in ["Siti", "81200000001", "Melati", "Pompa"] {
            // Tono lives in the same street.
            let others = if words == "Melati" { 5 } else { 0 };
            let left = holding(&world, words).await;
            assert!(left <= others, "{words}: {left} left");
        }
        assert_eq!(posted(&world, "81200000001").await, 0);
        assert!(posted(&world, "81200000002").await > 0);
        let left = world.look(&ticket).await;
        assert_eq!((&left["problem"], &left["status"]), (&json!("-"), &json!("cancelled")));
        let places = "SELECT COUNT(*) FROM tickets WHERE latitude IS NOT NULL OR longitude IS NOT NULL";
        assert_eq!(world.number(places).await, 0, "where his home is");
        for letter in [&drawn, &letter] {
            assert_eq!(world.admin.get(&format!("documents/{}/content", id(letter))).await.status, 404, "{letter}");
        }
        let again = json!({ "service_id": service["id"] });
        let again = world.admin.post_once(&path("ticket"), "siti-1", again).await;
        assert_ne!(again.status, 201, "what was done is not told again, nor done again");
        assert_eq!(world.number("SELECT COUNT(*) FROM tickets").await, 1);
        assert!(holding(&world, "Tono Wijaya").await > 2, "nobody else is forgotten");
        assert!(holding(&world, "Kulkas Tono").await > 0);
        assert_eq!(world.admin.get(&format!("documents/{photo}/content")).await.status, 404);
        assert_eq!(world.number("SELECT COUNT(*) FROM inbox WHERE state = 'held'").await, 0);
        let kept = world.admin.get("requests?state=accepted").await.expect(200);
        let kept = kept["data"].as_array().expect("a list").iter().find(|one| one["id"] == request["id"]).cloned();
        assert_eq!(kept.map(|one| one["text"].clone()), Some(json!("-")), "the ledger stays");

        // Whoever writes again is somebody new.
        siti.says("halo").await;
        siti.hears("Untuk melayani Anda kami perlu menyimpan").await;
    }
);

story!(
    /// Where he lives, what he sent, where the technician stood, and what people typed about him and the job.
    no_place_and_no_typed_reason_is_left, on_whatsapp(), world => {
        let device = rina(&world).await;
        let (budi, budis) = world.technician(1001, "Budi").await;
        let (andi, andis) = world.technician(1002, "Andi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        let at = format!("customers/{}", id(&customer));
        let home = json!({ "latitude": -6.21234, "longitude": 106.84567, "version": customer["version"] });
        world.admin.patch(&at, home).await.expect(200);
        siti.says("lapor Pompa air bocor deras").await;
        siti.phone.location(-6.21234, 106.84567).await;
        siti.handled().await;
        siti.phone.presses("Kirim laporan").await;
        siti.handled().await;
        siti.hears("Laporan diterima").await;
        let list = world.admin.get("requests?state=new").await.expect(200);
        let request = list["data"][0].clone();
        let (_, service) = world.basics().await;
        let form = json!({ "service_id": service["id"] });
        let ticket = world.admin.post(&format!("requests/{}/ticket", id(&request)), form).await.expect(201);
        siti.phone.location(-6.21234, 106.84567).await;
        siti.says("lapor Lampu teras mati").await;
        world.drained().await;
        siti.phone.presses("Kirim laporan").await;
        siti.handled().await;
        siti.hears("Laporan diterima").await;
        let list = world.admin.get("requests?state=new").await.expect(200);
        let why = json!({ "reason": "Bu Siti salah kirim" });
        let dismiss = format!("requests/{}/dismiss", id(&list["data"][0]));
        world.admin.post(&dismiss, why).await.expect(200);

        let of_ticket = |end: &str| format!("tickets/{}/{end}", id(&ticket));
        let assign = |to: &Value| json!({ "technician_id": to["id"] });
        world.admin.post(&of_ticket("assign"), assign(&budi)).await.expect(200);
        budis.tap(&card(&budis, "Pompa air", "Lepas").await, "Lepas").await;
        budis.sees("Mengapa Anda melepas").await;
        budis.write("Anjing Bu Siti galak").await;
        budis.sees("sudah Anda lepas").await;
        world.admin.post(&of_ticket("assign"), assign(&andi)).await.expect(200);
        andis.tap(&card(&andis, "Pompa air", "Check-in").await, "Check-in").await;
        andis.sees("Bagikan lokasi terkini").await;
        andis.live_location(-6.19234, 106.84567, 8.0).await;
        andis.sees("dari lokasi").await;
        andis.photo_seed(11).await;
        andis.sees("Tulis alasannya").await;
        andis.write("Pagar Bu Siti terkunci").await;
        andis.sees("di luar radius").await;
        device.sees("Pagar Bu Siti terkunci").await;
        world.admin.post(&of_ticket("cancel"), json!({ "reason": "Bu Siti pindah" })).await.expect(200);
        world.drained().await;

        // His own place and those of his report, its ticket, its visit and what he wrote.
        assert!(places(&world).await > 4);
        let seen = world.look(&ticket).await;
        assert_eq!(seen["check_in"]["reason"], "Pagar Bu Siti terkunci");
        let typed = ["Siti", "galak", "terkunci", "salah kirim", "Bu Siti pindah"];
        for words in typed {
            assert!(holding(&world, words).await > 0, "{words}");
        }
        erase(&world, &customer).await;
        // The other customer of this story has a place of his own.
        assert_eq!(places(&world).await, 1);
        let gone = typed.into_iter().chain(["-6.212", "-6.192", "106.845"]);
        for words in gone.clone() {
            assert_eq!(holding(&world, words).await, 0, "{words}");
            assert_eq!(posted(&world, words).await, 0, "{words}");
        }
        let seen = world.look(&ticket).await;
        let check_in = &seen["check_in"];
        assert_eq!((&check_in["reason"], &check_in["verdict"]), (&json!("-"), &json!("outside")), "the ledger stays");
        assert_eq!((&check_in["latitude"], &check_in["longitude"]), (&Value::Null, &Value::Null));
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let (ticket, customer, request) = (id(&ticket), id(&customer), id(&request));
        for path in [
            format!("/panel/tickets/{ticket}"),
            format!("/panel/customers/{customer}"),
            format!("/panel/requests/{request}"),
            "/panel/requests".to_owned(),
            format!("/panel/audit?q=TKT-{ticket}"),
            format!("/api/v1/tickets/{ticket}"),
            format!("/api/v1/customers/{customer}"),
            "/api/v1/requests".to_owned(),
            format!("/api/v1/audit?ticket_id={ticket}"),
        ] {
            let text = match path.strip_prefix("/api/v1/") {
                Some(path) => world.admin.get(path).await.expect(200).to_string(),
                None => browser.get(&path).await.expect(200).text,
            };
            for words in gone.clone() {
                assert!(!text.contains(words), "{path} still says {words}: {text}");
            }
        }
    }
);

story!(
    /// Whoever was erased when less was dropped is erased by today's rules, a batch at a time, and nobody presses.
    an_erasure_by_older_rules_is_finished, world => {
        let (hartono, service) = world.basics().await;
        let tono = json!({ "name": "Tono Wijaya", "address": "Jl. Kenanga 3, Bekasi" });
        let tono = world.admin.post("customers", tono).await.expect(201);
        let (budi, _) = world.technician(1001, "Budi").await;
        let mut letters = Vec::new();
        for customer in [&hartono, &tono] {
            let form = json!({ "customer_id": customer["id"], "service_id": service["id"], "problem": "AC bocor" });
            let ticket = world.admin.post("tickets", form).await.expect(201);
            let path = |end: &str| format!("tickets/{}/{end}", id(&ticket));
            world.admin.post(&path("assign"), json!({ "technician_id": budi["id"] })).await.expect(200);
            letters.push(world.admin.upload(&ticket, "assignment_letter", "a.pdf", &picture::pdf()).await.expect(201));
            let why = json!({ "reason": "Pak Hartono pindah" });
            world.admin.post(&path("cancel"), why).await.expect(200);
        }
        world.drained().await;
        let app = &world.running.app;
        assert_eq!(customers::finish(app).await.expect("looked"), 0, "nobody was erased");

        // As it was done at first: the person, and nothing else.
        let at = "2026-11-01T03:00:00+00:00";
        let person = format!("name = 'PLG', address = '-', phone = NULL, archived_at = '{at}', erased_at = '{at}'");
        world.order(&format!("UPDATE customers SET {person} WHERE id = {}", id(&hartono))).await;
        let row = format!("('PLG', '-', FALSE, 'panel', '{at}', '{at}', '{at}', 1)");
        let columns = "name, address, withholds_pph23, source, archived_at, erased_at, created_at, version";
        world.order(&format!("INSERT INTO customers ({columns}) VALUES {}", vec![row; 24].join(", "))).await;
        let content = |letter: &Value| format!("documents/{}/content", id(letter));
        assert_eq!(world.admin.bytes(&content(&letters[0])).await.0, 200);
        for finished in [20, 5, 0] {
            assert_eq!(customers::finish(app).await.expect("looked"), finished);
        }
        assert_eq!(world.admin.bytes(&content(&letters[0])).await.0, 404);
        assert_eq!(world.admin.bytes(&content(&letters[1])).await.0, 200, "nobody erased him");
        assert_eq!(world.number("SELECT COUNT(*) FROM tickets WHERE problem = 'AC bocor'").await, 1);
        let erasures = "SELECT COUNT(*) FROM audit WHERE action = 'customer_erased' AND actor_id IS NULL";
        assert_eq!(world.number(erasures).await, 25);

        // Whoever is erased today has nothing left to finish.
        erase(&world, &tono).await;
        assert_eq!(world.admin.bytes(&content(&letters[1])).await.0, 404);
        assert_eq!(holding(&world, "Hartono").await, 0);
        assert_eq!(customers::finish(app).await.expect("looked"), 0);
        assert_eq!(world.number(erasures).await, 25);
    }
);

story!(
    /// The invoice stands on the signed BAST, which stays with it; photos of his home go, and where the technician was.
    the_signed_bast_stays_with_its_invoice, on_whatsapp(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, _) = known(&world, 1, "Siti Aminah").await;
        let invoice = approved(&world, &maya, &customer, "Pompa bocor").await;
        let ticket = json!({ "id": invoice["ticket_id"] });
        let bast = world.admin.upload(&ticket, "bast", "bast.pdf", &picture::pdf()).await.expect(201);
        let photo = world.admin.upload(&ticket, "evidence", "a.jpg", &picture::jpeg(1)).await.expect(201);
        act(&world.admin, &invoice, "send", json!({})).await;
        pay(&world, &invoice, 250_000).await;
        world.drained().await;
        erase(&world, &customer).await;
        for (file, status) in [(&bast, 200), (&photo, 404)] {
            let (found, _, _) = world.admin.bytes(&format!("documents/{}/content", id(file))).await;
            assert_eq!(found, status, "{file}");
        }
        assert_eq!(holding(&world, "Pompa").await, 1, "the service's name, and nothing of the customer");
    }
);

story!(
    /// A chat that another took in was the same person's.
    a_chat_that_was_taken_in_is_erased_too, on_whatsapp(), world => {
        let app = world.running.app.clone();
        let (phone, id) = ("6281200000008", "ID.1502000000000008");
        let says = |message: &str, who: Who, text: &str| Arrival {
            external_id: message.to_owned(),
            who,
            sent_at: app.now(),
            received_at: app.now(),
            forwarded: false,
            reply_to: None,
            said: Said::Text(text.to_owned()),
        };
        let by_phone = Who { phone: Phone::vouched(phone).ok(), name: Some("Dewi".to_owned()), ..Who::default() };
        let by_id = Who { user_id: Some(id.to_owned()), name: Some("Dewi".to_owned()), ..Who::default() };
        let by_both = Who { user_id: Some(id.to_owned()), ..by_phone.clone() };
        for (number, (who, text)) in [
            (by_phone.clone(), "Saya Dewi Lestari yang kemarin"),
            (by_id.clone(), "Dewi Lestari lagi"),
            (by_both, "DAFTAR#Dewi Lestari#Jl. Kenanga 3, Bekasi#"),
        ].into_iter().enumerate() {
            arrived(&app, says(&format!("wamid.dewi{number}"), who, text)).await.expect("handled");
        }
        assert_eq!(owner_of(&world, Kind::Phone, &format!("+{phone}")).await, owner_of(&world, Kind::User, id).await);
        world.nobody_hears().await;
        let customer = found(&world, "Dewi").await.pop().expect("registered");
        assert!(holding(&world, "Dewi").await > 4);
        erase(&world, &customer).await;
        assert_eq!(holding(&world, "Dewi").await, 0);
        assert_eq!(owner_of(&world, Kind::User, id).await, None);
    }
);

story!(
    /// Who does not agree to be known is not.
    nothing_is_kept_of_whoever_does_not_agree, on_whatsapp(), world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.says("AC saya bocor di kamar depan").await;
        siti.phone.hears("Untuk melayani Anda").await;
        world.drained().await;
        siti.says("tidak setuju").await;
        siti.hears("data Anda tidak kami simpan").await;
        world.drained().await;
        for words in ["bocor", "Siti"] {
            assert_eq!(holding(&world, words).await, 0, "{words}");
        }
        siti.says("halo").await;
        siti.hears("Untuk melayani Anda kami perlu menyimpan").await;
    }
);
