//! What the service's error numbers mean for us: a pure table.
//!
//! The number decides, not the HTTP status or the title: throttles come as 400 and 403 as well as 429.

use dialogues::receipt::{Fault, Remedy};

/// What a number means, with the service's own words.
pub fn fault(code: i64, details: String) -> Fault {
    let (remedy, word) = meaning(code);
    Fault {
        code,
        word: word.to_owned(),
        remedy,
        details,
    }
}

/// What is to be done, and the stable code of ours.
pub(crate) const fn meaning(code: i64) -> (Remedy, &'static str) {
    match code {
        // Theirs, for a while: limits of calls and of throughput, then unknown, service, maintenance.
        4 | 80_007 | 130_429 => (Remedy::Slow, "expired"),
        1 | 2 | 131_000 | 131_016 | 131_057 => (Remedy::Again, "expired"),
        131_053 => (Remedy::Again, "media"),
        131_056 => (Remedy::Pair, "expired"),
        131_047 => (Remedy::Standby, "window-closed"),
        131_062 => (Remedy::Refused, "needs-phone"),
        131_026 => (Remedy::DeadEnd, "not-on-whatsapp"),
        130_403 => (Remedy::DeadEnd, "blocked"),
        131_050 => (Remedy::DeadEnd, "stopped-marketing"),
        131_021 => (Remedy::DeadEnd, "same-number"),
        131_030 => (Remedy::DeadEnd, "not-allowed"),
        // Marketing only: a template that meets these was put into another category.
        131_049 | 130_472 => (Remedy::Refused, "limited"),
        0 | 3 | 10 | 190 | 200..=299 | 131_005 => (Remedy::Stop, "token"),
        368 | 131_031 | 130_497 => (Remedy::Stop, "policy"),
        131_042 => (Remedy::Stop, "payment"),
        131_045 | 133_010 => (Remedy::Stop, "registration"),
        131_048 => (Remedy::Stop, "spam"),
        131_064 => (Remedy::Stop, "misclassified"),
        33 => (Remedy::Stop, "account"),
        132_000 | 132_001 | 132_005 | 132_007 | 132_012 | 132_015 | 132_016 | 132_018 => {
            (Remedy::Refused, "template")
        }
        // 100, 131008, 131009, 131051 and whatever comes one day: ours, or not known.
        _ => (Remedy::Refused, "refused"),
    }
}
