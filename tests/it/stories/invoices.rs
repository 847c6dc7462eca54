//! Invoices by the API: from the draft of a finished job to the last rupiah.

use futures::future::join_all;
use serde_json::{Value, json};

use crate::harness::{Api, Phone, World, picture, story};
use crate::stories::visit::{begun_at, card};

/// A sales person, who decides prices by the API.
pub(crate) async fn sales(world: &World, name: &str, limit: Value) -> Api {
    let form = json!({ "username": name, "name": name, "role": "sales", "password": "sandi awal 1",
        "discount_limit_percent": limit });
    world.admin.post("users", form).await.expect(201);
    let api = world.admin.anonymous().sign_in(name, "sandi awal 1").await;
    let change = json!({ "current": "sandi awal 1", "new": "sandi yang baru" });
    api.post("auth/password", change).await.expect(204);
    api
}

/// A job that is done, and its draft.
pub(crate) async fn done(world: &World, phone: &Phone, problem: &str) -> (String, Value) {
    let (ticket, draft) = done_at(world, phone, &world.basics().await, problem).await;
    (ticket["id"].as_str().expect("an id").to_owned(), draft)
}

/// The same for this customer and this service; answers the ticket.
pub(crate) async fn done_at(
    world: &World,
    phone: &Phone,
    basics: &(Value, Value),
    problem: &str,
) -> (Value, Value) {
    let ticket = begun_at(world, phone, basics, problem).await;
    let number = ticket["number"].as_str().expect("a number");
    let seed = ticket["id"]
        .as_str()
        .and_then(|id| id.parse::<u64>().ok())
        .expect("an id");
    let job = card(phone, problem, "Upload Bukti").await;
    phone.tap(&job, "Upload Bukti").await;
    phone.sees(&format!("Bukti {number}")).await;
    phone.photo_seed(40 + seed).await;
    let job = card(phone, problem, "Upload BAST").await;
    phone.tap(&job, "Upload BAST").await;
    phone.sees(&format!("BAST {number}")).await;
    phone
        .document("bast.pdf", "application/pdf", &picture::pdf())
        .await;
    world
        .eventually("the photos are in", || async {
            world.look(&ticket).await["missing"] == json!(["check_out"])
        })
        .await;
    let job = card(phone, problem, "Check-out").await;
    phone.tap(&job, "Check-out").await;
    let summary = card(phone, number, "Ya, check-out").await;
    phone.tap(&summary, "Ya, check-out").await;
    world
        .eventually("done", || async { world.look(&ticket).await["status"] == "done" })
        .await;
    let id = ticket["id"].as_str().expect("an id").to_owned();
    let draft = world
        .admin
        .post(&format!("tickets/{id}/invoice"), json!({}))
        .await;
    (ticket, draft.expect(200))
}

async fn act(who: &Api, invoice: &Value, verb: &str, form: Value) -> Value {
    let id = invoice["id"].as_str().expect("an id");
    who.post(&format!("invoices/{id}/{verb}"), form).await.expect(200)
}

