//! What people send besides words: places and files, as any channel tells them.

use chrono::{DateTime, Utc};
use domain::document::LARGEST;
use serde::{Deserialize, Serialize};

/// A place, as it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Degrees, not looked into.
    pub latitude: f64,
    pub longitude: f64,
    /// The radius of uncertainty, in metres, when it was told.
    pub accuracy_meters: Option<f64>,
    pub origin: Origin,
    /// It moves a place that was shared before; nobody said anything new.
    pub moved: bool,
    pub sent_at: DateTime<Utc>,
}

/// How a place was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// By the device, and it goes on.
    Live,
    /// By the device, for the last time.
    LiveEnded,
    /// A pin.
    Static,
    /// Someone else's, or an old one.
    Forwarded,
    /// Chosen from a list of places.
    Venue,
}

/// A photo or a file, by name only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Sent as a picture, which the channel has made smaller; otherwise as a file, untouched.
    pub is_photo: bool,
    /// What the channel needs to fetch it.
    pub source: String,
    /// What the channel calls the same bytes sent again.
    pub source_key: String,
    pub filename: Option<String>,
    /// As the sender's device says: a hint, never a proof.
    pub media_type: Option<String>,
    /// Bytes, as the channel says.
    pub size: Option<i64>,
    pub caption: Option<String>,
    /// What the channel calls photos that were sent together.
    pub album: Option<String>,
    /// The message that it answers.
    pub reply_to: Option<String>,
    pub sent_at: DateTime<Utc>,
}

impl Media {
    /// Whether it is more than anyone may send, as the channel says.
    pub fn is_too_large(&self) -> bool {
        let largest = i64::try_from(LARGEST).unwrap_or(i64::MAX);
        self.size.is_some_and(|size| size > largest)
    }

    /// Whether it says of itself that it is to be listened to.
    pub fn is_sound(&self) -> bool {
        self.media_type
            .as_deref()
            .is_some_and(|kind| kind.starts_with("audio/"))
    }

    /// Whether it says of itself that it is a PDF.
    pub fn is_paper(&self) -> bool {
        self.media_type.as_deref() == Some("application/pdf")
    }

    /// Whether it says of itself that it is no picture: a film, a sound, or a paper.
    pub fn is_other(&self) -> bool {
        self.is_something_else(false)
    }

    /// Whether it may show or tell what is wrong: a picture, a film, a sound, a PDF, of a size that is taken.
    pub fn may_tell(&self) -> bool {
        let is_played = |kind: &str| kind.starts_with("audio/") || kind.starts_with("video/");
        let played = self.media_type.as_deref().is_some_and(is_played);
        (played || !self.is_something_else(true)) && !self.is_too_large()
    }

    /// Whether it says of itself that it is neither a picture nor (where `pdf`) a PDF.
    pub fn is_something_else(&self, pdf: bool) -> bool {
        let Some(media_type) = &self.media_type else {
            return false;
        };
        let picture = media_type.starts_with("image/") || media_type == "application/octet-stream";
        !(self.is_photo || picture || (pdf && media_type == "application/pdf"))
    }
}
