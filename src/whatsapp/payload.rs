//! What the service posts, as much of it as is read. Unknown fields and kinds are passed over; what is
//! missing is missing.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A posted body. Changes stay as they are: each is read by its field.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Envelope {
    pub(crate) entry: Vec<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Entry {
    #[serde(deserialize_with = "words")]
    pub(crate) id: String,
    pub(crate) changes: Vec<Change>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Change {
    pub(crate) field: String,
    pub(crate) value: Value,
}

/// The value of the field `messages`. Each message and status stays as it is: one that cannot be read takes no
/// other with it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Posted {
    pub(crate) metadata: Metadata,
    #[serde(deserialize_with = "list")]
    pub(crate) contacts: Vec<Value>,
    #[serde(deserialize_with = "list")]
    pub(crate) messages: Vec<Value>,
    #[serde(deserialize_with = "list")]
    pub(crate) statuses: Vec<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Metadata {
    #[serde(deserialize_with = "words")]
    pub(crate) phone_number_id: String,
}

/// Whom a body speaks of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Person {
    pub(crate) profile: Option<Profile>,
    pub(crate) wa_id: Option<String>,
    pub(crate) user_id: Option<String>,
    pub(crate) parent_user_id: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Profile {
    pub(crate) name: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Message {
    pub(crate) id: String,
    #[serde(deserialize_with = "words")]
    pub(crate) timestamp: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) from: Option<String>,
    pub(crate) from_user_id: Option<String>,
    pub(crate) from_parent_user_id: Option<String>,
    pub(crate) group_id: Option<String>,
    pub(crate) context: Option<Context>,
    pub(crate) text: Option<Text>,
    pub(crate) image: Option<Media>,
    pub(crate) video: Option<Media>,
    pub(crate) audio: Option<Media>,
    pub(crate) voice: Option<Media>,
    pub(crate) document: Option<Media>,
    pub(crate) location: Option<Location>,
    pub(crate) contacts: Option<Vec<Card>>,
    pub(crate) button: Option<Button>,
    pub(crate) interactive: Option<Interactive>,
    pub(crate) order: Option<Order>,
    pub(crate) system: Option<System>,
    pub(crate) edit: Option<Earlier>,
    pub(crate) revoke: Option<Earlier>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Context {
    pub(crate) id: Option<String>,
    pub(crate) forwarded: bool,
    pub(crate) frequently_forwarded: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Text {
    pub(crate) body: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Media {
    #[serde(deserialize_with = "words")]
    pub(crate) id: String,
    pub(crate) mime_type: Option<String>,
    pub(crate) sha256: Option<String>,
    pub(crate) caption: Option<String>,
    pub(crate) filename: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Location {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) name: Option<String>,
    pub(crate) address: Option<String>,
}

/// A card of the address book.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Card {
    pub(crate) phones: Vec<CardPhone>,
    pub(crate) origin: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CardPhone {
    pub(crate) phone: Option<String>,
    pub(crate) wa_id: Option<String>,
}

/// A quick reply under a template.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Button {
    pub(crate) payload: Option<String>,
    pub(crate) text: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Interactive {
    pub(crate) list_reply: Option<Reply>,
    pub(crate) button_reply: Option<Reply>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Reply {
    pub(crate) id: String,
}

/// Things chosen from a catalogue.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Order {
    pub(crate) text: Option<String>,
    pub(crate) product_items: Vec<Product>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Product {
    #[serde(deserialize_with = "words")]
    pub(crate) product_retailer_id: String,
    #[serde(deserialize_with = "words")]
    pub(crate) quantity: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct System {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) wa_id: Option<String>,
    pub(crate) new_wa_id: Option<String>,
    pub(crate) user_id: Option<String>,
    pub(crate) parent_user_id: Option<String>,
    pub(crate) previous_user_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Earlier {
    pub(crate) original_message_id: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct News {
    pub(crate) id: String,
    pub(crate) status: String,
    #[serde(deserialize_with = "words")]
    pub(crate) timestamp: String,
    pub(crate) recipient_id: Option<String>,
    pub(crate) recipient_type: Option<String>,
    pub(crate) recipient_user_id: Option<String>,
    pub(crate) recipient_parent_user_id: Option<String>,
    pub(crate) biz_opaque_callback_data: Option<String>,
    pub(crate) pricing: Option<Value>,
    pub(crate) errors: Vec<Fault>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fault {
    pub(crate) code: i64,
    pub(crate) title: Option<String>,
    pub(crate) error_data: Option<FaultData>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FaultData {
    pub(crate) details: Option<String>,
}

/// A text, or a number that should have been one; anything else is none.
fn words<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    })
}

/// A list; anything else is an empty one.
fn list<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Value>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Array(list) => list,
        _ => Vec::new(),
    })
}
