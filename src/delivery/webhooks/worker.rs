//! The loop of the worker that handles what was posted.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::{FutureExt, StreamExt};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::app::conversation::webhooks::{self, Body};
use crate::app::conversation::{self, App, Error};
use crate::cluster::Topic;
use crate::delivery::inbox::{panic_words, storable, told};
use crate::delivery::webhooks::{Event, What};
use crate::store::inbox::{Kept, State, is_handled, move_kept, to_retry};

/// How many bodies are taken in hand at once.
const BATCH: u64 = 16;
/// How many people's events are handled at once.
const AT_ONCE: usize = 8;
/// How long one event may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the leases are renewed: three times before they would end.
const RENEW: Duration = Duration::from_secs(10);
/// How often we look when nobody wakes us.
const LOOK: Duration = Duration::from_secs(1);
/// A body that was begun so often and never ended stops the process each time: it is kept aside unread.
const MOST_ATTEMPTS: i32 = 20;

pub(crate) struct Worker<R> {
    app: App,
    channel: &'static str,
    read: R,
}

/// What became of an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Done,
    /// The database is away: nothing happened.
    Busy,
}

/// An event, and the number of its body in the batch.
type Numbered = (usize, Event);

impl<R> Worker<R>
where
    R: Fn(&[u8], DateTime<Utc>) -> Result<Vec<Event>, String> + Send + Sync,
{
    pub(crate) fn new(app: App, channel: &'static str, read: R) -> Self {
        Self { app, channel, read }
    }

    pub(crate) async fn run(self, shutdown: CancellationToken) {
        if let Err(error) = webhooks::take_over(&self.app).await {
            tracing::warn!(%error, "old leases of bodies could not be ended; they end by themselves");
        }
        while !shutdown.is_cancelled() {
            let more = match self.round(&shutdown).await {
                Ok(more) => more,
                Err(error) => {
                    tracing::warn!(error = told(&error), "posted bodies cannot be handled now");
                    sleep(LOOK / 2).await;
                    false
                }
            };
            self.try_again().await;
            if more {
                continue;
            }
            if let Ok(waiting) = webhooks::waiting(&self.app).await {
                let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
                metrics::gauge!("webhooks_waiting", "channel" => self.channel).set(f64::from(waiting));
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = self.app.cluster.woken(Topic::Webhooks, self.channel) => {}
                () = sleep(LOOK) => {}
            }
        }
    }

    /// Handles what waits. Whether there may be more.
    async fn round(&self, shutdown: &CancellationToken) -> Result<bool, Error> {
        let bodies = webhooks::lease(&self.app, self.channel, BATCH).await?;
        if bodies.is_empty() {
            return Ok(false);
        }
        let ids: Vec<_> = bodies.iter().map(|body| body.id).collect();
        let keep = async {
            loop {
                sleep(RENEW).await;
                if let Err(error) = webhooks::extend(&self.app, ids.clone()).await {
                    tracing::warn!(%error, "leases of bodies could not be renewed");
                }
            }
        };
        let left = tokio::select! {
            left = self.handle(&bodies, shutdown) => left,
            () = keep => Vec::new(),
        };
        let is_left = |at: &usize| left.get(*at).copied().unwrap_or(false);
        let (stay, done): (Vec<_>, Vec<_>) = (0..ids.len()).partition(is_left);
        let named = |places: Vec<usize>| places.into_iter().map(|at| ids[at]).collect::<Vec<_>>();
        let all_done = stay.is_empty();
        webhooks::settle(&self.app, named(done), named(stay)).await?;
        Ok(all_done && u64::try_from(bodies.len()).is_ok_and(|count| count == BATCH))
    }

    /// Handles bodies; answers for each whether something of it is left.
    async fn handle(&self, bodies: &[Body], shutdown: &CancellationToken) -> Vec<bool> {
        let left: Vec<AtomicBool> = bodies.iter().map(|_| AtomicBool::new(false)).collect();
        let mut events = Vec::new();
        for (number, body) in bodies.iter().enumerate() {
            events.extend(self.events_of(body).into_iter().map(|event| (number, event)));
        }
        let busy = AtomicBool::new(false);
        futures::stream::iter(lines(events))
            .for_each_concurrent(AT_ONCE, |line| self.follow(line, &left, &busy, shutdown))
            .await;
        left.into_iter().map(AtomicBool::into_inner).collect()
    }

    /// Handles one person's events, in order. When the database is away the rest is left, of everyone.
    async fn follow(
        &self,
        line: Vec<Numbered>,
        left: &[AtomicBool],
        busy: &AtomicBool,
        shutdown: &CancellationToken,
    ) {
        for (number, event) in line {
            let stop = busy.load(Ordering::Relaxed) || shutdown.is_cancelled();
            if !stop && self.take(event).await == Taken::Done {
                continue;
            }
            if !stop {
                busy.store(true, Ordering::Relaxed);
            }
            left[number].store(true, Ordering::Relaxed);
        }
    }

    fn events_of(&self, body: &Body) -> Vec<Event> {
        let whole = |why: String| {
            let raw = String::from_utf8_lossy(&body.bytes).into_owned();
            vec![Event {
                external_id: format!("body:{}", body.sha256),
                names: Vec::new(),
                raw,
                what: What::Unreadable(why),
            }]
        };
        if body.attempts > MOST_ATTEMPTS {
            return whole(format!("begun {MOST_ATTEMPTS} times and never ended"));
        }
        (self.read)(&body.bytes, body.received_at).unwrap_or_else(whole)
    }

    /// Handles one event; what breaks is kept aside alone.
    async fn take(&self, event: Event) -> Taken {
        let Event {
            external_id,
            raw,
            what,
            ..
        } = event;
        let error = match what {
            What::Unreadable(why) => why,
            what => match self.attempt(what).await {
                Ok(()) => return Taken::Done,
                Err(None) => return Taken::Busy,
                Err(Some(error)) => error,
            },
        };
        tracing::error!(
            channel = self.channel,
            external_id,
            error,
            "an event is kept aside"
        );
        metrics::counter!("inbox_held_total").increment(1);
        let held = conversation::hold(
            &self.app,
            self.channel,
            &external_id,
            storable(raw),
            storable(error),
        );
        match AssertUnwindSafe(held).catch_unwind().await {
            Ok(Ok(())) => Taken::Done,
            Ok(Err(error)) => {
                tracing::error!(external_id, error = told(&error), "an event cannot be kept aside");
                Taken::Busy
            }
            Err(_) => Taken::Busy,
        }
    }

    /// `None`: the database is away; `Some`: what broke.
    async fn attempt(&self, what: What) -> Result<(), Option<String>> {
        let work = async {
            match what {
                What::Arrival(arrival) => conversation::arrived(&self.app, *arrival).await,
                What::Receipt(receipt) => conversation::receipt(&self.app, *receipt).await,
                What::Unreadable(_) => Ok(()),
            }
        };
        match timeout(PATIENCE, AssertUnwindSafe(work).catch_unwind()).await {
            Ok(Ok(Ok(()))) => Ok(()),
            Ok(Ok(Err(Error::Busy(_)))) => Err(None),
            Ok(Ok(Err(error))) => Err(Some(told(&error))),
            Ok(Err(panic)) => Err(Some(format!("panicked: {}", panic_words(panic.as_ref())))),
            Err(_) => Err(Some(format!("took longer than {} s", PATIENCE.as_secs()))),
        }
    }

    /// Tries again what a person asked to.
    async fn try_again(&self) {
        let kept = match to_retry(&self.app.db, self.channel, BATCH).await {
            Ok(kept) => kept,
            Err(error) => {
                tracing::debug!(%error, "the inbox cannot be read");
                return;
            }
        };
        for input in kept {
            if self.again(&input).await == Taken::Busy {
                return;
            }
        }
    }

    async fn again(&self, kept: &Kept) -> Taken {
        let payload = kept.payload.clone().unwrap_or_default();
        let events = match (self.read)(payload.as_bytes(), kept.received_at) {
            Ok(events) => events,
            Err(why) => {
                let what = What::Unreadable(why);
                vec![same(kept, what)]
            }
        };
        for event in events {
            // One event alone goes by the id that it was kept under, so that it takes its own row over.
            let event = if kept.external_id.starts_with("body:") {
                event
            } else {
                Event {
                    external_id: kept.external_id.clone(),
                    ..event
                }
            };
            if self.take(event).await == Taken::Busy {
                return Taken::Busy;
            }
        }
        self.finish(kept).await
    }

    /// What writes no row of its own ends its kept row here.
    async fn finish(&self, kept: &Kept) -> Taken {
        match is_handled(&self.app.db, &kept.channel, &kept.external_id).await {
            Ok(true) => return Taken::Done,
            Ok(false) => {}
            Err(_) => return Taken::Busy,
        }
        let id = kept.id;
        let moved = self.app.db.write(move |tx| {
            move_kept(tx, id, State::Retry, State::Handled)
                .map(|moved| moved.map_err(Error::from))
                .boxed()
        });
        match moved.await {
            Ok(_) => Taken::Done,
            Err(_) => Taken::Busy,
        }
    }
}

