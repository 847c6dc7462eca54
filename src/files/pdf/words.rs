//! The words on papers in both languages, from `locales/`.

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
        // No font has a letter for isolation marks.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A text without facts.
pub(crate) fn word(locale: Locale, key: &str) -> String {
    LOCALES.lookup(language(locale), key)
}

/// A text with its facts filled in.
pub(crate) fn words(locale: Locale, key: &str, facts: &[(&'static str, String)]) -> String {
    let facts: HashMap<Cow<'static, str>, FluentValue<'_>> = facts
        .iter()
        .map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(value.as_str())))
        .collect();
    LOCALES.lookup_with_args(language(locale), key, &facts)
}

fn language(locale: Locale) -> &'static LanguageIdentifier {
    match locale {
        Locale::Id => &INDONESIAN,
        Locale::En => &ENGLISH,
    }
}
