//! Many measurements in a few numbers.

use std::time::Duration;

/// The time within which so many in a thousand lie: 500 is the median, 990 the slowest hundredth.
pub(crate) fn percentile(times: &mut [Duration], per_mille: usize) -> Duration {
    assert!(!times.is_empty(), "nothing was measured");
    times.sort_unstable();
    let place = (times.len() * per_mille).div_ceil(1000);
    times[place.max(1) - 1]
}

/// A duration in milliseconds.
pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// How many a second.
pub(crate) fn rate(count: usize, within: Duration) -> f64 {
    f64::from(u32::try_from(count).expect("few enough")) / within.as_secs_f64()
}

/// The middle of several runs with the lowest and the highest: `12.0 (10.1–13.4)`.
#[derive(Clone, Debug)]
pub(crate) struct Spread {
    pub(crate) middle: f64,
    low: f64,
    high: f64,
}

impl Spread {
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let (low, high) = (values[0], values[values.len() - 1]);
        Self {
            middle: values[values.len() / 2],
            low,
            high,
        }
    }

    /// With so many digits after the point.
    pub(crate) fn show(&self, digits: usize) -> String {
        format!(
            "{:.digits$} ({:.digits$}–{:.digits$})",
            self.middle, self.low, self.high
        )
    }
}
