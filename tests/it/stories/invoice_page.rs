//! The page behind an invoice's link: closed until the digits are told, and nothing changes by looking.

use chrono::TimeDelta;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tanggap::app::invoices;
use tanggap::config::Config;

use crate::harness::{Chromium, Setup, World, picture, story};
use crate::stories::billing::{act, approved, path, pay};
use crate::stories::invoices::sales;

/// A static code of a merchant that does not exist.
pub(crate) const QRIS: &str = "00020101021126570011ID.DANA.WWW011893600915300000000002090000000000303UMI51440014ID.CO.QRIS.WWW0215ID10200000000000303UMI5204481253033605802ID5911Toko Contoh6007Bandung610540111630499BD";

fn seller(config: &mut Config) {
    config.company.bank_accounts = vec!["BCA 1234567890 a.n. PT Uji Coba".to_owned()];
    config.company.vat_registered = true;
    config.company.qris = Some(domain::qris::Qris::parse(QRIS).expect("a sound code"));
}

fn standing() -> Setup {
    Setup {
        frozen: Some("2026-11-23T03:00:00Z"),
        adjust: seller,
        ..Setup::default()
    }
}

/// A browser that goes nowhere by itself, with the cookie that it was given.
pub(crate) struct Browser {
    http: Client,
    base: String,
    cookie: Option<String>,
}

impl Browser {
    pub(crate) fn new(world: &World) -> Self {
        let http = Client::builder().no_proxy().redirect(Policy::none()).build();
        Self {
            http: http.expect("a client"),
            base: world.admin.base.clone(),
            cookie: None,
        }
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let call = self.http.request(method, format!("{}{path}", self.base));
        match &self.cookie {
            Some(cookie) => call.header(COOKIE, cookie),
            None => call,
        }
    }

    pub(crate) async fn look(&self, path: &str) -> (u16, String) {
        read(self.call(Method::GET, path)).await
    }

    pub(crate) async fn tell(&mut self, path: &str, digits: &str) -> u16 {
        let call = self.call(Method::POST, path).form_of(&format!("digits={digits}"));
        let answer = call.send().await.expect("an answer");
        is_careful(&answer);
        if let Some(set) = answer.headers().get(SET_COOKIE) {
            let set = set.to_str().expect("text");
            assert!(
                set.contains("; HttpOnly; SameSite=Lax; Path=/i; Max-Age="),
                "{set}"
            );
            self.cookie = set.split(';').next().map(str::to_owned);
            assert_eq!(answer.headers()[LOCATION].to_str().expect("text"), path);
        }
        answer.status().as_u16()
    }

    pub(crate) async fn bytes(&self, path: &str) -> Vec<u8> {
        let answer = self.call(Method::GET, path).send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.bytes().await.expect("bytes").to_vec()
    }

    async fn prove(&self, path: &str, name: &str, bytes: Vec<u8>) -> (u16, String) {
        let form = Form::new().part("file", Part::bytes(bytes).file_name(name.to_owned()));
        read(self.call(Method::POST, &format!("{path}/proof")).multipart(form)).await
    }
}

/// Forms as pages send them.
trait FormOf {
    fn form_of(self, body: &str) -> Self;
}

impl FormOf for RequestBuilder {
    fn form_of(self, body: &str) -> Self {
        self.header("content-type", "application/x-www-form-urlencoded")
            .body(body.to_owned())
    }
}

async fn read(call: RequestBuilder) -> (u16, String) {
    let answer = call.send().await.expect("an answer");
    is_careful(&answer);
    (answer.status().as_u16(), answer.text().await.expect("a page"))
}

fn is_careful(answer: &Response) {
    let of = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(of("referrer-policy"), "same-origin");
    assert_eq!(of("x-robots-tag"), "noindex, nofollow, noarchive");
    assert_eq!(of("cache-control"), "no-store");
    assert!(of("content-security-policy").starts_with("default-src 'none'"));
}

