//! Rules of money that have no other place: what has no price, thanks that are no longer due, papers that stay.

use chrono::{NaiveTime, TimeDelta};
use serde_json::{Value, json};
use tanggap::app::invoices;
use tanggap::config::hours::Hours;

use crate::harness::{Setup, story};
use crate::stories::billing::{act, approved, known, path, pay};
use crate::stories::invoices::sales;
use crate::stories::registration::on_whatsapp;

story!(
    /// A service without a price gives a line of nothing, by hand or by itself, and nothing cannot be submitted.
    what_has_no_price, Setup { adjust: |config| config.billing.auto_submit = true, ..Setup::default() }, world => {
        crate::stories::approval::technician(&world).await;
        let maya = crate::stories::approval::seller(&world, 2001, "Maya", Value::Null).await;
        let (customer, _) = world.basics().await;
        let free = world.admin.post("services", json!({ "name": "Cek garansi", "base_price": 0 })).await.expect(201);
        let ticket = world.ticket(&(customer, free), "Cek pompa").await;
        let id = ticket["id"].as_str().expect("an id");
        world.order(&format!("UPDATE tickets SET status = 'done', technician_id = (SELECT id FROM users WHERE role = 'technician') WHERE id = {id}")).await;
        let draft = world.admin.post(&format!("tickets/{id}/invoice"), json!({})).await.expect(201);
        assert_eq!((&draft["state"], &draft["total"], &draft["lines"][0]["amount"]), (&json!("draft"), &json!(0), &json!(0)));
        assert_eq!(world.admin.post(&path(&draft, "submit"), json!({})).await.problem(409), "conflict");
        world.drained().await;
        assert_eq!(maya.phone.count(ticket["number"].as_str().expect("a number")).await, 0, "nobody is asked");
        // All of it off is nothing, too.
        let lines = json!([{ "description": "Servis", "quantity": 1, "unit": "unit", "unit_price": 1_000 }]);
        let all = json!({ "lines": lines, "discount": { "kind": "percent", "value": 100 } });
        world.admin.patch(&path(&draft, ""), all).await.expect(200);
        assert_eq!(world.admin.post(&path(&draft, "submit"), json!({})).await.problem(409), "conflict");
    }
);

/// A morning in Jakarta, of a company that wakes nobody at night.
pub(crate) fn quiet() -> Setup {
    Setup {
        frozen: Some("2026-11-23T02:00:00Z"),
        adjust: |config| {
            let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
            config.company.quiet_hours = Some(Hours {
                from: at(21),
                to: at(7),
            });
        },
        ..on_whatsapp()
    }
}

story!(
    /// Thanks that wait for the morning are not said when the payment is taken back in the night.
    thanks_for_nothing_are_not_said, quiet(), world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, siti) = known(&world, 1, "Siti Aminah").await;
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        act(&world.admin, &invoice, "send", json!({})).await;
        siti.hears(invoice["number"].as_str().expect("a number")).await;
        world.clock.advance(TimeDelta::hours(13));
        pay(&world, &invoice, 250_000).await;
        let waiting = "SELECT COUNT(*) FROM outbox WHERE kind = 'bill_settled' AND state = 'queued'";
        assert_eq!(world.number(waiting).await, 1);
        let paid = world.admin.get(&path(&invoice, "")).await.expect(200);
        let first = paid["payments"][0]["id"].as_str().expect("an id");
        let back = format!("payments/{first}/reverse");
        act(&world.admin, &invoice, &back, json!({ "reason": "salah catat" })).await;
        assert_eq!(world.number(waiting).await, 0);
        world.clock.advance(TimeDelta::hours(12));
        world.drained().await;
        assert_eq!(siti.count("lunas").await, 0);
    }
);

story!(
    /// What was drawn of an approved invoice stays, whatever the company and its customer are called later.
    a_paper_stays_what_it_was, Setup { frozen: Some("2026-11-23T03:00:00Z"), ..Setup::default() }, world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let form = json!({ "name": "Toko Maju", "address": "Jl. Melati 12, Coblong, Bandung" });
        let customer = world.admin.post("customers", form).await.expect(201);
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        invoices::draw_papers(&world.running.app).await.expect("drawn");
        assert_eq!(world.number("SELECT COUNT(*) FROM invoice_papers").await, 2, "in both languages");
        let link = invoice["link"].as_str().expect("a link");
        let paper = async || {
            let answer = world.http.get(format!("{link}.pdf?lang=id")).send().await.expect("an answer");
            assert_eq!(answer.status().as_u16(), 200);
            answer.bytes().await.expect("bytes")
        };
        let before = paper().await;
        let id = customer["id"].as_str().expect("an id");
        let renamed = json!({ "name": "Toko Mundur", "version": customer["version"] });
        world.admin.patch(&format!("customers/{id}"), renamed).await.expect(200);
        assert_eq!(paper().await, before);
    }
);

