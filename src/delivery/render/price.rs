//! Words about invoices and their money.

use chrono::Locale as Calendar;
use dialogues::price::{Deal, Price};
use dialogues::sheet::{Ending, How, Preview, Sheet, Waiting};
use dialogues::text::{Code, Moment};
use domain::ids::TicketId;
use domain::invoice::{Discount, Line, Totals};
use domain::money::Rupiah;
use domain::person::Locale;

use crate::delivery::render::{clock, cut, escape, reason_key, wire};
use crate::delivery::words::{Facts, fact, word, words};

/// How much of a reason a notice shows.
const REASON: usize = 500;
/// How many prices one message lists.
const LISTED: usize = 15;

/// A notice in Telegram's HTML.
pub(crate) fn html(text: &Price, locale: Locale) -> String {
    let key = format!("say-{}", text.name());
    let say = |facts: Facts<'_>| words(locale, &key, &facts);
    match text {
        Price::Asked(sheet) => card(sheet, locale),
        Price::Ended(ending) | Price::Over(ending) | Price::Approved(ending) | Price::Rejected(ending) => {
            say(ended(ending, locale))
        }
        Price::AskOffer { ticket, total, limit } => say(of(*ticket)
            .with("total", total.to_string())
            .with("limit", limit_of(*limit))),
        Price::Unclear { ticket, amount } => say(of(*ticket).with("amount", amount.to_string())),
        Price::Preview(preview) => previewed(preview, locale),
        Price::BadOffer { ticket, fault } => say(of(*ticket).with("fault", word(locale, fault_key(fault)))),
        Price::BadRejection { ticket, fault } => {
            say(of(*ticket).with("fault", word(locale, reason_key(fault))))
        }
        Price::Granted {
            ticket,
            number,
            total,
        } => say(of(*ticket)
            .with("number", escape(number))
            .with("total", total.to_string())),
        Price::PassedOn { ticket, total } | Price::Retaxed { ticket, total } => {
            say(of(*ticket).with("total", total.to_string()))
        }
        Price::AboveLimit { limit } => say(fact("limit", limit.to_string())),
        Price::NobodyMay { share } => say(fact("share", percent(*share, locale))),
        Price::PhotosComing { ticket, count } => say(of(*ticket).with("count", count.to_string())),
        Price::Photo {
            ticket,
            kind,
            place,
            count,
        } => say(of(*ticket)
            .with("kind", kind.as_str())
            .with("place", place.to_string())
            .with("count", count.to_string())),
        Price::Waiting { lines, more } => waiting(lines, *more, &key, locale),
        Price::Overdue { lines } => waiting(lines, false, &key, locale),
        Price::Unheard { ticket, who } => say(of(*ticket).with("who", names(who))),
        Price::Untold {
            ticket,
            number,
            is_reminder,
            why,
        } => say(of(*ticket)
            .with("number", escape(number))
            .with("what", if *is_reminder { "reminder" } else { "invoice" })
            .with("why", wire::fault(why, locale))),
        Price::PaymentReversed {
            ticket,
            number,
            amount,
            left,
            by,
            reason,
        } => say(of(*ticket)
            .with("number", escape(number))
            .with("amount", amount.to_string())
            .with("left", left.to_string())
            .with("by", escape(by))
            .with("reason", escape(&cut(reason, REASON)))),
        Price::Gone { ticket }
        | Price::Below { ticket }
        | Price::AskDiscount { ticket }
        | Price::AskFinal { ticket }
        | Price::Left { ticket }
        | Price::AskRejection { ticket }
        | Price::Returned { ticket }
        | Price::Outdated { ticket }
        | Price::NoPhotos { ticket } => say(of(*ticket)),
        Price::NothingToCharge | Price::NoneWaiting => word(locale, &key),
    }
}

