//! Words about the customers' channel, and about what went wrong there.

use dialogues::text::Code;
use dialogues::wire::Wire;
use domain::person::Locale;

use crate::delivery::render::{cut, escape};
use crate::delivery::words::{fact, word, words};

/// A notice in Telegram's HTML.
pub(crate) fn html(text: &Wire, locale: Locale) -> String {
    let key = format!("say-{}", text.name());
    let person = |name: &str| escape(&cut(name, 80));
    match text {
        Wire::IdentityConflict { owner, other } => words(
            locale,
            &key,
            &fact("owner", person(owner)).with("other", person(other)),
        ),
        Wire::CustomerUnreachable { name, phone, why } => words(
            locale,
            &key,
            &fact("name", person(name))
                .with("phone", phone.clone().unwrap_or_else(|| "none".to_owned()))
                .with("why", fault(why, locale)),
        ),
        Wire::ChannelStopped { why } => words(locale, &key, &fact("why", fault(why, locale))),
        Wire::NewHolder { name } | Wire::TemplateRefused { name } | Wire::TooManyMessages { name } => {
            words(locale, &key, &fact("name", person(name)))
        }
        Wire::ChannelBack => word(locale, &key),
    }
}

/// Why the service did not take or bring a message, in words.
pub(crate) fn fault(code: &Code, locale: Locale) -> String {
    word(locale, fault_key(&code.0))
}

fn fault_key(code: &str) -> &'static str {
    match code {
        "not-on-whatsapp" => "say-fault-not-on-whatsapp",
        "blocked" => "say-fault-blocked",
        "stopped-marketing" => "say-fault-stopped-marketing",
        "same-number" => "say-fault-same-number",
        "not-allowed" => "say-fault-not-allowed",
        "no-address" => "say-fault-no-address",
        "channel-off" => "say-fault-channel-off",
        "needs-phone" => "say-fault-needs-phone",
        "window-closed" => "say-fault-window-closed",
        "stopped" => "say-fault-stopped",
        "token" => "say-fault-token",
        "policy" => "say-fault-policy",
        "payment" => "say-fault-payment",
        "registration" => "say-fault-registration",
        "spam" => "say-fault-spam",
        "misclassified" => "say-fault-misclassified",
        "account" => "say-fault-account",
        "template" => "say-fault-template",
        "refused" => "say-fault-refused",
        "limited" => "say-fault-limited",
        "expired" => "say-fault-expired",
        "media" => "say-fault-media",
        "too-many" => "say-fault-too-many",
        _ => "say-fault-other",
    }
}
