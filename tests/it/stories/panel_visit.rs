//! The visit as the office sees it: letters out, photos in, where he was, and everything to take along.

use std::io::{Cursor, Read};

use domain::person::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Browser, Chromium, PASSWORD, Setup, picture, story};
use crate::stories::panel::deeds;
use crate::stories::visit::begun;

fn id(object: &Value) -> &str {
    object["id"].as_str().expect("an id")
}

/// The addresses on a page that begin so.
fn addresses(page: &str, begin: &str) -> Vec<String> {
    let quoted = page.split('"').filter(|text| text.starts_with(begin));
    let mut found: Vec<String> = quoted.map(str::to_owned).collect();
    found.dedup();
    found
}

story!(
    /// A letter from the page's form is on the technician's phone at once; what is wrong is told on the form.
    a_letter_from_the_page, world => {
        let basics = world.basics().await;
        let (account, budi) = world.technician(1001, "Budi").await;
        let ticket = world.ticket(&basics, "Router mati").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = format!("/panel/tickets/{}", id(&ticket));
        let add = format!("{page}/documents");
        let open = browser.get(&page).await.expect(200);
        assert!(!open.text.contains("id=\"upload\""), "nobody has it yet");
        let early = browser.upload(&add, "travel_letter", "a.pdf", &picture::pdf()).await.expect(422);
        early.says(&["banner flash bad"]);

        let to = json!({ "technician_id": account["id"] });
        world.admin.post(&format!("tickets/{}/assign", id(&ticket)), to).await.expect(200);
        browser.get(&page).await.expect(200).says(&["popovertarget=\"upload\"", "enctype=\"multipart/form-data\"", "data-busy=\"Mengunggah…\""]);
        let none = browser.upload(&add, "", "a.pdf", b"").await.expect(422);
        none.says(&["id=\"kind-error\"", "open hx-morph-skip"]);
        let cut = browser.upload(&add, "travel_letter", "a.jpg", &picture::truncated_jpeg()).await.expect(422);
        cut.says(&["id=\"file-error\"", "href=\"#file\"", "value=\"travel_letter\" required checked"]);
        let exe = browser.upload(&add, "travel_letter", "a.exe", b"MZ......................").await.expect(422);
        exe.says(&["Berkas jenis ini tidak diterima", "open hx-morph-skip"]);
        let big = browser.upload(&add, "travel_letter", "a.pdf", &vec![b'a'; 22 << 20]).await.expect(422);
        big.says(&["paling besar 20 MB"]);

        let done = browser.upload(&add, "assignment_letter", "Surat tugas.pdf", &picture::pdf()).await.expect(303);
        assert_eq!(done.location, page);
        budi.sees("Surat Tugas TKT-").await;
        assert_eq!(budi.files().await[0].bytes, picture::pdf());
        let shown = browser.get(&page).await.expect(200);
        shown.says(&["Surat tugas.pdf diunggah.", "1 kB", "Berkas ditambahkan:", "Unduh semua"]);
        let file = addresses(&shown.text, "/panel/documents/").remove(0);
        let (status, headers, bytes) = browser.bytes(&file).await;
        assert_eq!((status, bytes), (200, picture::pdf()));
        assert_eq!(headers["content-security-policy"], "default-src 'none'; sandbox");
        assert!(headers["content-disposition"].to_str().expect("plain").starts_with("attachment; "));
        browser.get(&format!("{file}?size=small")).await.expect(404);
        browser.get(&format!("{file}?size=huge")).await.expect(404);
        assert_eq!(deeds(&world, "document_viewed").await, 1);

        let replace = json!({ "reason": "Motor mogok" });
        world.admin.post(&format!("tickets/{}/replace", id(&ticket)), replace).await.expect(200);
        browser.get(&page).await.expect(200).says(&["Dicabut", "Surat tugas.pdf"]);
    }
);

