//! A ticket's story in people's words: what happened, and which messages went out about it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::alert::Resolution;
use domain::person::Locale;
use serde_json::Value;

use crate::app::deliveries;
use crate::app::documents::View;
use crate::app::tickets::{Detail, Event as Entry};
use crate::web::panel::audit::deeds;
use crate::web::panel::delivery::{Channel, Delivery, State, cause};
use crate::web::panel::document;
use crate::web::panel::measure::length;
use crate::web::panel::ticket::Event;
use crate::web::panel::visit;
use crate::web::panel::when::Reader;
use crate::web::words::{about, counted, fault, word};

/// More of one kind and state than this are told as one.
const FEW: usize = 3;

/// Files of one person and kind that come within this are told as one.
const TOGETHER: TimeDelta = TimeDelta::minutes(10);

/// The timeline, the newest first.
pub fn timeline(detail: &Detail, reader: Reader) -> Vec<Event> {
    let entries = detail.timeline.iter().rev();
    let mut told: Vec<_> = entries.map(|entry| (entry.at, event(entry, reader))).collect();
    told.extend(arrivals(detail, reader));
    told.sort_by_key(|(at, _)| Reverse(*at));
    told.into_iter().map(|(_, event)| event).collect()
}

/// Why a ticket was cancelled or closed.
pub fn ending(detail: &Detail) -> Option<String> {
    let mut newest_first = detail.timeline.iter().rev();
    let end = newest_first.find(|entry| matches!(entry.event.as_str(), "ticket_cancelled" | "ticket_closed"));
    Some(end?.detail.as_ref()?.get("reason")?.as_str()?.to_owned())
}

/// Photos and papers that technicians sent: no deed of the office, so nothing else tells of them.
fn arrivals(detail: &Detail, reader: Reader) -> Vec<(DateTime<Utc>, Event)> {
    let added: Vec<&str> = detail
        .timeline
        .iter()
        .filter_map(|entry| entry.detail.as_ref()?.get("document")?.as_str())
        .collect();
    let mut groups: Vec<(&View, usize)> = Vec::new();
    for file in &detail.ticket.documents {
        if added.contains(&file.id.as_str()) {
            continue;
        }
        let same = groups.iter_mut().rev().find(|(last, _)| {
            let is_alike = last.kind == file.kind && last.uploaded_by == file.uploaded_by;
            is_alike && file.created_at - last.created_at <= TOGETHER
        });
        match same {
            Some((_, count)) => *count += 1,
            None => groups.push((file, 1)),
        }
    }
    let tell = |(file, count): (&View, usize)| {
        let system = || word(reader.locale, "channel-system");
        let event = Event {
            title: counted(
                reader.locale,
                "event-arrived",
                i64::try_from(count).unwrap_or(i64::MAX),
            ),
            rest: kind(&file.kind, reader.locale),
            at: reader.clock(file.created_at),
            actor: file
                .uploaded_by
                .as_ref()
                .map_or_else(system, |person| person.name.clone()),
            channel: Channel::Telegram,
            icon: "camera",
            note: None,
        };
        (file.created_at, event)
    };
    groups.into_iter().map(tell).collect()
}

/// The messages about a ticket: what failed one by one, the rest together where there are many.
pub fn deliveries(messages: Vec<deliveries::View>, reader: Reader) -> Vec<Delivery> {
    let mut groups: BTreeMap<(&str, String), Group> = BTreeMap::new();
    for message in &messages {
        let group = groups
            .entry((message_key(&message.kind), message.state.clone()))
            .or_default();
        group.messages += 1;
        group.recipients.insert(message.recipient.clone());
    }
    let mut told = Vec::new();
    for message in messages {
        let key = (message_key(&message.kind), message.state.clone());
        let group = groups.get(&key).cloned().unwrap_or_default();
        if message.state == "failed" || (1..=FEW).contains(&group.messages) {
            told.push(delivery(message, reader));
        } else if group.messages > FEW {
            // The newest of the group speaks for all of it.
            groups.insert(key, Group::default());
            told.push(Delivery {
                recipient: group.told(&message.recipient, reader.locale),
                ..delivery(message, reader)
            });
        }
    }
    told
}

