//! What people share besides words: places, live or not, and files, one by one and as albums.

use std::ops::RangeInclusive;

use serde_json::{Value, json};

use crate::simulator::acts::{Done, missing, not_now};
use crate::simulator::chat::{Author, Extra, Text};
use crate::simulator::files::{Content, FileKind};
use crate::simulator::media::Media;
use crate::simulator::picture::Size;
use crate::simulator::world::World;

/// A message on its way into a chat.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) text: Text,
    pub(crate) extra: Option<Extra>,
    pub(crate) reply_to: Option<i64>,
    pub(crate) origin: Option<Value>,
    pub(crate) album: Option<String>,
}

impl Draft {
    pub(crate) fn of(extra: Extra) -> Self {
        Self {
            extra: Some(extra),
            ..Self::default()
        }
    }
}

/// Where and how something is shared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Around {
    /// To the bot when no chat is named.
    pub(crate) chat: Option<i64>,
    pub(crate) reply_to: Option<i64>,
    pub(crate) caption: Option<String>,
    pub(crate) forward: Option<Forward>,
}

/// Whose message is passed on.
#[derive(Clone, Debug)]
pub(crate) enum Forward {
    Person {
        id: i64,
        date: Option<i64>,
    },
    /// Someone who hides his account: only a name is told.
    Hidden {
        name: String,
        date: Option<i64>,
    },
}

/// What is in a file that someone sends, ready to be kept.
pub(crate) enum Sent {
    Photo(Vec<Size>),
    Other {
        kind: FileKind,
        content: Content,
        /// The fields that only this kind has, such as a duration.
        facts: Value,
    },
}

/// Longest caption, in characters.
const CAPTION: usize = 1024;
/// A live location may last this long, in seconds, or without end.
const LIVE: RangeInclusive<i64> = 60..=86_400;
const WITHOUT_END: i64 = 0x7fff_ffff;
/// The first album's id lies above this, as the service's do.
const FIRST_ALBUM: u64 = 13_800_000_000_000_000;

impl World {
    /// Shares a place: a static one, or a live one with its `live_period`.
    pub(crate) fn share_location(&mut self, person: i64, location: Value, around: Around) -> Done<i64> {
        place(&location)?;
        if let Some(period) = location["live_period"].as_i64()
            && !LIVE.contains(&period)
            && period != WITHOUT_END
        {
            return not_now("a location is live for 60 to 86400 seconds, or 2147483647");
        }
        if location["live_period"].is_null() && !location["heading"].is_null() {
            return not_now("only a live location has a heading");
        }
        self.share(person, vec![Extra::Location(location)], &[None], around)
            .map(|ids| ids.first().copied().unwrap_or_default())
    }

    /// Shares a place with a name, picked from a list.
    pub(crate) fn share_venue(&mut self, person: i64, venue: Value, around: Around) -> Done<i64> {
        place(&venue["location"])?;
        self.share(person, vec![Extra::Venue(venue)], &[None], around)
            .map(|ids| ids.first().copied().unwrap_or_default())
    }

    /// Moves a live location that is still shared.
    pub(crate) fn move_location(
        &mut self,
        person: i64,
        chat: Option<i64>,
        id: i64,
        mut location: Value,
    ) -> Done<()> {
        place(&location)?;
        let old = self.live(person, chat, id)?;
        location["live_period"] = old["live_period"].clone();
        self.relocate(person, chat, id, location)
    }

    /// Ends the sharing of a live location: the place stays, and is no longer live.
    pub(crate) fn stop_location(&mut self, person: i64, chat: Option<i64>, id: i64) -> Done<()> {
        let mut location = self.live(person, chat, id)?;
        if let Some(fields) = location.as_object_mut() {
            fields.remove("live_period");
            fields.remove("heading");
        }
        self.relocate(person, chat, id, location)
    }

    /// Sends a file. Returns the message's id.
    pub(crate) fn share_file(&mut self, person: i64, sent: Sent, around: Around) -> Done<i64> {
        let caption = around.caption.clone();
        if caption.is_some()
            && matches!(
                &sent,
                Sent::Other {
                    kind: FileKind::Sticker | FileKind::VideoNote,
                    ..
                }
            )
        {
            return not_now("this kind has no caption");
        }
        self.may_share(person, &around, std::slice::from_ref(&caption))?;
        let media = self.take_in(sent);
        self.share(person, vec![Extra::Media(media)], &[caption], around)
            .map(|ids| ids.first().copied().unwrap_or_default())
    }

    /// Sends an album: a message of its own for each, with one `media_group_id` and nothing that says how many.
    pub(crate) fn share_album(
        &mut self,
        person: i64,
        sent: Vec<(Sent, Option<String>)>,
        around: Around,
    ) -> Done<Vec<i64>> {
        if !(2..=10).contains(&sent.len()) {
            return not_now("an album has 2 to 10 items");
        }
        let (sent, captions): (Vec<Sent>, Vec<Option<String>>) = sent.into_iter().unzip();
        let documents = sent
            .iter()
            .filter(|sent| {
                matches!(
                    sent,
                    Sent::Other {
                        kind: FileKind::Document,
                        ..
                    }
                )
            })
            .count();
        let pictures = sent
            .iter()
            .filter(|sent| {
                matches!(
                    sent,
                    Sent::Photo(_)
                        | Sent::Other {
                            kind: FileKind::Video,
                            ..
                        }
                )
            })
            .count();
        if documents != sent.len() && pictures != sent.len() {
            return not_now("the app makes albums of photos and videos, or of documents");
        }
        self.may_share(person, &around, &captions)?;
        let media = sent.into_iter().map(|sent| Extra::Media(self.take_in(sent)));
        let media: Vec<Extra> = media.collect();
        self.share(person, media, &captions, around)
    }

