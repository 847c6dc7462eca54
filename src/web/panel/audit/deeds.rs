//! What is written down, sorted as people ask for it, and what each is called.

use domain::person::Locale;
use serde_json::Value;

use crate::web::panel::document;
use crate::web::panel::form::name_of;
use crate::web::panel::settings::shown;
use crate::web::panel::shell::role;
use crate::web::words::{about, counted, has, word};
use domain::money::Rupiah;

/// Kinds of deeds: the name in the address (with `@` before it), the key of its label, and the deeds.
///
/// A test compares these with what the use cases write down.
pub const KINDS: [(&str, &str, &[&str]); 7] = [
    (
        "looks",
        "audit-looks",
        &[
            "customer_viewed",
            "document_viewed",
            "location_viewed",
            "documents_exported",
            "audit_exported",
            "customers_exported",
            "deliveries_exported",
            "invoices_exported",
            "ratings_exported",
            "tickets_exported",
        ],
    ),
    (
        "tickets",
        "audit-tickets",
        &[
            "ticket_created",
            "ticket_claimed",
            "ticket_assigned",
            "ticket_released",
            "technician_replaced",
            "ticket_changed",
            "ticket_cancelled",
            "ticket_done",
            "ticket_closed",
            "alert_raised",
            "alert_resolved",
            "check_in_put_off",
            "checked_in",
            "checked_out",
            "letter_issued",
            "letters_revoked",
            "document_added",
            "document_erased",
            "position_erased",
        ],
    ),
    (
        "customers",
        "audit-customers",
        &[
            "customer_created",
            "customer_changed",
            "customer_archived",
            "customer_restored",
            "customer_erased",
            "customers_imported",
            "customer_recognised",
            "contact_merged",
            "consent_given",
            "consent_refused",
            "messages_started",
            "messages_stopped",
            "whatsapp_left",
            "whatsapp_new_holder",
            "whatsapp_renamed",
            "whatsapp_unreachable",
        ],
    ),
    (
        "voices",
        "audit-voices",
        &[
            "request_made",
            "request_located",
            "request_accepted",
            "request_answered",
            "request_dismissed",
            "request_reopened",
            "chat_taken_over",
            "chat_given_back",
            "chat_written",
            "rating_opened",
            "rating_given",
            "rating_changed",
            "rating_commented",
        ],
    ),
    (
        "money",
        "audit-money",
        &[
            "invoice_drafted",
            "invoice_changed",
            "invoice_submitted",
            "invoice_revised",
            "invoice_retaxed",
            "invoice_approved",
            "invoice_rejected",
            "invoice_sent",
            "invoice_resent",
            "invoice_link_renewed",
            "invoice_voided",
            "invoice_paid",
            "invoice_reopened",
            "payment_recorded",
            "payment_reversed",
            "payment_proof_added",
            "service_created",
            "service_changed",
        ],
    ),
    (
        "people",
        "audit-people",
        &[
            "user_created",
            "user_changed",
            "invited",
            "telegram_linked",
            "telegram_reachable",
            "telegram_unreachable",
            "duty_on",
            "duty_off",
            "signed_in",
            "signed_out",
            "password_changed",
            "password_reset",
            "sessions_revoked",
            "settings_changed",
        ],
    ),
    (
        "messages",
        "audit-messages",
        &[
            "delivery_retried",
            "input_retried",
            "input_discarded",
            "channel_stopped",
            "channel_resumed",
        ],
    ),
];

/// The key of what a deed is called that no ticket's story tells.
pub fn called(action: &str, locale: Locale) -> Option<String> {
    let key = format!("deed-{}", action.replace('_', "-"));
    has(locale, &key).then_some(key)
}

/// Which deeds a choice in the address means: all, a kind, or one.
pub fn meant(choice: &str) -> Vec<String> {
    let kind = choice.strip_prefix('@');
    let of_kind = |name| KINDS.into_iter().find(|(kind, _, _)| *kind == name);
    match kind {
        Some(name) => of_kind(name)
            .map_or(&[] as &[&str], |(_, _, deeds)| deeds)
            .iter()
            .map(ToString::to_string)
            .collect(),
        None if choice.is_empty() => Vec::new(),
        None => vec![choice.to_owned()],
    }
}

