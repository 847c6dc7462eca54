//! Presses and photos that come in another order than they were sent, and prompts from before.

use chrono::{DateTime, Utc};
use dialogues::heard::Media;
use dialogues::incoming::{Incoming, Intent, Place, Sender};
use dialogues::press::{Asked, Press};
use domain::document::Kind;
use domain::ids::{TicketId, UploadId};
use serde_json::{Value, json};
use tanggap::app::conversation::{Reply, handle};

use crate::harness::{Phone, World, picture, story};
use crate::stories::documents::file_id;
use crate::stories::visit::{begun, card, words};

/// What a phone does, as the service numbers it: handled at once, whatever its number.
async fn says(world: &World, phone: &Phone, number: i64, intent: Intent) -> Reply {
    let incoming = Incoming {
        external_id: (9_000_000_000 + number).to_string(),
        sender: Sender {
            telegram_id: phone.id,
            locale: None,
        },
        place: Place::Private,
        received_at: world.clock.now(),
        intent,
    };
    handle(&world.running.app, incoming).await.expect("handled")
}

/// A photo by the name that the service has for it.
fn photo(source: &str, sent_at: DateTime<Utc>) -> Intent {
    Intent::File(Media {
        is_photo: true,
        source: source.to_owned(),
        source_key: source.to_owned(),
        filename: None,
        media_type: None,
        size: None,
        caption: None,
        album: None,
        reply_to: None,
        sent_at,
    })
}

fn upload(ticket: &Value) -> Intent {
    let ticket = number(ticket);
    Intent::Press(Press::Upload {
        ticket,
        epoch: 1,
        kind: Kind::Evidence,
    })
}

fn number(ticket: &Value) -> TicketId {
    ticket["id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .expect("an id")
}

/// How many photos of work a ticket has.
async fn evidence(world: &World, ticket: &Value) -> usize {
    let seen = world.look(ticket).await;
    let documents = seen["documents"].as_array().expect("documents");
    documents
        .iter()
        .filter(|document| document["kind"] == "evidence")
        .count()
}

story!(
    /// A photo that was sent before its chat changed to another job is that earlier job's, though it arrives later;
    /// one that was sent before any mode is asked after.
    a_photo_belongs_to_the_mode_it_was_sent_in, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        // Nobody takes these; the service keeps them.
        let mut sources = Vec::new();
        for seed in 1..=4 {
            let message = budi.photo_seed(seed).await;
            sources.push(file_id(&budi, &message).await);
        }
        budi.sees("Belum ada tugas yang menerima foto").await;
        let first = begun(&world, &budi, "Pekerjaan pertama").await;
        let second = begun(&world, &budi, "Pekerjaan kedua").await;
        let now = world.clock.now();

        says(&world, &budi, 20, upload(&first)).await;
        says(&world, &budi, 10, photo(&sources[0], now)).await;
        let question = budi.sees("untuk pekerjaan yang mana").await;
        says(&world, &budi, 40, upload(&second)).await;
        says(&world, &budi, 30, photo(&sources[1], now)).await;
        says(&world, &budi, 50, photo(&sources[2], now)).await;
        world.drained().await;
        assert_eq!((evidence(&world, &first).await, evidence(&world, &second).await), (1, 1));

        let label = format!("Bukti {}", first["number"].as_str().expect("a number"));
        budi.tap(&question, &label).await;
        world.drained().await;
        assert_eq!((evidence(&world, &first).await, evidence(&world, &second).await), (2, 1));
    }
);

story!(
    /// `Batal` leaves what it was made for: an old one changes nothing of what runs now.
    an_old_cancel_leaves_the_new_mode, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let first = begun(&world, &budi, "Pekerjaan pertama").await;
        let second = begun(&world, &budi, "Pekerjaan kedua").await;
        let job = card(&budi, "Pekerjaan pertama", "Upload Bukti").await;
        budi.tap(&job, "Upload Bukti").await;
        let old = budi.sees(&format!("Bukti {}", first["number"].as_str().expect("a number"))).await;
        let job = card(&budi, "Pekerjaan kedua", "Upload Bukti").await;
        budi.tap(&job, "Upload Bukti").await;
        let prompt = format!("Bukti {}", second["number"].as_str().expect("a number"));
        let new = budi.sees(&prompt).await;

        let upload = UploadId(1);
        let stale = says(&world, &budi, 1, Intent::Press(Press::Leave(Asked::Upload { upload }))).await;
        assert!(stale.toast.is_some_and(|toast| toast.alert), "the first mode is over");
        let (ticket, epoch) = (number(&first), 1);
        for asked in [Asked::CheckIn { ticket, epoch }, Asked::Release { ticket, epoch }] {
            let stale = says(&world, &budi, 10 + i64::from(matches!(asked, Asked::CheckIn { .. })), Intent::Press(Press::Leave(asked))).await;
            assert!(stale.toast.is_some_and(|toast| toast.alert), "{asked:?} is not what is asked");
        }
        let answer = budi.forge(&old, "t1|n").await;
        assert!(words(&answer).contains("tidak berlaku"), "which of his jobs? {answer}");
        budi.photo_seed(5).await;
        world.drained().await;
        assert_eq!(evidence(&world, &second).await, 1, "the mode still stands");

        budi.tap(&new, "Batal").await;
        budi.sees("Upload ditutup").await;
        assert_eq!(evidence(&world, &second).await, 1, "what came in stays");
    }
);

