//! Every setting is there, read from each source, and every mistake is told.

use crate::config::database::DatabaseUrl;
use crate::config::layers::Layers;
use crate::config::refusal::Refusal;
use crate::config::storage::StorageUrl;
use crate::config::telegram::Mode;
use crate::config::{Config, DEFAULTS};
use chrono::NaiveTime;
use domain::calendar::Zone;
use domain::person::Locale;
use secrecy::ExposeSecret;
use std::collections::BTreeSet;
use std::io::Write;

/// Operators' files and scripts hang on these names.
const INVENTORY: &str = "
    server.bind server.public_url server.metrics_token database.url database.max_connections redis.url storage.url
    telegram.token telegram.api_url telegram.mode telegram.webhook_secret telegram.pool_chat_id
    whatsapp.api_url whatsapp.api_version whatsapp.phone_number_id whatsapp.business_account_id
    whatsapp.access_token whatsapp.app_secret whatsapp.app_secret_previous whatsapp.verify_token
    company.name company.code company.address company.phone company.timezone company.locale
    company.vat_registered company.tax_id company.bank_accounts company.qris company.cs_hours
    company.quiet_hours company.privacy_url dispatch.daily_quota visit.checkin_grace_minutes
    visit.reminder_minutes visit.alert_repeat_minutes visit.alert_escalate_after visit.workday_start
    visit.radius_meters billing.auto_submit billing.auto_send billing.due_days
    retention.location_days retention.photo_days map.tile_url";

const SECRETS: [&str; 10] = [
    "SERVER__METRICS_TOKEN",
    "DATABASE__URL",
    "REDIS__URL",
    "STORAGE__URL",
    "TELEGRAM__TOKEN",
    "TELEGRAM__WEBHOOK_SECRET",
    "WHATSAPP__ACCESS_TOKEN",
    "WHATSAPP__APP_SECRET",
    "WHATSAPP__APP_SECRET_PREVIOUS",
    "WHATSAPP__VERIFY_TOKEN",
];

fn environment<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = (String, String)> + 'a {
    pairs
        .iter()
        .map(|(name, value)| (format!("TANGGAP_{name}"), (*value).to_owned()))
}

fn load(pairs: &[(&str, &str)]) -> Result<Config, Refusal> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    Config::load(Some(file.path()), environment(pairs))
}

fn refusal(pairs: &[(&str, &str)]) -> String {
    load(pairs).expect_err("this must be refused").to_string()
}

fn load_file(text: &str) -> Result<Config, Refusal> {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(text.as_bytes()).expect("written");
    Config::load(Some(file.path()), [])
}

#[test]
fn the_defaults_name_every_setting_and_no_other() {
    let listed: BTreeSet<String> = INVENTORY.split_whitespace().map(ToOwned::to_owned).collect();
    let known = Layers::defaults().known_keys();
    let (templates, settings): (BTreeSet<_>, BTreeSet<_>) = known
        .into_iter()
        .partition(|key| key.starts_with("whatsapp.templates."));
    assert_eq!(settings, listed);
    assert_eq!(
        templates.len(),
        24,
        "a name and a language for each of the purposes"
    );
    // The types refuse unknown fields and have no defaults of their own: parsing shows that
    // the file and the types name the same keys.
    Config::load_defaults().expect("the defaults are complete and sound");
}

#[test]
fn every_default_has_a_comment_of_its_own() {
    let lines: Vec<&str> = DEFAULTS.lines().collect();
    for (number, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.contains(" = ") && !line.starts_with('#'))
    {
        assert!(
            lines[number - 1].starts_with("# "),
            "no comment above line {}: {line}",
            number + 1
        );
    }
}

#[test]
fn the_defaults_serve_out_of_the_box() {
    let config = Config::default_settings();
    assert_eq!(config.server.bind.to_string(), "127.0.0.1:8080");
    assert_eq!(config.server.public_url, None);
    assert_eq!(
        config.server.base_url(config.server.bind),
        "http://127.0.0.1:8080"
    );
    assert_eq!(config.database.url.file(), Some(".data/tanggap.db".into()));
    assert!(config.redis.url.is_none());
    assert!(matches!(&config.storage.url, StorageUrl::Folder(folder) if folder.ends_with(".data/files")));
    assert!(config.telegram.token.is_none());
    assert_eq!(
        (config.telegram.mode, config.telegram.pool_chat_id),
        (Mode::Polling, None)
    );
    assert_eq!(config.telegram.api_url, "https://api.telegram.org");
    assert_eq!(config.whatsapp.missing().len(), 4);
    assert_eq!(
        (config.company.timezone, config.company.locale),
        (Zone(chrono_tz::Asia::Jakarta), Locale::Id)
    );
    assert_eq!(config.dispatch.daily_quota, 4);
    assert_eq!(
        config.visit.workday_start,
        NaiveTime::from_hms_opt(8, 0, 0).expect("a time")
    );
    let night = config.company.quiet_hours.expect("quiet hours");
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
    assert!(
        night.contains(at(21)) && night.contains(at(3)) && !night.contains(at(7)) && !night.contains(at(12))
    );
    assert!(config.fixed_by_environment.is_empty());
}

