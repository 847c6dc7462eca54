//! Customers' deeds over the control API.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::simulator::Simulator;
use crate::simulator::control::{Answer, Problem};
use crate::simulator::picture;
use crate::simulator::whatsapp::acts::{Forwarded, Pressed, Saying, Sharing};
use crate::simulator::whatsapp::person::NewCustomer;

type Sim = State<Arc<Simulator>>;
type Id = Path<i64>;

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum People {
    Many(Vec<NewCustomer>),
    One(NewCustomer),
}

pub(super) async fn add(State(sim): Sim, Json(people): Json<People>) -> Answer {
    let people = match people {
        People::Many(people) => people,
        People::One(person) => vec![person],
    };
    let mut world = sim.world();
    let ids = people
        .into_iter()
        .map(|person| world.add_customer(&person))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Json(json!({"people": ids})))
}

/// What any message may have besides its content.
#[derive(Default, Deserialize)]
struct How {
    #[serde(default)]
    reply_to: Option<String>,
    #[serde(default)]
    forwarded: Option<Forwarded>,
    /// Sent so many seconds ago.
    #[serde(default)]
    ago: i64,
}

impl How {
    fn saying(self, kind: &str, wire: Value, shown: Value) -> Saying {
        Saying {
            kind: kind.to_owned(),
            wire,
            shown,
            beside: Value::Null,
            reply_to: self.reply_to,
            forwarded: self.forwarded,
            ago: self.ago,
        }
    }
}

fn sent(id: String) -> Json<Value> {
    Json(json!({"message_id": id}))
}

#[derive(Deserialize)]
pub(super) struct Write {
    text: String,
    #[serde(flatten)]
    how: How,
}

