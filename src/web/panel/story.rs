//! A ticket's story in people's words: what happened, and which messages went out about it.

use std::collections::BTreeMap;

use domain::person::Locale;
use serde_json::Value;

use crate::app::deliveries;
use crate::app::tickets::Event as Entry;
use crate::web::panel::delivery::{Channel, Delivery, State};
use crate::web::panel::ticket::Event;
use crate::web::panel::when::Reader;
use crate::web::words::{about, counted, word};

/// More of one kind and state than this are told as one.
const FEW: usize = 3;

/// The timeline, the newest first.
pub fn timeline(entries: Vec<Entry>, reader: Reader) -> Vec<Event> {
    entries
        .into_iter()
        .rev()
        .map(|entry| event(entry, reader))
        .collect()
}

/// The messages about a ticket: what failed one by one, the rest together where there are many.
pub fn deliveries(messages: Vec<deliveries::View>, reader: Reader) -> Vec<Delivery> {
    let mut groups: BTreeMap<(String, String), usize> = BTreeMap::new();
    for message in &messages {
        *groups
            .entry((message.kind.clone(), message.state.clone()))
            .or_default() += 1;
    }
    let mut told = Vec::new();
    for message in messages {
        let group = (message.kind.clone(), message.state.clone());
        let many = groups.get(&group).copied().unwrap_or(0);
        if message.state == "failed" || (1..=FEW).contains(&many) {
            told.push(delivery(message, reader));
        } else if many > FEW {
            // The newest of the group speaks for all of it.
            groups.insert(group, 0);
            let recipient = counted(
                reader.locale,
                "recipients",
                i64::try_from(many).unwrap_or(i64::MAX),
            );
            told.push(Delivery {
                recipient,
                ..delivery(message, reader)
            });
        }
    }
    told
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
        error: message
            .error
            .filter(|_| state == State::Failed || state == State::Queued),
        may_resend: state == State::Failed,
        ticket_id: message.about.map(|about| about.ticket_id),
        id: message.id,
    }
}

fn event(entry: Entry, reader: Reader) -> Event {
    let detail = entry.detail.unwrap_or(Value::Null);
    let text = |field: &str| detail.get(field).and_then(Value::as_str).map(str::to_owned);
    let actor = entry
        .actor
        .map_or_else(|| word(reader.locale, "channel-system"), |actor| actor.name);
    let rest = match entry.event.as_str() {
        "ticket_assigned" => text("name").map(|name| about(reader.locale, "event-to", &name)),
        "ticket_claimed" => Some(about(reader.locale, "event-by", &actor)),
        "ticket_changed" => changed(&detail, reader.locale),
        _ => None,
    };
    Event {
        title: title(&entry.event, reader.locale),
        rest,
        at: reader.clock(entry.at),
        actor,
        channel: Channel::named(&entry.channel),
        note: text("reason"),
    }
}

/// Which fields were changed: `: keluhan, jam`.
fn changed(detail: &Value, locale: Locale) -> Option<String> {
    let fields = detail.as_object()?.keys().filter_map(|field| {
        Some(match field.as_str() {
            "problem" => "field-problem",
            "service_id" => "field-service",
            "visit_date" => "field-visit-date",
            "visit_time" => "field-visit-time",
            "location" => "location",
            _ => return None,
        })
    });
    let names: Vec<String> = fields.map(|key| word(locale, key).to_lowercase()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn title(event: &str, locale: Locale) -> String {
    let key = match event {
        "ticket_created" => "event-created",
        "ticket_claimed" => "event-claimed",
        "ticket_assigned" => "event-assigned",
        "ticket_released" => "event-released",
        "technician_replaced" => "event-replaced",
        "ticket_changed" => "event-changed",
        "ticket_cancelled" => "event-cancelled",
        "ticket_closed" => "event-closed",
        "delivery_retried" => "event-resent",
        // Younger than this page: named as it is written down.
        other => return other.replace('_', " "),
    };
    word(locale, key)
}

fn message_key(kind: &str) -> &'static str {
    match kind {
        "offer" => "message-offer",
        "offer_changed" => "message-offer-changed",
        "taken" => "message-taken",
        "withdrawn" => "message-withdrawn",
        "won" => "message-won",
        "lost" => "message-lost",
        "job_card" => "message-job-card",
        "job_gone" => "message-job-gone",
        "assigned_to_you" => "message-assigned",
        "ticket_released" => "message-released",
        "input_held" => "message-input-held",
        "unreachable" => "message-unreachable",
        "contact_refused" => "message-contact-refused",
        _ => "message-other",
    }
}
