//! Who did what and who looked, found again; lists taken along as sheets; the recap of ratings.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tanggap::app::ratings;

use crate::harness::{Browser, PASSWORD, Setup, World, story};
use crate::stories::panel::deeds;
use crate::stories::reporting::closed;

fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object[field].as_str().expect("a text")
}

/// The rows of a sheet, without its head; its mark and its type are looked at on the way.
async fn sheet(browser: &Browser, path: &str) -> Vec<String> {
    let (status, headers, bytes) = browser.bytes(path).await;
    assert_eq!(status, 200, "{path}");
    assert_eq!(headers["content-type"], "text/csv; charset=utf-8", "{path}");
    let saved = headers["content-disposition"].to_str().expect("text");
    assert!(saved.starts_with("attachment; filename=\""), "{saved}");
    let all = String::from_utf8(bytes).expect("UTF-8");
    let all = all.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    all.lines().skip(1).map(str::to_owned).collect()
}

story!(
    /// What was done stands in people's words, and is found by person, deed, place, time and words; a look at a
    /// customer is written down once, however often the page is opened.
    who_did_and_who_looked, standing(), world => {
        let basics = world.basics().await;
        let (budi, _) = world.technician(1001, "Budi").await;
        let ticket = world.ticket(&basics, "Modem mati").await;
        let cancel = json!({ "reason": "Pelanggan pindah rumah" });
        world.admin.post(&format!("tickets/{}/cancel", text(&ticket, "id")), cancel).await.expect(200);
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let customer = format!("/panel/customers/{}", text(&basics.0, "id"));
        for page in [customer.clone(), format!("{customer}/edit"), customer.clone()] {
            browser.get(&page).await.expect(200);
        }
        assert_eq!(deeds(&world, "customer_viewed").await, 1);
        world.clock.advance(TimeDelta::minutes(16));
        browser.get(&customer).await.expect(200);
        assert_eq!(deeds(&world, "customer_viewed").await, 2);

        let all = browser.get("/panel/audit").await.expect(200);
        all.says(&["Tiket dibuat", "Dibatalkan", "Pelanggan pindah rumah", "Data pelanggan dilihat", &customer,
            "/panel/tickets/1", "Akun dibuat", "Masuk"]);
        assert!(!all.text.contains("customer_viewed</") && !all.text.contains("{&#34;"), "a code is shown");
        let looks = browser.part("/panel/audit?action=%40looks").await.expect(200);
        looks.says(&["Data pelanggan dilihat", "aria-current=\"true\">Siapa melihat"]);
        assert!(!looks.text.contains("Tiket dibuat"), "only looks");
        for (query, found, not) in [
            ("q=pindah+rumah", "Dibatalkan", "Tiket dibuat"),
            ("q=tkt-000001", "Tiket dibuat", "Data pelanggan dilihat"),
            ("q=hartono", "Data pelanggan dilihat", "Akun dibuat"),
            ("q=plg-000001", "Tiket dibuat", "Akun dibuat"),
            ("q=BUDI", "Akun dibuat", "Dibatalkan"),
            ("action=ticket_cancelled", "Dibatalkan", "Tiket dibuat"),
            ("channel=panel", "Data pelanggan dilihat", "Dibatalkan"),
            ("ticket_id=1&from=2020-01-01", "Jejak TKT-000001", "Akun dibuat"),
            ("to=2020-01-01", "Tidak ada catatan", "Dibatalkan"),
        ] {
            let page = browser.part(&format!("/panel/audit?{query}")).await.expect(200);
            page.says(&[found]);
            let rows = page.text.split("<tbody>").nth(1).unwrap_or_default();
            assert!(!rows.contains(not), "{query} finds {not}");
        }
        let by_budi = browser.part(&format!("/panel/audit?actor_id={}", text(&budi, "id"))).await.expect(200);
        by_budi.says(&["Tidak ada catatan"]);
        browser.get("/panel/audit?channel=radio&actor_id=x&from=kemarin&action=%40nichts").await.expect(200);
        let english = [("locale", "en"), ("theme", "system"), ("back", "/panel/audit")];
        browser.post("/panel/preferences", &english).await.expect(303);
        browser.get("/panel/audit").await.expect(200).says(&["Customer looked at", "Ticket created", "Who looked"]);
        let rows = sheet(&browser, "/panel/audit.csv?q=pindah+rumah").await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert!(rows[0].contains("Pelanggan pindah rumah") && rows[0].contains("TKT-000001"), "{rows:?}");
    }
);

