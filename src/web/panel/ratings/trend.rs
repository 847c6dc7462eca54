//! The weeks of a recap as a picture, and as the table beside it.

use chrono::{Days, NaiveDate};
use domain::person::Locale;

use crate::app::ratings::{Mean, Week};
use crate::web::panel::when::Reader;
use crate::web::words::{word, words};

/// How high five stars are, and how wide a week is, in the picture's own units.
const HIGH: f64 = 100.0;
const WIDE: u32 = 40;
const BAR: u32 = 14;

/// The picture and its table.
#[derive(Debug, Clone, Default)]
pub struct Trend {
    /// Of both kinds; where one person is asked for, the other kind is left out.
    pub technicians: bool,
    pub cs: bool,
    pub bars: Vec<Bar>,
    pub lines: Vec<Line>,
    pub width: u32,
}

/// One bar of the picture.
#[derive(Debug, Clone)]
pub struct Bar {
    pub x: u32,
    pub y: String,
    pub height: String,
    pub class: &'static str,
    /// What it says to whoever points at it.
    pub title: String,
}

/// One week of the table.
#[derive(Debug, Clone)]
pub struct Line {
    pub week: String,
    pub technicians: Option<Average>,
    pub cs: Option<Average>,
    /// The ratings of that week.
    pub href: String,
}

/// `4,62` of 13.
#[derive(Debug, Clone)]
pub struct Average {
    pub average: String,
    pub count: u32,
}

impl Average {
    /// `None`: nobody gave any.
    pub(crate) fn of(mean: Mean, locale: Locale) -> Option<Self> {
        Some(Self {
            average: decimal(mean.average()?, locale),
            count: mean.count,
        })
    }
}

/// A number to two places, as it is written there.
pub fn decimal(number: f64, locale: Locale) -> String {
    let text = format!("{number:.2}");
    match locale {
        Locale::Id => text.replace('.', ","),
        Locale::En => text,
    }
}

impl Trend {
    /// `href` tells where the ratings of a week are listed, from its first to its last day.
    pub(crate) fn of(
        weeks: &[Week],
        (technicians, cs): (bool, bool),
        reader: Reader,
        href: impl Fn(NaiveDate, NaiveDate) -> String,
    ) -> Self {
        let mut trend = Self {
            technicians,
            cs,
            width: u32::try_from(weeks.len())
                .unwrap_or(u32::MAX)
                .saturating_mul(WIDE),
            ..Self::default()
        };
        for (place, week) in (0..).zip(weeks) {
            let last = week.monday + Days::new(6);
            let named = words(
                reader.locale,
                "ratings-from-to",
                &[
                    ("x", reader.day(week.monday).into()),
                    ("y", reader.day(last).into()),
                ],
            );
            let line = Line {
                technicians: Average::of(week.technicians, reader.locale).filter(|_| technicians),
                cs: Average::of(week.cs, reader.locale).filter(|_| cs),
                href: href(week.monday, last),
                week: named,
            };
            let left = place * WIDE + (WIDE - 2 * BAR) / 2;
            let means = [
                (week.technicians, technicians, "one", "ratings-technicians"),
                (week.cs, cs, "two", "ratings-cs"),
            ];
            let shown = means.into_iter().filter(|(_, is_shown, ..)| *is_shown);
            for (n, (mean, _, class, key)) in (0..).zip(shown) {
                let Some(average) = mean.average() else { continue };
                let height = average / 5.0 * HIGH;
                trend.bars.push(Bar {
                    x: left + n * BAR,
                    y: format!("{:.1}", HIGH - height),
                    height: format!("{height:.1}"),
                    class,
                    title: format!(
                        "{}: {} {}",
                        line.week,
                        word(reader.locale, key),
                        decimal(average, reader.locale)
                    ),
                });
            }
            trend.lines.push(line);
        }
        trend
    }
}
