//! A company without Telegram, whose messages a courier of our own carries.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dialogues::say::{Hint, Say};
use domain::ids::TicketId;
use domain::person::{Locale, Role};
use futures::FutureExt;
use tanggap::app::act::{Act, Channel};
use tanggap::app::{App, Error, customers, services, tickets, users};
use tanggap::clock::Clock;
use tanggap::cluster::Cluster;
use tanggap::config::Config;
use tanggap::delivery::pacing::{Pace, TELEGRAM};
use tanggap::delivery::{self, Courier, Enclosed, Letter, Outcome, Posted};
use tanggap::files::Files;
use tanggap::store;
use tanggap::store::outbox::{self, Filter, Lane, Message, Shown};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::harness::backend::order;
use crate::harness::{Backend, PATIENCE};

/// What a letter was, and when it was carried.
#[derive(Debug, Clone)]
pub(crate) struct Carried {
    pub(crate) letter: Letter,
    pub(crate) at: Instant,
}

/// Carries nothing anywhere; answers what he was told, in order, and then that all is well.
#[derive(Clone, Default)]
pub(crate) struct Boy {
    carried: Arc<Mutex<Vec<Carried>>>,
    answers: Arc<Mutex<VecDeque<Outcome>>>,
    slowness: Arc<Mutex<Duration>>,
    panics: Arc<AtomicBool>,
}

impl Courier for Boy {
    const CHANNEL: &'static str = "telegram";
    const PACE: Pace = TELEGRAM;

    async fn deliver(&self, letter: Letter) -> Outcome {
        let at = Instant::now();
        let message = {
            let mut carried = self.carried.lock().expect("letters");
            carried.push(Carried { letter, at });
            carried.len().to_string()
        };
        let answer = self.answers.lock().expect("answers").pop_front();
        assert!(
            !self.panics.swap(false, Ordering::Relaxed),
            "the boy trips over this one"
        );
        let slowness = *self.slowness.lock().expect("slowness");
        sleep(slowness).await;
        answer.unwrap_or(Outcome::Sent {
            message: Some(message),
        })
    }

    async fn post(&self, letter: Letter, _: Enclosed) -> Posted {
        Posted::Done {
            outcome: self.deliver(letter).await,
            name: None,
        }
    }
}

impl Boy {
    pub(crate) fn will_say(&self, answer: Outcome) {
        self.answers.lock().expect("answers").push_back(answer);
    }

    /// Carries the next letter no further than the door.
    pub(crate) fn will_panic(&self) {
        self.panics.store(true, Ordering::Relaxed);
    }

    pub(crate) fn takes(&self, time: Duration) {
        *self.slowness.lock().expect("slowness") = time;
    }

    pub(crate) fn carried(&self) -> Vec<Carried> {
        self.carried.lock().expect("letters").clone()
    }

    pub(crate) async fn has_carried(&self, count: usize) -> Vec<Carried> {
        let wait = async {
            while self.carried().len() < count {
                sleep(Duration::from_millis(5)).await;
            }
        };
        let in_time = timeout(PATIENCE, wait).await.is_ok();
        assert!(in_time, "only {} of {count} were carried", self.carried().len());
        self.carried()
    }
}

/// A company with one ticket and nobody who speaks to Telegram.
pub(crate) struct Office {
    pub(crate) app: App,
    pub(crate) clock: Clock,
    pub(crate) ticket: TicketId,
    writer: Option<JoinHandle<()>>,
    _folder: TempDir,
}

