//! A rate that changes while a price waits: nobody approves a total that he did not see.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::harness::{Setup, story};
use crate::stories::approval::{
    act, card, has_buttons, look, number, path, seller, state, submitted, technician, words,
};

/// The late evening, in Jakarta, before ten percent became eleven (UU 7/2021).
fn the_day_before() -> Setup {
    Setup {
        frozen: Some("2022-03-31T16:55:00Z"),
        adjust: |config| config.company.vat_registered = true,
        ..Setup::default()
    }
}

story!(
    /// The card of yesterday approves nothing, by chat or by API; the new one shows the new total, and approves that.
    the_rate_of_the_day_of_the_approval, the_day_before(), world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", Value::Null).await;
        let tono = seller(&world, 2002, "Tono", Value::Null).await;
        let (one, two) = (submitted(&world, "Satu").await, submitted(&world, "Dua").await);
        let three = submitted(&world, "Tiga").await;
        assert_eq!((&one["vat_percent"], &one["total"]), (&json!(10), &json!(275_000)));
        let old = card(&maya.phone, &one).await;
        assert!(words(&old).contains("PPN 10%") && words(&old).contains("Total: Rp275.000"), "{old}");
        let third = card(&tono.phone, &three).await;
        tono.phone.tap(&third, "Tolak").await;
        tono.phone.sees("mengapa ditolak?").await;
        world.drained().await;
        world.clock.advance(TimeDelta::minutes(10));

        // A reason typed the day after is about a price that has changed, too.
        tono.phone.write("Sukucadang belum masuk").await;
        tono.phone.sees(&format!("Tarif PPN berubah sejak {}", number(&three))).await;
        assert_eq!(look(&world, &three).await["state"], "submitted");
        let toast = maya.phone.tap(&old, "Setuju").await;
        assert!(words(&toast).contains("Tarif PPN berubah") && words(&toast).contains("Rp277.500"), "{toast}");
        let anew = look(&world, &one).await;
        assert_eq!((&anew["state"], &anew["number"]), (&json!("submitted"), &Value::Null));
        assert_eq!((&anew["vat_percent"], &anew["vat"], &anew["total"]), (&json!(11), &json!(27_500), &json!(277_500)));
        let last = anew["revisions"].as_array().and_then(|all| all.last()).expect("a revision").clone();
        assert_eq!((&last["what"], &last["by"]), (&json!("retaxed"), &Value::Null));
        world.drained().await;
        for seller in [&maya, &tono] {
            assert!(!has_buttons(&seller.phone.sees("tarif PPN berubah").await), "the old card");
            let new = card(&seller.phone, &one).await;
            assert!(words(&new).contains("PPN 11%") && words(&new).contains("Total: Rp277.500"), "{new}");
            assert!(words(&new).contains("diajukan Rina"), "{new}");
        }
        let id = one["id"].as_str().expect("an id");
        let late = maya.phone.forge(&old, &format!("t1|prc|{id}|{}|a", one["version"])).await;
        assert!(words(&late).contains("sudah berubah"), "{late}");
        assert_eq!(look(&world, &one).await["version"], anew["version"], "it approves nothing");
        let new = card(&tono.phone, &one).await;
        tono.phone.tap(&new, "Setuju").await;
        state(&world, &one, "approved").await;
        assert_eq!(look(&world, &one).await["total"], 277_500);
        let of_today = "SELECT COUNT(*) FROM invoices WHERE taxed_on = '2022-04-01' AND state = 'approved'";
        assert_eq!(world.number(of_today).await, 1);

        // By the API it is an older version, and what is current can be read and decided.
        let stale = maya.api.post(&path(&two, "approve"), json!({ "version": two["version"] })).await;
        assert_eq!(stale.problem(409), "stale");
        let now = look(&world, &two).await;
        assert_eq!((&now["state"], &now["total"]), (&json!("submitted"), &json!(277_500)));
        let ten = json!({ "version": now["version"], "discount": { "kind": "percent", "value": 10 } });
        let done = act(&maya.api, &two, "revise", ten).await;
        assert_eq!((&done["state"], &done["vat_percent"], &done["total"]), (&json!("approved"), &json!(11), &json!(249_750)));

        let new = card(&tono.phone, &three).await;
        tono.phone.tap(&new, "Setuju").await;
        state(&world, &three, "approved").await;
        world.drained().await;
        for message in maya.phone.messages().await.iter().chain(tono.phone.messages().await.iter()) {
            assert!(!has_buttons(message), "nothing is left to press: {message}");
        }
    }
);