story!(
    /// A due date that has gone by is told to whoever submits; where sales took that long, the terms count from then.
    nothing_is_late_on_the_day_it_is_issued, Setup { frozen: Some("2026-11-23T03:00:00Z"), ..Setup::default() }, world => {
        crate::stories::approval::technician(&world).await;
        let maya = crate::stories::approval::seller(&world, 2001, "Maya", Value::Null).await;
        let soon = json!({ "due_date": "2026-11-25" });
        let late = crate::stories::approval::draft(&world, "AC bocor").await;
        let slow = crate::stories::approval::draft(&world, "AC mati").await;
        for draft in [&late, &slow] {
            world.admin.patch(&path(draft, ""), soon.clone()).await.expect(200);
        }
        let waits = act(&world.admin, &slow, "submit", json!({})).await;
        world.drained().await;
        world.clock.advance(TimeDelta::days(4));
        let refused = world.admin.post(&path(&late, "submit"), json!({})).await;
        assert_eq!(refused.body["errors"][0]["field"], "due_date", "{:?}", refused.body);
        assert_eq!(refused.problem(422), "invalid");
        let issued = act(&maya.api, &slow, "approve", json!({ "version": waits["version"] })).await;
        assert_eq!(issued["due_date"], "2026-12-11", "fourteen days from the approval");
        world.admin.patch(&path(&late, ""), json!({ "due_date": null })).await.expect(200);
        act(&world.admin, &late, "submit", json!({})).await;
    }
);

story!(
    /// Where drafts go to sales by themselves, the one that somebody begins to correct a void one waits for him.
    a_correction_waits_for_whoever_makes_it, Setup { adjust: |config| config.billing.auto_submit = true, ..Setup::default() }, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let maya = crate::stories::approval::seller(&world, 2001, "Maya", Value::Null).await;
        let (ticket, first) = crate::stories::invoices::done(&world, &budi, "AC bocor").await;
        assert_eq!(first["state"], "submitted");
        act(&world.admin, &first, "void", json!({ "reason": "salah harga" })).await;
        let anew = world.admin.post(&format!("tickets/{ticket}/invoice"), json!({})).await.expect(201);
        assert_eq!((&anew["state"], &anew["lines"]), (&json!("draft"), &first["lines"]));
        let lines = json!([{ "description": "Servis", "quantity": 1, "unit": "unit", "unit_price": 90_000 }]);
        world.admin.patch(&path(&anew, ""), json!({ "lines": lines })).await.expect(200);
        act(&world.admin, &anew, "submit", json!({})).await;
        crate::stories::visit::card(&maya.phone, "Total: Rp90.000", "Setuju").await;
    }
);

story!(
    /// What came in a time is what came in it, however much came of the same invoices before and after.
    what_came_in_a_time, Setup { frozen: Some("2026-11-23T03:00:00Z"), ..Setup::default() }, world => {
        let app = &world.running.app;
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, _) = world.basics().await;
        let invoice = approved(&world, &maya, &customer, "AC bocor").await;
        for (day, amount) in [("2026-11-10", 100_000), ("2026-11-20", 70_000)] {
            let form = json!({ "method": "transfer", "amount": amount, "paid_on": day });
            world.admin.post(&path(&invoice, "payments"), form).await.expect(201);
        }
        let date = |day| chrono::NaiveDate::from_ymd_opt(2026, 11, day);
        let of = |by, first, last| invoices::Filter {
            span: invoices::span(app, by, date(first), date(last)),
            ..invoices::Filter::default()
        };
        for (filter, came) in [
            (of(invoices::By::Paid, 15, 23), 70_000),
            (of(invoices::By::Paid, 1, 15), 100_000),
            (of(invoices::By::Issued, 23, 23), 170_000),
        ] {
            let sums = invoices::overview(app, &filter).await.expect("sums");
            assert_eq!((sums.settled, sums.outstanding), (came, 80_000));
            let rows = invoices::rows(app, &filter, tanggap::app::page::Cut::first(10)).await.expect("rows");
            assert_eq!((rows.data[0].paid, rows.data[0].outstanding), (came, 80_000));
        }
    }
);

story!(
    /// An invoice that cannot be drawn stands in the way of no other.
    one_that_cannot_be_drawn, Setup { frozen: Some("2026-11-23T03:00:00Z"), ..Setup::default() }, world => {
        let maya = sales(&world, "maya", Value::Null).await;
        let (customer, _) = world.basics().await;
        let broken = approved(&world, &maya, &customer, "AC bocor").await;
        let sound = approved(&world, &maya, &customer, "AC mati").await;
        world.order("DELETE FROM invoice_papers").await;
        let id = |invoice: &Value| invoice["id"].as_str().expect("an id").to_owned();
        world.order(&format!("UPDATE invoices SET lines = '?' WHERE id = {}", id(&broken))).await;
        invoices::draw_papers(&world.running.app).await.expect("the others");
        let papers = format!("SELECT COUNT(*) FROM invoice_papers WHERE invoice_id = {}", id(&sound));
        assert_eq!(world.number(&papers).await, 2);
    }
);
