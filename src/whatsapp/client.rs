//! The Graph API over HTTP: one call, one answer.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt;
use reqwest::multipart::Form;
use reqwest::{Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

use crate::config::whatsapp::Whatsapp;

/// How long a call may take; a lease on a message lasts twice as long.
const PATIENCE: Duration = Duration::from_secs(10);

/// A number that sends, and its account. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    /// `{api_url}/{version}`.
    base: String,
    token: SecretString,
    number: String,
    account: String,
    /// Where files may be fetched besides the service's own hosts: where the API itself is.
    host: Option<String>,
}

/// Why a call did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The service said no.
    #[error("{code} {details}")]
    Said { status: u16, code: i64, details: String },
    /// It never heard of the call.
    #[error("{0}")]
    NotSent(String),
    /// Whether it heard of the call is not known: the answer was lost, or makes no sense.
    #[error("{0}")]
    Unsure(String),
}

#[derive(Deserialize)]
struct Refusal {
    error: Said,
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    code: i64,
    #[serde(default)]
    message: String,
    #[serde(default)]
    error_data: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    details: String,
}

impl Client {
    /// A client for the number of these settings; `None`: they hold no token.
    pub fn new(settings: &Whatsapp) -> Result<Option<Self>, CallError> {
        let Some(token) = &settings.access_token else {
            return Ok(None);
        };
        // Another client of this process may have chosen the same provider already.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .pool_idle_timeout(Duration::from_secs(60))
            .tcp_nodelay(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| lost(&error))?;
        Ok(Some(Self {
            http,
            base: format!("{}/{}", settings.api_url, settings.api_version),
            token: token.clone(),
            number: settings.phone_number_id.clone(),
            account: settings.business_account_id.clone(),
            host: url_host(&settings.api_url),
        }))
    }

    /// The id of the number that sends.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The id of the account that owns number and templates.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// Reads something; the path may end with a query.
    pub async fn get(&self, path: &str) -> Result<Value, CallError> {
        answered(self.request(Method::GET, path).timeout(PATIENCE)).await
    }

    /// The id of the app whose token this is, where the service tells it.
    pub async fn app(&self) -> Result<Option<String>, CallError> {
        let token = self.token.expose_secret();
        // It becomes a part of an address; the service's own have nothing else in them.
        if !token
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.|".contains(&b))
        {
            return Ok(None);
        }
        let token = token.replace('|', "%7C");
        let told = self.get(&format!("debug_token?input_token={token}")).await?;
        Ok(told
            .pointer("/data/app_id")
            .and_then(Value::as_str)
            .map(str::to_owned))
    }

    /// Sends or makes something.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, CallError> {
        answered(self.request(Method::POST, path).json(body).timeout(PATIENCE)).await
    }

    /// Sends a file.
    pub async fn upload(&self, path: &str, form: Form, patience: Duration) -> Result<Value, CallError> {
        answered(self.request(Method::POST, path).multipart(form).timeout(patience)).await
    }

    /// Downloads a file from where the service says it is; `None`: it has more than `most` bytes.
    pub async fn download(
        &self,
        url: &str,
        most: usize,
        patience: Duration,
    ) -> Result<Option<Bytes>, CallError> {
        if !self.is_of_service(url) {
            let why = "the service named a place for a file that is not its own".to_owned();
            return Err(CallError::Said {
                status: 0,
                code: 131_052,
                details: why,
            });
        }
        let request = self.http.get(url).bearer_auth(self.token.expose_secret());
        let response = request
            .timeout(patience)
            .send()
            .await
            .map_err(|error| lost(&error))?;
        let status = response.status();
        if !status.is_success() {
            return Err(CallError::Said {
                status: status.as_u16(),
                code: 131_052,
                details: format!("no file ({status})"),
            });
        }
        let told = response.content_length();
        if told.is_some_and(|told| usize::try_from(told).map_or(true, |told| told > most)) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let mut pieces = response.bytes_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| lost(&error))?;
            if bytes.len() + piece.len() > most {
                return Ok(None);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(Some(bytes.into()))
    }

    /// Whether an address is the service's own: a forged one must not make us call anybody else.
    pub(crate) fn is_of_service(&self, url: &str) -> bool {
        let Some(host) = url_host(url) else {
            return false;
        };
        if self.host.as_ref() == Some(&host) {
            return true;
        }
        let own =
            host == "lookaside.fbsbx.com" || host.ends_with(".whatsapp.net") || host.ends_with(".fbcdn.net");
        own && url.starts_with("https://")
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/{path}", self.base);
        self.http
            .request(method, url)
            .bearer_auth(self.token.expose_secret())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client(…)")
    }
}

/// Host and port of an address, in lower case; `None`: it is no address of the web, or one with a name and a
/// password in it.
fn url_host(url: &str) -> Option<String> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', '\\']).next()?;
    (!host.is_empty() && !host.contains('@')).then(|| host.to_ascii_lowercase())
}

async fn answered(request: RequestBuilder) -> Result<Value, CallError> {
    let response = request.send().await.map_err(|error| lost(&error))?;
    let status = response.status();
    let text = response.bytes().await.map_err(|error| lost(&error))?;
    read(status, &text)
}

/// What an answer says. A success that cannot be read is one all the same, of nobody knows what.
pub(crate) fn read(status: StatusCode, text: &[u8]) -> Result<Value, CallError> {
    if status.is_success() {
        return serde_json::from_slice(text)
            .map_err(|_| CallError::Unsure(format!("no answer of the Graph API ({status})")));
    }
    match serde_json::from_slice::<Refusal>(text) {
        Ok(refusal) => Err(CallError::Said {
            status: status.as_u16(),
            code: refusal.error.code,
            details: refusal
                .error
                .error_data
                .map(|data| data.details)
                .filter(|details| !details.is_empty())
                .unwrap_or(refusal.error.message),
        }),
        // A proxy's page: whoever is behind it may have heard.
        Err(_) => Err(CallError::Unsure(format!(
            "no answer of the Graph API ({status})"
        ))),
    }
}

/// A network error in words.
fn lost(error: &reqwest::Error) -> CallError {
    if error.is_connect() || error.is_builder() {
        return CallError::NotSent("no connection".to_owned());
    }
    let what = if error.is_timeout() {
        "no answer in time"
    } else {
        "the connection broke"
    };
    CallError::Unsure(what.to_owned())
}
