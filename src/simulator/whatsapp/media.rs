//! Files at the service: what people sent and what the business uploaded, with ids and addresses that end.

use std::collections::VecDeque;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use sha2::{Digest, Sha256};

/// An address of a file works for this long, in seconds.
const ADDRESS: i64 = 5 * 60;
/// Ids in webhooks, and ids of uploads, live for this long, in seconds.
const RECEIVED: i64 = 7 * 24 * 3600;
const UPLOADED: i64 = 30 * 24 * 3600;

/// The kinds of files that the service takes, by what they are sent as, with the most bytes.
const TAKEN: [(&str, &[&str], usize); 5] = [
    ("image", &["image/jpeg", "image/png"], 5 << 20),
    (
        "audio",
        &["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
        16 << 20,
    ),
    ("video", &["video/mp4", "video/3gpp"], 16 << 20),
    ("sticker", &["image/webp"], 500 << 10),
    (
        "document",
        &[
            "text/plain",
            "application/pdf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "image/jpeg",
            "image/png",
        ],
        100 << 20,
    ),
];

/// One file.
#[derive(Clone, Debug)]
pub(crate) struct MediaFile {
    pub(crate) id: String,
    pub(crate) mime: String,
    pub(crate) bytes: Bytes,
    /// In base64, as webhooks tell it.
    pub(crate) sha256: String,
    pub(crate) from_business: bool,
    since: i64,
    /// Bytes that it says it has, where it is too big to be here.
    pub(crate) size: usize,
}

impl MediaFile {
    /// Whether it may be sent as this kind of message.
    pub(crate) fn fits(&self, kind: &str) -> bool {
        let bare = bare(&self.mime);
        let mut taken = TAKEN.iter();
        taken.any(|(name, mimes, most)| *name == kind && mimes.contains(&bare) && self.bytes.len() <= *most)
    }

    fn is_alive(&self, now: i64) -> bool {
        let life = if self.from_business { UPLOADED } else { RECEIVED };
        now - self.since <= life
    }

    /// What proves that an address was given out.
    fn mark(&self, until: i64) -> String {
        URL_SAFE_NO_PAD.encode(&Sha256::digest(format!("{} {until} {}", self.id, self.sha256))[..18])
    }
}

/// Whether the service takes an upload of this kind and size as anything.
pub(crate) fn is_taken(mime: &str, size: usize) -> bool {
    let bare = bare(mime);
    let mut taken = TAKEN.iter();
    taken.any(|(_, mimes, most)| mimes.contains(&bare) && size <= *most)
}

fn bare(mime: &str) -> &str {
    mime.split(';').next().unwrap_or_default().trim()
}

/// Newest last; the oldest go when there are too many bytes.
#[derive(Default)]
pub(crate) struct MediaFiles {
    files: VecDeque<MediaFile>,
    weight: usize,
}

impl MediaFiles {
    pub(crate) fn add(&mut self, file: MediaFile, most: usize) {
        self.weight += file.bytes.len();
        self.files.push_back(file);
        while self.weight > most && self.files.len() > 1 {
            let gone = self.files.pop_front();
            self.weight -= gone.map_or(0, |file| file.bytes.len());
        }
    }

    /// A file with an id that still lives.
    pub(crate) fn get(&self, id: &str, now: i64) -> Option<&MediaFile> {
        let file = self.files.iter().find(|file| file.id == id)?;
        file.is_alive(now).then_some(file)
    }

    /// An upload of the business.
    pub(crate) fn uploaded(&self, id: &str, now: i64) -> Option<&MediaFile> {
        self.get(id, now).filter(|file| file.from_business)
    }

    /// The path and query at which a file can be had for five minutes.
    pub(crate) fn address(&self, id: &str, now: i64) -> Option<String> {
        let file = self.get(id, now)?;
        let until = now + ADDRESS;
        let mark = file.mark(until);
        Some(format!(
            "/whatsapp_business/attachments/?mid={id}&source=getMedia&ext={until}&hash={mark}"
        ))
    }

    /// The file behind an address that still works.
    pub(crate) fn at(&self, id: &str, until: i64, mark: &str, now: i64) -> Option<&MediaFile> {
        let file = self.get(id, now)?;
        (now <= until && file.mark(until) == mark).then_some(file)
    }

    pub(crate) fn forget(&mut self, id: &str) -> bool {
        let before = self.files.len();
        self.files.retain(|file| file.id != id);
        before > self.files.len()
    }
}

/// A file with its digest; `size` may be more than there are bytes.
pub(crate) fn file(id: String, mime: &str, bytes: Bytes, from_business: bool, since: i64) -> MediaFile {
    MediaFile {
        id,
        mime: mime.to_owned(),
        sha256: STANDARD.encode(Sha256::digest(&bytes)),
        size: bytes.len(),
        bytes,
        from_business,
        since,
    }
}
