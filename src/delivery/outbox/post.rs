//! Letters that go by post: to whom, whether at all, and what is noted before they leave.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::customer::Customer;
use dialogues::say::Say;
use dialogues::text::Text;
use domain::ids::ContactId;
use futures::FutureExt;

use crate::app::conversation::{App, Error, contacts, deliveries, quiet_until, webhooks};
use crate::delivery::letter::Post;
use crate::delivery::outbox::desk::Line;
use crate::store::outbox::{Lane, Leased, Settled, depart, departed_since, readdress};

/// How long news is waited for of a letter that may have gone.
pub(crate) const UNSURE: TimeDelta = TimeDelta::minutes(2);
/// How long it is waited for at most while what the service has posted is not all handled: the news may be in it.
const BEHIND: TimeDelta = TimeDelta::minutes(5);
/// How often that is looked at.
const LOOK: TimeDelta = TimeDelta::seconds(5);
/// After so many tries, over about half an hour, a letter is given up.
pub(crate) const MOST_TRIES: i32 = 6;
/// So many answers to one person within [`LOUD`]: perhaps a machine answers a machine.
const MOST_ANSWERS: u64 = 15;
const LOUD: TimeDelta = TimeDelta::minutes(10);

/// How a message goes, or why it does not.
pub(crate) async fn posting(
    app: &App,
    line: Line,
    row: &Leased,
    say: &Say,
) -> Result<Result<Post, Settled>, Error> {
    let (now, channel) = (app.clock.now(), line.channel);
    if let Some(at) = news_by(app, line, row).await? {
        return Ok(Err(Settled::Waiting { at }));
    }
    if deliveries::is_overtaken(&app.db, row.id).await? {
        return Ok(Err(Settled::Dropped));
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
    if address.contact.to_string() != row.recipient {
        // Its chat was taken in by another while this was being queued: it waits its turn there.
        follow(app, channel, &row.recipient, address.contact).await?;
        return Ok(Err(Settled::Returned));
    }
    if row.lane == Lane::Broadcast
        && let Some(at) = quiet_until(app, address.contact).await?
    {
        // It was queued for the day, and is late.
        return Ok(Err(Settled::Later { at }));
    }
    if row.lane == Lane::Reply && is_of_machine(say) {
        let chat = (channel, row.recipient.as_str(), row.lane);
        if departed_since(&app.db, chat, now - LOUD).await? >= MOST_ANSWERS {
            contacts::too_loud(app, address.contact).await?;
            metrics::counter!("outbox_silenced_total", "channel" => channel.to_owned()).increment(1);
            return Ok(Err(Settled::Undelivered {
                fault: "too-many".to_owned(),
                error: format!("{MOST_ANSWERS} answers within {} minutes", LOUD.num_minutes()),
            }));
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

/// Until when news is waited for of a message that may have gone; `None`: it has not gone, or was waited for.
///
/// While nobody of us was there, no news could come either: the time counts from when this worker began.
async fn news_by(app: &App, line: Line, row: &Leased) -> Result<Option<DateTime<Utc>>, Error> {
    let Some(departed) = row.departed_at else {
        return Ok(None);
    };
    let (now, from) = (app.clock.now(), departed.max(line.since));
    if now < from + UNSURE {
        return Ok(Some(from + UNSURE));
    }
    let may_be_behind = now < from + BEHIND && webhooks::is_behind(app, line.channel, now).await?;
    Ok(may_be_behind.then_some(now + LOOK))
}

/// All that waits for a chat waits for the one that took it in.
async fn follow(app: &App, channel: &'static str, gone: &str, stands: ContactId) -> Result<(), Error> {
    let (gone, stands) = (gone.to_owned(), stands.to_string());
    let done = app.db.write(move |tx| {
        async move { Ok::<_, Error>(readdress(tx, channel, &gone, &stands).await?) }.boxed()
    });
    done.await.map(|((), _)| ())
}

/// Whether it answers what perhaps a machine wrote. What has approved words tells what was done, and what a person in
/// the office writes is no machine's.
fn is_of_machine(say: &Say) -> bool {
    let is_of_office = matches!(say.text, Text::Customer(Customer::OfficeSays { .. }));
    say.standby.is_none() && !is_of_office
}

/// Notes that a message leaves now; `probes`: to try a channel that has stopped. `false`: it may not.
pub(crate) async fn departs(app: &App, row: &Leased, probes: bool) -> bool {
    let (at, ours) = (app.clock.now(), row.clone());
    let may = (&deliveries::STANDING[..], probes);
    let noted = app
        .db
        .write(move |tx| async move { Ok::<_, Error>(depart(tx, &ours, may, at).await?) }.boxed())
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
