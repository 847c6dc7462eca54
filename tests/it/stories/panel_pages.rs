//! Every page there is, at both widths, in both lights and both languages.
//!
//! A page of the panel that has no sample here fails the story: a line in [`PAGES`] adds it.

use reqwest::Method;
use serde_json::json;
use tanggap::app::ratings;

use crate::harness::variable;
use crate::harness::{Browser, Chromium, PASSWORD, World, story};
use crate::stories::invoices::{done, sales};
use crate::stories::panel::routes;
use crate::stories::registration::{Writer, on_whatsapp};
use crate::stories::reporting::closed;

/// Each page's route, and where an example of it stands; [`filled`] makes what they show.
const PAGES: [(&str, &str); 33] = [
    ("/panel", "/panel"),
    ("/panel/board", "/panel/board?q=internet"),
    ("/panel/tickets", "/panel/tickets"),
    ("/panel/tickets/new", "/panel/tickets/new"),
    ("/panel/tickets/{id}", "/panel/tickets/1"),
    ("/panel/tickets/{id}/edit", "/panel/tickets/2/edit"),
    (
        "/panel/tickets/{id}/letters/{kind}",
        "/panel/tickets/2/letters/assignment_letter",
    ),
    ("/panel/quota/calendar", "/panel/quota/calendar"),
    ("/panel/settings", "/panel/settings"),
    ("/panel/settings/{section}", "/panel/settings/company"),
    ("/panel/requests", "/panel/requests"),
    ("/panel/requests/{id}", "/panel/requests/1"),
    ("/panel/customers", "/panel/customers"),
    ("/panel/customers/new", "/panel/customers/new"),
    ("/panel/customers/{id}", "/panel/customers/1"),
    ("/panel/customers/{id}/edit", "/panel/customers/1/edit"),
    ("/panel/customers/import", "/panel/customers/import"),
    ("/panel/customers/import/{id}", "/panel/customers/import/1"),
    ("/panel/invoices", "/panel/invoices"),
    ("/panel/invoices/{id}", "/panel/invoices/1"),
    ("/panel/invoices/{id}", "/panel/invoices/2"),
    ("/panel/ratings", "/panel/ratings"),
    ("/panel/services", "/panel/services"),
    ("/panel/services/new", "/panel/services/new"),
    ("/panel/services/{id}", "/panel/services/1"),
    ("/panel/users", "/panel/users"),
    ("/panel/users/new", "/panel/users/new"),
    ("/panel/users/{id}", "/panel/users/2"),
    ("/panel/held", "/panel/held"),
    ("/panel/audit", "/panel/audit"),
    ("/panel/password", "/panel/password"),
    ("/panel/work", "/panel/work"),
    ("/panel/{*rest}", "/panel/nowhere"),
];

/// What answers no page: parts of one, files, a stream, and the door, which is closed to whoever is inside.
const NO_PAGES: [&str; 15] = [
    "/panel/audit.csv",
    "/panel/customers.csv",
    "/panel/customers/import/example",
    "/panel/customers/pick",
    "/panel/deliveries.csv",
    "/panel/documents/{id}/content",
    "/panel/here",
    "/panel/events",
    "/panel/invoices.csv",
    "/panel/login",
    "/panel/once/{token}",
    "/panel/quota",
    "/panel/ratings.csv",
    "/panel/tickets.csv",
    "/panel/tickets/{id}/zip",
];

/// A width, a light and a language.
type Look = (u32, &'static str, &'static str);

/// Two of them show a page at both widths, in both lights, in both languages; the next page gets the other two.
const PAIRS: [[Look; 2]; 2] = [
    [(1280, "light", "id"), (390, "dark", "en")],
    [(1280, "dark", "en"), (390, "light", "id")],
];

/// Those that are looked at: all eight with `PAGES=all`.
fn looks(place: usize) -> Vec<Look> {
    if variable("PAGES").as_deref() != Some("all") {
        return PAIRS[place % 2].to_vec();
    }
    let each = |locale| {
        let screens = [(1280, "light"), (1280, "dark"), (390, "dark"), (390, "light")];
        screens.map(|(width, light)| (width, light, locale))
    };
    ["id", "en"].into_iter().flat_map(each).collect()
}

