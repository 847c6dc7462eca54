//! What an invoice was approved with stays with it: what its customer withholds, and who asks for the money.

use serde_json::{Value, json};
use tanggap::app::invoices;

use crate::harness::{Browser, PASSWORD, Setup, story};
use crate::stories::billing::{act, approved, path, pay};
use crate::stories::invoice_page::{self, QRIS, plain};
use crate::stories::invoices::sales;
use crate::stories::settings::version;

fn company() -> Setup {
    Setup {
        frozen: Some("2026-11-23T03:00:00Z"),
        adjust: |config| {
            config.company.qris = Some(domain::qris::Qris::parse(QRIS).expect("a sound code"));
            config.company.bank_accounts = vec!["BCA 111 a.n. PT Lama".to_owned()];
        },
        ..Setup::default()
    }
}

story!(
    /// The customer's flag, the company's account: both may change, and the invoice says what it said. Its page says
    /// where the amount of a code is not what is to be paid.
    an_invoice_stays_what_was_approved, company(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let form = json!({ "name": "PT Maju", "address": "Jl. Melati 12, Coblong, Bandung", "withholds_pph23": true });
        let customer = world.admin.post("customers", form).await.expect(201);
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        assert_eq!(invoice["withholding"], 5_000);
        let page = invoice["link"].as_str().and_then(|link| link.strip_prefix(&world.admin.base)).expect("our own").to_owned();
        let siti = invoice_page::Browser::new(&world);
        let (_, whole) = siti.look(&format!("{page}?lang=id")).await;
        assert!(whole.contains("Kode ini meminta jumlah penuh") && !whole.contains("Kode QRIS di PDF"), "{whole}");

        // What was drawn already is drawn anew, as if the settings had changed before.
        let id = customer["id"].as_str().expect("an id");
        let changed = json!({ "withholds_pph23": false, "version": customer["version"] });
        world.admin.patch(&format!("customers/{id}"), changed).await.expect(200);
        let office = Browser::signed_in(&world, "rina", PASSWORD).await;
        let settings = office.get("/panel/settings/company").await.expect(200);
        assert!(settings.text.contains("PT Lama"));
        let at = version(&settings.text);
        let banks = [("version", at.as_str()), ("company.name", "PT Baru"), ("company.bank_accounts", "Mandiri 222 a.n. PT Baru")];
        office.post("/panel/settings/company", &banks).await.expect(303);
        assert_eq!(world.running.app.settings().company.bank_accounts, ["Mandiri 222 a.n. PT Baru"]);
        world.order("DELETE FROM invoice_papers").await;
        invoices::draw_papers(&world.running.app).await.expect("drawn");
        if let Some(text) = plain(&siti.bytes(&format!("{page}.pdf?lang=id")).await) {
            assert!(text.contains("PT Lama") && !text.contains("PT Baru"), "{text}");
        }
        assert_eq!(world.admin.get(&path(&invoice, "")).await.expect(200)["withholding"], 5_000);
        let next = approved(&world, &maya, &customer, "AC mati").await;
        assert_eq!(next["withholding"], Value::Null);
        act(&world.admin, &next, "void", json!({ "reason": "salah harga" })).await;
    }
);

story!(
    /// The code of the paper asks for all of it; where something is paid the page says so, in both languages.
    the_code_of_a_paper_after_a_part_payment, company(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let form = json!({ "name": "Toko Maju", "address": "Jl. Melati 12, Coblong, Bandung" });
        let customer = world.admin.post("customers", form).await.expect(201);
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        let page = invoice["link"].as_str().and_then(|link| link.strip_prefix(&world.admin.base)).expect("our own").to_owned();
        let siti = invoice_page::Browser::new(&world);
        pay(&world, &invoice, 100_000).await;
        for (lang, words) in [("id", "Kode QRIS di PDF masih meminta seluruh"), ("en", "The QRIS code in the PDF still asks for all of")] {
            let (_, part) = siti.look(&format!("{page}?lang={lang}")).await;
            assert!(part.contains(words) && part.contains("Rp150.000"), "{part}");
            assert!(!part.contains("PPh 23"), "{part}");
        }
        pay(&world, &invoice, 150_000).await;
        let (_, paid) = siti.look(&format!("{page}?lang=id")).await;
        assert!(!paid.contains("Kode QRIS di PDF"), "{paid}");
    }
);
