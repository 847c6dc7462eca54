//! Files on the service's side: their bytes, their ids, and the paths from which they are downloaded.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

/// A link to a file works for this long after `getFile`.
const LINK: Duration = Duration::from_hours(1);

/// What a message calls its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Photo,
    Document,
    Voice,
    Sticker,
    Video,
    VideoNote,
}

impl FileKind {
    /// The message's field.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Document => "document",
            Self::Voice => "voice",
            Self::Sticker => "sticker",
            Self::Video => "video",
            Self::VideoNote => "video_note",
        }
    }

    /// How the service names the kind in a refusal.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Photo => "Photo",
            Self::Document => "Document",
            Self::Voice => "VoiceNote",
            Self::Sticker => "Sticker",
            Self::Video => "Video",
            Self::VideoNote => "VideoNote",
        }
    }

    /// How file ids of this kind begin, its folder, and the ending of a file without a name.
    fn marks(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Photo => ("AgACAgUAAxkBAA", "photos", "jpg"),
            Self::Document => ("BQACAgUAAxkBAA", "documents", "bin"),
            Self::Voice => ("AwACAgUAAxkBAA", "voice", "oga"),
            Self::Sticker => ("CAACAgUAAxkBAA", "stickers", "webp"),
            Self::Video => ("BAACAgUAAxkBAA", "videos", "mp4"),
            Self::VideoNote => ("DQACAgUAAxkBAA", "video_notes", "mp4"),
        }
    }
}

/// What someone uploads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    pub(crate) bytes: Bytes,
    /// Bytes that the file says it has; more than there are for one that is too big to be downloaded anyway.
    pub(crate) size: u64,
    pub(crate) name: Option<String>,
    pub(crate) mime: Option<String>,
}

impl Content {
    pub(crate) fn of(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self {
            size: bytes.len().try_into().unwrap_or(u64::MAX),
            bytes,
            name: None,
            mime: None,
        }
    }
}

/// A file that the service knows by an id of one message.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) id: String,
    /// The same for the same bytes, whoever sends them.
    pub(crate) unique_id: String,
    pub(crate) kind: FileKind,
    pub(crate) content: Content,
    number: u64,
    linked: Option<Instant>,
}

/// Newest last; the oldest go when there are too many bytes.
#[derive(Default)]
pub(crate) struct Files {
    order: VecDeque<String>,
    by_id: HashMap<String, File>,
    by_path: HashMap<String, String>,
    last: u64,
    weight: usize,
}

impl Files {
    /// Takes a file in and lets the oldest go beyond `most` bytes.
    pub(crate) fn add(&mut self, kind: FileKind, content: Content, most: usize) -> File {
        self.last += 1;
        let number = self.last;
        let unique_id = unique_id(kind, &content);
        let mark = Sha256::digest(format!("{number} {unique_id}"));
        let id = format!("{}{}", kind.marks().0, URL_SAFE_NO_PAD.encode(&mark[..30]));
        let file = File {
            id: id.clone(),
            unique_id,
            kind,
            content,
            number,
            linked: None,
        };
        self.weight += file.content.bytes.len();
        self.order.push_back(id.clone());
        self.by_id.insert(id.clone(), file.clone());
        while self.weight > most
            && let Some(oldest) = self.order.front().filter(|oldest| **oldest != id).cloned()
        {
            self.forget(&oldest);
        }
        file
    }

    pub(crate) fn get(&self, id: &str) -> Option<&File> {
        self.by_id.get(id)
    }

    /// Opens the link to a file, for an hour.
    pub(crate) fn link(&mut self, id: &str, now: Instant) -> Option<String> {
        let file = self.by_id.get_mut(id)?;
        file.linked = Some(now);
        let path = path(file);
        self.by_path.insert(path.clone(), id.to_owned());
        Some(path)
    }

    /// The file behind a link that still works.
    pub(crate) fn at(&self, path: &str, now: Instant) -> Option<&File> {
        let file = self.by_id.get(self.by_path.get(path)?)?;
        file.linked
            .is_some_and(|since| now - since <= LINK)
            .then_some(file)
    }

    /// The service no longer knows this id.
    pub(crate) fn forget(&mut self, id: &str) -> bool {
        let Some(file) = self.by_id.remove(id) else {
            return false;
        };
        self.weight = self.weight.saturating_sub(file.content.bytes.len());
        self.by_path.remove(&path(&file));
        self.order.retain(|kept| kept != id);
        true
    }

    /// Forgets everything; numbers run on, so that no old id comes back.
    pub(crate) fn clear(&mut self) {
        self.order.clear();
        self.by_id.clear();
        self.by_path.clear();
        self.weight = 0;
    }
}

fn path(file: &File) -> String {
    let (_, folder, ending) = file.kind.marks();
    let named = file
        .content
        .name
        .as_deref()
        .and_then(|name| name.rsplit_once('.'));
    let ending = named.map_or(ending, |(_, ending)| ending);
    let sound = (1..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    let ending = if sound { ending } else { "bin" };
    format!("{folder}/file_{}.{ending}", file.number)
}

fn unique_id(kind: FileKind, content: &Content) -> String {
    let mut hash = Sha256::new();
    hash.update(&content.bytes);
    let whole = content.size == u64::try_from(content.bytes.len()).unwrap_or(u64::MAX);
    if !whole {
        hash.update(format!("{} {:?}", content.size, content.name));
    }
    let begin = if kind == FileKind::Photo { "AQAD" } else { "AgAD" };
    format!("{begin}{}", URL_SAFE_NO_PAD.encode(&hash.finalize()[..9]))
}
