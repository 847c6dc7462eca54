//! The customer's side of an invoice in the chat: it is sent, it is paid, and he hears of each once.

use serde_json::{Value, json};
use tanggap::config::Config;

use crate::harness::{Api, Setup, World, story};
use crate::stories::invoices::sales;
use crate::stories::registration::on_whatsapp;
use crate::stories::reporting::finished;

/// A company with a number that customers write to, on a morning in Jakarta.
fn morning() -> Setup {
    Setup {
        frozen: Some("2026-11-23T02:00:00Z"),
        ..on_whatsapp()
    }
}

fn by_itself(config: &mut Config) {
    config.billing.auto_send = true;
}

/// An invoice of 250,000 for this customer that sales have approved.
pub(crate) async fn approved(world: &World, maya: &Api, customer: &Value, problem: &str) -> Value {
    let list = world.admin.get("users?role=technician").await.expect(200);
    let budi = match list["data"].as_array().and_then(|all| all.first()) {
        Some(budi) => budi.clone(),
        None => {
            world
                .technician_with(1001, "Budi", json!({ "daily_quota": 20 }))
                .await
                .0
        }
    };
    let service = json!({ "name": format!("Servis {problem}"), "base_price": 250_000 });
    let service = world.admin.post("services", service).await.expect(201);
    let form = json!({ "customer_id": customer["id"], "service_id": service["id"], "problem": problem });
    let ticket = world.admin.post("tickets", form).await.expect(201);
    let path = |end: &str| format!("tickets/{}/{end}", ticket["id"].as_str().expect("an id"));
    let given = json!({ "technician_id": budi["id"] });
    world.admin.post(&path("assign"), given).await.expect(200);
    finished(world, &ticket).await;
    let draft = world.admin.post(&path("invoice"), json!({})).await.expect(201);
    let submitted = act(&world.admin, &draft, "submit", json!({})).await;
    act(
        maya,
        &draft,
        "approve",
        json!({ "version": submitted["version"] }),
    )
    .await
}

/// Does something to an invoice; answers what came of it.
pub(crate) async fn act(who: &Api, invoice: &Value, verb: &str, form: Value) -> Value {
    who.post(&path(invoice, verb), form).await.expect(200)
}

pub(crate) fn path(invoice: &Value, verb: &str) -> String {
    let id = invoice["id"].as_str().expect("an id");
    format!("invoices/{id}{}{verb}", if verb.is_empty() { "" } else { "/" })
}

/// Pays so much of an invoice.
pub(crate) async fn pay(world: &World, invoice: &Value, amount: i64) {
    let today = world.config.company.timezone.date(world.clock.now()).to_string();
    let form = json!({ "method": "transfer", "amount": amount, "paid_on": today });
    world
        .admin
        .post(&path(invoice, "payments"), form)
        .await
        .expect(201);
}

/// Someone whom the office wrote down, and who has this number on WhatsApp.
pub(crate) async fn known(world: &World, id: i64, name: &str) -> (Value, crate::harness::Customer) {
    let form = json!({ "name": name, "address": "Jl. Melati 12, Coblong, Bandung",
        "phone": format!("0812000{id:05}") });
    let customer = world.admin.post("customers", form).await.expect(201);
    (customer, world.customer(id, name).await)
}

