//! The company's settings, a section on a page: what holds, whose word it is, and the way back to the file.

use std::borrow::Cow;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::app;
use crate::app::settings::{self, Kind, Origin, Section, Standing, View, Wishes};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::filters;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::{Form, name_of};
use crate::web::panel::page::Tab;
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::visitor::Visitor;
use crate::web::words::word;

/// A section of the settings.
#[derive(Template)]
#[template(path = "panel/settings.html")]
pub struct SettingsPage {
    pub shell: Shell,
    pub tabs: Vec<Tab>,
    pub section: &'static str,
    pub form: Form,
    pub rows: Vec<Row>,
    /// A setting went back to the file's value, and what else was typed is not saved.
    pub is_unsaved: bool,
    pub qris: Option<Picture>,
}

/// A setting as shown.
#[derive(Debug, Clone)]
pub struct Row {
    pub key: &'static str,
    pub kind: Kind,
    pub origin: Origin,
    /// What holds without the office's change, in words.
    pub start: String,
    /// What holds, in words, where something else was typed over a change by someone else.
    pub now: Option<String>,
    pub choices: Vec<(String, String)>,
}

/// A QR code as a picture.
#[derive(Debug, Clone)]
pub struct Picture {
    pub merchant: String,
    pub side: usize,
    pub path: String,
}

impl Row {
    /// The text key of its name.
    pub fn label(&self) -> Cow<'static, str> {
        name_of(self.key)
    }

    /// The text key of what it does.
    pub fn hint(&self) -> String {
        format!("{}-hint", name_of(self.key))
    }

    pub fn is_fixed(&self) -> bool {
        self.origin == Origin::Environment
    }

    pub fn is_changed(&self) -> bool {
        self.origin == Origin::Office
    }

    pub fn is_switch(&self) -> bool {
        self.kind == Kind::Switch
    }

    pub fn is_tall(&self) -> bool {
        matches!(self.kind, Kind::Lines | Kind::Qris)
    }

    pub fn must_be_filled(&self) -> bool {
        matches!(
            self.kind,
            Kind::Name | Kind::Code | Kind::Time | Kind::Number { .. }
        )
    }

    /// The least and the most, where it is a number.
    pub fn bounds(&self) -> Option<(u32, u32)> {
        match self.kind {
            Kind::Number { low, high } => Some((low, high)),
            _ => None,
        }
    }

    /// What kind of field it is typed into, and what else is said of that.
    pub fn input(&self) -> (&'static str, &'static str) {
        match self.kind {
            Kind::Number { .. } => ("number", "inputmode=\"numeric\""),
            Kind::Time => ("time", ""),
            Kind::Web => ("url", ""),
            Kind::Code => ("text", "maxlength=\"8\" autocapitalize=\"characters\""),
            _ => ("text", "maxlength=\"200\""),
        }
    }
}

/// The first section.
pub async fn show(state: State<web::State>, visitor: Visitor) -> Answer {
    section(state, visitor, Path(Section::Company.as_str().to_owned())).await
}

/// A section.
pub async fn section(State(state): State<web::State>, visitor: Visitor, Path(name): Path<String>) -> Answer {
    let section = named(&name)?;
    let view = settings::find(&state.app, section).await?;
    let form = filled(&view);
    Ok(visitor.page(&draw(&state, &visitor, section, &view, form).await?))
}

/// Changes a section, or gives one of its settings back to the file.
pub async fn save(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(name): Path<String>,
    form: Form,
) -> Answer {
    let section = named(&name)?;
    let version = form.value("version").parse().unwrap_or(-1);
    let before = settings::find(&state.app, section).await?;
    let reset = section
        .settings()
        .iter()
        .find(|setting| form.chose("reset", setting.key));
    let mut typed = typed(&form, &before);
    let wishes = match reset {
        Some(setting) => Wishes::from([(setting.key, None)]),
        None => typed.clone(),
    };
    let done = settings::change(&state.app, &visitor.act(), section, version, wishes).await;
    let now = settings::find(&state.app, section).await?;
    match (done, reset) {
        (Ok(()), Some(setting)) => {
            typed.remove(setting.key);
            if !differs(&typed, &now) {
                return Ok(Deed::SettingsSaved.tell_at(&address(section)));
            }
            let start = now.settings.iter().find(|one| one.setting.key == setting.key);
            let start = start.map(|one| shown(&one.value)).unwrap_or_default();
            let form = form
                .with(setting.key, start)
                .with("version", now.version.to_string());
            let mut page = draw(&state, &visitor, section, &now, form).await?;
            page.is_unsaved = true;
            Ok(visitor.page(&page))
        }
        (Ok(()), None) => Ok(Deed::SettingsSaved.tell_at(&address(section))),
        (Err(error), _) => {
            let is_stale = matches!(error, app::Error::Stale);
            let form = visitor.told_on(form, error)?;
            // What holds now is shown beside what was typed: saving again is a decision.
            let form = form.with(
                "version",
                if is_stale { now.version } else { version }.to_string(),
            );
            let mut page = draw(&state, &visitor, section, &now, form).await?;
            if is_stale {
                page.compare(&typed, &now, &visitor);
            }
            Ok(visitor.again(&page))
        }
    }
}

