//! The doctor: what is well, what is not, and what to mend, without a secret.

use std::process::Command;

use tanggap::config::Config;
use tanggap::config::database::DatabaseUrl;
use tanggap::config::storage::StorageUrl;
use tanggap::config::telegram::Mode;
use tanggap::runtime::doctor::{self, Finding, Level};

use crate::harness::{S3, World, story};

/// What is not well, in words.
async fn complaints(config: &Config) -> Vec<(Level, String)> {
    let found = doctor::examine(config).await;
    let bad = found.into_iter().filter(|finding| finding.level != Level::Ok);
    bad.map(|Finding { level, words }| (level, words)).collect()
}

/// The only complaint, which must hold these words.
async fn one(config: &Config, level: Level, word: &str) -> String {
    let mut all = complaints(config).await;
    assert_eq!(all.len(), 1, "{all:#?}");
    let (found, words) = all.remove(0);
    assert_eq!(found, level, "{words}");
    assert!(words.contains(word), "{words}");
    words
}

fn changed(world: &World, change: impl FnOnce(&mut Config)) -> Config {
    let mut config = world.config.clone();
    change(&mut config);
    config
}

story!(
    /// All is well with a running installation, in both languages.
    a_sound_installation_has_no_complaints, world => {
        assert_eq!(complaints(&world.config).await, []);
        let english = changed(&world, |config| config.company.locale = domain::person::Locale::En);
        let told = |found: Vec<Finding>| found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        let (id, en) = (told(doctor::examine(&world.config).await), told(doctor::examine(&english).await));
        assert!(id.contains("ok    Basis data: terjangkau"), "{id}");
        assert!(en.contains("ok    Database: reachable"), "{en}");
        assert!(en.contains("ok    Webhook: points here"), "{en}");
        assert!(!id.contains("Unknown") && !en.contains("Unknown"));
    }
);

story!(
    /// Each thing that is wrong is told with what to mend, and no secret is shown.
    what_is_wrong_is_told, world => {
        // The simulator notes whoever comes with a wrong token.
        world.leaves_something();
        let wrong = changed(&world, |config| config.telegram.token = Some("123:hunter2-hunter2".into()));
        let words = one(&wrong, Level::Fail, "telegram.token").await;
        assert!(!words.contains("hunter2"), "{words}");

        let away = "postgres://u:hunter2@127.0.0.1:9/none";
        let wrong = changed(&world, |config| config.database.url = DatabaseUrl::Postgres(away.into()));
        let all = complaints(&wrong).await;
        assert!(all.iter().any(|(level, words)| *level == Level::Fail && words.contains("database.url")), "{all:?}");
        assert!(!format!("{all:?}").contains("hunter2"), "{all:?}");

        let file = tempfile::NamedTempFile::new().expect("a file");
        let below = file.path().join("files");
        let wrong = changed(&world, |config| config.storage.url = StorageUrl::Folder(below));
        one(&wrong, Level::Fail, "storage.url").await;

        let wrong = changed(&world, |config| config.telegram.api_url = "http://127.0.0.1:9".to_owned());
        one(&wrong, Level::Fail, "telegram.api_url").await;
        let off = changed(&world, |config| config.telegram.token = None);
        one(&off, Level::Warn, "telegram.token").await;
        let polling = changed(&world, |config| config.telegram.mode = Mode::Polling);
        one(&polling, Level::Warn, "polling").await;
        let moved = changed(&world, |config| config.server.public_url = Some("https://baru.example.com".to_owned()));
        let words = one(&moved, Level::Warn, "baru.example.com").await;
        assert!(words.contains("127.0.0.1"), "{words}");
        let half = changed(&world, |config| config.whatsapp.phone_number_id = "1".to_owned());
        one(&half, Level::Warn, "whatsapp.access_token").await;
    }
);

story!(
    /// A bucket is tried by writing; one that does not know us is told.
    a_bucket_is_tried, world => {
        let bucket = S3::open().await;
        let sound = changed(&world, |config| config.storage.url = bucket.url());
        assert_eq!(complaints(&sound).await, []);
        assert_eq!(bucket.names(), Vec::<String>::new(), "nothing is left behind");
        let StorageUrl::Bucket(mut other) = bucket.url() else { unreachable!() };
        other.key = "someone-else".into();
        other.secret = "hunter2/hunter2".into();
        let wrong = changed(&world, |config| config.storage.url = StorageUrl::Bucket(other));
        let words = one(&wrong, Level::Fail, "storage.url").await;
        assert!(!words.contains("hunter2") && !words.contains("someone-else"), "{words}");
    }
);

#[test]
fn the_command_fails_when_something_must_be_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |storage: &str, qris: &str| {
        let config = folder.path().join("config.toml");
        let database = folder.path().join("tanggap.db");
        let text = format!(
            "[database]\nurl = \"sqlite://{}?mode=rwc\"\n[storage]\nurl = \"{storage}\"\n[company]\nlocale = \"en\"\nqris = \"{qris}\"\n",
            database.display()
        );
        std::fs::write(&config, text).expect("written");
        let done = Command::new(env!("CARGO_BIN_EXE_tanggap"))
            .env_clear()
            .args(["doctor", "--config"])
            .arg(&config)
            .output()
            .expect("it runs");
        assert!(!database.exists(), "it only looks");
        (
            done.status.code(),
            String::from_utf8_lossy(&done.stdout).into_owned(),
        )
    };
    let (code, told) = run(&format!("file://{}/files", folder.path().display()), "");
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("warn  Telegram: telegram.token is empty"), "{told}");
    std::fs::write(folder.path().join("taken"), "a file").expect("written");
    let (code, told) = run(&format!("file://{}/taken/files", folder.path().display()), "");
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("fail  Storage"), "{told}");
    let (code, told) = run("ftp://nowhere", "");
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("fail") && told.contains("storage.url"), "{told}");
    let (code, told) = run(
        &format!("file://{}/files", folder.path().display()),
        "00020101021126",
    );
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("fail") && told.contains("company.qris"), "{told}");
}
