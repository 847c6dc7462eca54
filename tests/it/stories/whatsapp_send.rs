//! What goes out by WhatsApp: to whom, in which words, once, and how far it came.

use chrono::TimeDelta;
use dialogues::say::Say;
use dialogues::standby::{Purpose, Standby};
use dialogues::text::Text;
use domain::ids::{ContactId, CustomerId};
use domain::person::Locale;
use futures::FutureExt;
use serde_json::{Value, json};
use tanggap::app::contacts;
use tanggap::app::conversation::Error;
use tanggap::store::contacts::{Kind, by_id, owner};
use tanggap::store::outbox::{Lane, Message, enqueue};

use crate::harness::{Customer, Setup, World, story};
use crate::stories::contacts::rina;

fn with_whatsapp() -> Setup {
    Setup {
        whatsapp: true,
        ..Setup::default()
    }
}

/// Queues something to say for a chat.
pub(crate) async fn say(world: &World, contact: ContactId, lane: Lane, say: Say) {
    let app = world.running.app.clone();
    let (at, name) = (app.now(), say.text.name().to_owned());
    let message = Message {
        channel: "whatsapp",
        lane,
        recipient: contact.to_string(),
        user: None,
        ticket: None,
        kind: name,
        locale: Locale::Id,
        payload: serde_json::to_string(&say).expect("JSON"),
        card: None,
    };
    let done = app
        .db
        .write(move |tx| async move { Ok::<_, Error>(enqueue(tx, message, at).await?) }.boxed());
    done.await.map_err(|error| error.to_string()).expect("queued");
    app.cluster.wake(tanggap::cluster::Topic::Outbox);
}

fn done_say(number: i64) -> Say {
    let standby = Standby::of(Purpose::TicketDone)
        .fact("no_tiket", format!("TKT-{number:06}"))
        .fact("teknisi", "Budi *Santoso*\nJr")
        .fact("waktu", "hari ini");
    Say::text(Text::Trouble).standby(standby)
}

/// The chat of someone who has just written.
async fn chat_of(world: &World, person: &Customer) -> ContactId {
    // Opens the window, and is answered by nothing.
    person.file(json!({ "kind": "sticker" })).await;
    let phone = format!("+62812000{:05}", person.id);
    let db = world.running.app.db.clone();
    let find = || {
        let (db, phone) = (db.clone(), phone.clone());
        async move {
            let alias = owner(&db, Kind::Phone, &phone).await.expect("a look")?;
            let contact = by_id(&db, alias.contact).await.expect("a look");
            contact.filter(|contact| contact.last_inbound_at.is_some())
        }
    };
    world
        .eventually("the chat is known", || async { find().await.is_some() })
        .await;
    find().await.expect("a chat").id
}

/// The chat of a customer whose number the office typed.
async fn chat_of_office(world: &World, name: &str, phone: &str) -> ContactId {
    let form = json!({ "name": name, "address": "Jl. Melati 5, Bekasi", "phone": phone });
    let customer = world.admin.post("customers", form).await.expect(201);
    let id: CustomerId = customer["id"].as_str().expect("an id").parse().expect("an id");
    let app = world.running.app.clone();
    let db = app.db.clone();
    let made =
        db.write(move |tx| async move { contacts::of_customer(&app, tx, id, app.now()).await }.boxed());
    made.await
        .map_err(|error: Error| error.to_string())
        .expect("a look")
        .0
        .expect("a chat")
        .id
}

/// The WhatsApp messages as the API tells of them, oldest first.
async fn deliveries(world: &World) -> Vec<Value> {
    let all = world.admin.get("deliveries").await.expect(200);
    let all = all["data"].as_array().expect("a list");
    all.iter()
        .rev()
        .filter(|one| one["channel"] == "whatsapp")
        .cloned()
        .collect()
}

async fn becomes(world: &World, at: usize, state: &str) {
    world
        .eventually(&format!("message {at} is {state}"), || async {
            deliveries(world)
                .await
                .get(at)
                .is_some_and(|one| one["state"] == state)
        })
        .await;
}

