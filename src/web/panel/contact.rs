//! How a person or a place is reached from a page: a number to call, a point on a map.

/// A phone to call and to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// `+6281234567890`, for `tel:`.
    pub e164: String,
    /// `0812-3456-7890`, as people write it here.
    pub shown: String,
}

impl Phone {
    /// Of a number kept as E.164; Indonesian numbers are grouped as people write them.
    pub fn of(e164: &str) -> Self {
        let shown = match e164.strip_prefix("+62") {
            Some(rest) => grouped(&format!("0{rest}")),
            None => e164.to_owned(),
        };
        Self {
            e164: e164.to_owned(),
            shown,
        }
    }
}

fn grouped(digits: &str) -> String {
    let mut shown = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 4 == 0 && at < 12 {
            shown.push('-');
        }
        shown.push(digit);
    }
    shown
}

/// A point, and where to look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// `-6.914744, 107.609810`.
    pub text: String,
    pub google: String,
    pub osm: String,
}

impl Site {
    /// Of degrees north and east.
    pub fn of(latitude: f64, longitude: f64) -> Self {
        let (lat, lon) = (format!("{latitude:.6}"), format!("{longitude:.6}"));
        Self {
            text: format!("{lat}, {lon}"),
            google: format!("https://www.google.com/maps/search/?api=1&query={lat},{lon}"),
            osm: format!("https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::web::panel::contact::Phone;

    #[test]
    fn indonesian_numbers_read_as_people_write_them_and_others_stay() {
        assert_eq!(Phone::of("+6281234567890").shown, "0812-3456-7890");
        assert_eq!(Phone::of("+62812345678901").shown, "0812-3456-78901");
        assert_eq!(Phone::of("+6222123456").shown, "0221-2345-6");
        assert_eq!(Phone::of("+6591234567").shown, "+6591234567");
    }
}
