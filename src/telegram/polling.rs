//! Asking for updates, where no webhook can reach us: the offset moves after the commit.
//!
//! Updates of one line (a chat's messages, a person's presses) are handled in order, lines side by side. What
//! was not committed is asked for again, so that a crash loses nothing.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Duration;

use futures::future::{BoxFuture, pending};
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use crate::delivery::inbox::Desk;
use crate::telegram::client::{CallError, Client};
use crate::telegram::hear::{Heard, PressAnswer, hear, line_of, read, set_aside};
use crate::telegram::router::{Line, Routed, Unreadable};
use crate::telegram::setup::UPDATES;

/// The task that one replica leads.
const TASK: &str = "telegram-polling";
/// How long Telegram holds a question that it has no answer to.
const LONG_POLL: Duration = Duration::from_secs(25);
/// As many as Telegram gives at once.
const LIMIT: usize = 100;
/// How soon is asked again while something is still being handled: after new ones, and after none.
const SOON: [Duration; 2] = [Duration::from_millis(20), Duration::from_millis(250)];
/// How often a replica that does not lead looks whether it does.
const LOOK: Duration = Duration::from_secs(2);
/// How long what is under way may take when we stop.
const FAREWELL: Duration = Duration::from_secs(8);
const SLOWEST: Duration = Duration::from_secs(15);

type Asked = Result<Value, CallError>;

/// An update on its way through.
struct Job {
    id: i64,
    raw: String,
    read: Result<Routed, Unreadable>,
}

/// What a finished job leaves.
struct Done {
    id: i64,
    line: Line,
    answer: Option<PressAnswer>,
}

struct Poller<'p> {
    client: &'p Client,
    desk: &'p Desk,
    /// Updates not yet behind us, by id, and whether they are done.
    known: BTreeMap<i64, bool>,
    /// One after the newest update that was seen; `None`: whatever Telegram has.
    next: Option<i64>,
    /// Everything below this is done; a question that was on its way meanwhile may still bring it.
    behind: Option<i64>,
    /// What waits in each line behind the one that is being handled.
    lines: HashMap<Line, VecDeque<Job>>,
    running: FuturesUnordered<BoxFuture<'p, Done>>,
    answering: FuturesUnordered<BoxFuture<'p, ()>>,
    asking: Option<BoxFuture<'p, Asked>>,
    ask_at: Instant,
    failures: u32,
}

/// Asks for updates while this process leads, until `shutdown`.
pub async fn run(client: Client, desk: Desk, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        if desk.leads(TASK).await {
            Poller::new(&client, &desk).work(&shutdown).await;
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = sleep(LOOK) => {}
        }
    }
}

impl<'p> Poller<'p> {
    fn new(client: &'p Client, desk: &'p Desk) -> Self {
        Self {
            client,
            desk,
            known: BTreeMap::new(),
            next: None,
            behind: None,
            lines: HashMap::new(),
            running: FuturesUnordered::new(),
            answering: FuturesUnordered::new(),
            asking: None,
            ask_at: Instant::now(),
            failures: 0,
        }
    }

