//! An admin at the panel, with a browser that runs no script.

use domain::permission::Perm;
use domain::person::Role;
use reqwest::Method;
use serde_json::{Value, json};
use tanggap::web::{State, panel};
use tokio_util::sync::CancellationToken;

use crate::harness::{Browser, PASSWORD, PATIENCE, World, story};
use crate::stories::intake::deliver;
use crate::stories::tickets::day;

story!(
    /// Nobody gets in without signing in; the first password must be changed; signing out ends it.
    the_door, world => {
        let browser = Browser::new(&world);
        let page = browser.get("/panel/tickets?q=a").await.expect(303);
        assert_eq!(page.location, "/panel/login?next=%2Fpanel%2Ftickets%3Fq%3Da");
        let wrong = [("username", "rina"), ("password", "salah sekali")];
        let page = browser.post("/panel/login", &wrong).await.expect(422);
        page.says(&["Nama pengguna atau kata sandi salah.", "value=\"rina\""]);
        assert!(!page.text.contains("salah sekali"), "the password came back");

        let form = json!({ "username": "maya", "name": "Maya", "role": "admin", "password": "sandi awal 1" });
        world.admin.post("users", form).await.expect(201);
        let first = [("username", "maya"), ("password", "sandi awal 1"), ("next", "/panel/users")];
        assert_eq!(browser.post("/panel/login", &first).await.expect(303).location, "/panel/password");
        assert_eq!(browser.get("/panel/users").await.expect(303).location, "/panel/password");
        let same = [("current", "sandi lain 12"), ("new", "pendek")];
        browser.post("/panel/password", &same).await.expect(422).says(&["id=\"current-error\"", "id=\"new-error\""]);
        let change = [("current", "sandi awal 1"), ("new", "sandi baru 12")];
        assert_eq!(browser.post("/panel/password", &change).await.expect(303).location, "/panel");
        browser.get("/panel").await.expect(200).says(&["Kata sandi Anda sudah diganti."]);
        let again = browser.get("/panel").await.expect(200);
        assert!(!again.text.contains("Kata sandi Anda sudah diganti."), "it is told once");

        browser.post("/panel/logout", &[]).await.expect(303);
        browser.get("/panel").await.expect(303);
    }
);

story!(
    /// Someone new, his ticket, every fault at once with what was typed, and the technician's offer.
    a_ticket_from_the_form, world => {
        let (_, service) = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        browser.get("/panel/tickets/new").await.expect(200).says(&["Bapak Hartono", "Perbaikan internet", "Sisa 4"]);

        let bad = [("customer_kind", "new"), ("name", ""), ("phone", "0812-abc"), ("address", "x"), ("service_id", ""),
            ("problem", "<b>"), ("visit_date", "2020-01-01"), ("visit_time", "25:00"), ("latitude", "utara")];
        let page = browser.post("/panel/tickets", &bad).await.expect(422);
        for field in ["name", "phone", "address", "service_id", "visit_date", "visit_time", "latitude"] {
            page.says(&[&format!("id=\"{field}-error\""), &format!("href=\"#{field}\"")]);
        }
        page.says(&["value=\"0812-abc\"", "&#60;b&#62;", "value=\"utara\""]);
        assert_eq!(world.admin.get("tickets").await.expect(200)["data"], json!([]));
        let known = world.admin.get("customers").await.expect(200)["data"].as_array().expect("a list").len();
        assert_eq!(known, 1, "nobody was added");

        let id = service["id"].as_str().expect("an id");
        let good = [("customer_kind", "new"), ("name", "Ibu Ratna"), ("phone", "0813 2222 3333"),
            ("address", "Jl. Kenari 5, Antapani, Bandung"), ("service_id", id), ("problem", "Modem mati"),
            ("visit_date", ""), ("visit_time", ""), ("latitude", "-6.9147, 107.6098"), ("longitude", "")];
        let to = browser.post("/panel/tickets", &good).await.expect(303).location;
        let page = browser.get(&to).await.expect(200);
        page.says(&["TKT-000001", "dibuat dan ditawarkan", "Ibu Ratna", "0813-2222-3333", "-6.914700, 107.609800", "Tiket dibuat"]);
        budi.sees("TKT-000001").await;
        browser.get("/panel").await.expect(200).says(&["Modem mati", "Antapani, Bandung", "Belum ada teknisi"]);
    }
);

