//! Stars: for the question that was asked, whatever else the chat offers, and few of them are told once.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tanggap::app::ratings;

use crate::harness::{Setup, World, story};
use crate::stories::contacts::rina;
use crate::stories::registration::{Writer, on_whatsapp};
use crate::stories::reporting::closed;

async fn given(world: &World, ticket: &Value) -> (Value, Value) {
    let rating = world.look(ticket).await["rating"].clone();
    (rating["technician_stars"].clone(), rating["cs_stars"].clone())
}

story!(
    /// The menu stands in the chat when a ticket is closed; a number then means stars, until something else is said.
    a_typed_number_is_stars_and_no_row_of_the_menu, on_whatsapp(), world => {
        let (budi, _) = world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        siti.says("menu").await;
        siti.hears("Halo Siti Aminah").await;
        let ticket = closed(&world, &customer, &budi).await;
        siti.phone.hears("Bagaimana kerja teknisi").await;
        siti.says("5").await;
        siti.hears("Bagaimana layanan pelanggan (CS)").await;
        siti.phone.hears("Bagaimana layanan pelanggan (CS)").await;
        siti.says("⭐⭐⭐⭐").await;
        siti.hears("Terima kasih atas penilaian Anda").await;
        assert_eq!(given(&world, &ticket).await, (json!(5), json!(4)));
        siti.says("menu").await;
        siti.says("4").await;
        siti.hears("Data Anda").await;
        assert_eq!(given(&world, &ticket).await, (json!(5), json!(4)));
    }
);

story!(
    /// Of two tickets that were closed the same day each gets its own stars, whatever is read in between.
    each_ticket_gets_its_own_stars, on_whatsapp(), world => {
        let (budi, _) = world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        let first = closed(&world, &customer, &budi).await;
        let number = |ticket: &Value| ticket["number"].as_str().expect("a number").to_owned();
        let question = siti.phone.hears("Bagaimana kerja teknisi").await;
        let second = closed(&world, &customer, &budi).await;
        siti.phone.hears(&format!("pada tiket *{}*", number(&second))).await;
        // News of the older question is no newer question.
        world.tell_status(&question, "read", None).await;
        siti.handled().await;
        siti.says("3").await;
        siti.phone.hears(&format!("(CS) kami pada tiket *{}*", number(&second))).await;
        assert_eq!(given(&world, &second).await, (json!(3), Value::Null));
        assert_eq!(given(&world, &first).await.0, Value::Null);
        // Whoever answers the older one by name means that one.
        siti.phone.says_with("5", json!({ "reply_to": question["id"] })).await;
        siti.handled().await;
        siti.phone.hears(&format!("(CS) kami pada tiket *{}*", number(&first))).await;
        siti.says("4").await;
        assert_eq!(given(&world, &first).await, (json!(5), json!(4)));
        assert_eq!(given(&world, &second).await, (json!(3), Value::Null));
    }
);

story!(
    /// The admins hear of few stars once for each of those whom they are for, and once of the word that goes with them.
    few_stars_are_told_once, on_whatsapp(), world => {
        let device = rina(&world).await;
        let (budi, _) = world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        let ticket = closed(&world, &customer, &budi).await;
        let question = siti.phone.hears("Bagaimana kerja teknisi").await;
        for title in ["⭐ Sangat kurang", "⭐⭐ Kurang", "⭐⭐⭐⭐⭐ Sangat puas", "⭐ Sangat kurang"] {
            siti.phone.presses_on(&question, title).await;
            siti.handled().await;
        }
        device.sees("memberi teknisi nilai 1 dari 5").await;
        let office = siti.phone.hears("Bagaimana layanan pelanggan").await;
        siti.phone.presses_on(&office, "⭐⭐ Kurang").await;
        siti.handled().await;
        siti.hears("Mohon maaf atas pengalaman Anda").await;
        siti.says("Datang terlambat dua jam").await;
        siti.hears("Terima kasih atas penilaian Anda").await;
        device.sees("Datang terlambat dua jam").await;
        world.drained().await;
        assert_eq!(device.count("memberi CS nilai").await, 1);
        assert_eq!(device.count("memberi teknisi nilai").await, 2, "the stars, and the word");
        assert_eq!(given(&world, &ticket).await, (json!(1), json!(2)));
    }
);

story!(
    /// Three stars alarm nobody, and are worth asking what was amiss: what is answered to that is read once.
    three_stars_ask_for_a_word_and_alarm_nobody, on_whatsapp(), world => {
        let device = rina(&world).await;
        let (budi, _) = world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        let ticket = closed(&world, &customer, &budi).await;
        for question in ["Bagaimana kerja teknisi", "Bagaimana layanan pelanggan"] {
            let question = siti.phone.hears(question).await;
            siti.phone.presses_on(&question, "⭐⭐⭐ Cukup").await;
            siti.handled().await;
        }
        siti.hears("Terima kasih atas penilaian Anda. Ada catatan?").await;
        world.drained().await;
        assert_eq!(device.count("dari 5").await, 0);
        siti.says("Lumayan, hanya agak lama").await;
        siti.hears("Terima kasih atas penilaian Anda").await;
        device.sees("agak lama").await;
        world.drained().await;
        assert_eq!(device.count("dari 5").await, 1);
        assert_eq!(given(&world, &ticket).await, (json!(3), json!(3)));
        assert_eq!(world.look(&ticket).await["rating"]["comment"], "Lumayan, hanya agak lama");
    }
);

story!(
    /// A form that says again what stands already is no reason to refuse what is new in it.
    what_stands_may_be_said_again,
    Setup { frozen: Some("2026-11-23T03:00:00Z"), flood: false, ..on_whatsapp() }, world => {
        let app = &world.running.app;
        let (budi, _) = world.technician(1001, "Budi").await;
        let (customer, _) = world.basics().await;
        let ticket = closed(&world, &customer, &budi).await;
        let id = ticket["id"].as_str().expect("an id").parse().expect("an id");
        let token = ratings::of_ticket(app, id).await.ok().flatten().expect("asked for").token;
        let give = |technician_stars, cs_stars, comment: Option<&str>| {
            let comment = comment.map(str::to_owned);
            ratings::rate_by_token(app, &token, ratings::Answer { technician_stars, cs_stars, comment })
        };
        give(Some(4), None, None).await.expect("given");
        world.clock.advance(TimeDelta::hours(25));
        let page = give(Some(4), Some(2), Some("CS sulit dihubungi")).await.expect("the office only now");
        assert_eq!((page.technician_stars, page.cs_stars), (Some(4), Some(2)));
        assert!(give(Some(3), Some(2), None).await.is_err(), "a day is over");
        let page = ratings::by_token(app, &token).await.expect("a page");
        assert_eq!((page.technician_stars, page.cs_stars), (Some(4), Some(2)));
    }
);
