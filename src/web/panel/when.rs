//! Moments as the panel shows them: short on the page, in full on hover.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::calendar::Zone;
use domain::person::Locale;

use crate::web::words::{counted, word};

/// A moment: what a program reads, what a person reads, and the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    pub iso: String,
    pub short: String,
    pub full: String,
}

impl When {
    /// Whether it names a moment at all: a visit may not be planned yet.
    pub fn is_set(&self) -> bool {
        !self.iso.is_empty()
    }
}

/// Who reads, where, and when: what every time on a page hangs on.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    pub locale: Locale,
    pub zone: Zone,
    pub now: DateTime<Utc>,
}

impl Reader {
    /// `14.05 WIB` today, `22 Nov, 14.05 WIB` on another day.
    pub fn clock(&self, at: DateTime<Utc>) -> When {
        let time = self.zone.clock(at, self.locale);
        let date = self.zone.date(at);
        let short = if date == self.zone.date(self.now) {
            time
        } else {
            format!("{}, {time}", self.short_date(date))
        };
        When {
            short,
            ..self.whole(at)
        }
    }

    /// How long ago, in the largest whole unit: `35 mnt`.
    pub fn age(&self, at: DateTime<Utc>) -> When {
        let minutes = (self.now - at).num_minutes().max(0);
        let (key, n) = match minutes {
            0 => {
                return When {
                    short: word(self.locale, "age-now"),
                    ..self.whole(at)
                };
            }
            1..60 => ("age-minutes", minutes),
            60..1440 => ("age-hours", minutes / 60),
            _ => ("age-days", minutes / 1440),
        };
        When {
            short: counted(self.locale, key, n),
            ..self.whole(at)
        }
    }

    /// `Hari ini`, `Besok`, or `Sen, 23 Nov`; another year is named.
    pub fn day(&self, date: NaiveDate) -> String {
        let today = self.zone.date(self.now);
        match date.signed_duration_since(today).num_days() {
            0 => word(self.locale, "day-today"),
            1 => word(self.locale, "day-tomorrow"),
            -1 => word(self.locale, "day-yesterday"),
            _ => self.short_date(date),
        }
    }

    /// A planned visit: `11.00 WIB` today, `Besok, 11.00 WIB`, `Rab, 25 Nov`; with no date, nothing is planned.
    pub fn visit(&self, date: Option<NaiveDate>, time: Option<NaiveTime>) -> When {
        let Some(date) = date else {
            let short = word(self.locale, "visit-none");
            return When {
                iso: String::new(),
                full: short.clone(),
                short,
            };
        };
        let (day, long) = (self.day(date), self.long_day(date));
        let Some(time) = time else {
            return When {
                iso: date.to_string(),
                short: day,
                full: long,
            };
        };
        let at = self.zone.moment(date, time);
        let clock = self.zone.clock(at, self.locale);
        let is_today = date == self.zone.date(self.now);
        When {
            iso: at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            short: if is_today {
                clock.clone()
            } else {
                format!("{day}, {clock}")
            },
            full: format!("{long}, {clock}"),
        }
    }

    /// `Minggu, 22 November 2026`.
    pub fn long_day(&self, date: NaiveDate) -> String {
        Zone::day(date, self.locale)
    }

    /// `November 2026`.
    pub fn month(&self, first: NaiveDate) -> String {
        first
            .format_localized("%B %Y", chrono_locale(self.locale))
            .to_string()
    }

    /// What the day of a week is called: in short and in full.
    pub fn weekday(&self, date: NaiveDate) -> (String, String) {
        let of = |pattern| {
            date.format_localized(pattern, chrono_locale(self.locale))
                .to_string()
        };
        (of("%a"), of("%A"))
    }

    fn short_date(&self, date: NaiveDate) -> String {
        use chrono::Datelike as _;
        let same_year = date.year() == self.zone.date(self.now).year();
        let pattern = if same_year { "%a, %-d %b" } else { "%-d %b %Y" };
        date.format_localized(pattern, chrono_locale(self.locale))
            .to_string()
    }

    fn whole(&self, at: DateTime<Utc>) -> When {
        let full = format!(
            "{}, {}",
            Zone::day(self.zone.date(at), self.locale),
            self.zone.clock(at, self.locale)
        );
        When {
            iso: at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            short: full.clone(),
            full,
        }
    }
}

fn chrono_locale(locale: Locale) -> chrono::Locale {
    match locale {
        Locale::Id => chrono::Locale::id_ID,
        Locale::En => chrono::Locale::en_GB,
    }
}
