//! The company's settings: they start from the file, and may be changed while the process runs.

use crate::config::billing::Billing;
use crate::config::company::Company;
use crate::config::dispatch::Dispatch;
use crate::config::map::Map;
use crate::config::retention::Retention;
use crate::config::visit::Visit;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that the company decides. The sections' types are the rules, wherever a value comes from.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub company: Company,
    pub dispatch: Dispatch,
    pub visit: Visit,
    pub billing: Billing,
    pub retention: Retention,
    pub map: Map,
}

/// A part of them that is changed as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Company,
    Dispatch,
    Visit,
    Billing,
    Retention,
    Map,
}

/// One of them: its whole key, and what its value looks like.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub key: &'static str,
    pub kind: Kind,
}

/// What a value looks like, for whoever asks people for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line that is never empty.
    Name,
    Line,
    Lines,
    Code,
    Zone,
    Language,
    Switch,
    /// A stretch of the day, or nothing.
    Hours,
    Time,
    Qris,
    /// A web address, or nothing.
    Web,
    Tiles,
    Number {
        low: u32,
        high: u32,
    },
}

impl Section {
    /// Every section, in the file's order.
    pub const ALL: [Self; 6] = [
        Self::Company,
        Self::Dispatch,
        Self::Visit,
        Self::Billing,
        Self::Retention,
        Self::Map,
    ];

    /// The name in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Dispatch => "dispatch",
            Self::Visit => "visit",
            Self::Billing => "billing",
            Self::Retention => "retention",
            Self::Map => "map",
        }
    }

    /// The section of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.as_str() == name)
    }

    /// What is in it, in the file's order.
    pub const fn settings(self) -> &'static [Setting] {
        match self {
            Self::Company => COMPANY,
            Self::Dispatch => DISPATCH,
            Self::Visit => VISIT,
            Self::Billing => BILLING,
            Self::Retention => RETENTION,
            Self::Map => MAP,
        }
    }
}

const fn one(key: &'static str, kind: Kind) -> Setting {
    Setting { key, kind }
}

const fn number(key: &'static str, low: u32, high: u32) -> Setting {
    one(key, Kind::Number { low, high })
}

const COMPANY: &[Setting] = &[
    one("company.name", Kind::Name),
    one("company.code", Kind::Code),
    one("company.address", Kind::Line),
    one("company.phone", Kind::Line),
    one("company.timezone", Kind::Zone),
    one("company.locale", Kind::Language),
    one("company.vat_registered", Kind::Switch),
    one("company.tax_id", Kind::Line),
    one("company.bank_accounts", Kind::Lines),
    one("company.qris", Kind::Qris),
    one("company.cs_hours", Kind::Hours),
    one("company.quiet_hours", Kind::Hours),
    one("company.privacy_url", Kind::Web),
];
const DISPATCH: &[Setting] = &[number("dispatch.daily_quota", 0, 1000)];
const VISIT: &[Setting] = &[
    number("visit.checkin_grace_minutes", 1, 1440),
    number("visit.reminder_minutes", 0, 1440),
    number("visit.alert_repeat_minutes", 1, 1440),
    number("visit.alert_escalate_after", 0, 1000),
    one("visit.workday_start", Kind::Time),
    number("visit.radius_meters", 1, 100_000),
];
const BILLING: &[Setting] = &[
    one("billing.auto_submit", Kind::Switch),
    one("billing.auto_send", Kind::Switch),
    number("billing.due_days", 0, 365),
];
const RETENTION: &[Setting] = &[
    number("retention.location_days", 0, 36_500),
    number("retention.photo_days", 0, 36_500),
];
const MAP: &[Setting] = &[one("map.tile_url", Kind::Tiles)];

/// Values by their whole keys, each as the file would write it.
pub type Values = BTreeMap<String, Value>;

impl Settings {
    /// The value of that key, as the file would write it.
    pub fn value(&self, key: &str) -> Value {
        let whole = serde_json::to_value(self).unwrap_or_default();
        key.split('.').fold(whole, |within, part| within[part].clone())
    }

