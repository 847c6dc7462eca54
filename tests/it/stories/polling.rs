//! The same main job when updates are asked for instead of delivered.

use serde_json::json;
use tanggap::config::telegram::Mode;

use crate::harness::{Setup, story};

story!(
    /// Offered, won, told: by polling.
    the_war_by_polling,
    Setup { mode: Mode::Polling, ..Setup::default() },
    world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        let (_, andi) = world.technician(1002, "Andi").await;
        let ticket = world.ticket(&basics, "Lewat polling").await;
        let offer = budi.sees("Lewat polling").await;
        let other = andi.sees("Lewat polling").await;
        let won = budi.tap(&offer, "Ambil Job").await;
        assert!(won["text"].as_str().expect("words").contains("Anda mendapat"), "{won}");
        let lost = andi.tap(&other, "Ambil Job").await;
        assert!(lost["text"].as_str().expect("words").contains("Sudah diambil Budi"), "{lost}");
        assert_eq!(world.look(&ticket).await["status"], "assigned");
        budi.write("/tugas").await;
        budi.sees("Tugas Anda").await;
        assert_eq!(world.sim_get("bot").await["pending"], json!(0), "the offset moved");
    }
);
