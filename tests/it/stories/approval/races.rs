//! Decisions at the same moment: one counts, and numbers have no gaps.

use futures::future::join_all;
use serde_json::{Value, json};

use crate::harness::{World, story};
use crate::stories::approval::{card, draft, look, path, seller, state, submitted, technician, words};

/// How one thing ended, of two done at the same moment.
fn what_won(invoice: &Value) -> &str {
    invoice["state"].as_str().expect("a state")
}

story!(
    /// Two approve by their cards at once: one number, one winner, and the other is told who.
    two_approve_at_once, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        let tono = seller(&world, 2002, "Tono", Value::Null).await;
        for round in 0..3 {
            let invoice = submitted(&world, &format!("Ronde {round}")).await;
            let (hers, his) = (card(&maya.phone, &invoice).await, card(&tono.phone, &invoice).await);
            let (one, other) = futures::join!(maya.phone.tap(&hers, "Setuju"), tono.phone.tap(&his, "Setuju"));
            let said = [words(&one), words(&other)];
            assert_eq!(said.iter().filter(|said| said.contains("disetujui: INV/")).count(), 1, "{said:?}");
            assert_eq!(said.iter().filter(|said| said.contains("sudah disetujui")).count(), 1, "{said:?}");
            let approved = look(&world, &invoice).await;
            let approvals = approved["revisions"].as_array().expect("revisions").iter()
                .filter(|revision| revision["what"] == "approved").count();
            assert_eq!((what_won(&approved), approvals), ("approved", 1));
        }
    }
);

story!(
    /// Approved and rejected, revised, or voided at the same moment: one of them happened, and only that is told.
    one_of_two_decisions_counts, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        let tono = seller(&world, 2002, "Tono", Value::Null).await;
        // The other decides at another process, where there may be two.
        let second = if world.backend.is_sqlite() {
            None
        } else {
            Some(world.second().await)
        };
        let mut numbers = 0;
        for round in 0..6 {
            let invoice = submitted(&world, &format!("Ronde {round}")).await;
            let hers = card(&maya.phone, &invoice).await;
            let version = &invoice["version"];
            let (verb, by, form) = match round % 3 {
                0 => ("reject", &tono.api, json!({ "version": version, "reason": "terlalu mahal" })),
                1 => ("revise", &tono.api, json!({ "version": version, "discount": { "kind": "percent", "value": 5 } })),
                _ => ("void", &world.admin, json!({ "reason": "salah layanan" })),
            };
            let base = second.as_ref().map_or(&by.base, |second| &second.admin.base).clone();
            let by = crate::harness::Api { base, ..by.clone() };
            let (path, press) = (path(&invoice, verb), maya.phone.tap(&hers, "Setuju"));
            let (answer, toast) = futures::join!(by.post(&path, form), press);
            let after = look(&world, &invoice).await;
            let hers_won = words(&toast).contains("disetujui: INV/");
            // What is voided may have been approved just before: an approved invoice may be.
            if verb == "void" {
                assert_eq!(what_won(&after), if answer.status == 200 { "void" } else { "approved" }, "{toast}");
            } else {
                assert_ne!(answer.status == 200, hers_won, "{verb}: {toast} {:?}", answer.body);
            }
            let what: Vec<&str> = after["revisions"].as_array().expect("revisions").iter()
                .filter_map(|revision| revision["what"].as_str()).collect();
            let approved = what.iter().filter(|what| **what == "approved").count();
            assert!(approved <= 1, "{what:?}");
            match verb {
                "reject" => assert_eq!(approved == 1, hers_won, "{what:?}"),
                "revise" => assert_eq!((approved, what.contains(&"revised")), (1, !hers_won), "{what:?}"),
                _ => assert_eq!(approved == 1, hers_won, "{what:?}"),
            }
            numbers += i64::try_from(approved).expect("few");
            world.drained().await;
            for phone in [&maya.phone, &tono.phone] {
                let messages = phone.messages().await;
                let last = messages.iter().rev().find(|message| words(message).contains(&crate::stories::approval::number(&invoice)));
                assert!(!crate::stories::approval::has_buttons(last.expect("a card")), "{last:?}");
            }
        }
        let last = world.number("SELECT COALESCE(MAX(last), 0) FROM number_series WHERE kind = 'invoice'").await;
        assert_eq!(last, numbers, "no number was lost");
        if let Some(second) = second {
            second.running.stop().await;
        }
    }
);

