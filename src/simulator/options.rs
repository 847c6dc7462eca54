//! What a simulator is told at the start: who the bot is, how strict the limits are, how much is kept.

use std::sync::Arc;
use std::time::Duration;

use crate::simulator::whatsapp::options::WhatsappOptions;

/// Seconds since 1970, from whoever owns the clock.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Puts the clock of everyone forward by so many minutes.
pub type Forward = Arc<dyn Fn(i64) + Send + Sync>;

/// Where the office works, and as whom: for the story that plays by itself.
#[derive(Clone, Debug)]
pub struct Office {
    /// Where the product serves, without a slash at the end.
    pub url: String,
    pub username: String,
    /// Of an account that opens nothing but a demo.
    pub password: String,
}

/// The service's limits on what a bot sends. They count sends and edits, never answers to taps.
#[derive(Clone, Debug)]
pub struct Flood {
    /// False turns all limits off; nothing is refused or counted then.
    pub on: bool,
    /// Sends and edits in any second, over all chats.
    pub per_second: usize,
    /// How many a private chat takes at once before the pace of one a second begins.
    pub private_burst: u32,
    /// Sends and edits in any minute to one group.
    pub group_per_minute: usize,
    /// How much earlier than the limit a send may arrive: what a network's jitter takes.
    pub slack: Duration,
}

impl Default for Flood {
    fn default() -> Self {
        Self {
            on: true,
            per_second: 30,
            private_burst: 1,
            group_per_minute: 20,
            slack: Duration::from_millis(25),
        }
    }
}

/// How much the simulator remembers; the oldest goes first.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Calls of the bot.
    pub calls: usize,
    /// Breaches of the service's rules.
    pub violations: usize,
    /// Messages in each chat.
    pub messages: usize,
    /// Delivered updates, which can be delivered again.
    pub updates: usize,
    /// Taps on buttons with their answers.
    pub taps: usize,
    /// Bytes of files, of everyone together.
    pub file_bytes: usize,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            calls: 20_000,
            violations: 2_000,
            messages: 500,
            updates: 10_000,
            taps: 20_000,
            file_bytes: 256 << 20,
        }
    }
}

/// Settings of one simulated service with one bot.
#[derive(Clone)]
pub struct SimulatorOptions {
    /// `<number>:<letters>`, as the service hands them out; the number is the bot's id.
    pub bot_token: String,
    /// Without the `@`.
    pub bot_username: String,
    /// The bot's name, as people see it.
    pub bot_name: String,
    /// Limits on sending.
    pub flood: Flood,
    /// Multiplies the waits between redeliveries; 1.0 is the service's own pace.
    pub retry_scale: f64,
    /// Undelivered taps are dropped after this long.
    pub tap_expiry: Duration,
    /// Answers to taps are refused after this long.
    pub query_ttl: Duration,
    /// How long a webhook may take to answer.
    pub webhook_timeout: Duration,
    /// Where the company's panel is; the page links to it.
    pub panel_url: Option<String>,
    /// How much is remembered.
    pub kept: Kept,
    /// The number that customers write to.
    pub whatsapp: WhatsappOptions,
    /// The wall clock, for the `date` fields.
    pub now: Now,
    /// Where the clock can be put forward, as in the demo.
    pub forward: Option<Forward>,
    /// Where somebody of the office takes part in the story that plays by itself, as in the demo.
    pub office: Option<Office>,
}

impl SimulatorOptions {
    /// The service's own limits and pace, for the bot with this token.
    pub fn new(bot_token: impl Into<String>, now: Now) -> Self {
        Self {
            bot_token: bot_token.into(),
            bot_username: "tanggap_demo_bot".to_owned(),
            bot_name: "Tanggap".to_owned(),
            flood: Flood::default(),
            retry_scale: 1.0,
            tap_expiry: Duration::from_secs(150),
            query_ttl: Duration::from_mins(1),
            webhook_timeout: Duration::from_mins(1),
            panel_url: None,
            kept: Kept::default(),
            whatsapp: WhatsappOptions::default(),
            now,
            forward: None,
            office: None,
        }
    }

    /// The bot's id: the number before the colon of its token, or 1 when there is none.
    pub(crate) fn bot_id(&self) -> i64 {
        self.bot_token
            .split_once(':')
            .and_then(|(id, _)| id.parse().ok())
            .unwrap_or(1)
    }
}
