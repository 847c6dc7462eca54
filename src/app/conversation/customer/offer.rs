//! What a typed answer may mean besides what the chat offered itself: the message that it answers, and stars that
//! were asked for since.

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::keyword;
use dialogues::say::Say;
use dialogues::served::{Chat, Input, offers};
use dialogues::tap::Tap;

use crate::app::Error;
use crate::app::contacts::{CHANNEL, Contact};
use crate::app::conversation::customer::Heard;
use crate::store::Tx;
use crate::store::outbox;

/// The buttons that may be answered by number or title now, where they are others than the chat remembers.
///
/// Questions for stars go out when a ticket is closed, which no chat knows of; and they count only once they have
/// left, since they wait for the morning.
pub(crate) async fn offered(
    tx: &Tx,
    contact: &Contact,
    heard: &Heard<'_>,
    chat: &Chat,
) -> Result<Option<Vec<Tap>>, Error> {
    let Input::Text { forwarded: false, .. } = &heard.input else {
        return Ok(None);
    };
    let recipient = contact.id.to_string();
    if let Some(answered) = heard.reply_to
        && let Some(payload) = outbox::said_as(tx, (CHANNEL, &recipient), answered).await?
    {
        let taps = taps_of(&payload);
        if !taps.is_empty() {
            return Ok(Some(taps));
        }
    }
    let Some((payload, left_at)) = outbox::said_last(tx, (CHANNEL, &recipient), None).await? else {
        return Ok(None);
    };
    let is_newer = chat.said_at.is_none_or(|said| said <= left_at);
    let taps = taps_of(&payload);
    let asks_stars = taps.iter().any(|tap| matches!(tap, Tap::Stars { .. }));
    Ok((is_newer && asks_stars).then_some(taps))
}

/// Whether it answers the question for stars that the person was asked last.
pub(crate) async fn gives_stars(tx: &Tx, contact: &Contact, heard: &Heard<'_>) -> Result<bool, Error> {
    let Some(taps) = offered(tx, contact, heard, &Chat::default()).await? else {
        return Ok(false);
    };
    let Input::Text { text, .. } = &heard.input else {
        return Ok(false);
    };
    Ok(matches!(keyword::answer(text, &taps), Some(Tap::Stars { .. })))
}

/// The stars that something typed gave when it was sent: by what it answers, or what had left last by then. What was
/// asked or answered since says nothing of it.
pub(crate) async fn stars_then(
    tx: &Tx,
    contact: &Contact,
    heard: &Heard<'_>,
    sent_at: DateTime<Utc>,
) -> Result<Option<Tap>, Error> {
    let Input::Text {
        text,
        forwarded: false,
    } = &heard.input
    else {
        return Ok(None);
    };
    let recipient = contact.id.to_string();
    let chat = (CHANNEL, recipient.as_str());
    let payload = match heard.reply_to {
        Some(answered) => outbox::said_as(tx, chat, answered).await?,
        // It was sent within the second that is told.
        None => outbox::said_last(tx, chat, Some(sent_at + TimeDelta::seconds(1)))
            .await?
            .map(|(payload, _)| payload),
    };
    let taps = payload.map(|payload| taps_of(&payload)).unwrap_or_default();
    let meant = keyword::answer(text, &taps);
    Ok(meant.filter(|tap| matches!(tap, Tap::Stars { .. })))
}

/// What was forgotten offers nothing.
fn taps_of(payload: &str) -> Vec<Tap> {
    serde_json::from_str::<Say>(payload)
        .map(|say| offers(&say))
        .unwrap_or_default()
}
