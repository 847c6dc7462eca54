//! A visit: when it is due, what a reported position proves, and what makes the job done.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::Zone;
use crate::geo::Position;
use crate::invalid::Fault;

/// When check-in is due: the later of the visit's start and the claim, plus the grace.
/// A visit date without a time starts at the company's `visit.workday_start`.
pub fn check_in_due(
    date: NaiveDate,
    time: Option<NaiveTime>,
    workday_start: NaiveTime,
    zone: Zone,
    claimed_at: DateTime<Utc>,
    grace: TimeDelta,
) -> DateTime<Utc> {
    zone.moment(date, time.unwrap_or(workday_start)).max(claimed_at) + grace
}

/// How old a live fix may be and still prove presence; also how long a better one is waited for.
pub const FRESH: TimeDelta = TimeDelta::minutes(2);

/// Where a position came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A live location: only a device at the place can share one.
    Live,
    /// A pin: it can be put anywhere.
    Static,
    /// None: the receiver failed, or an admin wrote the visit down.
    Manual,
}

/// What a position says about a presence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A fresh live fix within the radius.
    Verified,
    /// Within the radius, but not proven; or there is no site to compare with.
    Unverified,
    /// Beyond the radius.
    Outside,
    /// No position at all.
    Manual,
}

/// A position that someone reported.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    pub position: Position,
    /// The radius of uncertainty, in metres, when the service told one.
    pub accuracy_meters: Option<f64>,
    /// Between its sending and its arrival, in seconds.
    pub age_seconds: i64,
    pub live: bool,
}

/// What a fix proves about a site.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub verdict: Verdict,
    /// From the site, in metres; `None` without a site.
    pub distance_meters: Option<f64>,
}

impl Source {
    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Static => "static",
            Self::Manual => "manual",
        }
    }
}

impl Verdict {
    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Unverified => "unverified",
            Self::Outside => "outside",
            Self::Manual => "manual",
        }
    }
}

impl FromStr for Source {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        [Self::Live, Self::Static, Self::Manual]
            .into_iter()
            .find(|source| source.as_str() == text)
            .ok_or(Fault::BadValue)
    }
}

impl FromStr for Verdict {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        [Self::Verified, Self::Unverified, Self::Outside, Self::Manual]
            .into_iter()
            .find(|verdict| verdict.as_str() == text)
            .ok_or(Fault::BadValue)
    }
}

impl Fix {
    /// Compares a fix with a site: verified is a live fix, at most [`FRESH`] old, within the radius, and (when
    /// its accuracy is known) no less certain than the radius; anything else within it is unverified.
    pub fn judge(&self, site: Option<Position>, radius_meters: f64) -> Finding {
        let Some(site) = site else {
            return Finding {
                verdict: Verdict::Unverified,
                distance_meters: None,
            };
        };
        let distance = self.position.distance_meters(site);
        let certain = self
            .accuracy_meters
            .is_none_or(|accuracy| accuracy <= radius_meters);
        let fresh = self.age_seconds <= FRESH.num_seconds();
        let verdict = if distance > radius_meters {
            Verdict::Outside
        } else if self.live && fresh && certain {
            Verdict::Verified
        } else {
            Verdict::Unverified
        };
        Finding {
            verdict,
            distance_meters: Some(distance),
        }
    }

    /// Whether a receiver that settles may still find itself within the radius: three times the accuracy is
    /// nearly always enough (an accuracy is the radius of about two thirds of the errors); unknown, it is taken
    /// for 100 m.
    pub fn may_improve(&self, finding: Finding, radius_meters: f64) -> bool {
        let reach = radius_meters + 3.0 * self.accuracy_meters.unwrap_or(100.0);
        self.live && finding.distance_meters.is_some_and(|distance| distance <= reach)
    }
}

/// What a job needs to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checklist {
    pub checked_out: bool,
    /// Photos of the work that were checked.
    pub evidence: usize,
    /// Photos or PDFs of the signed handover that were checked.
    pub bast: usize,
}

impl Checklist {
    /// Whether nothing is missing, in whatever order it came.
    pub const fn is_complete(&self) -> bool {
        self.checked_out && self.evidence > 0 && self.bast > 0
    }
}
