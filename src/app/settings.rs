//! The company's settings: what holds now, who changed it, and the way back to the file.
//!
//! Every process keeps the settings that hold in memory. A change is told to the others by the cluster; a number in
//! the database that grows with every change bounds how long a lost hint is missed, and on servers each transaction
//! that decides compares it before it does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use domain::invalid::{Fault, Invalid};
use domain::qris::{Qris, QrisFault};
use futures::FutureExt;
use serde_json::{Value, json};

use crate::app::{Act, App, Error, Refusal};
pub use crate::config::settings::{Kind, Section, Setting, Settings, Values};
use crate::files::Code;
use crate::store::{self, Source, Tx, settings};

/// The settings of one process: how they start, and what holds.
#[derive(Debug, Clone)]
pub(crate) struct Current(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// As the file and the environment have them.
    start: Settings,
    /// Keys that the environment gave.
    fixed: BTreeSet<String>,
    held: RwLock<Arc<Held>>,
}

/// What holds, and of what it is made.
#[derive(Debug)]
struct Held {
    stamp: i64,
    sections: BTreeMap<Section, Changed>,
    settings: Arc<Settings>,
}

/// What the office changed in a section.
#[derive(Debug, Clone, Default)]
struct Changed {
    version: i64,
    values: Values,
}

impl Current {
    pub(crate) fn new(start: Settings, fixed: BTreeSet<String>) -> Self {
        let held = Held {
            stamp: 0,
            sections: BTreeMap::new(),
            settings: Arc::new(start.clone()),
        };
        Self(Arc::new(Inner {
            start,
            fixed,
            held: RwLock::new(Arc::new(held)),
        }))
    }

    /// What holds.
    pub(crate) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.held().settings)
    }

    fn held(&self) -> Arc<Held> {
        let held = self.0.held.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&held)
    }

    /// What the database says now.
    async fn read(&self, source: &impl Source) -> Result<Held, Error> {
        let mut held = Held {
            stamp: 0,
            sections: BTreeMap::new(),
            settings: Arc::new(self.0.start.clone()),
        };
        let mut given = Values::new();
        for row in settings::all(source).await? {
            held.stamp += row.version;
            let Some(section) = Section::named(&row.section) else {
                continue;
            };
            let values: Values =
                serde_json::from_str(&row.given).map_err(|error| store::Error::Unreadable {
                    what: "settings",
                    value: error.to_string(),
                })?;
            given.extend(values.clone());
            let version = row.version;
            held.sections.insert(section, Changed { version, values });
        }
        let (settings, wrong) = self.0.start.under(&given, &self.0.fixed);
        for (key, expected) in wrong {
            tracing::error!(key, expected, "a stored setting holds no more; the file's does");
        }
        held.settings = Arc::new(settings);
        Ok(held)
    }

    /// Reads again, if anything changed. Of several who read, nobody puts an older state over a newer one.
    async fn settle(&self, source: &impl Source) -> Result<(), Error> {
        loop {
            let before = self.held().stamp;
            if settings::stamp(source).await? == before {
                return Ok(());
            }
            let read = Arc::new(self.read(source).await?);
            let mut held = self.0.held.write().unwrap_or_else(PoisonError::into_inner);
            if held.stamp == before || held.stamp < read.stamp {
                *held = read;
                return Ok(());
            }
        }
    }
}

/// Looks whether another process changed the settings, and takes them over.
pub async fn refresh(app: &App) -> Result<(), Error> {
    app.current.settle(&app.db).await
}

/// As [`refresh`], before a transaction decides anything. On SQLite there is no other process.
pub(crate) async fn settle(app: &App, tx: &Tx) -> Result<(), Error> {
    if app.db.is_embedded() {
        return Ok(());
    }
    app.current.settle(tx).await
}

/// A section as it holds.
#[derive(Debug, Clone)]
pub struct View {
    pub version: i64,
    pub settings: Vec<Standing>,
}

/// A setting as it holds.
#[derive(Debug, Clone)]
pub struct Standing {
    pub setting: Setting,
    pub value: Value,
    /// What holds once the office's change is taken back.
    pub start: Value,
    pub source: Origin,
}

/// Whose word holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The file's, or the default.
    File,
    Office,
    /// The environment's: nobody changes it from inside.
    Environment,
}

/// A section as it holds now.
pub async fn find(app: &App, section: Section) -> Result<View, Error> {
    let held = app.current.read(&app.db).await?;
    Ok(app.current.view(&held, section))
}