pub(super) async fn text(State(sim): Sim, Path(id): Id, Json(write): Json<Write>) -> Answer {
    let text = &write.text;
    if text.is_empty() || text.chars().count() > 65_536 {
        return Err(Problem::bad("a text has 1 to 65536 characters"));
    }
    let saying = write
        .how
        .saying("text", json!({"body": text}), json!({"text": text}));
    Ok(sent(sim.world().say(id, saying)?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Press {
    message_id: String,
    #[serde(default)]
    id: Option<String>,
    /// The title, or a part of it.
    #[serde(default)]
    title: Option<String>,
    /// An id that need not be on any message.
    #[serde(default)]
    forged: Option<String>,
}

pub(super) async fn press(State(sim): Sim, Path(id): Id, Json(press): Json<Press>) -> Answer {
    let pressed = match (&press.id, &press.title, &press.forged) {
        (Some(id), None, None) => Pressed::Id(id),
        (None, Some(title), None) => Pressed::Title(title),
        (None, title, Some(id)) => Pressed::Forged {
            id,
            title: title.as_deref().unwrap_or("Ya"),
        },
        _ => return Err(Problem::bad("say one of id, title, forged")),
    };
    Ok(sent(sim.world().press(id, &press.message_id, &pressed)?))
}

#[derive(Deserialize)]
pub(super) struct Place {
    latitude: f64,
    longitude: f64,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    address: Option<String>,
    #[serde(flatten)]
    how: How,
}

pub(super) async fn location(State(sim): Sim, Path(id): Id, Json(place): Json<Place>) -> Answer {
    let mut wire = json!({"latitude": place.latitude, "longitude": place.longitude});
    for (field, value) in [("name", &place.name), ("address", &place.address)] {
        if let Some(value) = value {
            wire[field] = json!(value);
        }
    }
    let saying = place.how.saying("location", wire.clone(), wire);
    Ok(sent(sim.world().say(id, saying)?))
}

/// A file: bytes in base64, or a picture of a number.
#[derive(Deserialize)]
pub(super) struct File {
    /// `image`, `video`, `audio`, `voice`, `document` or `sticker`.
    kind: String,
    #[serde(default)]
    base64: Option<String>,
    #[serde(default)]
    seed: Option<u64>,
    #[serde(default)]
    mime_type: Option<String>,
    #[serde(default)]
    caption: Option<String>,
    #[serde(default)]
    filename: Option<String>,
    /// Claims to have so many bytes.
    #[serde(default)]
    size: Option<usize>,
    #[serde(flatten)]
    how: How,
}

pub(super) async fn file(State(sim): Sim, Path(id): Id, Json(file): Json<File>) -> Answer {
    let bytes = match (&file.base64, file.seed) {
        (Some(text), _) => STANDARD
            .decode(text)
            .map_err(|_| Problem::bad("the bytes are not base64"))?,
        (None, Some(seed)) => picture::jpeg(seed),
        (None, None) => b"a file of no use".to_vec(),
    };
    let (kind, mime) = match file.kind.as_str() {
        "image" => ("image", "image/jpeg"),
        "video" => ("video", "video/mp4"),
        "audio" => ("audio", "audio/mpeg"),
        "voice" => ("audio", "audio/ogg; codecs=opus"),
        "document" => ("document", "application/pdf"),
        "sticker" => ("sticker", "image/webp"),
        _ => return Err(Problem::bad("no such kind of file")),
    };
    let sharing = Sharing {
        kind,
        mime: file.mime_type.unwrap_or_else(|| mime.to_owned()),
        bytes: bytes.into(),
        size: file.size,
        caption: file.caption,
        name: file.filename,
        voice: file.kind == "voice",
    };
    let saying = file.how.saying(kind, Value::Null, Value::Null);
    Ok(sent(sim.world().share_media(id, sharing, saying)?))
}

/// Cards of the address book; without any, one's own, as the answer to a request for it.
#[derive(Default, Deserialize)]
pub(super) struct Cards {
    #[serde(default)]
    contacts: Option<Value>,
}

pub(super) async fn contacts(State(sim): Sim, Path(id): Id, Json(cards): Json<Cards>) -> Answer {
    let mut world = sim.world();
    let own = world
        .cloud
        .people
        .get(&id)
        .map(|person| {
            let (name, phone) = (&person.is.name, &person.is.phone);
            json!([{
                "name": {"formatted_name": name, "first_name": name},
                "phones": [{"phone": format!("+{phone}"), "wa_id": phone, "type": "CELL"}],
                "origin": "contact_request",
            }])
        })
        .ok_or_else(|| Problem::missing("nobody has this id"))?;
    let wire = cards.contacts.unwrap_or(own);
    let saying = How::default().saying("contacts", wire.clone(), json!({"contacts": wire}));
    Ok(sent(world.say(id, saying)?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reaction {
    message_id: String,
    #[serde(default)]
    emoji: Option<String>,
}

pub(super) async fn react(State(sim): Sim, Path(id): Id, Json(reaction): Json<Reaction>) -> Answer {
    Ok(sent(sim.world().react(
        id,
        &reaction.message_id,
        reaction.emoji,
    )?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rewrite {
    message_id: String,
    text: String,
}

pub(super) async fn edit(State(sim): Sim, Path(id): Id, Json(new): Json<Rewrite>) -> Answer {
    Ok(sent(sim.world().change(id, &new.message_id, Some(&new.text))?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Revoke {
    message_id: String,
}

pub(super) async fn revoke(State(sim): Sim, Path(id): Id, Json(gone): Json<Revoke>) -> Answer {
    Ok(sent(sim.world().change(id, &gone.message_id, None)?))
}

/// A message of any type: `unsupported`, `order`, or one that nobody has heard of.
#[derive(Deserialize)]
pub(super) struct Other {
    #[serde(rename = "type")]
    kind: String,
    /// The field of the type's name.
    #[serde(default)]
    content: Value,
    /// Fields beside it.
    #[serde(default)]
    beside: Value,
    #[serde(flatten)]
    how: How,
}

pub(super) async fn other(State(sim): Sim, Path(id): Id, Json(other): Json<Other>) -> Answer {
    let mut saying = other
        .how
        .saying(&other.kind, other.content, json!({"text": null}));
    saying.beside = other.beside;
    if saying.kind == "unsupported" && saying.beside.is_null() {
        saying.beside = json!({"errors": [{
            "code": 131_051, "title": "Message type unknown", "message": "Message type unknown",
            "error_data": {"details": "Message type is currently not supported."},
        }]});
    }
    Ok(sent(sim.world().say(id, saying)?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Number {
    phone: String,
}

pub(super) async fn number(State(sim): Sim, Path(id): Id, Json(new): Json<Number>) -> Answer {
    sim.world().change_number(id, &new.phone)?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Identity {
    user_id: String,
}

pub(super) async fn user_id(State(sim): Sim, Path(id): Id, Json(new): Json<Identity>) -> Answer {
    sim.world().change_user_id(id, &new.user_id)?;
    Ok(Json(json!({})))
}

pub(super) async fn read(State(sim): Sim, Path(id): Id) -> Answer {
    sim.world().read_all(id)?;
    Ok(Json(json!({})))
}

/// Switches of a person's phone; what is not said stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Switches {
    #[serde(default)]
    offline: Option<bool>,
    #[serde(default)]
    reads: Option<bool>,
    #[serde(default)]
    unreachable: Option<bool>,
    #[serde(default)]
    hides_phone: Option<bool>,
}

pub(super) async fn phone(State(sim): Sim, Path(id): Id, Json(switches): Json<Switches>) -> Answer {
    let mut world = sim.world();
    let person = world
        .cloud
        .people
        .get_mut(&id)
        .ok_or_else(|| Problem::missing("nobody has this id"))?;
    let is = &mut person.is;
    is.offline = switches.offline.unwrap_or(is.offline);
    is.reads = switches.reads.unwrap_or(is.reads);
    is.unreachable = switches.unreachable.unwrap_or(is.unreachable);
    is.hides_phone = switches.hides_phone.unwrap_or(is.hides_phone);
    world.arrive(id);
    world.changed("customer", Some(id));
    Ok(Json(json!({})))
}
