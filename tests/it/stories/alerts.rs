//! Emergencies: nobody has checked in by the due time; reminded, raised, told again, decided.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tanggap::app::{alerts, visits};

use crate::harness::{Phone, Setup, World, form, picture, story};
use crate::stories::visit::{card, words};

/// Monday, 08.00 WIB; the clock stands until the story moves it.
pub(crate) fn morning() -> Setup {
    Setup {
        frozen: Some("2026-11-23T01:00:00Z"),
        flood: false,
        ..Setup::default()
    }
}

/// An admin with a phone.
pub(crate) async fn admin(world: &World, telegram_id: i64, name: &str, on_duty: bool) -> (Value, Phone) {
    let phone = world.phone(telegram_id, name, true).await;
    let new = json!({
        "username": name.to_lowercase(), "name": name, "role": "admin", "password": "sandi sementara",
        "telegram_id": telegram_id,
    });
    let mut account = world.admin.post("users", new).await.expect(201);
    if !on_duty {
        let path = format!("users/{}", id(&account));
        let off = json!({ "on_duty": false, "version": account["version"] });
        account = world.admin.patch(&path, off).await.expect(200);
    }
    (account, phone)
}

pub(crate) fn id(object: &Value) -> &str {
    object["id"].as_str().expect("an id")
}

pub(crate) fn number(ticket: &Value) -> &str {
    ticket["number"].as_str().expect("a number")
}

/// A ticket of today that this technician has.
pub(crate) async fn given(
    world: &World,
    basics: &(Value, Value),
    problem: &str,
    technician: &Value,
) -> Value {
    let ticket = world
        .admin
        .post("tickets", form(basics, problem))
        .await
        .expect(201);
    let path = format!("tickets/{}/assign", id(&ticket));
    let to = json!({ "technician_id": technician["id"] });
    world.admin.post(&path, to).await.expect(200)
}

pub(crate) async fn due(world: &World, ticket: &Value) -> DateTime<Utc> {
    let ticket = world.look(ticket).await;
    let due = ticket["check_in_due_at"].as_str().expect("a due time");
    due.parse().expect("a moment")
}

/// The moment at which it is overdue, with whatever comes of that.
pub(crate) async fn overdue(world: &World, ticket: &Value) -> Value {
    world.clock.set(due(world, ticket).await);
    look_around(world).await;
    open(world, ticket).await.expect("an alert")
}

/// What the job does every few seconds.
pub(crate) async fn look_around(world: &World) {
    alerts::watch(&world.running.app).await.expect("looked");
    world.drained().await;
}

pub(crate) async fn alerts_of(world: &World, ticket: &Value) -> Vec<Value> {
    let path = format!("alerts?ticket_id={}", id(ticket));
    let page = world.admin.get(&path).await.expect(200);
    page["data"].as_array().expect("alerts").clone()
}

pub(crate) async fn open(world: &World, ticket: &Value) -> Option<Value> {
    let all = alerts_of(world, ticket).await;
    all.into_iter().find(|alert| alert["state"] == "open")
}

pub(crate) async fn decide(world: &World, alert: &Value, body: Value) -> crate::harness::Answer {
    let path = format!("alerts/{}/decision", id(alert));
    world.admin.post(&path, body).await
}

/// How many messages of this phone have a button with these words.
async fn with_button(phone: &Phone, label: &str) -> usize {
    let messages = phone.messages().await;
    let has = |message: &&Value| message["inline_keyboard"].to_string().contains(label);
    messages.iter().filter(has).count()
}

fn events(ticket: &Value) -> Vec<String> {
    let events = ticket["timeline"].as_array().expect("events");
    events
        .iter()
        .filter_map(|event| event["event"].as_str().map(str::to_owned))
        .collect()
}

