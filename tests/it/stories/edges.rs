//! What people send besides what they are asked for: each has its answer, and nothing breaks.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use dialogues::tap::Answer;
use domain::person::Locale;
use serde_json::{Value, json};
use tanggap::delivery::render::html;

use crate::harness::{Setup, World, story};
use crate::stories::registration::{Writer, customers, on_whatsapp};

fn frozen() -> Setup {
    Setup {
        frozen: Some("2026-11-23T03:00:00Z"),
        // The clock jumps, and what was paced by it seems to come at once.
        flood: false,
        ..on_whatsapp()
    }
}

/// Things that nothing here reads or answers, by name.
async fn sends(writer: &Writer<'_>, what: &str) {
    let phone = &writer.phone;
    let order = json!({ "catalog_id": "91", "text": "Tolong diantar",
        "product_items": [{ "product_retailer_id": "ac-1", "quantity": 2, "item_price": 150_000, "currency": "IDR" }] });
    let card = json!({ "contacts": [{ "name": { "formatted_name": "Tono" }, "phones": [{ "phone": "0812-9999-0000" }] }] });
    match what {
        "voice" | "sticker" => {
            phone.file(json!({ "kind": what, "seed": 7 })).await;
        }
        "pdf" => {
            phone
                .file(json!({ "kind": "document", "base64": "JVBERi0=" }))
                .await;
        }
        "order" => {
            phone.sends("order", order).await;
        }
        "card" => {
            phone.sends("contacts", card["contacts"].clone()).await;
        }
        "abroad" => {
            phone.location(51.5, -0.12).await;
        }
        "nowhere" => {
            phone
                .sends("location", json!({ "latitude": 1e308, "longitude": -1e308 }))
                .await;
        }
        kind => {
            phone.sends(kind, json!({})).await;
        }
    }
    writer.handled().await;
}

/// So many minutes later. What was on its way has arrived: a message that is still in hand when the clock jumps looks
/// left behind, and is waited for.
async fn later(world: &World, minutes: i64) {
    world.drained().await;
    world.clock.advance(TimeDelta::minutes(minutes));
}

/// Presses the newest button with this answer, once it is there.
async fn answers(world: &World, writer: &Writer<'_>, answer: Answer) {
    world.drained().await;
    writer.answers(answer).await;
}

/// As [`Writer::hears`], whether or not a person was offered after it.
async fn hears_lately(writer: &Writer<'_>, words: &str) {
    let said = writer.said().await;
    let lately: Vec<String> = said
        .iter()
        .rev()
        .take(2)
        .map(|say| html(&say.text, Locale::Id))
        .collect();
    assert!(
        lately.iter().any(|last| last.contains(words)),
        "not {words:?} but {lately:?}"
    );
}

/// The words of all that waits for the office, newest first.
async fn waiting(world: &World) -> Vec<String> {
    let words = |request: &Value| request["text"].as_str().expect("words").to_owned();
    world.waiting().await.iter().map(words).collect()
}

