//! A posted body becomes events: pure, and nothing in it makes the rest of it unreadable.

mod people;
mod said;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use dialogues::arrival::{Arrival, Said, Who};
use dialogues::receipt::{Receipt, Stage};
use domain::phone::Phone;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::delivery::webhooks::{Event, Raw, What};
use crate::whatsapp::errors;
use crate::whatsapp::payload::{Envelope, Message, News, Person, Posted};
use crate::whatsapp::router::people::People;
use crate::whatsapp::router::said::{Meaning, meaning, renamed};

/// What a body says, in the order in which it is to be handled: news of who people are first, then by the time
/// that the service tells, then as it stands.
///
/// What is of another number, of a group, or of a kind that nobody handles is passed over and counted.
/// [`Err`]: it is no body of the service's at all.
pub fn route(raw: &[u8], number: &str, received_at: DateTime<Utc>) -> Result<Vec<Event>, String> {
    let envelope: Envelope = serde_json::from_slice(raw).map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    for entry in envelope.entry {
        for change in entry.changes {
            if change.field != "messages" {
                passed_over(if KNOWN_FIELDS.contains(&change.field.as_str()) {
                    &change.field
                } else {
                    "other_field"
                });
                continue;
            }
            match serde_json::from_value::<Posted>(change.value.clone()) {
                Ok(value) if value.metadata.phone_number_id != number => passed_over("foreign_number"),
                Ok(value) => read(Source::new(&entry.id, value), received_at, &mut found),
                Err(error) => found.push(Ranked::unreadable(&change.value, error.to_string(), received_at)),
            }
        }
    }
    // Stable: what the service tells of one second stays as it stands.
    found.sort_by_key(|ranked| (!ranked.first, ranked.at));
    Ok(found.into_iter().map(|ranked| ranked.event).collect())
}

/// Fields that are known and change nothing here; others are counted together, so that nobody fills our memory.
const KNOWN_FIELDS: [&str; 8] = [
    "account_update",
    "message_template_status_update",
    "message_template_quality_update",
    "template_category_update",
    "phone_number_quality_update",
    "user_preferences",
    "smb_message_echoes",
    "security",
];

/// An event with its place in the order.
struct Ranked {
    first: bool,
    at: DateTime<Utc>,
    event: Event,
}

impl Ranked {
    fn unreadable(value: &Value, why: String, at: DateTime<Utc>) -> Self {
        let id = value.get("id").and_then(Value::as_str);
        let raw = value.to_string();
        let external_id = id.map_or_else(|| format!("unreadable:{}", Event::mark(&raw)), str::to_owned);
        Self {
            first: false,
            at,
            event: Event {
                external_id,
                names: Vec::new(),
                raw: raw.into(),
                what: What::Unreadable(why),
            },
        }
    }
}

/// One value of a body, shared by all its events.
struct Source {
    account: String,
    value: Posted,
    people: People,
}

/// Where an event stands in its value.
#[derive(Clone, Copy)]
enum Place {
    Message(usize),
    Status(usize),
}

impl Source {
    fn new(account: &str, value: Posted) -> Arc<Self> {
        let alone = value.messages.len() + value.statuses.len() == 1;
        Arc::new(Self {
            account: account.to_owned(),
            people: People::new(&value.contacts, alone),
            value,
        })
    }

    /// An event alone, as it would have been posted, with whom it is from or to.
    fn alone(self: &Arc<Self>, place: Place, person: Option<usize>) -> Raw {
        let source = Arc::clone(self);
        Raw::new(move || source.written(place, person))
    }

    fn written(&self, place: Place, person: Option<usize>) -> String {
        let value = &self.value;
        let contacts: Vec<&Value> = person.and_then(|at| value.contacts.get(at)).into_iter().collect();
        let (field, part) = match place {
            Place::Message(at) => ("messages", value.messages.get(at)),
            Place::Status(at) => ("statuses", value.statuses.get(at)),
        };
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": self.account, "changes": [{ "field": "messages",
            "value": { "metadata": { "phone_number_id": value.metadata.phone_number_id },
                "contacts": contacts, field: [part] } }] }] })
        .to_string()
    }
}

fn read(source: Arc<Source>, received_at: DateTime<Utc>, found: &mut Vec<Ranked>) {
    for (at, part) in source.value.messages.iter().enumerate() {
        let place = Place::Message(at);
        match Message::deserialize(part) {
            Ok(message) => found.extend(heard(&source, (&message, place), received_at)),
            Err(error) => {
                let mut ranked = Ranked::unreadable(part, error.to_string(), received_at);
                ranked.event.raw = source.alone(place, None);
                found.push(ranked);
            }
        }
    }
    for (at, part) in source.value.statuses.iter().enumerate() {
        match News::deserialize(part) {
            Ok(status) => found.extend(told(&source, (&status, Place::Status(at)), received_at)),
            Err(error) => found.push(Ranked::unreadable(part, error.to_string(), received_at)),
        }
    }
}

