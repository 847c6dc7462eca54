//! Files in messages, in the service's own shapes: `PhotoSize`, `Document`, `Voice` and their like.

use serde_json::{Value, json};

use crate::simulator::files::{Content, File, FileKind};
use crate::simulator::picture::Size;
use crate::simulator::world::World;

/// What a message holds besides words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Media {
    pub(crate) kind: FileKind,
    /// The message's field: an array of sizes for a photo, an object for everything else.
    pub(crate) value: Value,
}

impl World {
    /// A photo in its sizes, smallest first, each with ids of its own.
    pub(crate) fn photo(&mut self, sizes: Vec<Size>) -> Media {
        let value = sizes
            .into_iter()
            .map(|size| {
                let file = self.keep(FileKind::Photo, Content::of(size.bytes));
                let mut value = ids(&file);
                value["width"] = json!(size.width);
                value["height"] = json!(size.height);
                value
            })
            .collect();
        Media {
            kind: FileKind::Photo,
            value,
        }
    }

    /// A file of another kind; `facts` are the fields that only this kind has.
    pub(crate) fn media(&mut self, kind: FileKind, content: Content, facts: &Value) -> Media {
        let file = self.keep(kind, content);
        let mut value = ids(&file);
        if let Some(name) = &file.content.name
            && matches!(kind, FileKind::Document | FileKind::Video)
        {
            value["file_name"] = json!(name);
        }
        if let Some(mime) = &file.content.mime
            && !matches!(kind, FileKind::Sticker | FileKind::VideoNote)
        {
            value["mime_type"] = json!(mime);
        }
        for (name, fact) in facts.as_object().into_iter().flatten() {
            value[name] = fact.clone();
        }
        Media { kind, value }
    }

    fn keep(&mut self, kind: FileKind, content: Content) -> File {
        let most = self.options.kept.file_bytes;
        self.files.add(kind, content, most)
    }
}

fn ids(file: &File) -> Value {
    json!({
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.content.size,
    })
}

/// The kind of content that a file's name promises.
pub(crate) fn mime_of(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "pdf" => "application/pdf",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "txt" => "text/plain",
        "zip" => "application/zip",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}