story!(
    /// Of a customer to whom nothing was asked.
    whatever_a_customer_sends_has_its_answer, frozen(), world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.registers("Siti Aminah").await;
        let unread = "Jenis pesan itu belum bisa kami baca";
        for (what, answer) in [
            ("voice", unread), ("pdf", unread), ("card", unread), ("unsupported", unread),
            ("abroad", "di luar wilayah layanan kami"), ("nowhere", "di luar wilayah layanan kami"),
            ("order", "sudah kami teruskan ke petugas"),
        ] {
            let before = siti.said().await.len();
            sends(&siti, what).await;
            assert_eq!(siti.said().await.len(), before + 1, "{what}");
            siti.hears(answer).await;
            later(&world, 6).await;
        }
        assert_eq!(waiting(&world).await, ["🛒 2 × ac-1\nTolong diantar"]);

        // What asks for nothing is answered by nothing; several of a kind are answered once.
        siti.says("menu").await;
        world.drained().await;
        let menu = siti.phone.hears("Halo Siti Aminah").await;
        let before = siti.said().await.len();
        sends(&siti, "sticker").await;
        siti.phone.reacts(&menu, Some("👍")).await;
        siti.phone.reacts(&menu, None).await;
        siti.phone.edits(&siti.phone.says("menu").await, "STOP").await;
        let taken_back = siti.phone.says("0").await;
        siti.phone.revokes(&taken_back).await;
        sends(&siti, "from_the_future").await;
        assert_eq!(siti.said().await.len(), before + 2, "the two menus that were asked for");
        for _ in 0..5 {
            sends(&siti, "unsupported").await;
        }
        assert_eq!(siti.said().await.len(), before + 3);
        later(&world, 11).await;

        siti.says(&"😂🎉".repeat(1000)).await;
        siti.hears("saya belum mengerti").await;
        siti.says(&"a".repeat(4096)).await;
        siti.hears("sudah kami teruskan ke petugas").await;
        let words = waiting(&world).await.remove(0);
        assert!(words.starts_with("😂🎉") && words.chars().count() <= 1000, "{words}");
        later(&world, 6).await;
        siti.says("مكيف الهواء لا يعمل \u{202e}FTR#\u{0}").await;
        siti.hears("saya belum mengerti").await;
        // Somebody else's words are no command.
        siti.phone.says_with("BERHENTI", json!({ "forwarded": "often" })).await;
        siti.handled().await;
        siti.says("menu").await;
        siti.hears("Halo Siti Aminah").await;
        later(&world, 11).await;
        // Small talk is no problem to be reported.
        siti.says("halo").await;
        siti.says("lapor masalah").await;
        siti.hears("Apa masalahnya?").await;
    }
);

story!(
    /// Of somebody new: every question is asked again, and nothing that was told is lost.
    whatever_a_stranger_sends_has_its_answer, frozen(), world => {
        let siti = Writer::new(&world, 1, "*Siti* _x_ ~y~ `z` <b>&amp; {{1}}").await;
        let long = format!("AC di kamar depan mati total. {}", "Sudah dicoba. ".repeat(280));
        siti.says(&long).await;
        siti.hears("erima kasih sudah menghubungi").await;
        sends(&siti, "order").await;
        siti.hears("sudah kami teruskan ke petugas").await;
        for what in ["voice", "unsupported"] {
            sends(&siti, what).await;
            hears_lately(&siti, "erima kasih sudah menghubungi").await;
            later(&world, 3).await;
        }
        answers(&world, &siti, Answer::Agree).await;
        siti.says("Siti Aminah").await;
        for (what, answer) in [
            ("voice", "Kirim alamat lengkap"), ("abroad", "di luar wilayah layanan kami"),
        ] {
            sends(&siti, what).await;
            hears_lately(&siti, answer).await;
            later(&world, 3).await;
        }
        siti.says("Jl. Melati No. 5, Bekasi").await;
        answers(&world, &siti, Answer::OtherPhone).await;
        for (typed, answer) in [
            ("021-7654321", "nomor telepon rumah"), ("0812", "Nomor HP belum benar"), ("nanti saja", "Nomor HP belum benar"),
        ] {
            siti.says(typed).await;
            hears_lately(&siti, answer).await;
            later(&world, 3).await;
        }
        siti.says("+65 9123 4567").await;
        siti.hears("Mohon periksa").await;
        answers(&world, &siti, Answer::Save).await;
        siti.hears("AC di kamar depan mati total").await;
        answers(&world, &siti, Answer::Send).await;
        siti.hears("Laporan diterima").await;
        let words = waiting(&world).await.remove(0);
        assert!(words.starts_with("AC di kamar depan") && words.ends_with("..."), "{words}");
        assert!(words.chars().count() > 990, "{words}");
        let customer = customers(&world, "Siti Aminah").await.pop().expect("registered");
        assert_eq!(customer["phone"], "+6591234567");
    }
);

