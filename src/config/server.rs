//! Where this process listens, and how the world reaches it.

use crate::config::value;
use secrecy::SecretString;
use serde::Deserialize;
use std::net::SocketAddr;
use url::Url;

/// Section `server`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// The address to listen on; port 0 takes a free one.
    #[serde(deserialize_with = "value::socket_address")]
    pub bind: SocketAddr,
    /// What people type to get here, without a slash at its end, if it was given.
    #[serde(deserialize_with = "value::base_url_if_any")]
    pub public_url: Option<String>,
    /// What `/metrics` asks for; without it only this machine may read them.
    #[serde(deserialize_with = "value::secret_if_any")]
    pub metrics_token: Option<SecretString>,
}

impl Server {
    /// The address for links, without a slash at its end: `public_url`, or else plain http to
    /// `listening`, the address that the listener really got.
    pub fn base_url(&self, listening: SocketAddr) -> String {
        match &self.public_url {
            Some(url) => url.clone(),
            None if listening.ip().is_unspecified() => format!("http://localhost:{}", listening.port()),
            None => format!("http://{listening}"),
        }
    }

    /// Whether people come by https, so that cookies may insist on it.
    pub fn is_https(&self) -> bool {
        let url = self.public_url.as_deref().and_then(|url| Url::parse(url).ok());
        url.is_some_and(|url| url.scheme() == "https")
    }
}
