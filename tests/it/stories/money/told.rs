//! Whether a customer hears of an invoice: what stops nobody's work, what the office hears instead, and what is not
//! said any more.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tanggap::app::invoices;

use crate::harness::{Setup, World, story};
use crate::stories::approval::{number, office, seller, submitted, technician};
use crate::stories::billing::{act, approved, known, path, pay};
use crate::stories::invoices::sales;
use crate::stories::registration::on_whatsapp;

fn morning() -> Setup {
    Setup {
        frozen: Some("2026-11-23T02:00:00Z"),
        ..on_whatsapp()
    }
}

fn by_itself() -> Setup {
    Setup {
        adjust: |config| config.billing.auto_send = true,
        ..morning()
    }
}

/// The same person once wrote from another number, and asked for silence there.
async fn silenced_elsewhere(world: &World, customer: &Value) {
    let id = customer["id"].as_str().expect("an id");
    world
        .order(&format!(
            "INSERT INTO contacts (customer_id, locale, stopped_at, created_at) \
             SELECT customer_id, locale, created_at, created_at FROM contacts WHERE customer_id = {id}"
        ))
        .await;
}

async fn reminded(world: &World) {
    invoices::remind(&world.running.app).await.expect("a look");
    world.drained().await;
}

story!(
    /// An old chat that asked for silence stops the messages, not the approval; and the office hears that once.
    one_silent_chat_stops_no_approval, by_itself(), world => {
        let agus = office(&world).await;
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, siti) = known(&world, 1, "Siti Aminah").await;
        let first = approved(&world, &maya, &customer, "AC bocor").await;
        siti.hears(first["number"].as_str().expect("a number")).await;
        world.drained().await;
        assert_eq!(agus.count("belum diberi tahu").await, 0);

        silenced_elsewhere(&world, &customer).await;
        // The earlier message is not taken for this one.
        let again = act(&world.admin, &first, "send", json!({})).await;
        assert_eq!((&again["state"], &again["fault"]), (&json!("failed"), &json!("stopped")));
        let second = approved(&world, &maya, &customer, "AC mati").await;
        assert_eq!(second["state"], "sent");
        let told = agus.sees("belum diberi tahu").await.to_string();
        assert!(told.contains(second["number"].as_str().expect("a number")), "{told}");
        assert!(told.contains("ia meminta tidak dikirimi pesan"), "{told}");
        act(&world.admin, &second, "link", json!({ "send": true })).await;
        world.drained().await;
        assert_eq!(siti.count(second["number"].as_str().expect("a number")).await, 0);

        // What is due is noted as given each time, and told as not given once.
        pay(&world, &first, 250_000).await;
        world.clock.advance(TimeDelta::days(14));
        reminded(&world).await;
        agus.sees("tidak diingatkan").await;
        world.clock.advance(TimeDelta::days(3));
        reminded(&world).await;
        assert_eq!(world.number("SELECT COUNT(*) FROM invoice_reminders").await, 2);
        assert_eq!(agus.count("tidak diingatkan").await, 1);
    }
);

story!(
    /// Without the channel an invoice that sends itself is sent all the same, and the office hears that it was not heard.
    what_sends_itself_without_a_channel, Setup { whatsapp: false, adjust: |config| config.billing.auto_send = true, ..Setup::default() }, world => {
        technician(&world).await;
        let agus = office(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        let waits = submitted(&world, "AC bocor").await;
        let sent = act(&maya.api, &waits, "approve", json!({ "version": waits["version"] })).await;
        assert_eq!(sent["state"], "sent");
        let told = agus.sees("belum diberi tahu").await.to_string();
        assert!(told.contains(&number(&sent)) && told.contains("WhatsApp belum dipasang"), "{told}");
    }
);

/// Says that the newest message of a kind failed, and tries it again; answers the status.
async fn again(world: &World, kind: &str) -> u16 {
    world.drained().await;
    let newest = world
        .number(&format!("SELECT MAX(id) FROM outbox WHERE kind = '{kind}'"))
        .await;
    world
        .order(&format!("UPDATE outbox SET state = 'failed' WHERE id = {newest}"))
        .await;
    let retry = format!("deliveries/{newest}/retry");
    let answer = world.admin.post(&retry, json!({})).await;
    world.drained().await;
    answer.status.as_u16()
}

story!(
    /// A failed message goes again while what it says holds: not with a dead link, nor of what is paid, open again or void.
    what_no_longer_holds_is_not_sent_again, morning(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, _) = known(&world, 1, "Siti Aminah").await;
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        act(&world.admin, &invoice, "send", json!({})).await;
        assert_eq!(again(&world, "bill_issued").await, 200);
        act(&world.admin, &invoice, "link", json!({})).await;
        assert_eq!(again(&world, "bill_issued").await, 409, "its link is dead");
        act(&world.admin, &invoice, "send", json!({})).await;
        assert_eq!(again(&world, "bill_issued").await, 200);
        world.clock.advance(TimeDelta::days(14));
        reminded(&world).await;
        assert_eq!(again(&world, "bill_reminder").await, 200);
        pay(&world, &invoice, 250_000).await;
        assert_eq!(again(&world, "bill_reminder").await, 409, "it is paid");
        assert_eq!(again(&world, "bill_settled").await, 200);
        let paid = world.admin.get(&path(&invoice, "")).await.expect(200);
        let back = format!("payments/{}/reverse", paid["payments"][0]["id"].as_str().expect("an id"));
        act(&world.admin, &invoice, &back, json!({ "reason": "salah catat" })).await;
        assert_eq!(again(&world, "bill_settled").await, 409, "it is open again");
        assert_eq!(again(&world, "bill_reminder").await, 200);
        act(&world.admin, &invoice, "void", json!({ "reason": "salah harga" })).await;
        assert_eq!(again(&world, "bill_reminder").await, 409, "it is void");
        assert_eq!(again(&world, "bill_issued").await, 409);
    }
);

story!(
    /// Paid before it was ever sent, and the payment taken back: it is owed like any other, reminded of, and sent.
    what_was_never_sent_is_reminded_of, morning(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, siti) = known(&world, 1, "Siti Aminah").await;
        let mut all = Vec::new();
        for problem in ["AC bocor", "AC mati"] {
            let invoice = approved(&world, &maya, &customer, problem).await;
            pay(&world, &invoice, 250_000).await;
            let paid = world.admin.get(&path(&invoice, "")).await.expect(200);
            let back = format!("payments/{}/reverse", paid["payments"][0]["id"].as_str().expect("an id"));
            act(&world.admin, &invoice, &back, json!({ "reason": "salah catat" })).await;
            all.push(invoice);
        }
        let sent = "SELECT COUNT(*) FROM invoices WHERE sent_at IS NOT NULL";
        assert_eq!(world.number(sent).await, 0);
        act(&world.admin, &all[0], "send", json!({})).await;
        assert_eq!(world.number(sent).await, 1);
        let resent = world.admin.get(&path(&all[0], "")).await.expect(200);
        assert_eq!(resent["revisions"].as_array().and_then(|all| all.last()).expect("one")["what"], "sent");
        world.clock.advance(TimeDelta::days(14));
        reminded(&world).await;
        for invoice in &all {
            let number = invoice["number"].as_str().expect("a number");
            siti.waits_for_count("jatuh tempo pada", 2).await;
            siti.hears(number).await;
        }
        assert_eq!(world.number("SELECT COUNT(*) FROM invoice_reminders").await, 2);
    }
);
