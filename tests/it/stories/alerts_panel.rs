//! Emergencies at the panel: on top of the board and of the ticket, decided there, seen without a reload.

use serde_json::json;

use crate::harness::{Browser, Chromium, PASSWORD, form, story};
use crate::stories::alerts::{admin, alerts_of, due, given, id, look_around, morning, number, open, overdue};

story!(
    /// The banner stands on the board and on the ticket with who could take the job; its buttons decide, and whoever
    /// is too late is told who was first.
    decided_on_the_board, morning(), world => {
        let basics = world.basics().await;
        let (budi, budis) = world.technician_with(1001, "Budi", json!({ "phone": "081299990001" })).await;
        let (andi, _) = world.technician(1002, "Andi").await;
        let (_, siti) = admin(&world, 5001, "Siti", true).await;
        let ticket = given(&world, &basics, "Internet mati total", &budi).await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let calm = browser.get("/panel").await.expect(200);
        assert!(!calm.text.contains("data-alarm") && !calm.text.contains("Darurat ·"), "{}", calm.text);

        let alert = overdue(&world, &ticket).await;
        let page = format!("/panel/tickets/{}", id(&ticket));
        for path in ["/panel", &page] {
            let seen = browser.get(path).await.expect(200);
            seen.says(&["(1) Darurat", "belum dimulai", number(&ticket), "Budi", "0812-9999-0001", "batas check-in 08.30 WIB",
                "Lanjut 15 mnt", "Lanjut 60 mnt", "Ganti TS", "Kembalikan ke war tiket", "data-sound"]);
            let part = browser.part(path).await.expect(200);
            part.says(&["data-alarm", "id=\"alarms\"", "data-count=\"1\"", "hx-swap-oob"]);
        }
        let event = browser.get(&page).await.expect(200);
        event.says(&["Terlambat dimulai"]);

        let door = format!("/panel/alerts/{}/decision", id(&alert));
        let odd = [("decision", "continue"), ("minutes", "17"), ("back", "/panel")];
        assert_eq!(browser.post(&door, &odd).await.expect(303).location, "/panel");
        assert!(open(&world, &ticket).await.is_some(), "nothing was decided");
        let more = [("decision", "continue"), ("minutes", "30"), ("back", page.as_str())];
        assert_eq!(browser.post(&door, &more).await.expect(303).location, page);
        let after = browser.get(&page).await.expect(200);
        after.says(&["Budi diberi waktu lagi.", "Dilanjutkan", "30 menit lagi"]);
        assert!(!after.text.contains("data-alarm"));
        let late = [("decision", "replace"), ("technician_id", id(&andi)), ("back", "https://elsewhere.example/")];
        assert_eq!(browser.post(&door, &late).await.expect(303).location, "/panel");
        browser.get("/panel").await.expect(200).says(&["Sudah diputuskan Rina"]);
        world.drained().await;
        siti.sees("dilanjutkan Rina").await;
        budis.sees("memberi Anda waktu").await;

        let alert = overdue(&world, &ticket).await;
        let door = format!("/panel/alerts/{}/decision", id(&alert));
        let other = [("decision", "replace"), ("technician_id", id(&andi)), ("back", "/panel")];
        browser.post(&door, &other).await.expect(303);
        browser.get("/panel").await.expect(200).says(&["Budi diganti."]);
        assert_eq!(world.look(&ticket).await["technician"]["id"], andi["id"]);
        assert_eq!(alerts_of(&world, &ticket).await[0]["decided_by"]["name"], "Rina");
        assert_eq!(browser.post("/panel/alerts/999/decision", &other).await.status.as_u16(), 404);
    }
);

story!(
    /// The board's filters are its address; counts, and the lists behind them, follow.
    the_board_by_filter, morning(), world => {
        let basics = world.basics().await;
        let (budi, _) = world.technician(1001, "Budi").await;
        let (andi, _) = world.technician(1002, "Andi").await;
        given(&world, &basics, "Punya Budi", &budi).await;
        given(&world, &basics, "Punya Andi", &andi).await;
        let mut later = form(&basics, "Untuk besok");
        later["visit_date"] = json!("2026-11-24");
        world.admin.post("tickets", later).await.expect(201);
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let all = browser.get("/panel").await.expect(200);
        all.says(&["Punya Budi", "Punya Andi", "Untuk besok", "/panel/tickets?status=assigned\" aria-label=\"2 tiket"]);
        let of_budi = browser.get(&format!("/panel?technician_id={}", id(&budi))).await.expect(200);
        of_budi.says(&["Punya Budi", &format!("hx-get=\"/panel?technician_id={}\"", id(&budi)),
            &format!("/panel/tickets?status=assigned&#38;technician_id={}\" aria-label=\"1 tiket", id(&budi))]);
        assert!(!of_budi.text.contains("Punya Andi") && !of_budi.text.contains("Untuk besok"));
        let tomorrow = browser.part("/panel?date=2026-11-24").await.expect(200);
        tomorrow.says(&["Untuk besok"]);
        assert!(!tomorrow.text.contains("Punya"));
        let words = browser.get("/panel?q=punya+andi").await.expect(200);
        words.says(&["Punya Andi", "value=\"punya andi\""]);
        assert!(!words.text.contains("Punya Budi"));
        browser.get("/panel?q=tidakada").await.expect(200).says(&["Hapus saringan"]);
        browser.get("/panel?date=besok&technician_id=x").await.expect(200).says(&["Punya Budi"]);
    }
);

