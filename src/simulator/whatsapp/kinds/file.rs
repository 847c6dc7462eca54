//! Messages that carry a file: by the id of an upload, or by an address where the service fetches it.

use serde_json::json;

use crate::simulator::whatsapp::error::GraphError;
use crate::simulator::whatsapp::kinds::Shown;
use crate::simulator::whatsapp::shape::{Object, is_address};
use crate::simulator::world::World;

impl World {
    pub(super) fn file_message(&self, kind: &'static str, content: &Object<'_>) -> Result<Shown, GraphError> {
        match kind {
            "audio" => content.only(&["id", "link"])?,
            "document" => content.only(&["id", "link", "caption", "filename"])?,
            _ => content.only(&["id", "link", "caption"])?,
        }
        let caption = content.text_if("caption", 1..=1024)?;
        let name = content.text_if("filename", 1..=240)?;
        let (id, link) = (
            content.text_if("id", 1..=100)?,
            content.text_if("link", 1..=2000)?,
        );
        let mut shown = json!({"text": caption, "file_name": name, "link": link});
        match (id, link) {
            (Some(id), None) => {
                let now = self.unix();
                let file = self.cloud.media.uploaded(id, now).ok_or_else(|| {
                    GraphError::broken("media", 100, format!("Media ID not found or has expired: {id}"))
                })?;
                if !file.fits(kind) {
                    let why = format!("{} cannot be sent as {kind}", file.mime);
                    return Err(GraphError::broken("media", 131_053, why));
                }
                shown["media_id"] = json!(id);
                shown["mime_type"] = json!(file.mime);
                shown["file_size"] = json!(file.bytes.len());
                shown["sha256"] = json!(file.sha256);
            }
            (None, Some(link)) if is_address(link) => {}
            (None, Some(_)) => return Err(content.invalid("link", "is not a valid URL")),
            _ => return Err(content.invalid("id", "or link: exactly one of both is required")),
        }
        Ok(Shown {
            content: shown,
            ..Shown::default()
        })
    }
}
