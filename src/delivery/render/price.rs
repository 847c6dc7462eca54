//! Words about invoices and their money.

use dialogues::price::Price;
use domain::person::Locale;

use crate::delivery::render::{cut, escape};
use crate::delivery::words::{fact, words};

/// How much of a reason a notice shows.
const REASON: usize = 500;

/// A notice in Telegram's HTML.
pub(crate) fn html(text: &Price, locale: Locale) -> String {
    let key = format!("say-{}", text.name());
    match text {
        Price::PaymentReversed {
            ticket,
            number,
            amount,
            left,
            by,
            reason,
        } => {
            let facts = fact("ticket", ticket.number())
                .with("number", escape(number))
                .with("amount", amount.to_string())
                .with("left", left.to_string())
                .with("by", escape(by))
                .with("reason", escape(&cut(reason, REASON)));
            words(locale, &key, &facts)
        }
    }
}
