//! How fast a service may be asked to send: its limits, its 429s, its absences.

mod travel;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use rand::Rng;
use tokio::time::Instant;

use crate::cluster::{Cluster, Limit, Reserve};
use crate::delivery::pacing::travel::Travel;

/// A service's limits.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Over all chats, as we send.
    pub all: Limit,
    /// Over all chats, as the service counts arrivals: so many in any time so long.
    pub law: (usize, Duration),
    /// For one chat, by its name.
    pub chat: fn(&str) -> Limit,
}

/// Telegram's: about 30 messages a second for a bot, one a second to a person, 20 a minute to a group
/// (Bots FAQ, "My bot is hitting limits").
///
/// 29 a second is 96.7% of the first. The gap is a little shorter than an even pace, so that a late start is
/// made up for.
pub const TELEGRAM: Pace = Pace {
    all: Limit::every(Duration::from_millis(32)).at_most(29, Duration::from_secs(1)),
    law: (30, Duration::from_secs(1)),
    chat: |chat| {
        let pause = Limit::every(Duration::from_secs(1));
        if chat.starts_with('-') {
            pause.at_most(20, Duration::from_mins(1))
        } else {
            pause
        }
    },
};

/// WhatsApp's: 80 messages a second for a number, and one to a person each 6 seconds, of which a burst may run
/// ahead (Cloud API, "Throughput" and "Pair rate limits"). Twenty in two minutes to one person is that pace, and
/// lets the first answers of a chat go at once, one after the other.
pub const WHATSAPP: Pace = Pace {
    all: Limit::every(Duration::from_millis(12)).at_most(77, Duration::from_secs(1)),
    law: (80, Duration::from_secs(1)),
    chat: |_| Limit::every(Duration::from_millis(200)).at_most(20, Duration::from_mins(2)),
};

/// The longest wait for a place that is kept in memory; longer ones end in the database.
const KEPT: Duration = Duration::from_secs(2);
/// After so many failures in a row the service is taken to be away.
const AWAY_AFTER: u32 = 3;
/// The pause before the first knock at a service that is away; it doubles from there.
const FIRST_KNOCK: Duration = Duration::from_secs(1);
/// The longest pause between two knocks at a service that is away.
const SLOWEST_KNOCK: Duration = Duration::from_secs(15);
/// How long a message that failed waits at most before it is tried again.
const SLOWEST_RETRY: Duration = Duration::from_mins(1);

/// Whether a chat may have a message now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Now,
    /// In a moment: keep it in hand.
    Soon,
    /// After so long: give it back.
    Later(Duration),
}

/// The pace of one worker.
#[derive(Debug)]
pub struct Pacing {
    cluster: Cluster,
    channel: &'static str,
    pace: Pace,
    /// Nothing goes before then: the limit over all chats is used up.
    full_until: Option<Instant>,
    /// Nothing goes before then: we were told to wait, or the service is away.
    closed_until: Option<Instant>,
    travel: Travel,
    /// Chats that had a message just now, or said 429.
    chats: HashMap<String, Instant>,
    /// Chats that a message is on its way to.
    under_way: HashSet<String>,
    /// The chat that said 429 last, and until when it meant.
    flooded: Option<(String, Instant)>,
    failures: u32,
    /// Nothing goes before then: the service does not answer.
    away_until: Option<Instant>,
    /// Messages up to this number had left when that was last noticed: what becomes of them is no news of it.
    away_with: u64,
}

impl Pacing {
    pub fn new(cluster: Cluster, channel: &'static str, pace: Pace) -> Self {
        Self {
            cluster,
            channel,
            pace,
            full_until: None,
            closed_until: None,
            travel: Travel::default(),
            chats: HashMap::new(),
            under_way: HashSet::new(),
            flooded: None,
            failures: 0,
            away_until: None,
            away_with: 0,
        }
    }

    /// When a message may go as far as is known here.
    pub fn opens_at(&self) -> Instant {
        let (most, window) = self.pace.law;
        let known = self.full_until.max(self.closed_until).max(self.away_until);
        known
            .max(self.travel.opens_at(most, window))
            .unwrap_or_else(Instant::now)
    }

    /// Takes a place under the limit over all chats, if there is one at this moment.
    pub async fn take(&mut self) -> bool {
        if self.opens_at() > Instant::now() {
            return false;
        }
        match self
            .cluster
            .reserve(&self.pace.all, self.channel, Duration::ZERO)
            .await
        {
            Reserve::After(_) => true,
            Reserve::Refused(wait) => {
                self.full_until = Some(Instant::now() + wait);
                false
            }
        }
    }

    /// A message leaves for a chat; [`Self::landed`] is to be told its number.
    pub fn leaves(&mut self, chat: &str) -> u64 {
        self.under_way.insert(chat.to_owned());
        self.travel.leave()
    }

    /// The message with this number was answered, or given up.
    pub fn landed(&mut self, serial: u64, chat: &str) {
        self.travel.answer(serial);
        self.under_way.remove(chat);
        // The chat's pause counts from when the message can have arrived at the latest, not from when it left: the next
        // one may be faster than any before it.
        let free = Instant::now() + (self.pace.chat)(chat).gap;
        let known = self.chats.get(chat).copied();
        self.note_chat(chat, known.map_or(free, |known| known.max(free)));
    }

