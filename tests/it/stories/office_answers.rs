//! What the office answers after a day of silence: approved words say that there is an answer, and whatever is written
//! then brings all of it.

use chrono::TimeDelta;
use serde_json::json;

use crate::harness::{Setup, World, story};
use crate::stories::chat_paused::office;
use crate::stories::registration::{Writer, on_whatsapp};

const KNOCK: &str = "sudah menjawab pesan Anda";
const PUZZLED: &str = "saya belum mengerti";

fn frozen() -> Setup {
    Setup {
        frozen: Some("2026-11-23T03:00:00Z"),
        flood: false,
        ..on_whatsapp()
    }
}

/// A day and an hour later.
async fn next_day(world: &World) {
    world.drained().await;
    world.clock.advance(TimeDelta::hours(25));
}

story!(
    /// Two answers while only approved words are taken: a mere yes brings both, and the bot is not puzzled by it. What
    /// is more than a yes is for the office.
    any_answer_brings_all_that_is_unread, frozen(), world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.registers("Siti Aminah").await;
        let request = siti.asks("Kulkas saya mati, bisa datang?").await;
        let reply = format!("requests/{}/reply", request["id"].as_str().expect("an id"));
        for (round, answer) in ["ya", "Baik, besok jam sembilan bisa?"].into_iter().enumerate() {
            next_day(&world).await;
            for text in ["Bisa, Bu. Merek apa?", "Dan sejak kapan?"] {
                let text = format!("{text} ({round})");
                world.admin.post(&reply, json!({ "text": text })).await.expect(200);
                world.drained().await;
            }
            assert_eq!(siti.phone.count(KNOCK).await, 2 * (round + 1));
            world.clock.advance(TimeDelta::hours(3));
            siti.says(answer).await;
            siti.phone.hears(&format!("Merek apa? ({round})")).await;
            siti.phone.hears(&format!("sejak kapan? ({round})")).await;
            world.drained().await;
            assert_eq!(siti.phone.count(PUZZLED).await, 0);
        }
        let all = world.waiting().await;
        assert_eq!((all.len(), &all[0]["id"]), (1, &request["id"]), "it waits again");
        // Once is enough.
        siti.says("menu").await;
        world.drained().await;
        assert_eq!(siti.phone.count("sejak kapan? (1)").await, 1);
    }
);

story!(
    /// A chat in which nothing was asked is knocked at too, and the button of that brings the words, as a thumb does.
    a_chat_without_a_request_is_knocked_at, frozen(), world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        next_day(&world).await;
        office(&world, 1, "Jadwal servis berkala Anda bulan ini.").await;
        let knock = siti.phone.hears(KNOCK).await;
        let number = customer["number"].as_str().expect("a number");
        assert!(knock["content"]["text"].as_str().is_some_and(|text| text.contains(number)), "{knock}");
        world.clock.advance(TimeDelta::hours(3));
        siti.phone.presses("Lanjutkan").await;
        siti.handled().await;
        siti.phone.hears("servis berkala").await;
        next_day(&world).await;
        office(&world, 1, "Masih perlu diservis?").await;
        siti.phone.waits_for_count(KNOCK, 2).await;
        world.clock.advance(TimeDelta::hours(3));
        siti.phone.reacts(&knock, Some("👍")).await;
        siti.handled().await;
        siti.phone.hears("Masih perlu diservis?").await;
        world.drained().await;
        assert_eq!(siti.phone.count("servis berkala").await, 1);
    }
);

story!(
    /// Approved words tell how a ticket stands in the customer's own words; why it was cancelled stays in the office.
    why_a_ticket_was_cancelled_stays_in_the_office, frozen(), world => {
        world.technician(1001, "Budi").await;
        let siti = world.customer(1, "Siti").await;
        let form = json!({ "name": "Siti Aminah", "address": "Jl. Melati 5, Bekasi", "phone": "081200000001" });
        let customer = world.admin.post("customers", form).await.expect(201);
        let basics = (customer, world.basics().await.1);
        let ticket = world.ticket(&basics, "Modem mati").await;
        siti.hears("TKT-").await;
        let path = format!("tickets/{}/cancel", ticket["id"].as_str().expect("an id"));
        world.admin.post(&path, json!({ "reason": "Pelanggan menunggak" })).await.expect(200);
        let told = siti.hears("Dibatalkan").await;
        assert_eq!(told["template"], "status_tiket_v1");
        let text = told["content"]["text"].as_str().expect("words");
        assert!(!text.contains("menunggak") && !text.contains("Cancelled"), "{text}");
    }
);

story!(
    /// A visit that is moved is told, by whoever comes where somebody does.
    a_moved_visit_is_told, frozen(), world => {
        let (budi, _) = world.technician(1001, "Budi").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let customer = siti.registers("Siti Aminah").await;
        let ticket = world.ticket(&(customer, world.basics().await.1), "Modem mati").await;
        siti.phone.hears("sudah dibuat").await;
        let path = |end: &str| format!("tickets/{}{end}", ticket["id"].as_str().expect("an id"));
        let version = || async { world.look(&ticket).await["version"].clone() };
        let moved = json!({ "visit_date": "2026-11-25", "visit_time": "13:00", "version": version().await });
        world.admin.patch(&path(""), moved).await.expect(200);
        world.two_minutes_later().await;
        siti.phone.hears("kini dijadwalkan").await;
        world.admin.post(&path("/assign"), json!({ "technician_id": budi["id"] })).await.expect(200);
        siti.phone.hears("akan datang").await;
        let problem = json!({ "problem": "Modem mati total", "version": version().await });
        world.admin.patch(&path(""), problem).await.expect(200);
        let moved = json!({ "visit_time": "15:00", "version": version().await });
        world.admin.patch(&path(""), moved).await.expect(200);
        world.two_minutes_later().await;
        siti.phone.hears("15.00").await;
        world.drained().await;
        assert_eq!(siti.phone.count("akan datang").await, 2);
        assert_eq!(siti.phone.count("kini dijadwalkan").await, 1);
    }
);