/// What was kept aside, as an event of its own.
fn same(kept: &Kept, what: What) -> Event {
    Event {
        external_id: kept.external_id.clone(),
        names: Vec::new(),
        raw: kept.payload.clone().unwrap_or_default(),
        what,
    }
}

/// Events by person, each person's in order: whatever shares a name is one person's.
fn lines(events: Vec<Numbered>) -> Vec<Vec<Numbered>> {
    let mut lines: Vec<Vec<(usize, Numbered)>> = Vec::new();
    let mut of_name: HashMap<String, usize> = HashMap::new();
    for (place, event) in events.into_iter().enumerate() {
        let mut found: Vec<usize> = event
            .1
            .names
            .iter()
            .filter_map(|name| of_name.get(name).copied())
            .collect();
        found.sort_unstable();
        found.dedup();
        let line = found.first().copied().unwrap_or_else(|| {
            lines.push(Vec::new());
            lines.len() - 1
        });
        for other in found.into_iter().skip(1) {
            let joined = std::mem::take(&mut lines[other]);
            lines[line].extend(joined);
            for known in of_name.values_mut().filter(|known| **known == other) {
                *known = line;
            }
        }
        for name in &event.1.names {
            of_name.insert(name.clone(), line);
        }
        lines[line].push((place, event));
    }
    lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(|mut line| {
            line.sort_by_key(|(place, _)| *place);
            line.into_iter().map(|(_, event)| event).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::delivery::webhooks::worker::lines;
    use crate::delivery::webhooks::{Event, What};

    fn event(id: &str, names: &[&str]) -> (usize, Event) {
        let event = Event {
            external_id: id.to_owned(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            raw: String::new(),
            what: What::Unreadable(String::new()),
        };
        (0, event)
    }

    fn told(events: Vec<(usize, Event)>) -> Vec<Vec<String>> {
        let ids = |line: Vec<(usize, Event)>| line.into_iter().map(|(_, event)| event.external_id).collect();
        lines(events).into_iter().map(ids).collect()
    }

    #[test]
    fn whoever_shares_a_name_is_one_person_and_nobody_else_waits_for_him() {
        let events = vec![
            event("1", &["ID.1"]),
            event("2", &["+62812"]),
            event("3", &["ID.2", "+62813"]),
            event("4", &["ID.1"]),
            // Only now it is seen that the first two are one.
            event("5", &["ID.1", "+62812"]),
            event("6", &["+62812"]),
            event("7", &[]),
        ];
        assert_eq!(
            told(events),
            [vec!["1", "2", "4", "5", "6"], vec!["3"], vec!["7"]]
        );
    }
}
