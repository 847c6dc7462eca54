//! Every setting, read once at start: defaults, then the file, then the environment.
//!
//! What is not understood is refused with its key and where it came from, and everything wrong
//! is told at once. Values of secrets are never told.

pub mod billing;
pub mod company;
pub mod database;
pub mod dispatch;
pub mod hours;
mod layers;
pub mod map;
pub mod redis;
pub mod refusal;
pub mod retention;
pub mod server;
pub mod settings;
pub mod storage;
pub mod telegram;
mod value;
pub mod visit;
pub mod whatsapp;

use crate::config::layers::Layers;
use crate::config::refusal::Refusal;
use crate::config::settings::Settings;
use secrecy::ExposeSecret;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

/// Every setting with its default: the file `config.toml` of the source.
pub const DEFAULTS: &str = include_str!("../../config.toml");

/// The settings of one process.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub server: server::Server,
    pub database: database::Database,
    pub redis: redis::Redis,
    pub storage: storage::Storage,
    pub telegram: telegram::Telegram,
    pub whatsapp: whatsapp::Whatsapp,
    pub company: company::Company,
    pub dispatch: dispatch::Dispatch,
    pub visit: visit::Visit,
    pub billing: billing::Billing,
    pub retention: retention::Retention,
    pub map: map::Map,
    /// The keys that the environment gave, such as `dispatch.daily_quota`: nobody can change
    /// these from inside.
    #[serde(skip)]
    pub fixed_by_environment: BTreeSet<String>,
}

/// What only whoever runs the process decides.
#[derive(Clone, Debug)]
pub struct Deployment {
    pub server: server::Server,
    pub database: database::Database,
    pub redis: redis::Redis,
    pub storage: storage::Storage,
    pub telegram: telegram::Telegram,
    pub whatsapp: whatsapp::Whatsapp,
}

impl Config {
    /// Reads the settings from `file` (when none is named: `config.toml` in the working folder,
    /// if there is one) and from `environment`, of which names under `TANGGAP_` count.
    ///
    /// # Errors
    /// Everything that is unknown, of the wrong kind, or contradicts itself, all at once; a file
    /// that was named and cannot be read.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Refusal> {
        let mut layers = Layers::defaults();
        layers.read_file(file);
        layers.read_environment(environment);
        let fixed_by_environment = layers.given_by_environment();
        let (config, mut complaints) = layers.merge();
        if let Some(config) = &config {
            let public_url = config.server.public_url.as_deref();
            for (key, expected) in config.telegram.contradictions(public_url) {
                complaints.push(layers.complaint(key, expected));
            }
        }
        match config {
            Some(config) if complaints.is_empty() => Ok(Self {
                fixed_by_environment,
                ..config
            }),
            _ => Err(Refusal::new(complaints)),
        }
    }

    /// The part that only whoever runs the process decides.
    pub fn deployment(&self) -> Deployment {
        Deployment {
            server: self.server.clone(),
            database: self.database.clone(),
            redis: self.redis.clone(),
            storage: self.storage.clone(),
            telegram: self.telegram.clone(),
            whatsapp: self.whatsapp.clone(),
        }
    }

    /// The company's part, as the file and the environment have it.
    pub fn settings(&self) -> Settings {
        Settings {
            company: self.company.clone(),
            dispatch: self.dispatch.clone(),
            visit: self.visit.clone(),
            billing: self.billing.clone(),
            retention: self.retention.clone(),
            map: self.map.clone(),
        }
    }

    /// [`Config::load`] with the environment of this process.
    pub fn from_process(file: Option<&Path>) -> Result<Self, Refusal> {
        Self::load(file, process_environment())
    }

    /// Every secret in plain words, for the log to blot out: tokens whole, and of addresses the
    /// passwords.
    pub fn secrets(&self) -> Vec<String> {
        let whole = [
            &self.server.metrics_token,
            &self.telegram.token,
            &self.telegram.webhook_secret,
            &self.whatsapp.access_token,
            &self.whatsapp.app_secret,
            &self.whatsapp.app_secret_previous,
            &self.whatsapp.verify_token,
        ];
        let whole = whole
            .into_iter()
            .flatten()
            .map(|secret| secret.expose_secret().to_owned());
        let redis = self.redis.url.as_ref().map(ExposeSecret::expose_secret);
        let addresses = [Some(self.database.url.expose()), redis];
        whole
            .chain(addresses.into_iter().flatten().filter_map(value::password))
            .chain(self.storage.secrets())
            .collect()
    }

    /// The defaults alone, for tests and the demo to start from.
    pub fn default_settings() -> Self {
        Self::load_defaults().expect("the compiled-in defaults are complete, as a test shows")
    }

    fn load_defaults() -> Result<Self, Refusal> {
        match Layers::defaults().merge() {
            (Some(config), complaints) if complaints.is_empty() => Ok(config),
            (_, complaints) => Err(Refusal::new(complaints)),
        }
    }
}

/// Names and values that are text; no setting's name is anything else, and a value that is not
/// text shows up as replacement characters and is refused where it matters.
#[expect(clippy::disallowed_methods, reason = "this is the home of the environment")]
fn process_environment() -> Vec<(String, String)> {
    std::env::vars_os()
        .map(|(name, value)| {
            (
                name.to_string_lossy().into_owned(),
                value.to_string_lossy().into_owned(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests;
