//! The visit: check-in by location, photos and papers, check-out, done.

use serde_json::{Value, json};

use crate::harness::{Phone, Setup, World, picture, story};

/// A job that this technician has won; answers the ticket.
pub(crate) async fn won(world: &World, phone: &Phone, problem: &str) -> Value {
    won_at(world, phone, &world.basics().await, problem).await
}

/// The same for this customer and this service.
async fn won_at(world: &World, phone: &Phone, basics: &(Value, Value), problem: &str) -> Value {
    let ticket = world.ticket(basics, problem).await;
    let offer = phone.sees(problem).await;
    phone.tap(&offer, "Ambil Job").await;
    card(phone, problem, "Check-in").await;
    ticket
}

/// The newest message with these words and this button, waited for longer than the leases of a process that was
/// killed.
pub(crate) async fn card(phone: &Phone, problem: &str, label: &str) -> Value {
    for _ in 0..1800 {
        let messages = phone.messages().await;
        let found = messages.iter().rev().find(|message| {
            words(message).contains(problem) && message["inline_keyboard"].to_string().contains(label)
        });
        if let Some(found) = found {
            return found.clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!(
        "no card of {problem:?} with {label:?}: {:#?}",
        phone.messages().await
    );
}

/// Where the ticket's site is.
fn site(ticket: &Value) -> (f64, f64) {
    let degrees = |field: &str| ticket[field].as_f64().expect("a site");
    (degrees("latitude"), degrees("longitude"))
}

/// At the site, checked in.
pub(crate) async fn begun(world: &World, phone: &Phone, problem: &str) -> Value {
    begun_at(world, phone, &world.basics().await, problem).await
}

/// The same for this customer and this service.
pub(crate) async fn begun_at(world: &World, phone: &Phone, basics: &(Value, Value), problem: &str) -> Value {
    let ticket = won_at(world, phone, basics, problem).await;
    let (latitude, longitude) = site(&ticket);
    let job = card(phone, problem, "Check-in").await;
    phone.tap(&job, "Check-in").await;
    phone
        .sees(&format!(
            "Check-in {}",
            ticket["number"].as_str().expect("a number")
        ))
        .await;
    phone.live_location(latitude + 0.0002, longitude, 12.0).await;
    card(phone, problem, "Upload Bukti").await;
    world.look(&ticket).await
}

async fn status(world: &World, ticket: &Value, wanted: &str) {
    world
        .eventually(wanted, || async { world.look(ticket).await["status"] == wanted })
        .await;
}

pub(crate) fn words(answer: &Value) -> &str {
    answer["text"].as_str().expect("words")
}

story!(
    /// The whole visit in its usual order: each step is seen by both sides.
    from_the_claim_to_done, world => {
        let (budi_account, budi) = world.technician(1001, "Budi").await;
        let ticket = won(&world, &budi, "Internet mati total").await;
        let (latitude, longitude) = site(&ticket);

        budi.tap_text("Check-in").await;
        budi.sees("Bagikan lokasi terkini").await;
        budi.live_location(latitude + 0.0003, longitude, 12.0).await;
        let done = budi.sees("m dari lokasi").await;
        assert!(words(&done).contains("33 m dari lokasi (akurasi 12 m)"), "{done}");
        let seen = world.look(&ticket).await;
        assert_eq!(seen["status"], "in_progress");
        let check_in = &seen["check_in"];
        assert_eq!(check_in["verdict"], "verified");
        assert_eq!(check_in["source"], "live");
        assert_eq!(check_in["accuracy_meters"], json!(12.0));
        let distance = check_in["distance_meters"].as_f64().expect("a distance");
        assert!((distance - 33.4).abs() < 1.0, "{distance}");

        budi.tap_text("Upload Bukti").await;
        budi.sees("Bukti TKT-").await;
        budi.photo_seed(1).await;
        budi.album(vec![picture::jpeg(2), picture::jpeg(3)]).await;
        budi.sees("3 foto masuk").await;
        budi.tap_text("Selesai").await;
        budi.sees("seluruhnya 3").await;
        assert_eq!(budi.count("foto masuk").await, 1, "one card, edited in place");

        budi.tap_text("Check-out").await;
        let summary = budi.sees_button("Ya, check-out").await;
        assert!(words(&summary).contains("Bukti: 3 foto"), "{summary}");
        budi.tap(&summary, "Ya, check-out").await;
        budi.sees("Masih kurang: BAST").await;
        assert_eq!(world.look(&ticket).await["status"], "in_progress");

        budi.tap_text("Upload BAST").await;
        budi.sees("BAST TKT-").await;
        budi.document("bast.pdf", "application/pdf", &picture::pdf()).await;
        status(&world, &ticket, "done").await;
        budi.sees("selesai. Terima kasih").await;
        budi.tap_text("Selesai").await;

        let seen = world.look(&ticket).await;
        assert!(seen["check_out"]["at"].is_string());
        assert_eq!(seen["technician"]["id"], budi_account["id"]);
        let documents = seen["documents"].as_array().expect("documents");
        let kinds: Vec<&str> = documents.iter().filter_map(|d| d["kind"].as_str()).collect();
        assert_eq!(kinds, ["evidence", "evidence", "evidence", "bast"]);
        assert!(documents.iter().all(|d| d["sha256"].as_str().is_some_and(|sha| sha.len() == 64)));
        let events: Vec<&str> =
            seen["timeline"].as_array().expect("events").iter().filter_map(|e| e["event"].as_str()).collect();
        let order = ["ticket_created", "ticket_claimed", "checked_in", "checked_out", "ticket_done"];
        let told: Vec<&str> = events.into_iter().filter(|event| order.contains(event)).collect();
        assert_eq!(told, order);
    }
);

story!(
    /// A pin is taken, noted as unproven, and a photo of the place is asked for.
    a_pin_proves_little, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = won(&world, &budi, "AC bocor").await;
        let (latitude, longitude) = site(&ticket);
        budi.tap_text("Check-in").await;
        budi.sees("Bagikan lokasi terkini").await;
        budi.static_location(latitude, longitude).await;
        budi.sees("· belum terverifikasi").await;
        budi.sees("foto bagian depan").await;
        let seen = world.look(&ticket).await;
        assert_eq!(seen["status"], "in_progress");
        assert_eq!(seen["check_in"]["verdict"], "unverified");
        assert_eq!(seen["check_in"]["source"], "static");
        budi.write("sebentar").await;
        budi.photo_seed(7).await;
        budi.sees("Foto lokasi").await;
        world.drained().await;
        let seen = world.look(&ticket).await;
        let evidence = seen["documents"].as_array().expect("documents");
        assert!(evidence.iter().all(|d| d["kind"] != "evidence"), "a photo of the place shows no work: {seen}");
    }
);

story!(
    /// Forwarded, named and empty places are refused with a hint, and nothing changes.
    places_that_are_refused, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = won(&world, &budi, "Pompa mati").await;
        let (latitude, longitude) = site(&ticket);
        budi.static_location(latitude, longitude).await;
        budi.sees("Lokasi belum diminta").await;
        budi.tap_text("Check-in").await;
        budi.sees("Bagikan lokasi terkini").await;
        budi.forwarded_location(latitude, longitude).await;
        budi.sees("Lokasi terusan tidak diterima").await;
        budi.venue(latitude, longitude).await;
        budi.sees("Nama tempat tidak diterima").await;
        budi.static_location(0.0, 0.0).await;
        budi.sees("Lokasi itu kosong").await;
        budi.write("sudah sampai").await;
        budi.sees("saya menunggu lokasi Anda").await;
        budi.sticker().await;
        budi.photo_seed(3).await;
        world.drained().await;
        assert_eq!(world.look(&ticket).await["status"], "assigned");
        assert_eq!(world.look(&ticket).await["check_in"], Value::Null);
        budi.write("/batal").await;
        budi.sees("Dibatalkan").await;
    }
);