story!(
    /// An answer arrives in its own words; how far it came is told, in whatever order the news come.
    how_far_a_message_came_is_told_in_whatever_order, with_whatsapp(), world => {
        world.webhooks_travel(json!({ "shuffled": true, "doubled": 50, "batch": 3, "seed": 7 })).await;
        let siti = world.customer_with(1, "Siti", json!({ "reads": true })).await;
        let chat = chat_of(&world, &siti).await;
        for _ in 0..5 {
            say(&world, chat, Lane::Reply, Say::text(Text::Trouble)).await;
        }
        for at in 0..5 {
            becomes(&world, at, "read").await;
        }
        assert_eq!(siti.heard().await.len(), 5);
        assert!(siti.heard().await.iter().all(|one| one["input"] == "+6281200000001"));
        // News that come late, or twice, change nothing.
        for message in world.whatsapp_sent().await {
            world.tell_status(&message, "delivered", None).await;
            world.tell_status(&message, "sent", None).await;
        }
        world.webhooks_taken().await;
        assert!(deliveries(&world).await.iter().all(|one| one["state"] == "read"));
    }
);

story!(
    /// Who has not written in a day hears approved words or nothing; who has, hears ours.
    outside_the_window_only_approved_words_go, with_whatsapp(), world => {
        let sri = world.customer(2, "Sri").await;
        let chat = chat_of_office(&world, "Sri Wahyuni", "081200000002").await;
        say(&world, chat, Lane::Broadcast, done_say(7)).await;
        let heard = sri.hears("TKT-000007").await;
        assert_eq!(heard["template"], "tiket_selesai_v1");
        say(&world, chat, Lane::Reply, Say::text(Text::Trouble)).await;
        becomes(&world, 1, "failed").await;
        assert_eq!(sri.heard().await.len(), 1);
        assert_eq!(chat_of(&world, &sri).await, chat, "the same chat");
        say(&world, chat, Lane::Broadcast, done_say(8)).await;
        becomes(&world, 2, "delivered").await;
        assert_eq!(sri.heard().await[1]["template"], Value::Null, "she wrote: free words");
    }
);

story!(
    /// Whoever shows no phone is written to by the id that the service gave.
    without_a_phone_the_id_leads_there, with_whatsapp(), world => {
        let hidden = world.customer_with(3, "Hidden", json!({ "hides_phone": true, "user_id": "ID.777" })).await;
        hidden.file(json!({ "kind": "sticker" })).await;
        let db = world.running.app.db.clone();
        world.eventually("the chat is known", || async {
            owner(&db, Kind::User, "ID.777").await.expect("a look").is_some()
        }).await;
        let chat = owner(&db, Kind::User, "ID.777").await.expect("a look").expect("known").contact;
        say(&world, chat, Lane::Reply, Say::text(Text::Trouble)).await;
        becomes(&world, 0, "delivered").await;
        assert_eq!(hidden.heard().await[0]["input"], "ID.777");
    }
);

