//! The loop of the worker that handles what was posted.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::{FutureExt, StreamExt};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::app::conversation::webhooks::{self, Body};
use crate::app::conversation::{self, App, Error};
use crate::cluster::Topic;
use crate::delivery::inbox::{panic_words, storable, told};
use crate::delivery::webhooks::lines::{Numbered, lines};
use crate::delivery::webhooks::{Event, Raw, What};
use crate::store::inbox::{Kept, State, is_handled, move_kept, to_retry};

/// How many bodies are taken in hand at once.
const BATCH: u64 = 16;
/// So many bytes of bodies are taken apart at once, and at least one body.
const WEIGHT: usize = 4 * 1024 * 1024;
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
/// A body that was begun more often than this is taken in hand alone, so that no other counts its deaths.
const SUSPECT: i32 = 3;
/// After so many failures in a row, with nothing done between them, the database is taken to be away.
const AWAY: u32 = 3;
/// An event for which the database had no answer so many times, while it had one for others, is kept aside.
const MOST_BUSY: u32 = 5;

pub(crate) struct Worker<R> {
    app: App,
    channel: &'static str,
    read: R,
    /// How often an event found the database busy while others did not.
    strikes: Mutex<HashMap<String, u32>>,
}

/// What became of an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Done,
    /// The database is away: nothing happened.
    Busy,
}

/// How a round goes.
struct Round<'s> {
    /// For each body whether something of it is left.
    left: Vec<AtomicBool>,
    busy_in_a_row: AtomicU32,
    some_done: AtomicBool,
    /// Events that found the database busy.
    struck: Mutex<Vec<Event>>,
    shutdown: &'s CancellationToken,
}

impl Round<'_> {
    fn is_over(&self) -> bool {
        self.busy_in_a_row.load(Ordering::Relaxed) >= AWAY || self.shutdown.is_cancelled()
    }
}

impl<R> Worker<R>
where
    R: Fn(&[u8], DateTime<Utc>) -> Result<Vec<Event>, String> + Send + Sync,
{
    pub(crate) fn new(app: App, channel: &'static str, read: R) -> Self {
        Self {
            app,
            channel,
            read,
            strikes: Mutex::default(),
        }
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
        let mut bodies = webhooks::lease(&self.app, self.channel, BATCH).await?;
        if bodies.is_empty() {
            return Ok(false);
        }
        let later = bodies.split_off(in_hand(&bodies));
        let is_cut = !later.is_empty() || u64::try_from(bodies.len()).is_ok_and(|count| count == BATCH);
        let id_of = |bodies: &[Body]| bodies.iter().map(|body| body.id).collect::<Vec<_>>();
        if !later.is_empty() {
            webhooks::settle(&self.app, Vec::new(), id_of(&later)).await?;
            drop(later);
        }
        let ids = id_of(&bodies);
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
        Ok(all_done && is_cut)
    }

    /// Handles bodies; answers for each whether something of it is left.
    async fn handle(&self, bodies: &[Body], shutdown: &CancellationToken) -> Vec<bool> {
        let round = Round {
            left: bodies.iter().map(|_| AtomicBool::new(false)).collect(),
            busy_in_a_row: AtomicU32::new(0),
            some_done: AtomicBool::new(false),
            struck: Mutex::default(),
            shutdown,
        };
        let mut events = Vec::new();
        for (number, body) in bodies.iter().enumerate() {
            events.extend(self.events_of(body).into_iter().map(|event| (number, event)));
        }
        futures::stream::iter(lines(events))
            .for_each_concurrent(AT_ONCE, |line| self.follow(line, &round))
            .await;
        self.judge(&round).await;
        round.left.into_iter().map(AtomicBool::into_inner).collect()
    }

    /// Handles one person's events, in order. Where the database has no answer, the rest of that person's is left;
    /// when it has none for anybody, the rest of everyone's.
    async fn follow(&self, line: Vec<Numbered>, round: &Round<'_>) {
        let mut stopped = false;
        for (number, event) in line {
            stopped = stopped || round.is_over();
            if !stopped {
                if self.is_given_up(&event) || self.take(event.clone()).await == Taken::Done {
                    round.busy_in_a_row.store(0, Ordering::Relaxed);
                    round.some_done.store(true, Ordering::Relaxed);
                    continue;
                }
                round.busy_in_a_row.fetch_add(1, Ordering::Relaxed);
                locked(&round.struck).push(event);
                stopped = true;
            }
            round.left[number].store(true, Ordering::Relaxed);
        }
    }

    /// What found the database busy while others did not may be to blame itself, and is kept aside after a while.
    async fn judge(&self, round: &Round<'_>) {
        let struck = std::mem::take(&mut *locked(&round.struck));
        if struck.is_empty() {
            locked(&self.strikes).clear();
            return;
        }
        if !round.some_done.load(Ordering::Relaxed) || round.shutdown.is_cancelled() {
            return;
        }
        for event in struck {
            let count = {
                let mut strikes = locked(&self.strikes);
                let count = strikes.entry(event.external_id.clone()).or_default();
                *count += 1;
                *count
            };
            if count >= MOST_BUSY {
                let why = format!("the database had no answer {count} times, and had for others");
                if self.hold(&event.external_id, &event.raw, why).await == Taken::Busy {
                    locked(&self.strikes).insert(event.external_id, MOST_BUSY - 1);
                }
            }
        }
    }

    /// Whether an event was kept aside because the database never had an answer for it.
    fn is_given_up(&self, event: &Event) -> bool {
        let strikes = locked(&self.strikes);
        strikes
            .get(&event.external_id)
            .is_some_and(|count| *count >= MOST_BUSY)
    }

    fn events_of(&self, body: &Body) -> Vec<Event> {
        let whole = |why: String| {
            let raw = String::from_utf8_lossy(&body.bytes).into_owned();
            vec![Event {
                external_id: format!("body:{}", body.sha256),
                names: Vec::new(),
                raw: raw.into(),
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
        self.hold(&external_id, &raw, error).await
    }

    /// Keeps an event aside, with what is wrong with it.
    async fn hold(&self, external_id: &str, raw: &Raw, error: String) -> Taken {
        tracing::error!(
            channel = self.channel,
            external_id,
            error,
            "an event is kept aside"
        );
        metrics::counter!("inbox_held_total").increment(1);
        let (raw, error) = (storable(raw.text()), storable(error));
        let held = conversation::hold(&self.app, self.channel, external_id, raw, error);
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

/// How many of these bodies, which are there in order, are taken apart now.
fn in_hand(bodies: &[Body]) -> usize {
    let mut weight = 0;
    let fits = |body: &&Body| {
        weight += body.bytes.len();
        weight <= WEIGHT
    };
    let suspect = bodies.iter().any(|body| body.attempts > SUSPECT);
    let most = if suspect { 1 } else { bodies.len() };
    bodies.iter().take_while(fits).count().clamp(1, most.max(1))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was kept aside, as an event of its own.
fn same(kept: &Kept, what: What) -> Event {
    Event {
        external_id: kept.external_id.clone(),
        names: Vec::new(),
        raw: kept.payload.clone().unwrap_or_default().into(),
        what,
    }
}