    /// These with one value changed.
    ///
    /// # Errors
    /// What the file's rules expect instead, as they say it of the file.
    pub fn with(&self, key: &str, value: &Value) -> Result<Self, String> {
        let mut whole = serde_json::to_value(self).map_err(|error| error.to_string())?;
        let place = key
            .split_once('.')
            .and_then(|(section, name)| whole.get_mut(section)?.get_mut(name))
            .ok_or("is not a setting")?;
        *place = value.clone();
        serde_json::from_value(whole).map_err(|error| error.to_string())
    }

    /// These with values over them, but for the keys that are `fixed`; and the keys whose value no rule lets
    /// stand any more, each with what is expected: they are passed over.
    pub fn under(&self, values: &Values, fixed: &BTreeSet<String>) -> (Self, Vec<(String, String)>) {
        let mut settings = self.clone();
        let mut wrong = Vec::new();
        for (key, value) in values.iter().filter(|(key, _)| !fixed.contains(*key)) {
            match settings.with(key, value) {
                Ok(changed) => settings = changed,
                Err(expected) => wrong.push((key.clone(), expected)),
            }
        }
        (settings, wrong)
    }
}

#[cfg(test)]
mod tests {
    use crate::config::settings::{Kind, Section, Settings};
    use crate::config::{Config, DEFAULTS};
    use serde_json::{Value, json};
    use std::collections::{BTreeMap, BTreeSet};

    fn defaults() -> Settings {
        Config::default_settings().settings()
    }

    #[test]
    fn every_setting_is_listed_in_the_files_order() {
        let whole = serde_json::to_value(defaults()).unwrap();
        for section in Section::ALL {
            let fields: BTreeSet<String> = whole[section.as_str()]
                .as_object()
                .unwrap()
                .keys()
                .map(|name| format!("{}.{name}", section.as_str()))
                .collect();
            let listed: Vec<&str> = section.settings().iter().map(|setting| setting.key).collect();
            assert_eq!(
                listed
                    .iter()
                    .map(|key| (*key).to_owned())
                    .collect::<BTreeSet<_>>(),
                fields
            );
            let begin = DEFAULTS.find(&format!("[{}]", section.as_str())).unwrap();
            let places = listed
                .iter()
                .map(|key| DEFAULTS[begin..].find(&format!("\n{} =", key.split_once('.').unwrap().1)));
            assert!(places.is_sorted(), "{listed:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let settings = defaults();
        let text = serde_json::to_string(&settings).unwrap();
        let again: Settings = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), text);
        assert_eq!(settings.value("company.quiet_hours"), "21:00-07:00");
        assert_eq!(settings.value("visit.workday_start"), "08:00");
    }

    #[test]
    fn the_listed_bounds_are_the_rules_own() {
        let settings = defaults();
        for setting in Section::ALL.iter().flat_map(|section| section.settings()) {
            let Kind::Number { low, high } = setting.kind else {
                continue;
            };
            let takes = |number: i64| settings.with(setting.key, &json!(number)).is_ok();
            let (low, high) = (i64::from(low), i64::from(high));
            let sides = [low - 1, low, high, high + 1].map(takes);
            assert_eq!(sides, [false, true, true, false], "{}", setting.key);
        }
    }

    #[test]
    fn a_value_that_no_rule_lets_stand_is_passed_over_and_told() {
        let values = BTreeMap::from([
            ("visit.radius_meters".to_owned(), json!(80)),
            ("dispatch.daily_quota".to_owned(), json!("many")),
            ("company.gone".to_owned(), Value::Null),
            ("company.name".to_owned(), json!("PT Lain")),
        ]);
        let fixed = BTreeSet::from(["company.name".to_owned()]);
        let (settings, wrong) = defaults().under(&values, &fixed);
        assert_eq!(
            (settings.visit.radius_meters, settings.dispatch.daily_quota),
            (80, 4)
        );
        assert_eq!(settings.company.name, "Tanggap");
        let keys: Vec<&str> = wrong.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["company.gone", "dispatch.daily_quota"]);
    }
}
