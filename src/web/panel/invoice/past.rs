//! How an invoice came to be what it is: every change with who, when, why, and what is different since.

use domain::invoice::{Discount, Line};
use domain::money::Rupiah;
use domain::person::Locale;
use serde::Deserialize;

use crate::app::invoices::RevisionView;
use crate::web::panel::invoice::sums::{count, typed};
use crate::web::panel::when::{Reader, When};
use crate::web::words::{about, word, words};

/// One change.
#[derive(Debug, Clone)]
pub struct Past {
    /// What was done, in words.
    pub title: String,
    pub icon: &'static str,
    pub by: String,
    pub at: When,
    pub version: i32,
    pub reason: Option<String>,
    /// What is different since, in sentences.
    pub changes: Vec<String>,
}

/// What a revision keeps.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Kept {
    lines: Vec<Line>,
    discount: Option<Discount>,
    total: Option<Rupiah>,
    due_date: Option<String>,
}

/// The changes, the newest first.
pub(crate) fn past(revisions: &[RevisionView], reader: Reader) -> Vec<Past> {
    let kept: Vec<Kept> = revisions
        .iter()
        // Older than this page: what it does not hold is not compared.
        .map(|revision| serde_json::from_value(revision.sums.clone()).unwrap_or_default())
        .collect();
    let before = std::iter::once(None).chain(kept.iter().map(Some));
    let told = revisions.iter().zip(&kept).zip(before);
    let mut told: Vec<Past> = told
        .map(|((revision, now), before)| {
            let changes = before.map(|before| changes(before, now, reader));
            one(revision, changes.unwrap_or_default(), reader)
        })
        .collect();
    told.reverse();
    told
}

fn one(revision: &RevisionView, changes: Vec<String>, reader: Reader) -> Past {
    let (key, icon) = kind(&revision.what);
    let system = || word(reader.locale, "channel-system");
    Past {
        title: key.map_or_else(
            // Younger than this page: named as it is written down.
            || revision.what.replace('_', " "),
            |key| word(reader.locale, key),
        ),
        icon,
        by: revision.by.as_ref().map_or_else(system, |by| by.name.clone()),
        at: reader.clock(revision.at),
        version: revision.version,
        reason: revision.reason.clone(),
        changes,
    }
}

fn kind(what: &str) -> (Option<&'static str>, &'static str) {
    let (key, icon) = match what {
        "drafted" => ("event-invoice-drafted", "file-text"),
        "edited" => ("event-invoice-changed", "pencil"),
        "submitted" => ("event-invoice-submitted", "hourglass"),
        "revised" => ("event-invoice-revised", "pencil"),
        "approved" => ("event-invoice-approved", "shield-check"),
        "rejected" => ("event-invoice-rejected", "rotate-ccw"),
        "sent" => ("event-invoice-sent", "send"),
        "voided" => ("event-invoice-voided", "circle-x"),
        "paid" => ("event-invoice-paid", "circle-check-big"),
        "reopened" => ("event-invoice-reopened", "rotate-ccw"),
        "link_renewed" => ("event-invoice-link-renewed", "refresh-cw"),
        "retaxed" => ("event-invoice-retaxed", "refresh-cw"),
        _ => return (None, "history"),
    };
    (Some(key), icon)
}

fn changes(before: &Kept, now: &Kept, reader: Reader) -> Vec<String> {
    let locale = reader.locale;
    let mut told = lines(&before.lines, &now.lines, locale);
    let none = || word(locale, "change-none");
    let discount = |kept: &Kept| match kept.discount.map(typed) {
        Some(text) if !text.is_empty() => text,
        _ => none(),
    };
    if before.discount != now.discount {
        told.push(became(
            locale,
            "field-discount",
            &discount(before),
            &discount(now),
        ));
    }
    if before.due_date != now.due_date {
        let due = |kept: &Kept| {
            let date = kept.due_date.as_deref().and_then(|text| text.parse().ok());
            date.map_or_else(none, |date| reader.long_day(date))
        };
        told.push(became(locale, "field-due-date", &due(before), &due(now)));
    }
    if let (Some(old), Some(new)) = (before.total, now.total)
        && old != new
    {
        told.push(became(locale, "sums-total", &old.to_string(), &new.to_string()));
    }
    told
}

/// Lines that came, went, or say something else, by their place.
fn lines(before: &[Line], now: &[Line], locale: Locale) -> Vec<String> {
    let mut gone: Vec<&Line> = before.iter().filter(|line| !now.contains(line)).collect();
    let mut told = Vec::new();
    for line in now.iter().filter(|line| !before.contains(line)) {
        // The same work at another price or in another number is one change, and not two.
        let same = gone.iter().position(|old| old.description == line.description);
        match same.map(|at| gone.remove(at)) {
            Some(old) => told.push(became(locale, &line.description, &cost(old), &cost(line))),
            None => told.push(about(locale, "change-line-added", &whole(line))),
        }
    }
    told.extend(
        gone.into_iter()
            .map(|line| about(locale, "change-line-removed", &whole(line))),
    );
    told
}

fn whole(line: &Line) -> String {
    format!("{}, {}", line.description, cost(line))
}

fn cost(line: &Line) -> String {
    format!("{} {} × {}", count(line.quantity), line.unit, line.unit_price)
}

/// `Total: Rp500.000 → Rp450.000`; `what` is a text key, or words already.
fn became(locale: Locale, what: &str, old: &str, new: &str) -> String {
    let is_key = matches!(what, "field-discount" | "field-due-date" | "sums-total");
    let what = if is_key {
        word(locale, what)
    } else {
        what.to_owned()
    };
    words(
        locale,
        "change-became",
        &[("what", what.into()), ("old", old.into()), ("new", new.into())],
    )
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use domain::invoice::{Line, Quantity};
    use domain::money::Rupiah;
    use domain::person::Locale;

    use crate::web::panel::invoice::past::lines;

    fn line(description: &str, thousandths: i64, price: i64) -> Line {
        Line {
            description: description.to_owned(),
            quantity: Quantity(thousandths),
            unit: "unit".to_owned(),
            unit_price: Rupiah(price),
        }
    }

    #[test]
    fn what_changed_is_told_line_by_line() {
        let (fix, pipe) = (line("Servis AC", 1000, 350_000), line("Pipa", 1500, 100_000));
        let dear = line("Servis AC", 2000, 350_000);
        let told = lines(&[fix.clone(), pipe.clone()], from_ref(&dear), Locale::Id);
        assert_eq!(
            told,
            [
                "Servis AC: 1 unit × Rp350.000 → 2 unit × Rp350.000",
                "Baris dihapus: Pipa, 1,5 unit × Rp100.000"
            ]
        );
        assert_eq!(
            lines(from_ref(&fix), &[fix.clone(), pipe], Locale::En),
            ["Line added: Pipa, 1,5 unit × Rp100.000"]
        );
        assert!(lines(from_ref(&fix), from_ref(&fix), Locale::Id).is_empty());
    }
}
