//! The loop of the sending worker.

mod farewell;
mod landing;

use std::collections::{HashMap, VecDeque};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::DeliveryId;
use futures::future::{BoxFuture, pending};
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use crate::app::conversation::{App, Error};
use crate::cluster::Topic;
use crate::delivery::inbox::panic_words;
use crate::delivery::letter::{Courier, Letter, Outcome};
use crate::delivery::outbox::desk::{self, Batch, Item, Line};
use crate::delivery::outbox::worker::landing::Landed;
use crate::delivery::outbox::{enclosure, post};
use crate::delivery::pacing::{Pacing, Turn};
use crate::store::outbox::{Lane, Leased, Settled};

/// About how many messages of each lane are held ready: replies as many as come; of broadcasts half a
/// second's worth, so that what is taken back meanwhile is not in hand already.
const AHEAD: [usize; 2] = [60, 16];
/// Below this many ready messages of a lane more are leased.
const LOW: [usize; 2] = [60, 8];
/// How many may be under way at once: enough for the pace at two seconds' latency.
const FLYING: usize = 64;
/// How many may have been sent without being recorded: what a kill finds there goes twice. While the database
/// keeps up, fewer are; where it lags, sending waits for it.
const UNRECORDED: usize = 4;
/// A message that could not go within this time after its lease is given back, long before the lease ends.
const HELD: Duration = Duration::from_secs(8);
/// A courier that takes longer is given up on; the lease still stands then.
const PATIENCE: Duration = Duration::from_secs(11);
/// How often we look when nobody wakes us.
const LOOK: Duration = Duration::from_secs(1);
/// How often the depth is measured.
const MEASURE: Duration = Duration::from_secs(5);

type Ends = Vec<(Leased, Settled)>;

pub(crate) struct Worker<'c, C: Courier> {
    app: App,
    courier: &'c C,
    line: Line,
    pacing: Pacing,
    /// Leased and not yet sent, by lane.
    ready: [VecDeque<Item>; 2],
    flying: FuturesUnordered<BoxFuture<'c, Landed>>,
    /// What became of messages, to be recorded.
    ends: Ends,
    /// Everything in hand, with the newest of our leases: what is not recorded yet must not be sent again.
    in_hand: HashMap<DeliveryId, DateTime<Utc>>,
    leasing: Option<BoxFuture<'static, Result<Batch, Error>>>,
    recording: Option<BoxFuture<'static, (Ends, Result<(), Error>)>>,
    /// How many of those two were sent.
    unrecorded: usize,
    /// Something may wait in a lane that was not leased yet.
    hungry: [bool; 2],
    /// The channel has stopped: nothing is leased before then.
    shut_until: Option<Instant>,
    /// The database did not answer: no questions before then.
    rest_until: Option<Instant>,
}

impl<'c, C: Courier> Worker<'c, C> {
    pub(crate) fn new(app: App, courier: &'c C) -> Self {
        Self {
            line: Line {
                channel: C::CHANNEL,
                posts: C::POSTS,
                since: app.clock.now(),
            },
            pacing: Pacing::new(app.cluster.clone(), C::CHANNEL, C::PACE),
            app,
            courier,
            ready: [VecDeque::new(), VecDeque::new()],
            flying: FuturesUnordered::new(),
            ends: Vec::new(),
            in_hand: HashMap::new(),
            leasing: None,
            recording: None,
            unrecorded: 0,
            hungry: [true; 2],
            shut_until: None,
            rest_until: None,
        }
    }

