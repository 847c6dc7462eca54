//! What an office needs of its panel over weeks: to stay signed in, to see what failed, what a colleague changed, and
//! whom it has put away.

use chrono::TimeDelta;
use serde_json::json;

use crate::harness::{Browser, PASSWORD, Setup, story};
use crate::stories::documents::id;
use crate::stories::panel::deeds;

fn frozen() -> Setup {
    Setup {
        frozen: Some("2026-11-23T03:00:00Z"),
        ..Setup::default()
    }
}

story!(
    /// Whoever works stays signed in, and his cookie with him; whoever stays away for two weeks does not.
    a_session_lasts_while_it_is_used, frozen(), world => {
        // Weeks go by, and the admin's own token with them.
        world.leaves_something();
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        for _ in 0..3 {
            world.clock.advance(TimeDelta::days(10));
            let page = browser.get("/panel").await.expect(200);
            let cookie = page.headers["set-cookie"].to_str().expect("text").to_owned();
            assert!(cookie.starts_with("sid=") && cookie.contains("Max-Age=1209600"), "{cookie}");
        }
        assert!(!browser.get("/panel").await.expect(200).headers.contains_key("set-cookie"), "not each time");
        browser.part("/panel/here").await.expect(204);
        world.clock.advance(TimeDelta::days(15));
        browser.part("/panel/here").await.expect(401);
        browser.get("/panel").await.expect(303);
        // Signing out is not undone by what is used meanwhile.
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        world.clock.advance(TimeDelta::minutes(6));
        browser.post("/panel/logout", &[]).await.expect(303);
        browser.part("/panel/here").await.expect(401);
    }
);

story!(
    /// What could not be sent is counted on every page and on the board, leads to where it is, and says why in plain
    /// words.
    what_failed_is_seen, world => {
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        browser.get("/panel").await.expect(200).says(&["href=\"/panel/held\"", "id=\"n-held\" hidden"]);
        let at = "2026-11-22T03:00:00+00:00";
        let columns = "channel, lane, recipient, kind, locale, payload, state, attempts, error, run_at, created_at, \
             updated_at, standby_only";
        let row = |payload: &str| {
            format!("('telegram', 0, '77', 'job_card', 'id', '{payload}', 'failed', 1, 'Bad Request: chat not found', \
                '{at}', '{at}', '{at}', FALSE)")
        };
        let rows = [row("{\"text\":{}}"), row("{}")].join(", ");
        world.order(&format!("INSERT INTO outbox ({columns}) VALUES {rows}")).await;
        let page = browser.get("/panel").await.expect(200);
        page.says(&["1 pesan menunggu tindakan", "id=\"n-held\">1<"]);
        browser.part("/panel").await.expect(200).says(&["id=\"n-held\" hx-swap-oob=\"true\">1<"]);
        let page = browser.get("/panel/held").await.expect(200);
        page.says(&["Bot belum pernah dihubungi orang ini", "chat not found", "data-row", "hx-sse:connect"]);
        // What cannot be sent again is told where it was asked for.
        let back = [("back", "/panel/held")];
        let id = world.number("SELECT MAX(id) FROM outbox").await;
        let told = browser.post(&format!("/panel/deliveries/{id}/retry"), &back).await.expect(303);
        assert_eq!(told.location, "/panel/held");
        browser.get("/panel/held").await.expect(200).says(&["banner flash bad"]);
        world.leaves_something();
    }
);

story!(
    /// Who was overtaken sees what stands there now beside what he typed.
    what_a_colleague_changed_is_shown, world => {
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let (customer, service) = world.basics().await;
        world.technician(1001, "Budi").await;
        let at = format!("/panel/customers/{}", id(&customer));
        let path = format!("customers/{}", id(&customer));
        world.admin.patch(&path, json!({ "address": "Jl. Kenanga 3, Coblong, Bandung" })).await.expect(200);
        let form = [("version", "1"), ("name", "Bapak Hartono"), ("address", "Jl. Mawar 9, Bandung"),
            ("phone", "0812-3450-0001"), ("latitude", "-6.891500"), ("longitude", "107.610700")];
        let page = browser.post(&at, &form).await.expect(422);
        page.says(&["Jl. Mawar 9, Bandung", "Sekarang: Jl. Kenanga 3, Coblong, Bandung"]);
        assert_eq!(page.text.matches("Sekarang:").count(), 1, "{}", page.text);

        let ticket = world.ticket(&(customer, service.clone()), "Router mati").await;
        let other = json!({ "name": "Pasang baru", "base_price": 100_000 });
        let other = world.admin.post("services", other).await.expect(201);
        world.admin.patch(&format!("tickets/{}", id(&ticket)), json!({ "service_id": other["id"] })).await.expect(200);
        let date = ticket["visit_date"].as_str().expect("a date");
        let form = [("version", "1"), ("problem", "Router mati total"), ("service_id", id(&service)), ("visit_date", date),
            ("visit_time", ""), ("latitude", "-6.891500"), ("longitude", "107.610700")];
        let page = browser.post(&format!("/panel/tickets/{}", id(&ticket)), &form).await.expect(422);
        page.says(&["Sekarang: Pasang baru", "Sekarang: Router mati<"]);
    }
);