story!(
    /// The whole line: a reminder, an alert to whoever is on duty, again every five minutes, to everyone after three
    /// repeats, and one decision that every card shows.
    from_the_reminder_to_the_decision, morning(), world => {
        let basics = world.basics().await;
        let (budi, phone) = world.technician(1001, "Budi").await;
        let (_, siti) = admin(&world, 5001, "Siti", true).await;
        let (_, agus) = admin(&world, 5002, "Agus", false).await;
        let ticket = given(&world, &basics, "Internet mati total", &budi).await;
        let due_at = due(&world, &ticket).await;
        let app = &world.running.app;

        world.clock.set(due_at - TimeDelta::minutes(15) - TimeDelta::seconds(5));
        assert_eq!(visits::remind(app).await.expect("looked"), 0);
        world.clock.set(due_at - TimeDelta::minutes(15));
        visits::remind(app).await.expect("looked");
        world.drained().await;
        assert_eq!(phone.count("check-in paling lambat").await, 1);
        assert_eq!(visits::remind(app).await.expect("looked"), 0, "once");

        world.clock.set(due_at - TimeDelta::seconds(1));
        look_around(&world).await;
        assert_eq!(alerts_of(&world, &ticket).await, Vec::<Value>::new());

        let alert = overdue(&world, &ticket).await;
        assert_eq!(alert["technician"]["name"], "Budi");
        assert_eq!(alert["due_at"], json!(due_at));
        assert_eq!(alert["repeats"], 0);
        assert_eq!((&alert["decision"], &alert["decided_by"], &alert["decided_at"]), (&Value::Null, &Value::Null, &Value::Null));
        let first = siti.sees("belum dimulai").await;
        let text = words(&first);
        assert!(text.contains(number(&ticket)) && text.contains("Budi") && text.contains("Bapak Hartono"), "{text}");
        assert!(text.contains("08.30 WIB") && text.contains("Coblong"), "{text}");
        assert_eq!(agus.count("belum dimulai").await, 0, "he is off duty");
        look_around(&world).await;
        assert_eq!(siti.count("belum dimulai").await, 1, "once");

        for repeat in 1..=3 {
            world.clock.set(due_at + TimeDelta::minutes(5 * repeat + repeat));
            look_around(&world).await;
            let count = usize::try_from(repeat).expect("small") + 1;
            assert_eq!(siti.count("belum dimulai").await, count);
            assert_eq!(with_button(&siti, "Lanjut").await, 1, "only the newest can be pressed");
        }
        siti.sees("Peringatan ke-4").await;
        assert_eq!(agus.count("belum dimulai").await, 0);
        world.clock.set(due_at + TimeDelta::minutes(24));
        look_around(&world).await;
        let last = agus.sees("Kini semua admin").await;
        assert_eq!(open(&world, &ticket).await.expect("open")["repeats"], 4);

        let answer = agus.tap(&last, "Lanjut 15").await;
        assert!(words(&answer).contains("dilanjutkan Agus"), "{answer}");
        world.drained().await;
        for admin in [&siti, &agus] {
            admin.sees("dilanjutkan Agus").await;
            assert_eq!(with_button(admin, "Lanjut").await, 0);
            assert_eq!(admin.count("Peringatan ke-5").await, 0, "every card says how it ended");
        }
        phone.sees("Agus memberi Anda waktu").await;
        let seen = world.look(&ticket).await;
        let until = due(&world, &ticket).await;
        let given = until - (due_at + TimeDelta::minutes(24));
        assert!((TimeDelta::minutes(15)..TimeDelta::minutes(16)).contains(&given), "{until}");
        let told = events(&seen);
        assert!(told.contains(&"alert_raised".to_owned()) && told.contains(&"check_in_put_off".to_owned()), "{told:?}");
        let decided = &alerts_of(&world, &ticket).await[0];
        assert_eq!((&decided["state"], &decided["decision"], &decided["minutes"]), (&json!("decided"), &json!("continue"), &json!(15)));
        assert_eq!(decided["decided_by"]["name"], "Agus");
        let again = siti.forge(&first, &format!("t1|ec|{}|60", id(&alert))).await;
        assert!(words(&again).contains("dilanjutkan Agus"), "{again}");
        assert_eq!(due(&world, &ticket).await, until, "one decision counts");

        // He lets that go by too: it is another emergency, with a card of its own.
        let second = overdue(&world, &ticket).await;
        assert_ne!(second["id"], alert["id"]);
        assert_eq!(alerts_of(&world, &ticket).await.len(), 2);
        assert_eq!(with_button(&siti, "Lanjut").await, 1);
        let (latitude, longitude) = (-6.8915, 107.6107);
        let job = card(&phone, "Internet mati total", "Check-in").await;
        phone.tap(&job, "Check-in").await;
        phone.sees("Bagikan lokasi terkini").await;
        phone.live_location(latitude, longitude, 10.0).await;
        world.drained().await;
        siti.sees("sudah check-in").await;
        assert_eq!(with_button(&siti, "Lanjut").await, 0);
        let resolved = &alerts_of(&world, &ticket).await[0];
        assert_eq!((&resolved["state"], &resolved["resolution"]), (&json!("resolved"), &json!("checked_in")));
        world.clock.advance(TimeDelta::hours(1));
        look_around(&world).await;
        assert_eq!(open(&world, &ticket).await, None);
    }
);

