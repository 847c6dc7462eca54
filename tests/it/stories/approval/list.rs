//! What waits: the list, who may see it, and reminders.

use chrono::{NaiveTime, TimeDelta};
use serde_json::{Value, json};
use tanggap::config::hours::Hours;

use crate::harness::{Setup, story};
use crate::stories::approval::{
    act, card, has_buttons, look, number, office, seller, state, submitted, technician, words,
};

story!(
    /// `/approval` lists what waits, a few at a time, also for who came later; each opens its card.
    the_list_opens_cards, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        maya.phone.write("/approval").await;
        maya.phone.sees("Tidak ada harga yang menunggu").await;
        let mut invoices = Vec::new();
        for n in 1..=7 {
            invoices.push(submitted(&world, &format!("Pekerjaan {n}")).await);
        }
        card(&maya.phone, &invoices[6]).await;
        // Who is new got no card, and finds them all.
        let tono = seller(&world, 2002, "Tono", json!(0)).await;
        tono.phone.write("/persetujuan").await;
        let first = tono.phone.sees("Menunggu persetujuan").await;
        for invoice in &invoices[..5] {
            assert!(words(&first).contains(&number(invoice)), "{first}");
        }
        assert!(words(&first).contains("Bapak Hartono · Rp250.000 · diskon 0%"), "{first}");
        assert!(!words(&first).contains(&number(&invoices[5])));
        tono.phone.tap(&first, "Lainnya").await;
        let second = tono.phone.sees(&number(&invoices[6])).await;
        assert!(words(&second).contains(&number(&invoices[5])), "{second}");
        tono.phone.tap(&second, &number(&invoices[6])).await;
        let opened = crate::stories::visit::card(&tono.phone, "Pekerjaan 7", "Setuju").await;
        tono.phone.tap(&opened, "Setuju").await;
        state(&world, &invoices[6], "approved").await;
        // The list is older than the decision.
        let late = tono.phone.tap(&second, &number(&invoices[6])).await;
        assert!(words(&late).contains("sudah disetujui Tono"), "{late}");
        maya.phone.sees("disetujui Tono").await;
    }
);