story!(
    /// A window that closed too early, too many at once, an answer that was lost, a service that stumbles: the
    /// message arrives once.
    what_goes_wrong_is_made_good_once, with_whatsapp(), world => {
        let siti = world.customer(1, "Siti").await;
        let chat = chat_of(&world, &siti).await;
        // The service says afterwards that the window was closed.
        world.whatsapp_fault(json!({ "kind": "fails", "code": 131_047, "message": "text" })).await;
        say(&world, chat, Lane::Broadcast, done_say(9)).await;
        let heard = siti.hears("TKT-000009").await;
        assert_eq!(heard["template"], "tiket_selesai_v1");
        becomes(&world, 0, "delivered").await;
        // And at once.
        world.whatsapp_fault(json!({ "kind": "refused", "code": 131_047, "message": "text" })).await;
        say(&world, chat, Lane::Broadcast, done_say(10)).await;
        siti.hears("TKT-000010").await;
        world.whatsapp_fault(json!({ "kind": "refused", "code": 131_056 })).await;
        say(&world, chat, Lane::Reply, Say::text(Text::Cancelled)).await;
        becomes(&world, 2, "delivered").await;
        world.whatsapp_fault(json!({ "kind": "refused", "code": 130_429 })).await;
        say(&world, chat, Lane::Reply, Say::text(Text::Unsupported)).await;
        becomes(&world, 3, "delivered").await;
        // It was carried out, and its answer was lost: the news of it say so, and nothing is sent twice.
        world.whatsapp_fault(json!({ "kind": "drop-after" })).await;
        say(&world, chat, Lane::Reply, Say::text(Text::LanguageSet)).await;
        becomes(&world, 4, "delivered").await;
        world.drained().await;
        assert_eq!(world.whatsapp_sent().await.iter().filter(|one| one["error"].is_null()).count(), 5);
    }
);

story!(
    /// Where nothing gets through, the office is told to call, and nothing more is tried.
    a_dead_end_is_told_once, with_whatsapp(), world => {
        let rina = rina(&world).await;
        let chat = chat_of_office(&world, "Tono", "081200000009").await;
        say(&world, chat, Lane::Broadcast, done_say(3)).await;
        becomes(&world, 0, "failed").await;
        rina.sees("Hubungi lewat telepon").await;
        say(&world, chat, Lane::Broadcast, done_say(4)).await;
        becomes(&world, 1, "failed").await;
        let told = deliveries(&world).await;
        assert!(told.iter().all(|one| one["fault"] == "not-on-whatsapp"), "{told:?}");
        assert!(told[0]["error"].as_str().expect("words").contains("tidak memakai WhatsApp"), "{told:?}");
        assert_eq!(told[0]["recipient"], "+62812•••009");
        assert_eq!(world.whatsapp_sent().await.len(), 1, "the second was not even tried");
        assert_eq!(rina.count("Hubungi lewat telepon").await, 1);
        let told = contacts::address(&world.running.app.db, chat).await.expect("a look").expect("a chat");
        assert_eq!(told.unusable.as_deref(), Some("not-on-whatsapp"));
        // He gets WhatsApp and writes: he can be reached.
        let tono = world.customer(9, "Tono").await;
        assert_eq!(chat_of(&world, &tono).await, chat);
        say(&world, chat, Lane::Reply, Say::text(Text::Trouble)).await;
        becomes(&world, 2, "delivered").await;
    }
);

/// A clock that only the story moves.
fn frozen() -> Setup {
    Setup {
        frozen: Some("2026-11-23T02:00:00Z"),
        ..with_whatsapp()
    }
}

/// How many messages the service was asked to send, whatever became of them.
async fn asked(world: &World) -> usize {
    world.whatsapp_sent().await.len()
}

story!(
    /// A channel that takes nothing is an alarm, said once; it is tried with one message at a time, and its end is
    /// said too.
    a_stopped_channel_is_an_alarm, frozen(), world => {
        let rina = rina(&world).await;
        let siti = world.customer(1, "Siti").await;
        let chat = chat_of(&world, &siti).await;
        world.whatsapp_fault(json!({ "kind": "fails", "code": 131_042, "count": 2 })).await;
        say(&world, chat, Lane::Reply, Say::text(Text::Trouble)).await;
        rina.sees("berhenti mengirim").await;
        let stopped = tanggap::app::channels::stopped(&world.running.app, "whatsapp").await.expect("a look");
        assert_eq!(stopped.expect("stopped").why, "payment");
        for number in 5..9 {
            say(&world, chat, Lane::Broadcast, done_say(number)).await;
        }
        world.clock.advance(TimeDelta::minutes(6));
        world.eventually("it is tried once more", || async { asked(&world).await == 2 }).await;
        world.eventually("which is told of as well", || async {
            deliveries(&world).await[0]["attempts"] == json!(2)
        }).await;
        world.webhooks_taken().await;
        world.webhooks_handled().await;
        assert_eq!(rina.count("berhenti mengirim").await, 1);
        world.clock.advance(TimeDelta::minutes(6));
        becomes(&world, 0, "delivered").await;
        rina.sees("mengirim lagi").await;
        becomes(&world, 4, "delivered").await;
        let sent = world.whatsapp_sent().await;
        assert_eq!(sent.len(), 7);
        let which = |at: usize| sent[at]["callback"].clone();
        assert!(which(0) == which(1) && which(1) == which(2), "only one tried: {sent:#?}");
    }
);