    fn take_in(&mut self, sent: Sent) -> Media {
        match sent {
            Sent::Photo(sizes) => self.photo(sizes),
            Sent::Other { kind, content, facts } => self.media(kind, content, &facts),
        }
    }

    fn may_share(&mut self, person: i64, around: &Around, captions: &[Option<String>]) -> Done<i64> {
        let chat = self.open(person, around.chat)?;
        self.there(chat, around.reply_to)?;
        let longest = captions.iter().flatten().map(|caption| caption.chars().count());
        if longest.max().is_some_and(|longest| longest > CAPTION) {
            return not_now("a caption has at most 1024 characters");
        }
        Ok(chat)
    }

    fn share(
        &mut self,
        person: i64,
        extras: Vec<Extra>,
        captions: &[Option<String>],
        around: Around,
    ) -> Done<Vec<i64>> {
        let chat = self.may_share(person, &around, captions)?;
        let origin = match around.forward {
            Some(forward) => Some(self.origin(&forward)?),
            None => None,
        };
        let album = (extras.len() > 1).then(|| self.next_album());
        let captions = captions.iter().cloned().chain(std::iter::repeat(None));
        Ok(extras
            .into_iter()
            .zip(captions)
            .map(|(extra, caption)| {
                let draft = Draft {
                    text: caption
                        .map(|words| Text::written(words.trim()))
                        .unwrap_or_default(),
                    extra: Some(extra),
                    reply_to: around.reply_to,
                    origin: origin.clone(),
                    album: album.clone(),
                };
                self.post(person, chat, draft)
            })
            .collect())
    }

    /// An id that the messages of one album share.
    pub(crate) fn next_album(&mut self) -> String {
        self.albums += 1;
        (FIRST_ALBUM + self.albums).to_string()
    }

    /// A `MessageOrigin`: an hour ago unless it is said.
    fn origin(&self, forward: &Forward) -> Done<Value> {
        let earlier = self.unix() - 3600;
        match forward {
            Forward::Hidden { name, date } => Ok(json!({
                "type": "hidden_user",
                "date": date.unwrap_or(earlier),
                "sender_user_name": name,
            })),
            Forward::Person { id, .. } if !self.people.contains_key(id) => missing("nobody has this id"),
            Forward::Person { id, date } => Ok(json!({
                "type": "user",
                "date": date.unwrap_or(earlier),
                "sender_user": self.user_value(*id),
            })),
        }
    }

    /// His live location, if it is still shared.
    fn live(&mut self, person: i64, chat: Option<i64>, id: i64) -> Done<Value> {
        let chat = self.open(person, chat)?;
        let now = self.unix();
        let message = self.chats.get(&chat).and_then(|chat| chat.message(id));
        let Some(message) = message.filter(|message| message.author == Author::Person(person)) else {
            return missing("no such message of his");
        };
        let Some(Extra::Location(location)) = &message.extra else {
            return missing("this message is no location");
        };
        let Some(period) = location["live_period"].as_i64() else {
            return not_now("this location is not live");
        };
        if period != WITHOUT_END && message.date + period <= now {
            return not_now("the time of this live location is over");
        }
        Ok(location.clone())
    }

    fn relocate(&mut self, person: i64, chat: Option<i64>, id: i64, location: Value) -> Done<()> {
        let chat_id = self.open(person, chat)?;
        let (date, at) = (self.unix(), self.ms());
        let message = self.chats.get_mut(&chat_id).and_then(|chat| chat.message_mut(id));
        let Some(message) = message else {
            return missing("no such message of his");
        };
        message.extra = Some(Extra::Location(location));
        message.edits += 1;
        message.edit_date = Some(date);
        message.edited_at = Some(at);
        self.tell(chat_id, id, "edited_message");
        Ok(())
    }
}

/// Refuses what no phone would send.
fn place(location: &Value) -> Done<()> {
    let within = |name: &str, range: RangeInclusive<f64>| match &location[name] {
        Value::Null => true,
        value => value.as_f64().is_some_and(|value| range.contains(&value)),
    };
    let there = location["latitude"].is_number() && location["longitude"].is_number();
    if !there || !within("latitude", -90.0..=90.0) || !within("longitude", -180.0..=180.0) {
        return not_now("there is no such place on earth");
    }
    if !within("horizontal_accuracy", 0.0..=1500.0) {
        return not_now("an accuracy is 0 to 1500 m");
    }
    if !within("heading", 1.0..=360.0) {
        return not_now("a heading is 1 to 360 degrees");
    }
    Ok(())
}