    pub(crate) async fn run(mut self, shutdown: CancellationToken) {
        desk::take_over(&self.app).await;
        // Whoever was here before may have been killed in the middle of sending: what he sent counts against us.
        self.pacing.close(C::PACE.law.1);
        let mut look_at = Instant::now();
        let mut measure_at = Instant::now();
        loop {
            self.give_back_old();
            self.begin_recording();
            self.begin_leasing();
            let go_at = self.next_departure();
            tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                Some(landed) = self.flying.next() => self.landed(landed).await,
                done = maybe(&mut self.recording) => self.recorded(done),
                done = maybe(&mut self.leasing) => self.leased(done),
                () = sleep_until(go_at.unwrap_or(look_at)), if go_at.is_some() => self.depart().await,
                () = self.app.cluster.woken(Topic::Outbox, C::CHANNEL) => self.hungry = [true; 2],
                () = sleep_until(look_at) => {
                    look_at = Instant::now() + self.look().await;
                    if measure_at <= Instant::now() {
                        measure_at = Instant::now() + MEASURE;
                        desk::measure(&self.app, C::CHANNEL).await;
                    }
                }
            }
        }
        self.say_farewell().await;
    }

    /// Looks whether something is due; answers when to look again.
    async fn look(&mut self) -> Duration {
        if self.is_resting() {
            return LOOK;
        }
        match desk::due_in(&self.app, C::CHANNEL, LOOK).await {
            Ok(None) => LOOK,
            Ok(Some(wait)) => {
                if wait.is_zero() {
                    self.hungry = [true; 2];
                }
                // What is due and cannot be leased waits for something: no need to ask in circles.
                wait.max(LOOK / 4)
            }
            Err(error) => {
                self.rest(&error);
                LOOK
            }
        }
    }

    fn begin_leasing(&mut self) {
        let closed = self.pacing.closed().is_some_and(|left| left > LOOK / 4)
            || self.shut_until.is_some_and(|until| until > Instant::now());
        // What is being recorded could be leased again before we know that it is recorded.
        let busy = self.leasing.is_some() || self.recording.is_some();
        let knocking = self.pacing.is_away();
        if closed || busy || self.is_resting() || (knocking && !self.in_hand.is_empty()) {
            return;
        }
        let mut limits = [0; 2];
        for lane in [0, 1] {
            let ready = self.ready[lane].len();
            if std::mem::take(&mut self.hungry[lane]) && ready < LOW[lane] {
                limits[lane] = u64::try_from(AHEAD[lane] - ready).unwrap_or(0);
            } else if ready >= LOW[lane] {
                self.hungry[lane] = true;
            }
        }
        if limits == [0; 2] {
            return;
        }
        if knocking {
            // One is enough to find out whether the service is back.
            limits = if limits[0] > 0 { [1, 0] } else { [0, 1] };
        }
        self.leasing = Some(desk::fetch(self.app.clone(), self.line, limits).boxed());
    }

    fn leased(&mut self, done: Result<Batch, Error>) {
        self.leasing = None;
        let batch = match done {
            Ok(batch) => batch,
            // Another process was first; what it leaves is looked at again soon.
            Err(Error::Stale) => return,
            Err(error) => {
                self.hungry = [true; 2];
                return self.rest(&error);
            }
        };
        if batch.shut {
            self.shut_until = Some(Instant::now() + LOOK);
        }
        for (row, end) in batch.settled {
            if self.hold(&row) {
                self.end(row, end);
            }
        }
        for item in batch.items {
            if self.hold(&item.row) {
                let lane = lane_of(&item.row);
                // Where there were some there may be more.
                self.hungry[lane] = true;
                self.ready[lane].push_back(item);
            }
        }
        if let Some(error) = batch.trouble {
            self.hungry = [true; 2];
            self.rest(&error);
        }
    }

    /// Notes a lease. `false`: the message was in hand already, sent and not recorded yet, so that its end is
    /// on the way, and ends this lease.
    fn hold(&mut self, row: &Leased) -> bool {
        self.in_hand.insert(row.id, row.until).is_none()
    }

    /// When the next message may go; `None`: none is ready.
    fn next_departure(&self) -> Option<Instant> {
        let most = if self.pacing.is_away() { 1 } else { FLYING };
        if self.flying.len() >= most || self.unrecorded >= UNRECORDED {
            return None;
        }
        let ready = self.ready.iter().flatten();
        let free = ready
            .map(|item| self.pacing.chat_free_at(&item.row.recipient))
            .min()?;
        Some(self.pacing.opens_at().max(free.unwrap_or_else(Instant::now)))
    }

    /// Sends the most urgent message whose chat may have one.
    async fn depart(&mut self) {
        if !self.pacing.take().await {
            return;
        }
        for lane in 0..2 {
            let mut at = 0;
            while let Some(item) = self.ready[lane].get(at) {
                match self.pacing.enter(&item.row.recipient).await {
                    Turn::Now => {
                        if let Some(item) = self.ready[lane].remove(at) {
                            self.send(item);
                        }
                        return;
                    }
                    Turn::Soon => at += 1,
                    Turn::Later(wait) => {
                        if let Some(item) = self.ready[lane].remove(at) {
                            let at = self.app.clock.now() + delta(wait);
                            self.end(item.row, Settled::Later { at });
                        }
                    }
                }
            }
        }
    }

    fn send(&mut self, item: Item) {
        let serial = self.pacing.leaves(&item.row.recipient);
        let left = self.app.clock.now();
        let courier = self.courier;
        let app = self.app.clone();
        let flight = async move {
            let began = Instant::now();
            let mut item = item;
            // A courier that panics over one letter carries the next.
            if let Some(post) = &mut item.letter.post {
                post.leaves_at = left;
            }
            let carried = AssertUnwindSafe(carry(&app, courier, &mut item)).catch_unwind();
            let outcome = match carried.await {
                Ok(outcome) => outcome,
                Err(panic) => Outcome::Refused {
                    why: format!("sending panicked: {}", panic_words(panic.as_ref())),
                },
            };
            Landed {
                item,
                serial,
                left,
                outcome,
                took: began.elapsed(),
            }
        };
        self.flying.push(flight.boxed());
    }

    fn end(&mut self, row: Leased, end: Settled) {
        self.in_hand.entry(row.id).or_insert(row.until);
        self.unrecorded += usize::from(is_sent(&end));
        self.ends.push((row, end));
    }

    fn begin_recording(&mut self) {
        let busy = self.leasing.is_some() || self.recording.is_some();
        if !busy && !self.ends.is_empty() && !self.is_resting() {
            let ends = self.take_ends();
            self.recording = Some(desk::record(self.app.clone(), (C::CHANNEL, C::POSTS), ends).boxed());
        }
    }

    /// What is to be recorded, each under the newest lease that we have of it.
    fn take_ends(&mut self) -> Ends {
        let mut ends = std::mem::take(&mut self.ends);
        for (row, _) in &mut ends {
            row.until = self.in_hand.get(&row.id).copied().unwrap_or(row.until);
        }
        ends
    }

    fn recorded(&mut self, (ends, result): (Ends, Result<(), Error>)) {
        self.recording = None;
        if let Err(error) = result {
            // They stay in hand until the database has them.
            self.ends.splice(0..0, ends);
            return self.rest(&error);
        }
        for (row, end) in ends {
            self.unrecorded = self.unrecorded.saturating_sub(usize::from(is_sent(&end)));
            self.in_hand.remove(&row.id);
            // The next message of the same chat may go now.
            self.hungry[lane_of(&row)] = true;
        }
    }

    /// What waited too long goes back, before its lease ends.
    fn give_back_old(&mut self) {
        for lane in 0..2 {
            while self.ready[lane]
                .front()
                .is_some_and(|item| item.since.elapsed() > HELD)
            {
                if let Some(item) = self.ready[lane].pop_front() {
                    self.end(item.row, Settled::Returned);
                }
            }
        }
    }

    fn rest(&mut self, error: &Error) {
        if self.rest_until.is_none() {
            tracing::warn!(%error, cause = ?std::error::Error::source(error), "the outbox cannot be read");
        }
        self.rest_until = Some(Instant::now() + LOOK / 2);
    }

    /// Whether the database is left alone for a moment.
    fn is_resting(&mut self) -> bool {
        if self.rest_until.is_some_and(|until| until <= Instant::now()) {
            self.rest_until = None;
        }
        self.rest_until.is_some()
    }
}

