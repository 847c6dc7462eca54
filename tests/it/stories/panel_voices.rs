//! What customers report, say and think, as the office sees it and answers it.

use serde_json::json;
use tanggap::app::{channels, ratings};

use crate::harness::{Browser, PASSWORD, Setup, story};
use crate::stories::documents::stands;

/// The first address on a page that begins so, and ends in a number.
fn address(page: &str, begin: &str) -> String {
    let quoted = page.split('"').filter(|text| text.starts_with(begin));
    let is_one = |text: &&str| text[begin.len()..].parse::<u64>().is_ok();
    quoted.into_iter().find(is_one).expect("an address").to_owned()
}

/// On WhatsApp, which wakes nobody at night; whoever runs the story may do so then.
fn at_any_hour() -> Setup {
    Setup {
        whatsapp: true,
        adjust: |config| config.company.quiet_hours = None,
        ..Setup::default()
    }
}

story!(
    /// A report is read, answered in its chat, and becomes a ticket; the chat is taken over and given back.
    a_report_on_the_page, at_any_hour(), world => {
        let (_, service) = world.basics().await;
        world.technician(1001, "Budi").await;
        let siti = world.customer(1, "Siti").await;
        siti.says("DAFTAR#Siti Aminah#Jl. Anggrek 5, Sukajadi, Bandung#081200000001").await;
        siti.hears("Pendaftaran berhasil").await;
        siti.says("lapor Internet mati sejak pagi").await;
        siti.presses("Kirim laporan").await;
        siti.hears("Laporan diterima").await;

        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let list = browser.get("/panel/requests").await.expect(200);
        list.says(&["Internet mati sejak pagi", "Laporan gangguan", "Baru", "Siti Aminah", "count hot"]);
        let page = address(&list.text, "/panel/requests/");
        let seen = browser.get(&page).await.expect(200);
        seen.says(&["Buat tiket", "Jl. Anggrek 5", "Dijawab bot", "lapor Internet mati sejak pagi", "Ambil alih"]);

        let none = browser.post(&format!("{page}/answer"), &[("text", " ")]).await.expect(422);
        none.says(&["id=\"text-error\"", "href=\"#text\""]);
        let done = browser.post(&format!("{page}/answer"), &[("text", "Lampu LOS-nya merah atau mati?")]).await.expect(303);
        assert_eq!(done.location, page);
        siti.hears("Lampu LOS-nya merah atau mati?").await;
        browser.get(&page).await.expect(200).says(&["dijawab.", "Kantor sampai", "Lampu LOS-nya merah", "Kembalikan ke bot"]);
        let chat = browser.get(&page).await.expect(200).text;
        let give = chat.split('"').find(|text| text.starts_with("/panel/chats/") && text.ends_with("/give"));
        let give = give.expect("it may be given back").to_owned();
        let given = browser.post(&give, &[("back", &page)]).await.expect(303);
        assert_eq!(given.location, page);
        browser.get(&page).await.expect(200).says(&["Bot menjawab lagi", "Dijawab bot"]);

        let short = browser.post(&format!("{page}/dismiss"), &[("reason", "x")]).await.expect(422);
        short.says(&["id=\"reason-error\"", "popover aria-labelledby=\"dismiss-title\" open"]);
        let none = browser.post(&format!("{page}/ticket"), &[("service_id", "")]).await.expect(422);
        none.says(&["id=\"service_id-error\""]);
        let look = browser.post(&format!("{page}/ticket"), &[("intent", "look")]).await.expect(200);
        look.says(&["Buat tiket"]);
        let id = service["id"].as_str().expect("an id");
        let form = [("service_id", id), ("problem", "Internet mati, lampu LOS merah")];
        let made = browser.post(&format!("{page}/ticket"), &form).await.expect(303);
        assert!(made.location.starts_with("/panel/tickets/"), "{}", made.location);
        siti.hears("sudah dibuat dari laporan LAP-").await;
        browser.get(&page).await.expect(200).says(&["Jadi tiket", "Buka tiket"]);
        browser.get("/panel/requests?state=accepted").await.expect(200).says(&["Internet mati sejak pagi"]);
        browser.get("/panel/requests").await.expect(200).says(&["Tidak ada laporan baru"]);

        let customer = world.admin.get("customers?q=Siti").await.expect(200)["data"][0].clone();
        let page = format!("/panel/customers/{}", customer["id"].as_str().expect("an id"));
        let seen = browser.get(&page).await.expect(200);
        seen.says(&["WhatsApp", "Lampu LOS-nya merah atau mati?", "sudah dibuat dari laporan LAP-", "Kirim laporan · Tambah foto · Batal", "Internet mati, lampu LOS merah"]);
        let write = seen.text.split('"').find(|text| text.ends_with("/write")).expect("she may be written to").to_owned();
        browser.post(&write, &[("back", &page), ("text", "Teknisi kami datang pukul dua.")]).await.expect(303);
        siti.hears("Teknisi kami datang pukul dua.").await;
        browser.get("/panel/ratings").await.expect(200).says(&["Belum ada penilaian", "30 hari"]);
        browser.get("/panel/ratings?from=2020-01-01&to=kemarin&technician_id=9").await.expect(200);
        browser.get("/panel/requests/99999").await.expect(404);
    }
);

story!(
    /// Stars are added up by person and listed with what was said; a channel that stopped is told on every page.
    stars_and_alarms_on_the_page, at_any_hour(), world => {
        let (budi, _) = world.technician(1001, "Budi").await;
        let basics = world.basics().await;
        let ticket = world.ticket(&basics, "AC tidak dingin").await;
        let id = ticket["id"].as_str().expect("an id");
        let given = json!({ "technician_id": budi["id"] });
        world.admin.post(&format!("tickets/{id}/assign"), given).await.expect(200);
        stands(&world, &ticket, "done").await;
        world.admin.post(&format!("tickets/{id}/close"), json!({ "reason": "Garansi" })).await.expect(200);
        let app = &world.running.app;
        let asked = ratings::of_ticket(app, id.parse().expect("an id")).await.expect("read").expect("asked");
        let stars = ratings::Answer {
            technician_stars: Some(2),
            cs_stars: Some(5),
            comment: Some("Datang terlambat, <tanpa> kabar".to_owned()),
        };
        ratings::rate_by_token(app, &asked.token, stars).await.expect("given");

        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let recap = browser.get("/panel/ratings").await.expect(200);
        recap.says(&["Budi", "2,00", "Rina", "5,00", "&#60;tanpa&#62; kabar", "Perlu dilihat", "1 penilaian"]);
        let own = format!("/panel/ratings?technician_id={}", budi["id"].as_str().expect("an id"));
        browser.get(&own).await.expect(200).says(&["Penilaian untuk Budi", "Datang terlambat"]);
        let past = browser.get("/panel/ratings?from=2020-01-01&to=2020-01-31").await.expect(200);
        past.says(&["Belum ada penilaian"]);

        // What is on its way would wait for a channel that has stopped.
        world.drained().await;
        channels::stop(app, "whatsapp", "payment", "no means of payment".to_owned()).await.expect("stopped");
        browser.get("/panel/customers").await.expect(200).says(&["WhatsApp berhenti mengirim sejak", "banner emergency"]);
    }
);