story!(
    /// The page tells what the place proved, shows the photos, and what is still missing; looks are written down.
    the_page_of_a_visit, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let (_, andi) = world.technician(1002, "Andi").await;
        let ticket = begun(&world, &budi, "Internet mati total").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = format!("/panel/tickets/{}", id(&ticket));
        assert_eq!(deeds(&world, "location_viewed").await, 1, "the API has shown it to her");
        let seen = browser.get(&page).await.expect(200);
        seen.says(&["Terverifikasi", "22 m dari alamat", "± 12 m", "Lokasi langsung", "class=\"ring\"", "class=\"blur\"",
            "Belum check-out", "WIB", "google.com/maps"]);
        browser.part(&page).await.expect(200);
        world.admin.get("tickets").await.expect(200);
        assert_eq!(deeds(&world, "location_viewed").await, 1, "one look in a quarter of an hour");
        assert_eq!(deeds(&world, "document_viewed").await, 0);
        browser.get("/panel").await.expect(200).says(&["map-pin-check", "Terverifikasi"]);

        budi.tap_text("Upload Bukti").await;
        budi.sees("Bukti TKT-").await;
        budi.photo(&picture::jpeg(7)).await;
        budi.sees("1 foto masuk").await;
        budi.tap_text("Selesai").await;
        let shown = browser.get(&page).await.expect(200);
        shown.says(&["1 berkas masuk:", "data-photo", "alt=\"\""]);
        browser.get("/panel").await.expect(200).says(&["kurang BAST, check-out"]);
        let small = addresses(&shown.text, "/panel/documents/").into_iter().find(|at| at.ends_with("small"));
        let (status, headers, bytes) = browser.bytes(&small.expect("a thumbnail")).await;
        assert_eq!((status, &bytes[..2]), (200, &[0xff, 0xd8][..]));
        assert_eq!(headers["content-type"], "image/jpeg");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(headers["content-disposition"].to_str().expect("plain").starts_with("inline; "));
        assert_eq!(deeds(&world, "document_viewed").await, 1);

        // Another technician brings the same picture to another job.
        let other = begun(&world, &andi, "AC bocor").await;
        andi.tap_text("Upload Bukti").await;
        andi.sees("Bukti TKT-").await;
        andi.photo(&picture::jpeg(7)).await;
        andi.sees("1 foto masuk").await;
        browser.get(&format!("/panel/tickets/{}", id(&other))).await.expect(200).says(&["Sama dengan foto di tiket lain"]);

        let replace = json!({ "reason": "Motor mogok" });
        world.admin.post(&format!("tickets/{}/replace", id(&ticket)), replace).await.expect(200);
        let past = browser.get(&page).await.expect(200);
        past.says(&["Kunjungan sebelumnya", "Kunjungan Budi", "Tugas dialihkan", "class=\"ring\"", "data-photo"]);
        let visits = world.look(&ticket).await["visits"].clone();
        assert_eq!((&visits[0]["technician"]["name"], visits[0]["documents"].as_array().map(Vec::len)), (&json!("Budi"), Some(1)));
        assert!(visits[0]["ended_at"].is_string());
    }
);

story!(
    /// A check-in that could not be sent is written down by the office, with a reason; its technician hears of it.
    a_check_in_after_the_fact, world => {
        let basics = world.basics().await;
        let (account, budi) = world.technician(1001, "Budi").await;
        let ticket = world.ticket(&basics, "Router mati").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = format!("/panel/tickets/{}", id(&ticket));
        let to = json!({ "technician_id": account["id"] });
        world.admin.post(&format!("tickets/{}/assign", id(&ticket)), to).await.expect(200);
        browser.get(&page).await.expect(200).says(&["popovertarget=\"record\"", "id=\"record-reason\""]);
        let short = browser.post(&format!("{page}/check-in"), &[("reason", "x")]).await.expect(422);
        short.says(&["id=\"reason-error\"", "aria-labelledby=\"record-title\" open hx-morph-skip", ">x</textarea>"]);
        let why = [("reason", "Ponsel teknisi mati")];
        browser.post(&format!("{page}/check-in"), &why).await.expect(303);
        let shown = browser.get(&page).await.expect(200);
        shown.says(&["Check-in TKT-000001 dicatat.", "Check-in dicatat", "Ponsel teknisi mati", "Tanpa GPS", "Tidak ada, dicatat admin"]);
        assert!(!shown.text.contains("class=\"ring\"") && !shown.text.contains("popovertarget=\"record\""));
        budi.sees("mencatat check-in").await;
        let check_in = world.look(&ticket).await["check_in"].clone();
        assert_eq!((&check_in["recorded_by"]["name"], &check_in["age_seconds"], &check_in["photo"]), (&json!("Rina"), &Value::Null, &Value::Null));
        assert_eq!(deeds(&world, "location_viewed").await, 0, "there is no position to see");
        let late = browser.post(&format!("{page}/check-in"), &why).await.expect(422);
        late.says(&["banner flash bad"]);
    }
);

