//! Many processes: wake-ups, changes, the lead and the limits go through Redis.
//!
//! Losing Redis is never an error to a caller: wake-ups reach this process only, limits are counted here and
//! more slowly, and after the lead has run out everyone leads.

mod scripts;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ::redis::aio::{ConnectionManager, ConnectionManagerConfig};
use ::redis::{Client, RedisError, RedisResult};
use futures::StreamExt;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::cluster::limit::{Limit, Reserve};
use crate::cluster::local::Local;
use crate::cluster::redis::scripts::Scripts;
use crate::cluster::{Change, Topic};

/// How long Redis may take to answer before we go on without it.
const PATIENCE: Duration = Duration::from_millis(300);
/// How long a lead lasts after its last renewal.
const LEAD: Duration = Duration::from_secs(10);
/// How often leads are renewed, and Redis is asked whether it is there.
const RENEW: Duration = Duration::from_secs(3);
/// How much slower each process counts on its own: as if there were four of them.
const ALONE: u32 = 4;
/// The longest pause between two attempts to reach Redis.
const SLOWEST_RETRY: Duration = Duration::from_secs(5);

/// The address of Redis cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("redis.url cannot be used: {0}")]
pub struct BadAddress(String);

/// The shared things of many processes. Cheap to clone.
#[derive(Clone)]
pub struct Redis(Arc<Inner>);

struct Inner {
    near: Local,
    client: Client,
    connection: ConnectionManager,
    prefix: String,
    /// Tells this process from the others.
    me: String,
    news: mpsc::Sender<&'static str>,
    news_out: Mutex<Option<mpsc::Receiver<&'static str>>>,
    leads: Mutex<HashMap<&'static str, Option<Instant>>>,
    healthy: AtomicBool,
    /// Redis was away and is back: what we listened on may be dead without knowing.
    returned: Notify,
    /// Since when Redis has been away.
    away: Mutex<Option<Instant>>,
    scripts: Scripts,
}

impl std::fmt::Debug for Redis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redis")
            .field("prefix", &self.0.prefix)
            .finish_non_exhaustive()
    }
}

impl Redis {
    pub(crate) fn new(url: &SecretString, prefix: &str) -> Result<Self, BadAddress> {
        let told = |error: RedisError| BadAddress(error.category().to_owned());
        let client = Client::open(url.expose_secret()).map_err(told)?;
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_connection_timeout(Some(Duration::from_secs(2)))
            .set_response_timeout(Some(Duration::from_secs(2)));
        let connection = ConnectionManager::new_lazy_with_config(client.clone(), config).map_err(told)?;
        let (news, news_out) = mpsc::channel(1024);
        Ok(Self(Arc::new(Inner {
            near: Local::new(),
            client,
            connection,
            prefix: prefix.to_owned(),
            me: format!("{:016x}", rand::random::<u64>()),
            news,
            news_out: Mutex::new(Some(news_out)),
            leads: Mutex::default(),
            healthy: AtomicBool::new(true),
            returned: Notify::new(),
            away: Mutex::default(),
            scripts: Scripts::new(),
        })))
    }

    /// What reaches this process.
    pub(crate) fn near(&self) -> &Local {
        &self.0.near
    }

    pub(crate) fn wake(&self, topic: Topic) {
        self.0.near.wake(topic);
        self.tell(name_of(topic));
    }

    pub(crate) fn publish(&self, change: Change) {
        self.0.near.publish(change);
        self.tell(match change {
            Change::Tickets => "tickets",
            Change::Settings => "settings",
        });
    }

    pub(crate) fn healthy(&self) -> bool {
        self.0.healthy.load(Ordering::Relaxed)
    }

    pub(crate) async fn lead(&self, task: &'static str) -> bool {
        let now = Instant::now();
        let away = *self.0.away.lock().unwrap_or_else(PoisonError::into_inner);
        if away.is_some_and(|since| now - since >= LEAD) {
            return true;
        }
        if let Some(until) = self.leads().get(task) {
            return until.is_some_and(|until| until > now);
        }
        // Asked for the first time; from now on it is tried and renewed in the background.
        self.leads().insert(task, None);
        self.take_lead(task).await
    }