/// An invoice that Siti got; answers it and the path of its page.
async fn issued(world: &World) -> (Value, String) {
    let maya = sales(world, "maya", Value::Null).await;
    let form = json!({ "name": "Siti <b>Aminah</b>", "address": "Jl. Melati 12, Coblong, Bandung",
        "phone": "0812-0000-4321", "withholds_pph23": true });
    let customer = world.admin.post("customers", form).await.expect(201);
    let invoice = approved(world, &maya, &customer, "AC bocor").await;
    act(&world.admin, &invoice, "send", json!({})).await;
    let invoice = world.admin.get(&path(&invoice, "")).await.expect(200);
    let link = invoice["link"].as_str().expect("a link").to_owned();
    let page = link.strip_prefix(&world.admin.base).expect("our own").to_owned();
    (invoice, page)
}

/// Whole rupiah as people read them.
fn rupiah(amount: &Value) -> String {
    domain::money::Rupiah(amount.as_i64().expect("an amount")).to_string()
}

story!(
    /// Before the digits nothing is shown; wrong ones are counted; with the right ones the page is open for hours.
    the_last_digits_open_the_page, standing(), world => {
        let (invoice, page) = issued(&world).await;
        let mut siti = Browser::new(&world);
        let (status, shown) = siti.look(&page).await;
        assert_eq!(status, 200);
        assert!(shown.contains("4 angka terakhir nomor HP"), "{shown}");
        let number = invoice["number"].as_str().expect("a number");
        for private in [number, "Siti", "Melati", "TKT-", "Rp", "4321", "0812"] {
            assert!(!shown.contains(private), "{private} is shown to anyone: {shown}");
        }
        let head = siti.call(Method::HEAD, &page).send().await.expect("an answer");
        assert_eq!(head.status().as_u16(), 200);
        assert_eq!(siti.prove(&page, "bukti.pdf", picture::pdf()).await.0, 403);

        for wrong in ["4320", "", "321", "04321", "abcd"] {
            assert_eq!(siti.tell(&page, wrong).await, 422, "{wrong}");
        }
        assert_eq!(siti.tell(&page, "4321").await, 429, "even the right ones have to wait now");
        world.clock.advance(TimeDelta::minutes(4));
        assert_eq!(siti.tell(&page, "4321").await, 303);
        let (_, shown) = siti.look(&page).await;
        assert!(shown.contains(number) && shown.contains("Siti &#60;b&#62;Aminah"), "{shown}");
        let (_, english) = siti.look(&format!("{page}?lang=en")).await;
        assert!(english.contains("Still to be paid") && english.contains("lang=\"en\""), "{english}");

        // Nothing was changed by looking.
        let same = world.admin.get(&path(&invoice, "")).await.expect(200);
        assert_eq!(same, invoice);

        // The cookie is for this page, for some hours, and for this phone.
        let ticket = format!("tickets/{}", invoice["ticket_id"].as_str().expect("an id"));
        let customer = world.admin.get(&ticket).await.expect(200)["customer"]["id"].clone();
        let customer = format!("customers/{}", customer.as_str().expect("an id"));
        let version = world.admin.get(&customer).await.expect(200)["version"].clone();
        let moved = json!({ "phone": "0812-0000-9876", "version": version });
        let moved = world.admin.patch(&customer, moved).await.expect(200);
        assert!(!siti.look(&page).await.1.contains(number), "the phone has changed");
        let back = json!({ "phone": "0812-0000-4321", "version": moved["version"] });
        world.admin.patch(&customer, back).await.expect(200);
        assert!(siti.look(&page).await.1.contains(number));
        let cookie = siti.cookie.clone().expect("a cookie");
        let (name, value) = cookie.split_once('=').expect("a pair");
        let (until, sum) = value.split_once('.').expect("a moment and a sum");
        let later = until.parse::<i64>().expect("a moment") + 60;
        siti.cookie = Some(format!("{name}={later}.{sum}"));
        assert!(!siti.look(&page).await.1.contains(number), "a moment of one's own is no pass");
        siti.cookie = Some(cookie);
        world.clock.advance(TimeDelta::hours(13));
        assert!(!siti.look(&page).await.1.contains(number), "it is forgotten after some hours");
    }
);

