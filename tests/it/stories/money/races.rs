//! Two things about the same money at the same moment: one of them happened, and the sums say which.

use serde_json::{Value, json};

use crate::harness::{Api, Second, World, story};
use crate::stories::approval::{
    Seller, act, card, has_buttons, look, number, path, seller, submitted, technician, words,
};
use crate::stories::billing::{self, known};
use crate::stories::invoices::sales;
use crate::stories::registration::on_whatsapp;

/// Whoever stands at the other door: another process, where there may be two.
async fn other(world: &World) -> (Api, Option<Second>) {
    if world.backend.is_sqlite() {
        return (world.admin.clone(), None);
    }
    let second = world.second().await;
    (second.admin.clone(), Some(second))
}

async fn gone(second: Option<Second>) {
    if let Some(second) = second {
        second.running.stop().await;
    }
}

async fn approved(world: &World, maya: &Seller, problem: &str) -> Value {
    let invoice = submitted(world, problem).await;
    act(
        &maya.api,
        &invoice,
        "approve",
        json!({ "version": invoice["version"] }),
    )
    .await
}

fn money(world: &World, amount: i64, reference: &str) -> Value {
    let today = world.config.company.timezone.date(world.clock.now()).to_string();
    json!({ "method": "transfer", "amount": amount, "paid_on": today, "reference": reference })
}

fn standing(invoice: &Value) -> i64 {
    let payments = invoice["payments"].as_array().expect("payments");
    let counted = payments.iter().filter(|paid| paid["reversed_at"].is_null());
    counted
        .map(|paid| paid["amount"].as_i64().expect("an amount"))
        .sum()
}

story!(
    /// Paid and made void at once: paid in full, or void without money, and never both.
    payment_against_void, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        let (door, second) = other(&world).await;
        for round in 0..4 {
            let invoice = approved(&world, &maya, &format!("Ronde {round}")).await;
            // All of it, or a part: both stand in the way of voiding.
            let amount = if round % 2 == 0 { 250_000 } else { 100_000 };
            let (payments, void) = (path(&invoice, "payments"), path(&invoice, "void"));
            let (paid, voided) = futures::join!(
                world.admin.post(&payments, money(&world, amount, "A1")),
                door.post(&void, json!({ "reason": "salah layanan" }))
            );
            let after = look(&world, &invoice).await;
            if voided.status == 200 {
                assert_eq!(paid.problem(409), "wrong-state");
                assert_eq!((&after["state"], standing(&after)), (&json!("void"), 0));
            } else {
                assert!(["wrong-state", "conflict"].contains(&voided.problem(409).as_str()), "{:?}", paid.status);
                paid.expect(201);
                let wanted = if amount == 250_000 { "paid" } else { "approved" };
                assert_eq!((&after["state"], standing(&after)), (&json!(wanted), amount));
            }
        }
        gone(second).await;
    }
);

story!(
    /// Two that together are too much, and the same one twice: one of them is recorded.
    two_payments_that_are_too_much, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        let (door, second) = other(&world).await;
        for round in 0..4 {
            let invoice = approved(&world, &maya, &format!("Ronde {round}")).await;
            let payments = path(&invoice, "payments");
            let (first, then) = match round % 2 {
                0 => (money(&world, 200_000, "A1"), money(&world, 150_000, "B1")),
                _ => (money(&world, 100_000, "A1"), money(&world, 100_000, "a1")),
            };
            let (one, two) = futures::join!(world.admin.post(&payments, first), door.post(&payments, then));
            let statuses = [one.status.as_u16(), two.status.as_u16()];
            assert!(statuses == [201, 409] || statuses == [409, 201], "{statuses:?}");
            let (won, lost) = if one.status == 201 { (one, two) } else { (two, one) };
            assert_eq!(lost.problem(409), "conflict");
            let after = look(&world, &invoice).await;
            let paid = won.body["amount"].as_i64().expect("an amount");
            assert_eq!((standing(&after), &after["outstanding"]), (paid, &json!(250_000 - paid)));
            assert_eq!(after["payments"].as_array().map(Vec::len), Some(1));
        }
        gone(second).await;
    }
);

story!(
    /// A payment that is taken back while another comes, and one that two take back: the sums stay right.
    payment_against_reversal, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        let (door, second) = other(&world).await;
        for round in 0..4 {
            let invoice = approved(&world, &maya, &format!("Ronde {round}")).await;
            let payments = path(&invoice, "payments");
            let first = world.admin.post(&payments, money(&world, 250_000, "A1")).await.expect(201);
            let back = format!("{payments}/{}/reverse", first["id"].as_str().expect("an id"));
            let why = json!({ "reason": "salah catat" });
            if round % 2 == 0 {
                let (reversed, paid) = futures::join!(
                    world.admin.post(&back, why),
                    door.post(&payments, money(&world, 100_000, "B1"))
                );
                reversed.expect(200);
                let after = look(&world, &invoice).await;
                assert_eq!(after["state"], "sent");
                let came = if paid.status == 201 { 100_000 } else { 0 };
                if came == 0 {
                    assert_eq!(paid.problem(409), "wrong-state");
                }
                assert_eq!((standing(&after), &after["outstanding"]), (came, &json!(250_000 - came)));
            } else {
                let (one, two) = futures::join!(world.admin.post(&back, why.clone()), door.post(&back, why));
                let mut statuses = [one.status.as_u16(), two.status.as_u16()];
                statuses.sort_unstable();
                assert_eq!(statuses, [200, 409]);
                let reopened = look(&world, &invoice).await;
                let times = reopened["revisions"].as_array().expect("revisions").iter()
                    .filter(|revision| revision["what"] == "reopened").count();
                assert_eq!((&reopened["state"], times), (&json!("sent"), 1));
                // Paid once more, the ticket is closed already, and stays so.
                world.admin.post(&payments, money(&world, 250_000, "C1")).await.expect(201);
                assert_eq!(look(&world, &invoice).await["state"], "paid");
            }
            let ticket = world.admin.get(&format!("tickets/{}", invoice["ticket_id"].as_str().expect("an id"))).await;
            assert_eq!(ticket.expect(200)["status"], "closed");
        }
        gone(second).await;
    }
);

