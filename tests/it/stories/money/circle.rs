//! The whole circle before one's eyes: a job is done, its price decided in Telegram, its page opened on a phone, its
//! money recorded in the panel, its ticket closed, and its stars asked for.

use serde_json::{Value, json};

use crate::harness::{Chromium, PASSWORD, Setup, picture, story};
use crate::stories::approval::{card, office, seller, state, words};
use crate::stories::billing::known;
use crate::stories::invoices::done_at;
use crate::stories::registration::on_whatsapp;
use crate::stories::visit;

fn company() -> Setup {
    Setup {
        adjust: |config| {
            config.company.vat_registered = true;
            config.company.bank_accounts = vec!["BCA 1234567890 a.n. PT Uji Coba".to_owned()];
        },
        ..on_whatsapp()
    }
}

story!(
    /// From the draft to the stars, each by the door of whoever does it.
    the_circle_closes, company(), world => {
        if let Some(chromium) = Chromium::open(&world.admin.base).await {
            let (_, budi) = world.technician(1001, "Budi").await;
            let agus = office(&world).await;
            let maya = seller(&world, 2001, "Maya", json!(10)).await;
            let (customer, siti) = known(&world, 1, "Siti Aminah").await;
            let site = json!({ "latitude": -6.8915, "longitude": 107.6107, "version": customer["version"] });
            let id = customer["id"].as_str().expect("an id");
            let customer = world.admin.patch(&format!("customers/{id}"), site).await.expect(200);
            let price = world.admin.post("services", json!({ "name": "Servis AC", "base_price": 250_000 })).await.expect(201);
            let (ticket, draft) = done_at(&world, &budi, &(customer, price), "AC bocor").await;
            let name = ticket["number"].as_str().expect("a number");

            // The office writes the draft; its sums follow; it is handed over.
            let page = format!("/panel/invoices/{}", draft["id"].as_str().expect("an id"));
            chromium.screen(1280, "light").await;
            chromium.enter("rina", PASSWORD).await;
            chromium.go(&format!("/panel/tickets/{}", ticket["id"].as_str().expect("an id"))).await;
            chromium.click(&format!("#bill a[href='{page}']")).await;
            chromium.find("#draft").await;
            chromium.replace("#price-0", "1jt").await;
            chromium.until("document.querySelector('#sums .total dd')?.innerText === 'Rp1.110.000'").await;
            chromium.click("#draft [value=submit]").await;
            chromium.until("document.querySelector('#draft') === null").await;

            // Sales make it cheaper, look, and say yes.
            let asked = card(&maya.phone, &draft).await;
            assert!(words(&asked).contains("Total: Rp1.110.000"), "{asked}");
            maya.phone.tap(&asked, "Revisi").await;
            let question = visit::card(&maya.phone, &format!("{name}: total sekarang"), "10%").await;
            maya.phone.tap(&question, "10%").await;
            let preview = visit::card(&maya.phone, "→ Rp999.000", "Setuju").await;
            maya.phone.tap(&preview, "Setuju Rp999.000").await;
            state(&world, &draft, "approved").await;
            agus.sees("disetujui Maya").await;
            chromium.until("document.querySelector(\"form[action$='/send'] .primary\") !== null").await;
            chromium.click("form[action$='/send'] .primary").await;
            chromium.find(".banner.flash.good").await;
            let invoice = world.admin.get(&format!("invoices/{}", draft["id"].as_str().expect("an id"))).await.expect(200);
            let number = invoice["number"].as_str().expect("a number");
            siti.hears(number).await;
            // She answers, and may be told in free words from now on.
            siti.says("halo").await;
            siti.hears("saya belum mengerti").await;

            // The customer opens the link on a phone, and sends a proof there.
            let link = invoice["link"].as_str().expect("a link");
            let hers = link.strip_prefix(&world.admin.base).expect("our own");
            chromium.screen(390, "light").await;
            chromium.go(hers).await;
            chromium.write("#digits", "0001").await;
            chromium.click("button").await;
            chromium.find("#number").await;
            assert!(chromium.is("document.body.innerText").await.to_string().contains("Rp999.000"));
            let file = tempfile::tempdir().expect("a folder");
            let path = file.path().join("bukti.jpg");
            std::fs::write(&path, picture::jpeg(77)).expect("written");
            chromium.find("#file").await.send_keys(path.to_str().expect("a path")).await.expect("chosen");
            chromium.click("#proof button").await;
            chromium.find(".told").await;
            let told = chromium.is("document.querySelector('.told').innerText").await;
            assert!(told.to_string().contains("Terima kasih"), "{told}");
            chromium.is_sound("the page with its proof").await;
            agus.sees("mengirim bukti transfer").await;
            let open = world.admin.get(&format!("invoices/{}", draft["id"].as_str().expect("an id"))).await.expect(200);
            assert_eq!(open["state"], "sent", "a proof pays nothing");

            // The office records the money with it.
            chromium.screen(1280, "light").await;
            chromium.go(&page).await;
            chromium.find("#proofs img").await;
            chromium.click("[popovertarget=pay]").await;
            chromium.find("#pay:popover-open").await;
            chromium.is("document.querySelector('#proof').selectedIndex = 1").await;
            chromium.click("#pay .actions .primary").await;
            chromium.find(".banner.flash.good").await;
            chromium.is_sound("the paid invoice").await;
            let paid = world.admin.get(&format!("invoices/{}", draft["id"].as_str().expect("an id"))).await.expect(200);
            assert_eq!((&paid["state"], &paid["outstanding"]), (&json!("paid"), &json!(0)));
            assert_ne!(paid["payments"][0]["proof"], Value::Null);
            assert_eq!(world.look(&ticket).await["status"], "closed");
            siti.hears("sudah lunas").await;
            siti.hears("Bagaimana").await;
            chromium.screen(390, "dark").await;
            chromium.go(hers).await;
            assert!(chromium.is("document.body.innerText").await.to_string().contains("Lunas"));
            chromium.close().await;
        }
    }
);
