//! Reports, what becomes of them, what customers hear, and what they think of it.

use chrono::TimeDelta;

use dialogues::tap::Answer;
use domain::ids::TicketId;
use domain::ticket::Status;
use futures::FutureExt;
use serde_json::{Value, json};
use tanggap::app::{Error, conversation, ratings};
use tanggap::store;

use crate::harness::{Setup, World, story};
use crate::stories::registration::{Writer, on_whatsapp};

/// As if the technician had brought everything.
pub(crate) async fn finished(world: &World, ticket: &Value) {
    let id: TicketId = ticket["id"].as_str().expect("an id").parse().expect("an id");
    let (app, db) = (world.running.app.clone(), world.running.app.db.clone());
    let at = app.now();
    let done = db.write(move |tx| {
        async move {
            for next in [Status::InProgress, Status::Done] {
                let ticket = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
                store::tickets::advance(tx, &ticket, next, at).await?;
            }
            Ok::<_, Error>(())
        }
        .boxed()
    });
    done.await.map_err(|error| error.to_string()).expect("done");
}

/// A ticket of this customer that Budi has, done and closed; answers it.
pub(crate) async fn closed(world: &World, customer: &Value, budi: &Value) -> Value {
    let (_, service) = world.basics().await;
    let form =
        json!({ "customer_id": customer["id"], "service_id": service["id"], "problem": "AC tidak dingin" });
    let ticket = world.admin.post("tickets", form).await.expect(201);
    let path = |end: &str| format!("tickets/{}/{end}", ticket["id"].as_str().expect("an id"));
    let given = json!({ "technician_id": budi["id"] });
    world.admin.post(&path("assign"), given).await.expect(200);
    // Word of it leaves before the next makes it needless.
    world.drained().await;
    finished(world, &ticket).await;
    world
        .admin
        .post(&path("close"), json!({ "reason": "Garansi" }))
        .await
        .expect(200);
    ticket
}

story!(
    a_report_becomes_a_ticket_with_one_press_and_its_customer_hears_of_it, on_whatsapp(), world => {
        let (budi, _) = world.technician(1001, "Budi").await;
        let (_, service) = world.basics().await;
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.registers("Siti Aminah").await;
        siti.says("lapor").await;
        siti.hears("Apa masalahnya?").await;
        siti.says("Kulkas mati total").await;
        siti.answers(Answer::Send).await;
        siti.hears("Laporan diterima").await;
        siti.says("status").await;
        siti.hears("Sedang kami periksa").await;

        let list = world.admin.get("requests?state=new").await.expect(200);
        let request = &list["data"][0];
        assert_eq!((&request["kind"], &request["text"]), (&json!("report"), &json!("Kulkas mati total")));
        let path = |end: &str| format!("requests/{}/{end}", request["id"].as_str().expect("an id"));
        let form = json!({ "service_id": service["id"] });
        let ticket = world.admin.post(&path("ticket"), form.clone()).await.expect(201);
        assert_eq!(ticket["problem"], "Kulkas mati total");
        siti.hears("sudah dibuat dari laporan LAP-").await;
        assert_eq!(world.admin.post(&path("ticket"), form).await.problem(409), "wrong-state");
        assert_eq!(world.admin.post(&path("dismiss"), json!({ "reason": "dobel" })).await.problem(409), "wrong-state");

        let assign = format!("tickets/{}/assign", ticket["id"].as_str().expect("an id"));
        world.admin.post(&assign, json!({ "technician_id": budi["id"] })).await.expect(200);
        siti.hears("Teknisi <b>Budi</b> akan datang").await;
        siti.says("STATUS").await;
        siti.hears("Teknisi dijadwalkan").await;
        let other = Writer::new(&world, 2, "Tono").await;
        other.registers("Tono Wijaya").await;
        other.says(&format!("status {}", ticket["number"].as_str().expect("a number"))).await;
        other.hears("tidak ditemukan pada akun Anda").await;
    }
);

story!(
    silence_is_kept_and_ended_by_a_word, on_whatsapp(), world => {
        world.technician(1001, "Budi").await;
        let (_, service) = world.basics().await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        let new = json!({ "customer_id": customer["id"], "service_id": service["id"], "problem": "AC bocor" });
        siti.says("Stop!").await;
        siti.hears("tidak akan menerima pesan otomatis lagi").await;
        world.admin.post("tickets", new.clone()).await.expect(201);
        siti.hears("tidak akan menerima pesan otomatis lagi").await;
        siti.says("menu").await;
        siti.hears("Halo Siti Aminah").await;
        siti.says("mulai").await;
        siti.hears("Anda menerima kembali pesan").await;
        world.admin.post("tickets", new).await.expect(201);
        siti.hears("sudah dibuat").await;
    }
);

story!(
    the_office_answers_and_the_bot_is_silent_meanwhile, on_whatsapp(), world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.says("cs").await;
        siti.hears("Silakan tulis pesan Anda").await;
        siti.says("Apakah hari Minggu buka?").await;
        siti.hears("sudah kami catat dengan nomor <b>LAP-").await;
        let list = world.admin.get("requests?kind=question").await.expect(200);
        let request = &list["data"][0];
        assert_eq!(request["customer"], Value::Null);
        let path = |end: &str| format!("requests/{}/{end}", request["id"].as_str().expect("an id"));
        let answered = world.admin.post(&path("reply"), json!({ "text": "Buka, Bu, sampai jam 12." })).await.expect(200);
        assert_eq!(answered["state"], "answered");
        siti.hears("Buka, Bu, sampai jam 12.").await;
        siti.says("Baik, terima kasih").await;
        siti.hears("Buka, Bu, sampai jam 12.").await;
        siti.says("berhenti").await;
        siti.hears("tidak akan menerima pesan otomatis lagi").await;
        assert_eq!(world.admin.post(&path("reply"), json!({ "text": " " })).await.problem(422), "invalid");
    }
);