impl Office {
    pub(crate) async fn open(backend: &Backend) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::default_settings();
        backend.prepare(&mut config, &folder).await;
        let url = config.database.url.expose();
        if backend.is_sqlite() {
            store::migrate(url).await.expect("migrated");
        }
        let (db, writer) = store::open(url, 8).await.expect("opened");
        #[expect(clippy::disallowed_methods, reason = "a story drives the writer itself")]
        let writer = writer.map(|writer| tokio::spawn(writer.run()));
        let clock = Clock::frozen("2026-11-23T02:00:00Z".parse().expect("a moment"));
        let app = App::new(db, Cluster::local(), clock.clone(), &config, Files::nowhere());
        let ticket = ticket(&app).await;
        Self {
            app,
            clock,
            ticket,
            writer,
            _folder: folder,
        }
    }

    pub(crate) fn send_with(&self, boy: &Boy) -> (JoinHandle<()>, CancellationToken) {
        let stop = CancellationToken::new();
        let work = delivery::outbox::run(self.app.clone(), boy.clone(), stop.clone());
        #[expect(clippy::disallowed_methods, reason = "a story starts the worker itself")]
        let worker = tokio::spawn(work);
        (worker, stop)
    }

    /// Queues a message in one transaction with others.
    pub(crate) async fn queue(&self, messages: Vec<(Lane, i64, Say)>) {
        let (ticket, at) = (self.ticket, self.clock.now());
        let done = self.app.db.write(move |tx| {
            async move {
                for (lane, chat, say) in messages {
                    let card = match say.hint {
                        Hint::Card(card) => Some(Shown {
                            ticket: card.ticket,
                            kind: card.kind.as_str(),
                            epoch: card.epoch,
                        }),
                        _ => None,
                    };
                    let message = Message {
                        channel: "telegram",
                        lane,
                        recipient: chat.to_string(),
                        user: None,
                        ticket: Some(ticket),
                        kind: say.text.name().to_owned(),
                        locale: Locale::Id,
                        payload: serde_json::to_string(&say).expect("JSON"),
                        card,
                    };
                    outbox::enqueue(tx, message, at).await?;
                }
                Ok::<_, Error>(())
            }
            .boxed()
        });
        done.await.expect("queued");
        self.app.cluster.wake(tanggap::cluster::Topic::Outbox);
    }

    /// Tells the database something that the product never would.
    pub(crate) async fn order(&self, statement: &str) {
        order(self.app.config.database.url.expose(), statement).await;
    }

    pub(crate) async fn states(&self) -> Vec<(String, i32)> {
        let rows = outbox::list(&self.app.db, &Filter::default(), None, 500)
            .await
            .expect("rows");
        rows.into_iter()
            .rev()
            .map(|row| (row.state, row.attempts))
            .collect()
    }

    pub(crate) async fn drained(&self) {
        let wait = async {
            while outbox::depth(&self.app.db).await.expect("depth") > 0 {
                sleep(Duration::from_millis(10)).await;
            }
        };
        assert!(
            timeout(PATIENCE, wait).await.is_ok(),
            "not drained: {:?}",
            self.states().await
        );
    }

    /// As [`Self::drained`], while time goes by: a failure of a moment ago is tried again.
    pub(crate) async fn drained_in_time(&self) {
        let time = async {
            loop {
                self.clock.advance(chrono::TimeDelta::seconds(5));
                sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::select! {
            () = self.drained() => {}
            () = time => {}
        }
    }

    pub(crate) async fn close(self) {
        self.app.db.clone().close().await;
        drop(self.app);
        if let Some(writer) = self.writer {
            writer.await.expect("the writer ends");
        }
    }
}

async fn ticket(app: &App) -> TicketId {
    let new = users::New {
        username: "rina".into(),
        name: "Rina".into(),
        role: "admin".into(),
        ..users::New::default()
    };
    let (draft, _) = users::check(&new, "kata sandi panjang", app.now()).expect("a form");
    let hash = users::PasswordHash("none".to_owned());
    let admin = users::create(app, &Act::system(app.now()), draft, hash, false)
        .await
        .expect("an admin");
    let act = Act::of(admin.id.parse().expect("an id"), Channel::System, app.now());
    let technician = users::New {
        username: "budi".into(),
        name: "Budi".into(),
        role: Role::Technician.as_str().into(),
        daily_quota: Some(5),
        ..users::New::default()
    };
    let (draft, _) = users::check(&technician, "kata sandi panjang", app.now()).expect("a form");
    let hash = users::PasswordHash("none".to_owned());
    let budi = users::create(app, &act, draft, hash, false)
        .await
        .expect("a technician");
    // Linked only for the quota: nothing is offered to him by this ticket.
    let patch = users::Patch {
        version: Some(budi.version),
        telegram_id: Some(Some(1001)),
        ..users::Patch::default()
    };
    users::edit(app, &act, budi.id.parse().expect("an id"), patch)
        .await
        .expect("linked");
    let service = services::Form {
        version: None,
        name: Some("Servis".into()),
        base_price: Some(1),
        active: None,
    };
    let service = services::create(app, &act, service).await.expect("a service");
    let customer = customers::Form {
        name: Some("Bapak Hartono".into()),
        address: Some("Jl. A 1, Coblong, Bandung".into()),
        ..customers::Form::default()
    };
    let customer = customers::create(app, &act, customer).await.expect("a customer");
    let new = tickets::New {
        customer_id: customer.id,
        service_id: service.id,
        problem: "Rusak".into(),
        ..tickets::New::default()
    };
    let ticket = tickets::create(app, &act, new).await.expect("a ticket");
    let id = ticket.id.parse().expect("an id");
    let at = app.now();
    let cleared = app.db.write(move |tx| {
        async move { Ok::<_, Error>(outbox::drop_unsent_offers(tx, id, at).await?) }.boxed()
    });
    cleared.await.expect("no offers");
    id
}

/// Tells a story of the office on each database.
pub(crate) fn office(story: impl AsyncFn(&Office)) {
    for backend in Backend::all() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build();
        runtime.expect("a runtime").block_on(async {
            let office = Office::open(&backend).await;
            story(&office).await;
            office.close().await;
        });
    }
}