story!(
    /// Each spelling registers somebody of his own; what is wrong is told at once, all of it.
    every_spelling_of_a_registration_is_read, frozen(), world => {
        let spellings = [
            "daftar#Siti Aminah#Jl. Melati No. 5, Bekasi#0812-0000-0901",
            "ＤＡＦＴＡＲ＃Siti Aminah＃Jl. Melati No. 5, Bekasi＃０８１２０００００９０２",
            " Daftar # Siti Aminah # Jl. Melati #5, Bekasi # +62 (0)812-0000-0903 ",
            "DAFTAR|Siti Aminah|Jl. Melati No. 5, Bekasi|62812 0000 0904",
            "DAFTAR;Siti Aminah;Jl. Melati No. 5, Bekasi;0062 812 0000 0905",
            "daftar\nHP: 812.0000.0906\nNama: Siti Aminah\nAlamat: Jl. Melati No. 5, Bekasi",
            "DAFTAR Siti Aminah#Jl. Melati No. 5, Bekasi#No HP: 081200000907",
            "DAFTAR#Siti Aminah#Jl. Melati No. 5, Bekasi",
            "DAFTAR#Siti *Aminah* <b>#Jl. Melati No. 5, Bekasi\n(pagar hijau)#081200000909",
            "DAFTAR#سيتي أمينة#Jl. Melati No. 5, Bekasi#+60 12-345 6789",
        ];
        for (id, words) in (901..).zip(spellings) {
            let writer = Writer::new(&world, id, "Siti").await;
            writer.says(words).await;
            writer.hears("Pendaftaran berhasil").await;
            let phone = match id { 910 => "+60123456789".to_owned(), id => format!("+62812{id:08}") };
            let known = customers(&world, phone.trim_start_matches('+')).await;
            let phones: Vec<&Value> = known.iter().map(|one| &one["phone"]).collect();
            assert_eq!(phones, [&json!(phone)], "{words}");
            later(&world, 1).await;
        }
        let tono = Writer::new(&world, 1, "Tono").await;
        tono.says("DAFTAR#7#x#021-7654321").await;
        for fault in ["Nama:", "Alamat:", "No HP:", "DAFTAR#Nama#Alamat#NoHP"] {
            tono.hears(fault).await;
        }
        tono.says("DAFTAR###").await;
        tono.hears("Nama: belum ditulis").await;
        tono.says("DAFTAR#Tono Wijaya##").await;
        hears_lately(&tono, "Alamat:").await;
        tono.says("daftar harga servis AC berapa ya?").await;
        tono.hears("erima kasih sudah menghubungi").await;
        assert!(customers(&world, "Tono").await.is_empty());
    }
);

story!(
    /// Photos and a place that come after the report belong to it, and to the one that they answer where there are two.
    what_follows_a_report_belongs_to_it, frozen(), world => {
        world.technician(1001, "Budi").await;
        let (_, service) = world.basics().await;
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.registers("Siti Aminah").await;
        siti.says("LAPOR Kulkas mati total").await;
        answers(&world, &siti, Answer::Send).await;
        world.drained().await;
        let first = siti.phone.hears("Laporan diterima").await;
        let before = siti.said().await.len();
        for seed in 1..=3 {
            siti.phone.photo_seed(seed).await;
        }
        siti.phone.location(-6.24, 107.0).await;
        siti.handled().await;
        siti.hears("Lokasi ditambahkan ke laporan").await;
        assert_eq!(siti.said().await.len(), before + 2, "one for the photos, one for the place");
        let report = |n: usize| { let admin = &world.admin; async move {
            let list = admin.get("requests").await.expect(200);
            list["data"].as_array().expect("a list").iter().rev().nth(n).expect("a report").clone()
        } };
        world.drained().await;
        let kept = report(0).await;
        assert_eq!((kept["photos"].as_array().map(Vec::len), &kept["latitude"]), (Some(3), &json!(-6.24)), "{kept}");

        let path = format!("requests/{}/ticket", kept["id"].as_str().expect("an id"));
        let ticket = world.admin.post(&path, json!({ "service_id": service["id"] })).await.expect(201);
        world.drained().await;
        let created = siti.phone.hears("sudah dibuat").await;
        siti.says("LAPOR AC kamar tidak dingin").await;
        answers(&world, &siti, Answer::Send).await;
        siti.phone.photo_seed(4).await;
        siti.handled().await;
        for (seed, answered) in [(5, &first), (6, &created)] {
            later(&world, 20).await;
            let photo = json!({ "kind": "image", "seed": seed, "reply_to": answered["id"] });
            siti.phone.file(photo).await;
            siti.handled().await;
        }
        world.drained().await;
        assert_eq!(report(0).await["photos"].as_array().map(Vec::len), Some(5));
        assert_eq!(report(1).await["photos"].as_array().map(Vec::len), Some(1));
        let documents = world.look(&ticket).await["documents"].clone();
        assert_eq!(documents.as_array().map(Vec::len), Some(5), "{documents}");
        // The sixth is told once, and later ones begin another report.
        let before = siti.said().await.len();
        for seed in 21..=23 {
            let photo = json!({ "kind": "image", "seed": seed, "reply_to": first["id"] });
            siti.phone.file(photo).await;
        }
        siti.handled().await;
        siti.hears("Maksimal 5 foto").await;
        assert_eq!(siti.said().await.len(), before + 1);
        later(&world, 31).await;
        siti.phone.photo(b"\xff\xd8\xff", Some("Mesin cuci bocor di bawah")).await;
        siti.handled().await;
        world.drained().await;
        world.clock.advance(TimeDelta::seconds(5));
        tanggap::app::conversation::wake(&world.running.app).await.expect("woken");
        siti.hears("Mesin cuci bocor di bawah").await;
        siti.says("status").await;
        siti.hears("AC kamar tidak dingin").await;
        siti.hears(ticket["number"].as_str().expect("a number")).await;
    }
);