story!(
    /// Far from the site a reason and a photo are needed, in any order, and the admin is told.
    outside_the_radius_it_is_explained, world => {
        let admin = world.phone(900, "Rina", true).await;
        let me = world.admin.get("auth/me").await.expect(200);
        let path = format!("users/{}", me["id"].as_str().expect("an id"));
        world.admin.patch(&path, json!({ "telegram_id": 900, "version": me["version"] })).await.expect(200);
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = won(&world, &budi, "Kabel putus").await;
        let (latitude, longitude) = site(&ticket);
        budi.tap_text("Check-in").await;
        budi.sees("Bagikan lokasi terkini").await;
        budi.live_location(latitude + 0.02, longitude, 8.0).await;
        let asked = budi.sees("dari lokasi").await;
        assert!(words(&asked).contains("2,2 km"), "{asked}");
        budi.photo_seed(11).await;
        budi.sees("Tulis alasannya").await;
        assert_eq!(world.look(&ticket).await["status"], "assigned");
        budi.write("x").await;
        budi.sees("terlalu pendek").await;
        budi.write("Titik di peta keliru, rumahnya di seberang sungai").await;
        budi.sees("di luar radius").await;
        let seen = world.look(&ticket).await;
        assert_eq!(seen["check_in"]["verdict"], "outside");
        assert_eq!(seen["check_in"]["source"], "live");
        assert!(seen["check_in"]["reason"].as_str().is_some_and(|reason| reason.contains("seberang sungai")));
        admin.sees("seberang sungai").await;
    }
);

