//! An update becomes an intent: a pure table, in which the first line that fits is the one.

use std::ops::ControlFlow;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use dialogues::heard::{self, Origin};
use dialogues::incoming::{Incoming, Intent, Place, Sender};
use domain::person::Locale;
use dptree::{Endpoint, Handler};
use futures::FutureExt;
use serde_json::{Map, Value};

use crate::delivery::commands;
use crate::telegram::buttons;
use crate::telegram::seen::{Chat, Location, Message, Seen, User};

/// What an update says, and what its answer needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Routed {
    pub update_id: i64,
    /// The press that waits for an answer.
    pub query: Option<String>,
    /// What must be handled one after the other.
    pub line: Line,
    /// `None`: it is not for us.
    pub incoming: Option<Incoming>,
}

/// The service's own queues: messages by chat, presses by person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    Chat(i64),
    Presses(i64),
    None,
}

/// An update that cannot be read, or of a kind that nothing reads, with its id when at least that can be.
#[derive(Debug, thiserror::Error)]
#[error("the update cannot be read: {why}")]
pub struct Unreadable {
    pub update_id: Option<i64>,
    pub why: String,
}

type Table = Endpoint<'static, Intent>;

/// What a line of the table looks at.
#[derive(Debug, Clone)]
struct Looked {
    seen: Arc<Seen>,
    /// The bot's user name, once it is known.
    bot: Option<Arc<str>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(table);

/// Reads and routes an update.
pub fn route(raw: &[u8], bot: Option<&str>, received_at: DateTime<Utc>) -> Result<Routed, Unreadable> {
    let seen: Seen = serde_json::from_slice(raw).map_err(|error| unreadable(raw, error.to_string()))?;
    if seen.is_of_no_known_kind() {
        return Err(unreadable(raw, format!("nothing here handles {}", kind_of(raw))));
    }
    let (update_id, line) = (seen.update_id, line(&seen));
    let query = seen.callback_query.as_ref().map(|query| query.id.clone());
    let who = speaker(&seen).map(|(user, chat)| {
        let locale = user.language_code.as_deref().and_then(Locale::of_tag);
        let sender = Sender {
            telegram_id: user.id,
            locale,
        };
        let place = match chat {
            Some(chat) if !chat.is_private() => Place::Group(chat.id),
            _ => Place::Private,
        };
        (sender, place)
    });
    let intent = intent(Looked {
        seen: Arc::new(seen),
        bot: bot.map(Arc::from),
    });
    let incoming = who
        .filter(|_| intent != Intent::Ignore)
        .map(|(sender, place)| Incoming {
            external_id: update_id.to_string(),
            sender,
            place,
            received_at,
            intent,
        });
    Ok(Routed {
        update_id,
        query,
        line,
        incoming,
    })
}

fn intent(looked: Looked) -> Intent {
    // Nothing in the table waits for anything, so that it is done at the first poll.
    match TABLE.dispatch(dptree::deps![looked]).now_or_never() {
        Some(ControlFlow::Break(intent)) => intent,
        Some(ControlFlow::Continue(_)) | None => Intent::Ignore,
    }
}

fn table() -> Table {
    dptree::entry()
        .branch(reads(press))
        .branch(reads(reach))
        .branch(reads(moved))
        .branch(reads(not_for_us))
        .branch(reads(command))
        .branch(reads(contact))
        .branch(reads(place))
        .branch(reads(file))
        .branch(reads(text))
        .branch(reads(anything_said))
}

fn reads(line: fn(&Looked) -> Option<Intent>) -> Handler<'static, Intent> {
    dptree::filter_map(move |looked: Looked| line(&looked)).endpoint(|intent: Intent| async move { intent })
}

fn press(looked: &Looked) -> Option<Intent> {
    let query = looked.seen.callback_query.as_ref()?;
    let press = query.data.as_deref().and_then(buttons::decode);
    Some(press.map_or(Intent::UnreadablePress, Intent::Press))
}

fn reach(looked: &Looked) -> Option<Intent> {
    let change = looked.seen.my_chat_member.as_ref()?;
    match change.new_chat_member.status.as_str() {
        "kicked" if change.chat.is_private() => Some(Intent::Reachable(false)),
        "member" if change.chat.is_private() => Some(Intent::Reachable(true)),
        _ => Some(Intent::Ignore),
    }
}

/// A live location goes on, or ends; any other edit says nothing new.
fn moved(looked: &Looked) -> Option<Intent> {
    let message = looked.seen.edited_message.as_ref()?;
    let by_person = message.from.as_ref().is_some_and(|from| !from.is_bot);
    let own = by_person && message.venue.is_none() && message.via_bot.is_none();
    let location = message.location.filter(|_| own);
    Some(location.map_or(Intent::Ignore, |location| {
        let origin = match location.live_period {
            Some(_) => Origin::Live,
            None => Origin::LiveEnded,
        };
        Intent::Place(place_of(message, location, origin, true))
    }))
}

fn not_for_us(looked: &Looked) -> Option<Intent> {
    let Some(message) = &looked.seen.message else {
        return Some(Intent::Ignore);
    };
    let by_bot = message.from.as_ref().is_none_or(|from| from.is_bot);
    (by_bot || message.service.is_any()).then_some(Intent::Ignore)
}

