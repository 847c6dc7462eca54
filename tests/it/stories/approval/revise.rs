//! Another price: pressed, typed, previewed, confirmed, left.

use serde_json::{Value, json};

use crate::harness::{Phone, Setup, World, story};
use crate::stories::approval::{
    card, draft, has_buttons, look, number, seller, state, submitted, technician, words,
};

/// Opens the question for another price; answers its message.
async fn revise(phone: &Phone, invoice: &Value) -> Value {
    let asked = card(phone, invoice).await;
    phone.tap(&asked, "Revisi").await;
    let ticket = number(invoice);
    crate::stories::visit::card(phone, &format!("{ticket}: total sekarang"), "Nominal lain").await
}

/// The preview with this total, once it is shown.
async fn preview(phone: &Phone, total: &str) -> Value {
    crate::stories::visit::card(phone, &format!("→ {total}"), "Ubah").await
}

story!(
    /// A share by its button, seen before it counts, changed in place, and confirmed.
    a_discount_by_its_button, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        let boss = seller(&world, 2002, "Bos", Value::Null).await;
        let invoice = submitted(&world, "AC bocor").await;
        let question = revise(&maya.phone, &invoice).await;
        assert!(words(&question).contains("Batas diskon Anda 10%"), "{question}");
        let labels = question["inline_keyboard"].to_string();
        assert!(["5%", "10%", "15%", "Nominal lain", "Harga akhir", "Batal"].iter().all(|one| labels.contains(one)), "{labels}");

        maya.phone.tap(&question, "15%").await;
        let above = preview(&maya.phone, "Rp212.500").await;
        assert_eq!(above["message_id"], question["message_id"], "it is edited in place");
        assert!(words(&above).contains("Melebihi batas diskon Anda (10%)") && words(&above).contains("Bos"), "{above}");
        assert!(above["inline_keyboard"].to_string().contains("Teruskan"));
        maya.phone.tap(&above, "Ubah").await;
        let question = crate::stories::visit::card(&maya.phone, "total sekarang", "10%").await;
        maya.phone.tap(&question, "10%").await;
        let within = preview(&maya.phone, "Rp225.000").await;
        assert!(words(&within).contains("diskon Rp25.000 (10%)"), "{within}");
        assert_eq!(look(&world, &invoice).await["state"], "submitted", "a preview decides nothing");

        let toast = maya.phone.tap(&within, "Setuju Rp225.000").await;
        assert!(words(&toast).contains("disetujui: INV/") && words(&toast).contains("Rp225.000"), "{toast}");
        let approved = look(&world, &invoice).await;
        assert_eq!((&approved["state"], &approved["total"]), (&json!("approved"), &json!(225_000)));
        assert_eq!(approved["discount"], json!({ "kind": "percent", "value": 10 }));
        let what: Vec<&str> = approved["revisions"].as_array().expect("revisions").iter()
            .filter_map(|revision| revision["what"].as_str()).collect();
        assert_eq!(what, ["drafted", "submitted", "revised", "approved"]);
        world.drained().await;
        for message in maya.phone.messages().await.iter().chain(boss.phone.messages().await.iter()) {
            assert!(!has_buttons(message), "nothing is left to press: {message}");
        }
        let again = maya.phone.forge(&within, &format!("t1|prc|{}|{}|yp1000", invoice["id"].as_str().expect("an id"), invoice["version"])).await;
        assert!(words(&again).contains("sudah disetujui Maya"), "{again}");
        maya.phone.write("5%").await;
        maya.phone.sees("belum mengerti").await;
    }
);