story!(
    /// Each list as a sheet has every row of every page, says nothing that a spreadsheet would run, and is audited.
    lists_taken_along, world => {
        let (_, service) = world.basics().await;
        world.technician(1001, "Budi").await;
        let bad = json!({ "name": "=HYPERLINK(\"http://evil\")", "address": "@Jl. Melati 12, Bandung",
            "phone": "081234567890", "notes": "+62 \"besar\",\nbaris dua" });
        let customer = world.admin.post("customers", bad).await.expect(201);
        let form = json!({ "customer_id": customer["id"], "service_id": service["id"], "problem": "-1+1 mati" });
        world.admin.post("tickets", form).await.expect(201);
        let many = "INSERT INTO customers (name, address, phone_by, withholds_pph23, source, created_at, version) \
            SELECT name, address, phone_by, withholds_pph23, source, created_at, version FROM customers";
        // More than one page of a sheet.
        for _ in 0..7 {
            world.order(many).await;
        }
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let rows = sheet(&browser, "/panel/customers.csv").await;
        let names = rows.iter().filter(|row| row.starts_with("PLG-")).count();
        assert_eq!(names, 256, "every customer, once");
        let bad = rows.iter().find(|row| row.contains("HYPERLINK")).expect("he is there");
        assert!(bad.contains("\"'=HYPERLINK(\"\"http://evil\"\")\",081234567890,\"'@Jl. Melati 12, Bandung\""), "{bad}");
        let rows = sheet(&browser, "/panel/tickets.csv?status=open").await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert!(rows[0].starts_with("TKT-000001,") && rows[0].contains("'-1+1 mati"), "{rows:?}");
        assert!(sheet(&browser, "/panel/tickets.csv?status=done").await.is_empty());
        world.drained().await;
        let rows = sheet(&browser, "/panel/deliveries.csv").await;
        assert!(rows.iter().any(|row| row.contains("Telegram") && row.contains("TKT-000001")), "{rows:?}");
        assert!(sheet(&browser, "/panel/deliveries.csv?state=failed").await.is_empty());
        for deed in ["customers_exported", "deliveries_exported"] {
            assert!(deeds(&world, deed).await > 0, "{deed}");
        }
        assert_eq!(deeds(&world, "tickets_exported").await, 2);
    }
);

fn standing() -> Setup {
    Setup {
        frozen: Some("2026-11-23T03:00:00Z"),
        ..Setup::default()
    }
}

/// A ticket that Budi had is closed and rated.
async fn rated(world: &World, budi: &Value, stars: (&str, &str), comment: &str) {
    let (customer, _) = world.basics().await;
    let ticket = closed(world, &customer, budi).await;
    let id = text(&ticket, "id").parse().expect("an id");
    let rating = ratings::of_ticket(&world.running.app, id).await.expect("a look");
    let page = format!("/r/{}", rating.expect("asked for").token);
    let form = [
        ("technician_stars", stars.0),
        ("cs_stars", stars.1),
        ("comment", comment),
    ];
    Browser::new(world).post(&page, &form).await.expect(303);
}

story!(
    /// The recap of a month beside the month before: averages and what they changed by, the spread, the weeks, each
    /// number with what it counts behind it.
    the_recap_of_ratings, standing(), world => {
        let (budi, _) = world.technician_with(1001, "Budi", json!({ "daily_quota": 9 })).await;
        for (place, (stars, comment, day)) in [
            (("5", "4"), "=Cepat sekali", "2026-10-12"),
            (("2", "5"), "Datang terlambat", "2026-11-16"),
            (("5", "5"), "", "2026-11-23"),
        ]
        .into_iter()
        .enumerate()
        {
            rated(&world, &budi, stars, comment).await;
            world.order(&format!("UPDATE ratings SET at = '{day} 02:00:00+00:00' WHERE id = {}", place + 1)).await;
        }
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = browser.get("/panel/ratings").await.expect(200);
        page.says(&["3,50", "−1,50", "change num worse", "+1,00", "5,00", "Datang terlambat", "Perlu dilihat", "class=\"chart\"",
            "technician_stars=2"]);
        assert!(!page.text.contains("Cepat sekali"), "that was in the period before");
        assert_eq!(page.text.matches("<rect class=\"one\"").count(), 3, "a bar for each week with stars");
        let id = text(&budi, "id");
        let low = browser.get(&format!("/panel/ratings?technician_id={id}&technician_stars=2")).await.expect(200);
        low.says(&["Datang terlambat", "Penilaian untuk Budi"]);
        let given = low.text.split("id=\"given\"").nth(1).expect("the list");
        assert_eq!(given.matches("class=\"delivery\"").count(), 1, "just what the number counts");
        assert!(!low.text.contains("class=\"two\""), "his weeks alone");
        let all = sheet(&browser, "/panel/ratings.csv?from=2026-10-01&to=2026-11-30").await;
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(all[2].contains("'=Cepat sekali") && all[2].contains(",Budi,5,"), "{all:?}");
        browser.get("/panel/ratings?from=2027-12-31&to=2020-01-01").await.expect(200);
        let summary = world.admin.get("ratings/summary?from=2026-10-01&to=2026-11-30").await.expect(200);
        assert_eq!(summary["technicians"][0]["average"], json!(4.0));
    }
);

story!(
    /// Two admins with the same service open: the second is told, keeps what he typed, and may save knowingly.
    a_service_in_four_hands, world => {
        let (_, service) = world.basics().await;
        let at = format!("/panel/services/{}", text(&service, "id"));
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        browser.get(&at).await.expect(200).says(&["name=\"version\" value=\"1\""]);
        let form = |version, price| [("version", version), ("name", "Servis kilat"), ("base_price", price), ("active", "true")];
        // A fault of his own does not make his form any newer.
        let page = browser.post(&at, &form("1", "banyak")).await.expect(422);
        page.says(&["id=\"base_price-error\"", "name=\"version\" value=\"1\""]);
        let other = Browser::signed_in(&world, "rina", PASSWORD).await;
        other.post(&at, &form("1", "150rb")).await.expect(303);
        let page = browser.post(&at, &form("1", "175rb")).await.expect(422);
        page.says(&["Orang lain mengubahnya", "value=\"175rb\"", "name=\"version\" value=\"2\""]);
        assert_eq!(world.admin.get("services").await.expect(200)["data"][0]["base_price"], json!(150_000));
        browser.post(&at, &form("2", "175rb")).await.expect(303);
        let patch = json!({ "version": 2, "base_price": 1 });
        let stale = world.admin.patch(&format!("services/{}", text(&service, "id")), patch).await;
        assert_eq!(stale.expect(409)["type"], "stale");
    }
);
