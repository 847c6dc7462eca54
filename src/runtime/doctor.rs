//! The doctor: looks at everything that this installation stands on, and says what to mend.
//!
//! It changes nothing (but a few bytes that it writes to the storage and erases again), and shows no secret.

mod whatsapp;

use std::fmt;
use std::time::Duration;

use domain::person::Locale;
use fluent_templates::fluent_bundle::FluentValue;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::cluster::Cluster;
use crate::config::Config;
use crate::config::database::DatabaseUrl;
use crate::config::settings::Values;
use crate::config::storage::StorageUrl;
use crate::config::telegram::Mode;
use crate::files::Files;
pub use crate::runtime::doctor::whatsapp::templates;
use crate::store;
use crate::telegram::client::CallError;
use crate::telegram::{Client, intake};
use crate::web::words::{word, words};

/// How long anything may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// More updates than these waiting at Telegram mean that nobody takes them.
const MANY: u64 = 100;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Ok,
    /// It serves, and not everything.
    Warn,
    /// It does not serve until this is mended.
    Fail,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub level: Level,
    /// What was looked at, how it is, and what to mend, in words.
    pub words: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Ok => "ok",
            Level::Warn => "warn",
            Level::Fail => "fail",
        };
        write!(f, "{level:<5} {}", self.words)
    }
}

/// Looks at everything, in the order in which things stand on each other.
pub async fn examine(config: &Config) -> Vec<Finding> {
    let ward = Ward {
        config,
        locale: config.company.locale,
    };
    let mut found = vec![ward.ok("doctor-config-ok")];
    if config.server.public_url.is_none() {
        found.push(ward.warn("doctor-no-public-url"));
    }
    found.push(ward.database().await);
    found.extend(ward.settings().await);
    found.push(ward.redis().await);
    found.push(ward.storage().await);
    found.extend(ward.telegram().await);
    found.extend(ward.whatsapp().await);
    found
}

/// The finding for settings that cannot be read.
pub fn unreadable(refusal: &str) -> Finding {
    let why = [("why", FluentValue::from(refusal))];
    Finding {
        level: Level::Fail,
        words: words(Locale::default(), "doctor-config-wrong", &why),
    }
}

pub(crate) struct Ward<'c> {
    pub(crate) config: &'c Config,
    pub(crate) locale: Locale,
}

pub(crate) type Fact<'f> = (&'static str, FluentValue<'f>);

