//! How jobs are shared out.

use crate::config::value;
use serde::{Deserialize, Serialize};

/// Section `dispatch`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    /// Jobs a day for a technician without a quota of his own; 0: none.
    #[serde(deserialize_with = "value::between::<_, 0, 1000>")]
    pub daily_quota: u32,
}
