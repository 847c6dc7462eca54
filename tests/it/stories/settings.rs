//! What the company decides: changed in the panel, in force at once and everywhere, and the way back to the file.

use serde_json::{Value, json};
use tanggap::runtime::doctor;

use crate::harness::{Browser, PASSWORD, Setup, World, story};
use crate::stories::tickets::day;

/// The version that the form of a section was read at.
pub(crate) fn version(text: &str) -> String {
    let mark = "name=\"version\" value=\"";
    let begin = text.find(mark).expect("a version") + mark.len();
    text[begin..].chars().take_while(char::is_ascii_digit).collect()
}

/// The last change of the settings that was written down.
async fn written(world: &World) -> Value {
    let audit = world.admin.get("audit?limit=1").await.expect(200);
    audit["data"][0].clone()
}

story!(
    /// A change is in force in the next deed, is written down with what was before, and goes back to the file's value.
    what_an_admin_decides_holds_at_once, world => {
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let basics = world.basics().await;
        world.technician(1001, "Budi").await;
        let date = day(&world, 3);
        let at = "/panel/settings/dispatch";
        let page = browser.get(at).await.expect(200);
        assert!(!page.text.contains("name=\"reset\""), "nothing was changed yet");

        // Wrong: told at the field, and what was typed is still there.
        let first = version(&page.text);
        let wrong = browser.post(at, &[("version", &first), ("dispatch.daily_quota", "1001")]).await.expect(422);
        wrong.says(&["id=\"dispatch.daily_quota-error\"", "value=\"1001\"", "href=\"#dispatch.daily_quota\""]);
        browser.post(at, &[("version", &first), ("dispatch.daily_quota", "banyak")]).await.expect(422)
            .says(&["value=\"banyak\"", "Bukan angka"]);

        browser.post(at, &[("version", &first), ("dispatch.daily_quota", "1")]).await.expect(303);
        let quota = world.admin.get(&format!("quota?date={date}")).await.expect(200);
        assert_eq!(quota["capacity"], json!(1));
        let form = json!({ "customer_id": basics.0["id"], "service_id": basics.1["id"], "problem": "Satu saja",
            "visit_date": date });
        world.admin.post("tickets", form.clone()).await.expect(201);
        assert_eq!(world.admin.post("tickets", form).await.problem(409), "quota-exhausted");

        // A colleague who read before that is told, sees what holds now, and keeps what he typed.
        let late = browser.post(at, &[("version", &first), ("dispatch.daily_quota", "9")]).await.expect(422);
        late.says(&["value=\"9\"", "Sekarang berlaku: 1", "role=\"alert\""]);
        assert_eq!(world.running.app.settings().dispatch.daily_quota, 1, "nothing was overwritten");

        let page = browser.get(at).await.expect(200);
        page.says(&["Kembali ke: 4"]);
        let found = doctor::examine(&world.config).await;
        assert!(found.iter().any(|finding| finding.words.contains("dispatch.daily_quota")));
        let back = [("version", version(&page.text)), ("reset", "dispatch.daily_quota".to_owned())];
        let back: Vec<(&str, &str)> = back.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(at, &back).await.expect(303);
        assert_eq!(world.running.app.settings().dispatch.daily_quota, 4);
        let entry = written(&world).await;
        assert_eq!((&entry["action"], &entry["channel"]), (&json!("settings_changed"), &json!("panel")));
        assert_eq!(entry["actor"]["name"], json!("Rina"));
        let change = json!([{ "setting": "dispatch.daily_quota", "from": 1, "to": 4, "file": true }]);
        assert_eq!(entry["detail"]["changes"], change);
    }
);

