//! What customers owe, at the panel: written, submitted, paid, and what is refused on the way.

use domain::person::Role;
use serde_json::{Value, json};

use crate::harness::{Api, Browser, Chromium, PASSWORD, World, story};
use crate::stories::invoices::{done, sales};
use crate::stories::panel::deeds;

fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object[field].as_str().expect("a text")
}

/// The page of an invoice.
fn page_of(invoice: &Value) -> String {
    format!("/panel/invoices/{}", text(invoice, "id"))
}

fn today(world: &World) -> String {
    world.config.company.timezone.date(world.clock.now()).to_string()
}

/// The version that the form on a page was read from.
fn version(page: &str) -> String {
    let at = page.split("name=\"version\" value=\"").nth(1).expect("a version");
    at.split('"').next().expect("a number").to_owned()
}

/// Sales say yes to what stands.
async fn approved(world: &World, who: &Api, invoice: &Value) -> Value {
    let path = format!("invoices/{}", text(invoice, "id"));
    let now = world.admin.get(&path).await.expect(200);
    let yes = json!({ "version": now["version"] });
    who.post(&format!("{path}/approve"), yes).await.expect(200)
}

const LINES: [(&str, &str); 10] = [
    ("description-0", "Servis AC"),
    ("quantity-0", "2"),
    ("unit-0", "unit"),
    ("price-0", "350rb"),
    ("description-3", "Pipa tembaga"),
    ("quantity-3", "1,5"),
    ("unit-3", "meter"),
    ("price-3", "100.000"),
    ("discount", "7,5%"),
    ("due_date", ""),
];

