//! When customers are told things: not at night, not after STOP, and in time for whoever comes.

use chrono::{NaiveTime, TimeDelta};
use dialogues::say::Say;
use dialogues::text::Text;
use domain::ids::ContactId;
use serde_json::{Value, json};
use tanggap::config::hours::Hours;
use tanggap::store::outbox::Lane;

use crate::harness::{Setup, World, story, tell};
use crate::stories::registration::{Writer, on_whatsapp};
use crate::stories::whatsapp_send::say;

/// Nine in the evening in Jakarta, where nobody is woken before eight.
fn at_night() -> Setup {
    Setup {
        frozen: Some("2026-11-23T14:00:00Z"),
        adjust: |config| {
            let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
            config.company.quiet_hours = Some(Hours {
                from: clock(20),
                to: clock(8),
            });
        },
        flood: false,
        ..on_whatsapp()
    }
}

async fn ticket(world: &World, customer: &Value, more: Value) -> Value {
    let services = world.admin.get("services").await.expect(200);
    let service = match services["data"].as_array().and_then(|all| all.first()) {
        Some(service) => service.clone(),
        None => {
            let form = json!({ "name": "Perbaikan AC", "base_price": 250_000 });
            world.admin.post("services", form).await.expect(201)
        }
    };
    let mut form =
        json!({ "customer_id": customer["id"], "service_id": service["id"], "problem": "AC bocor" });
    for (key, value) in more.as_object().expect("an object") {
        form[key] = value.clone();
    }
    world.admin.post("tickets", form).await.expect(201)
}

async fn assign(world: &World, ticket: &Value, technician: &Value) {
    let path = format!("tickets/{}/assign", ticket["id"].as_str().expect("an id"));
    let form = json!({ "technician_id": technician["id"] });
    world.admin.post(&path, form).await.expect(200);
}

/// Lets everything leave that may leave by now.
async fn settles(world: &World) {
    let db = world.running.app.db.clone();
    world
        .eventually("everything that is due has left", || {
            let (db, now) = (db.clone(), world.clock.now());
            async move {
                let due = tanggap::store::outbox::next_due(&db, "whatsapp")
                    .await
                    .expect("a look");
                due.is_none_or(|due| due > now)
            }
        })
        .await;
}

story!(
    /// What was queued for the day and could not leave then waits for the morning.
    what_is_late_wakes_nobody, at_night(), world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.registers("Siti Aminah").await;
        world.drained().await;
        let heard = siti.phone.heard().await.len();
        let chat = ContactId(world.number("SELECT MAX(id) FROM contacts").await);
        say(&world, chat, Lane::Broadcast, Say::text(Text::Trouble)).await;
        let put_off = "SELECT COUNT(*) FROM outbox WHERE state = 'queued' AND run_at > created_at AND leased_until IS NULL";
        world.eventually("it is put off", || async { world.number(put_off).await == 1 }).await;
        assert_eq!(siti.phone.heard().await.len(), heard);
        world.clock.advance(TimeDelta::hours(11));
        world.eventually("it arrives", || async { siti.phone.heard().await.len() == heard + 1 }).await;
    }
);

story!(
    /// What happens at night is told in the morning: the newest of each ticket only. Who comes that night is told of
    /// at once.
    nobody_is_woken_but_for_whoever_comes, at_night(), world => {
        let (budi, _) = world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        let tomorrow = ticket(&world, &customer, json!({ "visit_date": "2026-11-24", "visit_time": "10:00" })).await;
        assign(&world, &tomorrow, &budi).await;
        settles(&world).await;
        assert_eq!(siti.phone.count("TKT-").await, 0, "she sleeps");

        let tonight = ticket(&world, &customer, json!({ "visit_date": "2026-11-23", "visit_time": "23:00" })).await;
        assign(&world, &tonight, &budi).await;
        siti.phone.hears("Teknisi *Budi* akan datang").await;
        settles(&world).await;
        assert_eq!(siti.phone.count("akan datang").await, 1);
        assert_eq!(siti.phone.count("sudah dibuat").await, 0, "the newest says it");

        world.clock.advance(TimeDelta::hours(10) + TimeDelta::minutes(59));
        settles(&world).await;
        assert_eq!(siti.phone.count("akan datang").await, 1, "a minute before eight");
        world.clock.advance(TimeDelta::minutes(1));
        siti.phone.waits_for_count("akan datang", 2).await;
        settles(&world).await;
        assert_eq!(siti.phone.count("sudah dibuat").await, 0, "only the newest of a ticket");
    }
);

story!(
    /// The night is where the customer is: two hours ahead of Jakarta it ends two hours sooner.
    the_morning_is_the_customers, at_night(), world => {
        world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        let path = format!("customers/{}", customer["id"].as_str().expect("an id"));
        let zone = json!({ "timezone": "Asia/Jayapura", "version": customer["version"] });
        let customer = world.admin.patch(&path, zone).await.expect(200);
        ticket(&world, &customer, json!({ "visit_date": "2026-11-25" })).await;
        world.clock.advance(TimeDelta::hours(8) + TimeDelta::minutes(59));
        settles(&world).await;
        assert_eq!(siti.phone.count("sudah dibuat").await, 0);
        world.clock.advance(TimeDelta::minutes(1));
        siti.phone.hears("sudah dibuat").await;
    }
);

