//! The loop of the fetching worker, and the way of one file.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use domain::document::Kind;
use domain::ids::DocumentId;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use rand::Rng;
use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::app::conversation::documents::{self, Landing};
use crate::app::conversation::{App, Error};
use crate::cluster::Topic;
use crate::delivery::files::{Fetched, Fetcher};
use crate::delivery::inbox::panic_words;
use crate::files::{Accept, Inspected, MOST_BYTES, Unfit};

/// How many files are fetched at once.
const AT_ONCE: usize = 4;
/// A fetch that takes longer is begun anew: 20 MiB at 2 Mbit/s.
const PATIENCE: Duration = Duration::from_secs(90);
/// How often a lease is renewed: three times before it would end.
const RENEW: Duration = Duration::from_secs(10);
/// How often we look when nobody wakes us.
const LOOK: Duration = Duration::from_secs(1);
/// How long a stopping worker waits for what is under way.
const FAREWELL: Duration = Duration::from_secs(6);
/// A service that does not know us is asked again after this.
const LOCKED: Duration = Duration::from_secs(30);
/// A file that failed so often, over about seven hours, is given up.
pub(crate) const MOST_ATTEMPTS: i32 = 30;
/// A storage that cannot keep a file is asked again after this.
const STORAGE: Duration = Duration::from_secs(15);
/// How long a file that failed waits at most before it is tried again.
const SLOWEST_RETRY: Duration = Duration::from_mins(20);

pub(crate) struct Worker<'f, F: Fetcher> {
    app: App,
    fetcher: &'f F,
    flying: FuturesUnordered<BoxFuture<'f, DocumentId>>,
    in_hand: HashSet<DocumentId>,
}

impl<'f, F: Fetcher> Worker<'f, F> {
    pub(crate) fn new(app: App, fetcher: &'f F) -> Self {
        Self {
            app,
            fetcher,
            flying: FuturesUnordered::new(),
            in_hand: HashSet::new(),
        }
    }

    pub(crate) async fn run(mut self, shutdown: CancellationToken) {
        if let Err(error) = documents::take_over(&self.app).await {
            tracing::warn!(%error, "old leases of files could not be ended; they end by themselves");
        }
        let mut look_at = Instant::now();
        loop {
            let has_room = self.flying.len() < AT_ONCE;
            tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                Some(id) = self.flying.next() => {
                    self.in_hand.remove(&id);
                    look_at = Instant::now();
                }
                () = sleep_until(look_at), if has_room => look_at = Instant::now() + self.look().await,
                () = self.app.cluster.woken(Topic::Files, F::CHANNEL) => look_at = Instant::now(),
            }
        }
        self.say_farewell().await;
    }

    /// Begins what may be fetched now; answers when to look again.
    async fn look(&mut self) -> Duration {
        let room = u64::try_from(AT_ONCE - self.flying.len()).unwrap_or(0);
        let leased = match documents::lease(&self.app, F::CHANNEL, room).await {
            Ok(leased) => leased,
            Err(error) => {
                tracing::warn!(%error, "files that wait cannot be read");
                return LOOK;
            }
        };
        for document in leased {
            // One whose lease could not be renewed is on its way all the same.
            if self.in_hand.insert(document.id) {
                let errand = Errand {
                    id: document.id,
                    kind: document.kind,
                    source: document.source.unwrap_or_default(),
                    attempts: document.attempts,
                };
                self.flying
                    .push(bring(self.app.clone(), self.fetcher, errand).boxed());
            }
        }
        match documents::due_in(&self.app, F::CHANNEL, LOOK).await {
            Ok(Some(wait)) => wait.max(LOOK / 4),
            Ok(None) | Err(_) => LOOK,
        }
    }

    async fn say_farewell(mut self) {
        let deadline = Instant::now() + FAREWELL;
        while let Ok(Some(id)) = timeout_at(deadline, self.flying.next()).await {
            self.in_hand.remove(&id);
        }
        drop(self.flying);
        for id in self.in_hand {
            if let Err(error) = documents::give_back(&self.app, id).await {
                tracing::warn!(%error, "a file's lease ends by itself");
            }
        }
    }
}

/// One file to fetch.
struct Errand {
    id: DocumentId,
    kind: Option<Kind>,
    source: String,
    attempts: i32,
}

/// Fetches one file and says what became of it, while its lease is kept.
async fn bring<F: Fetcher>(app: App, fetcher: &F, errand: Errand) -> DocumentId {
    let id = errand.id;
    let work = AssertUnwindSafe(settle(&app, fetcher, &errand)).catch_unwind();
    let keep = async {
        loop {
            sleep(RENEW).await;
            if let Err(error) = documents::extend(&app, id).await {
                tracing::warn!(%error, "a file's lease could not be renewed");
            }
        }
    };
    tokio::select! {
        done = work => match done {
            Ok(Ok(())) => {}
            // Its lease ends by itself, and it is fetched again.
            Ok(Err(error)) => tracing::warn!(%error, file = id.0, "what became of a file is not written down yet"),
            Err(panic) => tracing::error!(panic = panic_words(panic.as_ref()), file = id.0, "fetching a file panicked"),
        },
        () = keep => {}
    }
    id
}

