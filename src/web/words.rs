//! The words of the panel in both languages, from `locales/`.

use std::borrow::Cow;
use std::collections::HashMap;

use domain::person::Locale;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid};

static INDONESIAN: LanguageIdentifier = langid!("id");
static ENGLISH: LanguageIdentifier = langid!("en");

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "id",
        // Isolation marks would show as boxes in a tooltip.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A text without variables.
pub fn word(locale: Locale, key: &str) -> String {
    LOCALES.lookup(language(locale), key)
}

/// A text with its variables filled in.
pub fn words(locale: Locale, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
        .iter()
        .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
        .collect();
    LOCALES.lookup_with_args(language(locale), key, &args)
}

/// Why a service did not take or bring a message, by its stable code.
pub fn fault(locale: Locale, code: &str) -> String {
    let key = format!("say-fault-{code}");
    LOCALES
        .try_lookup(language(locale), &key)
        .unwrap_or_else(|| word(locale, "say-fault-other"))
}

/// A text whose `$n` is a number, in its plural form.
pub fn counted(locale: Locale, key: &str, n: i64) -> String {
    let args = [("n", FluentValue::from(n))];
    words(locale, key, &args)
}

/// A text whose `$x` is a word.
pub fn about(locale: Locale, key: &str, x: &str) -> String {
    let args = [("x", FluentValue::from(x))];
    words(locale, key, &args)
}

/// Whether there is a text of that name.
pub fn has(locale: Locale, key: &str) -> bool {
    LOCALES.try_lookup(language(locale), key).is_some()
}

fn language(locale: Locale) -> &'static LanguageIdentifier {
    match locale {
        Locale::Id => &INDONESIAN,
        Locale::En => &ENGLISH,
    }
}