story!(
    /// Amounts in every spelling, a final price, what cannot be, and leaving it.
    prices_as_people_type_them, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        let invoice = submitted(&world, "AC bocor").await;
        let question = revise(&maya.phone, &invoice).await;
        assert!(!words(&question).contains("Batas diskon"), "{question}");
        maya.phone.write("10%").await;
        let typed = preview(&maya.phone, "Rp225.000").await;
        assert_ne!(typed["message_id"], question["message_id"], "what is typed is answered below it");
        maya.phone.write("50rb").await;
        let unclear = maya.phone.sees("Rp50.000 itu diskonnya, atau harga akhirnya?").await;
        maya.phone.tap(&unclear, "Diskon Rp50.000").await;
        preview(&maya.phone, "Rp200.000").await;
        maya.phone.write("Rp 50.000").await;
        let unclear = maya.phone.sees("Rp50.000 itu diskonnya, atau harga akhirnya?").await;
        maya.phone.tap(&unclear, "Harga akhir Rp50.000").await;
        let final_price = preview(&maya.phone, "Rp50.000").await;
        maya.phone.tap(&final_price, "Ubah").await;
        let question = crate::stories::visit::card(&maya.phone, "total sekarang", "Nominal lain").await;

        maya.phone.tap(&question, "Nominal lain").await;
        maya.phone.sees("ketik diskonnya").await;
        for (text, answer) in [
            ("murah", "belum bisa saya baca"),
            ("1,5jt", "lebih besar daripada harganya"),
            ("100%", "Totalnya menjadi nol"),
        ] {
            maya.phone.write(text).await;
            maya.phone.sees(answer).await;
            world.drained().await;
        }
        let bad = maya.phone.sees("Totalnya menjadi nol").await;
        maya.phone.tap(&bad, "Ubah").await;
        let question = crate::stories::visit::card(&maya.phone, "total sekarang", "Harga akhir").await;
        maya.phone.tap(&question, "Harga akhir").await;
        maya.phone.sees("ketik harga akhir").await;
        maya.phone.write("1,5jt").await;
        maya.phone.sees("tidak lebih dari harga tanpa diskon").await;
        maya.phone.sticker().await;
        world.drained().await;

        // Left, by its button and by the word; the card stays, and its buttons work.
        let last = maya.phone.sees_button("Batal").await;
        maya.phone.tap(&last, "Batal").await;
        maya.phone.sees("revisi ditinggalkan").await;
        maya.phone.write("10%").await;
        maya.phone.sees("belum mengerti").await;
        revise(&maya.phone, &invoice).await;
        maya.phone.write("/batal").await;
        maya.phone.sees("Dibatalkan").await;
        assert_eq!(look(&world, &invoice).await["version"], invoice["version"], "nothing has changed");

        let question = revise(&maya.phone, &invoice).await;
        maya.phone.tap(&question, "Harga akhir").await;
        maya.phone.sees("ketik harga akhir").await;
        maya.phone.write("199.999").await;
        let wanted = preview(&maya.phone, "Rp199.999").await;
        maya.phone.tap(&wanted, "Setuju").await;
        state(&world, &invoice, "approved").await;
        let approved = look(&world, &invoice).await;
        assert_eq!((&approved["total"], &approved["discount_amount"]), (&json!(199_999), &json!(50_001)));
    }
);

fn taxed() -> Setup {
    Setup {
        adjust: |config| config.company.vat_registered = true,
        ..Setup::default()
    }
}