story!(
    /// `Ganti TS` in the chat: the list shows who has a place left, asks once more, and the job changes hands.
    replaced_by_name_in_the_chat, morning(), world => {
        let basics = world.basics().await;
        let (budi, budis) = world.technician(1001, "Budi").await;
        let (_, andis) = world.technician(1002, "Andi").await;
        world.technician_with(1003, "Penuh", json!({ "daily_quota": 0 })).await;
        let (_, siti) = admin(&world, 5001, "Siti", true).await;
        let (_, agus) = admin(&world, 5002, "Agus", true).await;
        let ticket = given(&world, &basics, "AC bocor", &budi).await;
        let pdf = picture::pdf();
        world.admin.upload(&ticket, "assignment_letter", "tugas.pdf", &pdf).await.expect(201);
        let alert = overdue(&world, &ticket).await;

        let raised = siti.sees("belum dimulai").await;
        siti.tap(&raised, "Ganti TS").await;
        world.drained().await;
        let list = siti.sees("dengan siapa").await;
        assert_eq!(list["message_id"], raised["message_id"], "the same card");
        let keys = list["inline_keyboard"].to_string();
        assert!(keys.contains("Andi · 0/4") && !keys.contains("Penuh") && !keys.contains("Budi"), "{keys}");
        siti.tap(&list, "Kembali").await;
        world.drained().await;
        let card = siti.sees_button("Ganti TS").await;
        siti.tap(&card, "Ganti TS").await;
        world.drained().await;
        let list = siti.sees_button("Andi").await;
        siti.tap(&list, "Andi").await;
        world.drained().await;
        let ask = siti.sees("Ganti Budi dengan Andi").await;
        assert_eq!(world.look(&ticket).await["technician"]["name"], "Budi", "nothing yet");
        let answer = siti.tap(&ask, "Ya, ganti TS").await;
        assert!(words(&answer).contains("Budi diganti Andi"), "{answer}");
        world.drained().await;

        let seen = world.look(&ticket).await;
        assert_eq!((&seen["status"], &seen["technician"]["name"]), (&json!("assigned"), &json!("Andi")));
        assert!(seen["documents"][0]["revoked_at"].is_string(), "{seen}");
        budis.sees("dialihkan dari Anda").await;
        andis.sees("Jl. Melati 12").await;
        for admin in [&siti, &agus] {
            admin.sees("ditangani Siti").await;
            assert_eq!(with_button(admin, "Lanjut").await + with_button(admin, "Ganti").await, 0);
        }
        let decided = &alerts_of(&world, &ticket).await[0];
        assert_eq!((&decided["decision"], &decided["next_technician"]["name"]), (&json!("replace"), &json!("Andi")));
        assert_eq!(decided["decided_by"]["name"], "Siti");
        let again = agus.forge(&agus.sees("ditangani").await, &format!("t1|ey|{}|0", id(&alert))).await;
        assert!(words(&again).contains("ditangani Siti"), "{again}");
        // Andi has his own time.
        assert_eq!(open(&world, &ticket).await, None);
        overdue(&world, &ticket).await;
    }
);

