//! The number that customers write to.

use crate::config::value;
use secrecy::SecretString;
use serde::Deserialize;

/// Section `whatsapp`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whatsapp {
    /// The Graph API's address, without a slash at its end.
    #[serde(deserialize_with = "value::base_url")]
    pub api_url: String,
    pub api_version: String,
    pub phone_number_id: String,
    pub business_account_id: String,
    #[serde(deserialize_with = "value::secret_if_any")]
    pub access_token: Option<SecretString>,
    /// Signs every webhook call.
    #[serde(deserialize_with = "value::secret_if_any")]
    pub app_secret: Option<SecretString>,
    /// Still accepted while the secret is being changed.
    #[serde(deserialize_with = "value::secret_if_any")]
    pub app_secret_previous: Option<SecretString>,
    #[serde(deserialize_with = "value::secret_if_any")]
    pub verify_token: Option<SecretString>,
    pub templates: Templates,
}

/// Section `whatsapp.templates`: the approved template for each purpose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Templates {
    pub registered: Template,
    pub ticket_created: Template,
    pub technician_assigned: Template,
    pub technician_en_route: Template,
    pub ticket_status: Template,
    pub ticket_done: Template,
    pub invoice_issued: Template,
    pub payment_received: Template,
    pub invoice_reminder: Template,
    pub rating_request: Template,
    pub office_reply: Template,
    pub opted_out: Template,
}

/// A message that Meta approved beforehand.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub name: String,
    pub language: String,
}

impl Whatsapp {
    /// The keys without which WhatsApp stays off; none when it is on.
    pub fn missing(&self) -> Vec<&'static str> {
        let needed = [
            ("whatsapp.phone_number_id", !self.phone_number_id.is_empty()),
            ("whatsapp.access_token", self.access_token.is_some()),
            ("whatsapp.app_secret", self.app_secret.is_some()),
            ("whatsapp.verify_token", self.verify_token.is_some()),
        ];
        needed
            .iter()
            .filter(|(_, there)| !there)
            .map(|(key, _)| *key)
            .collect()
    }
}
