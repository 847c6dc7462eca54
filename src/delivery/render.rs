//! Words: every text and label in a language, as Telegram's HTML or as plain words.

mod bill;
mod customer;
mod emergency;
mod marks;
mod price;
mod site;
mod wire;

use dialogues::card::{Job, Line, Offer, Visit};
use dialogues::text::{Code, Gone, Label, Moment, Text};
use domain::person::{Locale, Role};
use domain::ticket::Status;

use crate::delivery::commands::menu;
pub use crate::delivery::render::customer::{about, choose};
pub use crate::delivery::render::marks::starred;
use crate::delivery::render::marks::unmarked;
use crate::delivery::words::{Facts, fact, word, words};

/// The longest answer to a press, in characters (Bot API, `answerCallbackQuery`).
pub const TOAST: usize = 200;
/// How much of a problem an offer shows: a card of about 500 characters is read at a glance.
const PROBLEM_OF_OFFER: usize = 280;
/// How much of each long field a job card shows.
const FIELD_OF_JOB: usize = 700;

/// A message in Telegram's HTML.
pub fn html(text: &Text, locale: Locale) -> String {
    let say = |key: &str, facts: Facts<'_>| words(locale, key, &facts);
    let key = format!("say-{}", text.name());
    match text {
        Text::Stranger { company } | Text::Deactivated { company } => {
            say(&key, fact("company", escape(company)))
        }
        Text::Welcome { name, role, company } | Text::AskContact { name, role, company } => say(
            &key,
            fact("name", escape(name))
                .with("role", role.as_str())
                .with("company", escape(company)),
        ),
        Text::Help { role, company } => say(
            &key,
            fact("company", escape(company)).with("commands", commands(*role, locale)),
        ),
        Text::UnknownCommand { command, role } => say(
            &key,
            fact("command", escape(&cut(command, 32))).with("role", role.as_str()),
        ),
        Text::NotUnderstood { role } => say(&key, fact("role", role.as_str())),
        Text::Linked { name, role } => say(&key, fact("name", escape(name)).with("role", role.as_str())),
        Text::AlreadyLinked { name } | Text::Unreachable { name } | Text::ContactRefused { name } => {
            say(&key, fact("name", escape(name)))
        }
        Text::Offer(offer) => words(locale, &key, &offer_facts(offer, locale)),
        Text::Taken { offer, by, at } => words(
            locale,
            &key,
            &offer_facts(offer, locale)
                .with("by", escape(by))
                .with("at", clock(*at, locale)),
        ),
        Text::Won { ticket, at } => {
            let label = at.zone.label(at.at);
            let at = format!("{} {label}", at.zone.stopwatch(at.at, locale));
            say(&key, fact("ticket", ticket.number()).with("at", at))
        }
        Text::Lost {
            by, at, margin_ms, ..
        } => words(locale, &key, &lost(by, *at, *margin_ms, locale)),
        Text::QuotaFull { used, quota } => say(&key, fact("used", *used).with("quota", *quota)),
        Text::JobCard(job) => job_card(job, locale),
        Text::JobGone { ticket, why } => say(&key, fact("ticket", ticket.number()).with("why", gone(*why))),
        Text::Pool { lines, more } => pool(lines, *more, locale),
        Text::Tasks { lines } => tasks(lines, locale),
        Text::OnDuty { open } => say(&key, fact("open", *open)),
        Text::OffDuty { active } => say(&key, fact("active", *active)),
        Text::BadReason { ticket, fault } => {
            let fault = word(locale, reason_key(fault));
            say(&key, fact("ticket", ticket.number()).with("fault", fault))
        }
        Text::AssignedToYou { ticket, by } => {
            say(&key, fact("ticket", ticket.number()).with("by", escape(by)))
        }
        Text::TicketReleased { ticket, by, reason } => say(
            &key,
            fact("ticket", ticket.number())
                .with("by", escape(by))
                .with("reason", escape(&cut(reason, FIELD_OF_JOB))),
        ),
        Text::InputHeld { count } => say(&key, fact("count", *count)),
        Text::Site(text) => site::html(text, locale),
        Text::Price(text) => price::html(text, locale),
        Text::Emergency(text) => emergency::html(text, locale),
        Text::Wire(text) => wire::html(text, locale),
        Text::Bill(text) => bill::html(text, locale),
        Text::Customer(text) => customer::html(text, locale),
        Text::Withdrawn { ticket }
        | Text::Excluded { ticket }
        | Text::NotOpen { ticket }
        | Text::NotYours { ticket }
        | Text::AskReleaseReason { ticket }
        | Text::Released { ticket } => say(&key, fact("ticket", ticket.number())),
        Text::Unsupported
        | Text::Cancelled
        | Text::NothingToCancel
        | Text::AskLanguage
        | Text::LanguageSet
        | Text::Trouble
        | Text::ContactNotOwn
        | Text::ContactMismatch
        | Text::ContactExpected
        | Text::InviteUsed
        | Text::InviteExpired
        | Text::InviteUnknown
        | Text::TelegramTaken
        | Text::OtherTelegramLinked
        | Text::StaleButton
        | Text::NotAllowed
        | Text::PoolEmpty
        | Text::TasksEmpty => word(locale, &key),
    }
}

