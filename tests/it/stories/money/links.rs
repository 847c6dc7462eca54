//! Another link for an invoice: the old one shows nothing, what had not gone goes with the new one, and it is told.

use serde_json::{Value, json};

use crate::harness::{Browser, PASSWORD, Setup, story};
use crate::stories::billing::{act, approved, known, path, pay};
use crate::stories::invoices::sales;
use crate::stories::panel::deeds;
use crate::stories::registration::on_whatsapp;

fn morning() -> Setup {
    Setup {
        frozen: Some("2026-11-23T02:00:00Z"),
        ..on_whatsapp()
    }
}

story!(
    /// By the panel, with and without a message; by the API; and never for what is not approved or void.
    a_link_is_replaced, morning(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, siti) = known(&world, 1, "Siti Aminah").await;
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        act(&world.admin, &invoice, "send", json!({})).await;
        let first = invoice["link"].as_str().expect("a link").to_owned();
        let token = |link: &str| link.rsplit('/').next().expect("a token").to_owned();
        let number = invoice["number"].as_str().expect("a number");
        siti.hears(number).await;
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = format!("/panel/invoices/{}", invoice["id"].as_str().expect("an id"));
        browser.get(&page).await.expect(200).says(&["popovertarget=\"renew\"", "Ganti tautan",
            "Tautan lama langsung tidak berlaku", "Kirim tautan baru ke WhatsApp"]);
        let look = async || world.admin.get(&path(&invoice, "")).await.expect(200);
        let opens = async |link: &str| world.http.get(link).send().await.expect("an answer").status().as_u16();

        // Without a message: the page says that the customer does not know.
        assert_eq!(browser.post(&format!("{page}/link"), &[]).await.expect(303).location, page);
        browser.get(&page).await.expect(200).says(&["Pelanggan belum diberi tahu", "Tautan invoice diganti"]);
        let second = look().await["link"].as_str().expect("a link").to_owned();
        assert_ne!(second, first);
        assert_eq!((opens(&first).await, opens(&second).await), (410, 200));
        world.drained().await;
        assert_eq!(siti.count(number).await, 1, "nobody was told");

        // With one: she has the newest link, and each older one is dead.
        browser.post(&format!("{page}/link"), &[("send", "true")]).await.expect(303);
        browser.get(&page).await.expect(200).says(&["yang baru dikirim ke WhatsApp"]);
        let third = look().await["link"].as_str().expect("a link").to_owned();
        world.drained().await;
        siti.waits_for_count(number, 2).await;
        assert!(siti.heard().await.last().expect("a message").to_string().contains(&token(&third)));
        assert_eq!((opens(&second).await, opens(&third).await), (410, 200));
        assert_eq!(deeds(&world, "invoice_link_renewed").await, 2);

        // By the API; and a paid one, too.
        let fourth = act(&world.admin, &invoice, "link", json!({})).await;
        assert_eq!(maya.post(&path(&invoice, "link"), json!({})).await.problem(403), "forbidden");
        pay(&world, &invoice, 250_000).await;
        let fifth = act(&world.admin, &invoice, "link", json!({})).await;
        assert_ne!(fourth["link"], fifth["link"]);
        assert_eq!(fifth["state"], "paid");

        let draft = approved(&world, &maya, &customer, "AC mati").await;
        act(&world.admin, &draft, "void", json!({ "reason": "salah harga" })).await;
        assert_eq!(world.admin.post(&path(&draft, "link"), json!({})).await.problem(409), "wrong-state");
        let shown = browser.get(&format!("/panel/invoices/{}", draft["id"].as_str().expect("an id"))).await.expect(200);
        assert!(!shown.text.contains("popovertarget=\"renew\""));
    }
);

story!(
    /// In the night the message waits: a new link takes its place in it, without being asked to.
    what_has_not_gone_goes_with_the_new_link, crate::stories::money::rules::quiet(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, siti) = known(&world, 1, "Siti Aminah").await;
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        world.clock.advance(chrono::TimeDelta::hours(13));
        act(&world.admin, &invoice, "send", json!({})).await;
        let waiting = "SELECT COUNT(*) FROM outbox WHERE kind = 'bill_issued' AND state = 'queued'";
        assert_eq!(world.number(waiting).await, 1);
        let renewed = act(&world.admin, &invoice, "link", json!({})).await;
        assert_eq!(world.number(waiting).await, 1, "it still goes, once");
        world.clock.advance(chrono::TimeDelta::hours(12));
        world.drained().await;
        let heard = siti.hears(invoice["number"].as_str().expect("a number")).await.to_string();
        let token = |invoice: &Value| invoice["link"].as_str().and_then(|link| link.rsplit('/').next()).expect("a token").to_owned();
        assert!(heard.contains(&token(&renewed)) && !heard.contains(&token(&invoice)), "{heard}");
    }
);

story!(
    /// Thanks that wait for the morning, too, lead to the page by its new link, and name the time of the payment.
    thanks_go_with_the_new_link, crate::stories::money::rules::quiet(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, siti) = known(&world, 1, "Siti Aminah").await;
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        act(&world.admin, &invoice, "send", json!({})).await;
        world.clock.advance(chrono::TimeDelta::hours(13));
        pay(&world, &invoice, 250_000).await;
        world.clock.advance(chrono::TimeDelta::hours(1));
        let renewed = act(&world.admin, &invoice, "link", json!({})).await;
        let waiting = "SELECT COUNT(*) FROM outbox WHERE kind = 'bill_settled' AND state = 'queued'";
        assert_eq!(world.number(waiting).await, 1, "they still go, once");
        let token = |invoice: &Value| invoice["link"].as_str().and_then(|link| link.rsplit('/').next()).expect("a token").to_owned();
        let said = |words: &str| format!("SELECT COUNT(*) FROM outbox WHERE kind = 'bill_settled' AND state = 'queued' AND payload LIKE '%{words}%'");
        assert_eq!(world.number(&said(&token(&renewed))).await, 1);
        assert_eq!(world.number(&said("22.00")).await, 1, "it was paid at ten");
        world.clock.advance(chrono::TimeDelta::hours(12));
        world.drained().await;
        let heard: Vec<String> = siti.heard().await.iter().map(ToString::to_string).collect();
        assert_eq!(heard.iter().filter(|one| one.contains(&token(&renewed))).count(), 1, "{heard:#?}");
    }
);