/// The fields that a change may name, and the keys of their names.
const FIELDS: [(&str, &str); 16] = [
    ("problem", "field-problem"),
    ("service_id", "field-service"),
    ("visit_date", "field-visit-date"),
    ("visit_time", "field-visit-time"),
    ("location", "location"),
    ("name", "field-name"),
    ("username", "field-username"),
    ("role", "field-role"),
    ("phone", "field-phone"),
    ("address", "field-address"),
    ("notes", "field-notes"),
    ("timezone", "field-timezone"),
    ("withholds_pph23", "field-withholds"),
    ("daily_quota", "field-daily-quota"),
    ("discount_limit_percent", "field-discount-limit"),
    ("locale", "field-locale"),
];

/// Which fields were changed: `keluhan, jam`.
pub fn changed(detail: &Value, locale: Locale) -> Option<String> {
    let names = detail.as_object()?.iter();
    let names = names.filter_map(|(field, value)| match (field.as_str(), value.as_bool()) {
        // What WhatsApp sends names each field and whether it moved.
        ("address" | "phone", Some(false)) => None,
        ("active", Some(true)) => Some(word(locale, "audit-active")),
        ("active", _) => Some(word(locale, "audit-inactive")),
        ("telegram", _) => Some(word(locale, "channel-telegram")),
        (name, _) => {
            let (_, key) = FIELDS.into_iter().find(|(field, _)| *field == name)?;
            Some(word(locale, key).to_lowercase())
        }
    });
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What goes with a deed that no ticket's story tells more of.
pub fn more(action: &str, detail: &Value, locale: Locale) -> Option<String> {
    let number = |field: &str| detail.get(field).and_then(Value::as_i64);
    let text = |field: &str| detail.get(field).and_then(Value::as_str);
    let rupiah = |field: &str| number(field).map(|amount| Rupiah(amount).to_string());
    let exported = || number("count").map(|count| counted(locale, "audit-lines", count));
    let invoice = || {
        let parts = [text("number").map(str::to_owned), rupiah("total")];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    };
    match action {
        "user_changed" | "customer_changed" => changed(detail, locale),
        "user_created" => Some(word(locale, role(text("role")?.parse().ok()?)).to_lowercase()),
        "customers_imported" => number("saved").map(|saved| counted(locale, "audit-lines", saved)),
        "document_viewed" => text("kind")?
            .parse()
            .ok()
            .map(|kind| document::name(kind, locale)),
        "rating_given" | "rating_changed" => {
            number("stars").map(|stars| about(locale, "audit-stars", &stars.to_string()))
        }
        "payment_recorded" | "payment_reversed" => rupiah("amount"),
        "settings_changed" => settings(detail, locale),
        "service_created" | "service_changed" => rupiah("base_price"),
        "channel_stopped" | "channel_resumed" => text("channel").map(|name| word(locale, channel(name))),
        name if name.ends_with("_exported") => exported(),
        name if name.starts_with("invoice_") => invoice(),
        _ => None,
    }
}

/// Each setting with what held before and after: `Kuota harian (tugas): 4 → 6`.
fn settings(detail: &Value, locale: Locale) -> Option<String> {
    let changes = detail.get("changes")?.as_array()?.iter();
    let told = changes.filter_map(|change| {
        let name = word(locale, &name_of(change.get("setting")?.as_str()?));
        let value = |side: &str| {
            let text = change
                .get(side)
                .map(shown)
                .unwrap_or_default()
                .replace('\n', "; ");
            match text.as_str() {
                "" => word(locale, "settings-empty"),
                "true" => word(locale, "settings-yes"),
                "false" => word(locale, "settings-no"),
                _ => text.chars().take(60).collect(),
            }
        };
        Some(format!("{name}: {} → {}", value("from"), value("to")))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(", "))
}

fn channel(name: &str) -> &'static str {
    crate::web::panel::delivery::Channel::named(name).label()
}
