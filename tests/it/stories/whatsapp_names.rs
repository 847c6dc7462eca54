//! One person, several names, several chats: nothing is lost where they meet, and nothing goes to a stranger.

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::arrival::{Arrival, Said, Who};
use dialogues::receipt::{Receipt, Stage};
use domain::phone::Phone;
use serde_json::{Value, json};
use tanggap::app::conversation::{arrived, receipt};
use tanggap::store::contacts::{Kind, of_contact};

use crate::harness::{Setup, World, story};
use crate::stories::contacts::rina;
use crate::stories::registration::on_whatsapp;

const PHONE: &str = "6281200000011";
const NEW_PHONE: &str = "6281200000012";
const ID: &str = "ID.1502000000000011";

fn who(phone: Option<&str>, user: Option<&str>) -> Who {
    Who {
        phone: phone.map(|phone| Phone::vouched(phone).expect("a phone")),
        user_id: user.map(str::to_owned),
        parent_id: None,
        name: Some("Sari".to_owned()),
    }
}

/// Writes something that is answered by nothing.
async fn writes(world: &World, id: &str, who: Who, at: DateTime<Utc>) {
    let arrival = Arrival {
        external_id: id.to_owned(),
        who,
        sent_at: at,
        received_at: at,
        forwarded: false,
        reply_to: None,
        said: Said::Gesture,
    };
    arrived(&world.running.app, arrival).await.expect("handled");
}

/// News of a message that tell whom it reached.
async fn reached(world: &World, who: Who) {
    let news = Receipt {
        message: "wamid.reached".to_owned(),
        stage: Stage::Delivered,
        at: world.clock.now(),
        callback: None,
        who,
        fault: None,
        price: None,
    };
    receipt(&world.running.app, news).await.expect("handled");
}

async fn customer(world: &World, phone: &str) -> Value {
    let form = json!({ "name": "Sari Dewi", "address": "Jl. Melati 5, Bekasi", "phone": phone });
    world.admin.post("customers", form).await.expect(201)
}

/// The office changes a customer's number.
async fn renumber(world: &World, customer: &Value, phone: &str) {
    let path = format!("customers/{}", customer["id"].as_str().expect("an id"));
    let now = world.admin.get(&path).await.expect(200);
    let form = json!({ "phone": phone, "version": now["version"] });
    world.admin.patch(&path, form).await.expect(200);
}

story!(
    /// Someone without a phone asks something; the office then writes her down, and a message of its own shows that
    /// both are one: what she asked, said and was being asked is hers still, and the answer arrives.
    what_hangs_on_a_chat_goes_with_its_person, on_whatsapp(), world => {
        let sari = world.customer_with(11, "Sari", json!({ "hides_phone": true, "user_id": ID })).await;
        sari.says("CS").await;
        sari.hears("tulis pesan Anda").await;
        sari.says("Internet saya mati, kapan dibetulkan?").await;
        world.eventually("the office hears of it", || async {
            let list = world.admin.get("requests?state=new").await.expect(200);
            list["data"].as_array().is_some_and(|all| all.len() == 1)
        }).await;
        sari.says("CS").await;
        sari.hears_after(2, "tulis pesan Anda").await;
        world.drained().await;
        let first = world.owner_of(Kind::User, ID).await.expect("a chat");

        let card = customer(&world, "081200000011").await;
        let second = world.told_on(&card).await.expect("a chat of the number").id;
        assert_ne!(first, second);
        reached(&world, who(Some(PHONE), Some(ID))).await;
        let one = world.owner_of(Kind::User, ID).await.expect("a chat");
        assert_eq!(world.owner_of(Kind::Phone, "+6281200000011").await, Some(one));
        assert_eq!(world.contact(one).await.customer.map(|id| id.to_string()).as_deref(), card["id"].as_str());
        for table in ["messages", "requests"] {
            let lost = format!("SELECT COUNT(*) FROM {table} WHERE contact_id <> {one}");
            assert_eq!(world.number(&lost).await, 0, "{table}");
        }
        let kept = format!("SELECT COUNT(*) FROM conversations WHERE channel = 'whatsapp' AND chat = '{one}'");
        assert_eq!(world.number(&kept).await, 1, "what she was being asked");

        // She goes on where she was, and the office answers what she asked first.
        sari.says("Dan tagihan saya berapa?").await;
        world.eventually("the second question is there too", || async {
            let list = world.admin.get("requests?state=new").await.expect(200);
            list["data"].as_array().is_some_and(|all| all.len() == 2)
        }).await;
        let list = world.admin.get("requests?state=new").await.expect(200);
        let all = list["data"].as_array().expect("a list").clone();
        let asked = all.iter().find(|one| one["text"].as_str().is_some_and(|text| text.contains("mati")));
        let path = format!("requests/{}/reply", asked.expect("her question")["id"].as_str().expect("an id"));
        world.admin.post(&path, json!({ "text": "Teknisi datang besok pagi." })).await.expect(200);
        sari.hears("besok pagi").await;
    }
);