story!(
    /// Whoever asks for silence has it in each of his chats, and gets messages again in each.
    silence_holds_in_every_chat, on_whatsapp(), world => {
        world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        let second = Writer::new(&world, 2, "Siti").await;
        second.says("menu").await;
        let id = customer["id"].as_str().expect("an id");
        // The same person's second phone, as the office has found out.
        world.order(&format!("UPDATE contacts SET customer_id = {id} WHERE customer_id IS NULL")).await;
        siti.says("STOP").await;
        siti.hears("tidak akan menerima pesan otomatis lagi").await;
        second.says("menu").await;
        second.hears("Halo Siti Aminah").await;
        ticket(&world, &customer, json!({})).await;
        world.drained().await;
        assert_eq!((siti.phone.count("sudah dibuat").await, second.phone.count("sudah dibuat").await), (0, 0));
        second.says("mulai").await;
        second.hears("Anda menerima kembali pesan").await;
        ticket(&world, &customer, json!({})).await;
        second.phone.hears("sudah dibuat").await;
    }
);

/// Eleven in the morning in Jakarta, on a clock that only the story moves.
fn by_day() -> Setup {
    Setup {
        frozen: Some("2026-11-23T04:00:00Z"),
        flood: false,
        ..on_whatsapp()
    }
}

/// What the office corrects within two minutes of the last word of a ticket is told as one, also by a process that was
/// started meanwhile. Nothing else waits for that.
#[test]
fn corrections_are_told_as_one() {
    tell("corrections", by_day(), |world| {
        Box::pin(async move {
            let world = Box::pin(corrects_twice(world)).await;
            world.finish().await;
        })
    });
}

async fn corrects_twice(world: World) -> World {
    let (budi, _) = world.technician(1001, "Budi").await;
    let siti = Writer::new(&world, 1, "Siti").await;
    let customer = siti.registers("Siti Aminah").await;
    let first = ticket(&world, &customer, json!({ "visit_date": "2026-11-25" })).await;
    siti.phone.hears("sudah dibuat").await;
    settles(&world).await;
    let path = format!("tickets/{}", first["id"].as_str().expect("an id"));
    let moves = |to: &'static str| {
        let (world, first, path) = (&world, &first, &path);
        async move {
            let moved = json!({ "visit_time": to, "version": world.look(first).await["version"] });
            world.admin.patch(path, moved).await.expect(200);
        }
    };
    world.clock.advance(TimeDelta::seconds(30));
    moves("13:00").await;
    world.clock.advance(TimeDelta::seconds(30));
    moves("14:00").await;
    // What she asks for is answered, and a second ticket is told of.
    siti.says("menu").await;
    siti.phone.hears("Halo Siti Aminah").await;
    let second = ticket(&world, &customer, json!({ "visit_date": "2026-11-25" })).await;
    siti.phone
        .hears(second["number"].as_str().expect("a number"))
        .await;
    settles(&world).await;
    assert_eq!(siti.phone.count("kini dijadwalkan").await, 0, "not yet");

    let siti = siti.phone.clone();
    let world = world.restarted().await;
    world.clock.advance(TimeDelta::seconds(59));
    settles(&world).await;
    assert_eq!(siti.count("kini dijadwalkan").await, 0, "a second before");
    world.clock.advance(TimeDelta::seconds(1));
    siti.hears("14.00").await;
    settles(&world).await;
    assert_eq!(siti.count("kini dijadwalkan").await, 1, "both corrections as one");

    // Who comes is told at once, and makes a correction needless that still waits.
    let moved = json!({ "visit_time": "15:00", "version": world.look(&first).await["version"] });
    world.admin.patch(&path, moved).await.expect(200);
    assign(&world, &first, &budi).await;
    siti.hears("15.00").await;
    settles(&world).await;
    assert_eq!(siti.count("akan datang").await, 1);
    world.clock.advance(TimeDelta::minutes(2));
    settles(&world).await;
    assert_eq!(siti.count("15.00").await, 1, "the correction had been told");
    world
}

story!(
    /// Whoever stands at the door is told of among the answers: an answer does not wait behind it.
    answers_pass_what_waits_for_its_time, at_night(), world => {
        let (budi, _) = world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        let tonight = ticket(&world, &customer, json!({ "visit_date": "2026-11-23", "visit_time": "23:00" })).await;
        assign(&world, &tonight, &budi).await;
        siti.phone.hears("23.00").await;
        settles(&world).await;
        let path = format!("tickets/{}", tonight["id"].as_str().expect("an id"));
        let moved = json!({ "visit_time": "23:30", "version": world.look(&tonight).await["version"] });
        world.admin.patch(&path, moved).await.expect(200);
        siti.says("menu").await;
        siti.phone.hears("Halo Siti Aminah").await;
        assert_eq!(siti.phone.count("23.30").await, 0);
        world.clock.advance(TimeDelta::minutes(2));
        siti.phone.hears("23.30").await;
    }
);