/// Something on every page; the addresses of the customers' own pages.
async fn filled(world: &World) -> Vec<String> {
    let basics = world.basics().await;
    let (budi, phone) = world
        .technician_with(1001, "Budi", json!({ "daily_quota": 9 }))
        .await;
    let maya = sales(world, "maya", json!(null)).await;
    let (_, draft) = done(world, &phone, "AC bocor").await;
    let id = draft["id"].as_str().expect("an id");
    world
        .admin
        .post(&format!("invoices/{id}/submit"), json!({}))
        .await
        .expect(200);
    let now = world.admin.get(&format!("invoices/{id}")).await.expect(200);
    let approve = json!({ "version": now["version"] });
    let bill = maya
        .post(&format!("invoices/{id}/approve"), approve)
        .await
        .expect(200);
    done(world, &phone, "Pompa mati").await;
    world
        .ticket(
            &basics,
            "Internet mati total sejak pagi, lampu LOS merah dan sudah dinyalakan ulang",
        )
        .await;
    let rated = closed(world, &basics.0, &budi).await;
    let rated = rated["id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .expect("an id");
    let rating = ratings::of_ticket(&world.running.app, rated)
        .await
        .expect("a look")
        .expect("asked for");
    let page = format!("/r/{}", rating.token);
    let form = [
        ("technician_stars", "2"),
        ("cs_stars", "5"),
        ("comment", "Datang terlambat"),
    ];
    Browser::new(world).post(&page, &form).await.expect(303);
    let siti = Writer::new(world, 1, "Siti").await;
    siti.registers("Siti Aminah").await;
    siti.says("lapor Internet mati sejak pagi").await;
    siti.says("kirim").await;
    let browser = Browser::signed_in(world, "rina", PASSWORD).await;
    let sheet = b"nama;alamat;telepon\nIbu Ratna;Jl. Kenari 5, Bandung;081322223333\nX;;\n";
    browser
        .upload("/panel/customers/import", "", "c.csv", sheet)
        .await
        .expect(303);
    let link = bill["link"].as_str().expect("a link");
    let at = link.find("/i/").expect("the page's address");
    vec![
        link[at..].to_owned(),
        page,
        "/i/unknown".to_owned(),
        "/r/unknown".to_owned(),
    ]
}

story!(
    /// No error, nothing that the policy blocks, nothing too wide, nothing from elsewhere, nothing that keeps
    /// somebody out: on every page there is.
    every_page_is_sound, on_whatsapp(), world => {
        let mut strange: Vec<String> = routes(&world)
            .into_iter()
            .filter(|(method, path, _)| *method == Method::GET && !NO_PAGES.contains(&path.as_str()))
            .map(|(_, path, _)| path)
            .filter(|path| !PAGES.iter().any(|(route, _)| route == path))
            .collect();
        strange.sort();
        assert!(strange.is_empty(), "pages without a sample: {strange:?}");
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            let public = filled(&world).await;
            for (place, page) in public.iter().enumerate() {
                for (width, light, locale) in looks(place) {
                    chromium.screen(width, light).await;
                    chromium.go(&format!("{page}?lang={locale}")).await;
                    chromium.is_sound(&format!("{page} at {width}, {light}, {locale}")).await;
                }
            }
            chromium.enter("rina", PASSWORD).await;
            for (place, (_, page)) in PAGES.into_iter().enumerate() {
                for (width, light, locale) in looks(place) {
                    chromium.speak(locale).await;
                    chromium.screen(width, light).await;
                    chromium.go(page).await;
                    assert_eq!(chromium.is("document.documentElement.lang").await, locale, "{page}");
                    chromium.is_sound(&format!("{page} at {width}, {light}, {locale}")).await;
                }
            }
            chromium.close().await;
        }
    }
);

story!(
    /// A connection that is lost is told, a form waits with everything that was typed, and goes once it is back.
    what_was_typed_outlives_the_connection, world => {
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            world.basics().await;
            chromium.screen(1280, "light").await;
            chromium.enter("rina", PASSWORD).await;
            chromium.go("/panel/customers/1/edit").await;
            chromium.replace("#name", "Bapak Hartono Wijaya").await;
            chromium.offline(true).await;
            chromium.until("!document.querySelector('[data-lost]').hidden").await;
            chromium.click("form[data-guard] .primary").await;
            chromium.until("document.querySelector('form[data-guard]').dataset.sure === undefined").await;
            assert_eq!(chromium.is("location.pathname").await, "/panel/customers/1/edit");
            assert_eq!(chromium.is("document.querySelector('#name').value").await, "Bapak Hartono Wijaya");
            chromium.offline(false).await;
            chromium.until("document.querySelector('[data-lost]').hidden").await;
            chromium.click("form[data-guard] .primary").await;
            chromium.until("location.pathname === '/panel/customers/1'").await;
            chromium.find(".banner.good").await;
            let name = world.admin.get("customers/1").await.expect(200)["name"].clone();
            assert_eq!(name, "Bapak Hartono Wijaya");
            chromium.close().await;
        }
    }
);