/// Messages that say the same kind of thing, and to how many.
#[derive(Debug, Clone, Default)]
struct Group {
    messages: usize,
    recipients: BTreeSet<String>,
}

impl Group {
    fn told(&self, recipient: &str, locale: Locale) -> String {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        match self.recipients.len() {
            1 => format!(
                "{recipient}, {}",
                counted(locale, "messages", number(self.messages))
            ),
            n => counted(locale, "recipients", number(n)),
        }
    }
}

/// One message.
pub fn delivery(message: deliveries::View, reader: Reader) -> Delivery {
    let state = State::named(&message.state);
    Delivery {
        what: word(reader.locale, message_key(&message.kind)),
        channel: Channel::named(&message.channel),
        recipient: message.recipient,
        state,
        at: reader.clock(message.updated_at),
        technical: message
            .error
            .clone()
            .filter(|_| message.fault.is_none() && state == State::Failed),
        error: message
            .fault
            .map(|code| fault(reader.locale, &code))
            .or_else(|| message.error.map(|error| word(reader.locale, cause(&error))))
            .filter(|_| state == State::Failed || state == State::Queued),
        may_resend: state == State::Failed,
        ticket_id: message.about.map(|about| about.ticket_id),
        id: message.id,
    }
}

/// One deed, as people say it.
pub fn event(entry: &Entry, reader: Reader) -> Event {
    let detail = entry.detail.as_ref().unwrap_or(&Value::Null);
    let text = |field: &str| detail.get(field).and_then(Value::as_str).map(str::to_owned);
    let actor = entry.actor.as_ref().map_or_else(
        // Whoever acts on WhatsApp or a public page without an account is the customer.
        || match (entry.channel.as_str(), entry.event.as_str()) {
            ("whatsapp", _) | (_, "payment_proof_added" | "rating_given" | "rating_changed") => {
                word(reader.locale, "event-by-customer")
            }
            _ => word(reader.locale, "channel-system"),
        },
        |actor| actor.name.clone(),
    );
    let rest = match entry.event.as_str() {
        "ticket_assigned" => text("name").map(|name| about(reader.locale, "event-to", &name)),
        "ticket_claimed" => Some(about(reader.locale, "event-by", &actor)),
        "ticket_changed" => deeds::changed(detail, reader.locale),
        "checked_in" => Some(place(detail, reader.locale)),
        "check_in_put_off" => detail
            .get("minutes")
            .and_then(Value::as_i64)
            .map(|minutes| about(reader.locale, "event-minutes", &minutes.to_string())),
        "alert_resolved" => text("why").and_then(|why| settled(&why, reader.locale)),
        "document_added" | "document_erased" => text("kind").and_then(|name| kind(&name, reader.locale)),
        "letter_issued" => text("kind")
            .and_then(|name| kind(&name, reader.locale))
            .zip(text("number"))
            .map(|(name, number)| format!("{name} {number}")),
        "letters_revoked" => detail.get("numbers").and_then(Value::as_array).map(|numbers| {
            let numbers: Vec<&str> = numbers.iter().filter_map(Value::as_str).collect();
            numbers.join(", ")
        }),
        other => deeds::more(other, detail, reader.locale),
    };
    let (key, icon) = kind_of_event(&entry.event, &entry.channel);
    Event {
        title: titled(key, &entry.event, reader.locale),
        icon,
        rest,
        at: reader.clock(entry.at),
        actor,
        channel: Channel::named(&entry.channel),
        note: text("reason"),
    }
}