story!(
    stars_are_given_once_each_and_few_of_them_are_told, on_whatsapp(), world => {
        let (budi, _) = world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        let ticket = closed(&world, &customer, &budi).await;
        siti.hears("Bagaimana kerja teknisi <b>Budi</b>").await;
        let rows = siti.offered().await;
        assert_eq!(rows.len(), 5);
        // Someone else's question is nobody's business.
        let tono = Writer::new(&world, 2, "Tono").await;
        tono.registers("Tono Wijaya").await;
        let menu = tono.phone.sees_choice("Lapor masalah").await;
        tono.phone.forges(&menu, &format!("w1|{}", rows[0])).await;
        tono.handled().await;
        tono.hears("sudah tidak berlaku").await;
        siti.taps(rows[3]).await;
        siti.hears("Bagaimana layanan pelanggan (CS)").await;
        siti.says("5").await;
        siti.hears("Mohon maaf atas pengalaman Anda").await;
        siti.says("Datang terlambat").await;
        siti.hears("Terima kasih atas penilaian Anda").await;
        // Pressed again, and changed within the day: one vote.
        let question = siti.phone.hears("Bagaimana kerja teknisi").await;
        siti.phone.presses_on(&question, "⭐⭐⭐⭐ Puas").await;
        siti.handled().await;
        let all = world.admin.get("ratings").await.expect(200);
        assert_eq!(all["data"].as_array().map(Vec::len), Some(1));
        let given = &all["data"][0];
        assert_eq!((&given["technician_stars"], &given["cs_stars"]), (&json!(4), &json!(5)));
        assert_eq!((&given["comment"], &given["via"]), (&json!("Datang terlambat"), &json!("whatsapp")));
        let summary = world.admin.get("ratings/summary").await.expect(200);
        assert_eq!(summary["technicians"][0]["distribution"], json!({ "1": 0, "2": 0, "3": 0, "4": 1, "5": 0 }));
        assert_eq!(summary["cs"][0]["average"], json!(5.0));
        assert_eq!(world.look(&ticket).await["rating"]["technician_stars"], json!(4));
    }
);

story!(
    the_page_shares_the_rating_and_closes_in_time,
    // The clock jumps, and what was paced by it seems to come at once.
    Setup { frozen: Some("2026-11-23T03:00:00Z"), flood: false, ..on_whatsapp() }, world => {
        let app = &world.running.app;
        let (budi, _) = world.technician(1001, "Budi").await;
        let (customer, _) = world.basics().await;
        let ticket = closed(&world, &customer, &budi).await;
        let id: TicketId = ticket["id"].as_str().expect("an id").parse().expect("an id");
        let token = ratings::of_ticket(app, id).await.ok().flatten().expect("asked for").token;
        let page = ratings::by_token(app, &token).await.expect("a page");
        assert_eq!((page.technician.as_deref(), page.open, page.cs_stars), (Some("Budi"), true, None));
        assert!(ratings::by_token(app, "nobody-knows-this-one").await.is_err());
        let give = |technician_stars, cs_stars, comment: Option<&str>| {
            let answer = ratings::Answer { technician_stars, cs_stars, comment: comment.map(str::to_owned) };
            ratings::rate_by_token(app, &token, answer)
        };
        assert!(give(Some(6), Some(5), None).await.is_err());
        assert!(give(None, None, None).await.is_err());
        assert_eq!(ratings::by_token(app, &token).await.expect("a page").technician_stars, None);
        let page = give(Some(5), Some(4), Some("Rapi")).await.expect("given");
        assert_eq!((page.technician_stars, page.cs_stars), (Some(5), Some(4)));
        world.clock.advance(TimeDelta::hours(23));
        assert!(give(Some(3), None, None).await.is_ok());
        world.clock.advance(TimeDelta::hours(2));
        assert!(give(Some(1), None, None).await.is_err(), "a day is over");
        let page = ratings::by_token(app, &token).await.expect("a page");
        assert_eq!((page.open, page.technician_stars), (false, Some(3)));

        let late = closed(&world, &customer, &budi).await;
        let id: TicketId = late["id"].as_str().expect("an id").parse().expect("an id");
        let token = ratings::of_ticket(app, id).await.ok().flatten().expect("asked for").token;
        world.clock.advance(TimeDelta::hours(24 * 14));
        let page = ratings::by_token(app, &token).await.expect("a page");
        assert!(!page.open, "fourteen days are over");
    }
);

story!(
    photos_that_come_together_are_answered_once,
    Setup { frozen: Some("2026-11-23T03:00:00Z"), ..on_whatsapp() }, world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.registers("Siti Aminah").await;
        siti.says("lapor").await;
        let before = siti.said().await.len();
        for seed in 1..=3 {
            siti.phone.photo_seed(seed).await;
        }
        siti.handled().await;
        assert_eq!(siti.said().await.len(), before, "not yet");
        world.clock.advance(TimeDelta::seconds(5));
        conversation::wake(&world.running.app).await.expect("woken");
        siti.hears("3 foto diterima").await;
        assert_eq!(siti.said().await.len(), before + 1);
        siti.says("batal").await;
        siti.hears("Dibatalkan").await;
    }
);
