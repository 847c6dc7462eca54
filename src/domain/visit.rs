//! When a technician is due at the site.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::calendar::Zone;

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
