//! Dates and times as people read them, in the company's or a customer's zone.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::invalid::Fault;
use crate::person::Locale;

/// How far ahead a visit may be planned, in days.
pub const HORIZON_DAYS: u64 = 366;

/// A place's time zone. Indonesia's three have names of their own: WIB, WITA, WIT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(pub Tz);

impl Zone {
    /// The date at that place.
    pub fn date(self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.0).date_naive()
    }

    /// The moment of a local date and time. A time skipped by daylight saving moves to the next that exists.
    pub fn moment(self, date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let local = date.and_time(time);
        let found = (0..4).find_map(|quarter| {
            self.0
                .from_local_datetime(&(local + TimeDelta::minutes(30 * quarter)))
                .earliest()
        });
        found.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    }

    /// `WIB`, `WITA`, `WIT`, or the zone's own abbreviation.
    pub fn label(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.0).format("%Z").to_string()
    }

    /// `14.05 WIB` in Indonesian, `14:05 WIB` in English.
    pub fn clock(self, at: DateTime<Utc>, locale: Locale) -> String {
        let pattern = match locale {
            Locale::Id => "%H.%M",
            Locale::En => "%H:%M",
        };
        format!("{} {}", at.with_timezone(&self.0).format(pattern), self.label(at))
    }

    /// To the millisecond, for races: `09.14.03,212` in Indonesian, `09:14:03.212` in English.
    pub fn stopwatch(self, at: DateTime<Utc>, locale: Locale) -> String {
        let local = at.with_timezone(&self.0);
        let millis = local.timestamp_subsec_millis().min(999);
        match locale {
            Locale::Id => format!("{},{millis:03}", local.format("%H.%M.%S")),
            Locale::En => format!("{}.{millis:03}", local.format("%H:%M:%S")),
        }
    }

    /// `Minggu, 22 November 2026`.
    pub fn day(date: NaiveDate, locale: Locale) -> String {
        let language = match locale {
            Locale::Id => chrono::Locale::id_ID,
            Locale::En => chrono::Locale::en_GB,
        };
        date.format_localized("%A, %-d %B %Y", language).to_string()
    }
}

impl FromStr for Zone {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        text.parse::<Tz>().map(Self).map_err(|_| Fault::BadValue)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|_| serde::de::Error::custom("unknown time zone"))
    }
}

/// Reads `YYYY-MM-DD`, with four digits for the year.
pub fn date(text: &str) -> Result<NaiveDate, Fault> {
    if text.len() != 10 {
        return Err(Fault::BadDate);
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| Fault::BadDate)
}

/// Reads `13:00`; also `13.00`, as Indonesians write it.
pub fn time(text: &str) -> Result<NaiveTime, Fault> {
    let text = text.trim().replace('.', ":");
    if text.len() != 5 {
        return Err(Fault::BadTime);
    }
    NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| Fault::BadTime)
}

/// `13:00`, as the API writes a time of day.
pub fn time_text(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// A date on which a visit may be planned, seen from today.
pub fn plannable(date: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Fault> {
    if date < today {
        return Err(Fault::Past);
    }
    match today.checked_add_days(Days::new(HORIZON_DAYS)) {
        Some(last) if date <= last && date.year() < 9999 => Ok(date),
        _ => Err(Fault::TooFar),
    }
}
