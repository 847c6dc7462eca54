//! Letters that go by post: to whom, whether at all, and what is noted before they leave.

use std::time::Duration;

use chrono::TimeDelta;
use dialogues::say::Say;
use dialogues::standby::Purpose;
use domain::ids::ContactId;
use futures::FutureExt;

use crate::app::conversation::{App, Error, contacts};
use crate::delivery::letter::Post;
use crate::store::outbox::{Lane, Leased, Settled, depart, departed_since};

/// How long news is waited for of a letter that may have gone.
pub(crate) const UNSURE: TimeDelta = TimeDelta::minutes(2);
/// After so many tries, over about half an hour, a letter is given up.
pub(crate) const MOST_TRIES: i32 = 6;
/// So many answers to one person within [`LOUD`]: perhaps a machine answers a machine.
const MOST_ANSWERS: u64 = 15;
const LOUD: TimeDelta = TimeDelta::minutes(10);

/// How a message goes, or why it does not.
pub(crate) async fn posting(
    app: &App,
    channel: &str,
    row: &Leased,
    say: &Say,
) -> Result<Result<Post, Settled>, Error> {
    let now = app.clock.now();
    if let Some(departed) = row.departed_at {
        let at = departed + UNSURE;
        if now < at {
            return Ok(Err(Settled::Waiting { at }));
        }
    }
    let address = match row.recipient.parse::<ContactId>() {
        Ok(contact) => contacts::address(&app.db, contact).await?,
        Err(_) => None,
    };
    let Some(address) = address else {
        return Ok(Err(Settled::Undelivered {
            fault: "no-address".to_owned(),
            error: "there is no such chat".to_owned(),
        }));
    };
    if row.lane == Lane::Reply && !is_of_office(say) {
        let chat = (channel, row.recipient.as_str(), row.lane);
        if departed_since(&app.db, chat, now - LOUD).await? >= MOST_ANSWERS {
            contacts::too_loud(app, address.contact).await?;
            metrics::counter!("outbox_silenced_total", "channel" => channel.to_owned()).increment(1);
            return Ok(Err(Settled::Dropped));
        }
    }
    Ok(Ok(Post {
        address,
        standby: say.standby.clone(),
        standby_only: row.standby_only,
        callback: row.id,
        leaves_at: now,
        locale: row.locale,
    }))
}

/// What a person in the office writes is no machine's.
fn is_of_office(say: &Say) -> bool {
    say.standby
        .as_ref()
        .is_some_and(|standby| standby.purpose == Purpose::OfficeReply)
}

/// Notes that a message leaves now. `false`: it may not.
pub(crate) async fn departs(app: &App, row: &Leased) -> bool {
    let (at, ours) = (app.clock.now(), row.clone());
    let noted = app
        .db
        .write(move |tx| async move { Ok::<_, Error>(depart(tx, &ours, at).await?) }.boxed())
        .await;
    match noted {
        Ok((noted, _)) => noted,
        Err(error) => {
            tracing::warn!(%error, message = row.id.0, "a departure cannot be noted; the message stays");
            false
        }
    }
}

/// How long a letter waits that the service could not take: half a minute, then longer each time.
pub(crate) fn retry_after(attempts: i32) -> Duration {
    Duration::from_secs(30) * 2_u32.saturating_pow(times(attempts))
}

/// How long a person gets nothing whom the service takes no more for: 1, 4, 16 seconds and so on.
pub(crate) fn pair_wait(attempts: i32) -> Duration {
    Duration::from_secs(1) * 4_u32.saturating_pow(times(attempts))
}

fn times(attempts: i32) -> u32 {
    u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(5)
}
