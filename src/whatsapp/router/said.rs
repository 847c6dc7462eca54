//! What one message means.

use chrono::{DateTime, Utc};
use dialogues::arrival::{Said, Who};
use dialogues::heard::{self, Origin};
use domain::phone::Phone;

use crate::whatsapp::buttons;
use crate::whatsapp::payload::{Card, Interactive, Location, Media, Message, Order};

/// Says of an order what no language has to.
const CART: &str = "🛒";

/// What is to be made of a message.
pub(crate) enum Meaning {
    Said(Said),
    /// The person goes by other names.
    Renamed,
    /// Nobody handles it; with what it is counted as.
    Nothing(&'static str),
}

/// What a message means; `at`: when it was sent.
pub(crate) fn meaning(message: &Message, at: DateTime<Utc>) -> Meaning {
    let said = match message.kind.as_str() {
        "text" => message.text.as_ref().map(|text| Said::Text(text.body.clone())),
        "image" => file(message, message.image.as_ref(), true, at),
        "video" => file(message, message.video.as_ref(), false, at),
        "audio" | "voice" => file(
            message,
            message.audio.as_ref().or(message.voice.as_ref()),
            false,
            at,
        ),
        "document" => file(message, message.document.as_ref(), false, at),
        "sticker" | "reaction" => Some(Said::Gesture),
        "location" => message
            .location
            .as_ref()
            .map(|location| place(message, location, at)),
        "contacts" => message.contacts.as_deref().map(cards),
        "button" => button(message),
        "interactive" => Some(
            message
                .interactive
                .as_ref()
                .map_or(Said::Unsupported, interactive),
        ),
        "order" => Some(Said::Order(
            message.order.as_ref().map_or_else(|| CART.to_owned(), ordered),
        )),
        "edit" => message.edit.as_ref().map(|edit| Said::Changed {
            external_id: edit.original_message_id.clone(),
        }),
        "revoke" => message.revoke.as_ref().map(|revoke| Said::Revoked {
            external_id: revoke.original_message_id.clone(),
        }),
        "system" => {
            let kind = message.system.as_ref().map(|system| system.kind.as_str());
            return match kind {
                Some("user_changed_number" | "user_changed_user_id") => Meaning::Renamed,
                _ => Meaning::Nothing("system"),
            };
        }
        "unsupported" => Some(Said::Unsupported),
        // A kind of a later day: kept with its body, and answered by nothing.
        _ => return Meaning::Nothing("other_message"),
    };
    // It calls itself what it does not hold: the service could not put it into words.
    Meaning::Said(said.unwrap_or(Said::Unsupported))
}

/// The names by which a person goes from now on; `None`: the message does not say.
pub(crate) fn renamed(message: &Message) -> Option<Who> {
    let system = message.system.as_ref()?;
    let phone = system.wa_id.as_ref().or(system.new_wa_id.as_ref());
    let new = Who {
        phone: phone.and_then(|phone| Phone::vouched(phone).ok()),
        user_id: system.user_id.clone(),
        parent_id: system.parent_user_id.clone(),
        name: None,
    };
    (new.phone.is_some() || new.user_id.is_some() || new.parent_id.is_some()).then_some(new)
}

fn file(message: &Message, media: Option<&Media>, is_photo: bool, at: DateTime<Utc>) -> Option<Said> {
    let media = media.filter(|media| !media.id.is_empty())?;
    Some(Said::File(heard::Media {
        is_photo,
        source: media.id.clone(),
        source_key: media.sha256.clone().unwrap_or_else(|| media.id.clone()),
        filename: media.filename.clone(),
        media_type: media.mime_type.clone(),
        size: None,
        caption: media.caption.clone(),
        album: None,
        reply_to: message.context.as_ref().and_then(|context| context.id.clone()),
        sent_at: at,
    }))
}

fn place(message: &Message, location: &Location, at: DateTime<Utc>) -> Said {
    let forwarded = message
        .context
        .as_ref()
        .is_some_and(|context| context.forwarded || context.frequently_forwarded);
    let origin = if forwarded {
        Origin::Forwarded
    } else if location.name.is_some() || location.address.is_some() {
        Origin::Venue
    } else {
        Origin::Static
    };
    Said::Place(heard::Place {
        latitude: location.latitude,
        longitude: location.longitude,
        accuracy_meters: None,
        origin,
        moved: false,
        sent_at: at,
    })
}

fn cards(cards: &[Card]) -> Said {
    let phones = cards.iter().flat_map(|card| &card.phones);
    let own = cards
        .first()
        .is_some_and(|card| card.origin.as_deref() == Some("contact_request") && !card.phones.is_empty());
    Said::Contacts {
        // `wa_id` has no `+`, and people's own spelling may lack the country.
        phones: phones
            .filter_map(|phone| match &phone.wa_id {
                Some(id) => Some(format!("+{}", id.trim_start_matches('+'))),
                None => phone.phone.clone(),
            })
            .collect(),
        own,
    }
}

/// An order as the office reads it: how many of what, and what was written with it.
fn ordered(order: &Order) -> String {
    let items = order.product_items.iter().map(|item| {
        let count = if item.quantity.is_empty() {
            "1"
        } else {
            &item.quantity
        };
        format!("{count} × {}", item.product_retailer_id)
    });
    let items = items.collect::<Vec<_>>().join(", ");
    let text = order.text.as_deref().unwrap_or_default();
    format!("{CART} {items}\n{text}").trim().to_owned()
}

/// A quick reply: its payload is ours, or only its words again.
fn button(message: &Message) -> Option<Said> {
    let button = message.button.as_ref()?;
    let payload = button.payload.as_deref().unwrap_or_default();
    match buttons::decode(payload) {
        Some(press) => Some(Said::Press(press)),
        None if payload.starts_with(buttons::OURS) => Some(Said::UnreadablePress),
        None => Some(Said::Text(
            button.text.clone().unwrap_or_else(|| payload.to_owned()),
        )),
    }
}

fn interactive(reply: &Interactive) -> Said {
    match reply.list_reply.as_ref().or(reply.button_reply.as_ref()) {
        Some(reply) => buttons::decode(&reply.id).map_or(Said::UnreadablePress, Said::Press),
        None => Said::Unsupported,
    }
}
