//! Files that people sent: asked for by their id, then downloaded from where the service says, with our token.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::delivery::files::{Fetched, Fetcher};
use crate::whatsapp::CHANNEL;
use crate::whatsapp::client::{CallError, Client};
use crate::whatsapp::errors::meaning;
use dialogues::receipt::Remedy;

/// How long a download may take; an address lives for five minutes.
const PATIENCE: Duration = Duration::from_secs(75);
/// A service that takes too many calls is left alone for this long.
const FLOOD: Duration = Duration::from_secs(60);

/// Fetches files from WhatsApp. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Fetch {
    client: Client,
}

/// Where a file is, and how its bytes are known.
struct Place {
    url: String,
    sha256: Option<String>,
}

impl Fetch {
    /// Fetches through this client.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    async fn place_of(&self, media: &str, most: usize) -> Result<Place, Fetched> {
        // The id came from outside, and becomes a part of an address.
        if media.is_empty()
            || !media
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        {
            return Err(Fetched::Gone {
                why: "the id of a file is none".to_owned(),
            });
        }
        let path = format!("{media}?phone_number_id={}", self.client.number());
        let told = self.client.get(&path).await.map_err(refused)?;
        let size = told.get("file_size").and_then(Value::as_u64);
        if size.is_some_and(|size| usize::try_from(size).map_or(true, |size| size > most)) {
            return Err(Fetched::TooLarge);
        }
        let text = |key: &str| told.get(key).and_then(Value::as_str).map(str::to_owned);
        let url = text("url").ok_or_else(|| Fetched::Trouble {
            why: "the service told no place for a file".to_owned(),
        })?;
        Ok(Place {
            url,
            sha256: text("sha256"),
        })
    }
}

impl Fetcher for Fetch {
    const CHANNEL: &'static str = CHANNEL;

    async fn fetch(&self, source: &str, most: usize) -> Fetched {
        let place = match self.place_of(source, most).await {
            Ok(place) => place,
            Err(fetched) => return fetched,
        };
        match self.client.download(&place.url, most, PATIENCE).await {
            Ok(Some(bytes)) if is_of(&bytes, place.sha256.as_deref()) => Fetched::Bytes(bytes),
            Ok(Some(_)) => Fetched::Trouble {
                why: "the bytes are not those that were told of".to_owned(),
            },
            Ok(None) => Fetched::TooLarge,
            // An address that is no longer good: the next attempt asks for a new one.
            Err(CallError::Said {
                status: 404 | 410, ..
            }) => Fetched::Trouble {
                why: "the address was not known".to_owned(),
            },
            Err(error) => refused(error),
        }
    }
}

/// Whether bytes have this hash, in base64 as webhooks tell it, or in hexadecimal.
pub(crate) fn is_of(bytes: &Bytes, sha256: Option<&str>) -> bool {
    let Some(told) = sha256.filter(|told| !told.is_empty()) else {
        return true;
    };
    let hash = Sha256::digest(bytes);
    told == STANDARD.encode(hash) || told.eq_ignore_ascii_case(&format!("{hash:x}"))
}

/// What an answer other than a file means.
pub(crate) fn refused(error: CallError) -> Fetched {
    let (status, code, details) = match error {
        CallError::NotSent(why) | CallError::Unsure(why) => return Fetched::Trouble { why },
        CallError::Said {
            status,
            code,
            details,
        } => (status, code, details),
    };
    let why = format!("{code} {details}");
    match (status, meaning(code).0) {
        (401, _) => Fetched::Locked { why },
        // Where files are given out nobody tells numbers.
        (500.., _) => Fetched::Trouble { why },
        (429, _) | (_, Remedy::Slow | Remedy::Pair) => Fetched::Flood { wait: FLOOD },
        // 33 and 100: there is no such file, or not any more.
        (_, Remedy::Stop) if code != 33 => Fetched::Locked { why },
        (_, Remedy::Again) => Fetched::Trouble { why },
        _ => Fetched::Gone { why },
    }
}