/// A message without marks.
pub fn plain(text: &Text, locale: Locale) -> String {
    unmarked(&html(text, locale))
}

/// A message without marks, of at most [`TOAST`] characters: what answers a press.
pub fn toast(text: &Text, locale: Locale) -> String {
    cut(&plain(text, locale), TOAST)
}

/// What customers call a ticket's state.
pub fn customers_status(status: Status, locale: Locale) -> String {
    word(locale, customer::status_key(status))
}

/// What a button says.
pub fn label(label: &Label, locale: Locale) -> String {
    match label {
        Label::ClaimOne { ticket } | Label::OpenOne { ticket } => {
            let key = format!("key-{}", label.name());
            words(locale, &key, &fact("ticket", ticket.number()))
        }
        Label::PlaceAs { ticket, kind } => {
            let facts = fact("ticket", ticket.number()).with("kind", kind.as_str());
            words(locale, "key-place-as", &facts)
        }
        Label::Continue { minutes } => words(locale, "key-continue", &fact("minutes", *minutes)),
        Label::Hand { .. } => emergency::hand(label, locale),
        Label::Price(deal) => price::label(deal, locale),
        Label::Tap(tap) => word(locale, &format!("key-tap-{}", tap.name())),
        // Each language is offered in its own words.
        Label::Language(language) => word(*language, &format!("key-language-{}", language.as_str())),
        label => word(locale, &format!("key-{}", label.name())),
    }
}

/// Escapes for Telegram's HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// At most `most` characters; what is left out shows as an ellipsis, between words where possible.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = match head.rfind(char::is_whitespace) {
        Some(space) if space * 4 > head.len() * 3 => space,
        _ => head.len(),
    };
    format!("{}…", head[..end].trim_end())
}

/// How long words in HTML are where they are read: as Telegram counts, in UTF-16 units.
pub fn length(html: &str) -> usize {
    unmarked(html).encode_utf16().count()
}

fn lost<'f>(by: &str, at: Moment, margin_ms: i64, locale: Locale) -> Facts<'f> {
    fact("by", escape(by))
        .with("at", at.zone.stopwatch(at.at, locale))
        .with("margin", margin(margin_ms, locale))
}

fn offer_facts(offer: &Offer, locale: Locale) -> Facts<'static> {
    fact("ticket", offer.ticket.number())
        .with("service", escape(&cut(&offer.service, 80)))
        .with("problem", escape(&cut(&offer.problem, PROBLEM_OF_OFFER)))
        .with("area", area(offer.area.as_deref(), locale))
        .with("visit", visit(&offer.visit, locale))
}

fn job_card(job: &Job, locale: Locale) -> String {
    let field = |text: &str| escape(&cut(text, FIELD_OF_JOB));
    let facts = fact("ticket", job.ticket.number())
        .with("service", escape(&cut(&job.service, 80)))
        .with("status", status(job.status, locale))
        .with("problem", field(&job.problem))
        .with("visit", visit(&job.visit, locale))
        .with("customer", escape(&job.customer))
        .with("address", field(&job.address));
    let mut lines = vec![words(locale, "say-job-card", &facts)];
    if let Some(phone) = &job.phone {
        lines.push(words(locale, "say-job-phone", &fact("phone", escape(phone))));
    }
    if let Some(notes) = &job.notes {
        lines.push(words(locale, "say-job-notes", &fact("notes", field(notes))));
    }
    if let Some(progress) = &job.progress {
        lines.push(String::new());
        lines.extend(site::checklist(progress, job.visit.zone, locale));
    } else if let Some(at) = job.due_at {
        let zone = job.visit.zone;
        let at = clock(Moment { at, zone }, locale);
        lines.push(words(locale, "say-job-due", &fact("at", at)));
    }
    lines.join("\n")
}