story!(
    /// The draft of a finished job is written as people type, submitted, paid in two parts, and its ticket closes.
    from_the_draft_to_the_last_rupiah_in_the_panel, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let maya = sales(&world, "maya", json!(10)).await;
        let (ticket, draft) = done(&world, &budi, "AC bocor").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = page_of(&draft);
        browser.get(&format!("/panel/tickets/{ticket}")).await.expect(200)
            .says(&["id=\"bill\"", "Draf", &page, "Tutup tanpa tagihan"]);
        browser.get("/panel/invoices").await.expect(200).says(&["Draf TKT-000001", "Draf · 1", &page]);

        let shown = browser.get(&page).await.expect(200);
        shown.says(&["name=\"description-0\"", "Draf invoice dibuat", "Simpan dan ajukan ke sales"]);
        let read = version(&shown.text);
        let with = |more: &[(&'static str, &str)]| -> Vec<(String, String)> {
            let mut form: Vec<(String, String)> = vec![("version".to_owned(), read.clone())];
            form.extend(LINES.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
            form
        };
        let form = with(&[("intent", "look")]);
        let look = browser.post(&page, &borrowed(&form)).await.expect(200);
        look.says(&["Rp850.000", "−Rp63.750", "Rp786.250", "value=\"350rb\"", "id=\"line-3\""]);
        let form = with(&[("intent", "add")]);
        browser.post(&page, &borrowed(&form)).await.expect(200).says(&["id=\"line-4\"", "autofocus"]);
        let form = with(&[("remove", "0")]);
        let fewer = browser.post(&page, &borrowed(&form)).await.expect(200);
        fewer.says(&["id=\"line-3\"", "Rp138.750"]);
        assert!(!fewer.text.contains("id=\"line-0\""), "it was taken away");
        let sums = browser.post(&format!("{page}/sums"), &borrowed(&with(&[]))).await.expect(200);
        sums.says(&["id=\"sums\"", "Rp786.250", "id=\"amount-3\"", "Rp150.000"]);
        assert!(!sums.text.contains("<html") && !sums.text.contains("name=\"description-0\""), "only the sums are sent");
        assert_eq!(world.admin.get(&format!("invoices/{}", text(&draft, "id"))).await.expect(200)["version"], draft["version"]);

        let form = with(&[("intent", "submit")]);
        let to = browser.post(&page, &borrowed(&form)).await.expect(303).location;
        assert_eq!(to, page);
        let waits = browser.get(&page).await.expect(200);
        waits.says(&["Menunggu sales", "Menunggu keputusan maya.", "Rp786.250", "diajukan ke sales.",
            "Baris ditambah: Pipa tembaga, 1,5 meter × Rp100.000", "Diskon: tidak ada → 7,5%"]);
        assert!(!waits.text.contains("id=\"draft\""), "nothing is written any more");
        let late = browser.post(&page, &borrowed(&with(&[]))).await.expect(422);
        late.says(&["Itu tidak bisa, karena invoice ini sekarang", "value=\"350rb\""]);

        let granted = approved(&world, &maya, &draft).await;
        let number = text(&granted, "number");
        browser.get(&page).await.expect(200).says(&[number, text(&granted, "link"), "Siap dikirim", "popovertarget=\"pay\"", "Invoice disetujui"]);
        browser.get(&format!("/panel/tickets/{ticket}")).await.expect(200).says(&[number, "Siap dikirim"]);

        // Nobody can be told here: the link is good, and the page says how to give it.
        assert_eq!(browser.post(&format!("{page}/send"), &[]).await.expect(303).location, page);
        let sent = browser.get(&page).await.expect(200);
        sent.says(&["Salin tautannya", "banner flash warn", "Menunggu pembayaran", "Invoice dikirim", "Kirim ulang"]);
        assert_eq!(world.admin.get(&format!("invoices/{}", text(&draft, "id"))).await.expect(200)["state"], "sent");

        let pay = format!("{page}/payments");
        let bad = [("method", "emas"), ("amount", "lima"), ("paid_on", "2099-01-01"), ("withheld", "-1")];
        let wrong = browser.post(&pay, &bad).await.expect(422);
        for field in ["method", "amount", "paid_on", "withheld"] {
            wrong.says(&[&format!("id=\"{field}-error\""), &format!("href=\"#{field}\"")]);
        }
        wrong.says(&["open hx-morph-skip", "value=\"lima\""]);
        let day = today(&world);
        let first = [("method", "transfer"), ("amount", "Rp500.000"), ("withheld", ""), ("paid_on", day.as_str()), ("reference", "A1")];
        assert_eq!(browser.post(&pay, &first).await.expect(303).location, page);
        browser.get(&page).await.expect(200).says(&["Pembayaran Rp500.000 dicatat.", "Sudah dibayar Rp500.000, sisa Rp286.250", "value=\"Rp286.250\""]);
        browser.post(&pay, &first).await.expect(422).says(&["Pembayaran ini tampaknya sudah tercatat"]);
        let much = [("method", "cash"), ("amount", "286.251"), ("paid_on", day.as_str())];
        browser.post(&pay, &much).await.expect(422).says(&["Sisa yang harus dibayar hanya Rp286.250"]);
        browser.post(&format!("{page}/void"), &[("reason", "salah orang")]).await.expect(422).says(&["sudah ada pembayarannya"]);
        let rest = [("method", "qris"), ("amount", "270.525"), ("withheld", "15.725"), ("paid_on", day.as_str()), ("reference", "A2")];
        browser.post(&pay, &rest).await.expect(303);
        browser.get(&page).await.expect(200).says(&["lunas.", "Lunas", "PPh 23 Rp15.725", "QRIS"]);
        assert_eq!(world.admin.get(&format!("tickets/{ticket}")).await.expect(200)["status"], "closed");

        let paid = world.admin.get(&format!("invoices/{}", text(&draft, "id"))).await.expect(200);
        let back = format!("{pay}/{}/reverse", text(&paid["payments"][0], "id"));
        browser.post(&back, &[("reason", "x")]).await.expect(422).says(&["id=\"reason-error\"", "open hx-morph-skip"]);
        browser.post(&back, &[("reason", "salah catat")]).await.expect(303);
        let open = browser.get(&page).await.expect(200);
        open.says(&["Pembayaran Rp500.000 dibatalkan.", "Tidak dihitung", "salah catat", "Menunggu pembayaran", "sisa Rp500.000"]);
        browser.post(&back, &[("reason", "salah catat")]).await.expect(422).says(&["banner flash bad"]);
        browser.get(&format!("{page}/nowhere")).await.expect(404);
        browser.get("/panel/invoices/99999").await.expect(404);
    }
);

fn borrowed(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

story!(
    /// Everything wrong with a draft is told with its place, what was typed stays, and nothing is written.
    faults_of_a_draft_are_told_on_it, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let (_, draft) = done(&world, &budi, "AC bocor").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = page_of(&draft);
        let read = version(&browser.get(&page).await.expect(200).text);
        let bad = [("version", read.as_str()), ("description-0", "Servis"), ("quantity-0", "nol"), ("unit-0", ""),
            ("price-0", "mahal"), ("description-1", ""), ("quantity-1", "1.500"), ("unit-1", "unit"), ("price-1", "5000"),
            ("discount", "120%"), ("due_date", "")];
        let told = browser.post(&page, &bad).await.expect(422);
        for field in ["quantity-0", "unit-0", "price-0", "description-1", "quantity-1", "discount"] {
            told.says(&[&format!("id=\"{field}-error\""), &format!("href=\"#{field}\"")]);
        }
        told.says(&["data-summary", "Baris 2, Uraian", "value=\"mahal\"", "value=\"120%\""]);
        let sums = browser.post(&format!("{page}/sums"), &bad).await.expect(200);
        sums.says(&["Totalnya muncul setelah"]);
        assert!(!sums.text.contains("-error"), "nobody is told off while he types");
        let past = [("version", read.as_str()), ("description-0", "Servis"), ("quantity-0", "1"), ("unit-0", "unit"),
            ("price-0", "5000"), ("due_date", "2020-01-01")];
        browser.post(&page, &past).await.expect(422).says(&["id=\"due_date-error\"", "href=\"#due_date\""]);
        let large = [("version", read.as_str()), ("description-0", "Servis"), ("quantity-0", "1"), ("unit-0", "unit"),
            ("price-0", "5000"), ("discount", "6000")];
        browser.post(&page, &large).await.expect(422).says(&["id=\"discount-error\""]);
        // Submitting to nobody is refused; what was typed is kept by then.
        let fine = [("version", read.as_str()), ("description-0", "Servis <b>"), ("quantity-0", "1"), ("unit-0", "unit"),
            ("price-0", "5000"), ("description-1", " "), ("price-1", ""), ("quantity-1", "1"), ("unit-1", "unit"), ("intent", "submit")];
        let nobody = browser.post(&page, &fine).await.expect(422);
        nobody.says(&["Tidak ada sales aktif", "Servis &#60;b&#62;"]);
        let kept = world.admin.get(&format!("invoices/{}", text(&draft, "id"))).await.expect(200);
        assert_eq!((&kept["state"], &kept["total"], kept["lines"].as_array().map(Vec::len)), (&json!("draft"), &json!(5000), Some(1)));
        // Saved again without a change, it is the same version.
        let again = version(&nobody.text);
        let same = [("version", again.as_str()), ("description-0", "Servis <b>"), ("quantity-0", "1"), ("unit-0", "unit"), ("price-0", "5000")];
        browser.post(&page, &same).await.expect(303);
        assert_eq!(world.admin.get(&format!("invoices/{}", text(&draft, "id"))).await.expect(200)["version"], kept["version"]);
    }
);

story!(
    /// Of two who write one draft the second is told, loses nothing, and may say that his is right.
    two_admins_write_one_draft, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        sales(&world, "maya", Value::Null).await;
        let (_, draft) = done(&world, &budi, "AC bocor").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = page_of(&draft);
        let read = version(&browser.get(&page).await.expect(200).text);
        let path = format!("invoices/{}", text(&draft, "id"));
        let theirs = json!({ "lines": [{ "description": "Cuci AC", "quantity": 1, "unit": "unit", "unit_price": 90_000 }] });
        world.admin.patch(&path, theirs).await.expect(200);

        // While the page is open it says so, and leaves the form alone.
        let part = browser.part(&format!("{page}?seen={read}")).await.expect(200);
        part.says(&["id=\"overtaken\"", "Invoice diubah", "id=\"draft\"", "hx-morph-skip", &format!("?seen={read}")]);
        let mine = |version: &str| vec![("version".to_owned(), version.to_owned()), ("description-0".to_owned(), "Servis besar".to_owned()),
            ("quantity-0".to_owned(), "1".to_owned()), ("unit-0".to_owned(), "unit".to_owned()), ("price-0".to_owned(), "450rb".to_owned())];
        let stale = browser.post(&page, &borrowed(&mine(&read))).await.expect(422);
        stale.says(&["Orang lain sudah mengubah draf ini", "value=\"Servis besar\"", "value=\"450rb\"", "Yang tersimpan sekarang", "Cuci AC"]);
        assert_eq!(world.admin.get(&path).await.expect(200)["total"], 90_000);
        let now = version(&stale.text);
        assert_ne!(now, read);
        browser.post(&page, &borrowed(&mine(&now))).await.expect(303);
        assert_eq!(world.admin.get(&path).await.expect(200)["total"], 450_000);

        // Submitted by another meanwhile: the form stays with what was typed, and is refused.
        let read = version(&browser.get(&page).await.expect(200).text);
        world.admin.post(&format!("{path}/submit"), json!({})).await.expect(200);
        let part = browser.part(&format!("{page}?seen={read}")).await.expect(200);
        part.says(&["id=\"overtaken\"", "Invoice diajukan ke sales", "id=\"draft\""]);
        let mut typed = mine(&read);
        typed.push(("intent".to_owned(), "submit".to_owned()));
        let late = browser.post(&page, &borrowed(&typed)).await.expect(422);
        late.says(&["value=\"Servis besar\""]);
        assert_eq!(world.admin.get(&path).await.expect(200)["state"], "submitted");
    }
);