story!(
    /// Sent and made void at once: what is void was told to nobody, or its link shows nothing any more.
    send_against_void, on_whatsapp(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (door, second) = other(&world).await;
        for round in 1..=3 {
            let (customer, siti) = known(&world, round, &format!("Siti {round}")).await;
            let invoice = billing::approved(&world, &maya, &customer, "AC bocor").await;
            let (send, void) = (billing::path(&invoice, "send"), billing::path(&invoice, "void"));
            let (sent, voided) = futures::join!(
                world.admin.post(&send, json!({})),
                door.post(&void, json!({ "reason": "salah harga" }))
            );
            voided.expect(200);
            let after = look(&world, &invoice).await;
            assert_eq!(after["state"], "void");
            world.drained().await;
            let heard = siti.count(invoice["number"].as_str().expect("a number")).await;
            if sent.status == 200 {
                assert!(heard <= 1, "told {heard} times");
            } else {
                assert_eq!((sent.problem(409).as_str(), heard), ("wrong-state", 0));
            }
            let link = invoice["link"].as_str().expect("a link");
            assert_eq!(world.http.get(link).send().await.expect("an answer").status().as_u16(), 404);
        }
        gone(second).await;
    }
);

story!(
    /// Approved while the office closes without charge: approved and open, or void and closed; its card says which.
    approve_against_closing_without_charge, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        let (door, second) = other(&world).await;
        let mut numbers = 0;
        for round in 0..4 {
            let invoice = submitted(&world, &format!("Ronde {round}")).await;
            card(&maya.phone, &invoice).await;
            let ticket = format!("tickets/{}", invoice["ticket_id"].as_str().expect("an id"));
            let approve = path(&invoice, "approve");
            let close = format!("{ticket}/close");
            let (granted, closed) = futures::join!(
                maya.api.post(&approve, json!({ "version": invoice["version"] })),
                door.post(&close, json!({ "reason": "garansi pabrik" }))
            );
            let (after, now) = (look(&world, &invoice).await, world.admin.get(&ticket).await.expect(200));
            if closed.status == 200 {
                assert_eq!(granted.problem(409), "wrong-state");
                assert_eq!((&after["state"], &now["status"]), (&json!("void"), &json!("closed")));
                assert_eq!(after["number"], Value::Null);
            } else {
                assert!(["conflict", "stale"].contains(&closed.problem(409).as_str()));
                granted.expect(200);
                numbers += 1;
                assert_eq!((&after["state"], &now["status"]), (&json!("approved"), &json!("done")));
            }
            world.drained().await;
            let told = if now["status"] == "closed" { "garansi pabrik" } else { "disetujui Maya" };
            let messages = maya.phone.messages().await;
            let last = messages.iter().rev().find(|message| words(message).contains(&number(&invoice))).expect("a card");
            assert!(words(last).contains(told) && !has_buttons(last), "{last}");
        }
        let last = world.number("SELECT COALESCE(MAX(last), 0) FROM number_series WHERE kind = 'invoice'").await;
        assert_eq!(last, numbers, "no number was lost");
        gone(second).await;
    }
);

story!(
    /// An invoice begun while its ticket closes without charge: a closed ticket has no open invoice.
    closing_against_a_new_draft, world => {
        technician(&world).await;
        let (door, second) = other(&world).await;
        for round in 0..4 {
            let draft = crate::stories::approval::draft(&world, &format!("Ronde {round}")).await;
            act(&world.admin, &draft, "void", json!({ "reason": "salah layanan" })).await;
            let ticket = format!("tickets/{}", draft["ticket_id"].as_str().expect("an id"));
            let (open, close) = (format!("{ticket}/invoice"), format!("{ticket}/close"));
            let (opened, closed) = futures::join!(
                world.admin.post(&open, json!({})),
                door.post(&close, json!({ "reason": "garansi pabrik" }))
            );
            closed.expect(200);
            if opened.status != 201 {
                assert_eq!(opened.problem(409), "wrong-state");
            }
            let left = "SELECT COUNT(*) FROM invoices WHERE state <> 'void'";
            assert_eq!(world.number(left).await, 0, "an invoice is open on a closed ticket");
        }
        gone(second).await;
    }
);