/// What a check-in proved: `terverifikasi, 18 m dari alamat`.
fn place(detail: &Value, locale: Locale) -> String {
    let verdict = detail.get("verdict").and_then(Value::as_str).unwrap_or_default();
    let verdict = verdict.parse().map(visit::label);
    let verdict = verdict.map(|key| begun(&word(locale, key))).unwrap_or_default();
    match detail.get("distance_meters").and_then(Value::as_f64) {
        Some(metres) => format!("{verdict}, {}", about(locale, "away", &length(locale, metres))),
        None => verdict,
    }
}

/// A word as it stands inside of a sentence.
fn begun(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Why an emergency needed no decision.
fn settled(why: &str, locale: Locale) -> Option<String> {
    let key = match why.parse().ok()? {
        Resolution::CheckedIn => "event-why-checked-in",
        Resolution::Released => "event-why-released",
        Resolution::Cancelled => "event-why-cancelled",
        Resolution::Moved => "event-why-moved",
    };
    Some(word(locale, key))
}

/// What a deed is called, wherever it was done.
pub fn called(action: &str, locale: Locale) -> String {
    titled(kind_of_event(action, "").0, action, locale)
}

fn titled(key: Option<&str>, action: &str, locale: Locale) -> String {
    let key = key.map(str::to_owned);
    let key = key.or_else(|| deeds::called(action, locale));
    // Younger than this page: named as it is written down.
    key.map_or_else(|| action.replace('_', " "), |key| word(locale, &key))
}

/// What a kind of file is called.
fn kind(name: &str, locale: Locale) -> Option<String> {
    name.parse().ok().map(|kind| document::name(kind, locale))
}

/// The text key of what happened, and its icon.
fn kind_of_event(action: &str, channel: &str) -> (Option<&'static str>, &'static str) {
    let (key, icon) = match action {
        "ticket_created" => ("event-created", "plus"),
        "ticket_claimed" => ("event-claimed", "zap"),
        "ticket_assigned" => ("event-assigned", "user-check"),
        "ticket_released" => ("event-released", "rotate-ccw"),
        "technician_replaced" => ("event-replaced", "refresh-cw"),
        "ticket_changed" => ("event-changed", "pencil"),
        "ticket_cancelled" => ("event-cancelled", "circle-x"),
        "ticket_closed" => ("event-closed", "archive"),
        "ticket_done" => ("event-done", "circle-check-big"),
        "alert_raised" => ("event-alert-raised", "siren"),
        "alert_resolved" => ("event-alert-resolved", "circle-check-big"),
        "check_in_put_off" => ("event-check-in-put-off", "clock"),
        "checked_in" if channel == "panel" => ("event-check-in-recorded", "map-pin-pen"),
        "checked_in" => ("check-in", "map-pin-check"),
        "checked_out" => ("check-out", "flag"),
        "document_added" => ("event-document-added", "file-text"),
        "letter_issued" => ("event-letter-issued", "file-signature"),
        "letters_revoked" => ("event-letters-revoked", "circle-x"),
        "document_erased" => ("event-document-erased", "trash-2"),
        "document_viewed" | "location_viewed" | "customer_viewed" => return (None, "eye"),
        "documents_exported" => ("event-documents-exported", "download"),
        "position_erased" => ("event-position-erased", "trash-2"),
        "delivery_retried" => ("event-resent", "send"),
        "request_accepted" => ("event-request-accepted", "inbox"),
        "rating_opened" => ("event-rating-opened", "star"),
        "rating_given" | "rating_changed" => ("event-rating-given", "star"),
        "rating_commented" => ("event-rating-commented", "star"),
        "invoice_drafted" => ("event-invoice-drafted", "file-text"),
        "invoice_changed" => ("event-invoice-changed", "pencil"),
        "invoice_submitted" => ("event-invoice-submitted", "send"),
        "invoice_revised" => ("event-invoice-revised", "pencil"),
        "invoice_approved" => ("event-invoice-approved", "circle-check-big"),
        "invoice_rejected" => ("event-invoice-rejected", "rotate-ccw"),
        "invoice_sent" | "invoice_resent" => ("event-invoice-sent", "send"),
        "invoice_voided" => ("event-invoice-voided", "circle-x"),
        "invoice_paid" => ("event-invoice-paid", "circle-check-big"),
        "invoice_reopened" => ("event-invoice-reopened", "rotate-ccw"),
        "invoice_link_renewed" => ("event-invoice-link-renewed", "refresh-cw"),
        "invoice_retaxed" => ("event-invoice-retaxed", "refresh-cw"),
        "payment_recorded" => ("event-payment-recorded", "plus"),
        "payment_reversed" => ("event-payment-reversed", "circle-x"),
        _ => return (None, "history"),
    };
    (Some(key), icon)
}

/// Whether a message is about an invoice: asked of sales, sent to the customer, told to the admins.
pub(crate) fn is_of_money(kind: &str) -> bool {
    ["bill", "invoice", "payment", "price"]
        .iter()
        .any(|begin| kind.trim_start_matches("customer_").starts_with(begin))
}

pub(crate) fn message_key(kind: &str) -> &'static str {
    match kind {
        "offer" => "message-offer",
        "offer_changed" => "message-offer-changed",
        "taken" => "message-taken",
        "withdrawn" => "message-withdrawn",
        "won" => "message-won",
        "lost" => "message-lost",
        "letters_revoked" => "message-letters-revoked",
        "job_card" => "message-job-card",
        "job_gone" => "message-job-gone",
        "assigned_to_you" => "message-assigned",
        "ticket_released" => "message-released",
        "input_held" => "message-input-held",
        "unreachable" => "message-unreachable",
        "contact_refused" => "message-contact-refused",
        "letter" | "no_letter" => "message-letter",
        "reminder" => "message-reminder",
        "ask_location" | "location_only" | "location_forwarded" | "location_venue" | "location_nowhere"
        | "location_not_asked" | "settling" | "explain" | "explain_bad_reason" | "checked_in"
        | "too_early" | "already_checked_in" | "not_checked_in" | "ask_place_photo" | "place_photo_taken" => {
            "message-check-in"
        }
        "emergency_more_time" => "message-more-time",
        kind if kind.starts_with("emergency_") => "message-emergency",
        "check_in_doubted" => "message-check-in-doubted",
        "check_in_recorded" => "message-check-in-recorded",
        "uploading" | "uploaded" | "upload_hint" | "too_many" | "too_large" | "repeated" | "upload_over"
        | "file_refused" | "which_job" | "placed" | "no_job_for_photos" => "message-upload",
        "file_lost" | "file_lost_of" => "message-file-lost",
        "photo_reused" => "message-photo-reused",
        "check_out_summary" | "check_out_left" | "checked_out" | "already_checked_out" => "message-check-out",
        "job_done" => "message-done",
        "customer_ticket_created" => "message-ticket-created",
        "customer_visit_moved" => "message-visit-moved",
        "customer_technician_assigned" => "message-technician-assigned",
        "customer_technician_arrived" => "message-technician-arrived",
        "customer_ticket_done" => "message-ticket-done",
        "customer_ticket_cancelled" => "message-ticket-cancelled",
        "customer_rate_technician" | "customer_rate_office" => "message-rating",
        "customer_office_says" => "message-office",
        "customer_request_came" => "message-request-came",
        "customer_rated_low" => "message-rated-low",
        "photos_unplaced" => "message-photos-unplaced",
        "place_photo_refused" => "message-place-photo-refused",
        "bill_issued" => "message-bill-issued",
        "bill_reminder" => "message-bill-reminder",
        "bill_settled" => "message-bill-settled",
        "bill_proof_came" => "message-proof-came",
        "payment_reversed" => "message-payment-reversed",
        "price_asked" | "price_ended" => "message-price-asked",
        kind if kind.starts_with("bill_") => "message-bill",
        kind if kind.starts_with("price_") => "message-price",
        kind if kind.starts_with("customer_") => "message-chat",
        _ => "message-other",
    }
}
