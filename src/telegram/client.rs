//! The Bot API over HTTP: one method call, one answer.
//!
//! Our own, since teloxide's client sleeps ten seconds inside a call that met a server error, and knows the
//! service's errors only by exact wording.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt;
use reqwest::multipart::Form;
use reqwest::{RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How long a call may take; a lease on a message lasts twice as long.
const PATIENCE: Duration = Duration::from_secs(10);

/// No wait is longer than this, in seconds, whatever an answer says: nobody's clock may overflow.
const LONGEST_WAIT: u64 = 3600;

/// A bot that calls methods. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    /// `{api_url}/bot{token}`: holds the token, so it is never shown.
    base: SecretString,
    /// `{api_url}/file/bot{token}`: where files are downloaded.
    files: SecretString,
}

/// Why a call did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The service said no.
    #[error("{code} {description}")]
    Said {
        code: u16,
        description: String,
        retry_after: Option<u64>,
        moved_to: Option<i64>,
    },
    /// The service did not say anything that makes sense: a network error, a proxy's page.
    #[error("{0}")]
    Silent(String),
}

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    #[serde(default)]
    result: Value,
    #[serde(default)]
    error_code: Option<u16>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    #[serde(default)]
    retry_after: Option<u64>,
    #[serde(default)]
    migrate_to_chat_id: Option<i64>,
}

impl Client {
    /// A client of the Bot API at this address, for the bot with this token.
    pub fn new(api_url: &str, token: &SecretString) -> Result<Self, CallError> {
        // Another client of this process may have chosen the same provider already.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .pool_idle_timeout(Duration::from_secs(90))
            .tcp_nodelay(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| silent(&error))?;
        Ok(Self {
            http,
            base: format!("{api_url}/bot{}", token.expose_secret()).into(),
            files: format!("{api_url}/file/bot{}", token.expose_secret()).into(),
        })
    }

    /// Calls a method; answers its result.
    pub async fn call(&self, method: &str, body: &impl Serialize) -> Result<Value, CallError> {
        self.call_within(method, body, PATIENCE).await
    }

    /// Calls a method that may take its time, such as `getUpdates`.
    pub async fn call_within(
        &self,
        method: &str,
        body: &impl Serialize,
        patience: Duration,
    ) -> Result<Value, CallError> {
        let url = format!("{}/{method}", self.base.expose_secret());
        answered(self.http.post(url).timeout(patience).json(body)).await
    }

    /// Calls a method with a file in it.
    pub async fn upload(&self, method: &str, form: Form, patience: Duration) -> Result<Value, CallError> {
        let url = format!("{}/{method}", self.base.expose_secret());
        answered(self.http.post(url).timeout(patience).multipart(form)).await
    }

    /// Downloads a file by the path that `getFile` told; `None`: it has more than `most` bytes.
    pub async fn download(
        &self,
        path: &str,
        most: usize,
        patience: Duration,
    ) -> Result<Option<Bytes>, CallError> {
        if path.starts_with('/')
            || path.contains(['?', '#', '\\'])
            || path.split('/').any(|part| part == "..")
        {
            return Err(CallError::Silent("getFile told a path that is none".to_owned()));
        }
        let url = format!("{}/{path}", self.files.expose_secret());
        let request = self.http.get(url).timeout(patience);
        let response = request.send().await.map_err(|error| silent(&error))?;
        let status = response.status();
        if !status.is_success() {
            let text = response.bytes().await.unwrap_or_default();
            return Err(match read(status, &text[..text.len().min(4096)]) {
                // Files may be given out by a machine that does not speak as the API does.
                Ok(_) | Err(CallError::Silent(_)) => CallError::Said {
                    code: status.as_u16(),
                    description: "no file".to_owned(),
                    retry_after: None,
                    moved_to: None,
                },
                Err(said) => said,
            });
        }
        let told = response.content_length();
        if told.is_some_and(|told| usize::try_from(told).map_or(true, |told| told > most)) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let mut pieces = response.bytes_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| silent(&error))?;
            if bytes.len() + piece.len() > most {
                return Ok(None);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(Some(bytes.into()))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client(…)")
    }
}

async fn answered(request: RequestBuilder) -> Result<Value, CallError> {
    let response = request.send().await.map_err(|error| silent(&error))?;
    let status = response.status();
    let text = response.bytes().await.map_err(|error| silent(&error))?;
    read(status, &text)
}

fn read(status: StatusCode, text: &[u8]) -> Result<Value, CallError> {
    let Ok(answer) = serde_json::from_slice::<Answer>(text) else {
        return Err(CallError::Silent(format!("no answer of the Bot API ({status})")));
    };
    if answer.ok {
        return Ok(answer.result);
    }
    let parameters = answer.parameters.as_ref();
    Err(CallError::Said {
        code: answer.error_code.unwrap_or(status.as_u16()),
        description: answer.description.unwrap_or_default(),
        retry_after: parameters
            .and_then(|p| p.retry_after)
            .map(|seconds| seconds.min(LONGEST_WAIT)),
        moved_to: parameters.and_then(|p| p.migrate_to_chat_id),
    })
}

/// A network error in words, without the address, which holds the token.
fn silent(error: &reqwest::Error) -> CallError {
    let what = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    };
    CallError::Silent(what.to_owned())
}
