//! What a phone sends besides words and taps: places, live or not, photos, albums, files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::harness::Phone;

/// A live location that is being shared.
#[derive(Debug, Clone)]
pub(crate) struct Live {
    phone: Phone,
    pub(crate) message: Value,
}

impl Live {
    /// The phone moved, and knows its place this well (metres).
    pub(crate) async fn move_to(&self, latitude: f64, longitude: f64, accuracy: f64) {
        let body = json!({
            "message_id": self.message, "latitude": latitude, "longitude": longitude,
            "horizontal_accuracy": accuracy,
        });
        self.phone.act("location/move", body).await;
    }

    /// The person stops sharing.
    pub(crate) async fn stop(&self) {
        self.phone
            .act("location/stop", json!({ "message_id": self.message }))
            .await;
    }
}

/// A document of the bot that a phone has got.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Received {
    pub(crate) name: String,
    pub(crate) caption: String,
    pub(crate) file_id: String,
    pub(crate) bytes: Vec<u8>,
}

impl Phone {
    /// A pin on the map, put there by hand or not; answers the message's id.
    pub(crate) async fn static_location(&self, latitude: f64, longitude: f64) -> Value {
        let body = json!({ "latitude": latitude, "longitude": longitude });
        self.act("location", body).await["message_id"].clone()
    }

    /// A live location for a quarter of an hour, known this well (metres).
    pub(crate) async fn live_location(&self, latitude: f64, longitude: f64, accuracy: f64) -> Live {
        let body = json!({
            "latitude": latitude, "longitude": longitude, "horizontal_accuracy": accuracy, "live_period": 900,
        });
        let message = self.act("location", body).await["message_id"].clone();
        Live {
            phone: self.clone(),
            message,
        }
    }

    /// Someone else's pin, passed on.
    pub(crate) async fn forwarded_location(&self, latitude: f64, longitude: f64) -> Value {
        let body = json!({ "latitude": latitude, "longitude": longitude, "forwarded_name": "Rekan" });
        self.act("location", body).await["message_id"].clone()
    }

    /// A place picked from a list of places.
    pub(crate) async fn venue(&self, latitude: f64, longitude: f64) -> Value {
        let body = json!({
            "latitude": latitude, "longitude": longitude, "title": "Kafe Melati", "address": "Jl. Melati 3",
        });
        self.act("location", body).await["message_id"].clone()
    }

    pub(crate) async fn photo(&self, bytes: &[u8]) -> Value {
        self.file(json!({ "kind": "photo", "base64": STANDARD.encode(bytes) }))
            .await
    }

    /// A photo that the simulator makes of a number.
    pub(crate) async fn photo_seed(&self, seed: u64) -> Value {
        self.file(json!({ "kind": "photo", "seed": seed })).await
    }

    /// Photos sent together: as many messages, with one `media_group_id`; answers their ids.
    pub(crate) async fn album(&self, photos: Vec<Vec<u8>>) -> Vec<Value> {
        let photo = |bytes: &Vec<u8>| json!({ "kind": "photo", "base64": STANDARD.encode(bytes) });
        self.album_of(photos.iter().map(photo).collect()).await
    }

    /// An album of anything that the app lets be grouped; each item as `file` takes it.
    pub(crate) async fn album_of(&self, items: Vec<Value>) -> Vec<Value> {
        let sent = self.act("album", json!({ "items": items })).await;
        sent["message_ids"].as_array().expect("ids").clone()
    }

    pub(crate) async fn document(&self, name: &str, mime: &str, bytes: &[u8]) -> Value {
        let file = json!({
            "kind": "document", "file_name": name, "mime_type": mime, "base64": STANDARD.encode(bytes),
        });
        self.file(file).await
    }

    /// A file of 21 MB, which bots cannot fetch.
    pub(crate) async fn too_big_document(&self) -> Value {
        let file = json!({ "kind": "document", "file_name": "bast.pdf", "size": 21 << 20 });
        self.file(file).await
    }

    pub(crate) async fn voice(&self) -> Value {
        self.file(json!({ "kind": "voice" })).await
    }

    pub(crate) async fn sticker(&self) -> Value {
        self.file(json!({ "kind": "sticker" })).await
    }

    /// Sends a file as the control API takes it: `kind`, bytes by `base64` or `seed`, `caption`, `reply_to`, …
    pub(crate) async fn file(&self, file: Value) -> Value {
        self.act("file", file).await["message_id"].clone()
    }

    /// Answers a message that the phone has seen with words.
    pub(crate) async fn reply_with_text(&self, message: &Value, text: &str) -> Value {
        let body = json!({ "text": text, "reply_to": message["message_id"] });
        self.act("message", body).await["message_id"].clone()
    }

    /// Answers a message that the phone has seen with a photo.
    pub(crate) async fn reply_with_photo(&self, message: &Value, bytes: &[u8]) -> Value {
        let photo = STANDARD.encode(bytes);
        self.file(json!({ "kind": "photo", "base64": photo, "reply_to": message["message_id"] }))
            .await
    }

    /// Answers a message that the phone has seen with a document.
    pub(crate) async fn reply_with_document(&self, message: &Value, name: &str, bytes: &[u8]) -> Value {
        let file = json!({
            "kind": "document", "file_name": name, "base64": STANDARD.encode(bytes),
            "reply_to": message["message_id"],
        });
        self.file(file).await
    }

    /// The documents that the bot has sent, oldest first, as they are to be saved.
    pub(crate) async fn files(&self) -> Vec<Received> {
        let mut files = Vec::new();
        for message in self.messages().await {
            let document = &message["document"];
            let Some(file_id) = document["file_id"].as_str() else {
                continue;
            };
            let url = format!("{}/sim/api/files?id={file_id}", self.base);
            let answer = self.http.get(url).send().await.expect("the simulator answers");
            let answer = answer.error_for_status().expect("the file is there");
            files.push(Received {
                name: document["file_name"].as_str().unwrap_or_default().to_owned(),
                caption: message["text"].as_str().unwrap_or_default().to_owned(),
                file_id: file_id.to_owned(),
                bytes: answer.bytes().await.expect("the bytes arrive").to_vec(),
            });
        }
        files
    }

    /// From now on what this phone does arrives up to so much later, so many of a hundred twice, and out of order.
    pub(crate) async fn bad_signal(&self, late_ms: u64, doubled: u8, shuffled: bool, seed: u64) {
        let how = json!({ "late_ms": late_ms, "doubled": doubled, "shuffled": shuffled, "seed": seed });
        self.act("signal", how).await;
    }

    /// The signal is good again; what was held back arrives at once.
    pub(crate) async fn good_signal(&self) {
        let url = format!("{}/sim/api/people/{}/signal", self.base, self.id);
        let answer = self.http.delete(url).send().await.expect("the simulator answers");
        assert!(answer.status().is_success());
    }

    /// Presses the newest button of the bot whose label has these words, once there is one; answers what was shown.
    pub(crate) async fn tap_text(&self, label: &str) -> Value {
        let message = self.sees_button(label).await;
        self.tap(&message, label).await
    }
}