story!(
    /// The date's quota is shown as it changes, and a full date names the next free ones.
    the_quota_on_the_form, world => {
        let basics = world.basics().await;
        world.technician_with(1001, "Budi", json!({ "daily_quota": 1 })).await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let tomorrow = day(&world, 1);
        let ask = format!("/panel/quota?visit_date={tomorrow}");
        let part = browser.part(&ask).await.expect(200);
        part.says(&["id=\"schedule\"", "Sisa 1", "0 dari 1"]);
        assert!(!part.text.contains("<html"), "only the part is sent");
        let mut form = crate::harness::form(&basics, "Pertama");
        form["visit_date"] = json!(tomorrow);
        world.admin.post("tickets", form).await.expect(201);
        browser.part(&ask).await.expect(200).says(&["Penuh", "1 dari 1"]);

        let typed = [("customer_id", text(&basics.0, "id")), ("service_id", text(&basics.1, "id")),
            ("problem", "Kedua"), ("visit_date", &tomorrow)];
        let page = browser.post("/panel/tickets", &typed).await.expect(422);
        page.says(&["sudah habis", "Kedua", &format!("value=\"{}\"", day(&world, 2))]);
        // Without a script, a free date is a button of the same form.
        let free = day(&world, 2);
        let mut picked = typed.to_vec();
        picked.push(("pick_date", &free));
        let page = browser.post("/panel/tickets", &picked).await.expect(200);
        page.says(&[&format!("value=\"{free}\""), "Kedua"]);
        assert_eq!(world.admin.get("tickets").await.expect(200)["data"].as_array().expect("a list").len(), 1);
    }
);

story!(
    /// Assigned, replaced and cancelled from the ticket's page; what is refused says why and keeps the dialog.
    a_ticket_on_its_page, world => {
        let basics = world.basics().await;
        let (budi, _) = world.technician_with(1001, "Budi", json!({ "daily_quota": 1 })).await;
        let (andi, phone) = world.technician(1002, "Andi").await;
        let ticket = world.ticket(&basics, "Router mati").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = format!("/panel/tickets/{}", text(&ticket, "id"));

        let nobody = browser.post(&format!("{page}/assign"), &[]).await.expect(422);
        nobody.says(&["id=\"technician_id-error\"", "open hx-morph-skip"]);
        let to = [("technician_id", text(&budi, "id"))];
        assert_eq!(browser.post(&format!("{page}/assign"), &to).await.expect(303).location, page);
        browser.get(&page).await.expect(200).says(&["Ditugaskan", "kepada Budi", "TKT-000001 ditugaskan."]);
        let late = browser.post(&format!("{page}/assign"), &[("technician_id", text(&andi, "id"))]).await.expect(422);
        late.says(&["Tiket ini sudah diambil Budi."]);

        let short = browser.post(&format!("{page}/replace"), &[("reason", "x")]).await.expect(422);
        short.says(&["id=\"reason-error\"", "open hx-morph-skip"]);
        let replace = [("reason", "Motor mogok"), ("technician_id", text(&andi, "id"))];
        browser.post(&format!("{page}/replace"), &replace).await.expect(303);
        phone.sees("Router mati").await;
        browser.get(&page).await.expect(200).says(&["Motor mogok", "kepada Andi"]);
        let other = world.ticket(&basics, "Lain").await;
        let fill = format!("tickets/{}/assign", text(&other, "id"));
        world.admin.post(&fill, json!({ "technician_id": budi["id"] })).await.expect(200);
        let third = world.ticket(&basics, "Ketiga").await;
        let page_of_third = format!("/panel/tickets/{}", text(&third, "id"));
        browser.get(&page_of_third).await.expect(200).says(&["kuota penuh", "disabled"]);

        browser.post(&format!("{page}/cancel"), &[("reason", "Pelanggan pindah")]).await.expect(303);
        browser.get(&page).await.expect(200).says(&["Cancelled", "Pelanggan pindah"]);
        browser.get("/panel/tickets?status=cancelled&q=router").await.expect(200).says(&["TKT-000001"]);
        browser.get("/panel/tickets/999").await.expect(404).says(&["Tidak ditemukan"]);
    }
);