story!(
    /// Held back for what we sent, it is not tried again by itself: whoever has mended it sends once more.
    what_was_taken_for_spam_is_not_repeated, frozen(), world => {
        let rina = rina(&world).await;
        let siti = world.customer(1, "Siti").await;
        let chat = chat_of(&world, &siti).await;
        world.whatsapp_fault(json!({ "kind": "fails", "code": 131_048 })).await;
        say(&world, chat, Lane::Reply, Say::text(Text::Trouble)).await;
        rina.sees("berhenti mengirim").await;
        becomes(&world, 0, "failed").await;
        say(&world, chat, Lane::Broadcast, done_say(5)).await;
        for _ in 0..4 {
            world.clock.advance(TimeDelta::minutes(30));
            world.webhooks_handled().await;
        }
        let first = deliveries(&world).await[0].clone();
        assert_eq!((&first["fault"], asked(&world).await), (&json!("spam"), 1));
        let path = format!("deliveries/{}/retry", first["id"].as_str().expect("an id"));
        world.admin.post(&path, json!({})).await.expect(200);
        becomes(&world, 0, "delivered").await;
        rina.sees("mengirim lagi").await;
        becomes(&world, 1, "delivered").await;
        assert_eq!(asked(&world).await, 3);
    }
);

story!(
    /// An approved template that the service stopped taking is told to the office, once a day.
    a_template_that_is_paused_is_told_once, with_whatsapp(), world => {
        let rina = rina(&world).await;
        let chat = chat_of_office(&world, "Sri Wahyuni", "081200000002").await;
        world.customer(2, "Sri").await;
        world.whatsapp_fault(json!({ "kind": "refused", "code": 132_015, "count": 2 })).await;
        say(&world, chat, Lane::Broadcast, done_say(7)).await;
        say(&world, chat, Lane::Broadcast, done_say(8)).await;
        becomes(&world, 1, "failed").await;
        rina.sees("ticket_done").await;
        world.drained().await;
        assert_eq!(rina.count("ticket_done").await, 1);
        assert!(deliveries(&world).await.iter().all(|one| one["fault"] == "template"));
    }
);

story!(
    /// Whatever comes back late: of what tells how a ticket stands, nothing older goes after something newer.
    no_older_news_of_a_ticket_after_newer, with_whatsapp(), world => {
        let (budi, _) = world.technician(1001, "Budi").await;
        let siti = world.customer(1, "Siti").await;
        chat_of(&world, &siti).await;
        let form = json!({ "name": "Siti Aminah", "address": "Jl. Melati 5, Bekasi", "phone": "081200000001" });
        let customer = world.admin.post("customers", form).await.expect(201);
        let basics = (customer, world.basics().await.1);
        let ticket = world.ticket(&basics, "Modem mati").await;
        becomes(&world, 0, "delivered").await;
        let assign = format!("tickets/{}/assign", ticket["id"].as_str().expect("an id"));
        world.admin.post(&assign, json!({ "technician_id": budi["id"] })).await.expect(200);
        becomes(&world, 1, "delivered").await;
        // As after a failure of which nobody hears before the newer one has gone.
        let again = "UPDATE outbox SET state = 'queued', external_id = NULL, departed_at = NULL, leased_until = NULL \
            WHERE kind = 'customer_ticket_created'";
        world.order(again).await;
        world.drained().await;
        assert_eq!(asked(&world).await, 2, "the older one did not go again");
        let failed = "UPDATE outbox SET state = 'failed' WHERE kind = 'customer_ticket_created'";
        world.order(failed).await;
        let first = deliveries(&world).await[0].clone();
        assert_eq!(first["kind"], "customer_ticket_created");
        let path = format!("deliveries/{}/retry", first["id"].as_str().expect("an id"));
        assert_eq!(world.admin.post(&path, json!({})).await.problem(409), "wrong-state");
    }
);

