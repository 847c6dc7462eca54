//! What templates may do with a value: say it in the reader's language, draw an icon, name a file.

#![expect(
    clippy::inline_always,
    reason = "askama's attribute writes it into every filter"
)]

use std::any::Any;
use std::borrow::Borrow;
use std::fmt::Display;

use askama::filters::Safe;
use askama::{Result, Values, get_value};
use domain::person::Locale;
use domain::ticket::Status;
use fluent_templates::fluent_bundle::FluentValue;

use crate::web::{assets, words};

/// What a template is rendered with: the language it is read in.
#[derive(Debug, Clone, Copy)]
pub struct In(pub Locale);

impl Values for In {
    fn get_value<'a>(&'a self, key: &str) -> Option<&'a dyn Any> {
        (key == LOCALE).then_some(&self.0)
    }
}

const LOCALE: &str = "locale";

/// `{{ "board-title"|t }}`: a text in the reader's language.
#[askama::filter_fn]
pub fn t(key: impl Display, values: &dyn Values) -> Result<String> {
    Ok(words::word(locale(values)?, &key.to_string()))
}

/// `{{ "tickets"|tn(count) }}`: a text whose `$n` is a number, in its plural form.
#[askama::filter_fn]
pub fn tn<N: Display>(key: impl Display, values: &dyn Values, n: N) -> Result<String> {
    let n = n.to_string();
    let n = FluentValue::try_number(&n);
    Ok(words::words(locale(values)?, &key.to_string(), &[("n", n)]))
}

/// `{{ "cancel-title"|tx(number) }}`: a text whose `$x` is a word.
#[askama::filter_fn]
pub fn tx<X: Display>(key: impl Display, values: &dyn Values, x: X) -> Result<String> {
    Ok(words::words(
        locale(values)?,
        &key.to_string(),
        &[("x", FluentValue::from(x.to_string()))],
    ))
}

/// `{{ "hand-quota"|txy(used, quota) }}`: a text whose `$x` and `$y` are words.
#[askama::filter_fn]
pub fn txy<X: Display, Y: Display>(key: impl Display, values: &dyn Values, x: X, y: Y) -> Result<String> {
    let args = [
        ("x", FluentValue::from(x.to_string())),
        ("y", FluentValue::from(y.to_string())),
    ];
    Ok(words::words(locale(values)?, &key.to_string(), &args))
}

/// `{{ "siren"|icon }}`: an icon of the sprite, hidden from screen readers.
#[askama::filter_fn]
pub fn icon(name: impl Display, _: &dyn Values) -> Result<Safe<String>> {
    Ok(Safe(svg(&name.to_string(), "icon")))
}

/// `{{ "check"|icon_small }}`: the same, for running text.
#[askama::filter_fn]
pub fn icon_small(name: impl Display, _: &dyn Values) -> Result<Safe<String>> {
    Ok(Safe(svg(&name.to_string(), "icon small")))
}

/// `{{ "inbox"|icon_big }}`: the same, for an empty page.
#[askama::filter_fn]
pub fn icon_big(name: impl Display, _: &dyn Values) -> Result<Safe<String>> {
    Ok(Safe(svg(&name.to_string(), "icon big")))
}

/// `{{ "app.css"|asset }}`: where a file is served.
#[askama::filter_fn]
pub fn asset(name: impl Display, _: &dyn Values) -> Result<String> {
    Ok(assets::href(&name.to_string()))
}

/// `{{ ticket.status|status }}`: a status as its shape, its word and its tint.
#[askama::filter_fn]
pub fn status(status: impl Borrow<Status>, _: &dyn Values) -> Result<Safe<String>> {
    let status = *status.borrow();
    let icon = match status {
        Status::Open => "circle-dot",
        Status::Assigned => "user-check",
        Status::InProgress => "wrench",
        Status::Done => "circle-check-big",
        Status::Closed => "archive",
        Status::Cancelled => "circle-x",
    };
    Ok(Safe(format!(
        r#"<span class="chip {status}">{} {}</span>"#,
        svg(icon, "icon"),
        status.label()
    )))
}

/// `{{ person.name|initials }}`: at most two letters for a round portrait.
#[askama::filter_fn]
pub fn initials(name: impl Display, _: &dyn Values) -> Result<String> {
    Ok(name
        .to_string()
        .split_whitespace()
        .take(2)
        .filter_map(|word| word.chars().next())
        .collect())
}

fn locale(values: &dyn Values) -> Result<Locale> {
    get_value::<Locale>(values, LOCALE).copied()
}

fn svg(name: &str, class: &str) -> String {
    format!(
        r#"<svg class="{class}" aria-hidden="true"><use href="{}#{name}"></use></svg>"#,
        assets::href("icons.svg")
    )
}
