//! Whose tiles the panel's maps are drawn with.

use crate::config::value;
use serde::{Deserialize, Deserializer, Serialize, de::Error};

/// Section `map`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// With `{z}`, `{x}` and `{y}` in it; none: links to a map instead of maps.
    #[serde(deserialize_with = "tiles", serialize_with = "value::text_if_any")]
    pub tile_url: Option<String>,
}

fn tiles<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let url = String::deserialize(from)?;
    if url.is_empty() {
        return Ok(None);
    }
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if is_web && ["{z}", "{x}", "{y}"].iter().all(|part| url.contains(part)) {
        return Ok(Some(url));
    }
    Err(Error::custom(format!(
        "expects https://HOST/{{z}}/{{x}}/{{y}}.png or nothing, not {url:?}"
    )))
}
