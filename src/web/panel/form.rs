//! A form as it is shown: what was typed, what is wrong with it, and what each field is called.

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use domain::invalid::{Fault, Invalid};
use domain::money::Rupiah;

/// What was typed and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Form {
    values: BTreeMap<String, String>,
    faults: Vec<(&'static str, Fault)>,
    /// Why the whole was refused, when no single field is at fault; already in the reader's language.
    pub refusal: Option<String>,
    /// Somebody else was faster: what was typed is shown beside a newer version.
    is_overtaken: bool,
    /// What stands in fields now, in words, where that is not what was typed.
    now: BTreeMap<String, String>,
}

/// What fields are called, for labels and the error summary.
const LABELS: &[(&str, &str)] = &[
    ("address", "field-address"),
    ("amount", "field-amount"),
    ("base_price", "field-base-price"),
    ("confirm", "field-confirm"),
    ("current", "field-current-password"),
    ("customer_id", "field-customer"),
    ("daily_quota", "field-daily-quota"),
    ("discount", "field-discount"),
    ("discount_limit_percent", "field-discount-limit"),
    ("due_date", "field-due-date"),
    ("driver", "field-driver"),
    ("file", "field-file"),
    ("goods", "field-goods"),
    ("kind", "field-kind"),
    ("latitude", "field-latitude"),
    ("lines", "inv-lines"),
    ("locale", "field-locale"),
    ("longitude", "field-longitude"),
    ("method", "field-method"),
    ("name", "field-name"),
    ("new", "field-new-password"),
    ("notes", "field-notes"),
    ("paid_on", "field-paid-on"),
    ("password", "field-password"),
    ("phone", "field-phone"),
    ("problem", "field-problem"),
    ("proof", "field-proof"),
    ("reason", "field-reason"),
    ("reference", "field-reference"),
    ("role", "field-role"),
    ("service_id", "field-service"),
    ("technician_id", "field-technician"),
    ("text", "field-text"),
    ("telegram_id", "field-telegram-id"),
    ("timezone", "field-timezone"),
    ("username", "field-username"),
    ("vehicle", "field-vehicle"),
    ("visit_date", "field-visit-date"),
    ("visit_time", "field-visit-time"),
    ("withheld", "field-withheld"),
    ("withholds_pph23", "field-withholds"),
];

impl Form {
    /// A form filled with these values.
    pub fn filled<K: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (K, V)>) -> Self {
        let values = values
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        Self {
            values,
            ..Self::default()
        }
    }

    /// The same form with one value changed.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    /// The same form, with `-6.2, 106.8` typed or pasted into the first coordinate divided over both.
    #[must_use]
    pub fn with_coordinates_divided(self) -> Self {
        let both = self
            .value("latitude")
            .split_once(", ")
            .filter(|_| self.value("longitude").is_empty());
        match both.map(|(latitude, longitude)| (latitude.to_owned(), longitude.to_owned())) {
            Some((latitude, longitude)) => self.with("latitude", latitude).with("longitude", longitude),
            None => self,
        }
    }

    /// What was typed there, when anything was.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.value(name).trim())
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    }

    /// Whether the form had that field at all.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// Whether a box was ticked.
    pub fn is_ticked(&self, name: &str) -> bool {
        self.chose(name, "true")
    }

    /// The same form with its faults.
    #[must_use]
    pub fn wrong(mut self, invalid: Invalid) -> Self {
        self.faults.extend(invalid.0);
        self
    }

    /// The same form, refused as a whole.
    #[must_use]
    pub fn refused(mut self, why: String) -> Self {
        self.refusal = Some(why);
        self
    }

    /// The same form, refused because somebody else was faster; saving it again is meant.
    #[must_use]
    pub fn overtaken(self, why: String) -> Self {
        Self {
            is_overtaken: true,
            ..self.refused(why)
        }
    }

    /// The same form, beside what somebody else has saved meanwhile; `in_words` says what a value is called that
    /// is no word itself.
    #[must_use]
    pub fn compared(mut self, now: &Self, in_words: impl Fn(&str, &str) -> Option<String>) -> Self {
        if !self.is_overtaken {
            return self;
        }
        for (name, value) in &now.values {
            let typed = self.value(name).replace('\r', "");
            let is_unticked = typed.is_empty() && value == "false";
            if name == "version" || typed.trim() == value.replace('\r', "").trim() || is_unticked {
                continue;
            }
            let words = in_words(name, value).unwrap_or_else(|| value.clone());
            self.now.insert(name.clone(), words);
        }
        self
    }

    /// What stands in a field now, where somebody else has changed it.
    pub fn now(&self, name: &str) -> Option<&str> {
        self.now.get(name).map(String::as_str)
    }

    /// The version that the form was read from: shown again for any other reason, it is no newer than it was.
    pub fn version(&self, now: &i64) -> i64 {
        let typed = self.value("version").parse().ok();
        typed.filter(|_| !self.is_overtaken).unwrap_or(*now)
    }

    /// What was typed there, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Whether that choice is the one made.
    pub fn chose(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    /// The text key of what a field is called.
    pub fn label(&self, name: &str) -> Cow<'static, str> {
        name_of(name)
    }

    /// Whether any single field is at fault.
    pub fn has_faults(&self) -> bool {
        !self.faults.is_empty()
    }

    /// The text key of what is wrong with a field.
    pub fn fault(&self, name: &str) -> Option<String> {
        self.faults
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, fault)| text(*fault))
    }

    /// Every fault: the field, the key of its label, the key of what is wrong.
    pub fn faults(&self) -> impl Iterator<Item = (&'static str, Cow<'static, str>, String)> + '_ {
        self.faults
            .iter()
            .map(|(field, fault)| (*field, name_of(field), text(*fault)))
    }

    /// Whether anything has to be said above the form.
    pub fn is_refused(&self) -> bool {
        self.refusal.is_some() || !self.faults.is_empty()
    }
}

