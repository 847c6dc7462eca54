//! A stretch of the day, which may run over midnight.

use crate::config::value;
use chrono::NaiveTime;
use serde::{Deserialize, Deserializer, de::Error};

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