/// What a button about a price says.
pub(crate) fn label(deal: &Deal, locale: Locale) -> String {
    let key = format!("key-{}", deal.name());
    let say = |facts: Facts<'_>| words(locale, &key, &facts);
    match deal {
        Deal::Photos { count } => say(fact("count", count.to_string())),
        Deal::Open { ticket } => say(of(*ticket)),
        Deal::Percent { percent } => say(fact("percent", percent.to_string())),
        Deal::AsDiscount { amount } | Deal::AsFinal { amount } => say(fact("amount", amount.to_string())),
        Deal::Accept { total } => say(fact("total", total.to_string())),
        Deal::Approve
        | Deal::Revise
        | Deal::Reject
        | Deal::OtherDiscount
        | Deal::FinalPrice
        | Deal::PassOn
        | Deal::Change => word(locale, &key),
    }
}

fn card(sheet: &Sheet, locale: Locale) -> String {
    let say = |key: &str, facts: Facts<'_>| words(locale, key, &facts);
    let head = of(sheet.ticket)
        .with("service", escape(&cut(&sheet.service, 80)))
        .with("problem", escape(&cut(&sheet.problem, 280)))
        .with("customer", person(&sheet.customer));
    let mut lines = vec![say("say-price-asked", head)];
    if let Some(area) = &sheet.area {
        lines.push(say("say-price-area", fact("area", escape(&cut(area, 100)))));
    }
    if let Some(name) = &sheet.technician {
        let at = sheet
            .done_at
            .map_or_else(|| "none".to_owned(), |at| moment(at, locale));
        lines.push(say(
            "say-price-work",
            fact("technician", person(name)).with("at", at),
        ));
    }
    lines.push(String::new());
    lines.extend(sheet.lines.iter().map(|line| row(line, locale)));
    if sheet.more > 0 {
        lines.push(say("say-price-lines-more", fact("count", sheet.more.to_string())));
    }
    lines.push(String::new());
    if sheet.list_price != sheet.totals.subtotal {
        lines.push(say(
            "say-price-list",
            fact("amount", sheet.list_price.to_string()),
        ));
    }
    lines.extend(sums(&sheet.totals, sheet.discount, locale));
    let foot = fact("version", sheet.version.to_string())
        .with("by", who(sheet.by.as_deref(), locale))
        .with("at", moment(sheet.at, locale));
    lines.push(say("say-price-version", foot));
    lines.join("\n")
}

fn row(line: &Line, locale: Locale) -> String {
    let amount = line.amount().unwrap_or(Rupiah(0));
    let facts = fact("description", escape(&cut(&line.description, 80)))
        .with("quantity", decimal(line.quantity.0, 3, locale))
        .with("unit", escape(&line.unit))
        .with("price", line.unit_price.to_string())
        .with("amount", amount.to_string());
    words(locale, "say-price-line", &facts)
}

fn sums(totals: &Totals, discount: Discount, locale: Locale) -> Vec<String> {
    let amount = |key: &str, amount: Rupiah| words(locale, key, &fact("amount", amount.to_string()));
    let mut lines = vec![amount("say-price-subtotal", totals.subtotal)];
    if totals.discount > Rupiah(0) {
        let facts =
            fact("amount", totals.discount.to_string()).with("share", share(totals, discount, locale));
        lines.push(words(locale, "say-price-discount", &facts));
    }
    if totals.vat_percent > 0 {
        let facts = fact("amount", totals.vat.to_string())
            .with("percent", totals.vat_percent.to_string())
            .with("base", totals.tax_base.to_string());
        lines.push(words(locale, "say-price-vat", &facts));
    }
    lines.push(amount("say-price-total", totals.total));
    lines
}

fn previewed(preview: &Preview, locale: Locale) -> String {
    let totals = &preview.totals;
    let head = of(preview.ticket)
        .with("discount", totals.discount.to_string())
        .with("share", share(totals, preview.discount, locale))
        .with("before", preview.before.to_string())
        .with("total", totals.total.to_string());
    let mut lines = vec![words(locale, "say-price-preview", &head)];
    if totals.vat_percent > 0 {
        let vat = fact("amount", totals.vat.to_string());
        lines.push(words(locale, "say-price-preview-vat", &vat));
    }
    if let Some(wanted) = preview.missed() {
        let facts = fact("wanted", wanted.to_string()).with("total", totals.total.to_string());
        lines.push(words(locale, "say-price-missed", &facts));
    }
    let limit = fact("limit", limit_of(preview.limit));
    lines.push(if preview.is_within() {
        words(locale, "say-price-within", &limit)
    } else {
        words(
            locale,
            "say-price-beyond",
            &limit.with("judges", names(&preview.judges)),
        )
    });
    lines.join("\n")
}

