//! `getFile`: where the bytes of a file are to be had, for an hour.

use serde_json::{Value, json};
use tokio::time::Instant;

use crate::simulator::check::Params;
use crate::simulator::refusal::Refusal;
use crate::simulator::world::World;

/// Bots can fetch files up to this many bytes.
const LARGEST: u64 = 20 << 20;

impl World {
    pub(crate) fn get_file(&mut self, params: &Params) -> Result<Value, Refusal> {
        let id = params.text("file_id").unwrap_or_default();
        if id.is_empty() {
            return Err(Refusal::broken("missing_parameter", "file_id not specified"));
        }
        // A sound bot may hold an id that the service has forgotten.
        let file = self
            .files
            .get(id)
            .ok_or_else(|| Refusal::bad("invalid file_id"))?;
        let size = file.content.size;
        if size > LARGEST {
            return Err(Refusal::bad("file is too big"));
        }
        let (unique_id, id) = (file.unique_id.clone(), id.to_owned());
        let path = self.files.link(&id, Instant::now());
        Ok(json!({
            "file_id": id,
            "file_unique_id": unique_id,
            "file_size": size,
            "file_path": path,
        }))
    }
}
