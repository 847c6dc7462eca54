//! The picture of a check-in beside its site, drawn here: it needs no map, prints, and answers "was he there?".

use domain::geo::Position;
use domain::person::Locale;

use crate::web::panel::measure::length;
use crate::web::words::about;

/// The picture's size, in its own units; the page scales it.
const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 240.0;
/// Room around everything, for the pins' heads.
const MARGIN: f64 = 34.0;
/// Less than this many metres from side to side is not looked at: receivers know no better.
const LEAST: f64 = 20.0;
/// No circle is drawn smaller.
const DOT: f64 = 3.5;
/// The longest that the bar of the scale may be.
const LONGEST_BAR: f64 = 110.0;

/// What is compared.
#[derive(Debug, Clone, Copy)]
pub struct Sighting {
    pub site: Position,
    pub pin: Position,
    /// The radius of uncertainty, in metres.
    pub accuracy: Option<f64>,
    /// Within it, the check-in counts as on site; in metres.
    pub radius: f64,
}

/// The picture: everything in the units of its view box, as the page writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Radar {
    pub site: Point,
    pub pin: Point,
    pub ring: String,
    pub accuracy: Option<String>,
    /// Where the bar of the scale ends; it begins at the left margin.
    pub bar: String,
    /// `50 m`: what the bar stands for.
    pub bar_label: String,
    /// `Radius 200 m`.
    pub ring_label: String,
}

/// A place in the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub x: String,
    pub y: String,
}

impl Radar {
    /// Draws a sighting so that all of it is seen, from 5 m to 50 km and beyond.
    pub fn of(sighting: Sighting, locale: Locale) -> Self {
        let (east, north) = offset(sighting.site, sighting.pin);
        let blur = sighting.accuracy.unwrap_or(0.0).max(0.0);
        let radius = sighting.radius;
        let (left, right) = ((-radius).min(east - blur), radius.max(east + blur));
        let (low, high) = ((-radius).min(north - blur), radius.max(north + blur));
        let scale = ((WIDTH - 2.0 * MARGIN) / (right - left).max(LEAST))
            .min((HEIGHT - 2.0 * MARGIN) / (high - low).max(LEAST));
        let (middle_x, middle_y) = (f64::midpoint(left, right), f64::midpoint(low, high));
        let place = |x: f64, y: f64| Point {
            x: units(WIDTH / 2.0 + (x - middle_x) * scale),
            y: units(HEIGHT / 2.0 - (y - middle_y) * scale),
        };
        let bar = round_below(LONGEST_BAR / scale);
        Self {
            site: place(0.0, 0.0),
            pin: place(east, north),
            ring: units((radius * scale).max(DOT)),
            accuracy: (blur > 0.0).then(|| units((blur * scale).max(DOT))),
            bar: units(14.0 + bar * scale),
            bar_label: length(locale, bar),
            ring_label: about(locale, "radar-radius", &length(locale, radius)),
        }
    }
}

/// How far east and north one place is of another, in metres: flat, which is true enough up to some hundred
/// kilometres.
fn offset(from: Position, to: Position) -> (f64, f64) {
    const METRES: f64 = 6_371_000.0;
    let mut turn = to.longitude - from.longitude;
    if turn > 180.0 {
        turn -= 360.0;
    } else if turn < -180.0 {
        turn += 360.0;
    }
    let shrink = f64::midpoint(from.latitude, to.latitude).to_radians().cos();
    let east = turn.to_radians() * shrink * METRES;
    let north = (to.latitude - from.latitude).to_radians() * METRES;
    (east, north)
}

/// The largest of 1, 2, 5, 10, 20, 50, … that is no larger.
fn round_below(metres: f64) -> f64 {
    let unit = 10_f64.powf(metres.max(1.0).log10().floor());
    let times = if metres >= 5.0 * unit {
        5.0
    } else if metres >= 2.0 * unit {
        2.0
    } else {
        1.0
    };
    times * unit
}

fn units(number: f64) -> String {
    format!("{number:.1}")
}

#[cfg(test)]
mod tests {
    use domain::geo::Position;
    use domain::person::Locale;

    use crate::web::panel::radar::{HEIGHT, Point, Radar, Sighting, WIDTH};

    /// A check-in so many metres to the north-east.
    fn seen(metres: f64, accuracy: Option<f64>, radius: f64) -> Radar {
        let site = Position {
            latitude: -6.8915,
            longitude: 107.6107,
        };
        let degrees = metres / 2_f64.sqrt() / 111_194.9;
        let pin = Position {
            latitude: site.latitude + degrees,
            longitude: site.longitude + degrees / site.latitude.to_radians().cos(),
        };
        let sighting = Sighting {
            site,
            pin,
            accuracy,
            radius,
        };
        Radar::of(sighting, Locale::Id)
    }

    fn at(point: &Point) -> (f64, f64) {
        (
            point.x.parse().expect("a number"),
            point.y.parse().expect("a number"),
        )
    }

    #[test]
    fn everything_is_in_the_picture_however_far() {
        for metres in [0.0, 5.0, 18.0, 200.0, 1_400.0, 50_000.0, 900_000.0] {
            for (accuracy, radius) in [(None, 200.0), (Some(8.0), 50.0), (Some(1_500.0), 1.0)] {
                let radar = seen(metres, accuracy, radius);
                for point in [&radar.site, &radar.pin] {
                    let (x, y) = at(point);
                    assert!((20.0..=WIDTH - 20.0).contains(&x), "{metres} m: {radar:?}");
                    assert!((30.0..=HEIGHT - 20.0).contains(&y), "{metres} m: {radar:?}");
                }
                let ring: f64 = radar.ring.parse().expect("a number");
                assert!((3.5..=HEIGHT / 2.0).contains(&ring), "{metres} m: {radar:?}");
                let bar: f64 = radar.bar.parse().expect("a number");
                assert!((30.0..=130.0).contains(&bar), "{metres} m: {radar:?}");
            }
        }
    }

    #[test]
    fn directions_and_distances_are_true() {
        let radar = seen(1_400.0, Some(20.0), 200.0);
        let ((x, y), (east, north)) = (at(&radar.site), at(&radar.pin));
        assert!(east > x && north < y, "north-east is right and up: {radar:?}");
        let ring: f64 = radar.ring.parse().expect("a number");
        let apart = (east - x).hypot(north - y);
        assert!((apart / ring - 7.0).abs() < 0.2, "seven radii away: {radar:?}");
        assert_eq!(radar.ring_label, "Radius 200 m");
    }

    #[test]
    fn the_date_line_is_no_border() {
        let place = |longitude| Position {
            latitude: 0.5,
            longitude,
        };
        let sighting = Sighting {
            site: place(179.999),
            pin: place(-179.999),
            accuracy: None,
            radius: 100.0,
        };
        let radar = Radar::of(sighting, Locale::En);
        assert!(at(&radar.pin).0 > at(&radar.site).0);
        assert_eq!(radar.bar_label, "100 m");
    }
}
