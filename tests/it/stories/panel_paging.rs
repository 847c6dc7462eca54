//! The panel's lists, when there is more than a page of them.

use crate::harness::{Browser, PASSWORD, World, story};
use crate::stories::alerts::id;

/// More than two pages.
const ROWS: usize = 120;

/// The addresses back to the beginning of a list and on to its next page, as the links over and under it lead.
fn links(page: &str) -> (Option<String>, Option<String>) {
    let pages = page
        .split_once("<nav class=\"pages\"")
        .map_or("", |(_, rest)| rest);
    let pages = pages.split_once("</nav>").map_or("", |(pages, _)| pages);
    let (mut first, mut next) = (None, None);
    for link in pages.split("<a ").skip(1) {
        let href = link
            .split_once("href=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let href = href.map(|(href, _)| href.replace("&#38;", "&"));
        if link.contains("rel=\"next\"") {
            next = href;
        } else {
            first = href;
        }
    }
    (first, next)
}

/// As many services, archived customers, open tickets, new reports and lines of the audit, each with a number.
async fn filled(world: &World) {
    let (customer, service) = world.basics().await;
    let rina = world.admin.get("auth/me").await.expect(200);
    let (customer, service, rina) = (id(&customer), id(&service), id(&rina));
    let at = "2026-11-20T03:00:00+00:00";
    world
        .order(&format!(
            "INSERT INTO contacts (id, locale, created_at) VALUES (1, 'id', '{at}')"
        ))
        .await;
    for (table, columns, row) in [
        (
            "services",
            "name, base_price, active, created_at",
            format!("'Uji #', 1000, TRUE, '{at}'"),
        ),
        (
            "customers",
            "name, address, withholds_pph23, source, archived_at, created_at, version",
            format!("'Uji #', 'Bekasi', FALSE, 'panel', '{at}', '{at}', 1"),
        ),
        (
            "tickets",
            "customer_id, service_id, problem, status, visit_date, epoch, created_by, created_at, changed_at, version",
            format!("{customer}, {service}, 'Uji #', 'open', '2026-11-20', 0, {rina}, '{at}', '{at}', 1"),
        ),
        (
            "requests",
            "contact_id, kind, words, state, created_at",
            format!("1, 'report', 'Uji #', 'new', '{at}'"),
        ),
    ] {
        let rows: Vec<String> = (1..=ROWS)
            .map(|n| format!("({})", row.replace('#', &format!("{n:03}"))))
            .collect();
        world
            .order(&format!(
                "INSERT INTO {table} ({columns}) VALUES {}",
                rows.join(", ")
            ))
            .await;
    }
    let columns = "at, actor_id, channel, action, subject_kind, subject_id";
    let row = format!("'{at}', {rina}, 'api', 'service_changed', 'service', id");
    world
        .order(&format!(
            "INSERT INTO audit ({columns}) SELECT {row} FROM services WHERE name LIKE 'Uji %'"
        ))
        .await;
}

story!(
    /// Each page leads on to the next and back to the first, nothing is skipped or shown twice, and what was asked for
    /// stays asked for.
    every_list_goes_on_and_back, world => {
        filled(&world).await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        for path in [
            "/panel/services",
            "/panel/customers?q=uji&archived=true",
            "/panel/tickets?q=uji&status=open",
            "/panel/requests?state=new",
            "/panel/audit?action=service_changed&channel=api",
        ] {
            let (mut at, mut seen, mut pages) = (Some(path.to_owned()), vec![0; ROWS], 0);
            while let Some(here) = at {
                let page = browser.get(&here).await.expect(200).text;
                for (n, times) in seen.iter_mut().enumerate() {
                    *times += usize::from(page.contains(&format!("Uji {:03}", n + 1)));
                }
                let (first, next) = links(&page);
                assert_eq!(first.as_deref(), (pages > 0).then_some(path), "{here}");
                if let Some(next) = &next {
                    assert!(next.starts_with(path), "{next} goes on from {here}");
                }
                (at, pages) = (next, pages + 1);
            }
            assert_eq!((pages, seen), (3, vec![1; ROWS]), "{path}");
        }
    }
);