/// Carries one letter, with its file if it has one. An edit leaves the file where it is.
async fn carry<C: Courier>(app: &App, courier: &C, item: &mut Item) -> Outcome {
    if C::POSTS && !post::departs(app, &item.row, item.probes).await {
        return Outcome::NotBegun;
    }
    let letter: Letter = item.letter.clone();
    if let Some(file) = letter.attachment.clone().filter(|_| letter.edit.is_none()) {
        return enclosure::carry(app, courier, &mut item.row, &letter, &file).await;
    }
    let carried = timeout(PATIENCE, courier.deliver(letter)).await;
    carried.unwrap_or_else(|_| late::<C>())
}

/// Nobody knows what became of a letter by post.
pub(crate) fn late<C: Courier>() -> Outcome {
    let why = "no answer in time".to_owned();
    if C::POSTS {
        Outcome::Unsure { why }
    } else {
        Outcome::Trouble { why }
    }
}

fn is_sent(end: &Settled) -> bool {
    matches!(end, Settled::Sent { .. })
}

fn lane_of(row: &Leased) -> usize {
    usize::from(row.lane == Lane::Broadcast)
}

fn delta(time: Duration) -> TimeDelta {
    TimeDelta::from_std(time).unwrap_or(TimeDelta::hours(1))
}

/// The result of a future, if there is one.
async fn maybe<T>(future: &mut Option<BoxFuture<'static, T>>) -> T {
    match future {
        Some(future) => future.await,
        None => pending().await,
    }
}
