//! A chat that the office has: the bot is silent there, and nothing that is said is lost.

use chrono::TimeDelta;
use dialogues::tap::Answer;
use domain::ids::ContactId;
use serde_json::{Value, json};
use tanggap::app::act::{Act, Channel};
use tanggap::app::{chats, conversation};
use tanggap::store::contacts::{Kind, owner};

use crate::harness::{Setup, World, story};
use crate::stories::contacts::rina;
use crate::stories::registration::{Writer, on_whatsapp};
use crate::stories::reporting::closed;

/// The chat of whoever writes from this phone.
async fn chat_of(world: &World, id: i64) -> ContactId {
    let phone = format!("+62812000{id:05}");
    let alias = owner(&world.running.app.db, Kind::Phone, &phone)
        .await
        .expect("a look");
    alias.expect("a chat").contact
}

/// The office takes a chat, or gives it back, or writes there.
pub(crate) async fn office(world: &World, id: i64, deed: &str) {
    let (app, chat) = (&world.running.app, chat_of(world, id).await);
    let act = Act {
        channel: Channel::Panel,
        ..Act::system(app.now())
    };
    let done = match deed {
        "take" => chats::take_over(app, &act, chat).await,
        "give" => chats::give_back(app, &act, chat).await,
        words => chats::write(app, &act, chat, words).await,
    };
    done.expect("done");
}

story!(
    /// Whoever writes on after an answer is heard: what it is about waits again, and each answer of the office is
    /// followed by one notice at most.
    what_is_said_meanwhile_waits_again, on_whatsapp(), world => {
        let device = rina(&world).await;
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.registers("Siti Aminah").await;
        let request = siti.asks("Kulkas saya mati, bisa datang?").await;
        let path = |end: &str| format!("requests/{}/{end}", request["id"].as_str().expect("an id"));
        world.admin.post(&path("reply"), json!({ "text": "Bisa, Bu. Merek apa?" })).await.expect(200);
        assert_eq!(world.waiting().await, Vec::<Value>::new());

        // A thumb up is no word.
        let answer = siti.phone.hears("Merek apa?").await;
        siti.phone.reacts(&answer, Some("👍")).await;
        siti.handled().await;
        assert_eq!(world.waiting().await, Vec::<Value>::new());
        siti.says("Masih mati, kapan datang?").await;
        siti.says("Merek Sharp").await;
        siti.phone.photo_seed(4).await;
        siti.handled().await;
        siti.hears("Merek apa?").await;
        let again = world.waiting().await;
        assert_eq!((again.len(), &again[0]["id"], &again[0]["answer"]), (1, &request["id"], &json!("Bisa, Bu. Merek apa?")));
        device.sees("menulis lagi").await;
        world.drained().await;
        assert_eq!(world.waiting().await[0]["photos"].as_array().map(Vec::len), Some(1), "the office sees the photo");
        world.admin.post(&path("reply"), json!({ "text": "Besok pagi, Bu." })).await.expect(200);
        siti.says("Baik, saya tunggu").await;
        assert_eq!(world.waiting().await.len(), 1);
        world.drained().await;
        assert_eq!(device.count("menulis lagi").await, 2, "one for each answer");

        // What has become a ticket, or was closed, is over: whatever follows is a question of its own.
        world.admin.post(&path("dismiss"), json!({ "reason": "sudah dijadwalkan" })).await.expect(200);
        siti.says("Eh, lusa saja ya").await;
        let fresh = world.waiting().await;
        assert_eq!((fresh.len(), &fresh[0]["kind"], &fresh[0]["text"]), (1, &json!("question"), &json!("Eh, lusa saja ya")));
        assert_ne!(fresh[0]["id"], request["id"]);
        siti.says("Jam sepuluh").await;
        assert_eq!(world.waiting().await.len(), 1, "it waits already");
        office(&world, 1, "give").await;
        siti.says("menu").await;
        siti.hears("Halo Siti Aminah").await;
    }
);

story!(
    /// A place and a card that are sent while the office has the chat are there to be used.
    places_and_cards_are_seen_by_the_office, on_whatsapp(), world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.registers("Siti Aminah").await;
        siti.asks("Kulkas saya mati, bisa datang?").await;
        office(&world, 1, "Bisa. Di mana, dan siapa yang menunggu?").await;
        siti.phone.location(-6.2, 106.8).await;
        let card = json!([{ "name": { "formatted_name": "Tono" }, "phones": [{ "phone": "0812-9999-0000" }] }]);
        siti.phone.sends("contacts", card).await;
        siti.handled().await;
        let all = world.waiting().await;
        assert_eq!((all.len(), &all[0]["latitude"], &all[0]["longitude"]), (1, &json!(-6.2), &json!(106.8)));
        let chat = chats::find(&world.running.app, chat_of(&world, 1).await).await.expect("a chat");
        let place = chat.lines.iter().find(|line| line.kind == "place").expect("a place");
        assert_eq!((place.latitude, place.longitude), (Some(-6.2), Some(106.8)));
        let card = chat.lines.iter().find(|line| line.kind == "contacts").expect("a card");
        assert_eq!(card.text.as_deref(), Some("0812-9999-0000"));
    }
);

story!(
    /// Stars are taken although the office has the chat, and only when they were asked for last.
    stars_are_taken_meanwhile, on_whatsapp(), world => {
        let (budi, _) = world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        office(&world, 1, "take").await;
        let ticket = closed(&world, &customer, &budi).await;
        siti.phone.hears("Bagaimana kerja teknisi").await;
        siti.says("5").await;
        siti.phone.hears("Bagaimana layanan pelanggan").await;
        assert_eq!(world.waiting().await, Vec::<Value>::new());
        office(&world, 1, "Mau teknisi datang jam 1 atau jam 2?").await;
        siti.phone.hears("jam 1 atau jam 2?").await;
        siti.says("2").await;
        let rating = world.look(&ticket).await["rating"].clone();
        assert_eq!((&rating["technician_stars"], &rating["cs_stars"]), (&json!(5), &Value::Null));
        let asked = world.waiting().await;
        assert_eq!((asked.len(), &asked[0]["text"]), (1, &json!("2")), "the office hears it");
    }
);

story!(
    /// Photos that were on their way when the office took the chat are not answered over its head, nor lost.
    an_album_waits_for_the_office,
    Setup { frozen: Some("2026-11-23T03:00:00Z"), ..on_whatsapp() }, world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.registers("Siti Aminah").await;
        siti.says("lapor AC kamar tidak dingin").await;
        // What is on its way when the clock goes on by hours would count as lost there.
        world.drained().await;
        for seed in 1..=2 {
            siti.phone.photo_seed(seed).await;
        }
        siti.handled().await;
        let before = siti.said().await.len();
        office(&world, 1, "take").await;
        world.fetched().await;
        world.clock.advance(TimeDelta::seconds(5));
        // The product's own round may come first.
        let app = &world.running.app;
        world.eventually("it sleeps", || async { conversation::wake(app).await.expect("woken") == 0 }).await;
        assert_eq!(siti.said().await.len(), before);
        world.clock.advance(TimeDelta::hours(3));
        siti.says("sejak kemarin pagi").await;
        siti.hears("Foto: 2. Alamat").await;
        siti.answers(Answer::Send).await;
        siti.hears("Laporan diterima").await;
    }
);
