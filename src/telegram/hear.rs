//! One update, however it arrived: read, handled once, its press answered; what cannot be is kept aside.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use dialogues::incoming::Incoming;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::delivery::inbox::{Answer, Desk, Taken};
use crate::telegram::router::{Line, Routed, Unreadable, route};

/// What became of an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Heard {
    /// Committed or kept aside; a press is answered with this.
    Done(Option<PressAnswer>),
    /// The database is away: the update must come again.
    Busy,
}

/// `answerCallbackQuery`, as a call's body or as the body of a webhook's 200.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PressAnswer {
    callback_query_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    show_alert: bool,
}

/// Routes an update; a defect in the table is a reason to keep the update aside, no more.
pub(crate) fn read(desk: &Desk, raw: &[u8], received_at: DateTime<Utc>) -> Result<Routed, Unreadable> {
    let routed = catch_unwind(AssertUnwindSafe(|| route(raw, desk.bot_name(), received_at)));
    routed.unwrap_or_else(|_| {
        Err(Unreadable {
            update_id: None,
            why: "the router panicked".to_owned(),
        })
    })
}

/// Handles an update that was [`read`].
pub(crate) async fn hear(desk: &Desk, routed: Routed, raw: &[u8]) -> Heard {
    let text = || String::from_utf8_lossy(raw).into_owned();
    let taken = match routed.incoming {
        Some(incoming) => desk.take(incoming, text).await,
        None => Taken::Done(None),
    };
    let answer = match taken {
        Taken::Done(answer) | Taken::Held(answer) => answer,
        Taken::Busy => return Heard::Busy,
    };
    Heard::Done(routed.query.map(|id| press_answer(id, answer)))
}

/// Keeps aside an update that could not be [`read`].
pub(crate) async fn set_aside(desk: &Desk, unreadable: Unreadable, raw: &[u8]) -> Heard {
    let external_id = unreadable.update_id.map_or_else(
        // Without an id, the same bytes are the same update.
        || format!("sha256:{:x}", Sha256::digest(raw)),
        |id| id.to_string(),
    );
    let text = String::from_utf8_lossy(raw).into_owned();
    match desk.hold(&external_id, text, unreadable.why).await {
        Taken::Busy => Heard::Busy,
        Taken::Done(_) | Taken::Held(_) => Heard::Done(None),
    }
}

/// Reads what was kept aside once more, for trying it again. `Ok(None)`: it is not for us.
pub fn reader(desk: Desk) -> impl Fn(&str, DateTime<Utc>) -> Result<Option<Incoming>, String> + Send + Sync {
    move |kept, received_at| match read(&desk, kept.as_bytes(), received_at) {
        Ok(Routed { incoming, .. }) => Ok(incoming),
        Err(unreadable) => Err(unreadable.to_string()),
    }
}

/// The line that an unreadable update waits in: none.
pub(crate) fn line_of(read: &Result<Routed, Unreadable>) -> Line {
    read.as_ref().map_or(Line::None, |routed| routed.line)
}

/// A press is always answered: until then its button shows that it is busy.
fn press_answer(callback_query_id: String, answer: Option<Answer>) -> PressAnswer {
    let show_alert = answer.as_ref().is_some_and(|answer| answer.alert);
    PressAnswer {
        callback_query_id,
        text: answer.map(|answer| answer.words),
        show_alert,
    }
}