    /// When this chat may have a message as far as is known here, without asking anyone; its turn comes no earlier
    /// than the answer to what is on its way there.
    pub fn chat_free_at(&self, chat: &str) -> Option<Instant> {
        let now = Instant::now();
        let answered = self
            .under_way
            .contains(chat)
            .then(|| now + (self.pace.chat)(chat).gap);
        let free = self.chats.get(chat).copied().filter(|at| *at > now);
        free.max(answered)
    }

    /// Takes a chat's turn, if it has one now.
    pub async fn enter(&mut self, chat: &str) -> Turn {
        if let Some(free) = self.chat_free_at(chat) {
            return patience(free - Instant::now());
        }
        let limit = (self.pace.chat)(chat);
        let key = self.chat_key(chat);
        match self.cluster.reserve(&limit, &key, Duration::ZERO).await {
            Reserve::After(_) => Turn::Now,
            Reserve::Refused(wait) => {
                self.note_chat(chat, Instant::now() + wait);
                patience(wait)
            }
        }
    }

    /// The service said 429: this chat waits, and when another chat was told the same meanwhile, everyone.
    pub async fn flood(&mut self, chat: &str, wait: Duration) {
        let now = Instant::now();
        let limit = (self.pace.chat)(chat);
        let key = self.chat_key(chat);
        self.note_chat(chat, now + wait);
        self.cluster.postpone(&limit, &key, wait).await;
        let everyone = matches!(&self.flooded, Some((other, until)) if other != chat && *until > now);
        self.flooded = Some((chat.to_owned(), now + wait));
        if everyone {
            tracing::warn!(
                channel = self.channel,
                ?wait,
                "told to slow down in two chats: all wait"
            );
            self.close(wait);
            self.cluster.postpone(&self.pace.all, self.channel, wait).await;
        }
    }

    /// The service takes no more for this chat for so long.
    pub async fn postpone(&mut self, chat: &str, wait: Duration) {
        let limit = (self.pace.chat)(chat);
        let key = self.chat_key(chat);
        self.note_chat(chat, Instant::now() + wait);
        self.cluster.postpone(&limit, &key, wait).await;
    }

    /// The service answered.
    pub fn answered(&mut self) {
        if self.is_away() {
            tracing::info!(channel = self.channel, "the service answers again");
        }
        self.failures = 0;
        self.away_until = None;
    }

    /// The service did not answer the message with this number, or could not.
    pub fn troubled(&mut self, serial: u64) {
        if self.is_away() && serial <= self.away_with {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        if !self.is_away() {
            return;
        }
        if self.failures == AWAY_AFTER {
            tracing::warn!(
                channel = self.channel,
                "the service does not answer: messages wait"
            );
        }
        let knocks = self.failures - AWAY_AFTER;
        let pause = jittered(doubled(FIRST_KNOCK, knocks, SLOWEST_KNOCK));
        self.away_until = Some(Instant::now() + pause);
        self.away_with = self.travel.latest();
    }

    /// The service does not know us: it is asked again after so long, with one message.
    pub fn locked(&mut self, wait: Duration) {
        self.failures = self.failures.max(AWAY_AFTER);
        self.away_with = self.travel.latest();
        self.close(wait);
    }

    /// Whether the service seems to be away: one message at a time is enough to find out.
    pub fn is_away(&self) -> bool {
        self.failures >= AWAY_AFTER
    }

    /// Whether nothing may go for now, and for how long.
    pub fn closed(&self) -> Option<Duration> {
        let until = self.closed_until.max(self.away_until)?;
        let left = until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// Lets nothing go for so long.
    pub fn close(&mut self, wait: Duration) {
        let until = Instant::now() + wait;
        self.closed_until = self.closed_until.max(Some(until));
    }

    fn note_chat(&mut self, chat: &str, free: Instant) {
        let now = Instant::now();
        if self.chats.len() > 4096 {
            self.chats.retain(|_, at| *at > now);
        }
        self.chats.insert(chat.to_owned(), free);
    }

    fn chat_key(&self, chat: &str) -> String {
        format!("{}:{chat}", self.channel)
    }
}

/// How long a message waits that failed so many times: a second, twice that, and so on up to a minute.
pub fn retry_after(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    jittered(doubled(Duration::from_secs(1), doublings, SLOWEST_RETRY))
}

fn patience(wait: Duration) -> Turn {
    if wait > KEPT {
        Turn::Later(wait)
    } else {
        Turn::Soon
    }
}

fn doubled(first: Duration, times: u32, most: Duration) -> Duration {
    first
        .saturating_mul(2_u32.saturating_pow(times.min(16)))
        .min(most)
}

/// Up to a fifth more or less, so that what failed together does not come back together.
fn jittered(time: Duration) -> Duration {
    time.mul_f64(rand::rng().random_range(0.8..1.2))
}

#[cfg(test)]
mod tests;