story!(
    /// A machine that answers a machine falls silent after fifteen, and somebody is told.
    two_machines_do_not_talk_for_ever, with_whatsapp(), world => {
        let rina = rina(&world).await;
        let robot = world.customer(4, "Robot").await;
        let chat = chat_of(&world, &robot).await;
        for _ in 0..18 {
            say(&world, chat, Lane::Reply, Say::text(Text::Trouble)).await;
        }
        world.drained().await;
        assert_eq!(world.whatsapp_sent().await.len(), 15);
        rina.sees("terlalu ramai").await;
        // What did not go is there to be seen, and to be sent by whoever finds that it was no machine.
        let silent = deliveries(&world).await.split_off(15);
        assert!(silent.len() == 3 && silent.iter().all(|one| one["state"] == "failed" && one["fault"] == "too-many"));
        // What nobody asked for, such as the state of a ticket, goes all the same.
        say(&world, chat, Lane::Broadcast, done_say(6)).await;
        world.eventually("it arrives", || async { robot.heard().await.len() == 16 }).await;
        // Nor is it a machine who stands at the door.
        say(&world, chat, Lane::Reply, done_say(7)).await;
        world.eventually("it arrives", || async { robot.heard().await.len() == 17 }).await;
        assert_eq!(rina.count("terlalu ramai").await, 1);
    }
);

/// Waits until the newest message waits for news of whether it has gone.
async fn waits_for_news(world: &World) {
    world
        .eventually("it waits for news", || async {
            let all = deliveries(world).await;
            let db = world.running.app.db.clone();
            let due = tanggap::store::outbox::next_due(&db, "whatsapp")
                .await
                .expect("a look");
            let waits = all.last().is_some_and(|one| one["state"] == "queued");
            waits && due.is_some_and(|due| due > world.running.app.now())
        })
        .await;
}

story!(
    /// Killed between sending and writing it down: what may have gone is not sent again while news of it may come;
    /// without any it is, after a while. While nobody was there no news could come: that time does not count.
    what_a_killed_process_had_sent_is_not_sent_again_at_once, frozen(), world => {
        let siti = world.customer(1, "Siti").await;
        let chat = chat_of(&world, &siti).await;
        let killed = |departed: &str| format!("UPDATE outbox SET state = 'queued', external_id = NULL, \
            leased_until = NULL{departed} WHERE channel = 'whatsapp' AND state = 'sent'");
        for (at, departed) in ["", ", departed_at = '2026-01-01 00:00:00+00:00'"].into_iter().enumerate() {
            world.webhooks_travel(json!({ "paused": true })).await;
            say(&world, chat, Lane::Reply, Say::text(Text::Trouble)).await;
            becomes(&world, at, "sent").await;
            // As whoever was killed leaves it: on its way, and nobody knows more.
            world.order(&killed(departed)).await;
            waits_for_news(&world).await;
            world.webhooks_travel(json!({ "paused": false })).await;
            becomes(&world, at, "delivered").await;
            assert_eq!(siti.heard().await.len(), at + 1);
        }
        world.whatsapp_fault(json!({ "kind": "lost" })).await;
        say(&world, chat, Lane::Reply, Say::text(Text::Cancelled)).await;
        becomes(&world, 2, "sent").await;
        world.order(&killed("")).await;
        waits_for_news(&world).await;
        world.clock.advance(TimeDelta::minutes(3));
        becomes(&world, 2, "delivered").await;
        assert_eq!(siti.heard().await.len(), 3);
    }
);
