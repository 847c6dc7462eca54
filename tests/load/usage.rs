//! What a process costs, as the kernel counts it.

use std::fs;
use std::time::Duration;

/// The kernel counts CPU time in hundredths of a second (`USER_HZ`, the same on every Linux).
const TICK: Duration = Duration::from_millis(10);

/// CPU time of a process since its start, its own and the kernel's for it.
pub(crate) fn cpu(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("a living process");
    // The name in brackets may hold spaces; the 14th and 15th fields are user and system ticks.
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|field| field.parse::<u32>().expect("ticks"));
    TICK * ticks.sum::<u32>()
}

/// Resident memory of a process in megabytes: now, and at most so far.
pub(crate) fn memory(process: u32) -> (f64, f64) {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("a living process");
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u32>().ok());
        f64::from(kilobytes.expect("a size")) / 1024.0
    };
    (field("VmRSS:"), field("VmHWM:"))
}

/// Forgets the most memory that a process had so far.
pub(crate) fn forget_peak(process: u32) {
    fs::write(format!("/proc/{process}/clear_refs"), "5").expect("a process of ours");
}