story!(
    /// What was queued for a chat that another takes in at the same moment goes there, not nowhere.
    what_was_queued_for_a_chat_that_is_gone_follows_it, on_whatsapp(), world => {
        let sari = world.customer_with(11, "Sari", json!({ "user_id": ID })).await;
        sari.file(json!({ "kind": "sticker" })).await;
        world.webhooks_taken().await;
        world.webhooks_handled().await;
        world.technician_quick(2000).await;
        let card = customer(&world, "081200000011").await;
        let stays = world.told_on(&card).await.expect("her chat").id;
        let gone = format!(
            "INSERT INTO contacts (locale, replaced_by, created_at) VALUES ('id', {stays}, '2026-11-22 00:00:00+00:00')"
        );
        world.order(&gone).await;
        let id = world.number("SELECT MAX(id) FROM contacts").await;
        let basics = (card.clone(), world.basics().await.1);
        world.ticket(&basics, "Modem mati").await;
        world.order(&format!("UPDATE outbox SET recipient = '{id}' WHERE channel = 'whatsapp' AND state = 'queued'")).await;
        sari.hears("TKT-").await;
        assert_eq!(sari.count("TKT-").await, 1);
    }
);

story!(
    /// The office mends a number that nothing got through to: the next message goes there.
    a_mended_number_is_written_to, on_whatsapp(), world => {
        let rina = rina(&world).await;
        world.technician_quick(2000).await;
        let card = customer(&world, "081200000099").await;
        let basics = (card.clone(), world.basics().await.1);
        world.ticket(&basics, "Modem mati").await;
        rina.sees("Hubungi lewat telepon").await;
        assert!(world.told_on(&card).await.expect("a chat").unusable.is_some());
        let sari = world.customer(11, "Sari").await;
        renumber(&world, &card, "081200000011").await;
        world.ticket(&basics, "Modem mati lagi").await;
        sari.hears("TKT-").await;
    }
);

story!(
    /// The office writes another number down than the one that a customer wrote from: his news go to the new one. The
    /// chat stays his; whoever writes from the old number under another id is a stranger, under his own he is himself.
    a_number_that_the_office_changed_is_left, Setup::unreached(), world => {
        let now = world.clock.now();
        let card = customer(&world, "081200000011").await;
        let own = world.told_on(&card).await.expect("a chat").id;
        writes(&world, "wamid.1", who(Some(PHONE), Some(ID)), now).await;
        assert_eq!(world.owner_of(Kind::User, ID).await, Some(own));
        renumber(&world, &card, "081200000012").await;
        let chat = world.told_on(&card).await.expect("a chat");
        assert_eq!((chat.id, chat.last_inbound_at), (own, None));
        assert_eq!(world.owner_of(Kind::Phone, "+6281200000012").await, Some(own));
        assert_eq!(world.owner_of(Kind::Phone, "+6281200000011").await, None);

        writes(&world, "wamid.2", who(Some(PHONE), Some("ID.stranger")), now).await;
        let stranger = world.owner_of(Kind::Phone, "+6281200000011").await.expect("a chat");
        assert_ne!(stranger, own);
        assert_eq!(world.contact(stranger).await.customer, None);
        assert_eq!(world.told_on(&card).await.expect("a chat").id, own);

        writes(&world, "wamid.3", who(None, Some(ID)), now + TimeDelta::minutes(1)).await;
        assert_eq!(world.owner_of(Kind::User, ID).await, Some(own), "the same person by the service's own id");
    }
);