story!(
    /// A customer who was put away is found again, is not edited, and comes back.
    an_archived_customer_comes_back, world => {
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let (customer, _) = world.basics().await;
        let at = format!("/panel/customers/{}", id(&customer));
        browser.get(&at).await.expect(200).says(&[&format!("{at}/edit")]);
        browser.post(&format!("{at}/archive"), &[]).await.expect(303);
        let list = browser.get("/panel/customers").await.expect(200);
        assert!(!list.text.contains("Bapak Hartono</a>"), "{}", list.text);
        browser.get("/panel/customers?archived=true").await.expect(200).says(&["Bapak Hartono</a>", "archived=true"]);
        let page = browser.get(&at).await.expect(200);
        page.says(&["Pulihkan"]);
        assert!(!page.text.contains(&format!("{at}/edit")), "nothing to edit");
        browser.post(&format!("{at}/restore"), &[]).await.expect(303);
        browser.get(&at).await.expect(200).says(&["Bapak Hartono dipulihkan.", &format!("{at}/edit")]);
        assert_eq!(deeds(&world, "customer_restored").await, 1);
        browser.post(&format!("{at}/restore"), &[]).await.expect(303);
        browser.get(&at).await.expect(200).says(&["banner flash bad"]);
        // Nobody comes back who was erased.
        browser.post(&format!("{at}/erase"), &[("confirm", customer["number"].as_str().expect("a number"))]).await.expect(303);
        browser.post(&format!("{at}/restore"), &[]).await.expect(303);
        let page = browser.get(&at).await.expect(200);
        page.says(&["banner flash bad"]);
        assert!(!page.text.contains("Pulihkan") && !page.text.contains(&format!("{at}/edit")));
    }
);

story!(
    /// A technician who signs in is sent to where his work is.
    work_is_in_telegram, world => {
        world.technician(1001, "Budi").await;
        let browser = Browser::new(&world);
        let form = [("username", "budi1001"), ("password", "sandi sementara")];
        assert_eq!(browser.post("/panel/login", &form).await.expect(303).location, "/panel/password");
        let change = [("current", "sandi sementara"), ("new", "sandi baru 12")];
        assert_eq!(browser.post("/panel/password", &change).await.expect(303).location, "/panel/work");
        let work = browser.get("/panel/work").await.expect(200);
        work.says(&["Pekerjaan Anda ada di Telegram", "https://t.me/", "<figure class=\"qr\">", "Arahkan kamera ponsel"]);
        browser.get("/panel").await.expect(403).says(&["/panel/work"]);
        let again = Browser::new(&world);
        let form = [("username", "budi1001"), ("password", "sandi baru 12")];
        assert_eq!(again.post("/panel/login", &form).await.expect(303).location, "/panel/work");
    }
);

story!(
    /// Who was taken off a ticket is not offered for it again on its page; nobody is missing who may have it.
    whoever_was_replaced_is_not_offered_again, world => {
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let basics = world.basics().await;
        let (budi, _) = world.technician(1001, "Budi").await;
        let (sari, _) = world.technician(1002, "Sari").await;
        let ticket = world.ticket(&basics, "Router mati").await;
        let path = |end: &str| format!("tickets/{}/{end}", id(&ticket));
        world.admin.post(&path("assign"), json!({ "technician_id": budi["id"] })).await.expect(200);
        world.admin.post(&path("replace"), json!({ "reason": "Motor mogok" })).await.expect(200);
        let page = browser.get(&format!("/panel/tickets/{}", id(&ticket))).await.expect(200);
        page.says(&[&format!("name=\"technician_id\" value=\"{}\"", id(&sari)), "id=\"technician_id\""]);
        assert!(!page.text.contains(&format!("name=\"technician_id\" value=\"{}\"", id(&budi))), "{}", page.text);
    }
);
