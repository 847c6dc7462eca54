//! How much of an invoice's way goes by itself.

use crate::config::value;
use serde::{Deserialize, Serialize};

/// Section `billing`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Billing {
    /// Whether a draft goes to sales for approval by itself.
    pub auto_submit: bool,
    /// Whether an approved invoice goes to the customer by itself.
    pub auto_send: bool,
    /// Days from approval until an invoice is due.
    #[serde(deserialize_with = "value::between::<_, 0, 365>")]
    pub due_days: u32,
}