story!(
    /// Keyboards from before buttons said what they leave still serve whoever can only mean one thing.
    an_old_cancel_of_the_only_job, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        begun(&world, &budi, "Satu-satunya").await;
        budi.tap_text("Upload Bukti").await;
        let prompt = budi.sees("Bukti TKT-").await;
        budi.forge(&prompt, "t1|n").await;
        budi.sees("Upload ditutup").await;
    }
);

story!(
    /// However often a card is asked for, only its newest message has buttons.
    only_the_newest_copy_has_buttons, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        begun(&world, &budi, "Banyak kartu").await;
        let job = card(&budi, "Banyak kartu", "Check-out").await;
        for _ in 0..2 {
            budi.tap(&job, "Check-out").await;
            budi.sees_button("Ya, check-out").await;
            world.drained().await;
        }
        let id = budi.messages().await.iter().filter(|message| has(message, "Ya, check-out")).count();
        assert_eq!(id, 1);
        budi.tap_text("Kembali").await;
        for _ in 0..2 {
            budi.write("/tugas").await;
            let list = budi.sees("Tugas Anda").await;
            let label = list["inline_keyboard"][0][0]["text"].as_str().expect("a button").to_owned();
            budi.tap(&list, &label).await;
            world.drained().await;
        }
        let live = budi.messages().await.iter().filter(|message| has(message, "Upload Bukti")).count();
        assert_eq!(live, 1, "{:#?}", budi.messages().await);
    }
);

fn has(message: &Value, label: &str) -> bool {
    message["inline_keyboard"].to_string().contains(label)
}

story!(
    /// Every photo that explains a check-in is kept, an album as well, whatever comes of the check-in.
    an_album_explains_a_check_in, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let (ticket, latitude, longitude) = won_at(&world, &budi, "Di luar radius").await;
        budi.tap_text("Check-in").await;
        budi.sees("Bagikan lokasi terkini").await;
        budi.static_location(latitude + 0.05, longitude).await;
        budi.sees("kirim foto tempat itu").await;
        budi.album(vec![picture::jpeg(1), picture::jpeg(2), picture::jpeg(3)]).await;
        budi.sees("Foto sudah ada").await;
        world.drained().await;
        assert_eq!(budi.count("Foto sudah ada").await, 1, "one answer for an album");
        budi.tap_text("Batal").await;
        budi.sees("Dibatalkan").await;
        assert_eq!(places(&world, &ticket).await, 3, "left, and yet kept");

        budi.tap_text("Check-in").await;
        budi.static_location(latitude + 0.05, longitude).await;
        budi.photo_seed(4).await;
        world.drained().await;
        budi.write("Rumahnya pindah ke seberang").await;
        budi.sees("di luar radius").await;
        world.drained().await;
        let seen = world.look(&ticket).await;
        assert_eq!((&seen["status"], &seen["check_in"]["verdict"]), (&json!("in_progress"), &json!("outside")));
        assert_eq!(places(&world, &ticket).await, 4);
    }
);

story!(
    /// What is no photo explains nothing: before the check-in another is asked for, after it the admins hear of it.
    a_photo_of_nothing_explains_nothing, world => {
        let admin = world.phone(900, "Rina", true).await;
        let me = world.admin.get("auth/me").await.expect(200);
        let path = format!("users/{}", me["id"].as_str().expect("an id"));
        world.admin.patch(&path, json!({ "telegram_id": 900, "version": me["version"] })).await.expect(200);
        let (_, budi) = world.technician(1001, "Budi").await;
        let (ticket, _, _) = won_at(&world, &budi, "Foto palsu").await;
        budi.tap_text("Check-in").await;
        budi.tap_text("GPS bermasalah").await;
        budi.document("foto.jpg", "image/jpeg", b"bukan gambar sama sekali").await;
        budi.sees("isinya bukan gambar").await;
        world.drained().await;
        budi.write("GPS mati di basement").await;
        budi.sees("Alasan sudah ada").await;
        assert_eq!(world.look(&ticket).await["status"], "assigned");
        assert_eq!(admin.count("tidak bisa dipakai").await, 0, "nothing rests on it yet");

        budi.document("foto.jpg", "image/jpeg", b"bukan gambar juga, tetapi lain").await;
        budi.sees("tanpa GPS").await;
        admin.sees("tidak bisa dipakai").await;
        assert_eq!(world.look(&ticket).await["check_in"]["verdict"], "manual");
        assert_eq!(places(&world, &ticket).await, 0);
    }
);

async fn won_at(world: &World, phone: &Phone, problem: &str) -> (Value, f64, f64) {
    let ticket = crate::stories::visit::won(world, phone, problem).await;
    let degrees = |field: &str| ticket[field].as_f64().expect("a site");
    let (latitude, longitude) = (degrees("latitude"), degrees("longitude"));
    (ticket, latitude, longitude)
}

/// How many photos show the place.
async fn places(world: &World, ticket: &Value) -> usize {
    let seen = world.look(ticket).await;
    let documents = seen["documents"].as_array().expect("documents");
    documents
        .iter()
        .filter(|document| document["kind"] == "check_in")
        .count()
}