story!(
    /// The stream hints at once, again after a change, and ends with the session.
    the_board_is_live, world => {
        let basics = world.basics().await;
        world.technician(1001, "Budi").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let mut stream = browser.ask(Method::GET, "/panel/events", None, &[("hx-request", "true")]).await;
        assert_eq!(stream.headers()["content-type"], "text/event-stream");
        assert_eq!(stream.headers()["x-accel-buffering"], "no");
        assert!(hint(&mut stream).await.contains("event: ticket-changed"));
        world.ticket(&basics, "Baru").await;
        assert!(hint(&mut stream).await.contains("event: ticket-changed"));
        let part = browser.part("/panel/board").await.expect(200);
        part.says(&["id=\"board\"", "Baru"]);
        assert!(!part.text.contains("<html"), "only the board is sent");
        // Whoever is signed out hears so, and htmx takes the whole page to the door.
        let stranger = Browser::new(&world).part("/panel/board").await.expect(401);
        assert!(stranger.headers["hx-redirect"].to_str().expect("text").starts_with("/panel/login"));
    }
);

story!(
    /// People: added with every fault told, invited, given a new password, put off duty, kept out.
    people, world => {
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let bad = [("role", ""), ("name", ""), ("username", "a b"), ("password", "x"), ("phone", "1"),
            ("telegram_id", "saya"), ("daily_quota", "99"), ("locale", "id")];
        let page = browser.post("/panel/users", &bad).await.expect(422);
        for field in ["role", "name", "username", "password", "phone", "telegram_id", "daily_quota"] {
            page.says(&[&format!("id=\"{field}-error\"")]);
        }
        let good = [("role", "technician"), ("name", "Sari Dewi"), ("username", "sari"), ("password", "sandi awal 1"),
            ("phone", "0812 3333 4444"), ("telegram_id", ""), ("daily_quota", "3"), ("locale", "id")];
        let at = browser.post("/panel/users", &good).await.expect(303).location;
        browser.get(&at).await.expect(200).says(&["Sari Dewi", "0812-3333-4444", "Belum terhubung", "value=\"3\""]);
        browser.post("/panel/users", &good).await.expect(422).says(&["id=\"username-error\""]);

        browser.post(&format!("{at}/invite"), &[]).await.expect(200).says(&["?start=inv_", "data-copy=\"once\""]);
        let again = browser.get(&at).await.expect(200);
        assert!(!again.text.contains("?start=inv_"), "the link is shown once");
        let reset = browser.post(&format!("{at}/password"), &[]).await.expect(200);
        reset.says(&["id=\"once\"", "Harus ganti kata sandi"]);
        browser.post(&format!("{at}/duty"), &[("on_duty", "false")]).await.expect(303);
        browser.get(&at).await.expect(200).says(&["Libur", "Tandai siap"]);
        browser.post(&format!("{at}/deactivate"), &[]).await.expect(303);
        browser.get(&at).await.expect(200).says(&["Nonaktif", "Aktifkan lagi"]);
        browser.post(&format!("{at}/activate"), &[("version", "1")]).await.expect(409).says(&["Sudah berubah"]);

        let me = world.admin.get("auth/me").await.expect(200);
        let me = format!("/panel/users/{}", text(&me, "id"));
        browser.post(&format!("{me}/deactivate"), &[]).await.expect(303);
        browser.get(&me).await.expect(200).says(&["Admin aktif yang terakhir"]);
    }
);

story!(
    /// The price list and the customers' book: typed as people type, refused where the rules say so.
    customers_and_services, world => {
        let basics = world.basics().await;
        world.technician(1001, "Budi").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let bad = [("name", "x"), ("base_price", "mahal")];
        browser.post("/panel/services", &bad).await.expect(422).says(&["id=\"name-error\"", "id=\"base_price-error\""]);
        let good = [("name", "Servis AC"), ("base_price", "1,5jt"), ("active", "true")];
        browser.post("/panel/services", &good).await.expect(303);
        browser.get("/panel/services").await.expect(200).says(&["Servis AC", "Rp1.500.000", "Servis AC disimpan."]);

        world.ticket(&basics, "Masih jalan").await;
        let at = format!("/panel/customers/{}", text(&basics.0, "id"));
        browser.post(&format!("{at}/archive"), &[]).await.expect(303);
        browser.get(&at).await.expect(200).says(&["masih punya tiket", "Masih jalan"]);
        let edit = [("version", "1"), ("name", "Bapak Hartono"), ("address", "Jl. Mawar 3, Coblong, Bandung"), ("phone", "")];
        browser.post(&at, &edit).await.expect(303);
        browser.get(&at).await.expect(200).says(&["Jl. Mawar 3"]);
        browser.post(&at, &edit).await.expect(422).says(&["Orang lain mengubahnya"]);
        browser.part("/panel/customers/pick?customer_q=hartono").await.expect(200).says(&["PLG-000001", "customer_id"]);
    }
);