story!(
    /// Everything of a ticket in one ZIP: each file byte for byte under a name of its own, and what it was about.
    everything_in_one_zip, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = begun(&world, &budi, "Internet mati total").await;
        let letter = world.admin.upload(&ticket, "travel_letter", "Surat.pdf", &picture::pdf()).await.expect(201);
        let same = world.admin.upload(&ticket, "evidence", "foto.jpg", &picture::jpeg(3)).await.expect(201);
        let other = world.admin.upload(&ticket, "evidence", "foto.jpg", &picture::jpeg(4)).await.expect(201);
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let zip = format!("/panel/tickets/{}/zip", id(&ticket));
        let (status, headers, bytes) = browser.bytes(&zip).await;
        assert_eq!(status, 200);
        assert_eq!(headers["content-type"], "application/zip");
        assert_eq!(headers["content-disposition"], "attachment; filename=\"TKT-000001.zip\"");
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
        let names: Vec<String> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
        let wanted = ["01 Surat Jalan - Surat.pdf", "02 Bukti - foto.jpg", "03 Bukti - foto.jpg", "tiket.txt"];
        assert_eq!(names, wanted);
        let mut read = |name: &str| {
            let mut file = zip.by_name(name).expect("a file");
            assert_eq!(file.compression(), zip::CompressionMethod::Stored);
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("whole");
            bytes
        };
        assert_eq!(read(wanted[0]), picture::pdf());
        assert_eq!((read(wanted[1]), read(wanted[2])), (picture::jpeg(3), picture::jpeg(4)));
        let told = String::from_utf8(read("tiket.txt")).expect("text");
        for word in ["TKT-000001", "Internet mati total", "Bapak Hartono", "Terverifikasi · 22 m", "Budi", wanted[1]] {
            assert!(told.contains(word), "{word} is not told:\n{told}");
        }
        for file in [&letter, &same, &other] {
            assert!(told.contains(file["sha256"].as_str().expect("a hash")), "{told}");
        }
        assert!(!told.contains("-6.89") && !told.contains("107.61"), "exact positions stay in the panel: {told}");
        assert_eq!((deeds(&world, "documents_exported").await, deeds(&world, "document_viewed").await), (1, 0));
        browser.get("/panel/tickets/999/zip").await.expect(404);
    }
);

story!(
    /// Photos are for the office: neither technicians nor sales without an invoice see one by its address.
    photos_are_private, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = begun(&world, &budi, "Internet mati total").await;
        let photo = world.admin.upload(&ticket, "evidence", "foto.jpg", &picture::jpeg(3)).await.expect(201);
        let at = format!("/panel/documents/{}/content?size=small", id(&photo));
        for role in [Role::Technician, Role::Sales] {
            let name = format!("x{role}");
            let form = json!({ "username": name, "name": "X", "role": role.as_str(), "password": "sandi awal 1" });
            world.admin.post("users", form).await.expect(201);
            let browser = Browser::signed_in(&world, &name, "sandi awal 1").await;
            let change = [("current", "sandi awal 1"), ("new", "sandi baru 12")];
            browser.post("/panel/password", &change).await.expect(303);
            browser.get(&at).await.expect(403);
        }
        Browser::new(&world).get(&at).await.expect(303);
        let token = format!("Bearer {}", world.admin.token.clone().expect("a token"));
        let stranger = Browser::new(&world);
        stranger.send(Method::GET, &at, None, &[("authorization", &token)]).await.expect(303);
        assert_eq!(deeds(&world, "document_viewed").await, 0);
    }
);

/// A company that draws maps with the tiles of a host, which is not there.
fn mapped() -> Setup {
    Setup {
        adjust: |config| config.map.tile_url = Some("http://127.0.0.1:9/{z}/{x}/{y}.png".to_owned()),
        ..Setup::default()
    }
}

