//! Lines of updates: order, one in flight each, waits after failures.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use crate::simulator::updates::{Body, Line, Parcel, Updates};

fn push(updates: &mut Updates, line: Line, expires: Option<Instant>) -> i64 {
    let id = updates.next_id();
    updates.push(Body::Update(Arc::new(json!({"update_id": id}))), line, expires);
    id
}

fn take(updates: &mut Updates, now: Instant) -> Option<Parcel> {
    updates.take(now, &mut Vec::new())
}

fn id(parcel: &Parcel) -> i64 {
    let Body::Update(update) = &parcel.body else {
        panic!("raw")
    };
    update["update_id"].as_i64().unwrap()
}

#[test]
fn each_line_has_one_in_flight_and_keeps_its_order() {
    let now = Instant::now();
    let mut updates = Updates::default();
    let first = push(&mut updates, Line::Chat(1), None);
    let second = push(&mut updates, Line::Chat(1), None);
    // A tap of the same person stands in another line and may overtake.
    let tap = push(&mut updates, Line::Person(1), None);
    let (a, b) = (take(&mut updates, now).unwrap(), take(&mut updates, now).unwrap());
    assert_eq!((id(&a), id(&b)), (first, tap));
    assert!(take(&mut updates, now).is_none(), "both lines are busy");
    updates.delivered(&a, 10);
    assert_eq!(id(&take(&mut updates, now).unwrap()), second);
    assert_eq!(updates.past(first).unwrap().0, Line::Chat(1));
}

#[test]
fn a_failed_update_comes_again_at_once_then_later_and_later_and_holds_its_line() {
    let mut now = Instant::now();
    let mut updates = Updates::default();
    let first = push(&mut updates, Line::Chat(1), None);
    push(&mut updates, Line::Chat(1), None);
    for wait in [0, 2, 4, 8, 16, 32, 90] {
        let parcel = take(&mut updates, now).unwrap();
        assert_eq!(id(&parcel), first);
        updates.failed(&parcel, 1.0, None, now);
        if wait > 0 {
            assert!(take(&mut updates, now).is_none());
            assert_eq!(updates.wake_at(), Some(now + Duration::from_secs(wait)));
        }
        now += Duration::from_secs(wait);
    }
    assert_eq!(id(&take(&mut updates, now).unwrap()), first);
}

#[test]
fn an_expired_tap_is_dropped_and_told() {
    let mut now = Instant::now();
    let mut updates = Updates::default();
    push(
        &mut updates,
        Line::Person(1),
        Some(now + Duration::from_secs(150)),
    );
    let later = push(&mut updates, Line::Person(1), None);
    now += Duration::from_secs(150);
    let mut dropped = Vec::new();
    let parcel = updates.take(now, &mut dropped).unwrap();
    assert_eq!((id(&parcel), dropped.len()), (later, 1));
}

#[test]
fn polling_confirms_by_offset_and_lines_go_on_after_it() {
    let now = Instant::now();
    let mut updates = Updates::default();
    let first = push(&mut updates, Line::Chat(1), None);
    let second = push(&mut updates, Line::Chat(2), None);
    let third = push(&mut updates, Line::Chat(1), None);
    assert_eq!(updates.peek(2, now, &mut Vec::new()).len(), 2);
    assert_eq!(
        updates.peek(9, now, &mut Vec::new()).len(),
        3,
        "looking confirms nothing"
    );
    updates.confirm(second + 1, 10);
    assert_eq!(updates.len(), 1);
    assert!(updates.past(first).is_some());
    assert_eq!(
        id(&take(&mut updates, now).unwrap()),
        third,
        "a webhook set now finds the rest"
    );
    assert_eq!(updates.newest(-1), third);
}

#[test]
fn forgetting_frees_lines_that_waited_after_a_failure() {
    let mut now = Instant::now();
    let mut updates = Updates::default();
    push(&mut updates, Line::Chat(1), None);
    for _ in 0..3 {
        let parcel = take(&mut updates, now).unwrap();
        updates.failed(&parcel, 1.0, None, now);
        now = updates.wake_at().unwrap();
    }
    let held = push(&mut updates, Line::Chat(2), None);
    let in_flight = take(&mut updates, now - Duration::from_secs(1)).unwrap();
    assert_eq!(id(&in_flight), held);
    updates.drop_pending();
    let fresh = push(&mut updates, Line::Chat(1), None);
    let behind = push(&mut updates, Line::Chat(2), None);
    assert_eq!(id(&take(&mut updates, now).unwrap()), fresh, "at once");
    assert!(take(&mut updates, now).is_none(), "the other line is still busy");
    updates.delivered(&in_flight, 10);
    assert_eq!(id(&take(&mut updates, now).unwrap()), behind);
}

#[test]
fn a_pause_holds_everything() {
    let now = Instant::now();
    let mut updates = Updates::default();
    push(&mut updates, Line::Chat(1), None);
    updates.paused = true;
    assert!(take(&mut updates, now).is_none());
    assert!(updates.peek(9, now, &mut Vec::new()).is_empty());
    updates.paused = false;
    assert!(take(&mut updates, now).is_some());
}