story!(
    /// Late news under a former id neither bring it back nor make somebody new.
    a_former_id_stays_former, Setup::unreached(), world => {
        let now = world.clock.now();
        writes(&world, "wamid.1", who(Some(PHONE), Some(ID)), now).await;
        let own = world.owner_of(Kind::User, ID).await.expect("a chat");
        let renamed = Arrival {
            external_id: "wamid.2".to_owned(),
            who: who(Some(PHONE), Some(ID)),
            sent_at: now,
            received_at: now,
            forwarded: false,
            reply_to: None,
            said: Said::Renamed(who(Some(NEW_PHONE), Some("ID.new"))),
        };
        arrived(&world.running.app, renamed).await.expect("handled");
        reached(&world, who(Some(NEW_PHONE), Some(ID))).await;
        assert_eq!(world.owner_of(Kind::User, "ID.new").await, Some(own));
        assert_eq!(world.owner_of(Kind::User, ID).await, None, "it was not brought back");
        // A message from before comes only now.
        writes(&world, "wamid.0", who(Some(PHONE), Some(ID)), now - TimeDelta::minutes(5)).await;
        assert_eq!(world.number("SELECT COUNT(*) FROM contacts").await, 1);
        let names = of_contact(&world.running.app.db, own).await.expect("a look");
        let mut names: Vec<String> = names.into_iter().map(|alias| alias.value).collect();
        names.sort();
        assert_eq!(names, ["+6281200000012", "ID.new"]);
    }
);

story!(
    /// The service says that a customer has another number: her card has it too, and whoever gets the former one is
    /// a stranger, whether he writes or is only written to.
    a_number_that_was_given_up_makes_nobody_its_customer, Setup::unreached(), world => {
        let rina = rina(&world).await;
        let now = world.clock.now();
        let card = customer(&world, "081200000011").await;
        writes(&world, "wamid.1", who(Some(PHONE), Some(ID)), now).await;
        let own = world.owner_of(Kind::User, ID).await.expect("a chat");
        assert!(world.contact(own).await.customer.is_some());
        let renamed = Arrival {
            external_id: "wamid.2".to_owned(),
            who: who(Some(PHONE), None),
            sent_at: now,
            received_at: now,
            forwarded: false,
            reply_to: None,
            said: Said::Renamed(who(Some(NEW_PHONE), Some("ID.new"))),
        };
        arrived(&world.running.app, renamed).await.expect("handled");
        let path = format!("customers/{}", card["id"].as_str().expect("an id"));
        assert_eq!(world.admin.get(&path).await.expect(200)["phone"], "+6281200000012");
        rina.sees("mengganti nomor HP lewat WhatsApp").await;
        writes(&world, "wamid.3", who(Some(PHONE), Some("ID.tono")), now).await;
        let tono = world.owner_of(Kind::Phone, "+6281200000011").await.expect("a chat");
        assert_eq!((tono == own, world.contact(tono).await.customer), (false, None));
        assert_eq!(world.told_on(&card).await.expect("a chat").id, own);
        assert_eq!(world.owner_of(Kind::Phone, "+6281200000012").await, Some(own));
    }
);

story!(
    /// The same where only her messages show that she has another number, and the card has the former one still.
    a_number_that_she_no_longer_writes_from_is_nobodys_word, Setup::unreached(), world => {
        let rina = rina(&world).await;
        let now = world.clock.now();
        let card = customer(&world, "081200000011").await;
        writes(&world, "wamid.1", who(Some(PHONE), Some(ID)), now).await;
        let own = world.owner_of(Kind::User, ID).await.expect("a chat");
        writes(&world, "wamid.2", who(Some(NEW_PHONE), Some(ID)), now).await;
        for message in ["wamid.3", "wamid.4"] {
            writes(&world, message, who(Some(PHONE), Some("ID.tono")), now).await;
        }
        let tono = world.owner_of(Kind::Phone, "+6281200000011").await.expect("a chat");
        assert_eq!((tono == own, world.contact(tono).await.customer), (false, None));
        rina.sees("akun lain").await;
        world.drained().await;
        assert_eq!(rina.count("akun lain").await, 1);
        // The office looks, and says that it is hers after all.
        renumber(&world, &card, "081200000077").await;
        renumber(&world, &card, "081200000011").await;
        writes(&world, "wamid.5", who(Some(PHONE), Some("ID.tono")), now).await;
        assert!(world.contact(tono).await.customer.is_some());
    }
);

