//! Tickets through the API: created, found, edited, ended.

use chrono::Days;
use serde_json::json;

use crate::harness::{World, story};

/// The date so many days from today, where the company is.
pub(crate) fn day(world: &World, ahead: u64) -> String {
    let today = world.config.company.timezone.date(world.clock.now());
    today
        .checked_add_days(Days::new(ahead))
        .expect("a date")
        .to_string()
}

story!(
    /// All faults of a form are told at once, and nothing is created.
    every_fault_is_told_at_once, world => {
        let bad = json!({
            "customer_id": "999", "service_id": "", "problem": "x", "visit_date": "2020-01-01",
            "visit_time": "25:00", "latitude": 91.0,
        });
        let answer = world.admin.post("tickets", bad).await;
        let fields: Vec<String> = answer.body["errors"]
            .as_array()
            .expect("errors")
            .iter()
            .filter_map(|error| error["field"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(answer.problem(422), "invalid");
        for field in ["customer_id", "service_id", "problem", "visit_date", "visit_time", "longitude"] {
            assert!(fields.iter().any(|f| f == field), "{field} is missing in {fields:?}");
        }
        assert_eq!(world.admin.get("tickets").await.expect(200)["data"], json!([]));
    }
);

story!(
    /// Found by number, customer, phone, state and date; a page at a time.
    found_by_what_people_know, world => {
        let basics = world.basics().await;
        world.technician_with(1001, "Budi", json!({ "daily_quota": 20 })).await;
        for n in 0..7 {
            world.ticket(&basics, &format!("Masalah {n}")).await;
        }
        for q in ["q=TKT-000003", "q=hartono", "q=0812345", "q=Masalah%203", "status=open"] {
            let found = world.admin.get(&format!("tickets?{q}")).await.expect(200);
            assert!(!found["data"].as_array().expect("tickets").is_empty(), "{q}");
        }
        for q in ["q=nobody", "q=%25", "q=_", "status=done", "date=2020-01-01"] {
            let found = world.admin.get(&format!("tickets?{q}")).await.expect(200);
            assert_eq!(found["data"], json!([]), "{q}");
        }
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = world.admin.get(&format!("tickets?limit=3{cursor}")).await.expect(200);
            seen.extend(page["data"].as_array().expect("tickets").iter().map(|t| t["id"].clone()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 7);
        seen.dedup();
        assert_eq!(seen.len(), 7, "no ticket twice");
    }
);

story!(
    /// Two people edit one ticket: the second learns that it has changed.
    an_older_version_is_stale, world => {
        let basics = world.basics().await;
        world.technician(1001, "Budi").await;
        let ticket = world.ticket(&basics, "Versi lama").await;
        let path = format!("tickets/{}", ticket["id"].as_str().expect("an id"));
        let edit = |problem: &str| json!({ "problem": problem, "version": ticket["version"] });
        world.admin.patch(&path, edit("Pertama")).await.expect(200);
        assert_eq!(world.admin.patch(&path, edit("Kedua")).await.problem(409), "stale");
        assert_eq!(world.look(&ticket).await["problem"], "Pertama");
    }
);

story!(
    /// A call made again with its key is answered the same and done once.
    a_repeated_call_is_done_once, world => {
        let basics = world.basics().await;
        world.technician(1001, "Budi").await;
        let form = crate::stories::tickets::form(&basics);
        let first = world.admin.post_once("tickets", "key-1", form.clone()).await;
        let again = world.admin.post_once("tickets", "key-1", form.clone()).await;
        assert_eq!((first.status, &first.body), (again.status, &again.body));
        assert_eq!(first.headers.get("location"), again.headers.get("location"));
        let mut other = form.clone();
        other["problem"] = json!("Yang lain");
        assert_eq!(world.admin.post_once("tickets", "key-1", other).await.problem(422), "idempotency-mismatch");
        let together = (0..6).map(|_| world.admin.post_once("tickets", "key-2", form.clone()));
        let ids: Vec<_> =
            futures::future::join_all(together).await.into_iter().map(|a| a.expect(201)["id"].clone()).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(world.admin.get("tickets").await.expect(200)["data"].as_array().expect("tickets").len(), 2);
    }
);

story!(
    /// Only what a ticket's life allows can be done to it.
    a_ticket_lives_as_it_should, world => {
        let basics = world.basics().await;
        let (budi, phone) = world.technician(1001, "Budi").await;
        let ticket = world.ticket(&basics, "Urutan").await;
        let path = format!("tickets/{}", ticket["id"].as_str().expect("an id"));
        let why = json!({ "reason": "Karena begitu" });
        assert_eq!(world.admin.post(&format!("{path}/close"), why.clone()).await.problem(409), "wrong-state");
        assert_eq!(world.admin.post(&format!("{path}/replace"), why.clone()).await.problem(409), "wrong-state");
        let to = json!({ "technician_id": budi["id"] });
        world.admin.post(&format!("{path}/assign"), to.clone()).await.expect(200);
        assert_eq!(world.admin.post(&format!("{path}/assign"), to).await.problem(409), "already-taken");
        world.admin.post(&format!("{path}/cancel"), why.clone()).await.expect(200);
        assert_eq!(world.admin.post(&format!("{path}/cancel"), why).await.problem(409), "wrong-state");
        assert_eq!(world.admin.patch(&path, json!({ "problem": "Lagi" })).await.problem(409), "wrong-state");
        phone.sees("dibatalkan").await;
        let customer = format!("customers/{}", basics.0["id"].as_str().expect("an id"));
        assert_eq!(world.admin.delete(&customer).await.status.as_u16(), 204, "all its tickets are over");
    }
);

fn form(basics: &(serde_json::Value, serde_json::Value)) -> serde_json::Value {
    json!({ "customer_id": basics.0["id"], "service_id": basics.1["id"], "problem": "Sekali saja" })
}
