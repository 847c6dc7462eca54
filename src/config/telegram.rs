//! The bot that technicians, sales and admins talk to.

use crate::config::value;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, de::Error};

/// Section `telegram`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telegram {
    /// The bot's token; none: Telegram is off.
    #[serde(deserialize_with = "value::secret_if_any")]
    pub token: Option<SecretString>,
    /// The Bot API's address, without a slash at its end.
    #[serde(deserialize_with = "value::base_url")]
    pub api_url: String,
    pub mode: Mode,
    /// What each webhook call must carry.
    #[serde(deserialize_with = "value::secret_if_any")]
    pub webhook_secret: Option<SecretString>,
    /// The group that gets one message for each open job; none: each technician gets his own.
    #[serde(deserialize_with = "chat")]
    pub pool_chat_id: Option<i64>,
}

/// How updates arrive.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Polling,
    Webhook,
}

impl Telegram {
    /// What contradicts itself here, as (key, what is expected).
    pub(crate) fn contradictions(&self, public_url: Option<&str>) -> Vec<(&'static str, &'static str)> {
        let mut found = Vec::new();
        if self
            .webhook_secret
            .as_ref()
            .is_some_and(|secret| !is_header_safe(secret))
        {
            found.push((
                "telegram.webhook_secret",
                "expects 1 to 256 characters of A-Z a-z 0-9 _ -",
            ));
        }
        if self.mode == Mode::Webhook {
            if self.token.is_none() {
                found.push(("telegram.token", "must be set when telegram.mode is webhook"));
            }
            if self.webhook_secret.is_none() {
                found.push((
                    "telegram.webhook_secret",
                    "must be set when telegram.mode is webhook",
                ));
            }
            if public_url.is_none() {
                found.push(("server.public_url", "must be set when telegram.mode is webhook"));
            }
        }
        found
    }
}

fn is_header_safe(secret: &SecretString) -> bool {
    let secret = secret.expose_secret();
    secret.len() <= 256
        && secret
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn chat<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let id = String::deserialize(from)?;
    match id.trim() {
        "" | "0" => Ok(None),
        id => id.parse().map(Some).map_err(|_| {
            Error::custom(format!(
                "expects a chat's number such as -1001234567890, not {id:?}"
            ))
        }),
    }
}