story!(
    /// The figures are those of the API; the code asks for what is left; a paid one asks for nothing.
    the_page_says_what_the_api_says, standing(), world => {
        let (invoice, page) = issued(&world).await;
        let mut siti = Browser::new(&world);
        siti.tell(&page, "4321").await;
        let (_, shown) = siti.look(&page).await;
        for figure in ["subtotal", "tax_base", "vat", "total", "outstanding", "withholding"] {
            let amount = rupiah(&invoice[figure]);
            assert!(shown.contains(&amount), "{figure} {amount} is missing: {shown}");
        }
        for words in ["PPN 12%", "dua ratus tujuh puluh tujuh ribu", "Belum dibayar", "BCA 1234567890 a.n. PT Uji Coba",
            "Kode QRIS Toko Contoh untuk Rp277.500", "Pembayaran dikonfirmasi oleh kami", "Jatuh tempo"] {
            assert!(shown.contains(words), "{words} is missing: {shown}");
        }
        pay(&world, &invoice, 100_000).await;
        let (_, shown) = siti.look(&page).await;
        assert!(shown.contains("Dibayar sebagian") && shown.contains("Kode QRIS Toko Contoh untuk Rp177.500"), "{shown}");
        world.clock.advance(TimeDelta::days(15));
        siti.tell(&page, "4321").await;
        assert!(siti.look(&page).await.1.contains("Lewat jatuh tempo"));
        pay(&world, &invoice, 177_500).await;
        let (_, shown) = siti.look(&page).await;
        assert!(shown.contains("Lunas") && !shown.contains("QRIS") && !shown.contains("<form"), "{shown}");
    }
);

story!(
    /// The PDF asks for the same digits, stays what it was, and holds the figures of the API, in both languages.
    the_paper_says_what_the_api_says, standing(), world => {
        let (invoice, page) = issued(&world).await;
        let mut siti = Browser::new(&world);
        let file = format!("{page}.pdf");
        let closed = siti.call(Method::GET, &file).send().await.expect("an answer");
        assert_eq!((closed.status().as_u16(), closed.headers()[LOCATION].to_str().expect("text")), (303, page.as_str()));
        siti.tell(&page, "4321").await;
        for (lang, words) in [("id", ["Terbilang", "Kepada"]), ("en", ["In words", "Bill to"])] {
            let path = format!("{file}?lang={lang}");
            let answer = siti.call(Method::GET, &path).send().await.expect("an answer");
            is_careful(&answer);
            assert_eq!(answer.headers()["content-type"], "application/pdf");
            let name = answer.headers()["content-disposition"].to_str().expect("text").to_owned();
            assert!(name.starts_with("attachment; filename=\"INV-2026-XI-0001.pdf\""), "{name}");
            let bytes = answer.bytes().await.expect("bytes");
            let again = siti.call(Method::GET, &path).send().await.expect("an answer");
            assert_eq!(again.bytes().await.expect("bytes"), bytes);
            let Some(text) = plain(&bytes) else { continue };
            for figure in ["subtotal", "tax_base", "vat", "total", "withholding"] {
                let amount = rupiah(&invoice[figure]);
                assert!(text.contains(&amount), "{figure} {amount} is missing: {text}");
            }
            for words in words.iter().chain(&["INV/2026/XI/0001", "Siti <b>Aminah</b>", "BCA 1234567890", "TKT-"]) {
                assert!(text.contains(words), "{words} is missing: {text}");
            }
        }
        let kept = "SELECT COUNT(*) FROM invoice_papers";
        assert_eq!(world.number(kept).await, 2);
        pay(&world, &invoice, 277_500).await;
        let swept = tanggap::app::documents::sweep(&world.running.app, || true).await.expect("a sweep");
        assert_eq!(swept, 0, "what is filed stays");
        let after = siti.call(Method::GET, &file).send().await.expect("an answer");
        assert_eq!(after.status().as_u16(), 200);
    }
);

