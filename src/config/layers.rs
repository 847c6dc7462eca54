//! The sources of settings, one over the other, each value remembering where it came from.

use crate::config::refusal::{Complaint, nearest};
use crate::config::{Config, DEFAULTS};
use config::{ConfigError, File, FileFormat, Value, ValueKind};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FILE: &str = "config.toml";
const PREFIX: &str = "TANGGAP_";

/// The defaults with what the file and the environment put over them.
#[derive(Debug)]
pub(crate) struct Layers {
    known: BTreeMap<String, Value>,
    given: BTreeMap<String, (Value, Origin)>,
    complaints: Vec<Complaint>,
}

#[derive(Clone, Debug)]
enum Origin {
    File(String),
    Environment(String),
}

impl Origin {
    fn name(&self) -> String {
        match self {
            Self::File(path) => path.clone(),
            Self::Environment(variable) => format!("environment variable {variable}"),
        }
    }
}

impl Layers {
    pub(crate) fn defaults() -> Self {
        let defaults = parse(DEFAULTS).expect("the compiled-in defaults are TOML, as a test shows");
        Self {
            known: defaults.into_iter().collect(),
            given: BTreeMap::new(),
            complaints: Vec::new(),
        }
    }

    /// Puts a file over what is there: `named`, which must exist, or else `config.toml` if it does.
    pub(crate) fn read_file(&mut self, named: Option<&Path>) {
        let path = named.unwrap_or(Path::new(FILE));
        let shown = path.display().to_string();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => return,
            Err(error) => return self.complain(shown, None, format!("cannot be read: {error}")),
        };
        let entries = match parse(&text) {
            Ok(entries) => entries,
            Err(error) => {
                return self.complain(shown, None, format!("is not TOML: {}", without_excerpt(&error)));
            }
        };
        for (key, value) in entries {
            let origin = Origin::File(shown.clone());
            match self.known.get(&key) {
                None if matches!(value.kind, ValueKind::Table(_)) && self.is_section(&key) => {}
                None => self.unknown(&key, &origin),
                Some(default) => match as_written(value, &default.kind) {
                    Ok(value) => drop(self.given.insert(key, (value, origin))),
                    Err(expected) => self.complain(key, Some(&origin), expected),
                },
            }
        }
    }

    /// Puts the variables named `TANGGAP_SECTION__KEY` over what is there.
    pub(crate) fn read_environment(&mut self, environment: impl IntoIterator<Item = (String, String)>) {
        for (variable, text) in environment {
            let Some(name) = variable.strip_prefix(PREFIX) else {
                continue;
            };
            let origin = Origin::Environment(variable.clone());
            let key = name.to_lowercase().replace("__", ".");
            if let Some(default) = self.known.get(&key) {
                match as_typed(&text, &default.kind) {
                    Ok(kind) => drop(self.given.insert(key, (Value::new(None, kind), origin))),
                    Err(expected) => self.complain(key, Some(&origin), expected),
                }
            } else if name.contains("__") || self.is_misspelt(&key) {
                self.unknown(&key, &origin);
            }
        }
    }

    /// The keys whose value the environment has the last word on.
    pub(crate) fn given_by_environment(&self) -> BTreeSet<String> {
        let given = self
            .given
            .iter()
            .filter(|(_, (_, origin))| matches!(origin, Origin::Environment(_)));
        given.map(|(key, _)| key.clone()).collect()
    }

    /// Every key that there is.
    #[cfg(test)]
    pub(crate) fn known_keys(&self) -> BTreeSet<String> {
        self.known.keys().cloned().collect()
    }

    /// What is wrong with `key`, and where its value came from.
    pub(crate) fn complaint(&self, key: &str, expected: impl Into<String>) -> Complaint {
        let origin = self.given.get(key).map(|(_, origin)| origin.name());
        Complaint {
            key: key.to_owned(),
            origin,
            expected: expected.into(),
        }
    }

    /// The settings, and every complaint on the way to them. A value that does not parse gives
    /// way to its default, so that the next wrong one is found as well.
    pub(crate) fn merge(&self) -> (Option<Config>, Vec<Complaint>) {
        let mut complaints = self.complaints.clone();
        let mut dropped = BTreeSet::new();
        loop {
            let error = match self.attempt(&dropped) {
                Ok(config) => return (Some(config), complaints),
                Err(error) => error,
            };
            let (key, expected) = place(&error);
            complaints.push(self.complaint(&key, expected));
            if !self.given.contains_key(&key) || !dropped.insert(key) {
                return (None, complaints);
            }
        }
    }

    fn attempt(&self, dropped: &BTreeSet<String>) -> Result<Config, ConfigError> {
        let mut builder = config::Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
        for (key, (value, _)) in self.given.iter().filter(|(key, _)| !dropped.contains(*key)) {
            builder = builder.set_override(key, value.clone())?;
        }
        builder.build()?.try_deserialize()
    }

    fn unknown(&mut self, key: &str, origin: &Origin) {
        let expected = if self.is_section(key) {
            "is a section, not a setting".to_owned()
        } else {
            match nearest(key, self.known.keys().map(String::as_str)) {
                Some(near) => format!("is not a setting; did you mean {near}?"),
                None => "is not a setting".to_owned(),
            }
        };
        self.complain(key.to_owned(), Some(origin), expected);
    }

    fn is_section(&self, key: &str) -> bool {
        let within = format!("{key}.");
        self.known.keys().any(|known| known.starts_with(&within))
    }

    /// Whether a name with single underscores was meant to be a setting: `TANGGAP_TELEGRAM_TOKEN`.
    /// Any other name without `__` belongs to somebody else (Kubernetes sets TANGGAP_PORT for a
    /// service of that name).
    fn is_misspelt(&self, name: &str) -> bool {
        self.known.keys().any(|known| known.replace('.', "_") == *name)
    }

    fn complain(&mut self, key: String, origin: Option<&Origin>, expected: String) {
        self.complaints.push(Complaint {
            key,
            origin: origin.map(Origin::name),
            expected,
        });
    }
}

