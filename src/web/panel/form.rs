//! A form as it is shown: what was typed, what is wrong with it, and what each field is called.

use std::collections::BTreeMap;

use domain::invalid::{Fault, Invalid};

/// What was typed and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Form {
    values: BTreeMap<String, String>,
    faults: Vec<(&'static str, Fault)>,
    /// Why the whole was refused, when no single field is at fault; already in the reader's language.
    pub refusal: Option<String>,
}

/// What fields are called, for labels and the error summary.
const LABELS: &[(&str, &str)] = &[
    ("address", "field-address"),
    ("base_price", "field-base-price"),
    ("current", "field-current-password"),
    ("customer_id", "field-customer"),
    ("daily_quota", "field-daily-quota"),
    ("discount_limit_percent", "field-discount-limit"),
    ("latitude", "field-latitude"),
    ("locale", "field-locale"),
    ("longitude", "field-longitude"),
    ("name", "field-name"),
    ("new", "field-new-password"),
    ("notes", "field-notes"),
    ("password", "field-password"),
    ("phone", "field-phone"),
    ("problem", "field-problem"),
    ("reason", "field-reason"),
    ("role", "field-role"),
    ("service_id", "field-service"),
    ("technician_id", "field-technician"),
    ("telegram_id", "field-telegram-id"),
    ("timezone", "field-timezone"),
    ("username", "field-username"),
    ("visit_date", "field-visit-date"),
    ("visit_time", "field-visit-time"),
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

    /// What was typed there, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Whether that choice is the one made.
    pub fn chose(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    /// The text key of what a field is called.
    pub fn label(&self, name: &str) -> &'static str {
        label(name)
    }

    /// Whether any single field is at fault.
    pub fn has_faults(&self) -> bool {
        !self.faults.is_empty()
    }

    /// The text key of what is wrong with a field.
    pub fn fault(&self, name: &str) -> Option<&'static str> {
        self.faults
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, fault)| text(*fault))
    }

    /// Every fault: the field, the key of its label, the key of what is wrong.
    pub fn faults(&self) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> + '_ {
        self.faults
            .iter()
            .map(|(field, fault)| (*field, label(field), text(*fault)))
    }

    /// Whether anything has to be said above the form.
    pub fn is_refused(&self) -> bool {
        self.refusal.is_some() || !self.faults.is_empty()
    }
}

/// The text key of a field's name.
pub fn label(field: &str) -> &'static str {
    LABELS
        .iter()
        .find(|(name, _)| *name == field)
        .map_or("field-other", |(_, key)| *key)
}

/// The text key of a fault.
pub fn text(fault: Fault) -> &'static str {
    match fault {
        Fault::Required => "wrong-required",
        Fault::TooShort => "wrong-too-short",
        Fault::TooLong => "wrong-too-long",
        Fault::BadUsername => "wrong-username",
        Fault::BadPhone => "wrong-phone",
        Fault::BadDate => "wrong-date",
        Fault::BadTime => "wrong-time",
        Fault::BadNumber => "wrong-number",
        Fault::BadValue | Fault::Unknown => "wrong-value",
        Fault::OutOfRange => "wrong-range",
        Fault::Incomplete => "wrong-incomplete",
        Fault::Past => "wrong-past",
        Fault::TooFar => "wrong-too-far",
        Fault::Taken => "wrong-taken",
        Fault::NotFound => "wrong-not-found",
        Fault::Inactive => "wrong-inactive",
        Fault::WrongPassword => "wrong-password",
        Fault::SamePassword => "wrong-same-password",
        Fault::Unreadable => "wrong-unreadable",
    }
}
