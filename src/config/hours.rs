//! A stretch of the day, which may run over midnight.

use crate::config::value;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::calendar::Zone;
use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// From a time of day up to, and without, another; `21:00-07:00` runs over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    pub from: NaiveTime,
    pub to: NaiveTime,
}

impl Hours {
    /// Whether `time` lies within.
    pub fn contains(&self, time: NaiveTime) -> bool {
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }

    /// That moment, or the next at which these hours begin there.
    pub fn next(&self, zone: Zone, at: DateTime<Utc>) -> DateTime<Utc> {
        if self.contains(at.with_timezone(&zone.0).time()) {
            return at;
        }
        let today = zone.moment(zone.date(at), self.from);
        if today > at {
            return today;
        }
        zone.moment(zone.date(at + TimeDelta::days(1)), self.from)
    }

    /// As it is read; no hours are nothing.
    #[expect(clippy::ref_option, reason = "serde hands the field over like this")]
    pub(crate) fn text_if_any<S: Serializer>(hours: &Option<Self>, to: S) -> Result<S::Ok, S::Error> {
        match hours {
            Some(Self { from, to: until }) => to.collect_str(&format_args!(
                "{}-{}",
                value::clock_text(*from),
                value::clock_text(*until)
            )),
            None => to.serialize_str(""),
        }
    }

    /// Reads `08:00-17:00`; nothing is no hours.
    pub(crate) fn if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        let text = String::deserialize(from)?;
        if text.trim().is_empty() {
            return Ok(None);
        }
        let parts = text.split_once('-');
        let parts = parts.and_then(|(from, to)| Some((value::clock_time(from)?, value::clock_time(to)?)));
        match parts {
            Some((from, to)) if from != to => Ok(Some(Self { from, to })),
            _ => Err(Error::custom(format!(
                "expects hours such as 08:00-17:00 or nothing, not {text:?}"
            ))),
        }
    }
}