/// Every value of a TOML text under its whole key; an empty section stands for itself.
fn parse(text: &str) -> Result<Vec<(String, Value)>, ConfigError> {
    let file = config::Config::builder()
        .add_source(File::from_str(text, FileFormat::Toml))
        .build()?;
    let mut entries = Vec::new();
    flatten("", file.cache, &mut entries);
    Ok(entries)
}

fn flatten(key: &str, value: Value, entries: &mut Vec<(String, Value)>) {
    let origin = value.origin().map(ToOwned::to_owned);
    match value.kind {
        ValueKind::Table(table) if key.is_empty() || !table.is_empty() => {
            for (name, value) in table {
                let inner = if key.is_empty() {
                    name
                } else {
                    format!("{key}.{name}")
                };
                flatten(&inner, value, entries);
            }
        }
        kind => entries.push((key.to_owned(), Value::new(origin.as_ref(), kind))),
    }
}

/// A value of the file, if it is of the default's kind; a number will do for text.
fn as_written(value: Value, default: &ValueKind) -> Result<Value, String> {
    let fits = match default {
        ValueKind::String(_) => matches!(value.kind, ValueKind::String(_) | ValueKind::I64(_)),
        ValueKind::I64(_) => matches!(value.kind, ValueKind::I64(_)),
        ValueKind::Boolean(_) => matches!(value.kind, ValueKind::Boolean(_)),
        ValueKind::Array(_) => matches!(value.kind, ValueKind::Array(_)),
        _ => true,
    };
    if fits {
        Ok(value)
    } else {
        Err(format!(
            "expects {}, not {}",
            kind_name(default),
            shown(&value.kind)
        ))
    }
}

/// The text of a variable as a value of the default's kind.
fn as_typed(text: &str, default: &ValueKind) -> Result<ValueKind, String> {
    let wrong = || format!("expects {}, not {text:?}", kind_name(default));
    match default {
        ValueKind::I64(_) => text.trim().parse().map(ValueKind::I64).map_err(|_| wrong()),
        ValueKind::Boolean(_) => match text.trim().to_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(ValueKind::Boolean(true)),
            "false" | "0" | "no" | "off" => Ok(ValueKind::Boolean(false)),
            _ => Err(wrong()),
        },
        ValueKind::Array(_) => {
            let items = text.split(';').map(str::trim).filter(|item| !item.is_empty());
            Ok(ValueKind::Array(
                items.map(|item| Value::new(None, item.to_owned())).collect(),
            ))
        }
        _ => Ok(ValueKind::String(text.to_owned())),
    }
}

fn kind_name(kind: &ValueKind) -> &'static str {
    match kind {
        ValueKind::I64(_) => "a whole number",
        ValueKind::Boolean(_) => "true or false",
        ValueKind::Array(_) => "a list of texts",
        _ => "a text in quotes",
    }
}

/// What was found. Texts are not repeated: one may be a secret in the wrong place.
fn shown(kind: &ValueKind) -> String {
    match kind {
        ValueKind::I64(number) => number.to_string(),
        ValueKind::Float(number) => number.to_string(),
        ValueKind::Boolean(yes) => yes.to_string(),
        ValueKind::Array(_) => "a list".to_owned(),
        ValueKind::Table(_) => "a section".to_owned(),
        _ => "a text".to_owned(),
    }
}

/// The key that an error is about (without a place in a list), and its message alone.
fn place(error: &ConfigError) -> (String, String) {
    let (key, message) = match error {
        ConfigError::At { error, key, .. } => (key.clone(), error.to_string()),
        ConfigError::Type { key, expected, .. } => (key.clone(), format!("expects {expected}")),
        ConfigError::NotFound(key) => (Some(key.clone()), "has no default".to_owned()),
        other => (None, other.to_string()),
    };
    let key = key.unwrap_or_default();
    let key = key.split('[').next().unwrap_or_default();
    (key.to_owned(), message)
}

/// A TOML error without the line that it quotes, which may hold a secret.
fn without_excerpt(error: &ConfigError) -> String {
    let text = error.to_string();
    let is_excerpt = |line: &str| {
        line.trim_start()
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start()
            .starts_with('|')
    };
    let kept: Vec<&str> = text.lines().filter(|line| !is_excerpt(line)).collect();
    kept.join(", ")
}