    /// Works while this process leads.
    async fn work(mut self, shutdown: &CancellationToken) {
        loop {
            if self.asking.is_none() && self.ask_at <= Instant::now() {
                if !self.desk.leads(TASK).await {
                    tracing::info!("another process asks Telegram for updates now");
                    break;
                }
                self.asking = Some(self.ask().boxed());
            }
            tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                Some(done) = self.running.next() => self.finish(done),
                Some(()) = self.answering.next() => {}
                asked = maybe(&mut self.asking) => self.heard(asked),
                () = sleep_until(self.ask_at), if self.asking.is_none() => {}
            }
        }
        self.say_farewell().await;
    }

    /// Asks for what comes after all that is done; waits only when nothing is being handled.
    fn ask(&self) -> impl Future<Output = Asked> + Send + 'p {
        let wait = if self.known.is_empty() {
            LONG_POLL
        } else {
            Duration::ZERO
        };
        let offset = self.known.keys().next().copied().or(self.next);
        let mut body = json!({
            "limit": LIMIT,
            "timeout": wait.as_secs(),
            "allowed_updates": UPDATES,
        });
        if let Some(offset) = offset {
            body["offset"] = offset.into();
        }
        let client = self.client;
        async move {
            let patience = wait + Duration::from_secs(10);
            client.call_within("getUpdates", &body, patience).await
        }
    }

    fn heard(&mut self, asked: Asked) {
        self.asking = None;
        match asked {
            Ok(Value::Array(updates)) => {
                self.failures = 0;
                let was_idle = self.known.is_empty();
                if updates.is_empty() && was_idle {
                    // All is behind us. After a week of silence ids begin anew, perhaps below.
                    self.next = None;
                    self.behind = None;
                }
                let mut new = false;
                for update in updates {
                    new |= self.arrive(&update);
                }
                let pause = match (self.known.is_empty(), new) {
                    (true, _) => Duration::ZERO,
                    (false, true) => SOON[0],
                    (false, false) => SOON[1],
                };
                self.ask_at = Instant::now() + pause;
            }
            Ok(_) => self.pause(&CallError::Silent("getUpdates gave no list".to_owned())),
            Err(error) => self.pause(&error),
        }
    }

    /// Puts an update into its line. `false`: it is there already.
    fn arrive(&mut self, update: &Value) -> bool {
        let received_at = self.desk.now();
        let raw = update.to_string();
        let read = read(self.desk, raw.as_bytes(), received_at);
        let id = update
            .get("update_id")
            .and_then(Value::as_i64)
            .unwrap_or_default();
        if self.known.contains_key(&id) || Some(id) < self.behind {
            return false;
        }
        self.known.insert(id, false);
        self.next = self.next.max(Some(id + 1));
        let line = line_of(&read);
        let job = Job { id, raw, read };
        match self.lines.get_mut(&line) {
            Some(waiting) if line != Line::None => waiting.push_back(job),
            _ => self.start(line, job),
        }
        true
    }

    fn start(&mut self, line: Line, job: Job) {
        if line != Line::None {
            self.lines.entry(line).or_default();
        }
        let desk = self.desk;
        self.running.push(handle(desk, line, job).boxed());
    }

    fn finish(&mut self, done: Done) {
        self.known.insert(done.id, true);
        while let Some(first) = self.known.first_entry().filter(|first| *first.get()) {
            self.behind = Some(first.remove_entry().0 + 1);
        }
        if self.known.is_empty() {
            self.ask_at = self.ask_at.min(Instant::now());
        }
        if let Some(answer) = done.answer {
            self.answering.push(answer_press(self.client, answer).boxed());
        }
        match self.lines.get_mut(&done.line).map(VecDeque::pop_front) {
            Some(Some(job)) => self.start(done.line, job),
            Some(None) => drop(self.lines.remove(&done.line)),
            None => {}
        }
    }

    fn pause(&mut self, error: &CallError) {
        self.failures = self.failures.saturating_add(1);
        let grown = Duration::from_millis(500)
            .saturating_mul(2_u32.saturating_pow(self.failures.min(10)))
            .min(SLOWEST);
        let wait = match error {
            CallError::Said { code: 401 | 404, .. } => {
                tracing::error!("Telegram does not accept telegram.token");
                Duration::from_secs(30)
            }
            CallError::Said {
                retry_after: Some(seconds),
                ..
            } => Duration::from_secs(*seconds),
            CallError::Said { code: 409, .. } => {
                // A webhook is still set, or another process asks too.
                tracing::warn!(%error, "Telegram gives updates to someone else");
                grown
                    .max(Duration::from_secs(1))
                    .mul_f64(rand::random_range(1.0..2.0))
            }
            _ => {
                if self.failures == 1 {
                    tracing::warn!(%error, "Telegram gives no updates; trying again");
                }
                grown
            }
        };
        self.ask_at = Instant::now() + wait;
    }

    /// Waits for what is under way, and tells Telegram what is done.
    async fn say_farewell(mut self) {
        self.asking = None;
        self.lines.values_mut().for_each(VecDeque::clear);
        let last = async {
            while let Some(done) = self.running.next().await {
                self.finish(done);
            }
            while self.answering.next().await.is_some() {}
        };
        drop(timeout(FAREWELL, last).await);
        let undone = self.known.iter().find(|(_, done)| !**done).map(|(id, _)| *id);
        let Some(offset) = undone.or(self.next) else {
            return;
        };
        let body = json!({ "offset": offset, "limit": 1, "timeout": 0, "allowed_updates": UPDATES });
        // Only the offset counts; what it brings stays unconfirmed.
        drop(
            self.client
                .call_within("getUpdates", &body, Duration::from_secs(1))
                .await,
        );
    }
}

/// Handles an update until it is committed or kept aside, however long the database is away.
async fn handle(desk: &Desk, line: Line, job: Job) -> Done {
    let Job { id, raw, read } = job;
    let mut pause = Duration::from_millis(200);
    loop {
        let heard = match &read {
            Ok(routed) => hear(desk, routed.clone(), raw.as_bytes()).await,
            Err(unreadable) => {
                let update_id = unreadable.update_id.or(Some(id));
                let why = unreadable.why.clone();
                set_aside(desk, Unreadable { update_id, why }, raw.as_bytes()).await
            }
        };
        match heard {
            Heard::Done(answer) => return Done { id, line, answer },
            Heard::Busy => sleep(pause).await,
        }
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}

/// An answer that comes to nothing is no error: it is too old, or Telegram is away.
async fn answer_press(client: &Client, answer: PressAnswer) {
    if let Err(error) = client.call("answerCallbackQuery", &answer).await {
        tracing::debug!(%error, "a press could not be answered");
    }
}

/// The result of a future, if there is one.
async fn maybe<T>(future: &mut Option<BoxFuture<'_, T>>) -> T {
    match future {
        Some(future) => future.await,
        None => pending().await,
    }
}
