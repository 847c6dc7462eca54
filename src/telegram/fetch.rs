//! Files that people sent: asked for by their id, then downloaded.

use std::time::Duration;

use serde_json::{Value, json};

use crate::delivery::Courier;
use crate::delivery::files::{Fetched, Fetcher};
use crate::telegram::client::{CallError, Client};
use crate::telegram::send::Sender;

/// How long a download may take; the service keeps a path for an hour (Bot API, `File`).
const PATIENCE: Duration = Duration::from_secs(75);
/// The service is not the place to come back to after a second when it says 429 without a time.
const SHORTEST_WAIT: u64 = 1;

/// Fetches files from Telegram. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Fetch {
    client: Client,
}

impl Fetch {
    /// Fetches through this client.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    async fn path_of(&self, file_id: &str, most: usize) -> Result<String, Fetched> {
        let file = self.client.call("getFile", &json!({ "file_id": file_id })).await;
        let file = file.map_err(refused)?;
        let size = file.get("file_size").and_then(Value::as_u64);
        if size.is_some_and(|size| usize::try_from(size).map_or(true, |size| size > most)) {
            return Err(Fetched::TooLarge);
        }
        let path = file.get("file_path").and_then(Value::as_str);
        path.map(str::to_owned).ok_or_else(|| Fetched::Trouble {
            why: "getFile told no path".to_owned(),
        })
    }
}

impl Fetcher for Fetch {
    const CHANNEL: &'static str = Sender::CHANNEL;

    async fn fetch(&self, source: &str, most: usize) -> Fetched {
        let path = match self.path_of(source, most).await {
            Ok(path) => path,
            Err(fetched) => return fetched,
        };
        match self.client.download(&path, most, PATIENCE).await {
            Ok(Some(bytes)) => Fetched::Bytes(bytes),
            Ok(None) => Fetched::TooLarge,
            // A path that is no longer known: the next attempt asks for a new one.
            Err(CallError::Said { code: 404, .. }) => Fetched::Trouble {
                why: "the path was not known".to_owned(),
            },
            Err(error) => refused(error),
        }
    }
}

/// What an answer other than "ok" means for a file.
pub(crate) fn refused(error: CallError) -> Fetched {
    let (code, description, retry_after) = match error {
        CallError::Silent(why) => return Fetched::Trouble { why },
        CallError::Said {
            code,
            description,
            retry_after,
            ..
        } => (code, description, retry_after),
    };
    let text = description.to_lowercase();
    match code {
        429 => Fetched::Flood {
            wait: Duration::from_secs(retry_after.unwrap_or(SHORTEST_WAIT).max(SHORTEST_WAIT)),
        },
        401 | 404 => Fetched::Locked { why: description },
        400 if text.contains("file is too big") => Fetched::TooLarge,
        // The service moves files about, and says so with a 400.
        400 if text.contains("temporarily unavailable") => Fetched::Trouble { why: description },
        400..500 => Fetched::Gone { why: description },
        _ => Fetched::Trouble {
            why: format!("{code} {description}"),
        },
    }
}
