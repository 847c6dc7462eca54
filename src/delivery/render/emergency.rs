//! Words about a check-in that is overdue.

use dialogues::emergency::{Emergency, Late, LateLine};
use dialogues::text::Label;
use domain::alert::Resolution;
use domain::ids::TicketId;
use domain::person::Locale;

use crate::delivery::render::{area, clock, cut, escape, short_visit};
use crate::delivery::words::{Facts, fact, word, words};

/// How much of a name a button shows.
const NAME: usize = 22;

/// A text of an emergency in Telegram's HTML.
pub(crate) fn html(text: &Emergency, locale: Locale) -> String {
    let key = format!("say-{}", text.name());
    let say = |facts: Facts<'_>| words(locale, &key, &facts);
    match text {
        Emergency::Raised(late) => card(late, locale),
        Emergency::Choosing {
            late,
            free,
            page,
            pages,
        } => {
            let free = i64::try_from(*free).unwrap_or(i64::MAX);
            let facts = of(late.ticket, &late.technician).with("free", free);
            let mut lines = vec![card(late, locale), String::new(), say(facts)];
            if *pages > 1 {
                let facts = fact("page", *page).with("pages", *pages).with("free", free);
                lines.push(words(locale, "say-emergency-page", &facts));
            }
            lines.join("\n")
        }
        Emergency::Confirming {
            ticket,
            technician,
            next,
        } => say(of(*ticket, technician)
            .with("to", target(next.as_ref()))
            .with("next", named(next.as_deref()))),
        Emergency::Continued {
            ticket,
            technician,
            minutes,
            until,
            by,
            at,
        } => say(of(*ticket, technician)
            .with("minutes", *minutes)
            .with("until", clock(*until, locale))
            .with("by", escape(by))
            .with("at", clock(*at, locale))),
        Emergency::Replaced {
            ticket,
            technician,
            next,
            by,
            at,
        } => say(of(*ticket, technician)
            .with("to", target(next.as_ref()))
            .with("next", named(next.as_deref()))
            .with("by", escape(by))
            .with("at", clock(*at, locale))),
        Emergency::Resolved {
            ticket,
            technician,
            why,
            at,
        } => say(of(*ticket, technician)
            .with("why", why_word(*why))
            .with("at", clock(*at, locale))),
        Emergency::List { lines, more } => list(lines, *more, locale),
        Emergency::HandFull { name, used, quota } => say(fact("name", escape(name))
            .with("used", *used)
            .with("quota", *quota)),
        Emergency::HandGone { name } => say(fact("name", escape(name))),
        Emergency::MoreTime { ticket, until, by } => say(fact("ticket", ticket.number())
            .with("until", clock(*until, locale))
            .with("by", escape(by))),
        Emergency::ListEmpty | Emergency::Moved => word(locale, &key),
    }
}

/// A technician who could take the job, on a button.
pub(crate) fn hand(label: &Label, locale: Locale) -> String {
    let Label::Hand {
        name,
        used,
        quota,
        on_duty,
    } = label
    else {
        return String::new();
    };
    let key = if *on_duty { "key-hand" } else { "key-hand-off-duty" };
    let facts = fact("name", cut(name, NAME))
        .with("used", *used)
        .with("quota", *quota);
    words(locale, key, &facts)
}

fn card(late: &Late, locale: Locale) -> String {
    let facts = of(late.ticket, &late.technician)
        .with("service", escape(&cut(&late.service, 80)))
        .with("customer", escape(&cut(&late.customer, 80)))
        .with("area", area(late.area.as_deref(), locale))
        .with("visit", short_visit(&late.visit, locale))
        .with("due", clock(late.due, locale))
        .with("late", span(late.minutes, locale));
    let mut lines = vec![words(locale, "say-emergency-raised", &facts)];
    if let Some(phone) = &late.phone {
        lines.push(words(locale, "say-job-phone", &fact("phone", escape(phone))));
    }
    if !late.reachable {
        lines.push(word(locale, "say-emergency-unreachable"));
    }
    if late.repeats > 0 {
        let count = fact("count", late.repeats.saturating_add(1));
        lines.push(words(locale, "say-emergency-repeated", &count));
    }
    if late.to_all {
        lines.push(word(locale, "say-emergency-to-all"));
    }
    lines.join("\n")
}

fn list(late: &[LateLine], more: bool, locale: Locale) -> String {
    let count = i64::try_from(late.len()).unwrap_or(i64::MAX);
    let mut lines = vec![
        words(locale, "say-emergency-list", &fact("count", count)),
        String::new(),
    ];
    lines.extend(late.iter().map(|line| {
        let facts = of(line.ticket, &line.technician).with("late", span(line.minutes, locale));
        words(locale, "say-emergency-line", &facts)
    }));
    if more {
        lines.extend([String::new(), word(locale, "say-emergency-more")]);
    }
    lines.join("\n")
}

fn of(ticket: TicketId, technician: &str) -> Facts<'static> {
    fact("ticket", ticket.number()).with("technician", escape(&cut(technician, 80)))
}

/// `12 menit`, `2 jam 5 menit`, `3 hari`.
fn span(minutes: i64, locale: Locale) -> String {
    match minutes {
        ..1 => word(locale, "say-span-now"),
        1..60 => words(locale, "say-span-minutes", &fact("minutes", minutes)),
        60..2_880 => {
            let facts = fact("hours", minutes / 60).with("minutes", minutes % 60);
            words(locale, "say-span-hours", &facts)
        }
        _ => words(locale, "say-span-days", &fact("days", minutes / 1_440)),
    }
}

fn target(next: Option<&String>) -> &'static str {
    if next.is_some() { "person" } else { "pool" }
}

fn named(next: Option<&str>) -> String {
    next.map(|name| escape(&cut(name, 80))).unwrap_or_default()
}

const fn why_word(why: Resolution) -> &'static str {
    match why {
        Resolution::CheckedIn => "checked-in",
        Resolution::Released => "released",
        Resolution::Cancelled => "cancelled",
        Resolution::Moved => "moved",
    }
}
