//! War tiket: everyone is offered the job, one wins it, all are told.

use serde_json::json;

use crate::harness::{Setup, story};

story!(
    /// The main job, from the admin's form to everyone's phone.
    one_wins_and_everyone_is_told, world => {
        let basics = world.basics().await;
        let (budi_account, budi) = world.technician(1001, "Budi").await;
        let (_, andi) = world.technician(1002, "Andi").await;
        let ticket = world.ticket(&basics, "Internet mati total").await;
        let number = ticket["number"].as_str().expect("a number").to_owned();

        let offer = budi.sees(&number).await;
        let words = offer["text"].as_str().expect("words");
        assert!(words.contains("Coblong, Bandung"), "{words}");
        for secret in ["Melati", "12,", "81234500001", "Hartono", "-6.89"] {
            assert!(!words.contains(secret), "the offer tells {secret}: {words}");
        }
        let other = andi.sees(&number).await;

        let won = budi.tap(&offer, "Ambil Job").await;
        assert!(won["text"].as_str().expect("words").contains("Anda mendapat"), "{won}");
        let lost = andi.tap(&other, "Ambil Job").await;
        assert_eq!(lost["show_alert"], json!(true));
        let words = lost["text"].as_str().expect("words");
        assert!(words.contains("Sudah diambil Budi") && words.contains("terpaut"), "{words}");

        let card = budi.sees("Bapak Hartono").await;
        let words = card["text"].as_str().expect("words");
        assert!(words.contains("Jl. Melati 12") && words.contains("81234500001"), "{words}");
        assert_eq!(card["protected"], json!(true), "an address must not be forwarded");
        for phone in [&budi, &andi] {
            let taken = phone.sees("Diambil Budi").await;
            assert_eq!(taken["edits"], json!(1), "edited in place");
            assert!(taken["inline_keyboard"].as_array().is_none_or(Vec::is_empty), "{taken}");
        }

        let seen = world.look(&ticket).await;
        assert_eq!(seen["status"], "assigned");
        assert_eq!(seen["technician"]["id"], budi_account["id"]);
        assert!(seen["claimed_at"].is_string() && seen["check_in_due_at"].is_string());
        let events: Vec<&str> =
            seen["timeline"].as_array().expect("events").iter().filter_map(|e| e["event"].as_str()).collect();
        assert_eq!(events, ["ticket_created", "ticket_claimed"]);
        assert_eq!(seen["timeline"][1]["channel"], "telegram");
        assert_eq!(seen["timeline"][1]["actor"]["name"], "Budi");

        let again = budi.forge(&offer, "t1|clm|1|0").await;
        assert!(again["text"].as_str().expect("words").contains("Anda mendapat"), "no error: {again}");
    }
);

story!(
    /// Released with a reason, the job goes to everyone again, and the old buttons are stale.
    released_with_a_reason_it_is_offered_again, world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        let (_, andi) = world.technician(1002, "Andi").await;
        let ticket = world.ticket(&basics, "AC bocor").await;
        let number = ticket["number"].as_str().expect("a number").to_owned();
        let offer = budi.sees(&number).await;
        let first_offer = andi.sees(&number).await;
        budi.tap(&offer, "Ambil Job").await;
        let card = budi.sees("Bapak Hartono").await;
        andi.sees("Diambil Budi").await;

        budi.tap(&card, "Lepas").await;
        budi.sees("Mengapa").await;
        budi.write("x").await;
        budi.sees("terlalu pendek").await;
        budi.write("Ban bocor di jalan").await;
        budi.sees("dilepas").await;
        assert_eq!(world.look(&ticket).await["status"], "open");

        world.drained().await;
        let second = andi.sees("AC bocor").await;
        assert_ne!(second["message_id"], first_offer["message_id"], "a new message, with its own sound");
        let stale = andi.forge(&second, "t1|clm|1|0").await;
        assert!(stale["text"].as_str().expect("words").contains("tidak berlaku"), "{stale}");
        let won = andi.tap(&second, "Ambil Job").await;
        assert!(won["text"].as_str().expect("words").contains("Anda mendapat"), "{won}");
        let quota = world.admin.get("quota?date=").await;
        assert_eq!(quota.status.as_u16(), 422, "an empty date is no date");
    }
);