/// A form as it was sent: in the body, or in the address of a GET.
impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        if request.method() == Method::GET {
            let query = request.uri().query().unwrap_or_default();
            return Ok(Self::filled(url::form_urlencoded::parse(query.as_bytes())));
        }
        let sent = axum::Form::<Vec<(String, String)>>::from_request(request, state).await;
        let axum::Form(values) = sent.map_err(IntoResponse::into_response)?;
        Ok(Self::filled(values))
    }
}

/// Reads numbers out of a form and notes those that are none.
///
/// In the place of such a one goes a number that every rule refuses, so that a use case tells all
/// other faults too and does nothing.
#[derive(Debug)]
pub struct Numbers<'a> {
    form: &'a Form,
    pub wrong: Invalid,
}

impl<'a> Numbers<'a> {
    /// Of this form.
    pub fn of(form: &'a Form) -> Self {
        Self {
            form,
            wrong: Invalid::default(),
        }
    }

    /// A whole number, if anything was typed.
    pub fn whole(&mut self, field: &'static str) -> Option<i64> {
        let text = self.form.some(field)?;
        Some(
            self.wrong
                .take(field, text.parse().map_err(|_| Fault::BadNumber))
                .unwrap_or(i64::MIN),
        )
    }

    /// Degrees, if anything was typed; `-6,2` is read as `-6.2`.
    pub fn degrees(&mut self, field: &'static str) -> Option<f64> {
        let text = self.form.some(field)?.replace(',', ".");
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        Some(
            self.wrong
                .take(field, number.ok_or(Fault::BadNumber))
                .unwrap_or(f64::MAX),
        )
    }

    /// A price in rupiah.
    pub fn price(&mut self, field: &'static str) -> i64 {
        let price = Rupiah::typed(self.form.value(field));
        self.wrong.take(field, price).map_or(i64::MIN, |price| price.0)
    }
}

/// The text key of a field's name.
pub fn label(field: &str) -> &'static str {
    let known = LABELS.iter().find(|(name, _)| *name == field);
    known.map_or("field-other", |(_, key)| *key)
}

/// As [`label`]; a setting is called by its whole key.
pub fn name_of(field: &str) -> Cow<'static, str> {
    if field.contains('.') {
        return format!("set-{}", field.replace(['.', '_'], "-")).into();
    }
    label(field).into()
}

fn text(fault: Fault) -> String {
    format!("fault-{}", fault.code())
}

#[cfg(test)]
mod tests {
    use crate::web::panel::form::Form;

    #[test]
    fn whoever_was_overtaken_sees_what_stands_there_now() {
        let typed = || {
            Form::filled([
                ("name", "AC bocor"),
                ("notes", "a\r\nb"),
                ("role", "admin"),
                ("active", ""),
            ])
        };
        let saved = Form::filled([
            ("name", "AC mati"),
            ("notes", "a\nb"),
            ("role", "sales"),
            ("active", "false"),
        ]);
        let in_words = |name: &str, value: &str| (name == "role").then(|| value.to_uppercase());
        assert_eq!(
            typed().compared(&saved, in_words).now("name"),
            None,
            "nobody was faster"
        );
        let form = typed()
            .overtaken("too late".to_owned())
            .compared(&saved, in_words);
        assert_eq!(
            (form.now("name"), form.now("role")),
            (Some("AC mati"), Some("SALES"))
        );
        assert_eq!((form.now("notes"), form.now("active")), (None, None));
    }
}
