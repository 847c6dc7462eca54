//! The words of a visit.

use dialogues::card::{Progress, Tally};
use dialogues::site::Site;
use dialogues::text::Moment;
use dialogues::visiting::Why;
use domain::calendar::Zone;
use domain::document::Kind;
use domain::ids::TicketId;
use domain::person::Locale;
use domain::visit::Verdict;

use crate::delivery::render::{clock, cut, escape, reason_key};
use crate::delivery::words::{Facts, fact, word, words};

/// A text of a visit in Telegram's HTML.
pub(crate) fn html(text: &Site, locale: Locale) -> String {
    let key = format!("say-{}", text.name());
    let say = |facts: Facts<'_>| words(locale, &key, &facts);
    match text {
        Site::Reminder { ticket, due } => say(of(*ticket).with("at", clock(*due, locale))),
        Site::Settling {
            ticket,
            distance_meters,
        } => say(of(*ticket).with("distance", distance(*distance_meters, locale))),
        Site::Explain {
            ticket,
            why,
            reason,
            photo,
        } => explain(*ticket, *why, (*reason, *photo), locale),
        Site::ExplainBadReason { ticket, fault } => {
            say(of(*ticket).with("fault", word(locale, reason_key(fault))))
        }
        Site::CheckedIn { .. } | Site::CheckInDoubted { .. } => checked_in(text, &key, locale),
        Site::TooEarly { ticket, date } => say(of(*ticket).with("date", Zone::day(*date, locale))),
        Site::CheckInRecorded { ticket, by }
        | Site::FileLostOf { ticket, by }
        | Site::PhotoReused { ticket, by }
        | Site::PlacePhotoRefused { ticket, by } => say(of(*ticket).with("by", escape(by))),
        Site::Uploading { tally } | Site::Uploaded { tally } | Site::Placed { tally } => {
            progress(*tally, &key, locale)
        }
        Site::UploadHint { ticket, kind }
        | Site::FileLost { ticket, kind }
        | Site::NoLetter { ticket, kind } => say(of(*ticket).with("kind", kind.as_str())),
        Site::TooMany { ticket, kind, most } => say(of(*ticket)
            .with("kind", kind.as_str())
            .with("most", most.to_string())),
        Site::FileRefused { ticket, kind, why } => {
            let why = word(locale, unfit_key(&why.0));
            say(of(*ticket).with("kind", kind.as_str()).with("why", why))
        }
        Site::PhotosUnplaced { by, count } => {
            say(fact("count", i64::try_from(*count).unwrap_or(i64::MAX)).with("by", escape(by)))
        }
        Site::WhichJob { count } => say(fact("count", i64::try_from(*count).unwrap_or(i64::MAX))),
        Site::CheckOutSummary { .. } | Site::CheckedOut { .. } => leaving(text, &key, locale),
        Site::Letter { ticket, kind, number } => letter(*ticket, *kind, number.as_deref(), locale),
        Site::AskLocation { ticket }
        | Site::LettersRevoked { ticket }
        | Site::LocationOnly { ticket }
        | Site::LocationForwarded { ticket }
        | Site::LocationVenue { ticket }
        | Site::LocationNowhere { ticket }
        | Site::AlreadyCheckedIn { ticket }
        | Site::NotCheckedIn { ticket }
        | Site::AskPlacePhoto { ticket }
        | Site::PlacePhotoTaken { ticket }
        | Site::TooLarge { ticket }
        | Site::Repeated { ticket }
        | Site::UploadOver { ticket }
        | Site::CheckOutLeft { ticket }
        | Site::AlreadyCheckedOut { ticket }
        | Site::JobDone { ticket } => say(of(*ticket)),
        Site::LocationNotAsked | Site::NoJobForPhotos | Site::UploadLeft => word(locale, &key),
    }
}

/// What a job still needs, a line each.
pub(crate) fn checklist(progress: &Progress, zone: Zone, locale: Locale) -> Vec<String> {
    let at = |at| clock(Moment { at, zone }, locale);
    let arrived =
        fact("at", at(progress.checked_in_at)).with("verdict", word(locale, verdict(progress.verdict)));
    let counted = |key: &str, count: usize| {
        let tick = if count > 0 { "✅" } else { "⬜" };
        words(locale, key, &fact("count", count.to_string()).with("tick", tick))
    };
    let left = progress.checked_out_at.map_or_else(
        || word(locale, "say-list-check-out-open"),
        |moment| words(locale, "say-list-check-out", &fact("at", at(moment))),
    );
    vec![
        words(locale, "say-list-check-in", &arrived),
        counted("say-list-evidence", progress.evidence),
        counted("say-list-bast", progress.bast),
        left,
    ]
}

fn explain(ticket: TicketId, why: Why, (reason, photo): (bool, bool), locale: Locale) -> String {
    let facts = match why {
        Why::Far { meters } => of(ticket)
            .with("why", "far")
            .with("distance", distance(Some(meters), locale)),
        Why::NoSite => of(ticket).with("why", "no-site").with("distance", ""),
        Why::NoFix => of(ticket).with("why", "no-fix").with("distance", ""),
    };
    let missing = match (reason, photo) {
        (true, true) => "say-explain-both",
        (true, false) => "say-explain-reason",
        (false, _) => "say-explain-photo",
    };
    format!(
        "{}\n{}",
        words(locale, "say-explain", &facts),
        word(locale, missing)
    )
}