story!(
    /// GPS that fails never stops the work.
    without_gps_it_is_manual, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = won(&world, &budi, "Modem rusak").await;
        budi.tap_text("Check-in").await;
        budi.tap_text("GPS bermasalah").await;
        budi.sees("tanpa GPS").await;
        budi.write("HP tidak dapat sinyal GPS di basement").await;
        budi.sees("Kirim foto tempat").await;
        budi.photo_seed(5).await;
        budi.sees_button("Upload Bukti").await;
        let seen = world.look(&ticket).await;
        assert_eq!(seen["check_in"]["verdict"], "manual");
        assert_eq!(seen["check_in"]["source"], "manual");
        assert_eq!(seen["check_in"]["latitude"], Value::Null);
    }
);

story!(
    /// A vague live location is waited for: the first good movement counts.
    a_live_location_settles, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = won(&world, &budi, "Router panas").await;
        let (latitude, longitude) = site(&ticket);
        budi.tap_text("Check-in").await;
        budi.sees("Bagikan lokasi terkini").await;
        let live = budi.live_location(latitude + 0.004, longitude, 400.0).await;
        budi.sees("Menunggu GPS").await;
        live.move_to(latitude + 0.003, longitude, 250.0).await;
        assert_eq!(world.look(&ticket).await["status"], "assigned");
        live.move_to(latitude + 0.0001, longitude, 9.0).await;
        budi.sees("· terverifikasi").await;
        assert_eq!(world.look(&ticket).await["check_in"]["verdict"], "verified");
        world.drained().await;
        let said = budi.messages().await.len();
        live.move_to(latitude, longitude, 5.0).await;
        live.stop().await;
        world.drained().await;
        assert_eq!(budi.messages().await.len(), said, "a phone that goes on sharing is not answered");
    }
);

story!(
    /// A live location that stays vague and stops: after two minutes the best of it counts.
    a_live_location_that_stops,
    Setup { frozen: Some("2026-11-23T03:00:00Z"), flood: false, ..Setup::default() },
    world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = won(&world, &budi, "Sinyal lemah").await;
        let (latitude, longitude) = site(&ticket);
        budi.tap_text("Check-in").await;
        budi.sees("Bagikan lokasi terkini").await;
        budi.live_location(latitude + 0.0005, longitude, 600.0).await;
        budi.sees("Menunggu GPS").await;
        world.clock.advance(chrono::Duration::seconds(119));
        assert_eq!(tanggap::app::conversation::wake(&world.running.app).await.expect("it runs"), 0);
        world.clock.advance(chrono::Duration::seconds(2));
        tanggap::app::conversation::wake(&world.running.app).await.expect("it runs");
        budi.sees("· belum terverifikasi").await;
        let seen = world.look(&ticket).await;
        assert_eq!(seen["check_in"]["verdict"], "unverified");
        assert_eq!(seen["check_in"]["source"], "live");
    }
);

story!(
    /// Too early, twice, before the check-in, by whoever no longer has the job: clear answers, nothing changed.
    at_the_wrong_time_nothing_changes, world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        let mut form = crate::harness::form(&basics, "Lusa saja");
        let later = (world.clock.now() + chrono::Duration::days(3)).format("%Y-%m-%d").to_string();
        form["visit_date"] = json!(later);
        let early = world.admin.post("tickets", form).await.expect(201);
        let offer = budi.sees("Lusa saja").await;
        budi.tap(&offer, "Ambil Job").await;
        let card = card(&budi, "Lusa saja", "Check-in").await;
        let refused = budi.tap(&card, "Check-in").await;
        assert!(words(&refused).contains("baru bisa mulai"), "{refused}");
        let refused = budi.forge(&card, &format!("t1|cout|{}|1", early["id"].as_str().expect("an id"))).await;
        assert!(words(&refused).contains("Check-in dulu"), "{refused}");
        let refused = budi.forge(&card, &format!("t1|upl|{}|1|ev", early["id"].as_str().expect("an id"))).await;
        assert!(words(&refused).contains("Check-in dulu"), "{refused}");
        assert_eq!(world.look(&early).await["status"], "assigned");

        let ticket = begun(&world, &budi, "Sekarang juga").await;
        let id = ticket["id"].as_str().expect("an id");
        let again = budi.forge(&card, &format!("t1|cin|{id}|1")).await;
        assert!(words(&again).contains("sudah check-in"), "{again}");

        for kind in ["st", "sj", "pp", "ci"] {
            let forged = budi.forge(&card, &format!("t1|upl|{id}|1|{kind}")).await;
            assert!(words(&forged).contains("tidak lagi menerima"), "{kind}: {forged}");
        }

        let replaced = json!({ "reason": "Tidak bisa dihubungi" });
        world.admin.post(&format!("tickets/{id}/replace"), replaced).await.expect(200);
        budi.sees("dialihkan").await;
        for data in ["cin", "gps", "cout", "coy", "con"] {
            let answer = budi.forge(&card, &format!("t1|{data}|{id}|1")).await;
            assert_eq!(answer["show_alert"], json!(true), "{data}: {answer}");
        }
        budi.photo_seed(40).await;
        budi.sees("Belum ada tugas yang menerima foto").await;
        let seen = world.look(&ticket).await;
        assert_eq!(seen["status"], "open");
        assert_eq!(seen["check_in"], Value::Null);
        assert_eq!(seen["documents"], json!([]));
    }
);