    pub(crate) async fn reserve(&self, limit: &Limit, key: &str, patience: Duration) -> Reserve {
        if self.healthy() {
            let mut call = self.0.scripts.reserve.key(self.key("limit", key));
            call.arg(ms(limit.gap))
                .arg(ms(limit.window))
                .arg(limit.most)
                .arg(ms(patience));
            let mut connection = self.0.connection.clone();
            let answer = self.within(call.invoke_async::<i64>(&mut connection)).await;
            if let Some(wait) = answer {
                let far = Duration::from_millis(wait.unsigned_abs());
                return if wait < 0 {
                    Reserve::Refused(far)
                } else {
                    Reserve::After(far)
                };
            }
        }
        self.0.near.reserve(&limit.slower(ALONE), key, patience)
    }

    pub(crate) async fn postpone(&self, limit: &Limit, key: &str, by: Duration) {
        self.0.near.postpone(limit, key, by);
        if self.healthy() {
            let mut call = self.0.scripts.postpone.key(self.key("limit", key));
            call.arg(ms(by))
                .arg(ms(limit.gap))
                .arg(ms(limit.window))
                .arg(limit.most);
            self.within(call.invoke_async::<i64>(&mut self.0.connection.clone()))
                .await;
        }
    }

    pub(crate) async fn run(self, shutdown: CancellationToken) {
        let out = self
            .0
            .news_out
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(out) = out else {
            tracing::error!("the cluster is run twice");
            return shutdown.cancelled().await;
        };
        let work = async { tokio::join!(self.listen(), self.spread(out), self.hold_leads()) };
        tokio::select! {
            () = shutdown.cancelled() => {}
            _ = work => {}
        }
        self.leave_leads().await;
    }

    /// Hears what other processes tell, for as long as it takes.
    async fn listen(&self) {
        let mut pause = Duration::from_millis(100);
        loop {
            let heard = tokio::select! {
                heard = self.hear() => heard.is_ok(),
                () = self.0.returned.notified() => true,
            };
            if heard {
                pause = Duration::from_millis(100);
            }
            sleep(pause).await;
            pause = (pause * 2).min(SLOWEST_RETRY);
        }
    }

    async fn hear(&self) -> RedisResult<()> {
        let mut link = self.0.client.get_async_pubsub().await?;
        link.subscribe(self.key("news", "all")).await?;
        // What was told while nobody listened is made up for by looking.
        for topic in [Topic::Outbox, Topic::Inbox, Topic::Files, Topic::Webhooks] {
            self.0.near.wake(topic);
        }
        self.0.near.publish(Change::Tickets);
        let mut heard = link.on_message();
        while let Some(message) = heard.next().await {
            let text: String = message.get_payload()?;
            match text.split_once(' ') {
                Some((from, _)) if from == self.0.me => {}
                Some((_, "outbox")) => self.0.near.wake(Topic::Outbox),
                Some((_, "inbox")) => self.0.near.wake(Topic::Inbox),
                Some((_, "files")) => self.0.near.wake(Topic::Files),
                Some((_, "webhooks")) => self.0.near.wake(Topic::Webhooks),
                Some((_, "tickets")) => self.0.near.publish(Change::Tickets),
                Some((_, "settings")) => self.0.near.publish(Change::Settings),
                // A newer replica may tell what this one does not know.
                _ => {}
            }
        }
        Ok(())
    }

    async fn spread(&self, mut out: mpsc::Receiver<&'static str>) {
        let mut batch = Vec::new();
        while out.recv_many(&mut batch, 64).await > 0 {
            batch.sort_unstable();
            batch.dedup();
            for news in batch.drain(..) {
                if self.healthy() {
                    let mut connection = self.0.connection.clone();
                    let mut call = ::redis::cmd("PUBLISH");
                    call.arg(self.key("news", "all"))
                        .arg(format!("{} {news}", self.0.me));
                    self.within(call.query_async::<i64>(&mut connection)).await;
                }
            }
        }
    }

