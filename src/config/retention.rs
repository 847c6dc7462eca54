//! How long personal data is kept.

use crate::config::value;
use serde::{Deserialize, Serialize};

/// Section `retention`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Days that positions are kept; 0: for good.
    #[serde(deserialize_with = "value::between::<_, 0, 36_500>")]
    pub location_days: u32,
    /// Days that photos are kept; 0: for good.
    #[serde(deserialize_with = "value::between::<_, 0, 36_500>")]
    pub photo_days: u32,
}
