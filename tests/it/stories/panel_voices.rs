//! What customers report, say and think, as the office sees it and answers it.

use crate::harness::{Browser, PASSWORD, Setup, story};

/// The first address on a page that begins so, and ends in a number.
fn address(page: &str, begin: &str) -> String {
    let quoted = page.split('"').filter(|text| text.starts_with(begin));
    let is_one = |text: &&str| text[begin.len()..].parse::<u64>().is_ok();
    quoted.into_iter().find(is_one).expect("an address").to_owned()
}

story!(
    /// A report is read, answered in its chat, and becomes a ticket; the chat is taken over and given back.
    a_report_on_the_page, Setup { whatsapp: true, ..Setup::default() }, world => {
        let (_, service) = world.basics().await;
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
        seen.says(&["WhatsApp", "Lampu LOS-nya merah atau mati?", "Kabar tiket dibuat", "Internet mati, lampu LOS merah"]);
        let write = seen.text.split('"').find(|text| text.ends_with("/write")).expect("she may be written to").to_owned();
        browser.post(&write, &[("back", &page), ("text", "Teknisi kami datang pukul dua.")]).await.expect(303);
        siti.hears("Teknisi kami datang pukul dua.").await;
        browser.get("/panel/ratings").await.expect(200).says(&["Belum ada penilaian", "30 hari"]);
        browser.get("/panel/ratings?from=2020-01-01&to=kemarin&technician_id=9").await.expect(200);
        browser.get("/panel/requests/99999").await.expect(404);
    }
);