story!(
    /// Void with a reason and made anew; closed without charge; and what an approved invoice forbids.
    void_and_closed_without_charge, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let maya = sales(&world, "maya", Value::Null).await;
        let (ticket, draft) = done(&world, &budi, "AC bocor").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let (page, job) = (page_of(&draft), format!("/panel/tickets/{ticket}"));
        browser.post(&format!("{page}/void"), &[("reason", "")]).await.expect(422).says(&["id=\"reason-error\"", "open hx-morph-skip"]);
        assert_eq!(browser.post(&format!("{page}/void"), &[("reason", "salah layanan")]).await.expect(303).location, page);
        browser.get(&page).await.expect(200).says(&["Batal", "salah layanan"]);
        browser.get(&job).await.expect(200).says(&["Belum ada invoice.", "Buat invoice"]);
        let anew = browser.post(&format!("{job}/invoice"), &[]).await.expect(303).location;
        assert_ne!(anew, page);
        assert_eq!(browser.post(&format!("{job}/invoice"), &[]).await.expect(303).location, anew);

        let id = anew.rsplit('/').next().expect("an id").to_owned();
        world.admin.post(&format!("invoices/{id}/submit"), json!({})).await.expect(200);
        approved(&world, &maya, &json!({ "id": id })).await;
        let shown = browser.get(&job).await.expect(200);
        assert!(!shown.text.contains("id=\"close\""), "an approved invoice is made void first");
        browser.post(&format!("{job}/close"), &[("reason", "garansi")]).await.expect(422).says(&["banner flash bad", "sudah disetujui"]);
        browser.post(&format!("{anew}/void"), &[("reason", "garansi")]).await.expect(303);
        browser.post(&format!("{job}/close"), &[("reason", "x")]).await.expect(422).says(&["id=\"reason-error\"", "open hx-morph-skip"]);
        browser.post(&format!("{job}/close"), &[("reason", "garansi pabrik")]).await.expect(303);
        browser.get(&job).await.expect(200).says(&["ditutup tanpa tagihan.", "Ditutup tanpa tagihan.", "garansi pabrik"]);
        let refused = browser.post(&format!("{job}/invoice"), &[]).await.expect(303);
        assert_eq!(refused.location, job);
        browser.get(&job).await.expect(200).says(&["banner flash bad"]);
    }
);

