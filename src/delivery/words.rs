//! The chats' words in both languages, from `locales/`.

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
        // Isolation marks would travel with what people copy out of a message.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The facts that a text is filled with, already escaped for where it goes.
#[derive(Debug, Default)]
pub(crate) struct Facts<'a>(HashMap<Cow<'static, str>, FluentValue<'a>>);

impl<'a> Facts<'a> {
    /// With one more fact.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<FluentValue<'a>>) -> Self {
        self.0.insert(Cow::Borrowed(name), value.into());
        self
    }
}

/// One fact.
pub(crate) fn fact<'a>(name: &'static str, value: impl Into<FluentValue<'a>>) -> Facts<'a> {
    Facts::default().with(name, value)
}

/// A text without facts.
pub(crate) fn word(locale: Locale, key: &str) -> String {
    LOCALES.lookup(language(locale), key)
}

/// A text with its facts filled in.
pub(crate) fn words(locale: Locale, key: &str, facts: &Facts<'_>) -> String {
    LOCALES.lookup_with_args(language(locale), key, &facts.0)
}

fn language(locale: Locale) -> &'static LanguageIdentifier {
    match locale {
        Locale::Id => &INDONESIAN,
        Locale::En => &ENGLISH,
    }
}