story!(
    /// To the pool: offered again to everyone but whoever had it; faulty decisions change nothing.
    back_to_the_pool_by_api, morning(), world => {
        let basics = world.basics().await;
        let (budi, budis) = world.technician(1001, "Budi").await;
        let (andi, andis) = world.technician(1002, "Andi").await;
        let (_, siti) = admin(&world, 5001, "Siti", true).await;
        let ticket = given(&world, &basics, "Modem rusak", &budi).await;
        let alert = overdue(&world, &ticket).await;
        for (body, field) in [
            (json!({}), "decision"),
            (json!({ "decision": "wait" }), "decision"),
            (json!({ "decision": "continue" }), "minutes"),
            (json!({ "decision": "continue", "minutes": 20 }), "minutes"),
            (json!({ "decision": "replace", "technician_id": "x" }), "technician_id"),
            (json!({ "decision": "replace", "technician_id": "999999" }), "technician_id"),
            (json!({ "decision": "replace", "technician_id": budi["id"] }), "technician_id"),
            (json!({ "decision": "replace", "minutes": 15 }), "minutes"),
        ] {
            let answer = decide(&world, &alert, body.clone()).await;
            assert_eq!(answer.status.as_u16(), 422, "{body}: {}", answer.body);
            assert_eq!(answer.body["errors"][0]["field"], field, "{body}");
        }
        assert_eq!(world.admin.post("alerts/999999/decision", json!({ "decision": "replace" })).await.problem(404), "not-found");
        assert_eq!(open(&world, &ticket).await.expect("still open")["id"], alert["id"]);

        let path = format!("alerts/{}/decision", id(&alert));
        let body = json!({ "decision": "replace" });
        let first = world.admin.post_once(&path, "kunci-1", body.clone()).await.expect(200);
        assert_eq!((&first["state"], &first["decision"], &first["next_technician"]), (&json!("decided"), &json!("replace"), &Value::Null));
        assert_eq!(world.admin.post_once(&path, "kunci-1", body).await.expect(200), first, "the same call");
        let late = decide(&world, &alert, json!({ "decision": "continue", "minutes": 15 })).await;
        assert!(late.body["detail"].as_str().expect("words").contains("Rina"), "{}", late.body);
        assert_eq!(late.problem(409), "wrong-state");

        let seen = world.look(&ticket).await;
        assert_eq!((&seen["status"], &seen["technician"]), (&json!("open"), &Value::Null));
        world.drained().await;
        siti.sees("ditawarkan lagi ke semua").await;
        budis.sees("dialihkan dari Anda").await;
        let offer = andis.sees_button("Ambil Job").await;
        assert_eq!(with_button(&budis, "Ambil Job").await, 0, "he is not offered it again");
        andis.tap(&offer, "Ambil Job").await;
        world.drained().await;
        assert_eq!(world.look(&ticket).await["technician"]["id"], andi["id"]);
    }
);

story!(
    /// What else ends an emergency: released, cancelled, moved, replaced from the ticket's page, written down.
    it_settles_itself, morning(), world => {
        let basics = world.basics().await;
        let (budi, phone) = world.technician_with(1001, "Budi", json!({ "daily_quota": 20 })).await;
        world.technician(1002, "Andi").await;
        let (_, siti) = admin(&world, 5001, "Siti", true).await;
        let mut tickets = Vec::new();
        for problem in ["Dilepas", "Dibatalkan", "Digeser", "Diganti", "Dicatat", "Diubah"] {
            tickets.push(given(&world, &basics, problem, &budi).await);
        }
        world.clock.set(due(&world, &tickets[5]).await);
        look_around(&world).await;
        assert_eq!(world.admin.get("alerts?state=open").await.expect(200)["data"].as_array().expect("all").len(), 6);

        let job = card(&phone, "Dilepas", "Lepas").await;
        phone.tap(&job, "Lepas").await;
        phone.sees("alasan").await;
        phone.write("Ban bocor di jalan").await;
        let path = |ticket: &Value, deed: &str| format!("tickets/{}{deed}", id(ticket));
        let why = json!({ "reason": "Pelanggan pindah" });
        world.admin.post(&path(&tickets[1], "/cancel"), why.clone()).await.expect(200);
        let version = world.look(&tickets[2]).await["version"].clone();
        let tomorrow = json!({ "visit_date": "2026-11-24", "version": version });
        world.admin.patch(&path(&tickets[2], ""), tomorrow).await.expect(200);
        world.admin.post(&path(&tickets[3], "/replace"), why.clone()).await.expect(200);
        // Only the panel writes a check-in down.
        let app = &world.running.app;
        let rina = world.admin.get("auth/me").await.expect(200);
        let act = tanggap::app::Act::of(id(&rina).parse().expect("an id"), tanggap::app::Channel::Panel, app.now());
        visits::record(app, &act, id(&tickets[4]).parse().expect("an id"), "Telepon rusak").await.expect("recorded");
        let version = world.look(&tickets[5]).await["version"].clone();
        let words = json!({ "problem": "Diubah kata-katanya saja", "version": version });
        world.admin.patch(&path(&tickets[5], ""), words).await.expect(200);
        phone.sees("sudah Anda lepas").await;
        world.drained().await;

        for (ticket, state, why) in [
            (&tickets[0], "resolved", "released"),
            (&tickets[1], "resolved", "cancelled"),
            (&tickets[2], "resolved", "moved"),
            (&tickets[4], "resolved", "checked_in"),
        ] {
            let alert = &alerts_of(&world, ticket).await[0];
            assert_eq!((&alert["state"], &alert["resolution"]), (&json!(state), &json!(why)));
            let refused = decide(&world, alert, json!({ "decision": "continue", "minutes": 15 })).await;
            assert_eq!(refused.problem(409), "wrong-state");
        }
        let replaced = &alerts_of(&world, &tickets[3]).await[0];
        assert_eq!((&replaced["state"], &replaced["decision"]), (&json!("decided"), &json!("replace")));
        assert_eq!(replaced["decided_by"]["name"], "Rina");
        assert!(open(&world, &tickets[5]).await.is_some(), "only words have changed");
        assert_eq!(with_button(&siti, "Lanjut").await, 1);
        for told in ["melepas job ini", "tiketnya dibatalkan", "dijadwalkan ulang", "ditangani Rina", "sudah check-in"] {
            assert_eq!(siti.count(told).await, 1, "{told}");
        }
    }
);

