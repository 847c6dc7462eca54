//! Who posted a body: the service signs its raw bytes with the app's secret.

use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// Carries `sha256=` and the signature in hexadecimal.
pub const HEADER: &str = "x-hub-signature-256";

/// The app's secret, and its former one while it is being changed.
#[derive(Debug, Clone)]
pub struct Secrets {
    pub current: SecretString,
    pub previous: Option<SecretString>,
}

impl Secrets {
    /// Whether a body was signed with one of them. Takes the same time for every signature of the right form.
    pub fn signed(&self, raw: &[u8], signature: &str) -> bool {
        let Some(given) = signature.strip_prefix("sha256=").and_then(bytes) else {
            return false;
        };
        let of = |secret: &SecretString| is_of(secret, raw, &given);
        // Both are always looked at.
        let former = self.previous.as_ref().is_some_and(of);
        of(&self.current) | former
    }
}

/// Whether a text is written as signatures are, whoever wrote it.
pub(crate) fn has_form(signature: &str) -> bool {
    signature.strip_prefix("sha256=").and_then(bytes).is_some()
}

fn is_of(secret: &SecretString, raw: &[u8], given: &[u8]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
        return false;
    };
    mac.update(raw);
    mac.verify_slice(given).is_ok()
}

/// What is written in hexadecimal; exactly 32 bytes.
fn bytes(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..32)
        .map(|at| u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok())
        .collect()
}