story!(
    /// Looking on in a real browser: the banner and the tab's title come and go by themselves, at both widths.
    the_banner_comes_by_itself, morning(), world => {
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            let basics = world.basics().await;
            let (budi, _) = world.technician(1001, "Budi").await;
            world.technician(1002, "Andi").await;
            let ticket = given(&world, &basics, "Internet mati total", &budi).await;
            chromium.screen(1280, "light").await;
            chromium.go("/panel").await;
            chromium.write("#username", "rina").await;
            chromium.write("#password", PASSWORD).await;
            chromium.click("form.card button").await;
            chromium.find("[data-live][data-state=on]").await;
            chromium.is("(window.sameDocument = true)").await;
            assert_eq!(chromium.is("document.title.includes('Darurat')").await, false);

            world.clock.set(due(&world, &ticket).await);
            look_around(&world).await;
            chromium.until("document.querySelector('.alarm')?.innerText.includes('Budi') === true").await;
            chromium.until("document.title.startsWith('(1) Darurat')").await;
            assert_eq!(chromium.is("window.sameDocument").await, true, "the page was loaded again");
            for (width, light) in [(1280, "dark"), (390, "light")] {
                chromium.screen(width, light).await;
                chromium.is_sound(&format!("an emergency at {width}")).await;
            }
            chromium.screen(1280, "light").await;
            chromium.click(".alarm .decisions > button").await;
            chromium.find("dialog:popover-open input[type=radio]").await;
            chromium.is_sound("who else").await;
            chromium.click("dialog:popover-open .actions .primary").await;
            chromium.until("document.querySelector('.flash')?.innerText.includes('Budi diganti') === true").await;
            chromium.until("document.querySelector('.alarm') === null && !document.title.includes('Darurat')").await;
            world.drained().await;
            assert_eq!(world.look(&ticket).await["status"], "open");
            chromium.close().await;
        }
    }
);

story!(
    /// Twenty stand on the board, the longest overdue first; how many more there are is said, and leads to them.
    more_emergencies_than_the_board_shows, morning(), world => {
        let basics = world.basics().await;
        let (budi, _) = world.technician_with(1001, "Budi", json!({ "daily_quota": 50 })).await;
        let mut tickets = Vec::new();
        for n in 1..=22 {
            tickets.push(given(&world, &basics, &format!("Menunggu ke-{n}"), &budi).await);
        }
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let shown = |page: &str| page.matches("data-alarm=").count();
        let calm = browser.get("/panel").await.expect(200);
        assert!(shown(&calm.text) == 0 && !calm.text.contains("darurat lagi"), "{}", calm.text);

        world.clock.set(due(&world, &tickets[21]).await);
        look_around(&world).await;
        for seen in [browser.get("/panel").await, browser.part("/panel").await] {
            let seen = seen.expect(200);
            seen.says(&["Dan 2 darurat lagi.", "href=\"/panel/tickets?status=assigned\">Lihat tiketnya", "data-count=\"22\""]);
            assert_eq!(shown(&seen.text), 20);
        }
        browser.get("/panel/tickets?status=assigned").await.expect(200).says(&[number(&tickets[0]), number(&tickets[21])]);

        // The next one takes the place of one that was decided.
        for (ticket, left) in [(&tickets[0], Some("Dan 1 darurat lagi.")), (&tickets[1], None)] {
            let alert = open(&world, ticket).await.expect("open");
            let more = [("decision", "continue"), ("minutes", "60"), ("back", "/panel")];
            browser.post(&format!("/panel/alerts/{}/decision", id(&alert)), &more).await.expect(303);
            let seen = browser.get("/panel").await.expect(200);
            assert_eq!(shown(&seen.text), 20);
            match left {
                Some(words) => seen.says(&[words]),
                None => assert!(!seen.text.contains("darurat lagi"), "{}", seen.text),
            }
        }
    }
);
