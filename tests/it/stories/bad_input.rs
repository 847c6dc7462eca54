//! Buttons and commands that should do nothing: a clear answer, and nothing changed.

use serde_json::json;

use crate::harness::story;

story!(
    /// Stale, forged, foreign and unreadable buttons.
    buttons_that_do_nothing, world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        let (_, andi) = world.technician(1002, "Andi").await;
        let ticket = world.ticket(&basics, "Tombol").await;
        let offer = budi.sees("Tombol").await;
        let copy = andi.sees("Tombol").await;
        for data in ["t1|clm|999|0", "t1|clm|1|5", "t1|clm|x|0", "t9|zzz", "", "|", "t1|clm|1", "\u{1F4A9}"] {
            if data.is_empty() {
                continue;
            }
            let answer = budi.forge(&offer, data).await;
            assert!(!answer["text"].as_str().expect("words").is_empty(), "{data}: {answer}");
            assert_eq!(world.look(&ticket).await["status"], "open", "{data}");
        }
        budi.tap(&offer, "Ambil Job").await;
        for data in ["t1|rel|1|1", "t1|dtl|1"] {
            let answer = andi.forge(&copy, data).await;
            assert!(answer["text"].as_str().expect("words").contains("bukan tugas Anda"), "{data}: {answer}");
        }
        let stale = budi.forge(&offer, "t1|rel|1|0").await;
        assert!(stale["text"].as_str().expect("words").contains("tidak berlaku"), "{stale}");
        assert_eq!(world.look(&ticket).await["technician"]["name"], "Budi");
    }
);

story!(
    /// Someone unknown and someone deactivated hear why nothing happens.
    strangers_and_leavers, world => {
        let basics = world.basics().await;
        let (account, budi) = world.technician(1001, "Budi").await;
        world.technician(1002, "Andi").await;
        let ticket = world.ticket(&basics, "Orang luar").await;
        let offer = budi.sees("Orang luar").await;
        let path = format!("users/{}", account["id"].as_str().expect("an id"));
        world.admin.patch(&path, json!({ "active": false })).await.expect(200);
        let answer = budi.tap(&offer, "Ambil Job").await;
        assert!(answer["text"].as_str().expect("words").contains("tidak aktif"), "{answer}");
        budi.write("/tugas").await;
        budi.sees("tidak aktif").await;
        let stranger = world.phone(9001, "Siapa", true).await;
        stranger.write("halo").await;
        stranger.sees("belum tertaut").await;
        stranger.write("/siap").await;
        world.drained().await;
        assert_eq!(world.look(&ticket).await["status"], "open");
    }
);

story!(
    /// Unknown commands, free text, a storm of symbols.
    words_that_nobody_asked_for, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        budi.write("/terbang").await;
        budi.sees("/terbang").await;
        budi.write("apa kabar <b>&lt;</i> \u{202E}txt").await;
        budi.sees("belum mengerti").await;
        budi.write(&"\u{1F525}".repeat(500)).await;
        budi.write("/batal").await;
        budi.sees("Tidak ada yang perlu dibatalkan").await;
        budi.write("/BANTUAN").await;
        budi.sees("/tersedia").await;
        budi.write("/help").await;
        budi.write("/tugas sekarang juga").await;
        budi.sees("Belum ada tugas").await;
    }
);

story!(
    /// Names full of markup stay names.
    markup_stays_words, world => {
        let evil = json!({ "name": "<b>Tuan & Nyonya</b>", "address": "Jl. <script> 1, A&B, \"Kota\"" });
        let customer = world.admin.post("customers", evil).await.expect(201);
        let service = json!({ "name": "Servis <i>", "base_price": 1 });
        let service = world.admin.post("services", service).await.expect(201);
        let (_, budi) = world.technician(1001, "Budi").await;
        world.ticket(&(customer, service), "a < b && c > d </pre>").await;
        let offer = budi.sees("a < b && c > d").await;
        budi.tap(&offer, "Ambil Job").await;
        budi.sees("<b>Tuan & Nyonya</b>").await;
    }
);

story!(
    /// A full quota is said in numbers, and the job stays open.
    a_full_quota_says_so, world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician_with(1001, "Budi", json!({ "daily_quota": 1 })).await;
        world.technician_with(1002, "Andi", json!({ "daily_quota": 5 })).await;
        world.ticket(&basics, "Pertama").await;
        let second = world.ticket(&basics, "Kedua").await;
        let first_offer = budi.sees("Pertama").await;
        budi.tap(&first_offer, "Ambil Job").await;
        let offer = budi.sees("Kedua").await;
        let answer = budi.tap(&offer, "Ambil Job").await;
        assert!(answer["text"].as_str().expect("words").contains("1/1"), "{answer}");
        assert_eq!(world.look(&second).await["status"], "open");
    }
);