story!(
    /// A person's data is erased only when his number was typed; the deed is in the audit.
    erasing_a_customer, world => {
        let basics = world.basics().await;
        world.technician(1001, "Budi").await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let at = format!("/panel/customers/{}", text(&basics.0, "id"));
        browser.get(&at).await.expect(200).says(&["Hapus data pribadi", "popovertarget=\"erase\"", "PLG-000001"]);
        let erase = format!("{at}/erase");
        for typed in ["", "PLG-000002", "Bapak Hartono"] {
            let page = browser.post(&erase, &[("confirm", typed)]).await.expect(422);
            page.says(&["bukan PLG-000001", "aria-labelledby=\"erase-title\" open"]);
        }
        world.ticket(&basics, "Masih jalan").await;
        let right = [("confirm", " plg-000001 ")];
        browser.post(&erase, &right).await.expect(422).says(&["masih punya tiket"]);
        browser.get(&at).await.expect(200).says(&["Bapak Hartono"]);
        world.admin.post("tickets/1/cancel", json!({ "reason": "Pindah rumah" })).await.expect(200);
        assert_eq!(browser.post(&erase, &right).await.expect(303).location, at);
        let page = browser.get(&at).await.expect(200);
        page.says(&["Data pribadi pelanggan ini sudah dihapus", "Data pribadi PLG-000001 dihapus."]);
        assert!(!page.text.contains("Hartono") && !page.text.contains("popovertarget=\"erase\""), "{}", page.text);
        let english = [("locale", "en"), ("theme", "system"), ("back", at.as_str())];
        browser.post("/panel/preferences", &english).await.expect(303);
        browser.get(&at).await.expect(200).says(&["has been erased"]);
        assert_eq!(deeds(&world, "customer_erased").await, 1);
    }
);

story!(
    /// What was kept aside is tried again or discarded from its page; who comes second is told.
    deciding_about_a_held_input, world => {
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        for n in [1, 2] {
            let update = json!({ "update_id": 910_100 + n, "quantum_post": {} });
            assert_eq!(deliver(&world, Some("story-secret_1"), update.to_string()).await.0, 200);
        }
        let page = browser.get("/panel/held").await.expect(200);
        page.says(&["quantum_post", "910101", "popovertarget=\"discard-1\"", "id=\"discard-1\"", "/panel/held/2/retry"]);
        let told = browser.post("/panel/held/1/discard", &[]).await.expect(303);
        assert_eq!(told.location, "/panel/held");
        let page = browser.get("/panel/held").await.expect(200);
        page.says(&["Pesan diabaikan.", "910102"]);
        assert!(!page.text.contains("910101"), "it is decided");
        for deed in ["discard", "retry"] {
            browser.post(&format!("/panel/held/1/{deed}"), &[]).await.expect(303);
            browser.get("/panel/held").await.expect(200).says(&["banner flash bad", "tidak memungkinkan"]);
        }
        browser.post("/panel/held/2/retry", &[]).await.expect(303);
        browser.get("/panel/held").await.expect(200).says(&["Pesan akan dicoba lagi."]);
        world.eventually("it was tried once more", || async {
            let kept = world.admin.get("quarantine?state=held").await.expect(200);
            kept["data"][0]["attempts"] == json!(2)
        })
        .await;
        browser.post("/panel/held/2/discard", &[]).await.expect(303);
        assert_eq!(deeds(&world, "input_discarded").await, 2);
    }
);