/// A film of one box, and a voice note of one page (ISO/IEC 14496-12; RFC 3533, RFC 7845).
fn film() -> Vec<u8> {
    [
        &[0, 0, 0, 24][..],
        b"ftypisom\0\0\x02\0isommp41",
        &[0, 0, 0, 16],
        b"mdat12345678",
    ]
    .concat()
}

fn voice() -> Vec<u8> {
    [
        &b"OggS\0\x02"[..],
        &[0; 20],
        &[1, 19],
        b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0",
    ]
    .concat()
}

story!(
    /// Whatever tells or shows what is wrong goes along with a report, under its own kind; what is none is told of.
    a_report_takes_films_voices_and_papers, frozen(), world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.registers("Siti Aminah").await;
        siti.says("lapor").await;
        let paper = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n".to_vec();
        let rounds = [
            ("voice", voice(), "Pesan suara Anda kami lampirkan"),
            ("video", film(), "Berkas lain: 2"),
            ("document", paper, "Berkas lain: 3"),
            ("voice", b"not a voice".to_vec(), "Berkas lain: 4"),
        ];
        for (round, (kind, bytes, answer)) in rounds.into_iter().enumerate() {
            siti.phone.file(json!({ "kind": kind, "base64": STANDARD.encode(bytes) })).await;
            siti.handled().await;
            world.drained().await;
            world.clock.advance(TimeDelta::seconds(5));
            let app = &world.running.app;
            world.eventually("it is answered", || async { tanggap::app::conversation::wake(app).await.expect("woken") == 0 }).await;
            siti.hears(answer).await;
            if round == 0 {
                siti.says("Kulkas berbunyi keras sejak pagi").await;
                siti.hears("Foto: 0. Berkas lain: 1").await;
            }
        }
        siti.phone.photo_seed(9).await;
        siti.handled().await;
        siti.phone.photo_seed(10).await;
        siti.handled().await;
        siti.hears("Maksimal 5 berkas").await;
        answers(&world, &siti, Answer::Send).await;
        siti.hears("Laporan diterima").await;
        world.fetched().await;
        world.drained().await;
        siti.phone.hears("gagal kami terima").await;
        let list = world.admin.get("requests").await.expect(200);
        let kept = list["data"][0]["photos"].as_array().expect("files").clone();
        assert_eq!(kept.len(), 4, "{kept:#?}");
        for file in kept {
            let media_type = file["media_type"].as_str().unwrap_or_default();
            let ending = [("audio/ogg", ".ogg"), ("video/mp4", ".mp4"), ("application/pdf", ".pdf"), ("image/jpeg", ".jpg")]
                .into_iter()
                .find(|(kind, _)| *kind == media_type);
            let name = file["filename"].as_str().unwrap_or_default();
            assert!(ending.is_some_and(|(_, ending)| name.ends_with(ending)), "{file:#?}");
        }
    }
);