story!(
    /// What rounding the tax cannot hit is the nearest lower price, shown before it is confirmed; chat and API agree.
    a_final_price_that_rounding_misses, taxed(), world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        let invoice = submitted(&world, "AC bocor").await;
        assert_eq!((&invoice["vat"], &invoice["total"]), (&json!(27_500), &json!(277_500)));
        assert!(words(&card(&maya.phone, &invoice).await).contains("PPN 12% dari DPP Rp229.167: Rp27.500"));
        // Of all totals some are never hit: one rupiah of price is 1 or 2 of total.
        let question = revise(&maya.phone, &invoice).await;
        maya.phone.tap(&question, "Harga akhir").await;
        maya.phone.sees("ketik harga akhir").await;
        let mut missed = None;
        for wanted in 200_000..200_020_i64 {
            let net = (1..=wanted).rev().find(|net| net + (net * 11 + 50) / 100 <= wanted).expect("a price");
            if net + (net * 11 + 50) / 100 < wanted {
                missed = Some((wanted, net + (net * 11 + 50) / 100));
                break;
            }
        }
        let (wanted, nearest) = missed.expect("one in ten is missed");
        maya.phone.write(&wanted.to_string()).await;
        let shown = maya.phone.sees("karena pembulatan pajak").await;
        let rupiah = |amount: i64| domain::money::Rupiah(amount).to_string();
        assert!(words(&shown).contains(&format!("→ {}", rupiah(nearest))), "{shown}");
        assert!(words(&shown).contains(&rupiah(wanted)), "{shown}");
        maya.phone.tap(&shown, "Setuju").await;
        state(&world, &invoice, "approved").await;
        assert_eq!(look(&world, &invoice).await["total"], json!(nearest));
    }
);

story!(
    /// Above one's limit it is offered to those who may; where nobody may, it is refused with the reason.
    above_the_limit_it_is_passed_on, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        let boss = seller(&world, 2002, "Bos", json!(40)).await;
        let invoice = submitted(&world, "AC bocor").await;
        let question = revise(&maya.phone, &invoice).await;
        maya.phone.tap(&question, "Nominal lain").await;
        maya.phone.sees("ketik diskonnya").await;
        maya.phone.write("41%").await;
        maya.phone.sees("Tidak ada sales yang boleh memberi diskon 41%").await;
        maya.phone.write("40%").await;
        let above = preview(&maya.phone, "Rp150.000").await;
        let toast = maya.phone.tap(&above, "Teruskan").await;
        assert!(words(&toast).contains("diteruskan dengan total Rp150.000"), "{toast}");
        maya.phone.sees("direvisi Maya").await;
        world.drained().await;
        let passed = look(&world, &invoice).await;
        assert_eq!((&passed["state"], &passed["total"]), (&json!("submitted"), &json!(150_000)));
        // She was asked before, and is not asked now; by the list she may still look, and not approve.
        maya.phone.write("/approval").await;
        let list = maya.phone.sees("di atas batas diskon Anda").await;
        maya.phone.tap(&list, &number(&invoice)).await;
        let hers = card(&maya.phone, &invoice).await;
        let refused = maya.phone.tap(&hers, "Setuju").await;
        assert!(words(&refused).contains("melebihi batas Anda (10%)"), "{refused}");
        let his = card(&boss.phone, &invoice).await;
        assert!(words(&his).contains("Diskon (40%): −Rp100.000"), "{his}");
        boss.phone.tap(&his, "Setuju").await;
        state(&world, &invoice, "approved").await;
        for phone in [&maya.phone, &boss.phone] {
            phone.sees("disetujui Bos").await;
        }
    }
);

story!(
    /// Whoever passed it on, and whoever may not decide what it became, sees on his card how it ended.
    who_passed_it_on_sees_the_end, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        let tono = seller(&world, 2002, "Tono", json!(0)).await;
        let boss = seller(&world, 2003, "Bos", json!(40)).await;
        let invoice = submitted(&world, "AC bocor").await;
        let question = revise(&maya.phone, &invoice).await;
        maya.phone.tap(&question, "15%").await;
        let above = preview(&maya.phone, "Rp212.500").await;
        maya.phone.tap(&above, "Teruskan").await;
        for phone in [&maya.phone, &tono.phone] {
            phone.sees("direvisi Maya").await;
        }
        world.drained().await;
        let his = card(&boss.phone, &invoice).await;
        boss.phone.tap(&his, "Setuju").await;
        state(&world, &invoice, "approved").await;
        for phone in [&maya.phone, &tono.phone, &boss.phone] {
            phone.sees("disetujui Bos").await;
        }
        world.drained().await;
        assert_eq!(boss.phone.count("disetujui Bos").await, 1, "once, on his newest card");
        assert_eq!(tono.phone.count("direvisi Maya").await, 0, "the card that he was left with says it");

        // What goes back to the office and comes again is another matter: its end is not that of the earlier one.
        let second = submitted(&world, "AC mati").await;
        let asked = card(&tono.phone, &second).await;
        tono.phone.tap(&asked, "Tolak").await;
        tono.phone.sees("mengapa ditolak").await;
        tono.phone.write("salah layanan").await;
        state(&world, &second, "draft").await;
        crate::stories::approval::act(&world.admin, &second, "submit", json!({})).await;
        world.drained().await;
        let asked = card(&boss.phone, &second).await;
        boss.phone.tap(&asked, "Setuju").await;
        state(&world, &second, "approved").await;
        world.drained().await;
        assert_eq!(maya.phone.count("ditolak Tono").await, 1);
    }
);