story!(
    /// Language and light are kept, whoever is signed in; nothing leads to another host.
    looks, world => {
        let browser = Browser::new(&world);
        browser.get("/panel/login").await.expect(200).says(&["lang=\"id\"", "data-theme=\"system\"", "Masuk"]);
        let english = [("locale", "en"), ("theme", "dark"), ("back", "https://evil.example/")];
        assert_eq!(browser.post("/panel/preferences", &english).await.expect(303).location, "/panel");
        let page = browser.get("/panel/login").await.expect(200);
        page.says(&["lang=\"en\"", "data-theme=\"dark\"", "Sign in"]);
        let policy = page.headers["content-security-policy"].to_str().expect("text").to_owned();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        let style = page.text.split("href=\"").find(|part| part.starts_with("/assets/app.")).expect("a style");
        let style = browser.get(style.split('"').next().expect("an address")).await.expect(200);
        assert!(style.headers["content-type"].to_str().expect("text").starts_with("text/css"));
    }
);

story!(
    /// Another site's form does nothing here, nor does an API token; a form that cannot be read is told so.
    foreign_requests, world => {
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let form = [("name", "Curian"), ("base_price", "1000")];
        let foreign = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
        browser.send(Method::POST, "/panel/services", Some(&form), &foreign).await.expect(403);
        assert_eq!(world.admin.get("services").await.expect(200)["data"], json!([]));
        let token = world.admin.token.clone().expect("a token");
        let bearer = format!("Bearer {token}");
        let stranger = Browser::new(&world);
        stranger.send(Method::GET, "/panel", None, &[("authorization", &bearer)]).await.expect(303);
        let page = browser.send(Method::POST, "/panel/services", None, &[("content-type", "text/plain")]).await;
        assert!(page.status.is_client_error());
        page.says(&["<html", "Permintaan tidak dapat dibaca"]);
        browser.get("/panel/nowhere").await.expect(404).says(&["Tidak ditemukan"]);
    }
);

story!(
    /// Every route of the panel against every role, from the list that the router itself is made of.
    every_panel_route_by_role, world => {
        let routes = routes(&world);
        assert!(routes.len() > 40, "only {} routes", routes.len());
        let mut browsers = Vec::new();
        for role in Role::ALL {
            let name = format!("x{role}");
            let form = json!({ "username": name, "name": "X", "role": role.as_str(), "password": "sandi awal 1" });
            world.admin.post("users", form).await.expect(201);
            let browser = Browser::signed_in(&world, &name, "sandi awal 1").await;
            let change = [("current", "sandi awal 1"), ("new", "sandi baru 12")];
            browser.post("/panel/password", &change).await.expect(303);
            browsers.push((role, browser));
        }
        let stranger = Browser::new(&world);
        for (method, path, perm) in routes {
            let Some(perm) = perm else { continue };
            let at = path.replace("{id}", "999999");
            let refused = send(&stranger, &method, &at).await;
            assert!(refused.0 == 303 && refused.1.starts_with("/panel/login"), "{method} {path} as nobody: {refused:?}");
            if perm == Perm::OwnAccount || path == "/panel/events" {
                continue;
            }
            for (role, browser) in &browsers {
                let (status, _) = send(browser, &method, &at).await;
                // Only who may see all files is told that one is missing.
                let may = role.may(perm) && (perm != Perm::ReadTicket || role.may(Perm::ManageTickets));
                assert_eq!(status == 403, !may, "{method} {path} as {role}: {status}");
            }
        }
    }
);

/// How often the audit tells of this deed.
pub(crate) async fn deeds(world: &World, action: &str) -> usize {
    let audit = world.admin.get("audit").await.expect(200);
    let rows = audit["data"].as_array().expect("rows");
    rows.iter().filter(|row| row["action"] == action).count()
}

async fn send(browser: &Browser, method: &Method, path: &str) -> (u16, String) {
    let form: Option<&[(&str, &str)]> = (method == Method::POST).then_some(&[]);
    let page = browser.send(method.clone(), path, form, &[]).await;
    (page.status.as_u16(), page.location)
}

/// Every route of the panel.
pub(crate) fn routes(world: &World) -> Vec<(Method, String, Option<Perm>)> {
    let state = State::new(world.running.app.clone(), CancellationToken::new(), String::new);
    let (_, routes) = panel::router(&state);
    routes
        .into_iter()
        .map(|route| (route.method, route.path, route.perm))
        .collect()
}

/// What the stream says next.
async fn hint(stream: &mut reqwest::Response) -> String {
    let chunk = tokio::time::timeout(PATIENCE, stream.chunk()).await;
    let chunk = chunk.expect("in time").expect("the stream stands").expect("more");
    String::from_utf8(chunk.to_vec()).expect("text")
}

fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object[field].as_str().expect("a text")
}
