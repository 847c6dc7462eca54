//! Dates and times as people read and type them.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::calendar::{self, Zone, plannable};
use crate::invalid::Fault;
use crate::person::Locale;

fn zone(name: &str) -> Zone {
    name.parse().expect("a zone")
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn day(text: &str) -> NaiveDate {
    calendar::date(text).expect("a date")
}

#[test]
fn times_carry_their_zone() {
    let noon = at("2026-11-22T07:05:03.212Z");
    assert_eq!(zone("Asia/Jakarta").clock(noon, Locale::Id), "14.05 WIB");
    assert_eq!(zone("Asia/Makassar").clock(noon, Locale::En), "15:05 WITA");
    assert_eq!(zone("Asia/Jayapura").clock(noon, Locale::Id), "16.05 WIT");
    assert_eq!(zone("Asia/Jakarta").stopwatch(noon, Locale::Id), "14.05.03,212");
    assert_eq!(zone("Asia/Jakarta").stopwatch(noon, Locale::En), "14:05:03.212");
}

#[test]
fn today_is_where_the_company_is() {
    let late = at("2026-11-22T18:00:00Z");
    assert_eq!(zone("Asia/Jakarta").date(late), day("2026-11-23"));
    assert_eq!(zone("UTC").date(late), day("2026-11-22"));
}

#[test]
fn a_local_moment_is_the_right_instant() {
    let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
    assert_eq!(
        zone("Asia/Jakarta").moment(day("2026-11-23"), nine),
        at("2026-11-23T02:00:00Z")
    );
    // 02:30 does not exist on this night in Berlin; the next that does is 03:00 there.
    let gap = NaiveTime::from_hms_opt(2, 30, 0).expect("a time");
    assert_eq!(
        zone("Europe/Berlin").moment(day("2026-03-29"), gap),
        at("2026-03-29T01:00:00Z")
    );
}

#[test]
fn dates_are_read_strictly() {
    for bad in [
        "2026-2-3",
        "22-11-2026",
        "2026-02-30",
        "+12026-01-01",
        "",
        "2026-11-22T00:00",
        "２０２６-11-22",
    ] {
        assert_eq!(calendar::date(bad), Err(Fault::BadDate), "{bad}");
    }
    assert_eq!(calendar::time("13.05"), calendar::time("13:05"));
    for bad in ["25:00", "9:00", "1300", "", "12:60", "ab:cd"] {
        assert_eq!(calendar::time(bad), Err(Fault::BadTime), "{bad}");
    }
}

#[test]
fn a_visit_is_planned_from_today_to_a_year_ahead() {
    let today = day("2026-11-22");
    assert_eq!(plannable(day("2026-11-21"), today), Err(Fault::Past));
    assert_eq!(plannable(today, today), Ok(today));
    assert_eq!(plannable(day("2027-11-23"), today), Ok(day("2027-11-23")));
    assert_eq!(plannable(day("2027-11-24"), today), Err(Fault::TooFar));
    assert_eq!(plannable(day("9999-12-31"), today), Err(Fault::TooFar));
}

#[test]
fn days_have_names_in_both_languages() {
    assert_eq!(
        Zone::day(day("2026-11-22"), Locale::Id),
        "Minggu, 22 November 2026"
    );
    assert_eq!(
        Zone::day(day("2026-11-22"), Locale::En),
        "Sunday, 22 November 2026"
    );
}
