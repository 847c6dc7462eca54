//! An emergency in a company with many technicians: who could take the job is read page by page.

use serde_json::{Value, json};

use crate::harness::{Phone, World, story};
use crate::stories::alerts::{admin, alerts_of, given, id, morning, overdue};
use crate::stories::visit::words;

/// Taps a button of the card, and sees the card once it has the other one.
async fn turned(world: &World, phone: &Phone, card: &Value, label: &str, then: &str) -> Value {
    phone.tap(card, label).await;
    world.drained().await;
    let turned = phone.sees_button(then).await;
    assert_eq!(turned["message_id"], card["message_id"], "the same card");
    turned
}

/// Whether the card has these buttons, and none of the others.
fn offers(card: &Value, these: &[&str], others: &[&str]) {
    let keys = card["inline_keyboard"].to_string();
    for label in these {
        assert!(keys.contains(label), "{label}: {keys}");
    }
    for label in others {
        assert!(!keys.contains(label), "{label}: {keys}");
    }
}

story!(
    /// The last of twenty is reached and gets the job; whoever is full or gone meanwhile is refused when it counts.
    the_last_of_many_takes_the_job, morning(), world => {
        let basics = world.basics().await;
        let (budi, _) = world.technician(1001, "Budi").await;
        for telegram_id in 2001..=2017 {
            world.technician_quick(telegram_id).await;
        }
        // Whoever has most of the day left comes first.
        let (joko, _) = world.technician(3001, "Joko").await;
        let (wati, watis) = world.technician_with(3002, "Wati", json!({ "daily_quota": 2 })).await;
        let (andi, _) = world.technician_with(3003, "Andi", json!({ "daily_quota": 1 })).await;
        let (_, siti) = admin(&world, 5001, "Siti", true).await;
        let ticket = given(&world, &basics, "Internet mati total", &budi).await;
        let alert = overdue(&world, &ticket).await;

        let raised = siti.sees_button("Ganti TS").await;
        let first = turned(&world, &siti, &raised, "Ganti TS", "T2001").await;
        assert!(words(&first).contains("Halaman 1 dari 3: ada 20 teknisi"), "{first}");
        offers(&first, &["T2008 · 0/4", "Lainnya ›", "Buka ke semua", "Kembali"], &["T2009", "Sebelumnya", "Budi"]);
        let second = turned(&world, &siti, &first, "Lainnya ›", "T2009").await;
        offers(&second, &["T2016 · 0/4", "Lainnya ›", "‹ Sebelumnya"], &["T2008", "T2017"]);
        let third = turned(&world, &siti, &second, "Lainnya ›", "T2017").await;
        assert!(words(&third).contains("Halaman 3 dari 3"), "{third}");
        offers(&third, &["Joko · 0/4", "Wati · 0/2", "Andi · 0/1", "‹ Sebelumnya"], &["T2016", "Lainnya"]);
        let back = turned(&world, &siti, &third, "‹ Sebelumnya", "T2009").await;
        let third = turned(&world, &siti, &back, "Lainnya ›", "Andi").await;

        let gone = json!({ "active": false, "version": joko["version"] });
        world.admin.patch(&format!("users/{}", id(&joko)), gone).await.expect(200);
        given(&world, &basics, "Kuota Andi", &andi).await;
        let mut list = third;
        for (chosen, why) in [
            (&joko, "Joko tidak bisa mengambil tiket ini"),
            (&andi, "Kuota Andi hari itu sudah penuh (1/1)"),
        ] {
            // As the button of the page does that was read before.
            siti.forge(&list, &format!("t1|ew|{}|{}", id(&alert), id(chosen))).await;
            world.drained().await;
            let name = chosen["name"].as_str().expect("a name");
            let ask = siti.sees(&format!("Ganti Budi dengan {name}")).await;
            let refused = siti.tap(&ask, "Ya, ganti TS").await;
            assert!(words(&refused).contains(why), "{refused}");
            assert_eq!(world.look(&ticket).await["technician"]["id"], budi["id"]);
            list = siti.sees_button("Ya, ganti TS").await;
        }
        // A page that is not there any more is the last that is.
        siti.forge(&list, &format!("t1|er|{}|9", id(&alert))).await;
        world.drained().await;
        let last = siti.sees_button("Wati").await;
        assert!(words(&last).contains("Halaman 3 dari 3: ada 18 teknisi"), "{last}");
        offers(&last, &["T2017", "‹ Sebelumnya"], &["Joko", "Andi", "Lainnya"]);
        let ask = turned(&world, &siti, &last, "Wati", "Ya, ganti TS").await;
        let done = siti.tap(&ask, "Ya, ganti TS").await;
        assert!(words(&done).contains("Budi diganti Wati"), "{done}");
        world.drained().await;
        watis.sees("Jl. Melati 12").await;
        assert_eq!(world.look(&ticket).await["technician"]["id"], wati["id"]);
        assert_eq!(alerts_of(&world, &ticket).await[0]["next_technician"]["id"], wati["id"]);
        let alert = id(&alert);
        for old in [format!("t1|er|{alert}"), format!("t1|er|{alert}|1"), format!("t1|ew|{alert}|{}", id(&budi))] {
            let late = siti.forge(&ask, &old).await;
            assert!(words(&late).contains("ditangani Siti"), "{old}: {late}");
        }
    }
);