story!(
    /// The draft stands when the job is done; it is edited, submitted, approved, paid, and its ticket closes.
    from_the_draft_to_the_last_rupiah, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let maya = sales(&world, "maya", json!(10)).await;
        let (ticket, draft) = done(&world, &budi, "AC bocor").await;
        assert_eq!(draft["state"], "draft");
        assert_eq!(draft["number"], Value::Null);
        let price = draft["lines"][0]["unit_price"].as_i64().expect("a price");
        assert_eq!(draft["total"], price, "the company charges no tax");
        assert_eq!(world.admin.get(&format!("tickets/{ticket}")).await.expect(200)["invoice_id"], draft["id"]);

        let path = format!("invoices/{}", draft["id"].as_str().expect("an id"));
        let lines = json!([
            { "description": "Servis AC", "quantity": 2, "unit": "unit", "unit_price": 350_000 },
            { "description": "Pipa tembaga", "quantity": 1.5, "unit": "meter", "unit_price": 100_000 },
        ]);
        let edit = json!({ "version": draft["version"], "lines": lines,
            "discount": { "kind": "percent", "value": 7.5 } });
        let edited = world.admin.patch(&path, edit.clone()).await.expect(200);
        assert_eq!((edited["subtotal"].as_i64(), edited["total"].as_i64()), (Some(850_000), Some(786_250)));
        assert_eq!(edited["lines"][1]["quantity"], json!(1.5));
        assert_eq!(edited["lines"][1]["amount"], json!(150_000));
        assert_eq!(edited["discount"], json!({ "kind": "percent", "value": 7.5 }));
        world.admin.patch(&path, edit).await.problem(409);

        act(&world.admin, &draft, "submit", json!({})).await;
        let refused = maya.post(&format!("{path}/approve"), json!({ "version": edited["version"] })).await;
        assert_eq!(refused.problem(409), "stale");
        let submitted = world.admin.get(&path).await.expect(200);
        let approved = act(&maya, &draft, "approve", json!({ "version": submitted["version"] })).await;
        let year = world.config.company.timezone.date(world.clock.now()).format("%Y").to_string();
        let number = approved["number"].as_str().expect("a number");
        assert!(number.starts_with(&format!("INV/{year}/")) && number.ends_with("/0001"), "{number}");
        assert!(approved["link"].as_str().is_some_and(|link| link.contains("/i/")));
        assert_eq!(world.admin.patch(&path, json!({ "lines": [] })).await.problem(409), "wrong-state");
        let close = world.admin.post(&format!("tickets/{ticket}/close"), json!({ "reason": "gratis saja" })).await;
        assert_eq!(close.problem(409), "conflict");

        let today = world.config.company.timezone.date(world.clock.now()).to_string();
        let pay = |amount: i64, withheld: i64, reference: &str| json!({ "method": "transfer", "amount": amount,
            "withheld": withheld, "paid_on": today, "reference": reference });
        let payments = format!("{path}/payments");
        let first = world.admin.post(&payments, pay(500_000, 0, "A1")).await.expect(201);
        assert_eq!(world.admin.post(&payments, pay(500_000, 0, "a1")).await.problem(409), "conflict");
        let mut elsewhere = pay(500_000, 0, "A1");
        elsewhere["method"] = json!("qris");
        elsewhere["paid_on"] = json!("2026-11-01");
        assert_eq!(world.admin.post(&payments, elsewhere).await.problem(409), "conflict", "the same reference");
        assert_eq!(world.admin.post(&payments, pay(0, 286_250, "A2")).await.problem(422), "invalid", "too much withheld");
        assert_eq!(world.admin.post(&payments, pay(286_251, 0, "A2")).await.problem(409), "conflict");
        world.admin.post(&payments, pay(270_525, 15_725, "A2")).await.expect(201);
        let paid = world.admin.get(&path).await.expect(200);
        assert_eq!((&paid["state"], &paid["outstanding"]), (&json!("paid"), &json!(0)));
        let closed = world.admin.get(&format!("tickets/{ticket}")).await.expect(200);
        assert_eq!(closed["status"], "closed");

        // A reversal leaves the ticket closed and puts the invoice back.
        let reverse = format!("{payments}/{}/reverse", first["id"].as_str().expect("an id"));
        let reversed = world.admin.post(&reverse, json!({ "reason": "salah catat" })).await.expect(200);
        assert!(reversed["reversed_at"].is_string());
        world.admin.post(&reverse, json!({ "reason": "salah catat" })).await.problem(409);
        let open = world.admin.get(&path).await.expect(200);
        assert_eq!((&open["state"], &open["outstanding"]), (&json!("sent"), &json!(500_000)));
        assert_eq!(world.admin.get(&format!("tickets/{ticket}")).await.expect(200)["status"], "closed");
        let what: Vec<&str> = open["revisions"].as_array().expect("revisions").iter()
            .filter_map(|revision| revision["what"].as_str()).collect();
        assert_eq!(what, ["drafted", "edited", "submitted", "approved", "paid", "reopened"]);

        // Void, it is billed once more, as it was; its ticket stays closed.
        let second = format!("{payments}/{}/reverse", open["payments"][1]["id"].as_str().expect("an id"));
        world.admin.post(&second, json!({ "reason": "salah catat" })).await.expect(200);
        act(&world.admin, &draft, "void", json!({ "reason": "salah harga" })).await;
        let anew = world.admin.post(&format!("tickets/{ticket}/invoice"), json!({})).await.expect(201);
        assert_eq!((&anew["state"], &anew["total"]), (&json!("draft"), &json!(786_250)));
        assert_eq!((&anew["lines"], &anew["discount"]), (&edited["lines"], &edited["discount"]));
        let submitted = act(&world.admin, &anew, "submit", json!({})).await;
        act(&maya, &anew, "approve", json!({ "version": submitted["version"] })).await;
        let payments = format!("invoices/{}/payments", anew["id"].as_str().expect("an id"));
        world.admin.post(&payments, pay(786_250, 0, "A1")).await.expect(201);
        assert_eq!(world.admin.get(&format!("tickets/{ticket}")).await.expect(200)["status"], "closed");
    }
);

