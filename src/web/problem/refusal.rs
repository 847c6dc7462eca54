//! The rules that say no, in words.

use domain::calendar::Zone;
use domain::person::Locale;
use fluent_templates::fluent_bundle::FluentValue;

use crate::app::Refusal;
use crate::web::problem::text;
use crate::web::words::{word, words};

/// Why a rule says no, with its facts, in someone's language.
pub fn refusal(locale: Locale, refusal: &Refusal) -> String {
    let day = |date| FluentValue::from(Zone::day(date, locale));
    match refusal {
        Refusal::QuotaExhausted { date, next } if next.is_empty() => {
            words(locale, "refusal-quota-exhausted-none", &[("date", day(*date))])
        }
        Refusal::QuotaExhausted { date, next } => {
            let next: Vec<String> = next.iter().map(|date| Zone::day(*date, locale)).collect();
            let args = [("date", day(*date)), ("next", next.join("; ").into())];
            words(locale, "refusal-quota-exhausted", &args)
        }
        Refusal::OwnQuotaFull {
            name,
            used,
            quota,
            date,
            ..
        } => {
            let args = [
                ("name", name.as_str().into()),
                ("used", text(*used)),
                ("quota", text(*quota)),
                ("date", day(*date)),
            ];
            words(locale, "refusal-own-quota-full", &args)
        }
        Refusal::WrongState { now } => words(locale, "refusal-wrong-state", &[("now", now.label().into())]),
        Refusal::AlreadyTaken { by } => words(locale, "refusal-already-taken", &[("by", by.as_str().into())]),
        Refusal::Excluded { name } => words(locale, "refusal-excluded", &[("name", name.as_str().into())]),
        Refusal::NotAvailable { name } => {
            words(locale, "refusal-not-available", &[("name", name.as_str().into())])
        }
        Refusal::LastAdmin => word(locale, "refusal-last-admin"),
        Refusal::HasLiveJobs { name } => {
            words(locale, "refusal-has-live-jobs", &[("name", name.as_str().into())])
        }
        Refusal::HasLiveTickets => word(locale, "refusal-has-live-tickets"),
        Refusal::InvoiceState { now } => {
            let now = word(locale, &format!("invoice-state-{}", now.as_str()));
            words(locale, "refusal-invoice-state", &[("now", now.into())])
        }
        Refusal::NothingToCharge => word(locale, "refusal-nothing-to-charge"),
        Refusal::NobodyMayApprove { share } => words(
            locale,
            "refusal-nobody-may-approve",
            &[("share", percent(*share).into())],
        ),
        Refusal::AboveLimit { limit } => words(locale, "refusal-above-limit", &[("limit", text(*limit))]),
        Refusal::HasPayments => word(locale, "refusal-has-payments"),
        Refusal::HasInvoice => word(locale, "refusal-has-invoice"),
        Refusal::PaidBefore => word(locale, "refusal-paid-before"),
        Refusal::Overpaid { left } => words(locale, "refusal-overpaid", &[("left", left.to_string().into())]),
        Refusal::AlertOver { by, at, zone } => {
            let at = FluentValue::from(zone.clock(*at, locale));
            match by {
                Some(by) => words(
                    locale,
                    "refusal-alert-decided",
                    &[("by", by.as_str().into()), ("at", at)],
                ),
                None => words(locale, "refusal-alert-over", &[("at", at)]),
            }
        }
        Refusal::NotNow => word(locale, "refusal-not-now"),
        Refusal::SettingFixed { key } => words(locale, "refusal-setting-fixed", &[("key", (*key).into())]),
        Refusal::NoTelegram => word(locale, "refusal-no-telegram"),
        Refusal::TelegramSilent => word(locale, "refusal-telegram-silent"),
        Refusal::FileTooLarge => word(locale, "refusal-file-too-large"),
        Refusal::FileUnknown => word(locale, "refusal-file-unknown"),
        Refusal::FileNotAPhoto => word(locale, "refusal-file-not-a-photo"),
    }
}

/// Hundredths of a percent as people read them: `12,5`.
fn percent(hundredths: i64) -> String {
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole},{part:02}").trim_end_matches('0').to_owned(),
    }
}
