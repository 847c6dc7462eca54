//! Photos of a job, for whoever decides its price.

use serde_json::{Value, json};

use crate::harness::story;
use crate::stories::approval::{act, card, number, seller, submitted, technician, words};
use crate::stories::invoices::done;

story!(
    /// The photos of the work and the signed handover come on demand, and who looked is written down.
    photos_come_on_demand, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        let (ticket, draft) = done(&world, &budi, "AC bocor").await;
        let invoice = act(&world.admin, &draft, "submit", json!({})).await;
        let asked = card(&maya.phone, &invoice).await;
        assert!(words(&asked).contains("Budi · selesai"), "{asked}");
        let toast = maya.phone.tap(&asked, "Foto (2)").await;
        assert!(words(&toast).contains("2 foto"), "{toast}");
        let evidence = maya.phone.sees(&format!("Bukti {}", number(&invoice))).await;
        assert!(evidence["photo"].is_array(), "a picture to look at: {evidence}");
        let bast = maya.phone.sees(&format!("BAST {}", number(&invoice))).await;
        assert!(bast["document"].is_object(), "a paper stays a file: {bast}");
        for message in [&evidence, &bast] {
            assert_eq!(message["protected"], json!(true), "not to be passed on: {message}");
        }
        let audit = world.admin.get(&format!("audit?ticket_id={ticket}")).await.expect(200);
        let looks: Vec<&Value> = audit["data"].as_array().expect("entries").iter()
            .filter(|entry| entry["action"] == "document_viewed").collect();
        assert_eq!(looks.len(), 2, "{audit}");
        assert!(looks.iter().all(|look| look["actor"]["name"] == "Maya" && look["channel"] == "telegram"));
        // Nothing but a look: the card stands, and is decided on.
        maya.phone.tap(&asked, "Setuju").await;
        maya.phone.sees("disetujui Maya").await;
    }
);

story!(
    /// A job without photos has no such button, and a forged one says so.
    a_job_without_photos, world => {
        technician(&world).await;
        let maya = seller(&world, 2001, "Maya", json!(10)).await;
        let invoice = submitted(&world, "AC bocor").await;
        let asked = card(&maya.phone, &invoice).await;
        assert!(!asked["inline_keyboard"].to_string().contains("Foto"), "{asked}");
        let press = format!("t1|prc|{}|{}|p", invoice["id"].as_str().expect("an id"), invoice["version"]);
        let answer = maya.phone.forge(&asked, &press).await;
        assert!(words(&answer).contains("belum punya foto"), "{answer}");
    }
);