fn checked_in(text: &Site, key: &str, locale: Locale) -> String {
    match text {
        Site::CheckedIn {
            ticket,
            at,
            verdict: found,
            distance_meters,
            accuracy_meters,
        } => {
            let facts = of(*ticket)
                .with("at", clock(*at, locale))
                .with("verdict", word(locale, verdict(*found)));
            let mut line = words(locale, key, &facts);
            if distance_meters.is_some() {
                let away = fact("distance", distance(*distance_meters, locale));
                line.push_str(&words(locale, "say-checked-in-distance", &away));
            }
            if accuracy_meters.is_some() {
                let within = fact("accuracy", distance(*accuracy_meters, locale));
                line.push_str(&words(locale, "say-checked-in-accuracy", &within));
            }
            line
        }
        Site::CheckInDoubted {
            ticket,
            by,
            verdict: found,
            distance_meters,
            reason,
        } => {
            let facts = of(*ticket)
                .with("by", escape(by))
                .with("verdict", word(locale, verdict(*found)));
            let mut line = words(locale, key, &facts);
            if distance_meters.is_some() {
                let away = fact("distance", distance(*distance_meters, locale));
                line.push_str(&words(locale, "say-checked-in-distance", &away));
            }
            if let Some(reason) = reason {
                let reason = fact("reason", escape(&cut(reason, 500)));
                line.push('\n');
                line.push_str(&words(locale, "say-check-in-reason", &reason));
            }
            line
        }
        _ => String::new(),
    }
}

fn progress(tally: Tally, key: &str, locale: Locale) -> String {
    let facts = of(tally.ticket)
        .with("kind", tally.kind.as_str())
        .with("ready", tally.ready.to_string())
        .with("total", tally.total.to_string());
    let mut lines = vec![words(locale, key, &facts)];
    for (key, count) in [
        ("say-upload-waiting", tally.waiting),
        ("say-upload-refused", tally.refused),
    ] {
        if count > 0 {
            lines.push(words(locale, key, &fact("count", count.to_string())));
        }
    }
    lines.join("\n")
}

fn leaving(text: &Site, key: &str, locale: Locale) -> String {
    match text {
        Site::CheckOutSummary {
            ticket,
            since,
            minutes,
            evidence,
            bast,
        } => {
            let facts = of(*ticket)
                .with("since", clock(*since, locale))
                .with("duration", duration(*minutes, locale))
                .with("evidence", evidence.to_string())
                .with("bast", bast.to_string());
            words(locale, key, &facts)
        }
        Site::CheckedOut {
            ticket,
            at,
            evidence,
            bast,
        } => {
            let line = words(locale, key, &of(*ticket).with("at", clock(*at, locale)));
            let missing = match (evidence, bast) {
                (true, true) => "say-missing-both",
                (true, false) => "say-missing-evidence",
                (false, true) => "say-missing-bast",
                (false, false) => return line,
            };
            format!("{line}\n{}", word(locale, missing))
        }
        _ => String::new(),
    }
}

fn letter(ticket: TicketId, kind: Kind, number: Option<&str>, locale: Locale) -> String {
    let line = words(locale, "say-letter", &of(ticket).with("kind", kind.as_str()));
    match number {
        Some(number) => format!("{line}\n{}", escape(number)),
        None => line,
    }
}

fn of(ticket: TicketId) -> Facts<'static> {
    fact("ticket", ticket.number())
}

/// `38 m`, `1,2 km`; unknown: a dash.
fn distance(meters: Option<f64>, locale: Locale) -> String {
    let Some(meters) = meters.filter(|meters| meters.is_finite()) else {
        return "–".to_owned();
    };
    if meters < 999.5 {
        return format!("{meters:.0} m");
    }
    let text = format!("{:.1}", meters / 1000.0);
    match locale {
        Locale::Id => format!("{} km", text.replace('.', ",")),
        Locale::En => format!("{text} km"),
    }
}

fn duration(minutes: i64, locale: Locale) -> String {
    let facts = fact("hours", minutes / 60).with("minutes", minutes % 60);
    words(
        locale,
        if minutes < 60 { "say-minutes" } else { "say-hours" },
        &facts,
    )
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "say-verdict-verified",
        Verdict::Unverified => "say-verdict-unverified",
        Verdict::Outside => "say-verdict-outside",
        Verdict::Manual => "say-verdict-manual",
    }
}

fn unfit_key(code: &str) -> &'static str {
    match code {
        "empty" => "say-unfit-empty",
        "too-large" => "say-unfit-too-large",
        "unknown-kind" | "not-a-photo" | "not-an-image" => "say-unfit-not-an-image",
        "too-many-pixels" => "say-unfit-too-many-pixels",
        "too-small" => "say-unfit-too-small",
        "two-in-one" => "say-unfit-two-in-one",
        "cut-short" | "unreadable" => "say-unfit-broken",
        _ => "say-unfit-other",
    }
}
