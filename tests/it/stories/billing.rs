//! The customer's side of an invoice in the chat: it is sent, it is paid, and he hears of each once.

use chrono::{NaiveTime, TimeDelta};
use dialogues::tap::Tap;
use futures::future::join_all;
use serde_json::{Value, json};
use tanggap::app::invoices;
use tanggap::config::Config;
use tanggap::config::hours::Hours;

use crate::harness::{Api, Setup, World, story};
use crate::stories::invoices::sales;
use crate::stories::registration::{Writer, on_whatsapp};
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

fn quiet(config: &mut Config) {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
    config.company.cs_hours = None;
    config.company.quiet_hours = Some(Hours {
        from: at(21),
        to: at(7),
    });
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
        siti.hears("saya belum mengerti").await;
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

story!(
    /// What is owed is listed in the chat; a photo there is kept as a proof, told to the office, and pays nothing.
    a_proof_is_sent_in_the_chat, morning(), world => {
        let rina = world.phone(9001, "Rina", true).await;
        let form = json!({ "username": "rina2", "name": "Rina", "role": "admin", "password": "sandi awal 1",
            "telegram_id": 9001 });
        world.admin.post("users", form).await.expect(201);
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, _) = known(&world, 1, "Siti Aminah").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.says("tagihan").await;
        siti.hears("Tidak ada tagihan").await;
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        siti.says("tagihan").await;
        siti.hears("Tidak ada tagihan").await;
        act(&world.admin, &invoice, "send", json!({})).await;
        let number = invoice["number"].as_str().expect("a number");
        siti.says("menu").await;
        siti.taps(Tap::Invoice).await;
        siti.hears(number).await;
        siti.hears(invoice["link"].as_str().expect("a link")).await;
        let id = invoice["id"].as_str().expect("an id").parse().expect("an id");
        siti.taps(Tap::Prove { invoice: id }).await;
        siti.hears("Kirim foto atau PDF bukti transfer").await;
        siti.says("sudah saya transfer").await;
        siti.hears("Mohon kirim foto atau PDF").await;
        siti.phone.photo_seed(7).await;
        siti.handled().await;
        siti.hears("sudah kami terima").await;
        // One more of the same album is kept, and not answered again.
        siti.phone.photo_seed(8).await;
        siti.handled().await;
        world.drained().await;
        assert_eq!(siti.phone.count("sudah kami terima").await, 1);
        rina.sees("mengirim bukti transfer").await;
        assert_eq!(rina.count("mengirim bukti transfer").await, 1);
        let proofs = invoices::proofs(&world.running.app, id).await.expect("a look");
        assert_eq!(proofs.len(), 2);
        let same = world.admin.get(&path(&invoice, "")).await.expect(200);
        assert_eq!((&same["state"], &same["outstanding"]), (&json!("sent"), &json!(250_000)));

        // A quarter of an hour later a photo is something else.
        world.clock.advance(TimeDelta::minutes(15));
        siti.phone.photo_seed(9).await;
        siti.handled().await;
        assert_eq!(invoices::proofs(&world.running.app, id).await.expect("a look").len(), 2);
        siti.says("batal").await;

        // Somebody else's is nobody's.
        let tono = Writer::new(&world, 2, "Tono").await;
        tono.registers("Tono Wijaya").await;
        tono.says("menu").await;
        let menu = tono.phone.sees_choice("Tagihan").await;
        tono.phone.forges(&menu, &format!("w1|prove.{id}")).await;
        tono.handled().await;
        tono.hears("Tidak ada tagihan").await;
        pay(&world, &invoice, 250_000).await;
        siti.says("tagihan").await;
        siti.hears("Tidak ada tagihan").await;
    }
);

story!(
    /// A file that is no picture and no PDF is told to its sender, and counts for nothing.
    what_is_no_proof_is_told, morning(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, _) = known(&world, 1, "Siti Aminah").await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        act(&world.admin, &invoice, "send", json!({})).await;
        let id = invoice["id"].as_str().expect("an id").parse().expect("an id");
        siti.says("tagihan").await;
        siti.taps(Tap::Prove { invoice: id }).await;
        siti.phone.photo(b"this is no picture", None).await;
        siti.handled().await;
        world.drained().await;
        siti.hears("tidak bisa dibaca").await;
        assert!(invoices::proofs(&world.running.app, id).await.expect("a look").is_empty());
    }
);

story!(
    /// On the day, three and seven days after: each once, in office hours, however many look; never once it is paid.
    whoever_owes_is_reminded, morning(), world => {
        let app = &world.running.app;
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, siti) = known(&world, 1, "Siti Aminah").await;
        let open = approved(&world, &maya, &customer, "AC bocor").await;
        let paid = approved(&world, &maya, &customer, "AC mati").await;
        for invoice in [&open, &paid] {
            act(&world.admin, invoice, "send", json!({})).await;
        }
        world.drained().await;
        let look = async || {
            let all = join_all((0..3).map(|_| invoices::remind(app))).await;
            all.into_iter().map(|told| told.expect("a look")).sum::<usize>()
        };
        assert_eq!(look().await, 0, "nothing is due");
        pay(&world, &paid, 250_000).await;
        // The day, five in the morning.
        world.clock.advance(TimeDelta::days(14) - TimeDelta::hours(4));
        assert_eq!(look().await, 0, "nobody is in the office");
        world.clock.advance(TimeDelta::hours(4));
        // The job of the running service looks too: whoever is first, it is told once.
        look().await;
        world.drained().await;
        let of_open = || siti.count(open["number"].as_str().expect("a number"));
        world.eventually("she is reminded", || async { of_open().await == 2 }).await;
        for (days, heard) in [(1, 2), (2, 3), (1, 3), (3, 4), (5, 4), (2, 4)] {
            world.clock.advance(TimeDelta::days(days));
            look().await;
            world.drained().await;
            assert_eq!(look().await, 0, "each once");
            assert_eq!(of_open().await, heard, "{days} days later");
        }
        assert_eq!(siti.count(paid["number"].as_str().expect("a number")).await, 2, "sent, and thanks");
        let given = world.number("SELECT COUNT(*) FROM invoice_reminders").await;
        assert_eq!(given, 3);
    }
);

story!(
    /// Nobody who wants silence is reminded, nor at night; what waits for the morning is dropped when it is paid.
    a_reminder_waits_for_the_morning, Setup { adjust: quiet, ..morning() }, world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, siti) = known(&world, 1, "Siti Aminah").await;
        let open = approved(&world, &maya, &customer, "AC bocor").await;
        act(&world.admin, &open, "send", json!({})).await;
        world.drained().await;
        let number = open["number"].as_str().expect("a number");
        assert_eq!(siti.count(number).await, 1);
        // Ten in the evening, when this office is still open and customers sleep.
        world.clock.advance(TimeDelta::days(14) + TimeDelta::hours(13));
        invoices::remind(&world.running.app).await.expect("a look");
        world.eventually("it is noted", || async {
            world.number("SELECT COUNT(*) FROM invoice_reminders").await == 1
        }).await;
        let waiting = "SELECT COUNT(*) FROM outbox WHERE kind = 'bill_reminder' AND state = 'queued'";
        assert_eq!(world.number(waiting).await, 1);
        pay(&world, &open, 250_000).await;
        assert_eq!(world.number(waiting).await, 0);
        world.clock.advance(TimeDelta::hours(12));
        world.drained().await;
        assert_eq!(siti.count("jatuh tempo hari ini").await, 0);
        siti.hears(number).await;
    }
);
