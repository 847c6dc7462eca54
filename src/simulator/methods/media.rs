//! Sending files: documents and photos, one by one and as albums, uploaded or by the id of an earlier one.

use serde_json::{Map, Value, json};

use crate::simulator::chat::{Extra, Text};
use crate::simulator::check::{Params, Shape, Upload, fields};
use crate::simulator::files::{Content, FileKind};
use crate::simulator::media::{Media, mime_of};
use crate::simulator::picture::{self, Size};
use crate::simulator::refusal::Refusal;
use crate::simulator::world::World;

/// A bot uploads documents of at most this many bytes.
const LARGEST: usize = 50 << 20;
/// And photos of this many, with sides of together this many pixels, and one not this much longer than the other.
const LARGEST_PHOTO: usize = 10 << 20;
const SIDES: u32 = 10_000;
const RATIO: u32 = 20;

const WRONG_FILE: &str = "wrong file identifier/HTTP URL specified";

const INPUT_MEDIA: [(&str, Shape); 8] = [
    ("type", Shape::Text),
    ("media", Shape::Text),
    ("caption", Shape::Text),
    ("parse_mode", Shape::Text),
    ("caption_entities", Shape::Array),
    ("disable_content_type_detection", Shape::Boolean),
    ("thumbnail", Shape::NotPlayed),
    ("show_caption_above_media", Shape::NotPlayed),
];

/// A file that passed, not yet kept: nothing is before the call is sure to be carried out.
enum Found {
    Photo(Vec<Size>),
    Document(Content),
}

impl World {
    pub(crate) fn send_document(&mut self, params: &Params) -> Result<Value, Refusal> {
        self.send_file("sendDocument", FileKind::Document, params)
    }

    pub(crate) fn send_photo(&mut self, params: &Params) -> Result<Value, Refusal> {
        self.send_file("sendPhoto", FileKind::Photo, params)
    }

    fn send_file(&mut self, method: &str, kind: FileKind, params: &Params) -> Result<Value, Refusal> {
        let caption = self.read_caption(method, params.chat_id(), |name| params.get(name))?;
        let envelope = self.envelope(params)?;
        let named = params.text(kind.field()).unwrap_or_default();
        let found = self.find(kind, named, params)?;
        self.pace(method, envelope.chat, 1)?;
        let media = self.take(found);
        self.put(envelope, caption, Some(Extra::Media(media)), None)
    }

    pub(crate) fn send_media_group(&mut self, params: &Params) -> Result<Value, Refusal> {
        let items = params.get("media").and_then(Value::as_array);
        let items = items.map(Vec::as_slice).unwrap_or_default();
        if items.len() > 10 {
            return Err(Refusal::broken("album", "too many messages to send as an album"));
        }
        if items.len() < 2 {
            return Err(Refusal::broken("album", "simulator: an album has 2 to 10 items"));
        }
        let envelope = self.envelope(params)?;
        let mut found = Vec::with_capacity(items.len());
        let mut kinds = Vec::with_capacity(items.len());
        for item in items {
            let (kind, caption, file) = self.item(item, params)?;
            kinds.push(kind);
            found.push((caption, file));
        }
        if kinds.iter().any(|kind| Some(kind) != kinds.first()) {
            return Err(Refusal::broken(
                "album",
                "document can't be mixed with other media types",
            ));
        }
        let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
        self.pace("sendMediaGroup", envelope.chat, count)?;
        let album = self.next_album();
        let mut sent = Vec::with_capacity(found.len());
        for (caption, file) in found {
            let media = Extra::Media(self.take(file));
            sent.push(self.put(envelope.clone(), caption, Some(media), Some(album.clone()))?);
        }
        Ok(json!(sent))
    }

    fn item(&mut self, item: &Value, params: &Params) -> Result<(FileKind, Text, Found), Refusal> {
        let wrong = |why: &str| Refusal::broken("album", format!("can't parse InputMedia: {why}"));
        let object: &Map<String, Value> = item.as_object().ok_or_else(|| wrong("expected an Object"))?;
        fields("InputMedia", object, &INPUT_MEDIA)?;
        let kind = match item["type"].as_str() {
            Some("photo") => FileKind::Photo,
            Some("document") => FileKind::Document,
            Some("video" | "audio" | "live_photo") => {
                return Err(Refusal::broken(
                    "not_played",
                    "simulator: only photos and documents are simulated in albums",
                ));
            }
            _ => return Err(wrong("type is invalid or missing")),
        };
        let caption = self.read_caption("sendMediaGroup", params.chat_id(), |name| object.get(name))?;
        let named = item["media"].as_str().unwrap_or_default();
        Ok((kind, caption, self.find(kind, named, params)?))
    }

    /// The file that a call means: one that it attaches, or one that the service knows.
    fn find(&self, kind: FileKind, named: &str, params: &Params) -> Result<Found, Refusal> {
        if let Some(upload) = params.attached(named) {
            return uploaded(kind, upload?);
        }
        if named.contains("://") {
            return Err(Refusal::broken(
                "not_played",
                "simulator: the service fetches nothing from an address here",
            ));
        }
        // A sound bot may hold an id that the service has forgotten.
        let file = self.files.get(named).ok_or_else(|| Refusal::bad(WRONG_FILE))?;
        if file.kind != kind {
            return Err(Refusal::broken(
                "upload",
                format!("can't use file of type {} as {}", file.kind.name(), kind.name()),
            ));
        }
        Ok(match kind {
            FileKind::Photo => Found::Photo(picture::sizes(file.content.bytes.to_vec())),
            _ => Found::Document(file.content.clone()),
        })
    }

    fn take(&mut self, found: Found) -> Media {
        match found {
            Found::Photo(sizes) => self.photo(sizes),
            Found::Document(content) => self.media(FileKind::Document, content, &Value::Null),
        }
    }
}

fn uploaded(kind: FileKind, upload: &Upload) -> Result<Found, Refusal> {
    let size = upload.bytes.len();
    if size == 0 {
        return Err(Refusal::broken("upload", "file must be non-empty"));
    }
    if kind == FileKind::Photo {
        if size > LARGEST_PHOTO {
            return Err(Refusal::broken(
                "upload",
                format!(
                    "file of size {size} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes"
                ),
            ));
        }
        let Some((width, height)) = picture::dimensions(&upload.bytes) else {
            return Err(Refusal::broken("upload", "IMAGE_PROCESS_FAILED"));
        };
        let (long, short) = (width.max(height), width.min(height));
        if width.saturating_add(height) > SIDES || long > short.saturating_mul(RATIO) {
            return Err(Refusal::broken("upload", "PHOTO_INVALID_DIMENSIONS"));
        }
        return Ok(Found::Photo(picture::sizes(upload.bytes.to_vec())));
    }
    if size > LARGEST {
        return Err(Refusal {
            violation: Some("too_large"),
            ..Refusal::new(413, "Request Entity Too Large")
        });
    }
    let name = upload.name.clone().unwrap_or_else(|| "document".to_owned());
    let mime = upload.mime.clone().filter(|mime| mime.contains('/'));
    let mut content = Content::of(upload.bytes.clone());
    content.mime = Some(mime.unwrap_or_else(|| mime_of(&name).to_owned()));
    content.name = Some(name);
    Ok(Found::Document(content))
}