story!(
    /// An edit and a decision never meet: what is edited is a draft, and what is decided is not.
    approve_against_edit, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        for round in 0..4 {
            let draft = draft(&world, &format!("Ronde {round}")).await;
            let id = draft["id"].as_str().expect("an id");
            let lines = json!([{ "description": "Servis", "quantity": 1, "unit": "unit", "unit_price": 1_000 + round }]);
            let edit = format!("invoices/{id}");
            let submit = path(&draft, "submit");
            let (edited, handed) = futures::join!(
                world.admin.patch(&edit, json!({ "lines": lines })),
                world.admin.post(&submit, json!({}))
            );
            let handed = if handed.status == 200 { handed } else { world.admin.post(&submit, json!({})).await };
            handed.expect(200);
            let now = look(&world, &draft).await;
            let total = if edited.status == 200 { json!(1_000 + round) } else { json!(250_000) };
            assert_eq!(now["total"], total);
            let shown = card(&maya.phone, &draft).await;
            let amount = domain::money::Rupiah(total.as_i64().expect("a total"));
            assert!(words(&shown).contains(&format!("Total: {amount}")), "the card shows what is decided: {shown}");
            let approve = format!("t1|prc|{id}|{}|a", now["version"]);
            let lines = json!([{ "description": "Lain", "quantity": 1, "unit": "unit", "unit_price": 1 }]);
            let (again, _) = futures::join!(
                world.admin.patch(&edit, json!({ "lines": lines })),
                maya.phone.forge(&shown, &approve)
            );
            assert_eq!(again.problem(409), "wrong-state");
            state(&world, &draft, "approved").await;
            assert_eq!(look(&world, &draft).await["total"], total);
        }
    }
);

/// From now on one approval in three breaks after it got its number.
async fn break_some(world: &World) {
    if world.backend.is_sqlite() {
        world
            .order(
                "CREATE TRIGGER chance AFTER UPDATE OF number ON invoices WHEN NEW.number IS NOT NULL \
            AND OLD.number IS NULL AND abs(random()) % 3 = 0 BEGIN SELECT RAISE(ABORT, 'by chance'); END",
            )
            .await;
        return;
    }
    world
        .order(
            "CREATE FUNCTION chance() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
        IF random() < 0.33 THEN RAISE EXCEPTION 'by chance'; END IF; RETURN NEW; END $$",
        )
        .await;
    world
        .order(
            "CREATE TRIGGER chance AFTER UPDATE OF number ON invoices FOR EACH ROW \
        WHEN (NEW.number IS NOT NULL AND OLD.number IS NULL) EXECUTE FUNCTION chance()",
        )
        .await;
}

story!(
    /// Fifty approvals at once, of which some break by chance and are tried again: numbers without a gap.
    fifty_approvals_leave_no_gap, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        // Fifty cards at one a second would take a minute: she reads them by the API.
        world.admin.patch(&format!("users/{}", maya.id), json!({ "telegram_id": null })).await.expect(200);
        let mut invoices = Vec::new();
        for n in 0..50 {
            invoices.push(submitted(&world, &format!("Pekerjaan {n}")).await);
        }
        break_some(&world).await;
        let approve = async |invoice: &Value| {
            let (path, form) = (path(invoice, "approve"), json!({ "version": invoice["version"] }));
            let mut broken = 0;
            loop {
                let answer = maya.api.post(&path, form.clone()).await;
                match answer.status.as_u16() {
                    200 => return (answer.body["number"].as_str().expect("a number").to_owned(), broken),
                    500 | 503 => broken += 1,
                    other => panic!("{other}: {:?}", answer.body),
                }
                assert!(broken < 50, "never approved");
            }
        };
        let done = join_all(invoices.iter().map(approve)).await;
        assert!(done.iter().map(|(_, broken)| broken).sum::<i32>() > 0, "chance broke nothing");
        let mut serials: Vec<i64> = done.iter()
            .map(|(number, _)| number.rsplit('/').next().and_then(|serial| serial.parse().ok()).expect("a serial"))
            .collect();
        serials.sort_unstable();
        assert_eq!(serials, (1..=50).collect::<Vec<i64>>());
    }
);