    async fn hold_leads(&self) {
        loop {
            let tasks: Vec<&'static str> = self.leads().keys().copied().collect();
            let reached = self.ping().await;
            for task in tasks.into_iter().filter(|_| reached) {
                self.take_lead(task).await;
            }
            sleep(RENEW).await;
        }
    }

    async fn ping(&self) -> bool {
        let mut connection = self.0.connection.clone();
        let call = ::redis::cmd("PING");
        let answer = self.within(call.query_async::<String>(&mut connection)).await;
        if answer.is_some() {
            *self.0.away.lock().unwrap_or_else(PoisonError::into_inner) = None;
            if !self.0.healthy.swap(true, Ordering::Relaxed) {
                tracing::info!("Redis is back");
                self.0.returned.notify_one();
            }
        }
        answer.is_some()
    }

    async fn take_lead(&self, task: &'static str) -> bool {
        // Counted from before the call, and a little less: never longer than Redis thinks.
        let until = Instant::now() + LEAD - Duration::from_secs(1);
        let mut call = self.0.scripts.take_lead.key(self.key("lead", task));
        call.arg(&self.0.me).arg(ms(LEAD));
        let taken = self
            .within(call.invoke_async::<i64>(&mut self.0.connection.clone()))
            .await;
        if let Some(taken) = taken {
            self.leads().insert(task, (taken == 1).then_some(until));
        }
        taken == Some(1)
    }

    async fn leave_leads(&self) {
        let leads = std::mem::take(&mut *self.leads());
        let held = leads.into_iter().filter_map(|(task, until)| until.map(|_| task));
        for task in held {
            let mut call = self.0.scripts.leave_lead.key(self.key("lead", task));
            call.arg(&self.0.me);
            self.within(call.invoke_async::<i64>(&mut self.0.connection.clone()))
                .await;
        }
    }

    fn leads(&self) -> MutexGuard<'_, HashMap<&'static str, Option<Instant>>> {
        self.0.leads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, news: &'static str) {
        // A full queue means that Redis is away or slow; others find out by looking.
        let _ = self.0.news.try_send(news);
    }

    fn key(&self, kind: &str, name: &str) -> String {
        format!("{}:{kind}:{name}", self.0.prefix)
    }

    /// The answer, if Redis gives one in time. The first failure after good times is told in the log.
    async fn within<T>(&self, call: impl Future<Output = RedisResult<T>>) -> Option<T> {
        let error = match timeout(PATIENCE, call).await {
            Ok(Ok(answer)) => return Some(answer),
            Ok(Err(error)) => error.category().to_owned(),
            Err(_) => "no answer in time".to_owned(),
        };
        let mut away = self.0.away.lock().unwrap_or_else(PoisonError::into_inner);
        away.get_or_insert_with(Instant::now);
        if self.0.healthy.swap(false, Ordering::Relaxed) {
            tracing::warn!(error, "Redis is away: sending is slower, nothing is lost");
        }
        None
    }
}

/// Asks a Redis whether it is there.
pub(crate) async fn reach(url: &SecretString) -> Result<(), String> {
    let told = |error: RedisError| error.category().to_owned();
    let client = Client::open(url.expose_secret()).map_err(told)?;
    let mut link = client.get_multiplexed_async_connection().await.map_err(told)?;
    let answer: String = ::redis::cmd("PING").query_async(&mut link).await.map_err(told)?;
    if answer == "PONG" {
        Ok(())
    } else {
        Err("what answers is no Redis".to_owned())
    }
}

fn name_of(topic: Topic) -> &'static str {
    match topic {
        Topic::Outbox => "outbox",
        Topic::Inbox => "inbox",
        Topic::Files => "files",
        Topic::Webhooks => "webhooks",
    }
}

fn ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