impl Current {
    fn view(&self, held: &Held, section: Section) -> View {
        let changed = held.sections.get(&section).cloned().unwrap_or_default();
        let settings = section.settings().iter().map(|setting| Standing {
            setting: *setting,
            value: held.settings.value(setting.key),
            start: self.0.start.value(setting.key),
            source: if self.0.fixed.contains(setting.key) {
                Origin::Environment
            } else if changed.values.contains_key(setting.key) {
                Origin::Office
            } else {
                Origin::File
            },
        });
        View {
            version: changed.version,
            settings: settings.collect(),
        }
    }
}

/// The company's own code, and whose it is as a bank shows it.
pub fn qris(app: &App) -> Option<(String, Code)> {
    let settings = app.settings();
    let own = settings.company.qris.as_ref()?;
    Some((own.merchant().to_owned(), Code::of(&own.text())?))
}

/// What is asked for: a value, or the way back to the file's. A key that is not there stays as it is.
pub type Wishes = BTreeMap<&'static str, Option<Value>>;

/// Changes a section that was read at `version`; what already holds is no change.
///
/// # Errors
/// Every value that the file's rules refuse; [`Refusal::SettingFixed`] for one that the environment gave;
/// [`Error::Stale`] when someone else was first.
pub async fn change(
    app: &App,
    act: &Act,
    section: Section,
    version: i64,
    wishes: Wishes,
) -> Result<(), Error> {
    let (app_, by) = (app.clone(), act.clone());
    app.perform(act, move |tx| {
        async move { change_in(&app_, tx, &by, (section, version), wishes).await }.boxed()
    })
    .await?;
    // It stands; a process that could not read it back does so a moment later.
    if let Err(error) = refresh(app).await {
        tracing::warn!(%error, "the settings just changed could not be read");
    }
    Ok(())
}

async fn change_in(
    app: &App,
    tx: &Tx,
    act: &Act,
    (section, version): (Section, i64),
    wishes: Wishes,
) -> Result<(), Error> {
    let held = app.current.read(tx).await?;
    let view = app.current.view(&held, section);
    if view.version != version {
        return Err(Error::Stale);
    }
    let mut values = held.sections.get(&section).cloned().unwrap_or_default().values;
    let mut changes = Vec::new();
    let mut invalid = Invalid::default();
    for one in view.settings {
        let Some(wish) = wishes.get(one.setting.key) else {
            continue;
        };
        let to = wish.as_ref().unwrap_or(&one.start);
        let is_news = match wish {
            Some(value) => *value != one.value,
            None => one.source == Origin::Office,
        };
        if !is_news {
            continue;
        }
        if one.source == Origin::Environment {
            return Err(Refusal::SettingFixed { key: one.setting.key }.into());
        }
        if held.settings.with(one.setting.key, to).is_err() {
            invalid.0.push((one.setting.key, fault(one.setting.kind, to)));
            continue;
        }
        match wish {
            Some(value) => drop(values.insert(one.setting.key.to_owned(), value.clone())),
            None => drop(values.remove(one.setting.key)),
        }
        changes
            .push(json!({ "setting": one.setting.key, "from": one.value, "to": to, "file": wish.is_none() }));
    }
    if !invalid.0.is_empty() {
        return Err(invalid.into());
    }
    if changes.is_empty() {
        return Ok(());
    }
    if !settings::save(tx, section.as_str(), version, json!(values).to_string()).await? {
        return Err(Error::Stale);
    }
    tx.note_settings();
    let detail = json!({ "section": section.as_str(), "changes": changes });
    act.audit(tx, "settings_changed", ("settings", 0), None, detail)
        .await
}

/// What is wrong with a value that the file's rules refuse.
fn fault(kind: Kind, value: &Value) -> Fault {
    let text = value.as_str().unwrap_or_default();
    match kind {
        Kind::Name if text.trim().is_empty() => Fault::Required,
        Kind::Name | Kind::Line | Kind::Lines => Fault::TooLong,
        Kind::Number { .. } if value.is_i64() => Fault::OutOfRange,
        Kind::Number { .. } => Fault::BadNumber,
        Kind::Code => Fault::BadCode,
        Kind::Hours => Fault::BadHours,
        Kind::Time => Fault::BadTime,
        Kind::Web => Fault::BadAddress,
        Kind::Tiles => Fault::BadTiles,
        Kind::Qris => match Qris::parse(text) {
            Err(QrisFault::Checksum) => Fault::QrisChecksum,
            Err(QrisFault::NotStatic) => Fault::QrisNotStatic,
            _ => Fault::BadQris,
        },
        Kind::Zone | Kind::Language | Kind::Switch => Fault::BadValue,
    }
}
