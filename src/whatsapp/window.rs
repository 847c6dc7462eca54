//! Whether a letter may go, and in whose words: decided when it leaves, from what is known then.
//!
//! The service takes free words for 24 hours after a person's last message, and afterwards only words that it
//! approved beforehand ("Customer service windows").

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::standby::Purpose;

use crate::delivery::letter::Post;

/// How long the window stays open, less what clocks and networks take.
const WINDOW: TimeDelta = TimeDelta::minutes(24 * 60 - 5);

/// In which form a letter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In its own words.
    Free,
    /// In approved words.
    Standby,
    /// Not at all; with the reason's code.
    Not(&'static str),
}

/// Whether free words may go to someone who last wrote then.
pub fn is_open(last_inbound_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last_inbound_at.is_some_and(|last| now < last + WINDOW)
}

/// In which form this letter goes when it leaves.
pub fn form(post: &Post) -> Form {
    let address = &post.address;
    if address.way.is_none() {
        return Form::Not("no-address");
    }
    if let Some(standby) = &post.standby
        && address.stopped
        && !matches!(standby.purpose, Purpose::OptedOut | Purpose::OfficeReply)
    {
        // What has approved words for it comes unasked; answers have none.
        return Form::Not("stopped");
    }
    if address.unusable.is_some() {
        return Form::Not("unusable");
    }
    if is_open(address.last_inbound_at, post.leaves_at) && !post.standby_only {
        return Form::Free;
    }
    if post.standby.is_some() {
        Form::Standby
    } else {
        Form::Not("window-closed")
    }
}
