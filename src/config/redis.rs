//! What the replicas share, when there is more than one.

use secrecy::SecretString;
use serde::{Deserialize, Deserializer, de::Error};

/// Section `redis`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redis {
    /// Where the replicas meet; none: this process is alone. It may hold a password.
    #[serde(deserialize_with = "address")]
    pub url: Option<SecretString>,
}

fn address<'de, D: Deserializer<'de>>(from: D) -> Result<Option<SecretString>, D::Error> {
    let url = String::deserialize(from)?;
    match url.split_once("://") {
        None if url.is_empty() => Ok(None),
        Some(("redis" | "rediss" | "redis+unix" | "unix", rest)) if !rest.is_empty() => Ok(Some(url.into())),
        _ => Err(Error::custom(
            "expects redis://HOST:6379/0, rediss:// for TLS, or nothing",
        )),
    }
}
