//! What comes after a long outage: the office sees it, its sender hears once that it was late, and what must not be
//! lost is done.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::harness::{Setup, story};
use crate::stories::contacts::rina;
use crate::stories::registration::{Writer, customers, on_whatsapp};
use crate::stories::reporting::closed;

/// What is said of it, once.
const SORRY: &str = "baru sekarang sampai";

/// Sent so many minutes ago.
fn ago(minutes: i64) -> Value {
    json!({ "ago": minutes * 60 })
}

story!(
    /// Nothing is begun or gone on with; words and photos wait for the office, and one answer is for all of them.
    a_backlog_is_no_talk, on_whatsapp(), world => {
        let device = rina(&world).await;
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.registers("Siti Aminah").await;
        siti.says("lapor").await;
        siti.phone.hears("Apa masalahnya?").await;
        siti.phone.says_with("AC kamar bocor deras", ago(40)).await;
        siti.phone.file(json!({ "kind": "image", "seed": 3, "ago": 39 * 60 })).await;
        siti.phone.says_with("menu", ago(11)).await;
        siti.handled().await;
        siti.phone.hears(SORRY).await;
        device.sees("AC kamar bocor deras").await;
        world.drained().await;
        assert_eq!(siti.phone.count(SORRY).await, 1);
        assert_eq!((siti.phone.count("Laporan Anda").await, siti.phone.count("Halo Siti").await), (0, 0));
        let all = world.waiting().await;
        assert_eq!((all.len(), &all[0]["kind"], &all[0]["text"]), (1, &json!("question"), &json!("AC kamar bocor deras")));
        assert_eq!(all[0]["photos"].as_array().map(Vec::len), Some(1));
        // What was being asked is still asked; ten minutes are not yet late, nor is a clock that is ahead.
        siti.phone.says_with("AC kamar tidak dingin", ago(9)).await;
        siti.handled().await;
        siti.hears("Laporan Anda").await;
        siti.phone.says_with("menu", ago(-60)).await;
        siti.handled().await;
        siti.hears("Halo Siti Aminah").await;

        // Another outage is told of once more, and the office hears of it.
        world.drained().await;
        world.clock.advance(TimeDelta::hours(2));
        siti.phone.says_with("Jadi kapan datang?", ago(30)).await;
        siti.phone.says_with("Halo?", ago(20)).await;
        siti.handled().await;
        siti.phone.waits_for_count(SORRY, 2).await;
        device.sees("Jadi kapan datang?").await;
        world.drained().await;
        assert_eq!((siti.phone.count(SORRY).await, device.count("menulis lagi").await), (2, 1));
        assert_eq!(world.waiting().await.len(), 1);
    }
);

story!(
    /// A stranger's words are kept and answered once, and whoever writes again is asked as always. After a day free
    /// words are not taken, and none are tried.
    a_strangers_backlog_is_seen, on_whatsapp(), world => {
        let tono = Writer::new(&world, 1, "Tono").await;
        tono.phone.says_with("Kulkas saya mati", ago(60)).await;
        tono.handled().await;
        tono.phone.hears(SORRY).await;
        let all = world.waiting().await;
        assert_eq!((all.len(), &all[0]["text"], &all[0]["customer"]), (1, &json!("Kulkas saya mati"), &Value::Null));
        tono.says("halo").await;
        tono.hears("Untuk melayani Anda kami perlu menyimpan").await;
        let sari = Writer::new(&world, 2, "Sari").await;
        sari.phone.says_with("Pompa bocor", ago(25 * 60)).await;
        sari.handled().await;
        world.drained().await;
        assert_eq!((world.waiting().await.len(), sari.phone.heard().await.len()), (2, 0));
        let failed = world.admin.get("deliveries?state=failed").await.expect(200);
        assert_eq!(failed["data"], json!([]), "nothing was tried");
        // Nothing is brought for longer than a week: what says so has a wrong time.
        let agus = Writer::new(&world, 3, "Agus").await;
        agus.phone.says_with("halo", ago(8 * 24 * 60)).await;
        agus.handled().await;
        agus.hears("Untuk melayani Anda kami perlu menyimpan").await;
    }
);

story!(
    /// Silence, all data in one message, and stars count also when they come late; a number that was typed before the
    /// question for stars is none.
    what_must_not_be_lost_is_done_late,
    Setup { frozen: Some("2026-11-23T03:00:00Z"), flood: false, ..on_whatsapp() }, world => {
        let (budi, _) = world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.phone.says_with("DAFTAR#Siti Aminah#Jl. Melati No. 5, Bekasi#", ago(90)).await;
        siti.handled().await;
        siti.hears("Pendaftaran berhasil").await;
        let customer = customers(&world, "Siti Aminah").await.pop().expect("registered");
        let ticket = closed(&world, &customer, &budi).await;
        siti.phone.hears("Bagaimana kerja teknisi").await;
        world.drained().await;
        world.clock.advance(TimeDelta::hours(1));
        siti.phone.says_with("3", ago(120)).await;
        siti.handled().await;
        let rating = || async { world.look(&ticket).await["rating"].clone() };
        assert_eq!(rating().await["technician_stars"], Value::Null);
        assert_eq!(world.waiting().await.len(), 1);
        siti.phone.says_with("5", ago(30)).await;
        siti.handled().await;
        assert_eq!(rating().await["technician_stars"], json!(5));
        siti.phone.hears("Bagaimana layanan pelanggan (CS)").await;
        siti.phone.says_with("berhenti", ago(15)).await;
        siti.handled().await;
        siti.hears("tidak akan menerima pesan otomatis lagi").await;
        world.drained().await;
        assert_eq!(world.waiting().await.len(), 1, "nobody needs to see to these");
    }
);