story!(
    /// Words change on a ticket whose check-in was put off: the time that was given stays.
    more_time_outlives_an_edit, morning(), world => {
        let basics = world.basics().await;
        let (budi, phone) = world.technician(1001, "Budi").await;
        let ticket = given(&world, &basics, "Pompa mati", &budi).await;
        let alert = overdue(&world, &ticket).await;
        decide(&world, &alert, json!({ "decision": "continue", "minutes": 60 })).await.expect(200);
        let until = due(&world, &ticket).await;
        let version = world.look(&ticket).await["version"].clone();
        let words = json!({ "problem": "Pompa mati total", "version": version });
        world.admin.patch(&format!("tickets/{}", id(&ticket)), words).await.expect(200);
        assert_eq!(due(&world, &ticket).await, until);
        // There is time enough to remind him once more.
        world.drained().await;
        let before = phone.count("check-in paling lambat").await;
        world.clock.set(until - TimeDelta::minutes(14));
        visits::remind(&world.running.app).await.expect("looked");
        world.drained().await;
        assert_eq!(phone.count("check-in paling lambat").await, before + 1);
    }
);

story!(
    /// `/darurat`, its English name, and what a card says that is opened too late; nobody else may.
    asked_for_by_command, morning(), world => {
        let basics = world.basics().await;
        let (budi, phone) = world.technician(1001, "Budi").await;
        let (_, siti) = admin(&world, 5001, "Siti", true).await;
        siti.write("/darurat").await;
        siti.sees("Tidak ada keadaan darurat").await;
        let one = given(&world, &basics, "Pekerjaan satu", &budi).await;
        let two = given(&world, &basics, "Pekerjaan dua", &budi).await;
        world.clock.set(due(&world, &two).await + TimeDelta::minutes(3));
        look_around(&world).await;
        siti.write("/emergencies").await;
        world.drained().await;
        let list = siti.sees("2 tiket belum dimulai").await;
        assert!(words(&list).contains("lewat 3 menit"), "{list}");
        let cards = siti.count("batas check-in").await;
        siti.tap(&list, number(&one)).await;
        world.drained().await;
        assert_eq!(siti.count("batas check-in").await, cards + 1, "at the end of the chat");
        assert_eq!(with_button(&siti, "Lanjut").await, 2, "one for each");
        let alert = open(&world, &two).await.expect("open");
        decide(&world, &alert, json!({ "decision": "continue", "minutes": 30 })).await.expect(200);
        let late = siti.tap(&list, number(&two)).await;
        assert!(words(&late).contains("dilanjutkan Rina"), "{late}");

        phone.write("/darurat").await;
        phone.sees("tidak berwenang").await;
        let message = phone.sees("tidak berwenang").await;
        for data in ["t1|el", "t1|ea|1", "t1|ec|1|15", "t1|er|1", "t1|ew|1|0", "t1|ey|1|0", "t1|en|1"] {
            let answer = phone.forge(&message, data).await;
            assert!(words(&answer).contains("tidak berwenang"), "{data}: {answer}");
        }
        for data in ["t1|ea|99", "t1|ec|99|15", "t1|er|99", "t1|ew|99|0", "t1|ey|99|0", "t1|en|99"] {
            let answer = siti.forge(&list, data).await;
            assert!(words(&answer).contains("tidak berlaku"), "{data}: {answer}");
        }
    }
);
