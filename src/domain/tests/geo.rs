//! Distances that can be looked up.

use crate::geo::Position;
use crate::invalid::Fault;

#[test]
fn distance_between_two_landmarks() {
    let monas = Position::new(-6.175_392, 106.827_153).expect("on earth");
    let sate = Position::new(-6.902_481, 107.618_810).expect("on earth");
    let meters = monas.distance_meters(sate);
    assert!((meters - 119_000.0).abs() < 1_000.0, "{meters}");
    assert!(monas.distance_meters(monas) < 0.001);
    assert!((sate.distance_meters(monas) - meters).abs() < 0.001);
}

#[test]
fn what_is_not_on_earth_is_refused() {
    for (latitude, longitude) in [
        (90.1, 0.0),
        (0.0, 180.5),
        (f64::NAN, 1.0),
        (1.0, f64::INFINITY),
        (0.0, 0.0),
        (-91.0, 7.0),
    ] {
        assert_eq!(
            Position::new(latitude, longitude),
            Err(Fault::OutOfRange),
            "{latitude}, {longitude}"
        );
    }
}