async fn settle<F: Fetcher>(app: &App, fetcher: &F, errand: &Errand) -> Result<(), Error> {
    if errand.attempts > MOST_ATTEMPTS {
        // It was begun that often and nobody could say what became of it.
        return give_up(app, errand).await;
    }
    let fetched = timeout(PATIENCE, fetcher.fetch(&errand.source, MOST_BYTES)).await;
    let fetched = fetched.unwrap_or_else(|_| Fetched::Trouble {
        why: "no answer in time".to_owned(),
    });
    match fetched {
        Fetched::Bytes(bytes) => match app.files.inspect(bytes, accepted(errand.kind)).await {
            Ok(file) => keep(app, errand, file).await,
            Err(unfit) => refuse(app, errand, unfit).await,
        },
        Fetched::TooLarge => refuse(app, errand, Unfit::TooLarge).await,
        Fetched::Gone { why } => {
            tracing::warn!(file = errand.id.0, why, "the service has a file no more");
            documents::landed(app, errand.id, Landing::Lost("gone")).await?;
            count::<F>("files_lost_total");
            Ok(())
        }
        Fetched::Flood { wait } => documents::not_yet(app, errand.id, wait).await,
        Fetched::Locked { why } => {
            tracing::error!(
                channel = F::CHANNEL,
                why,
                "nothing can be fetched: the service does not accept our token; files wait"
            );
            documents::not_yet(app, errand.id, LOCKED).await
        }
        Fetched::Trouble { why } => retry(app, errand, why).await,
    }
}

/// Stores the file first; only then does it count.
async fn keep(app: &App, errand: &Errand, file: Inspected) -> Result<(), Error> {
    if let Err(error) = app.files.keep(&file).await {
        // Our own trouble: the service still has the file, so that it does not count.
        tracing::warn!(file = errand.id.0, %error, "a file cannot be stored");
        return documents::not_yet(app, errand.id, STORAGE).await;
    }
    documents::landed(app, errand.id, Landing::Ready(Box::new(file.clone()))).await?;
    metrics::counter!("files_ready_total").increment(1);
    // Whoever sweeps may have taken the bytes for forgotten ones in the moment before they counted.
    if let Ok(None) = app.files.find(&file.sha256).await
        && let Err(error) = app.files.keep(&file).await
    {
        tracing::error!(file = errand.id.0, %error, "a file that counts is not stored");
    }
    Ok(())
}

async fn refuse(app: &App, errand: &Errand, unfit: Unfit) -> Result<(), Error> {
    metrics::counter!("files_refused_total", "why" => unfit.code()).increment(1);
    documents::landed(app, errand.id, Landing::Refused(unfit.code())).await?;
    Ok(())
}

async fn retry(app: &App, errand: &Errand, why: String) -> Result<(), Error> {
    if errand.attempts >= MOST_ATTEMPTS {
        tracing::warn!(file = errand.id.0, why, "a file is given up");
        return give_up(app, errand).await;
    }
    tracing::info!(
        file = errand.id.0,
        why,
        attempts = errand.attempts,
        "a file did not come; again later"
    );
    documents::again(app, errand.id, retry_after(errand.attempts), why).await
}

async fn give_up(app: &App, errand: &Errand) -> Result<(), Error> {
    metrics::counter!("files_lost_total").increment(1);
    documents::landed(app, errand.id, Landing::Lost("unreachable")).await?;
    Ok(())
}

/// What nobody has said the purpose of may be a paper.
fn accepted(kind: Option<Kind>) -> Accept {
    match kind {
        Some(kind) if kind.may_be_anything() => Accept::Anything,
        Some(kind) if !kind.may_be_pdf() => Accept::Photo,
        _ => Accept::Paper,
    }
}

/// How long a file waits that failed so many times: a second, thrice that, and so on up to twenty minutes,
/// which makes about an hour of the first ten attempts. Up to a fifth more or less, so that what failed together does
/// not come back together.
pub(crate) fn retry_after(attempts: i32) -> Duration {
    let times = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(12);
    let wait = Duration::from_secs(3_u64.saturating_pow(times)).min(SLOWEST_RETRY);
    wait.mul_f64(rand::rng().random_range(0.8..1.2))
}

fn count<F: Fetcher>(name: &'static str) {
    metrics::counter!(name, "channel" => F::CHANNEL).increment(1);
}
