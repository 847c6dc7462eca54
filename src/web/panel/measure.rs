//! Lengths, sizes and spans as people read them, with the decimal mark of their language.

use chrono::TimeDelta;
use domain::person::Locale;

use crate::web::words::{counted, word};

/// `18 m`, `1,4 km`, `120 km`.
pub fn length(locale: Locale, metres: f64) -> String {
    if metres < 999.5 {
        format!("{metres:.0} m")
    } else if metres < 99_950.0 {
        format!("{} km", marked(locale, format!("{:.1}", metres / 1000.0)))
    } else {
        format!("{:.0} km", metres / 1000.0)
    }
}

/// `12 kB`, `1,4 MB`.
pub fn size(locale: Locale, bytes: i64) -> String {
    if bytes < 999_500 {
        return format!("{} kB", (bytes + 999) / 1000);
    }
    let tenths = (bytes + 50_000) / 100_000;
    let text = marked(locale, format!("{}.{}", tenths / 10, tenths % 10));
    format!("{text} MB")
}

/// `40 dtk`, `35 mnt`, `2 jam 5 mnt`.
pub fn span(locale: Locale, span: TimeDelta) -> String {
    let seconds = span.num_seconds().max(0);
    let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
    match (hours, minutes) {
        (0, 0) if seconds < 2 => word(locale, "age-now"),
        (0, 0) => counted(locale, "span-seconds", seconds),
        (0, _) => counted(locale, "age-minutes", minutes),
        (_, 0) => counted(locale, "age-hours", hours),
        _ => format!(
            "{} {}",
            counted(locale, "age-hours", hours),
            counted(locale, "age-minutes", minutes)
        ),
    }
}

fn marked(locale: Locale, number: String) -> String {
    match locale {
        Locale::Id => number.replace('.', ","),
        Locale::En => number,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use domain::person::Locale;

    use crate::web::panel::measure::{length, size, span};

    #[test]
    fn measures_in_both_languages() {
        let id = |metres| length(Locale::Id, metres);
        assert_eq!((id(4.6), id(999.4)), ("5 m".to_owned(), "999 m".to_owned()));
        assert_eq!(
            (id(999.6), id(1_440.0)),
            ("1,0 km".to_owned(), "1,4 km".to_owned())
        );
        assert_eq!(length(Locale::En, 1_440.0), "1.4 km");
        assert_eq!(id(120_300.0), "120 km");
        assert_eq!(size(Locale::Id, 1), "1 kB");
        assert_eq!(size(Locale::Id, 999_499), "1000 kB");
        assert_eq!(size(Locale::Id, 20 << 20), "21,0 MB");
        assert_eq!(size(Locale::En, 1_449_999), "1.4 MB");
        let of = |seconds| span(Locale::Id, TimeDelta::seconds(seconds));
        assert_eq!((of(-3), of(40)), ("baru saja".to_owned(), "40 dtk".to_owned()));
        assert_eq!(
            (of(125), of(7500)),
            ("2 mnt".to_owned(), "2 jam 5 mnt".to_owned())
        );
        assert_eq!(of(7200), "2 jam");
    }
}