story!(
    /// What is open, overdue and paid, by period and by words, in sums and as a sheet; nobody else sees it.
    the_list_its_sums_and_its_sheet, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let maya = sales(&world, "maya", Value::Null).await;
        let mut all = Vec::new();
        for round in 0..3 {
            let (_, draft) = done(&world, &budi, &format!("Pekerjaan {round}")).await;
            let path = format!("invoices/{}", text(&draft, "id"));
            let price = 100_000 * (round + 1);
            let lines = json!([{ "description": "Servis", "quantity": 1, "unit": "unit", "unit_price": price }]);
            world.admin.patch(&path, json!({ "lines": lines })).await.expect(200);
            if round < 2 {
                world.admin.post(&format!("{path}/submit"), json!({})).await.expect(200);
                approved(&world, &maya, &draft).await;
            }
            all.push(path);
        }
        let day = today(&world);
        let part = json!({ "method": "cash", "amount": 60_000, "paid_on": day });
        world.admin.post(&format!("{}/payments", all[0]), part).await.expect(201);
        let whole = json!({ "method": "transfer", "amount": 200_000, "paid_on": day, "reference": "B1" });
        world.admin.post(&format!("{}/payments", all[1]), whole).await.expect(201);

        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let list = browser.get("/panel/invoices").await.expect(200);
        list.says(&["Semua · 3", "Draf · 1", "Siap dikirim · 1", "Lunas · 1", "Lewat jatuh tempo · 0",
            "Rp300.000", "Rp260.000", "Rp40.000", "sisa Rp40.000", "Bapak Hartono"]);
        let paid = browser.part("/panel/invoices?show=paid").await.expect(200);
        paid.says(&["Rp200.000", "Lunas"]);
        assert!(!paid.text.contains("<html") && !paid.text.contains("sisa Rp40.000"), "{}", paid.text);
        browser.get("/panel/invoices?q=hartono&show=draft").await.expect(200).says(&["Draf TKT-000003"]);
        browser.get("/panel/invoices?q=TKT-000002").await.expect(200).says(&["Semua · 1", "Lunas · 1"]);
        browser.get("/panel/invoices?q=%2F0001").await.expect(200).says(&["Semua · 1", "Siap dikirim · 1"]);
        browser.get("/panel/invoices?q=nobody%25_").await.expect(200).says(&["Tidak ada invoice yang cocok"]);
        browser.get(&format!("/panel/invoices?by=paid&from={day}&to={day}")).await.expect(200).says(&["Semua · 2"]);
        browser.get(&format!("/panel/invoices?by=issued&from={day}")).await.expect(200).says(&["Semua · 3"]);
        browser.get("/panel/invoices?by=issued&to=2020-01-01").await.expect(200).says(&["Semua · 0"]);
        browser.get("/panel/invoices?by=due&from=2020-01-01&to=2099-01-01").await.expect(200).says(&["Semua · 2"]);
        browser.get("/panel/invoices?show=aneh&from=kemarin&customer_id=x").await.expect(200).says(&["Semua · 3"]);

        let (status, headers, bytes) = browser.bytes("/panel/invoices.csv").await;
        assert_eq!((status, headers["content-type"].to_str().expect("text")), (200, "text/csv; charset=utf-8"));
        assert!(headers["content-disposition"].to_str().expect("text").starts_with("attachment; "));
        let sheet = String::from_utf8(bytes).expect("UTF-8");
        let lines: Vec<&str> = sheet.trim_end().split("\r\n").collect();
        assert!(lines[0].starts_with("\u{feff}Nomor,Status,Tiket,"), "{sheet}");
        assert_eq!(lines.len(), 4, "{sheet}");
        assert!(lines[1].starts_with(",Draf,TKT-000003,PLG-000003,Bapak Hartono,"), "{sheet}");
        assert!(lines[2].contains(",200000,200000,0,0,"), "{sheet}");
        assert!(lines[3].contains(",100000,60000,0,40000,"), "{sheet}");
        assert_eq!(deeds(&world, "invoices_exported").await, 1);
        let (_, _, bytes) = browser.bytes("/panel/invoices.csv?show=paid").await;
        assert_eq!(String::from_utf8(bytes).expect("UTF-8").trim_end().lines().count(), 2);

        let first = all[0].trim_start_matches("invoices/");
        world.order(&format!("UPDATE invoices SET due_date = '2026-01-05' WHERE id = {first}")).await;
        let late = browser.get("/panel/invoices?show=overdue").await.expect(200);
        late.says(&["Lewat jatuh tempo · 1", "Rp40.000", "Lewat jatuh tempo</span>"]);
        assert_eq!(world.admin.get("invoices?overdue=true").await.expect(200)["data"].as_array().map(Vec::len), Some(1));

        let ticket = world.admin.get("tickets/1").await.expect(200);
        let own = text(&ticket["customer"], "id");
        let page = browser.get(&format!("/panel/customers/{own}")).await.expect(200);
        page.says(&[&format!("/panel/invoices?customer_id={own}"), "sisa Rp40.000"]);
        assert!(!page.text.contains("TKT-000003"), "another customer's");
        browser.get(&format!("/panel/invoices?customer_id={own}")).await.expect(200).says(&["Semua · 1", "1 invoice"]);

        for role in [Role::Technician, Role::Sales] {
            let name = format!("lain{role}");
            let form = json!({ "username": name, "name": "Lain", "role": role.as_str(), "password": "sandi awal 1" });
            world.admin.post("users", form).await.expect(201);
            let other = Browser::signed_in(&world, &name, "sandi awal 1").await;
            let change = [("current", "sandi awal 1"), ("new", "sandi baru 12")];
            other.post("/panel/password", &change).await.expect(303);
            for path in ["/panel/invoices", "/panel/invoices.csv", "/panel/invoices/1"] {
                other.get(path).await.expect(403);
            }
            other.post("/panel/invoices/1/payments", &[]).await.expect(403);
        }
    }
);