/// The words of a PDF, where the machine can read one.
pub(crate) fn plain(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, pdf).expect("written");
    let text = std::process::Command::new("pdftotext")
        .arg("-layout")
        .arg(&path)
        .arg("-")
        .output()
        .ok()?;
    assert!(text.status.success(), "the paper cannot be read");
    Some(String::from_utf8_lossy(&text.stdout).into_owned())
}

story!(
    /// Links that lead nowhere, a void invoice, a customer without a phone.
    links_that_hold_and_links_that_do_not, standing(), world => {
        let (invoice, page) = issued(&world).await;
        assert_eq!(Browser::new(&world).look("/i/nobody-knows-this").await.0, 404);
        assert_eq!(Browser::new(&world).look(&format!("/i/{}", "x".repeat(300))).await.0, 404);
        let renewed = act(&world.admin, &invoice, "link", json!({})).await;
        for ask in [page.clone(), format!("{page}?lang=en"), format!("{page}.pdf")] {
            let (status, shown) = Browser::new(&world).look(&ask).await;
            assert_eq!(status, 410, "the old link leads nowhere: {ask}");
            assert!(shown.contains("sudah diganti") || shown.contains("has been replaced"), "{shown}");
            for private in ["Siti", "INV/", "TKT-", "Rp", "4321", "Melati", "Servis"] {
                assert!(!shown.contains(private), "{private} is shown to anyone: {shown}");
            }
        }
        assert_eq!(Browser::new(&world).tell(&page, "4321").await, 410);
        assert_eq!(Browser::new(&world).prove(&page, "bukti.pdf", picture::pdf()).await.0, 410);
        let link = renewed["link"].as_str().expect("a link");
        let page = link.strip_prefix(&world.admin.base).expect("our own").to_owned();
        assert_eq!(Browser::new(&world).look(&page).await.0, 200);
        act(&world.admin, &invoice, "void", json!({ "reason": "salah harga" })).await;
        let (status, shown) = Browser::new(&world).look(&page).await;
        assert_eq!(status, 404);
        assert!(!shown.contains("Siti") && !shown.contains("INV/"), "{shown}");

        let maya = world.admin.anonymous().sign_in("maya", "sandi yang baru").await;
        let form = json!({ "name": "Toko Maju", "address": "Jl. Melati 12, Coblong, Bandung" });
        let unknown = world.admin.post("customers", form).await.expect(201);
        let open = approved(&world, &maya, &unknown, "AC mati").await;
        let link = open["link"].as_str().expect("a link");
        let page = link.strip_prefix(&world.admin.base).expect("our own");
        let (status, shown) = Browser::new(&world).look(page).await;
        assert_eq!(status, 200);
        assert!(shown.contains("Toko Maju") && shown.contains(open["number"].as_str().expect("a number")), "{shown}");
    }
);