story!(
    /// What is no photo is refused with a line that helps, and counts for nothing.
    what_is_no_photo_is_refused, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = begun(&world, &budi, "Foto aneh").await;
        budi.tap_text("Upload Bukti").await;
        budi.sees("Bukti TKT-").await;
        budi.sticker().await;
        budi.sees("kirim foto, atau tekan").await;
        budi.voice().await;
        budi.write("ini fotonya ya").await;
        budi.too_big_document().await;
        budi.sees("paling besar 20 MB").await;
        budi.document("foto.jpg", "image/jpeg", b"bukan gambar sama sekali").await;
        budi.sees("isinya bukan gambar").await;
        budi.document("bom.png", "image/png", &picture::bomb()).await;
        budi.sees("megapiksel").await;
        budi.document("rusak.jpg", "image/jpeg", &picture::truncated_jpeg()).await;
        budi.sees("berkasnya rusak").await;
        budi.document("bast.pdf", "application/pdf", &picture::pdf()).await;
        world.drained().await;
        assert_eq!(world.look(&ticket).await["documents"], json!([]), "nothing counts");
        budi.photo_seed(9).await;
        budi.sees("1 foto masuk").await;
    }
);

story!(
    /// An album is many messages: ten photos are the most, and the eleventh is refused once.
    the_eleventh_photo_is_refused, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = begun(&world, &budi, "Banyak foto").await;
        budi.tap_text("Upload Bukti").await;
        budi.sees("Bukti TKT-").await;
        budi.album((100..109).map(picture::jpeg).collect()).await;
        budi.album((109..112).map(picture::jpeg).collect()).await;
        budi.sees("10 foto masuk").await;
        budi.sees("sudah berisi 10 foto").await;
        world.drained().await;
        assert_eq!(budi.count("sudah berisi 10 foto").await, 1, "said once for an album");
        let seen = world.look(&ticket).await;
        assert_eq!(seen["documents"].as_array().map(Vec::len), Some(10));
    }
);

story!(
    /// Two jobs at once never mix: a reply to an old prompt goes to the job that it names.
    two_jobs_never_mix, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let first = begun(&world, &budi, "Pekerjaan pertama").await;
        budi.tap_text("Upload Bukti").await;
        let prompt = budi.sees("Bukti TKT-").await;
        let second = begun(&world, &budi, "Pekerjaan kedua").await;
        let job = card(&budi, "Pekerjaan kedua", "Upload Bukti").await;
        budi.tap(&job, "Upload Bukti").await;
        budi.sees(&format!("Bukti {}", second["number"].as_str().expect("a number"))).await;
        budi.photo_seed(21).await;
        budi.reply_with_photo(&prompt, &picture::jpeg(22)).await;
        world.drained().await;
        for ticket in [&first, &second] {
            let documents = world.look(ticket).await["documents"].clone();
            assert_eq!(documents.as_array().map(Vec::len), Some(1), "{documents}");
        }
        budi.tap_text("Selesai").await;
        budi.album(vec![picture::jpeg(23), picture::jpeg(24)]).await;
        let question = budi.sees("untuk pekerjaan yang mana").await;
        let label = format!("Bukti {}", first["number"].as_str().expect("a number"));
        budi.tap(&question, &label).await;
        budi.sees("Masuk sebagai bukti").await;
        world.drained().await;
        assert_eq!(world.look(&first).await["documents"].as_array().map(Vec::len), Some(3));
        assert_eq!(world.look(&second).await["documents"].as_array().map(Vec::len), Some(1));
    }
);