story!(
    /// Every kind of value: lines, switches, hours, a QRIS with its picture, tiles that the policy follows.
    every_kind_of_setting_is_changed, world => {
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let company = "/panel/settings/company";
        let page = browser.get("/panel/settings").await.expect(200);
        page.says(&["aria-current=\"true\">Perusahaan", "PT Uji Coba"]);
        let at = version(&page.text);
        let bad = [("version", at.as_str()), ("company.name", " "), ("company.code", "tgp"), ("company.quiet_hours", "malam"),
            ("company.qris", "000201"), ("company.privacy_url", "privasi")];
        let wrong = browser.post(company, &bad).await.expect(422);
        for field in ["name", "code", "quiet_hours", "qris", "privacy_url"] {
            wrong.says(&[&format!("id=\"company.{field}-error\"")]);
        }
        let banks = "BCA 111 a.n. PT Uji\r\n\r\n Mandiri 222 a.n. PT Uji ";
        let good = [("version", at.as_str()), ("company.name", "PT Baru"), ("company.bank_accounts", banks),
            ("company.vat_registered", "true"), ("company.quiet_hours", ""), ("company.qris", crate::stories::invoice_page::QRIS)];
        browser.post(company, &good).await.expect(303);
        let settings = world.running.app.settings();
        assert_eq!(settings.company.bank_accounts, ["BCA 111 a.n. PT Uji", "Mandiri 222 a.n. PT Uji"]);
        assert!(settings.company.vat_registered && settings.company.quiet_hours.is_none());
        assert_eq!(settings.company.cs_hours, world.config.company.cs_hours, "what had no field stays");
        browser.get(company).await.expect(200).says(&["PT Baru", "class=\"qr\"", "Kembali ke: PT Uji Coba"]);

        // One goes back; what else was typed meanwhile is still there, and said not to be saved.
        let at = version(&browser.get(company).await.text);
        let back = [("version", at.as_str()), ("reset", "company.name"), ("company.name", "PT Baru"),
            ("company.address", "Jl. Belum Disimpan 1"), ("company.vat_registered", "true")];
        browser.post(company, &back).await.expect(200).says(&["value=\"PT Uji Coba\"", "Jl. Belum Disimpan 1", "belum disimpan"]);
        assert_eq!(world.running.app.settings().company.address, "");

        let tiles = [("version", "0"), ("map.tile_url", "https://tiles.example.com/{z}/{x}/{y}.png")];
        browser.post("/panel/settings/map", &tiles).await.expect(303);
        let policy = browser.get("/panel").await.expect(200);
        let policy = policy.headers["content-security-policy"].to_str().expect("a policy");
        assert!(policy.contains("img-src 'self' data: https://tiles.example.com;"), "{policy}");
        assert_eq!(browser.get("/panel/settings/telegram").await.status.as_u16(), 404);
    }
);

story!(
    /// What the environment gave is shown, and refused whoever asks.
    what_the_environment_gave_is_fixed,
    Setup {
        adjust: |config| {
            config.visit.radius_meters = 99;
            config.fixed_by_environment.insert("visit.radius_meters".to_owned());
        },
        ..Setup::default()
    },
    world => {
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let at = "/panel/settings/visit";
        browser.get(at).await.expect(200).says(&["Ditetapkan oleh environment", "max=\"100000\" required disabled"]);
        let forged = [("version", "0"), ("visit.radius_meters", "50")];
        browser.post(at, &forged).await.expect(422).says(&["visit.radius_meters ditetapkan oleh environment"]);
        let other = [("version", "0"), ("visit.checkin_grace_minutes", "45")];
        browser.post(at, &other).await.expect(303);
        let settings = world.running.app.settings();
        assert_eq!((settings.visit.radius_meters, settings.visit.checkin_grace_minutes), (99, 45));
    }
);

story!(
    /// Another process hears of a change; one that hears nothing decides by it all the same.
    a_change_reaches_every_process, world => {
        // SQLite is one process by its nature.
        if !world.backend.is_sqlite() {
            let basics = world.basics().await;
            world.technician(1001, "Budi").await;
            let hearing = world.second().await;
            let mut alone = world.config.clone();
            alone.redis.url = None;
            let deaf = world.second_with(alone).await;
            let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
            let none = [("version", "0"), ("dispatch.daily_quota", "0")];
            browser.post("/panel/settings/dispatch", &none).await.expect(303);
            let form = crate::harness::form(&basics, "Tidak ada tempat");
            assert_eq!(deaf.admin.post("tickets", form).await.problem(409), "quota-exhausted");
            for process in [&hearing, &deaf] {
                world.eventually("the other process has the new quota", || async {
                    process.running.app.settings().dispatch.daily_quota == 0
                }).await;
            }
            hearing.running.stop().await;
            deaf.running.stop().await;
        }
    }
);

story!(
    /// A month at a glance: what is free on each date, who works on one of them, and a ticket one click away.
    the_quota_of_a_month_is_seen, world => {
        let basics = world.basics().await;
        let (budi, _) = world.technician_with(1001, "Budi", json!({ "daily_quota": 2 })).await;
        let date = day(&world, 3);
        let form = json!({ "customer_id": basics.0["id"], "service_id": basics.1["id"], "problem": "Besok lusa",
            "visit_date": date });
        world.admin.post("tickets", form).await.expect(201);
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = browser.get(&format!("/panel/quota/calendar?date={date}")).await.expect(200);
        let ticket = format!("/panel/tickets/new?visit_date={date}");
        let own = format!("/panel/tickets?date={date}&amp;technician_id={}", budi["id"].as_str().expect("an id"));
        page.says(&["1 dari 2 tempat terpakai", "Sisa 1", "aria-current=\"date\"", &ticket, &own, "Budi", "rel=\"next\""]);
        browser.get(&ticket).await.expect(200).says(&[&format!("value=\"{date}\"")]);
        let next = browser.get("/panel/quota/calendar?month=2027-02").await.expect(200);
        next.says(&["Februari 2027", "month=2027-01", "month=2027-03"]);
        browser.get("/panel/quota/calendar?month=bulan&date=kapan").await.expect(200);
    }
);
