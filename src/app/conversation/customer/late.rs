//! What comes after a long outage: the office sees it, and nothing is answered as if it had just been said.

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::arrival::Arrival;
use dialogues::keyword::{self, Keyword};
use dialogues::served::{Input, Turn};

use crate::app::Error;
use crate::app::act::Act;
use crate::app::chats::WINDOW;
use crate::app::contacts::Contact;
use crate::app::conversation::customer::{Heard, goes_through, offer, remembered, save, to_office};
use crate::app::notices::customer::reply;
use crate::store::Tx;

/// Older than this, a message is no talk any more: its sender has given up waiting, or called. (A clock of the
/// service that is ahead of ours makes nothing late.)
const LATE: TimeDelta = TimeDelta::minutes(10);
/// The service tries for so long to bring a message: what says that it is older has a wrong time, and is not late.
const BROUGHT: TimeDelta = TimeDelta::days(7);

/// Whether it comes too late to go on from it.
pub(crate) fn is_late(arrival: &Arrival, at: DateTime<Utc>) -> bool {
    let age = at - arrival.sent_at;
    age > LATE && age <= BROUGHT
}

/// What of a late message is heard all the same, as it was meant when it was sent. `None`: it is for the office.
///
/// Silence is not to be lost, nor are stars; and all data in one message are as good now as they were.
pub(crate) async fn still_holds<'h>(
    tx: &Tx,
    contact: &Contact,
    heard: Heard<'h>,
    sent_at: DateTime<Utc>,
) -> Result<Option<Heard<'h>>, Error> {
    if goes_through(&heard.input) || registers(&heard.input) {
        return Ok(Some(heard));
    }
    let stars = offer::stars_then(tx, contact, &heard, sent_at).await?;
    Ok(stars.map(|tap| Heard {
        input: Input::Tap(tap),
        ..heard
    }))
}

/// The office sees to a late message, and whoever sent it hears once that it came late, while free words are taken.
pub(crate) async fn put_by(tx: &Tx, act: &Act, contact: &Contact, arrival: &Arrival) -> Result<(), Error> {
    let chat = remembered(tx, contact, act.at).await?;
    let Turn { chat, say } = chat.came_late(arrival.sent_at, act.at);
    save(tx, contact, &chat, act.at).await?;
    let outage = chat.late_at.map_or(0, |at| at.timestamp_millis());
    to_office(tx, act, contact, (arrival, outage)).await?;
    let is_open = contact.last_inbound_at.is_some_and(|last| act.at < last + WINDOW);
    for words in say.iter().filter(|_| is_open) {
        reply(tx, contact, None, words, act.at).await?;
    }
    Ok(())
}

fn registers(input: &Input) -> bool {
    let Input::Text {
        text,
        forwarded: false,
    } = input
    else {
        return false;
    };
    matches!(keyword::read(text), Some(Keyword::Register(Some(_))))
}
