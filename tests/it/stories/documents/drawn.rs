//! Letters that are drawn: numbered, sent, vouched for, replaced and revoked.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};

use crate::harness::{Browser, Chromium, PASSWORD, Setup, World, picture, story};
use crate::stories::documents::{assigned, blamed, id};
use crate::stories::panel::deeds;
use crate::stories::visit::begun;

fn in_november() -> Setup {
    Setup {
        frozen: Some("2026-11-28T03:00:00Z"),
        ..Setup::default()
    }
}

fn letters(ticket: &Value) -> String {
    format!("tickets/{}/letters", id(ticket))
}

fn order(kind: &str) -> Value {
    json!({ "kind": kind })
}

fn number(letter: &Value) -> &str {
    letter["number"].as_str().expect("a number")
}

/// What the public page of a letter says, and how it answers.
async fn page(world: &World, letter: &Value) -> (u16, String) {
    seen(world, letter["verify_path"].as_str().expect("a page")).await
}

async fn seen(world: &World, path: &str) -> (u16, String) {
    let answer = world
        .http
        .get(format!("{}{path}", world.admin.base))
        .send()
        .await
        .expect("an answer");
    let of = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(
        (of("referrer-policy"), of("cache-control")),
        ("same-origin".to_owned(), "no-store".to_owned())
    );
    assert_eq!(of("x-robots-tag"), "noindex, nofollow, noarchive");
    (answer.status().as_u16(), answer.text().await.expect("a page"))
}

/// What is no letter's business to tell: whose ticket it is, where, and who goes.
fn is_discreet(page: &str) {
    for secret in [
        "Hartono", "Melati", "0812", "62812", "Budi", "Rina", "TKT-", "<script",
    ] {
        assert!(!page.contains(secret), "{secret}: {page}");
    }
}

story!(
    /// A Surat Tugas goes to the technician like an uploaded one; the new takes the place of the old, and replacing
    /// him ends it. The page behind the code says so each time, and names nobody.
    a_letter_lives_and_ends, in_november(), world => {
        let (ticket, budi) = assigned(&world, "Router mati").await;
        let first = world.admin.post(&letters(&ticket), order("assignment_letter")).await;
        let location = first.headers["location"].to_str().expect("text").to_owned();
        let first = first.expect(201);
        assert_eq!(location, format!("/api/v1/documents/{}", id(&first)));
        assert_eq!(number(&first), "001/ST/TGP/XI/2026");
        assert_eq!((&first["kind"], &first["media_type"]), (&json!("assignment_letter"), &json!("application/pdf")));
        assert_eq!((&first["revoked_at"], &first["flags"]), (&Value::Null, &json!([])));
        assert_eq!(first["valid_until"], "2026-12-05");
        budi.sees("Surat Tugas TKT-").await;
        budi.sees("001/ST/TGP/XI/2026").await;
        let (status, _, bytes) = world.admin.bytes(&format!("documents/{}/content", id(&first))).await;
        assert!(status == 200 && bytes.starts_with(b"%PDF"));
        assert_eq!(budi.files().await[0].bytes, bytes);
        let (status, shown) = page(&world, &first).await;
        assert!(status == 200 && shown.contains("Surat ini sah") && shown.contains("001/ST/TGP/XI/2026"), "{shown}");
        assert!(shown.contains("PT Uji Coba") && shown.contains("5 Desember 2026"), "{shown}");
        is_discreet(&shown);
        let english = format!("{}?lang=en", first["verify_path"].as_str().expect("a page"));
        assert!(seen(&world, &english).await.1.contains("This letter is valid"));

        let second = world.admin.post(&letters(&ticket), order("assignment_letter")).await.expect(201);
        assert_eq!(number(&second), "002/ST/TGP/XI/2026");
        let known = world.look(&ticket).await["documents"].clone();
        assert!(known[0]["revoked_at"].is_string() && known[1]["revoked_at"].is_null(), "{known}");
        let (_, shown) = page(&world, &first).await;
        assert!(shown.contains("sudah diganti"), "{shown}");
        is_discreet(&shown);
        let card = budi.sees_button("Surat Tugas").await;
        budi.tap(&card, "Surat Tugas").await;
        world.eventually("the newer one comes again", || async { budi.files().await.len() == 3 }).await;

        world.clock.advance(TimeDelta::days(8));
        assert!(page(&world, &second).await.1.contains("sudah tidak berlaku"));
        let replace = json!({ "reason": "Motor mogok" });
        world.admin.post(&format!("tickets/{}/replace", id(&ticket)), replace).await.expect(200);
        let (status, shown) = page(&world, &second).await;
        assert!(status == 200 && shown.contains("sudah dicabut") && shown.contains("Jangan terima"), "{shown}");
        is_discreet(&shown);
        assert_eq!(deeds(&world, "letter_issued").await, 2);

        let (status, shown) = seen(&world, "/v/nobody-drew-this").await;
        assert!(status == 404 && shown.contains("Surat tidak dikenal"), "{shown}");
        for n in 0..40 {
            seen(&world, &format!("/v/guess-{n}")).await;
        }
        assert_eq!(seen(&world, "/v/one-more").await.0, 429, "guessing slows down");
    }
);