story!(
    /// A proof is looked into, kept and told to the office; it makes nothing paid.
    a_proof_is_kept_and_pays_nothing, standing(), world => {
        let rina = world.phone(9001, "Rina", true).await;
        let form = json!({ "username": "rina2", "name": "Rina", "role": "admin", "password": "sandi awal 1",
            "telegram_id": 9001 });
        world.admin.post("users", form).await.expect(201);
        let (invoice, page) = issued(&world).await;
        let id = invoice["id"].as_str().expect("an id").parse().expect("an id");
        let mut siti = Browser::new(&world);
        siti.tell(&page, "4321").await;
        assert_eq!(siti.prove(&page, "bukti.pdf", b"MZ not a pdf".to_vec()).await.0, 415);
        assert_eq!(siti.prove(&page, "bukti.pdf", Vec::new()).await.0, 422);
        assert_eq!(siti.prove(&page, "bukti.pdf", picture::pdf()).await.0, 303);
        assert_eq!(siti.prove(&page, "lagi.pdf", picture::pdf()).await.0, 303, "the same once more is no error");
        let large = vec![b'x'; 21 << 20];
        let (status, told) = siti.prove(&page, "besar.jpg", large).await;
        assert!(status == 413 && told.contains("20 MB"), "{status} {told}");
        rina.sees("mengirim bukti transfer").await;
        let proofs = invoices::proofs(&world.running.app, id).await.expect("a look");
        assert_eq!(proofs.len(), 1);
        assert_eq!((proofs[0].kind.as_str(), proofs[0].filename.as_str()), ("payment_proof", "bukti.pdf"));
        let (_, shown) = siti.look(&format!("{page}?sent=1")).await;
        assert!(shown.contains("Terima kasih. Bukti transfer") && shown.contains("1 bukti sudah kami terima"), "{shown}");
        let same = world.admin.get(&path(&invoice, "")).await.expect(200);
        assert_eq!((&same["state"], &same["outstanding"]), (&json!("sent"), &invoice["total"]));
        assert_eq!(rina.count("mengirim bukti transfer").await, 1);

        let elsewhere = siti.call(Method::POST, &format!("{page}/proof"))
            .header("sec-fetch-site", "cross-site")
            .multipart(Form::new().part("file", Part::bytes(picture::pdf()).file_name("x.pdf")));
        assert_eq!(elsewhere.send().await.expect("an answer").status().as_u16(), 403, "another site's form");
        let today = world.config.company.timezone.date(world.clock.now()).to_string();
        let form = |amount: i64, proof: &str| json!({ "method": "transfer", "amount": amount, "paid_on": today,
            "proof": proof });
        let payments = path(&invoice, "payments");
        assert_eq!(world.admin.post(&payments, form(1_000, "999999")).await.problem(422), "invalid");
        let first = world.admin.post(&payments, form(1_000, &proofs[0].id)).await.expect(201);
        assert_eq!(first["proof"], json!(proofs[0].id));
        pay(&world, &invoice, 276_500).await;
        assert_eq!(siti.prove(&page, "telat.pdf", picture::pdf()).await.0, 409);
    }
);

story!(
    /// Without a script, on a small screen, in light and dark.
    the_page_is_sound_on_a_phone, standing(), world => {
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            let (_, page) = issued(&world).await;
            chromium.screen(390, "light").await;
            chromium.go(&page).await;
            chromium.is_sound("the digits").await;
            chromium.write("#digits", "1234").await;
            chromium.click("button").await;
            chromium.find("#wrong").await;
            chromium.is_sound("wrong digits").await;
            chromium.go(&format!("{page}?lang=en")).await;
            chromium.is_sound("the digits in English").await;
            chromium.write("#digits", "4321").await;
            chromium.click("button").await;
            chromium.find("svg.code").await;
            let said = chromium.is("document.body.innerText").await.to_string();
            for words in ["Still to be paid", "two hundred seventy-seven thousand five hundred rupiah", "Rp277.500"] {
                assert!(said.contains(words), "{words} is missing: {said}");
            }
            for (width, light, lang) in [(320, "light", "id"), (390, "dark", "id"), (390, "light", "en"),
                (1280, "light", "id"), (1280, "dark", "en")] {
                chromium.screen(width, light).await;
                chromium.go(&format!("{page}?lang={lang}")).await;
                chromium.is_sound(&format!("the invoice at {width} in {lang}")).await;
                let total = "document.querySelector('.big b').getBoundingClientRect().bottom < window.innerHeight ? 1 : 0";
                assert_eq!(chromium.is(total).await, 1, "the sum is not seen at once at {width}");
            }
            chromium.go("/i/nobody-knows-this").await;
            chromium.is_sound("a link to nowhere").await;
            chromium.close().await;
        }
    }
);