story!(
    /// Whoever has left sales meanwhile decides nothing by what he was still asked to type.
    who_has_left_sales_decides_nothing, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        let tono = seller(&world, 2002, "Tono", Value::Null).await;
        let bos = seller(&world, 2003, "Bos", Value::Null).await;
        let invoice = submitted(&world, "AC bocor").await;
        for phone in [&maya.phone, &tono.phone, &bos.phone] {
            let asked = card(phone, &invoice).await;
            phone.tap(&asked, "Tolak").await;
            phone.sees("alasan").await;
        }
        let question = revise(&bos.phone, &invoice).await;
        bos.phone.tap(&question, "Harga akhir").await;
        bos.phone.sees("ketik harga akhir").await;
        // Even if the question had gone on.
        for who in [&maya, &bos] {
            world.order(&format!("UPDATE users SET role = 'technician' WHERE id = {}", who.id)).await;
        }
        maya.phone.write("terlalu murah").await;
        maya.phone.sees("tidak").await;
        bos.phone.write("100rb").await;
        world.drained().await;
        assert_eq!(bos.phone.count("→ Rp100.000").await, 0);
        let running = "SELECT COUNT(*) FROM conversations WHERE chat = '2002'";
        assert_eq!(world.number(running).await, 1);
        world.admin.patch(&format!("users/{}", tono.id), json!({ "role": "technician" })).await.expect(200);
        assert_eq!(world.number(running).await, 0, "it ends with the role");
        tono.phone.write("terlalu murah").await;
        world.drained().await;
        let same = look(&world, &invoice).await;
        assert_eq!((&same["state"], &same["version"]), (&json!("submitted"), &invoice["version"]));
    }
);

story!(
    /// A limit that was lowered after the card was sent holds.
    a_lowered_limit_holds_at_once, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        seller(&world, 2002, "Bos", Value::Null).await;
        let draft = draft(&world, "AC bocor").await;
        let id = draft["id"].as_str().expect("an id").to_owned();
        let ten = json!({ "discount": { "kind": "percent", "value": 10 } });
        world.admin.patch(&format!("invoices/{id}"), ten).await.expect(200);
        world.admin.post(&format!("invoices/{id}/submit"), json!({})).await.expect(200);
        let asked = card(&maya.phone, &draft).await;
        let lower = json!({ "discount_limit_percent": 5 });
        world.admin.patch(&format!("users/{}", maya.id), lower).await.expect(200);
        let refused = maya.phone.tap(&asked, "Setuju").await;
        assert!(words(&refused).contains("melebihi batas Anda (5%)"), "{refused}");
        assert_eq!(look(&world, &draft).await["state"], "submitted");
        leave_nothing(&world, &maya.phone, &draft).await;
    }
);

/// A discount of one's own limit is a way out.
async fn leave_nothing(world: &World, phone: &Phone, invoice: &Value) {
    let question = revise(phone, invoice).await;
    phone.tap(&question, "5%").await;
    let within = preview(phone, "Rp237.500").await;
    phone.tap(&within, "Setuju").await;
    state(world, invoice, "approved").await;
}
