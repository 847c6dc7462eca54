//! The quota of a date: shown, checked in the creating transaction, freed when a ticket is cancelled.

use serde_json::json;

use crate::harness::story;
use crate::stories::tickets::day;

story!(
    /// Two admins cannot both take the last place, and the refusal names the next free dates.
    the_last_place_is_taken_once, world => {
        let basics = world.basics().await;
        world.technician_with(1001, "Budi", json!({ "daily_quota": 1 })).await;
        let date = day(&world, 3);
        let form = json!({
            "customer_id": basics.0["id"], "service_id": basics.1["id"], "problem": "Dua admin", "visit_date": date,
        });
        let tries = (0..10).map(|_| world.admin.post("tickets", form.clone()));
        let answers = futures::future::join_all(tries).await;
        let created = answers.iter().filter(|answer| answer.status.as_u16() == 201).count();
        assert_eq!(created, 1);
        for answer in answers.into_iter().filter(|answer| answer.status.as_u16() != 201) {
            let detail = answer.body["detail"].as_str().unwrap_or_default().to_owned();
            assert_eq!(answer.problem(409), "quota-exhausted");
            assert!(detail.contains("Tanggal") || detail.contains("tanggal"), "{detail}");
        }
        let quota = world.admin.get(&format!("quota?date={date}")).await.expect(200);
        assert_eq!((&quota["capacity"], &quota["used"], &quota["available"]), (&json!(1), &json!(1), &json!(0)));
        assert_eq!(quota["next_available"][0], json!(day(&world, 4)));
    }
);

story!(
    /// Cancelling frees the place; moving the date moves it.
    places_follow_the_ticket, world => {
        let basics = world.basics().await;
        let (budi, phone) = world.technician_with(1001, "Budi", json!({ "daily_quota": 1 })).await;
        let ticket = world.ticket(&basics, "Pindah tanggal").await;
        let path = format!("tickets/{}", ticket["id"].as_str().expect("an id"));
        let offer = phone.sees("Pindah tanggal").await;
        phone.tap(&offer, "Ambil Job").await;
        let admin = &world.admin;
        let used = |date: String| async move {
            let quota = admin.get(&format!("quota?date={date}")).await.expect(200);
            (quota["used"].as_i64(), quota["technicians"][0]["used"].as_i64())
        };
        assert_eq!(used(day(&world, 0)).await, (Some(1), Some(1)));
        let moved = world.admin.patch(&path, json!({ "visit_date": day(&world, 2) })).await.expect(200);
        assert_eq!(moved["visit_date"], json!(day(&world, 2)));
        assert_eq!(used(day(&world, 0)).await, (Some(0), Some(0)));
        assert_eq!(used(day(&world, 2)).await, (Some(1), Some(1)));

        let other = json!({
            "customer_id": basics.0["id"], "service_id": basics.1["id"], "problem": "Hari lain",
        });
        let other = world.admin.post("tickets", other).await.expect(201);
        let assign = format!("tickets/{}/assign", other["id"].as_str().expect("an id"));
        world.admin.post(&assign, json!({ "technician_id": budi["id"] })).await.expect(200);
        let full = world.admin.patch(&path, json!({ "visit_date": day(&world, 0) })).await;
        assert_eq!(full.problem(409), "quota-exhausted", "his day is full");
        assert_eq!(used(day(&world, 2)).await, (Some(1), Some(1)), "nothing changed");

        world.admin.post(&format!("{path}/cancel"), json!({ "reason": "Pelanggan batal" })).await.expect(200);
        assert_eq!(used(day(&world, 2)).await, (Some(0), Some(0)));
        phone.sees("dibatalkan").await;
    }
);

story!(
    /// For today only those on duty and reachable count; other days count everyone linked.
    today_counts_who_is_there, world => {
        let (_, budi) = world.technician_with(1001, "Budi", json!({ "daily_quota": 2 })).await;
        let (_, andi) = world.technician_with(1002, "Andi", json!({ "daily_quota": 3 })).await;
        world.technician_with(1003, "Sari", json!({ "daily_quota": 0 })).await;
        let admin = &world.admin;
        let capacity = |date: String| async move {
            admin.get(&format!("quota?date={date}")).await.expect(200)["capacity"].as_i64()
        };
        assert_eq!(capacity(day(&world, 0)).await, Some(5));
        budi.write("/libur").await;
        budi.sees("beristirahat").await;
        assert_eq!(capacity(day(&world, 0)).await, Some(3));
        assert_eq!(capacity(day(&world, 1)).await, Some(5));
        andi.act("block", json!({})).await;
        world.eventually("he does not count", || async { capacity(day(&world, 0)).await == Some(0) }).await;
        andi.act("unblock", json!({})).await;
        world.eventually("he counts again", || async { capacity(day(&world, 0)).await == Some(3) }).await;
    }
);
