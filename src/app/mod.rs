//! Use cases: one noun per file, one function per verb; a transaction in, an answer out.
//!
//! The doors (Telegram, WhatsApp, panel, API) only translate: the same deed through any of them has the
//! same effects, audit and messages.

pub mod act;
pub mod alerts;
pub mod approvals;
pub mod audit;
pub mod board;
pub mod cards;
pub mod channels;
pub mod chats;
pub mod claim;
pub mod contacts;
pub mod conversation;
pub mod customers;
pub mod deliveries;
pub mod documents;
pub mod error;
pub mod invites;
pub mod invoices;
pub mod notices;
pub mod page;
pub mod quarantine;
pub mod quota;
pub mod ratings;
pub mod readiness;
pub mod receipts;
pub mod registration;
pub mod requests;
pub mod retention;
pub mod secret;
pub mod services;
pub mod sessions;
pub mod settings;
pub mod tickets;
pub mod uploads;
pub mod users;
pub mod visits;
pub mod voice;
pub mod webhooks;

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendar::Zone;
use futures::future::BoxFuture;
use serde::Serialize;

pub use crate::app::act::{Act, Channel, Once};
use crate::app::claim::Races;
pub use crate::app::error::{Error, Refusal};
use crate::app::settings::Current;
use crate::app::voice::Voice;
use crate::clock::Clock;
use crate::cluster::{Change, Cluster, Topic};
use crate::config::settings::Settings;
use crate::config::{Config, Deployment};
use crate::files::Files;
use crate::store::{Db, Effects, Tx};

/// What every use case stands on. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    pub db: Db,
    pub cluster: Cluster,
    pub clock: Clock,
    /// What only whoever runs the process decides; the rest is in [`App::settings`].
    pub config: Arc<Deployment>,
    /// Where photos and documents are kept.
    pub files: Files,
    /// The bot's user name, once Telegram has told it; invite links need it.
    pub bot: Arc<OnceLock<String>>,
    /// How words are put, where a page shows what was said in a chat.
    pub voice: Voice,
    /// How long after the last word of a ticket its customer is told a correction.
    pub(crate) apart: TimeDelta,
    pub(crate) races: Races,
    pub(crate) current: Current,
}

impl App {
    /// Puts the parts together.
    pub fn new(db: Db, cluster: Cluster, clock: Clock, config: &Config, files: Files) -> Self {
        Self {
            db,
            cluster,
            clock,
            config: Arc::new(config.deployment()),
            files,
            bot: Arc::default(),
            voice: Voice::default(),
            apart: notices::customer::APART,
            races: Races::default(),
            current: Current::new(config.settings(), config.fixed_by_environment.clone()),
        }
    }

    /// With words for people.
    #[must_use]
    pub fn speaking(mut self, voice: Voice) -> Self {
        self.voice = voice;
        self
    }

    /// Corrections are told at once as well, for whoever plays all the people and waits for each.
    #[must_use]
    pub fn telling_at_once(mut self) -> Self {
        self.apart = TimeDelta::zero();
        self
    }

    /// The company's settings as they hold now. They may change between two calls: a deed that needs several that
    /// belong together asks once.
    pub fn settings(&self) -> Arc<Settings> {
        self.current.settings()
    }

    /// The company's zone.
    pub fn zone(&self) -> Zone {
        self.settings().company.timezone
    }

    /// The address of a page for outsiders: `kind` is one letter, `token` is what nobody can guess.
    pub fn link(&self, kind: &str, token: &str) -> String {
        let server = &self.config.server;
        format!("{}/{kind}/{token}", server.base_url(server.bind))
    }

    /// Today, where the company is.
    pub fn today(&self) -> NaiveDate {
        self.zone().date(self.clock.now())
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The daily quota of a technician who has none of his own.
    pub fn default_quota(&self) -> i32 {
        i32::try_from(self.settings().dispatch.daily_quota).unwrap_or(i32::MAX)
    }

    /// Runs one deed in one transaction and keeps its answer for a call that is made again.
    /// Whoever must hear of it hears after the commit.
    pub(crate) async fn perform<T, F>(&self, act: &Act, work: F) -> Result<T, Error>
    where
        T: Serialize + Send + 'static,
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, Error>> + Send + 'static,
    {
        let act = act.clone();
        let done = self.write(move |tx| {
            Box::pin(async move {
                let value = work(tx).await?;
                let kept = act.written(&value);
                act.keep(tx, kept).await?;
                Ok::<T, Error>(value)
            })
        });
        match done.await {
            Ok((value, effects)) => {
                self.tell(&effects);
                Ok(value)
            }
            Err(error) => Err(quota::explain(self, error).await),
        }
    }

    /// One transaction that decides by the settings that hold, whichever process changed them.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<(T, Effects), Error>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, Error>> + Send + 'static,
    {
        let app = self.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    settings::settle(&app, tx).await?;
                    work(tx).await
                })
            })
            .await
    }

    /// Tells the rest of the system what a commit caused.
    pub(crate) fn tell(&self, effects: &Effects) {
        if effects.outbox {
            self.cluster.wake(Topic::Outbox);
        }
        if effects.files {
            self.cluster.wake(Topic::Files);
        }
        if effects.tickets {
            self.cluster.publish(Change::Tickets);
        }
        if effects.settings {
            self.cluster.publish(Change::Settings);
        }
    }
}
