//! When check-in is due.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::calendar::{self, Zone};
use crate::geo::Position;
use crate::visit::{Checklist, Fix, Verdict, check_in_due};

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

const SITE: Position = Position {
    latitude: -6.2,
    longitude: 106.8,
};

/// A live fix so many metres north of the site.
fn fix(meters: f64) -> Fix {
    Fix {
        position: Position {
            latitude: SITE.latitude + meters / 111_195.0,
            longitude: SITE.longitude,
        },
        accuracy_meters: Some(10.0),
        age_seconds: 3,
        live: true,
    }
}

fn verdict(fix: Fix) -> Verdict {
    fix.judge(Some(SITE), 100.0).verdict
}

#[test]
fn only_a_fresh_certain_live_fix_within_the_radius_is_verified() {
    assert_eq!(verdict(fix(38.0)), Verdict::Verified);
    assert_eq!(verdict(fix(99.0)), Verdict::Verified);
    let live = fix(38.0);
    assert_eq!(verdict(Fix { live: false, ..live }), Verdict::Unverified);
    assert_eq!(
        verdict(Fix {
            age_seconds: 121,
            ..live
        }),
        Verdict::Unverified
    );
    let vague = Fix {
        accuracy_meters: Some(101.0),
        ..live
    };
    assert_eq!(verdict(vague), Verdict::Unverified);
    let untold = Fix {
        accuracy_meters: None,
        ..live
    };
    assert_eq!(verdict(untold), Verdict::Verified);
}

#[test]
fn beyond_the_radius_is_outside_whatever_the_source() {
    assert_eq!(verdict(fix(102.0)), Verdict::Outside);
    assert_eq!(
        verdict(Fix {
            live: false,
            ..fix(5000.0)
        }),
        Verdict::Outside
    );
    let finding = fix(1200.0).judge(Some(SITE), 100.0);
    let distance = finding.distance_meters.expect("a distance");
    assert!((distance - 1200.0).abs() < 2.0, "{distance}");
}

#[test]
fn without_a_site_nothing_is_proven() {
    let finding = fix(0.0).judge(None, 100.0);
    assert_eq!(finding.verdict, Verdict::Unverified);
    assert_eq!(finding.distance_meters, None);
}

#[test]
fn waiting_helps_only_where_the_receiver_may_be_wrong() {
    let near = |fix: Fix| fix.may_improve(fix.judge(Some(SITE), 100.0), 100.0);
    assert!(near(fix(120.0)));
    assert!(!near(fix(1200.0)));
    let vague = Fix {
        accuracy_meters: Some(500.0),
        ..fix(1200.0)
    };
    assert!(near(vague));
    assert!(!near(Fix { live: false, ..vague }));
}

#[test]
fn a_job_is_done_when_nothing_is_missing() {
    let all = Checklist {
        checked_out: true,
        evidence: 1,
        bast: 1,
    };
    assert!(all.is_complete());
    assert!(
        !Checklist {
            checked_out: false,
            ..all
        }
        .is_complete()
    );
    assert!(!Checklist { evidence: 0, ..all }.is_complete());
    assert!(!Checklist { bast: 0, ..all }.is_complete());
}