fn pool(jobs: &[Line], more: bool, locale: Locale) -> String {
    let mut lines = vec![word(locale, "say-pool"), String::new()];
    for job in jobs {
        let facts = fact("ticket", job.ticket.number())
            .with("service", escape(&cut(&job.service, 60)))
            .with("area", area(job.area.as_deref(), locale))
            .with("visit", short_visit(&job.visit, locale));
        lines.push(words(locale, "say-pool-line", &facts));
    }
    if more {
        lines.extend([String::new(), word(locale, "say-pool-more")]);
    }
    lines.join("\n")
}

fn tasks(jobs: &[Line], locale: Locale) -> String {
    let count = fact("count", jobs.len().to_string());
    let mut lines = vec![words(locale, "say-tasks", &count), String::new()];
    for job in jobs {
        let facts = fact("ticket", job.ticket.number())
            .with("visit", short_visit(&job.visit, locale))
            .with("status", status(job.status, locale));
        lines.push(words(locale, "say-tasks-line", &facts));
    }
    lines.join("\n")
}

fn commands(role: Role, locale: Locale) -> String {
    let lines: Vec<String> = menu(Some(role), locale)
        .into_iter()
        .map(|line| format!("/{} · {}", line.command, line.about))
        .collect();
    lines.join("\n")
}

fn area(area: Option<&str>, locale: Locale) -> String {
    area.map_or_else(
        || word(locale, "say-area-unknown"),
        |area| escape(&cut(area, 100)),
    )
}

/// `Senin, 23 November 2026, 13.00 WIB`; without a time only the day.
pub(crate) fn visit(visit: &Visit, locale: Locale) -> String {
    let day = domain::calendar::Zone::day(visit.date, locale);
    time_of(visit, locale).map_or_else(|| day.clone(), |time| format!("{day}, {time}"))
}

/// `Sen 23 Nov, 13.00 WIB`.
pub(crate) fn short_visit(visit: &Visit, locale: Locale) -> String {
    let language = match locale {
        Locale::Id => chrono::Locale::id_ID,
        Locale::En => chrono::Locale::en_GB,
    };
    let day = visit.date.format_localized("%a %-d %b", language).to_string();
    time_of(visit, locale).map_or_else(|| day.clone(), |time| format!("{day}, {time}"))
}

fn time_of(visit: &Visit, locale: Locale) -> Option<String> {
    let at = visit.zone.moment(visit.date, visit.time?);
    Some(visit.zone.clock(at, locale))
}

pub(crate) fn clock(moment: Moment, locale: Locale) -> String {
    moment.zone.clock(moment.at, locale)
}

const fn gone(why: Gone) -> &'static str {
    match why {
        Gone::Released => "released",
        Gone::Replaced => "replaced",
        Gone::Cancelled => "cancelled",
    }
}

fn status(status: Status, locale: Locale) -> String {
    let key = match status {
        Status::Open => "say-status-open",
        Status::Assigned => "say-status-assigned",
        Status::InProgress => "say-status-in-progress",
        Status::Done => "say-status-done",
        Status::Closed => "say-status-closed",
        Status::Cancelled => "say-status-cancelled",
    };
    word(locale, key)
}

/// How far behind the winner: milliseconds while they tell most, then tenths of a second, minutes, hours.
fn margin(ms: i64, locale: Locale) -> String {
    let number = |key: &str, n: i64| words(locale, key, &fact("n", n));
    match ms {
        ..=0 => word(locale, "say-margin-none"),
        1..100 => number("say-margin-ms", ms),
        100..60_000 => {
            // Cut, not rounded: nobody is told of more than he was behind.
            let (whole, tenth) = (ms / 1000, ms % 1000 / 100);
            let point = match locale {
                Locale::Id => ',',
                Locale::En => '.',
            };
            let n = format!("{whole}{point}{tenth}");
            words(locale, "say-margin-seconds", &fact("n", n))
        }
        60_000..3_600_000 => number("say-margin-minutes", ms / 60_000),
        _ => number("say-margin-hours", ms / 3_600_000),
    }
}

pub(crate) fn reason_key(fault: &Code) -> &'static str {
    match fault.0.as_str() {
        "required" => "say-reason-required",
        "too-short" => "say-reason-too-short",
        "too-long" => "say-reason-too-long",
        "unreadable" => "say-reason-unreadable",
        _ => "say-reason-bad",
    }
}

#[cfg(test)]
mod tests;