story!(
    /// The limit holds; above it the price waits for those who may, and nobody else's word counts.
    a_discount_above_the_limit_waits, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let maya = sales(&world, "maya", json!(10)).await;
        let boss = sales(&world, "bos", Value::Null).await;
        let (_, draft) = done(&world, &budi, "AC bocor").await;
        let submitted = act(&world.admin, &draft, "submit", json!({})).await;
        let total = submitted["total"].as_i64().expect("a total");
        let wanted = json!({ "version": submitted["version"], "final_total": total / 2 });
        let revised = act(&maya, &draft, "revise", wanted).await;
        assert_eq!((&revised["state"], &revised["total"]), (&json!("submitted"), &json!(total / 2)));
        let path = format!("invoices/{}", draft["id"].as_str().expect("an id"));
        let approve = json!({ "version": revised["version"] });
        assert_eq!(maya.post(&format!("{path}/approve"), approve.clone()).await.problem(403), "forbidden");
        let back = act(&boss, &draft, "reject", json!({ "version": revised["version"], "reason": "terlalu murah" })).await;
        assert_eq!((&back["state"], &back["number"]), (&json!("draft"), &Value::Null));
        assert_eq!(boss.post(&format!("{path}/approve"), approve).await.problem(409), "wrong-state");

        let submitted = act(&world.admin, &draft, "submit", json!({})).await;
        let ten = json!({ "version": submitted["version"], "discount": { "kind": "percent", "value": 10 } });
        // It was cut to half before: ten percent is a better price, and within the limit.
        let approved = act(&maya, &draft, "revise", ten).await;
        assert_eq!((&approved["state"], &approved["discount_amount"]), (&json!("approved"), &json!(total / 10)));
    }
);

story!(
    /// Of decisions at the same moment one counts; numbers have no gaps, whatever fails in between.
    numbers_run_without_gaps, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let maya = sales(&world, "maya", Value::Null).await;
        let mut numbers = Vec::new();
        for round in 0..3 {
            let (_, draft) = done(&world, &budi, &format!("Pekerjaan {round}")).await;
            let submitted = act(&world.admin, &draft, "submit", json!({})).await;
            let path = format!("invoices/{}/approve", draft["id"].as_str().expect("an id"));
            let form = json!({ "version": submitted["version"] });
            let all = join_all((0..6).map(|_| maya.post(&path, form.clone()))).await;
            let won: Vec<&Value> = all.iter().filter(|answer| answer.status == 200).map(|answer| &answer.body).collect();
            assert_eq!(won.len(), 1, "one decision counts in round {round}");
            numbers.push(won[0]["number"].as_str().expect("a number").to_owned());
        }
        let serials: Vec<&str> = numbers.iter().filter_map(|number| number.rsplit('/').next()).collect();
        assert_eq!(serials, ["0001", "0002", "0003"]);
    }
);

