//! People share places and files over the control API.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::simulator::Simulator;
use crate::simulator::control::{Answer, Problem};
use crate::simulator::files::{Content, FileKind};
use crate::simulator::media::mime_of;
use crate::simulator::picture;
use crate::simulator::sharing::{Around, Forward, Sent};
use crate::simulator::signal::Badness;

type Sim = State<Arc<Simulator>>;
type Id = Path<i64>;

#[derive(Deserialize)]
pub(super) struct Location {
    latitude: f64,
    longitude: f64,
    #[serde(default)]
    horizontal_accuracy: Option<f64>,
    #[serde(default)]
    live_period: Option<i64>,
    /// Degrees; for live ones.
    #[serde(default)]
    heading: Option<i64>,
    /// With these the place has a name and is no position of the phone.
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    address: Option<String>,
    #[serde(flatten)]
    with: With,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Live {
    message_id: i64,
    #[serde(default)]
    chat_id: Option<i64>,
    #[serde(default)]
    latitude: f64,
    #[serde(default)]
    longitude: f64,
    #[serde(default)]
    horizontal_accuracy: Option<f64>,
    #[serde(default)]
    heading: Option<i64>,
}

/// Where and how something is shared.
#[derive(Default, Deserialize)]
struct With {
    #[serde(default)]
    chat_id: Option<i64>,
    /// A message of the chat.
    #[serde(default)]
    reply_to: Option<i64>,
    /// The person who wrote it first.
    #[serde(default)]
    forwarded_from: Option<i64>,
    /// The name of someone who hides his account.
    #[serde(default)]
    forwarded_name: Option<String>,
    /// When it was written first, in seconds since 1970; an hour ago when it is not said.
    #[serde(default)]
    forwarded_date: Option<i64>,
}

impl With {
    fn around(self, caption: Option<String>) -> Around {
        let date = self.forwarded_date;
        let forward = match (self.forwarded_from, self.forwarded_name) {
            (Some(id), _) => Some(Forward::Person { id, date }),
            (None, Some(name)) => Some(Forward::Hidden { name, date }),
            (None, None) => None,
        };
        Around {
            chat: self.chat_id,
            reply_to: self.reply_to,
            caption,
            forward,
        }
    }
}

/// One file. Its bytes are given, or made: a picture of a number, or as many as a size says.
#[derive(Deserialize)]
pub(super) struct Item {
    /// `photo`, `document`, `voice`, `sticker`, `video` or `video_note`.
    kind: String,
    #[serde(default)]
    base64: Option<String>,
    /// Makes a picture: the same number, the same bytes.
    #[serde(default)]
    seed: Option<u64>,
    /// The bytes that the file says it has; they need not be given for one that is too big to be fetched.
    #[serde(default)]
    size: Option<u64>,
    #[serde(default)]
    file_name: Option<String>,
    #[serde(default)]
    mime_type: Option<String>,
    /// Seconds of a voice note or a video.
    #[serde(default)]
    duration: Option<u64>,
    #[serde(default)]
    caption: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct OneFile {
    #[serde(flatten)]
    file: Item,
    #[serde(flatten)]
    with: With,
}

#[derive(Deserialize)]
pub(super) struct Album {
    items: Vec<Item>,
    #[serde(flatten)]
    with: With,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Forget {
    /// All when none is said.
    #[serde(default)]
    file_id: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    id: String,
}

pub(super) async fn location(State(sim): Sim, Path(id): Id, Json(location): Json<Location>) -> Answer {
    let mut value = json!({"latitude": location.latitude, "longitude": location.longitude});
    put(&mut value, "horizontal_accuracy", location.horizontal_accuracy);
    put(&mut value, "live_period", location.live_period);
    put(&mut value, "heading", location.heading);
    let around = location.with.around(None);
    let message = match location.title {
        None => sim.world().share_location(id, value, around)?,
        Some(title) => {
            let address = location.address.unwrap_or_default();
            let venue = json!({"location": value, "title": title, "address": address});
            sim.world().share_venue(id, venue, around)?
        }
    };
    Ok(Json(json!({"message_id": message})))
}

pub(super) async fn move_location(State(sim): Sim, Path(id): Id, Json(live): Json<Live>) -> Answer {
    let mut value = json!({"latitude": live.latitude, "longitude": live.longitude});
    put(&mut value, "horizontal_accuracy", live.horizontal_accuracy);
    put(&mut value, "heading", live.heading);
    sim.world()
        .move_location(id, live.chat_id, live.message_id, value)?;
    Ok(Json(json!({"message_id": live.message_id})))
}

pub(super) async fn stop_location(State(sim): Sim, Path(id): Id, Json(live): Json<Live>) -> Answer {
    sim.world().stop_location(id, live.chat_id, live.message_id)?;
    Ok(Json(json!({"message_id": live.message_id})))
}

pub(super) async fn file(State(sim): Sim, Path(id): Id, Json(file): Json<OneFile>) -> Answer {
    let (sent, caption) = read(file.file).await?;
    let around = file.with.around(caption);
    let message = sim.world().share_file(id, sent, around)?;
    Ok(Json(json!({"message_id": message})))
}

pub(super) async fn album(State(sim): Sim, Path(id): Id, Json(album): Json<Album>) -> Answer {
    let mut items = Vec::with_capacity(album.items.len());
    for item in album.items {
        items.push(read(item).await?);
    }
    let around = album.with.around(None);
    let messages = sim.world().share_album(id, items, around)?;
    Ok(Json(json!({"message_ids": messages})))
}

/// A file's bytes for whoever plays or tests, on the id that a message shows.
pub(super) async fn content(State(sim): Sim, Query(wanted): Query<Wanted>) -> Result<Response, Problem> {
    let (bytes, about) = sim
        .file(&wanted.id)
        .ok_or_else(|| Problem::missing("no such file"))?;
    // A page of someone's making must not run here: pictures are shown, everything else is saved.
    let kind = image_kind(&bytes).unwrap_or("application/octet-stream");
    let name = about["file_name"].as_str().unwrap_or("berkas");
    let name: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._- ".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let how = if kind == "application/octet-stream" {
        "attachment"
    } else {
        "inline"
    };
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("{how}; filename=\"{name}\"")),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// The service no longer knows a file id, or any of them.
pub(super) async fn forget(State(sim): Sim, Json(forget): Json<Forget>) -> Answer {
    let mut world = sim.world();
    match forget.file_id {
        None => world.files.clear(),
        Some(id) if world.files.forget(&id) => {}
        Some(_) => return Err(Problem::missing("no such file")),
    }
    Ok(Json(json!({})))
}

pub(super) async fn bad_signal(State(sim): Sim, Path(id): Id, Json(how): Json<Badness>) -> Answer {
    sim.world().set_signal(id, Some(how))?;
    Ok(Json(json!({})))
}

pub(super) async fn good_signal(State(sim): Sim, Path(id): Id) -> Answer {
    sim.world().set_signal(id, None)?;
    Ok(Json(json!({})))
}

async fn read(file: Item) -> Result<(Sent, Option<String>), Problem> {
    // Pictures take long enough to keep others waiting.
    tokio::task::spawn_blocking(|| sent(file))
        .await
        .map_err(|_| Problem::bad("this file cannot be read"))?
}

fn sent(file: Item) -> Result<(Sent, Option<String>), Problem> {
    let bytes = match (file.base64, file.seed) {
        (Some(text), _) => STANDARD
            .decode(text)
            .map_err(|_| Problem::bad("base64 is not readable"))?,
        (None, Some(seed)) => picture::jpeg(seed),
        (None, None) if file.size.is_some() => Vec::new(),
        (None, None) => picture::jpeg(0),
    };
    if file.kind == "photo" {
        return Ok((Sent::Photo(picture::sizes(bytes)), file.caption));
    }
    let seconds = file.duration.unwrap_or(3);
    let (kind, name, mime, facts) = match file.kind.as_str() {
        "document" => {
            let name = file.file_name.clone().unwrap_or_else(|| "berkas.pdf".to_owned());
            let mime = mime_of(&name);
            (FileKind::Document, Some(name), mime, json!({}))
        }
        "voice" => (FileKind::Voice, None, "audio/ogg", json!({"duration": seconds})),
        "video" => {
            let facts = json!({"width": 1280, "height": 720, "duration": seconds});
            (FileKind::Video, Some("video.mp4".to_owned()), "video/mp4", facts)
        }
        "video_note" => {
            let facts = json!({"length": 240, "duration": seconds});
            (FileKind::VideoNote, None, "video/mp4", facts)
        }
        "sticker" => {
            let facts = json!({
                "type": "regular", "width": 512, "height": 512, "is_animated": false, "is_video": false,
                "emoji": "👍", "set_name": "TanggapDemo",
            });
            (FileKind::Sticker, None, "image/webp", facts)
        }
        other => return Err(Problem::bad(format!("nobody sends a {other}"))),
    };
    let mut content = Content::of(bytes);
    content.size = file.size.unwrap_or(content.size);
    content.name = file.file_name.or(name);
    content.mime = Some(file.mime_type.unwrap_or_else(|| mime.to_owned()));
    let sent = Sent::Other { kind, content, facts };
    Ok((sent, file.caption))
}

fn image_kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

fn put(value: &mut Value, name: &str, field: Option<impl Into<Value>>) {
    if let Some(field) = field {
        value[name] = field.into();
    }
}