story!(
    /// Only sales decide; who has left, was unlinked, or never was one, cannot press anything.
    only_sales_decide, world => {
        let budi = technician(&world).await;
        let agus = office(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        let tono = seller(&world, 2002, "Tono", json!(10)).await;
        let invoice = submitted(&world, "AC bocor").await;
        let approve = format!("t1|prc|{}|{}|a", invoice["id"].as_str().expect("an id"), invoice["version"]);
        for phone in [&budi, &agus] {
            phone.write("/approval").await;
            let said = phone.sees("tidak berwenang").await;
            assert!(words(&phone.forge(&said, &approve).await).contains("tidak berwenang"));
        }
        let hers = card(&maya.phone, &invoice).await;
        let his = card(&tono.phone, &invoice).await;
        world.admin.patch(&format!("users/{}", maya.id), json!({ "active": false })).await.expect(200);
        world.admin.patch(&format!("users/{}", tono.id), json!({ "telegram_id": null })).await.expect(200);
        assert!(words(&maya.phone.tap(&hers, "Setuju").await).contains("tidak aktif"));
        assert!(words(&tono.phone.tap(&his, "Setuju").await).contains("belum tertaut"));
        for forged in ["t1|prc|999999|1|a", "t1|prc|999999|1|s", "t1|prc|999999|1|p", "t1|no|p|999999|1"] {
            let answer = maya.phone.forge(&hers, forged).await;
            assert!(words(&answer).contains("tidak aktif"), "{forged}: {answer}");
        }
        assert_eq!(look(&world, &invoice).await["state"], "submitted");

        // Decided by someone else, their cards close and tell them nothing of it.
        let boss = seller(&world, 2003, "Bos", Value::Null).await;
        for forged in ["t1|prc|999999|1|a", "t1|prc|999999|1|s", "t1|prc|999999|1|p", "t1|no|p|999999|1"] {
            boss.phone.write("/bantuan").await;
            let any = boss.phone.sees("/approval").await;
            let answer = boss.phone.forge(&any, forged).await;
            assert!(words(&answer).contains("tidak berlaku"), "{forged}: {answer}");
        }
        act(&boss.api, &invoice, "approve", json!({ "version": invoice["version"] })).await;
        for phone in [&maya.phone, &tono.phone] {
            let gone = phone.sees("sudah tidak berlaku").await;
            assert!(!has_buttons(&gone) && !words(&gone).contains("Bos"), "{gone}");
        }
    }
);

story!(
    /// Who may decide is not reached by Telegram: the office hears that, and the price waits for the API.
    nobody_is_reached, world => {
        technician(&world).await;
        let agus = office(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        world.admin.patch(&format!("users/{}", maya.id), json!({ "telegram_id": null })).await.expect(200);
        let invoice = submitted(&world, "AC bocor").await;
        let told = agus.sees("tidak menjangkau Maya").await;
        assert!(words(&told).contains(&number(&invoice)), "{told}");
        act(&maya.api, &invoice, "approve", json!({ "version": invoice["version"] })).await;
        agus.sees("disetujui Maya").await;
    }
);

/// A quarter past ten in Jakarta.
fn frozen() -> Setup {
    Setup {
        frozen: Some("2026-11-23T03:15:00Z"),
        adjust: |config| {
            let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
            config.company.cs_hours = Some(Hours {
                from: time(8),
                to: time(17),
            });
        },
        ..Setup::default()
    }
}

story!(
    /// What waits for hours is remembered once, in the office's hours, however many processes look.
    reminders_in_the_offices_hours, frozen(), world => {
        technician(&world).await;
        let agus = office(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        let tono = seller(&world, 2002, "Tono", json!(0)).await;
        let one = submitted(&world, "Satu").await;
        let two = submitted(&world, "Dua").await;
        world.drained().await;
        // Two processes look, where there may be two.
        let second = if world.backend.is_sqlite() {
            None
        } else {
            Some(world.second().await)
        };
        let remind = async || {
            let own = &world.running.app;
            let other = second.as_ref().map_or(own, |second| &second.running.app);
            let both = futures::join!(
                tanggap::app::approvals::remind(own),
                tanggap::app::approvals::remind(other),
            );
            let count = both.0.expect("looked") + both.1.expect("looked");
            world.drained().await;
            count
        };
        let overdue = "masih menunggu keputusan Anda";
        world.clock.advance(TimeDelta::hours(3));
        remind().await;
        assert_eq!(maya.phone.count(overdue).await, 0);
        world.clock.advance(TimeDelta::minutes(70));
        remind().await;
        remind().await;
        for seller in [&maya, &tono] {
            world.eventually("reminded", || async { seller.phone.count(overdue).await == 1 }).await;
            let said = seller.phone.sees("2 harga masih menunggu").await;
            assert!([&one, &two].iter().all(|invoice| words(&said).contains(&number(invoice))), "{said}");
        }
        // Decided: not remembered again. And nobody is woken at night.
        act(&maya.api, &one, "approve", json!({ "version": one["version"] })).await;
        world.clock.advance(TimeDelta::hours(5));
        remind().await;
        assert_eq!(maya.phone.count(overdue).await, 1, "it is past seven in the evening");
        world.clock.advance(TimeDelta::hours(13));
        remind().await;
        let said = maya.phone.sees("Ada harga yang masih menunggu").await;
        assert!(words(&said).contains(&number(&two)) && !words(&said).contains(&number(&one)), "{said}");
        assert_eq!(maya.phone.count(overdue).await, 2);

        // When nobody may decide any more, the office hears it.
        for seller in [&maya, &tono] {
            world.admin.patch(&format!("users/{}", seller.id), json!({ "active": false })).await.expect(200);
        }
        world.clock.advance(TimeDelta::minutes(250));
        remind().await;
        agus.sees("Tidak ada sales aktif yang boleh menyetujui").await;
        if let Some(second) = second {
            second.running.stop().await;
        }
    }
);