story!(
    /// A visit that is another than its letters say takes back those that were drawn; what was uploaded stays. The
    /// technician and the admin hear of it, and a new one is drawn.
    letters_follow_the_visit, in_november(), world => {
        let (ticket, budi) = assigned(&world, "Router mati").await;
        let path = format!("tickets/{}", id(&ticket));
        let first = world.admin.post(&letters(&ticket), order("assignment_letter")).await.expect(201);
        let own = world.admin.upload(&ticket, "travel_letter", "jalan.pdf", &picture::pdf()).await.expect(201);
        world.admin.patch(&path, json!({ "problem": "Router mati" })).await.expect(200);
        assert!(page(&world, &first).await.1.contains("Surat ini sah"), "it says what is so");
        world.admin.patch(&path, json!({ "visit_time": "15:00" })).await.expect(200);
        let (_, shown) = page(&world, &first).await;
        assert!(shown.contains("sudah dicabut"), "{shown}");
        budi.sees("surat yang dibuat sebelumnya tidak berlaku lagi").await;
        let known = world.look(&ticket).await["documents"].clone();
        assert!(known[0]["revoked_at"].is_string() && known[1]["revoked_at"].is_null(), "{known}");
        assert_eq!(known[1]["id"], own["id"]);
        assert_eq!(deeds(&world, "letters_revoked").await, 1);

        let second = world.admin.post(&letters(&ticket), order("assignment_letter")).await.expect(201);
        assert!(page(&world, &second).await.1.contains("Surat ini sah"));
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let now = world.look(&ticket).await;
        let text = |field: &str| now[field].as_str().map(str::to_owned).unwrap_or_default();
        let (version, date, service) = (now["version"].to_string(), text("visit_date"), id(&now["service"]).to_owned());
        let form = [("version", version.as_str()), ("problem", "Router mati total"), ("service_id", &service),
            ("visit_date", &date), ("visit_time", "15:00"), ("latitude", ""), ("longitude", "")];
        let to = browser.post(&format!("/panel/tickets/{}", id(&ticket)), &form).await.expect(303).location;
        browser.get(&to).await.expect(200).says(&["buat surat yang baru", "Surat dicabut:", "002/ST/TGP/XI/2026"]);
        assert!(page(&world, &second).await.1.contains("sudah dicabut"));
    }
);