story!(
    /// With tiles configured the check-in is drawn on a map too; only then may pictures come from elsewhere.
    a_map_where_tiles_are_named, mapped(), world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = begun(&world, &budi, "Internet mati total").await;
        let page = format!("/panel/tickets/{}", id(&ticket));
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let shown = browser.get(&page).await.expect(200);
        shown.says(&["data-map=\"http://127.0.0.1:9/{z}/{x}/{y}.png\"", "leaflet", "class=\"ring\""]);
        let policy = shown.headers["content-security-policy"].to_str().expect("text");
        assert!(policy.contains("img-src 'self' data: http://127.0.0.1:9;"), "{policy}");
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            chromium.screen(1280, "light").await;
            chromium.go(&page).await;
            chromium.write("#username", "rina").await;
            chromium.write("#password", PASSWORD).await;
            chromium.click("form.card button").await;
            chromium.until("document.querySelectorAll('.map .leaflet-tile').length > 0").await;
            chromium.until("document.querySelectorAll('.map path.pin, .map path.ring, .map path.blur, .map path.home').length === 4").await;
            chromium.screen(390, "dark").await;
            chromium.is_sound_beside("the map", "127.0.0.1:9").await;
            chromium.close().await;
        }
    }
);

story!(
    /// By keyboard through the photos, while the page changes behind them; a half-typed reason survives too.
    photos_by_keyboard, world => {
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            let (_, budi) = world.technician(1001, "Budi").await;
            let ticket = begun(&world, &budi, "Internet mati total").await;
            for seed in [3, 4] {
                world.admin.upload(&ticket, "evidence", "foto.jpg", &picture::jpeg(seed)).await.expect(201);
            }
            chromium.screen(1280, "light").await;
            chromium.go("/panel").await;
            chromium.write("#username", "rina").await;
            chromium.write("#password", PASSWORD).await;
            chromium.click("form.card button").await;
            chromium.find(".board").await;
            let page = format!("/panel/tickets/{}", id(&ticket));
            for (width, light) in [(1280, "light"), (390, "dark")] {
                chromium.screen(width, light).await;
                chromium.go(&page).await;
                chromium.find("[data-live][data-state=on]").await;
                chromium.is("document.querySelector('[data-photo]').focus()").await;
                chromium.press("\u{e007}").await;
                chromium.until("document.querySelector('#lightbox').open && document.querySelector('[data-lightbox-image]').naturalWidth > 0").await;
                chromium.until("document.querySelector('[data-lightbox-caption]').innerText.startsWith('1 / ')").await;
                chromium.press("\u{e014}").await;
                chromium.until("document.querySelector('[data-lightbox-caption]').innerText.startsWith('2 / ')").await;
                chromium.press("\u{e012}\u{e012}").await;
                chromium.until("/^(2|3) \\/ /.test(document.querySelector('[data-lightbox-caption]').innerText)").await;
                // A photo comes while the box is open.
                let seed = u64::from(width);
                world.admin.upload(&ticket, "evidence", "baru.jpg", &picture::jpeg(seed)).await.expect(201);
                let count = if width == 1280 { 3 } else { 4 };
                chromium.until(&format!("document.querySelectorAll('[data-photo]').length === {count}")).await;
                assert_eq!(chromium.is("document.querySelector('#lightbox').open").await, true);
                chromium.is_sound("the photo").await;
                chromium.press("\u{e00c}").await;
                chromium.until("!document.querySelector('#lightbox').open").await;
                assert_eq!(chromium.is("document.activeElement === document.querySelector('[data-photo]')").await, true);
                assert_eq!(chromium.is("location.pathname").await, page.as_str(), "Escape closed the box, not the page");
                chromium.is_sound("the page of a visit").await;
            }
            chromium.click("[popovertarget=replace]").await;
            chromium.write("#replace #reason", "Motor mogok di").await;
            world.admin.upload(&ticket, "evidence", "lagi.jpg", &picture::jpeg(99)).await.expect(201);
            chromium.until("document.querySelectorAll('[data-photo]').length === 5").await;
            assert_eq!(chromium.is("document.querySelector('#replace #reason').value").await, "Motor mogok di");
            chromium.close().await;
        }
    }
);
