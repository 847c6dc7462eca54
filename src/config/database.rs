//! Which database holds the truth.

use crate::config::value;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, de::Error};
use std::path::PathBuf;

/// Section `database`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub url: DatabaseUrl,
    /// Connections that one process keeps to PostgreSQL.
    #[serde(deserialize_with = "value::between::<_, 2, 500>")]
    pub max_connections: u32,
}

/// A database's address, sorted by kind; it may hold a password, so it is never shown.
#[derive(Clone, Debug)]
pub enum DatabaseUrl {
    Sqlite(SecretString),
    Postgres(SecretString),
}

impl DatabaseUrl {
    /// The whole address with its password, for the one who connects.
    pub fn expose(&self) -> &str {
        match self {
            Self::Sqlite(url) | Self::Postgres(url) => url.expose_secret(),
        }
    }

    /// SQLite's file, if it has one: its folder must exist before the first connection.
    pub fn file(&self) -> Option<PathBuf> {
        let Self::Sqlite(url) = self else { return None };
        let rest = url.expose_secret().strip_prefix("sqlite:")?;
        let path = rest.strip_prefix("//").unwrap_or(rest);
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
    }
}

impl<'de> Deserialize<'de> for DatabaseUrl {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let url = String::deserialize(from)?;
        match url.split_once(':') {
            Some(("sqlite", _)) => Ok(Self::Sqlite(url.into())),
            Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => {
                Ok(Self::Postgres(url.into()))
            }
            _ => Err(Error::custom(
                "expects sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME",
            )),
        }
    }
}
