//! Words about what customers owe, and how they pay it.

use chrono::NaiveDate;
use dialogues::bill::{Bill, Owed};
use domain::calendar::Zone;
use domain::person::Locale;

use crate::delivery::render::escape;
use crate::delivery::words::{Facts, fact, word, words};

/// A text in the marks that every channel knows.
pub(crate) fn html(text: &Bill, locale: Locale) -> String {
    let key = format!("say-{}", text.name());
    let say = |facts: Facts<'_>| words(locale, &key, &facts);
    match text {
        Bill::Issued {
            ticket,
            number,
            total,
            left,
            due,
        } => {
            let rest = if left == total {
                String::new()
            } else {
                words(locale, "say-bill-left", &fact("left", left.to_string()))
            };
            say(fact("ticket", ticket.number())
                .with("number", escape(number))
                .with("total", total.to_string())
                .with("left", rest)
                .with("due", due_part(*due, locale)))
        }
        Bill::Reminder {
            ticket,
            number,
            left,
            due,
            late_days,
        } => say(fact("ticket", ticket.number())
            .with("number", escape(number))
            .with("left", left.to_string())
            .with("due", Zone::day(*due, locale))
            .with("days", *late_days)),
        Bill::Settled {
            ticket,
            number,
            total,
        } => say(fact("ticket", ticket.number())
            .with("number", escape(number))
            .with("total", total.to_string())),
        Bill::Owing { lines } => {
            let lines: Vec<String> = lines.iter().map(|line| line_part(line, locale)).collect();
            say(fact("lines", lines.join("\n")))
        }
        Bill::AskProof { number, left } => say(fact("number", escape(number)).with("left", left.to_string())),
        Bill::ProofTaken { number } | Bill::ProofLost { number } | Bill::ProofsEnough { number } => {
            say(fact("number", escape(number)))
        }
        Bill::ProofCame { ticket, number, name } => say(fact("ticket", ticket.number())
            .with("number", escape(number))
            .with("name", escape(name))),
        Bill::AskWhich | Bill::ProofOnly | Bill::NothingOwed => word(locale, &key),
    }
}

fn due_part(due: Option<NaiveDate>, locale: Locale) -> String {
    let Some(due) = due else { return String::new() };
    words(locale, "say-bill-due", &fact("due", Zone::day(due, locale)))
}

fn line_part(line: &Owed, locale: Locale) -> String {
    let facts = fact("ticket", line.ticket.number())
        .with("number", escape(&line.number))
        .with("left", line.left.to_string())
        .with("due", due_part(line.due, locale))
        .with("link", escape(&line.link));
    words(locale, "say-bill-line", &facts)
}