fn command(looked: &Looked) -> Option<Intent> {
    let text = said(looked)?.text.as_deref()?.strip_prefix('/')?;
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let (name, to) = word.split_once('@').unwrap_or((word, ""));
    if !to.is_empty()
        && looked
            .bot
            .as_deref()
            .is_some_and(|bot| !bot.eq_ignore_ascii_case(to))
    {
        // Another bot's command, in a group that it shares with ours.
        return Some(Intent::Ignore);
    }
    let known = commands::read(name, rest.trim());
    let shown = || name.chars().take(32).collect();
    Some(known.map_or_else(|| Intent::UnknownCommand(shown()), Intent::Command))
}

fn contact(looked: &Looked) -> Option<Intent> {
    let message = said(looked)?;
    let contact = message.contact.as_ref()?;
    let own = message
        .from
        .as_ref()
        .is_some_and(|from| contact.user_id == Some(from.id));
    Some(Intent::Contact {
        phone: contact.phone_number.clone(),
        own,
    })
}

fn place(looked: &Looked) -> Option<Intent> {
    let message = said(looked)?;
    let location = message.location?;
    let origin = if message.forward_origin.is_some() || message.via_bot.is_some() {
        Origin::Forwarded
    } else if message.venue.is_some() {
        Origin::Venue
    } else if location.live_period.is_some() {
        Origin::Live
    } else {
        Origin::Static
    };
    Some(Intent::Place(place_of(message, location, origin, false)))
}

fn place_of(message: &Message, location: Location, origin: Origin, moved: bool) -> heard::Place {
    let sent = message.edit_date.filter(|_| moved).unwrap_or(message.date);
    heard::Place {
        latitude: location.latitude,
        longitude: location.longitude,
        // Beyond the documented range it says nothing.
        accuracy_meters: location
            .horizontal_accuracy
            .filter(|m| (0.0..=1500.0).contains(m)),
        origin,
        moved,
        sent_at: moment(sent),
    }
}

fn file(looked: &Looked) -> Option<Intent> {
    let message = said(looked)?;
    let base = heard::Media {
        is_photo: false,
        source: String::new(),
        source_key: String::new(),
        filename: None,
        media_type: None,
        size: None,
        caption: message.caption.clone(),
        album: message.media_group_id.clone(),
        reply_to: message
            .answers
            .as_ref()
            .map(|answered| answered.message_id.to_string()),
        sent_at: moment(message.date),
    };
    if let Some(sizes) = &message.photo {
        let largest = sizes
            .iter()
            .max_by_key(|size| size.width.saturating_mul(size.height))?;
        return Some(Intent::File(heard::Media {
            is_photo: true,
            source: largest.file_id.clone(),
            source_key: largest.file_unique_id.clone(),
            size: largest.file_size,
            ..base
        }));
    }
    let document = message.document.as_ref()?;
    Some(Intent::File(heard::Media {
        source: document.file_id.clone(),
        source_key: document.file_unique_id.clone(),
        filename: document.file_name.clone(),
        media_type: document.mime_type.clone(),
        size: document.file_size,
        ..base
    }))
}

fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::UNIX_EPOCH)
}

fn text(looked: &Looked) -> Option<Intent> {
    said(looked)?.text.clone().map(Intent::Text)
}

fn anything_said(looked: &Looked) -> Option<Intent> {
    said(looked).map(|_| Intent::Unsupported)
}

fn said(looked: &Looked) -> Option<&Message> {
    looked.seen.message.as_ref()
}

fn speaker(seen: &Seen) -> Option<(&User, Option<&Chat>)> {
    if let Some(query) = &seen.callback_query {
        return Some((&query.from, query.message.as_ref().map(|message| &message.chat)));
    }
    if let Some(change) = &seen.my_chat_member {
        return Some((&change.from, Some(&change.chat)));
    }
    let message = seen.message.as_ref().or(seen.edited_message.as_ref())?;
    message.from.as_ref().map(|from| (from, Some(&message.chat)))
}

fn line(seen: &Seen) -> Line {
    if let Some(query) = &seen.callback_query {
        return Line::Presses(query.from.id);
    }
    let message = seen.message.as_ref().or(seen.edited_message.as_ref());
    let chat = message
        .map(|message| &message.chat)
        .or(seen.my_chat_member.as_ref().map(|change| &change.chat));
    chat.map_or(Line::None, |chat| Line::Chat(chat.id))
}

fn unreadable(raw: &[u8], why: String) -> Unreadable {
    #[derive(serde::Deserialize)]
    struct Id {
        update_id: i64,
    }
    let update_id = serde_json::from_slice::<Id>(raw).ok().map(|id| id.update_id);
    Unreadable { update_id, why }
}

/// What an update calls itself, e.g. `channel_post`.
fn kind_of(raw: &[u8]) -> String {
    let parts: Map<String, Value> = serde_json::from_slice(raw).unwrap_or_default();
    let kinds = parts.keys().filter(|key| *key != "update_id");
    let named: Vec<String> = kinds
        .map(|kind| kind.chars().take(64).collect())
        .take(3)
        .collect();
    if named.is_empty() {
        return "an update without content".to_owned();
    }
    format!("updates of the kind {}", named.join(", "))
}

/// Checks that the table needs nothing that it is not given.
///
/// # Panics
/// When it does: a defect, found by a test.
#[cfg(test)]
pub(crate) fn check() {
    let seen = Seen {
        update_id: 0,
        message: None,
        edited_message: None,
        callback_query: None,
        my_chat_member: None,
    };
    let given = dptree::deps![Looked {
        seen: Arc::new(seen),
        bot: None
    }];
    dptree::type_check(TABLE.sig(), &given, &[]);
}