fn heard(
    source: &Arc<Source>,
    (message, place): (&Message, Place),
    received_at: DateTime<Utc>,
) -> Option<Ranked> {
    if message.group_id.is_some() {
        passed_over("group");
        return None;
    }
    let at = moment(&message.timestamp).unwrap_or(received_at);
    let (said, first) = match meaning(message, at) {
        Meaning::Said(said) => (said, false),
        Meaning::Renamed => (Said::Renamed(renamed(message)?), true),
        Meaning::Nothing(kind) => {
            passed_over(kind);
            return None;
        }
    };
    let person = source.people.author(message);
    let who = author(message, person.map(|(_, person)| person));
    let nobody = who.phone.is_none() && who.user_id.is_none() && who.parent_id.is_none();
    if nobody && first {
        // New names of nobody knows whom.
        passed_over("system");
        return None;
    }
    let fault = if message.id.is_empty() {
        Some("a message without an id")
    } else if nobody {
        Some("a message of nobody")
    } else {
        None
    };
    let raw = source.alone(place, person.map(|(at, _)| at));
    let external_id = if message.id.is_empty() {
        format!("unreadable:{}", Event::mark(&raw.text()))
    } else {
        message.id.clone()
    };
    let mut names = names(&who);
    if let Said::Renamed(new) = &said {
        names.extend(self::names(new));
    }
    let what = match fault {
        Some(why) => What::Unreadable(why.to_owned()),
        None => What::Arrival(Box::new(Arrival {
            external_id: external_id.clone(),
            who,
            sent_at: at,
            received_at,
            forwarded: message
                .context
                .as_ref()
                .is_some_and(|context| context.forwarded || context.frequently_forwarded),
            reply_to: message.context.as_ref().and_then(|context| context.id.clone()),
            said,
        })),
    };
    Some(Ranked {
        first,
        at,
        event: Event {
            external_id,
            names,
            raw,
            what,
        },
    })
}

fn told(source: &Arc<Source>, (status, place): (&News, Place), received_at: DateTime<Utc>) -> Option<Ranked> {
    if status.recipient_type.as_deref() == Some("group") {
        passed_over("group");
        return None;
    }
    let stage = match status.status.as_str() {
        "sent" => Stage::Sent,
        "delivered" => Stage::Delivered,
        "read" | "played" => Stage::Read,
        "failed" => Stage::Failed,
        _ => {
            passed_over("other_status");
            return None;
        }
    };
    if status.id.is_empty() {
        passed_over("status_without_id");
        return None;
    }
    let at = moment(&status.timestamp).unwrap_or(received_at);
    let person = source.people.recipient(status);
    let raw = source.alone(place, person.map(|(at, _)| at));
    let person = person.map(|(_, person)| person);
    let phone = person
        .and_then(|person| person.wa_id.as_deref())
        .or(status.recipient_id.as_deref());
    let who = Who {
        phone: phone.and_then(|phone| Phone::vouched(phone).ok()),
        user_id: person
            .and_then(|person| person.user_id.clone())
            .or_else(|| status.recipient_user_id.clone()),
        parent_id: person
            .and_then(|person| person.parent_user_id.clone())
            .or_else(|| status.recipient_parent_user_id.clone()),
        name: None,
    };
    let fault = status.errors.first().map(|fault| {
        let details = fault.error_data.as_ref().and_then(|data| data.details.clone());
        errors::fault(
            fault.code,
            details.or_else(|| fault.title.clone()).unwrap_or_default(),
        )
    });
    // What it tells of a person is handled in that person's line.
    let mut names = names(&who);
    names.push(format!("message {}", status.id));
    let receipt = Receipt {
        message: status.id.clone(),
        stage,
        at,
        callback: status
            .biz_opaque_callback_data
            .as_deref()
            .and_then(|id| id.parse().ok()),
        who,
        fault,
        price: status.pricing.as_ref().map(Value::to_string),
    };
    Some(Ranked {
        first: false,
        at,
        event: Event {
            external_id: format!("{}:{}", status.id, stage.as_str()),
            names,
            raw,
            what: What::Receipt(Box::new(receipt)),
        },
    })
}

/// Who wrote, with all that the body says of him.
fn author(message: &Message, person: Option<&Person>) -> Who {
    // Of a change of number the person is told as he will be: the message itself says who he was.
    let person = person.filter(|_| message.kind != "system");
    let told = |told: Option<&String>| told.filter(|text| !text.is_empty()).cloned();
    let from = message.from.as_deref();
    let phone = from
        .and_then(|from| Phone::vouched(from).ok())
        .or_else(|| Phone::vouched(person?.wa_id.as_deref()?).ok());
    let odd = told(message.from.as_ref()).filter(|from| is_user_id(from));
    let former = message
        .system
        .as_ref()
        .and_then(|system| told(system.previous_user_id.as_ref()));
    Who {
        phone,
        user_id: former
            .or_else(|| told(message.from_user_id.as_ref()))
            .or(odd)
            .or_else(|| told(person?.user_id.as_ref())),
        parent_id: told(message.from_parent_user_id.as_ref())
            .or_else(|| told(person?.parent_user_id.as_ref())),
        // No database takes a NUL, and nobody's name has one.
        name: person
            .and_then(|person| told(person.profile.as_ref()?.name.as_ref()))
            .map(|name| name.replace('\0', "")),
    }
}

/// Whether it is an id towards a business: a country, a dot, letters and digits.
pub(crate) fn is_user_id(text: &str) -> bool {
    let Some((country, rest)) = text.split_once('.') else {
        return false;
    };
    let rest = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=128).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// By which a person's messages are known to be one person's.
fn names(who: &Who) -> Vec<String> {
    [
        who.user_id.clone(),
        who.parent_id.clone(),
        who.phone.as_ref().map(|phone| phone.as_str().to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Seconds since 1970, as the service writes them.
fn moment(seconds: &str) -> Option<DateTime<Utc>> {
    let seconds = seconds.parse().ok().filter(|seconds: &i64| *seconds > 0)?;
    DateTime::from_timestamp(seconds, 0)
}

fn passed_over(kind: &str) {
    metrics::counter!("whatsapp_passed_over_total", "kind" => kind.to_owned()).increment(1);
}