story!(
    /// Closing without charge voids the draft; a zero total, and a price that nobody may approve, are refused.
    what_is_not_charged_or_cannot_be, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let (ticket, draft) = done(&world, &budi, "AC bocor").await;
        let path = format!("invoices/{}", draft["id"].as_str().expect("an id"));
        let refused = world.admin.post(&format!("{path}/submit"), json!({})).await;
        assert_eq!(refused.problem(409), "conflict", "there are no sales people");
        sales(&world, "maya", json!(0)).await;
        world.admin.patch(&path, json!({ "discount": { "kind": "amount", "value": 1 } })).await.expect(200);
        assert_eq!(world.admin.post(&format!("{path}/submit"), json!({})).await.problem(409), "conflict");
        world.admin.patch(&path, json!({ "lines": [] , "discount": { "kind": "amount", "value": 0 } })).await.expect(200);
        assert_eq!(world.admin.post(&format!("{path}/submit"), json!({})).await.problem(409), "conflict");

        let void = world.admin.post(&format!("{path}/void"), json!({ "reason": "salah layanan" })).await.expect(200);
        assert_eq!(void["state"], "void");
        let anew = world.admin.post(&format!("tickets/{ticket}/invoice"), json!({})).await.expect(201);
        assert_ne!(anew["id"], draft["id"]);
        world.admin.post(&format!("tickets/{ticket}/close"), json!({ "reason": "garansi" })).await.expect(200);
        let path = format!("invoices/{}", anew["id"].as_str().expect("an id"));
        assert_eq!(world.admin.get(&path).await.expect(200)["state"], "void");
        assert_eq!(world.admin.get(&format!("tickets/{ticket}")).await.expect(200)["invoice_id"], Value::Null);
        let refused = world.admin.post(&format!("tickets/{ticket}/invoice"), json!({})).await;
        assert_eq!(refused.problem(409), "wrong-state", "it was closed without charge");
    }
);

story!(
    /// Every fault of a line is told with its place, and nothing changes.
    faults_are_told_with_their_place, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let (_, draft) = done(&world, &budi, "AC bocor").await;
        let path = format!("invoices/{}", draft["id"].as_str().expect("an id"));
        let bad = json!({ "lines": [
            { "description": "Servis", "quantity": 1, "unit": "unit", "unit_price": 1000 },
            { "description": "", "quantity": 0, "unit": "", "unit_price": -1 },
        ], "discount": { "kind": "share", "value": 5 } });
        let answer = world.admin.patch(&path, bad).await;
        let fields: Vec<String> = answer.body["errors"].as_array().expect("errors").iter()
            .filter_map(|error| error["field"].as_str().map(str::to_owned)).collect();
        assert_eq!(answer.problem(422), "invalid");
        for field in ["lines[1].quantity", "lines[1].unit_price", "lines[1].description", "lines[1].unit", "discount.kind"] {
            assert!(fields.iter().any(|known| known == field), "{field} is missing in {fields:?}");
        }
        for bad in [
            json!({ "discount": { "kind": "percent", "value": 101 } }),
            json!({ "discount": { "kind": "amount", "value": 1.5 } }),
            json!({ "discount": { "kind": "amount", "value": 999_999_999 } }),
            json!({ "due_date": "kemarin" }),
            json!({ "total": 5 }),
        ] {
            assert_eq!(world.admin.patch(&path, bad.clone()).await.problem(422), "invalid", "{bad}");
        }
        let same = world.admin.get(&path).await.expect(200);
        assert_eq!(same["version"], draft["version"]);
    }
);