#[test]
fn the_environment_gives_every_kind_of_value_and_is_remembered() {
    let config = load(&[
        ("DISPATCH__DAILY_QUOTA", "7"),
        ("COMPANY__VAT_REGISTERED", "true"),
        (
            "COMPANY__BANK_ACCOUNTS",
            "BCA 123 a.n. PT Satu; Mandiri 456, a.n. PT Satu ;",
        ),
        ("COMPANY__QUIET_HOURS", ""),
        ("COMPANY__TIMEZONE", "Asia/Jayapura"),
        ("TELEGRAM__POOL_CHAT_ID", "-1001234567890"),
        ("TELEGRAM__TOKEN", ""),
        ("DATABASE__URL", "postgres://tanggap:hunter2@db/tanggap"),
        ("SERVER__PUBLIC_URL", "https://tanggap.example.com/"),
        ("WHATSAPP__TEMPLATES__OPTED_OUT__NAME", "berhenti_v2"),
        ("TEST_POSTGRES_URL", "not a setting, and not ours to refuse"),
        ("PORT", "tcp://10.0.0.1:80"),
    ]);
    let config = config.expect("all of these are settings or none of ours");
    assert_eq!(config.dispatch.daily_quota, 7);
    assert!(config.company.vat_registered);
    assert_eq!(
        config.company.bank_accounts,
        ["BCA 123 a.n. PT Satu", "Mandiri 456, a.n. PT Satu"]
    );
    assert_eq!(config.company.quiet_hours, None);
    assert_eq!(config.company.timezone, Zone(chrono_tz::Asia::Jayapura));
    assert_eq!(config.telegram.pool_chat_id, Some(-1_001_234_567_890));
    assert!(config.telegram.token.is_none());
    assert!(matches!(config.database.url, DatabaseUrl::Postgres(_)));
    assert_eq!(
        config.server.public_url.as_deref(),
        Some("https://tanggap.example.com")
    );
    assert!(config.server.is_https());
    assert_eq!(config.whatsapp.templates.opted_out.name, "berhenti_v2");
    assert!(config.fixed_by_environment.contains("dispatch.daily_quota"));
    assert!(!config.fixed_by_environment.contains("visit.radius_meters"));
    assert_eq!(config.fixed_by_environment.len(), 10);
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let text = "[dispatch]\ndaily_quota = 9\n[visit]\nradius_meters = 80\n[telegram]\npool_chat_id = -100\n";
    file.write_all(text.as_bytes()).expect("written");
    let config =
        Config::load(Some(file.path()), environment(&[("DISPATCH__DAILY_QUOTA", "2")])).expect("sound");
    assert_eq!((config.dispatch.daily_quota, config.visit.radius_meters), (2, 80));
    assert_eq!(config.telegram.pool_chat_id, Some(-100));
    assert_eq!(config.visit.checkin_grace_minutes, 30);
}

#[test]
fn unknown_settings_are_named_with_where_they_stand() {
    let text = refusal(&[
        ("TELEGRAM__TOKNE", "123:secret"),
        ("TELEGRAM_TOKEN", "123:secret"),
        ("TELEGRAM", "x__"),
    ]);
    assert!(
        text.contains("telegram.tokne (from environment variable TANGGAP_TELEGRAM__TOKNE)"),
        "{text}"
    );
    assert!(text.contains("did you mean telegram.token?"), "{text}");
    assert!(
        text.contains("environment variable TANGGAP_TELEGRAM_TOKEN)"),
        "{text}"
    );
    assert!(text.starts_with("2 settings are wrong:"), "{text}");
    assert!(!text.contains("123:secret"), "{text}");

    let file =
        load_file("[map]\n[telegram]\ntokne = \"123:secret\"\n[warna]\n[visit.radius_meters]\nx = 1\n");
    let text = file.expect_err("refused").to_string();
    assert!(text.contains("telegram.tokne (from /"), "{text}");
    assert!(text.contains("visit.radius_meters.x (from /"), "{text}");
    assert!(text.contains("warna (from /"), "{text}");
    assert!(
        text.starts_with("3 settings are wrong:") && !text.contains("123:secret"),
        "{text}"
    );

    let text = load_file("telegram = 5\n").expect_err("refused").to_string();
    assert!(
        text.contains("telegram (from /") && text.contains("is a section"),
        "{text}"
    );
}