story!(
    /// Somebody who gets a customer's number after a long silence is a stranger also to what is sent by it.
    whoever_comes_after_a_long_silence_is_not_the_customer, Setup::unreached(), world => {
        rina(&world).await;
        let now = world.clock.now();
        let card = customer(&world, "081200000011").await;
        writes(&world, "wamid.1", who(Some(PHONE), Some(ID)), now - TimeDelta::days(100)).await;
        let old = world.owner_of(Kind::User, ID).await.expect("a chat");
        assert!(world.contact(old).await.customer.is_some());
        writes(&world, "wamid.2", who(Some(PHONE), Some("ID.other")), now).await;
        let new = world.owner_of(Kind::Phone, "+6281200000011").await.expect("a chat");
        assert_eq!((new == old, world.contact(new).await.customer), (false, None));
        assert_eq!(world.told_on(&card).await.expect("a chat").id, old);
    }
);

story!(
    /// Another id writes from a known number: the office hears of it once. After a long silence it is somebody else.
    a_number_that_went_to_somebody_else_does_not_bring_its_chat, Setup::unreached(), world => {
        let rina = rina(&world).await;
        let now = world.clock.now();
        writes(&world, "wamid.1", who(Some(PHONE), Some(ID)), now - TimeDelta::days(100)).await;
        let old = world.owner_of(Kind::User, ID).await.expect("a chat");
        writes(&world, "wamid.2", who(Some(PHONE), Some("ID.other")), now).await;
        writes(&world, "wamid.3", who(Some(PHONE), Some("ID.other")), now).await;
        let new = world.owner_of(Kind::Phone, "+6281200000011").await.expect("a chat");
        assert_ne!(new, old);
        assert_eq!(world.owner_of(Kind::User, ID).await, None);
        rina.sees("akun lain").await;
        // Shortly after, the same: perhaps the person himself, and the office looks.
        writes(&world, "wamid.4", who(Some(PHONE), Some("ID.third")), now + TimeDelta::minutes(1)).await;
        assert_eq!(world.owner_of(Kind::User, "ID.third").await, Some(new));
        world.eventually("both are told", || async { rina.count("akun lain").await == 2 }).await;
    }
);

story!(
    /// Whoever asked for silence and was erased is not written to when the office adds the number again.
    silence_outlasts_erasure, on_whatsapp(), world => {
        world.technician_quick(2000).await;
        let sari = world.customer(11, "Sari").await;
        let card = customer(&world, "081200000011").await;
        sari.says("STOP").await;
        sari.hears("tidak akan menerima").await;
        let path = format!("customers/{}?erase=true", card["id"].as_str().expect("an id"));
        world.admin.delete(&path).await.expect(204);
        let again = customer(&world, "081200000011").await;
        assert!(world.told_on(&again).await.expect("a chat").stopped_at.is_some());
        let basics = (again, world.basics().await.1);
        world.ticket(&basics, "Modem mati").await;
        world.drained().await;
        assert_eq!(sari.count("TKT-").await, 0);
    }
);

/// Many messages under many names at once, while the office's chat of the same person is made: it is one chat.
async fn crowd(world: &World) {
    let now = world.clock.now();
    let card = customer(world, "081200000011").await;
    writes(world, "wamid.0", who(None, Some(ID)), now).await;
    let names = [(Some(PHONE), Some(ID)), (None, Some(ID)), (Some(PHONE), None)];
    let ids: Vec<String> = (1..=24).map(|n| format!("wamid.{n}")).collect();
    let all = ids.iter().zip(names.iter().cycle());
    let all = all.map(|(id, (phone, user))| writes(world, id, who(*phone, *user), now));
    let (_, told, ()) = tokio::join!(
        futures::future::join_all(all),
        world.told_on(&card),
        reached(world, who(Some(PHONE), Some(ID)))
    );
    assert!(told.is_some());
    let one = world.owner_of(Kind::User, ID).await.expect("a chat");
    assert_eq!(world.owner_of(Kind::Phone, "+6281200000011").await, Some(one));
    let live = "SELECT COUNT(*) FROM contacts WHERE replaced_by IS NULL";
    assert_eq!(world.number(live).await, 1);
    let lost = format!("SELECT COUNT(*) FROM messages WHERE contact_id <> {one}");
    assert_eq!(
        world.number(&lost).await,
        0,
        "each message is on the chat that stands"
    );
}

story!(
    /// However the names of one person cross at the same moment, there is one chat in the end, with every message.
    names_that_cross_make_one_chat, Setup::unreached(), world => {
        crowd(&world).await;
    }
);
