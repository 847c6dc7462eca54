//! When a technician is due on site, and how near is near.

use crate::config::value;
use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// Section `visit`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Minutes from the visit's start, or a later claim, until a missing check-in is an alert.
    #[serde(deserialize_with = "value::between::<_, 1, 1440>")]
    pub checkin_grace_minutes: u32,
    /// Minutes before that at which the technician is reminded; 0: never.
    #[serde(deserialize_with = "value::between::<_, 0, 1440>")]
    pub reminder_minutes: u32,
    /// Minutes between the repeats of an alert that nobody has decided.
    #[serde(deserialize_with = "value::between::<_, 1, 1440>")]
    pub alert_repeat_minutes: u32,
    /// Repeats to the admins on duty before all admins hear it.
    #[serde(deserialize_with = "value::between::<_, 0, 1000>")]
    pub alert_escalate_after: u32,
    /// When a visit starts that has a date but no time, in the company's zone.
    #[serde(with = "value::time")]
    pub workday_start: NaiveTime,
    /// Metres from the site within which a check-in counts as on site.
    #[serde(deserialize_with = "value::between::<_, 1, 100_000>")]
    pub radius_meters: u32,
}