impl SettingsPage {
    fn compare(&mut self, typed: &Wishes, now: &View, visitor: &Visitor) {
        for (row, one) in self.rows.iter_mut().zip(&now.settings) {
            let differs = typed
                .get(row.key)
                .is_some_and(|wish| wish.as_ref() != Some(&one.value));
            row.now = differs.then(|| in_words(one, &one.value, visitor));
        }
    }
}

async fn draw(
    state: &web::State,
    visitor: &Visitor,
    section: Section,
    view: &View,
    form: Form,
) -> Result<SettingsPage, Failure> {
    let locale = visitor.reader.locale;
    let tabs = Section::ALL.map(|one| Tab {
        label: word(locale, &format!("settings-{}", one.as_str())),
        href: address(one),
        here: one == section,
    });
    let rows = view.settings.iter().map(|one| Row {
        key: one.setting.key,
        kind: one.setting.kind,
        origin: one.source,
        start: in_words(one, &one.start, visitor),
        now: None,
        choices: choices(one),
    });
    let qris = (section == Section::Company)
        .then(|| settings::qris(&state.app))
        .flatten();
    Ok(SettingsPage {
        shell: visitor.shell(state, Place::Settings).await?,
        tabs: tabs.into(),
        section: section.as_str(),
        rows: rows.collect(),
        form,
        is_unsaved: false,
        qris: qris.map(|(merchant, code)| Picture {
            merchant,
            side: code.side,
            path: code.path(),
        }),
    })
}

fn named(name: &str) -> Result<Section, Failure> {
    Section::named(name).ok_or(Failure::Status(StatusCode::NOT_FOUND))
}

fn address(section: Section) -> String {
    format!("/panel/settings/{}", section.as_str())
}

fn filled(view: &View) -> Form {
    let values = view
        .settings
        .iter()
        .map(|one| (one.setting.key.to_owned(), shown(&one.value)));
    Form::filled(values).with("version", view.version.to_string())
}

/// A value as it stands in a field.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(lines) => {
            let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
            lines.join("\n")
        }
        other => other.to_string(),
    }
}

/// A value as people say it.
fn in_words(one: &Standing, value: &Value, visitor: &Visitor) -> String {
    let locale = visitor.reader.locale;
    let text = shown(value);
    match one.setting.kind {
        Kind::Switch if text == "true" => word(locale, "settings-yes"),
        Kind::Switch => word(locale, "settings-no"),
        _ if text.is_empty() => word(locale, "settings-empty"),
        Kind::Lines => text.replace('\n', "; "),
        Kind::Qris => text.chars().take(24).chain("…".chars()).collect(),
        Kind::Language => name_of_language(&text).to_owned(),
        _ => text,
    }
}

/// Languages are called by their own names.
fn name_of_language(code: &str) -> &'static str {
    if code == "en" {
        "English"
    } else {
        "Bahasa Indonesia"
    }
}

fn choices(one: &Standing) -> Vec<(String, String)> {
    let zones = [
        ("Asia/Jakarta", "WIB"),
        ("Asia/Makassar", "WITA"),
        ("Asia/Jayapura", "WIT"),
    ];
    match one.setting.kind {
        Kind::Zone => {
            let held = shown(&one.value);
            let mut offered: Vec<(String, String)> = zones
                .iter()
                .map(|(zone, short)| ((*zone).to_owned(), format!("{short} ({zone})")))
                .collect();
            if !offered.iter().any(|(zone, _)| *zone == held) {
                offered.push((held.clone(), held));
            }
            offered
        }
        Kind::Language => ["id", "en"]
            .map(|code| (code.to_owned(), name_of_language(code).to_owned()))
            .into(),
        _ => Vec::new(),
    }
}

/// What the form asks for. What it has no field for stays.
fn typed(form: &Form, view: &View) -> Wishes {
    let mut wishes = Wishes::new();
    for one in &view.settings {
        let (key, kind) = (one.setting.key, one.setting.kind);
        let asked = form.has(key) || (kind == Kind::Switch && one.source != Origin::Environment);
        if !asked {
            continue;
        }
        let text = form.value(key).trim();
        let value = match kind {
            Kind::Switch => json!(form.is_ticked(key)),
            Kind::Number { .. } => text
                .parse::<i64>()
                .map_or_else(|_| json!(text), |number| json!(number)),
            Kind::Lines => text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .collect(),
            _ => json!(text),
        };
        wishes.insert(key, Some(value));
    }
    wishes
}

fn differs(typed: &Wishes, view: &View) -> bool {
    let holds = |key: &str| view.settings.iter().find(|one| one.setting.key == key);
    typed.iter().any(|(key, wish)| {
        holds(key).is_some_and(|one| wish.as_ref().is_some_and(|value| *value != one.value))
    })
}
