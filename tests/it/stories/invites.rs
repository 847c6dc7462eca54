//! Invites: one link, one account, and the person's own phone where one is on file.

use serde_json::{Value, json};

use crate::harness::{Setup, World, story};

/// An account without Telegram, and the code of an invite for it.
async fn invited(world: &World, username: &str, phone: Option<&str>) -> (Value, String) {
    let form = json!({
        "username": username, "name": "Dewi", "role": "technician", "password": "sandi sementara", "phone": phone,
    });
    let account = world.admin.post("users", form).await.expect(201);
    let code = invite(world, &account).await;
    (account, code)
}

async fn invite(world: &World, account: &Value) -> String {
    let path = format!("users/{}/invite", account["id"].as_str().expect("an id"));
    let answer = world.admin.post(&path, json!({})).await;
    assert!(answer.status.is_success(), "{}", answer.body);
    let link = answer.body["link"].as_str().expect("a link").to_owned();
    let code = link.split_once("?start=").expect("a start link").1.to_owned();
    assert!(code.starts_with("inv_") && code.len() <= 64, "{code}");
    code
}

async fn linked(world: &World, account: &Value) -> bool {
    let path = format!("users/{}", account["id"].as_str().expect("an id"));
    world.admin.get(&path).await.expect(200)["telegram_linked"] == json!(true)
}

story!(
    /// Without a phone on file the link is enough, once.
    a_link_works_once, world => {
        let (account, code) = invited(&world, "dewi", None).await;
        let dewi = world.phone(3001, "Dewi", false).await;
        dewi.start(&code).await;
        dewi.sees("Akun tertaut").await;
        assert!(linked(&world, &account).await);
        let thief = world.phone(3002, "Maling", false).await;
        thief.start(&code).await;
        thief.sees("sudah dipakai").await;
        thief.start("inv_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await;
        thief.sees("tidak kami kenal").await;
        thief.write("/tersedia").await;
        thief.sees("belum tertaut").await;
        world.drained().await;
        let menu = world.sim_get("people/3001").await["menu"].to_string();
        assert!(menu.contains("tersedia") && menu.contains("tugas"), "{menu}");
    }
);

story!(
    /// With a phone on file only the person's own contact with that number links.
    the_phone_on_file_must_be_shown, world => {
        let (account, code) = invited(&world, "dewi", Some("0812-0000-3001")).await;
        let dewi = world.phone(3001, "Dewi", false).await;
        dewi.start(&code).await;
        dewi.sees("bagikan nomor").await;
        dewi.write("081200003001").await;
        dewi.sees("Tekan tombol").await;
        let others = json!({ "phone_number": "628120000003001", "first_name": "Lain", "user_id": 9 });
        dewi.act("contact", others).await;
        dewi.sees("kontak orang lain").await;
        assert!(!linked(&world, &account).await);
        let own = json!({ "phone_number": "6281200003001", "first_name": "Dewi", "user_id": 3001 });
        dewi.act("contact", own).await;
        dewi.sees("Akun tertaut").await;
        assert!(linked(&world, &account).await);
    }
);

story!(
    /// A contact with another number does not link, and the admin hears of it.
    another_number_is_refused_and_told, world => {
        let boss = world.phone(5001, "Rina", true).await;
        let rina = world.admin.get("auth/me").await.expect(200);
        let path = format!("users/{}", rina["id"].as_str().expect("an id"));
        world.admin.patch(&path, json!({ "telegram_id": 5001 })).await.expect(200);
        let (account, code) = invited(&world, "dewi", Some("081299999999")).await;
        let dewi = world.phone(3001, "Dewi", false).await;
        dewi.start(&code).await;
        dewi.sees("bagikan nomor").await;
        dewi.act("contact", json!({ "phone_number": "6281200003001", "first_name": "D", "user_id": 3001 })).await;
        dewi.sees("tidak sama").await;
        boss.sees("Dewi").await;
        assert!(!linked(&world, &account).await);
    }
);

story!(
    /// After 72 hours a link is worth nothing; a newer one ends the older.
    links_expire_and_give_way,
    Setup { frozen: Some("2026-11-22T03:00:00Z"), ..Setup::default() },
    world => {
        let (account, old) = invited(&world, "dewi", None).await;
        let new = invite(&world, &account).await;
        let dewi = world.phone(3001, "Dewi", false).await;
        dewi.start(&old).await;
        dewi.sees("sudah dipakai").await;
        world.clock.advance(chrono::Duration::hours(73));
        dewi.start(&new).await;
        dewi.sees("kedaluwarsa").await;
        assert!(!linked(&world, &account).await);
    }
);

story!(
    /// A Telegram account belongs to one person.
    one_account_one_person, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let (account, code) = invited(&world, "dewi", None).await;
        budi.start(&code).await;
        budi.sees("sudah tertaut atas nama").await;
        assert!(!linked(&world, &account).await);
        let typed = json!({ "telegram_id": 1001 });
        let path = format!("users/{}", account["id"].as_str().expect("an id"));
        let refused = world.admin.patch(&path, typed).await;
        assert_eq!(refused.body["errors"][0]["field"], "telegram_id");
        assert_eq!(refused.problem(422), "invalid");
    }
);