story!(
    /// Each kind counts for itself and anew each month; many at once get one number each, and a key its one letter.
    numbers_follow_each_other, in_november(), world => {
        let basics = world.basics().await;
        let (budi, _) = world.technician(1001, "Budi").await;
        let mut tickets = Vec::new();
        for problem in ["Router mati", "AC bocor", "Pompa rusak"] {
            let ticket = world.ticket(&basics, problem).await;
            let to = json!({ "technician_id": budi["id"] });
            tickets.push(world.admin.post(&format!("tickets/{}/assign", id(&ticket)), to).await.expect(200));
        }
        let paths: Vec<String> = tickets.iter().map(letters).collect();
        let at_once = paths.iter().map(|path| world.admin.post(path, order("travel_letter")));
        let mut given: Vec<String> = Vec::new();
        for made in join_all(at_once).await {
            given.push(number(&made.expect(201)).to_owned());
        }
        given.sort();
        assert_eq!(given, ["001/SJ/TGP/XI/2026", "002/SJ/TGP/XI/2026", "003/SJ/TGP/XI/2026"]);
        let bast = world.admin.post(&letters(&tickets[0]), order("bast")).await.expect(201);
        assert_eq!(number(&bast), "001/BAST/TGP/XI/2026");

        let path = letters(&tickets[1]);
        let twice = join_all([(); 2].map(|()| world.admin.post_once(&path, "st-1", order("assignment_letter")))).await;
        let twice: Vec<Value> = twice.into_iter().map(|made| made.expect(201)).collect();
        assert_eq!(twice[0], twice[1]);
        assert_eq!(number(&twice[0]), "001/ST/TGP/XI/2026");
        let other = world.admin.post_once(&path, "st-1", order("bast")).await;
        assert_eq!(other.problem(422), "idempotency-mismatch");
        assert_eq!(world.number("SELECT COUNT(*) FROM documents WHERE kind = 'assignment_letter'").await, 1);

        world.clock.advance(TimeDelta::days(3));
        let december = world.admin.post(&letters(&tickets[2]), order("travel_letter")).await.expect(201);
        assert_eq!(number(&december), "001/SJ/TGP/XII/2026");
    }
);

story!(
    /// What cannot be drawn is told field by field, and nothing is drawn of it; only admins may, and only for a
    /// ticket that somebody has.
    what_is_no_letter, in_november(), world => {
        let (ticket, _) = assigned(&world, "Router mati").await;
        let open = world.ticket(&world.basics().await, "AC bocor").await;
        let early = world.admin.post(&letters(&open), order("assignment_letter")).await;
        assert_eq!(early.problem(409), "wrong-state");
        let path = letters(&ticket);
        let good = json!({ "name": "Router", "quantity": 1.5, "unit": "unit", "serial": null, "condition": "Baru" });
        let with = |goods: Value| json!({ "kind": "travel_letter", "goods": goods });
        let wrong = [
            (json!({}), vec![("kind", "required")]),
            (order("evidence"), vec![("kind", "bad-value")]),
            (order("bast_form"), vec![("kind", "bad-value")]),
            (json!({ "kind": "bast", "colour": "blue" }), vec![("colour", "unknown")]),
            (json!({ "kind": "assignment_letter", "goods": [good] }), vec![("goods", "bad-value")]),
            (json!({ "kind": "bast", "driver": "Andi" }), vec![("driver", "bad-value")]),
            (with(json!(vec![good.clone(); 101])), vec![("goods", "out-of-range")]),
            (
                with(json!([good, { "name": "", "quantity": 0, "serial": "x".repeat(101), "condition": "a\u{7}" }])),
                vec![
                    ("goods[1].name", "required"),
                    ("goods[1].quantity", "out-of-range"),
                    ("goods[1].unit", "required"),
                    ("goods[1].serial", "too-long"),
                    ("goods[1].condition", "unreadable"),
                ],
            ),
            (json!({ "kind": "travel_letter", "vehicle": "x".repeat(61) }), vec![("vehicle", "too-long")]),
        ];
        for (body, faults) in wrong {
            let answer = world.admin.post(&path, body.clone()).await;
            assert_eq!(blamed(&answer.body), faults, "{body}");
            assert_eq!(answer.problem(422), "invalid", "{body}");
        }
        assert_eq!(world.number("SELECT COUNT(*) FROM number_series").await, 0, "no number was used up");
        let maya = json!({ "username": "maya", "name": "Maya", "role": "sales", "password": PASSWORD });
        world.admin.post("users", maya).await.expect(201);
        let sales = world.admin.sign_in("maya", PASSWORD).await;
        assert_eq!(sales.post(&path, order("bast")).await.problem(403), "forbidden");
        let nobody = world.admin.anonymous().post(&path, order("bast")).await;
        assert_eq!(nobody.problem(401), "unauthenticated");
        let many = with(json!(vec![good.clone(); 100]));
        assert_eq!(number(&world.admin.post(&path, many).await.expect(201)), "001/SJ/TGP/XI/2026");
    }
);

