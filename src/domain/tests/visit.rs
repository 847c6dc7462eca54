//! When check-in is due.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::calendar::{self, Zone};
use crate::visit::check_in_due;

fn due(time: Option<&str>, claimed_at: &str) -> DateTime<Utc> {
    let zone: Zone = "Asia/Jakarta".parse().expect("a zone");
    let date = calendar::date("2026-11-23").expect("a date");
    let time = time.map(|time| calendar::time(time).expect("a time"));
    let start = NaiveTime::from_hms_opt(8, 0, 0).expect("a time");
    let claimed_at = claimed_at.parse().expect("a moment");
    check_in_due(date, time, start, zone, claimed_at, TimeDelta::minutes(30))
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

#[test]
fn the_later_of_visit_and_claim_plus_the_grace() {
    assert_eq!(
        due(Some("13:00"), "2026-11-22T01:00:00Z"),
        at("2026-11-23T06:30:00Z")
    );
    assert_eq!(
        due(Some("13:00"), "2026-11-23T07:00:00Z"),
        at("2026-11-23T07:30:00Z")
    );
}

#[test]
fn a_date_without_a_time_starts_with_the_workday() {
    assert_eq!(due(None, "2026-11-22T01:00:00Z"), at("2026-11-23T01:30:00Z"));
}