impl Ward<'_> {
    pub(crate) fn ok(&self, key: &str) -> Finding {
        self.told(Level::Ok, key, &[])
    }

    pub(crate) fn warn(&self, key: &str) -> Finding {
        self.told(Level::Warn, key, &[])
    }

    pub(crate) fn told(&self, level: Level, key: &str, facts: &[Fact<'_>]) -> Finding {
        let words = if facts.is_empty() {
            word(self.locale, key)
        } else {
            words(self.locale, key, facts)
        };
        Finding { level, words }
    }

    pub(crate) fn fail(&self, key: &str, why: &str) -> Finding {
        self.told(Level::Fail, key, &[("why", why.into())])
    }

    async fn database(&self) -> Finding {
        let url = &self.config.database.url;
        if let (DatabaseUrl::Sqlite(_), Some(file)) = (url, url.file())
            && !file.exists()
        {
            // Asking would make it.
            return self.ok("doctor-database-new");
        }
        let asked = timeout(PATIENCE, store::pending_migrations(url.expose())).await;
        match asked {
            Err(_) => self.fail("doctor-database-away", "no answer in time"),
            Ok(Err(error)) => self.fail("doctor-database-away", &error.to_string()),
            Ok(Ok(0)) => self.ok("doctor-database-ok"),
            Ok(Ok(count)) => {
                let count = [("count", FluentValue::from(count.to_string()))];
                match url {
                    DatabaseUrl::Sqlite(_) => self.told(Level::Warn, "doctor-migrations-at-start", &count),
                    DatabaseUrl::Postgres(_) => self.told(Level::Fail, "doctor-migrations", &count),
                }
            }
        }
    }

    /// What the panel changed, which is nowhere in the file. Nothing, where the database cannot be asked.
    async fn settings(&self) -> Option<Finding> {
        let url = &self.config.database.url;
        if url.file().is_some_and(|file| !file.exists()) {
            return None;
        }
        let look = async {
            let (db, _) = store::open(url.expose(), 1).await.ok()?;
            let rows = store::settings::all(&db).await.ok();
            db.close().await;
            rows
        };
        let rows = timeout(PATIENCE, look).await.ok().flatten()?;
        let given = rows
            .into_iter()
            .filter_map(|row| serde_json::from_str::<Values>(&row.given).ok());
        let fixed = &self.config.fixed_by_environment;
        let keys: Vec<String> = given
            .flat_map(Values::into_keys)
            .filter(|key| !fixed.contains(key))
            .collect();
        let facts = [("keys", FluentValue::from(keys.join(", ")))];
        (!keys.is_empty()).then(|| self.told(Level::Ok, "doctor-settings-hidden", &facts))
    }

    async fn redis(&self) -> Finding {
        let embedded = matches!(self.config.database.url, DatabaseUrl::Sqlite(_));
        match &self.config.redis.url {
            None if embedded => self.ok("doctor-redis-needless"),
            None => self.ok("doctor-redis-alone"),
            Some(_) if embedded => self.warn("doctor-redis-unused"),
            Some(url) => match timeout(PATIENCE, Cluster::reach(url)).await {
                Ok(Ok(())) => self.ok("doctor-redis-ok"),
                Ok(Err(why)) => self.fail("doctor-redis-away", &why),
                Err(_) => self.fail("doctor-redis-away", "no answer in time"),
            },
        }
    }

    async fn storage(&self) -> Finding {
        let look = async {
            let files = Files::open(&self.config.storage).await?;
            files.probe().await
        };
        let key = match &self.config.storage.url {
            StorageUrl::Folder(_) => "doctor-folder-away",
            StorageUrl::Bucket(_) => "doctor-bucket-away",
        };
        match timeout(PATIENCE * 3, look).await {
            Ok(Ok(())) => self.ok("doctor-storage-ok"),
            Ok(Err(error)) => self.fail(key, &error.to_string()),
            Err(_) => self.fail(key, "no answer in time"),
        }
    }

    async fn telegram(&self) -> Vec<Finding> {
        let settings = &self.config.telegram;
        let Some(token) = &settings.token else {
            return vec![self.warn("doctor-telegram-off")];
        };
        let client = match Client::new(&settings.api_url, token) {
            Ok(client) => client,
            Err(error) => return vec![self.fail("doctor-telegram-away", &error.to_string())],
        };
        let me = match client.call("getMe", &json!({})).await {
            Ok(me) => me,
            Err(CallError::Said { code: 401 | 404, .. }) => {
                return vec![self.told(Level::Fail, "doctor-telegram-token", &[])];
            }
            Err(error) => return vec![self.fail("doctor-telegram-away", &error.to_string())],
        };
        let name = me.get("username").and_then(Value::as_str).unwrap_or_default();
        let mut found = vec![self.told(Level::Ok, "doctor-telegram-ok", &[("bot", name.into())])];
        match client.call("getWebhookInfo", &json!({})).await {
            Ok(webhook) => found.extend(self.webhook(&webhook)),
            Err(error) => found.push(self.fail("doctor-telegram-away", &error.to_string())),
        }
        found
    }

    /// Where Telegram posts updates, and how that goes (Bot API, `WebhookInfo`).
    fn webhook(&self, told: &Value) -> Vec<Finding> {
        let there = told.get("url").and_then(Value::as_str).unwrap_or_default();
        let wanted = match self.config.telegram.mode {
            Mode::Webhook => self.config.server.public_url.as_deref(),
            Mode::Polling => None,
        };
        let wanted = wanted.map(|url| format!("{url}{}", intake::PATH));
        let mut found = vec![match (&wanted, there) {
            (Some(wanted), there) if wanted == there => self.ok("doctor-webhook-ok"),
            (None, "") => self.ok("doctor-polling-ok"),
            (Some(_), "") => self.warn("doctor-webhook-unset"),
            (Some(wanted), there) => self.told(
                Level::Warn,
                "doctor-webhook-elsewhere",
                &[("there", host(there).into()), ("here", host(wanted).into())],
            ),
            (None, there) => self.told(
                Level::Warn,
                "doctor-webhook-unwanted",
                &[("there", host(there).into())],
            ),
        }];
        let waiting = told
            .get("pending_update_count")
            .and_then(Value::as_u64)
            .unwrap_or(0);
        if waiting > MANY {
            let count = [("count", FluentValue::from(waiting.to_string()))];
            found.push(self.told(Level::Warn, "doctor-webhook-waiting", &count));
        }
        if let Some(why) = told.get("last_error_message").and_then(Value::as_str) {
            found.push(self.told(Level::Warn, "doctor-webhook-error", &[("why", why.into())]));
        }
        found
    }
}

/// Only the host of an address: what stands behind it may be someone's secret path.
pub(crate) fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned()
}
