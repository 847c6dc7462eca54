//! How many jobs the company, and each technician, can take on one date.

use serde::{Deserialize, Serialize};

/// A technician as far as capacity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    /// His own quota; `None` means the company's default, 0 means none.
    pub daily_quota: Option<i32>,
    pub on_duty: bool,
    /// His Telegram is linked and has not blocked the bot.
    pub reachable: bool,
}

/// What a technician may take on one date.
pub const fn own(daily_quota: Option<i32>, default: i32) -> i32 {
    match daily_quota {
        Some(quota) => quota,
        None => default,
    }
}

/// The company's capacity: the sum over active, linked technicians; for today only those on duty and reachable.
pub fn capacity(hands: &[Hand], default: i32, is_today: bool) -> i32 {
    hands
        .iter()
        .filter(|hand| !is_today || (hand.on_duty && hand.reachable))
        .map(|hand| own(hand.daily_quota, default).max(0))
        .fold(0, i32::saturating_add)
}

/// Use against capacity on one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub capacity: i32,
    pub used: i32,
}

impl Standing {
    /// Places left; never below 0.
    pub fn available(self) -> i32 {
        self.capacity.saturating_sub(self.used).max(0)
    }
}