#[test]
fn every_wrong_value_is_told_at_once() {
    let wrong = [
        ("SERVER__BIND", "localhost"),
        ("SERVER__PUBLIC_URL", "tanggap.example.com"),
        ("DATABASE__URL", "mysql://root:hunter2@db"),
        ("DATABASE__MAX_CONNECTIONS", "0"),
        ("REDIS__URL", "localhost:hunter2"),
        ("STORAGE__URL", "/var/hunter2"),
        ("TELEGRAM__API_URL", ""),
        ("TELEGRAM__MODE", "pushing"),
        ("TELEGRAM__WEBHOOK_SECRET", "hunter2 hunter2"),
        ("TELEGRAM__POOL_CHAT_ID", "@pool"),
        ("COMPANY__NAME", " "),
        ("COMPANY__CODE", "tgp"),
        ("COMPANY__TIMEZONE", "Jakarta"),
        ("COMPANY__LOCALE", "jv"),
        ("COMPANY__VAT_REGISTERED", "maybe"),
        ("COMPANY__CS_HOURS", "8 to 5"),
        ("DISPATCH__DAILY_QUOTA", "four"),
        ("VISIT__WORKDAY_START", "25:00"),
        ("VISIT__RADIUS_METERS", "-1"),
        ("BILLING__DUE_DAYS", ""),
        ("MAP__TILE_URL", "https://tiles.example.com"),
    ];
    let text = refusal(&wrong);
    for (name, _) in &wrong {
        let key = name.to_lowercase().replace("__", ".");
        let line = format!("\n  {key} (from environment variable TANGGAP_{name}): ");
        assert!(text.contains(&line), "{line} is missing in:\n{text}");
    }
    assert!(!text.contains("hunter2"), "{text}");
    assert_eq!(text.lines().count(), wrong.len() + 1, "{text}");
}

#[test]
fn wrong_kinds_in_the_file_are_told_without_secrets() {
    let text = load_file(
        "[dispatch]\ndaily_quota = 4.5\n[billing]\nauto_send = \"yes\"\n[company]\nbank_accounts = \"BCA\"\n\
         timezone = [1]\n[telegram]\ntoken = [\"123:secret\"]\n[server]\nmetrics_token = {}\n",
    );
    let text = text.expect_err("refused").to_string();
    for key in [
        "dispatch.daily_quota",
        "billing.auto_send",
        "company.bank_accounts",
        "company.timezone",
        "telegram.token",
    ] {
        assert!(
            text.contains(&format!("\n  {key} (from /")),
            "{key} is missing in:\n{text}"
        );
    }
    assert!(!text.contains("123:secret"), "{text}");

    let text = load_file("[telegram]\ntoken = \"123:secret\n")
        .expect_err("refused")
        .to_string();
    assert!(text.contains("is not TOML") && text.contains("line 2"), "{text}");
    assert!(!text.contains("123:secret"), "{text}");
}

#[test]
fn a_list_with_something_else_in_it_is_told() {
    let text = load_file("[company]\nbank_accounts = [\"BCA\", [\"x\"]]\n")
        .expect_err("refused")
        .to_string();
    assert!(text.contains("company.bank_accounts (from /"), "{text}");
}

#[test]
fn a_named_file_must_exist() {
    let text = Config::load(Some("/nowhere/tanggap.toml".as_ref()), [])
        .expect_err("refused")
        .to_string();
    assert!(text.contains("/nowhere/tanggap.toml: cannot be read"), "{text}");
}

#[test]
fn a_webhook_needs_a_token_a_secret_and_an_address() {
    let text = refusal(&[("TELEGRAM__MODE", "webhook")]);
    for key in ["telegram.token", "telegram.webhook_secret", "server.public_url"] {
        assert!(text.contains(&format!("{key}: must be set")), "{text}");
    }
    let long = "a".repeat(257);
    for secret in ["semi;colon", "sandi-ñ", &long] {
        let text = refusal(&[("TELEGRAM__WEBHOOK_SECRET", secret)]);
        assert!(
            text.contains("telegram.webhook_secret (from environment"),
            "{text}"
        );
        assert!(!text.contains(secret), "{text}");
    }
    let whole = [
        ("TELEGRAM__MODE", "webhook"),
        ("TELEGRAM__TOKEN", "123:abc"),
        ("TELEGRAM__WEBHOOK_SECRET", "A-z_0"),
        ("SERVER__PUBLIC_URL", "https://tanggap.example.com"),
    ];
    let config = load(&whole).expect("a whole webhook");
    assert_eq!(config.telegram.token.expect("a token").expose_secret(), "123:abc");
}

#[test]
fn no_secret_is_shown_by_debug() {
    let value = |name: &str| match name {
        "DATABASE__URL" => "postgres://u:hunter2@h/d",
        "REDIS__URL" => "redis://:hunter2@h",
        "STORAGE__URL" => "s3://key:hunter2@bucket",
        _ => "hunter2",
    };
    let pairs: Vec<(&str, &str)> = SECRETS.iter().map(|name| (*name, value(name))).collect();
    let config = load(&pairs).expect("all sound");
    assert!(!format!("{config:?}").contains("hunter2"));
    assert_eq!(
        config.secrets(),
        ["hunter2"; 10],
        "the log must know each of them"
    );
}

#[test]
fn a_qris_code_that_no_bank_could_read_is_refused() {
    let told = refusal(&[("COMPANY__QRIS", "00020101021126...")]);
    assert!(
        told.contains("company.qris") && told.contains("static QRIS code"),
        "{told}"
    );
    assert!(
        load(&[("COMPANY__QRIS", " ")])
            .expect("none")
            .company
            .qris
            .is_none()
    );
}