story!(
    /// A BAST that was drawn is to be signed: only the photo of the signed one makes the ticket done.
    a_form_is_no_bast, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let ticket = begun(&world, &budi, "Internet mati total").await;
        let goods = json!([{ "name": "Router", "quantity": 1, "unit": "unit" }]);
        let form = json!({ "kind": "bast", "goods": goods });
        let form = world.admin.post(&letters(&ticket), form).await.expect(201);
        assert_eq!((&form["kind"], number(&form).contains("/BAST/")), (&json!("bast"), true));
        budi.sees("Formulir BAST TKT-").await;
        budi.tap_text("Upload Bukti").await;
        budi.sees("Bukti TKT-").await;
        budi.photo(&picture::jpeg(1)).await;
        budi.sees("1 foto masuk").await;
        budi.tap_text("Selesai").await;
        budi.tap_text("Check-out").await;
        let summary = budi.sees_button("Ya, check-out").await;
        budi.tap(&summary, "Ya, check-out").await;
        budi.sees("Masih kurang: BAST").await;
        let left = world.look(&ticket).await;
        assert_eq!((&left["status"], &left["missing"]), (&json!("in_progress"), &json!(["bast"])));
        let uploaded = world.admin.upload(&ticket, "bast_form", "bast.pdf", &picture::pdf()).await;
        assert_eq!(uploaded.problem(422), "invalid");
        world.admin.upload(&ticket, "bast", "bast.pdf", &picture::pdf()).await.expect(201);
        world.eventually("done", || async { world.look(&ticket).await["status"] == "done" }).await;
        let late = world.admin.post(&letters(&ticket), order("bast")).await;
        assert_eq!(late.problem(409), "wrong-state");
    }
);

story!(
    /// From the ticket's page: one press, a form with goods that grows without a script, and the page for whoever
    /// holds the paper; in a browser at both widths.
    letters_from_the_page, world => {
        let (ticket, budi) = assigned(&world, "Router mati").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = format!("/panel/tickets/{}", id(&ticket));
        let made = browser.post(&format!("{page}/letters/assignment_letter"), &[]).await.expect(303);
        assert_eq!(made.location, page);
        budi.sees("Surat Tugas TKT-").await;
        let shown = browser.get(&page).await.expect(200);
        shown.says(&["dibuat dan dikirim ke teknisi.", "001/ST/TGP/", "Berlaku", "href=\"/v/", "Surat dibuat:", "popovertarget=\"upload\""]);

        let form = format!("{page}/letters/travel_letter");
        browser.get(&form).await.expect(200).says(&["name=\"item-2\"", "name=\"vehicle\""]);
        let typed = [("item-0", "Router"), ("quantity-0", "1,5"), ("unit-0", "unit"), ("serial-0", "SN-1"), ("driver", "Joko")];
        let more: Vec<_> = typed.into_iter().chain([("intent", "add")]).collect();
        let grown = browser.post(&form, &more).await.expect(200);
        grown.says(&["name=\"item-1\"", "value=\"Router\"", "value=\"Joko\""]);
        let wrong = browser.post(&form, &[("item-0", "Router"), ("quantity-0", "banyak"), ("unit-0", "")]).await.expect(422);
        wrong.says(&["href=\"#quantity-0\"", "id=\"unit-0-error\"", "value=\"banyak\""]);
        browser.post(&form, &typed).await.expect(303);
        budi.sees("Surat Jalan TKT-").await;
        browser.get(&form).await.expect(200).says(&["value=\"SN-1\"", "value=\"1,5\"", "value=\"Joko\""]);
        browser.get(&format!("{page}/letters/evidence")).await.expect(404);

        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            let path = world.look(&ticket).await["documents"][0]["verify_path"].as_str().expect("a page").to_owned();
            chromium.enter("rina", PASSWORD).await;
            for (width, light) in [(390, "dark"), (1280, "light")] {
                chromium.screen(width, light).await;
                for (at, what) in [(page.as_str(), "the ticket"), (&form, "the form"), (&path, "the letter's page")] {
                    chromium.go(at).await;
                    chromium.is_sound(&format!("{what} at {width}")).await;
                }
            }
            chromium.go(&form).await;
            chromium.replace("#item-0", "Kabel").await;
            chromium.click("button.primary").await;
            chromium.until("document.body.textContent.includes('002/SJ/TGP/')").await;
            chromium.close().await;
        }
    }
);