story!(
    /// Sent, sent again, paid: each is heard once, and the thanks come before the question for stars.
    an_invoice_is_sent_and_paid, morning(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, siti) = known(&world, 1, "Siti Aminah").await;
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        assert_eq!(invoice["state"], "approved");
        let delivery = act(&world.admin, &invoice, "send", json!({})).await;
        assert_eq!((&delivery["channel"], &delivery["state"]), (&json!("whatsapp"), &json!("queued")));
        assert_eq!(delivery["about"]["ticket_id"], invoice["ticket_id"]);
        assert!(delivery["recipient"].as_str().expect("masked").starts_with("+62"), "{delivery}");
        let sent = world.admin.get(&path(&invoice, "")).await.expect(200);
        assert_eq!((&sent["state"], &sent["link"]), (&json!("sent"), &invoice["link"]));

        // She has never written: only approved words may go, and their button opens the page.
        let number = invoice["number"].as_str().expect("a number");
        let heard = siti.hears(number).await;
        let link = invoice["link"].as_str().expect("a link");
        let token = link.rsplit('/').next().expect("a token");
        assert!(heard.to_string().contains(token), "{heard}");
        assert!(heard.to_string().contains("Rp250.000"), "{heard}");

        // She answers, and may be told in free words: the same by hand.
        siti.says("halo").await;
        world.webhooks_handled().await;
        pay(&world, &invoice, 100_000).await;
        let again = act(&world.admin, &invoice, "send", json!({})).await;
        assert_ne!(again["id"], delivery["id"]);
        let heard = siti.hears("Sisa yang perlu dibayar: *Rp150.000*").await;
        assert!(heard.to_string().contains(link), "{heard}");

        pay(&world, &invoice, 150_000).await;
        siti.hears("sudah lunas: *Rp250.000*").await;
        siti.hears("Bagaimana").await;
        let heard: Vec<String> = siti.heard().await.iter().map(ToString::to_string).collect();
        let place = |words: &str| heard.iter().position(|one| one.contains(words)).expect("heard");
        assert!(place("sudah lunas") < place("Bagaimana"), "{heard:#?}");
        assert_eq!(siti.count("sudah lunas").await, 1);
        let refused = world.admin.post(&path(&invoice, "send"), json!({})).await;
        assert_eq!(refused.problem(409), "wrong-state");
    }
);

story!(
    /// Nobody to write to, or somebody who wants no messages: the invoice is sent all the same, and the answer says why.
    who_cannot_be_told_gets_a_link_by_hand, morning(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let form = json!({ "name": "Toko Maju", "address": "Jl. Melati 12, Coblong, Bandung" });
        let unknown = world.admin.post("customers", form).await.expect(201);
        let invoice = approved(&world, &maya, &unknown, "AC bocor").await;
        let delivery = act(&world.admin, &invoice, "send", json!({})).await;
        assert_eq!((&delivery["state"], &delivery["fault"]), (&json!("failed"), &json!("no-address")));
        assert_eq!(world.admin.get(&path(&invoice, "")).await.expect(200)["state"], "sent");

        let (customer, siti) = known(&world, 1, "Siti Aminah").await;
        siti.says("stop").await;
        world.webhooks_handled().await;
        siti.hears("tidak akan menerima pesan otomatis lagi").await;
        let invoice = approved(&world, &maya, &customer, "AC mati").await;
        let delivery = act(&world.admin, &invoice, "send", json!({})).await;
        assert_eq!((&delivery["state"], &delivery["fault"]), (&json!("failed"), &json!("stopped")));
        pay(&world, &invoice, 250_000).await;
        world.drained().await;
        assert_eq!(siti.count("INV/").await, 0, "she wants no messages");
    }
);

story!(
    /// With the setting an approval sends it; a draft, a submitted and a void invoice are not sent.
    an_approval_sends_by_itself, Setup { adjust: by_itself, ..morning() }, world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, siti) = known(&world, 1, "Siti Aminah").await;
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        assert_eq!(invoice["state"], "sent");
        let what: Vec<&str> = invoice["revisions"].as_array().expect("revisions").iter()
            .filter_map(|revision| revision["what"].as_str()).collect();
        assert_eq!(what, ["drafted", "submitted", "approved", "sent"]);
        siti.hears(invoice["number"].as_str().expect("a number")).await;

        act(&world.admin, &invoice, "void", json!({ "reason": "salah harga" })).await;
        assert_eq!(world.admin.post(&path(&invoice, "send"), json!({})).await.problem(409), "wrong-state");
        let again = format!("tickets/{}/invoice", invoice["ticket_id"].as_str().expect("an id"));
        let draft = world.admin.post(&again, json!({})).await.expect(201);
        assert_eq!(world.admin.post(&path(&draft, "send"), json!({})).await.problem(409), "wrong-state");
        act(&world.admin, &draft, "submit", json!({})).await;
        assert_eq!(world.admin.post(&path(&draft, "send"), json!({})).await.problem(409), "wrong-state");
        assert_eq!(maya.post(&path(&draft, "send"), json!({})).await.problem(403), "forbidden");
    }
);