story!(
    /// In a browser the sums follow what is typed, another's change is told at once, and money closes the ticket.
    an_invoice_before_ones_eyes, world => {
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            let (_, budi) = world.technician(1001, "Budi").await;
            let maya = sales(&world, "maya", Value::Null).await;
            let (ticket, draft) = done(&world, &budi, "AC bocor").await;
            let page = page_of(&draft);
            chromium.screen(1280, "light").await;
            chromium.enter("rina", PASSWORD).await;
            chromium.go(&page).await;
            chromium.find("[data-live][data-state=on]").await;
            chromium.is("(window.sameDocument = true)").await;
            chromium.click("[name=intent][value=add]").await;
            chromium.find("#description-1").await;
            assert_eq!(chromium.is("document.activeElement.id").await, "description-1");
            chromium.press("Pipa tembaga").await;
            chromium.replace("#price-0", "350rb").await;
            chromium.replace("#quantity-1", "1,5").await;
            chromium.replace("#price-1", "100.000").await;
            chromium.until("document.querySelector('#amount-1').innerText === 'Rp150.000'").await;
            chromium.write("#discount", "10%").await;
            chromium.until("document.querySelector('#sums .total dd')?.innerText === 'Rp450.000'").await;
            assert_eq!(chromium.is("document.querySelector('#description-1').value").await, "Pipa tembaga");
            assert_eq!(chromium.is("document.activeElement.id").await, "discount");
            chromium.is_sound("the draft").await;
            let path = format!("invoices/{}", text(&draft, "id"));
            let theirs = json!({ "discount": { "kind": "amount", "value": 1000 } });
            world.admin.patch(&path, theirs).await.expect(200);
            chromium.find("#overtaken").await;
            assert_eq!(chromium.is("document.querySelector('#description-1').value").await, "Pipa tembaga");
            assert_eq!(chromium.is("document.activeElement.id").await, "discount");
            assert_eq!(chromium.is("window.sameDocument").await, true, "the page was loaded again");
            chromium.click("#draft .primary").await;
            chromium.find("[data-summary]").await;
            assert_eq!(chromium.is("document.querySelector('#price-0').value").await, "350rb");
            chromium.is_sound("the draft that two wrote").await;
            chromium.click("#draft [value=submit]").await;
            chromium.until("document.querySelector('#draft') === null").await;
            assert_eq!(world.admin.get(&path).await.expect(200)["total"], 450_000);

            approved(&world, &maya, &draft).await;
            chromium.click("form[action$='/send'] .primary").await;
            chromium.find(".banner.flash").await;
            chromium.click("[popovertarget=pay]").await;
            chromium.find("#pay:popover-open").await;
            chromium.is_sound("the payment").await;
            chromium.write("#reference", "A1").await;
            chromium.click("#pay .actions .primary").await;
            chromium.find(".banner.flash.good").await;
            assert_eq!(world.admin.get(&format!("tickets/{ticket}")).await.expect(200)["status"], "closed");
            for page in [page.as_str(), "/panel/invoices", "/panel/tickets/1", "/panel/customers/1"] {
                chromium.go(page).await;
                chromium.is_sound_everywhere(page).await;
            }
            chromium.close().await;
        }
    }
);
