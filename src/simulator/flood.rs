//! The service's limits on sending: a window per bot, a pace per private chat, a window per group.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use crate::simulator::options::Flood;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
/// Gates of chats that have been quiet are dropped once there are this many.
const GATES: usize = 10_000;

/// Why a send is refused. `retry_after` is in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany {
    pub(crate) retry_after: u64,
    /// True when an earlier 429 had told the bot to be quiet, and it was not.
    pub(crate) ignored: bool,
    /// Which limit was met: `bot`, `chat` or `group`.
    pub(crate) limit: &'static str,
}

#[derive(Default)]
struct Gate {
    recent: VecDeque<Instant>,
    /// When a private chat has paid for everything it took so far.
    paid_until: Option<Instant>,
    quiet_until: Option<Instant>,
}

/// What has been sent lately.
#[derive(Default)]
pub(crate) struct FloodGate {
    bot: Gate,
    chats: HashMap<i64, Gate>,
}

impl FloodGate {
    /// Lets one call pass, or says how long to wait. A refused one counts in no window. An album is one call and
    /// counts as many messages as it has: `count`.
    pub(crate) fn admit(
        &mut self,
        rules: &Flood,
        chat: i64,
        count: u32,
        now: Instant,
    ) -> Result<(), TooMany> {
        if let Some(retry_after) = quiet(self.bot.quiet_until, now) {
            return Err(TooMany {
                retry_after,
                ignored: true,
                limit: "bot",
            });
        }
        self.forget(now);
        let gate = self.chats.entry(chat).or_default();
        let group = chat < 0;
        let limit = if group { "group" } else { "chat" };
        if let Some(retry_after) = quiet(gate.quiet_until, now) {
            return Err(TooMany {
                retry_after,
                ignored: true,
                limit,
            });
        }
        if !rules.on {
            return Ok(());
        }
        let wait = if group {
            full(
                &mut gate.recent,
                rules.group_per_minute,
                count,
                MINUTE,
                rules.slack,
                now,
            )
        } else {
            gate.owes(rules, now)
        };
        if let Some(wait) = wait {
            let retry_after = whole_seconds(wait);
            gate.quiet_until = Some(now + Duration::from_secs(retry_after));
            return Err(TooMany {
                retry_after,
                ignored: false,
                limit,
            });
        }
        if let Some(wait) = full(
            &mut self.bot.recent,
            rules.per_second,
            count,
            SECOND,
            rules.slack,
            now,
        ) {
            let retry_after = whole_seconds(wait);
            self.bot.quiet_until = Some(now + Duration::from_secs(retry_after));
            return Err(TooMany {
                retry_after,
                ignored: false,
                limit: "bot",
            });
        }
        for _ in 0..count {
            self.bot.recent.push_back(now);
            if group {
                gate.recent.push_back(now);
            } else {
                gate.paid_until = Some(gate.paid_until.map_or(now, |until| until.max(now)) + SECOND);
            }
        }
        Ok(())
    }

    /// A 429 told from outside: the chat, or the whole bot, must be quiet for so many seconds.
    pub(crate) fn silence(&mut self, chat: Option<i64>, seconds: u64, now: Instant) {
        let until = Some(now + Duration::from_secs(seconds));
        match chat {
            Some(chat) => self.chats.entry(chat).or_default().quiet_until = until,
            None => self.bot.quiet_until = until,
        }
    }

    fn forget(&mut self, now: Instant) {
        if self.chats.len() < GATES {
            return;
        }
        self.chats.retain(|_, gate| {
            gate.paid_until.is_some_and(|until| until > now)
                || gate.quiet_until.is_some_and(|until| until > now)
                || gate.recent.back().is_some_and(|last| now - *last < MINUTE)
        });
    }
}

impl Gate {
    /// How long until this private chat may take one more; nothing when it may now.
    fn owes(&self, rules: &Flood, now: Instant) -> Option<Duration> {
        let debt = self.paid_until?.saturating_duration_since(now);
        let free = SECOND * rules.private_burst.saturating_sub(1) + rules.slack;
        (debt > free).then(|| debt.saturating_sub(free) + rules.slack)
    }
}

/// How long until the window has room; nothing when it has now.
fn full(
    recent: &mut VecDeque<Instant>,
    limit: usize,
    count: u32,
    window: Duration,
    slack: Duration,
    now: Instant,
) -> Option<Duration> {
    let window = window.saturating_sub(slack);
    while recent.front().is_some_and(|first| now - *first >= window) {
        recent.pop_front();
    }
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    // What an album needs gone before it has room; one that never fits waits for an empty window.
    let over = (recent.len() + count).saturating_sub(limit).min(recent.len());
    let last = recent.get(over.checked_sub(1)?)?;
    Some(window.saturating_sub(now - *last) + slack)
}

/// Seconds left of a silence, rounded up.
fn quiet(until: Option<Instant>, now: Instant) -> Option<u64> {
    let left = until?.saturating_duration_since(now);
    (!left.is_zero()).then(|| whole_seconds(left))
}

fn whole_seconds(wait: Duration) -> u64 {
    let whole = wait.as_secs();
    let rounded = if wait.subsec_nanos() > 0 { whole + 1 } else { whole };
    rounded.max(1)
}