story!(
    /// Whoever was replaced cannot have the job again; the one named has it.
    replaced_he_cannot_have_it_again, world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        let (andi_account, andi) = world.technician(1002, "Andi").await;
        let ticket = world.ticket(&basics, "Pompa mati").await;
        let path = format!("tickets/{}", ticket["id"].as_str().expect("an id"));
        let offer = budi.sees("Pompa mati").await;
        budi.tap(&offer, "Ambil Job").await;
        budi.sees("Bapak Hartono").await;

        let replaced = json!({ "reason": "Tidak bisa dihubungi" });
        world.admin.post(&format!("{path}/replace"), replaced).await.expect(200);
        budi.sees("dialihkan").await;
        world.drained().await;
        budi.write("/tersedia").await;
        budi.sees("Belum ada job").await;
        let refused = budi.forge(&offer, "t1|clm|1|2").await;
        assert!(refused["text"].as_str().expect("words").contains("tidak bisa Anda ambil lagi"), "{refused}");

        let again = world
            .admin
            .post(&format!("{path}/assign"), json!({ "technician_id": ticket["technician"]["id"] }))
            .await;
        assert_eq!(again.problem(422), "invalid");
        world
            .admin
            .post(&format!("{path}/assign"), json!({ "technician_id": andi_account["id"] }))
            .await
            .expect(200);
        andi.sees("ditugaskan kepada Anda oleh Rina").await;
        andi.sees("Bapak Hartono").await;
    }
);

story!(
    /// With a pool group the job is one message there, and whoever taps first has it.
    a_group_gets_one_message,
    Setup { adjust: |config| config.telegram.pool_chat_id = Some(-100_200_300), ..Setup::default() },
    world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        let (_, andi) = world.technician(1002, "Andi").await;
        let group = json!({ "id": -100_200_300, "title": "Pool", "members": [1001, 1002], "bot_admin": true });
        world.sim_post("groups", group).await;
        world.ticket(&basics, "Kabel putus").await;
        world.drained().await;
        assert_eq!((budi.count("Kabel putus").await, andi.count("Kabel putus").await), (0, 0));

        let race = json!({ "text": "Kabel putus", "people": [1001, 1002], "within_ms": 50 });
        world.sim_post("race", race).await;
        world.drained().await;
        world.eventually("both are answered", || async { world.sim_get("idle").await["idle"] == json!(true) }).await;
        world.drained().await;
        let taps = world.sim_get("taps").await;
        let answers: Vec<&str> =
            taps["taps"].as_array().expect("taps").iter().filter_map(|t| t["answer"]["text"].as_str()).collect();
        assert_eq!(answers.iter().filter(|text| text.contains("Anda mendapat")).count(), 1, "{answers:?}");
        assert_eq!(answers.iter().filter(|text| text.contains("Sudah diambil")).count(), 1, "{answers:?}");
        let cards = budi.count("Bapak Hartono").await + andi.count("Bapak Hartono").await;
        assert_eq!(cards, 1, "the winner's card is in his own chat");
    }
);

story!(
    /// `/libur` stops offers, `/siap` brings them back, `/tersedia` and `/tugas` list.
    duty_and_lists, world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        let (_, andi) = world.technician(1002, "Andi").await;
        budi.write("/libur").await;
        budi.sees("Selamat beristirahat").await;
        world.ticket(&basics, "Lampu LOS merah").await;
        andi.sees("Lampu LOS merah").await;
        world.drained().await;
        assert_eq!(budi.count("Lampu LOS merah").await, 0);

        budi.write("/tugas").await;
        budi.sees("Belum ada tugas").await;
        budi.write("/siap").await;
        budi.sees("Ada 1 job").await;
        budi.write("/tersedia").await;
        let list = budi.sees("Job tersedia").await;
        let won = budi.tap(&list, "Ambil Job").await;
        assert!(won["text"].as_str().expect("words").contains("Anda mendapat"), "{won}");
        budi.write("/tugas").await;
        let tasks = budi.sees("Tugas Anda").await;
        budi.tap(&tasks, "TKT-").await;
        world.drained().await;
        assert_eq!(budi.count("Bapak Hartono").await, 2, "the card is shown again, below");
    }
);