fn ended(ending: &Ending, locale: Locale) -> Facts<'static> {
    let (number, reason) = match &ending.how {
        How::Approved { number } => (number.as_str(), ""),
        How::Rejected { reason } | How::Voided { reason } => ("", reason.as_str()),
        How::PassedOn | How::Retaxed => ("", ""),
    };
    of(ending.ticket)
        .with("how", ending.how.as_str())
        .with("customer", person(&ending.customer))
        .with("total", ending.total.to_string())
        .with("by", who(ending.by.as_deref(), locale))
        .with("at", moment(ending.at, locale))
        .with("number", escape(number))
        .with("reason", escape(&cut(reason, REASON)))
}

fn waiting(lines: &[Waiting], more: bool, key: &str, locale: Locale) -> String {
    let count = fact("count", i64::try_from(lines.len()).unwrap_or(i64::MAX));
    let mut out = vec![words(locale, key, &count), String::new()];
    for line in lines.iter().take(LISTED) {
        let facts = of(line.ticket)
            .with("customer", person(&line.customer))
            .with("total", line.total.to_string())
            .with("share", percent(line.discount_share, locale))
            .with("since", moment(line.since, locale));
        out.push(words(locale, "say-price-waiting-line", &facts));
        if line.is_above {
            out.push(word(locale, "say-price-waiting-above"));
        }
    }
    if more || lines.len() > LISTED {
        out.extend([String::new(), word(locale, "say-price-waiting-more")]);
    }
    out.join("\n")
}

/// The discount's share of the lines: as it was given, or what an amount comes to.
fn share(totals: &Totals, discount: Discount, locale: Locale) -> String {
    match discount {
        Discount::Percent(hundredths) => percent(hundredths, locale),
        Discount::Amount(_) => percent(totals.discount_share(), locale),
    }
}

fn percent(hundredths: i64, locale: Locale) -> String {
    format!("{}%", decimal(hundredths, 2, locale))
}

/// So many parts as a decimal number, without zeros at its end: 1500 thousandths are `1,5`.
fn decimal(parts: i64, places: usize, locale: Locale) -> String {
    let digits = format!("{parts:0width$}", width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    let rest = rest.trim_end_matches('0');
    let point = match locale {
        Locale::Id => ',',
        Locale::En => '.',
    };
    if rest.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}{point}{rest}")
    }
}

/// `22 Nov, 14.43 WIB`.
fn moment(at: Moment, locale: Locale) -> String {
    let language = match locale {
        Locale::Id => Calendar::id_ID,
        Locale::En => Calendar::en_GB,
    };
    let day = at.zone.date(at.at).format_localized("%-d %b", language);
    format!("{day}, {}", clock(at, locale))
}

fn of(ticket: TicketId) -> Facts<'static> {
    fact("ticket", ticket.number())
}

fn person(name: &str) -> String {
    escape(&cut(name, 80))
}

fn who(name: Option<&str>, locale: Locale) -> String {
    name.map_or_else(|| word(locale, "say-price-system"), person)
}

/// Up to three names; `none` where there are none.
fn names(all: &[String]) -> String {
    if all.is_empty() {
        return "none".to_owned();
    }
    let first: Vec<String> = all.iter().take(3).map(|name| person(name)).collect();
    let end = if all.len() > first.len() { ", …" } else { "" };
    format!("{}{end}", first.join(", "))
}

fn limit_of(limit: Option<i64>) -> String {
    limit.map_or_else(|| "none".to_owned(), |limit| limit.to_string())
}

fn fault_key(code: &Code) -> &'static str {
    match code.0.as_str() {
        "too-much-off" => "say-price-fault-too-much-off",
        "above-full-price" => "say-price-fault-above-full-price",
        "out-of-range" => "say-price-fault-out-of-range",
        _ => "say-price-fault-unreadable",
    }
}
