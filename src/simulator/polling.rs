//! Long polling: `getUpdates` waits for updates, and its offset confirms them.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use crate::simulator::Simulator;
use crate::simulator::check::Params;
use crate::simulator::refusal::Refusal;

const WEBHOOK_IS_SET: &str =
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const ANOTHER: &str =
    "terminated by other getUpdates request; make sure that only one bot instance is running";
/// The service lets nobody wait longer than this, in seconds.
const LONGEST: u64 = 50;

impl Simulator {
    /// Serves one `getUpdates`.
    pub(crate) async fn poll(&self, params: &Params) -> Result<Value, Refusal> {
        let seconds = params.integer("timeout").unwrap_or_default();
        let seconds = u64::try_from(seconds).unwrap_or_default().min(LONGEST);
        let until = Instant::now() + Duration::from_secs(seconds);
        let limit = params.integer("limit").unwrap_or(100).clamp(1, 100);
        let limit = usize::try_from(limit).unwrap_or(100);
        let (mine, mut deliveries) = self.begin_poll(params)?;
        loop {
            deliveries.mark_unchanged();
            let (updates, closed) = self.look(mine, limit)?;
            if closed || !updates.is_empty() {
                return Ok(json!(updates));
            }
            let held = self.world().updates.held_until();
            let wake = held.map_or(until, |held| held.min(until));
            // Nothing within the time is an empty answer.
            if timeout_at(wake, deliveries.changed()).await.is_err() && Instant::now() >= until {
                return Ok(json!([]));
            }
        }
    }

    fn begin_poll(&self, params: &Params) -> Result<(u64, tokio::sync::watch::Receiver<u64>), Refusal> {
        let mut world = self.world();
        if world.webhook.is_some() {
            return Err(Refusal::conflict(WEBHOOK_IS_SET));
        }
        if let Some(allowed) = params.strings("allowed_updates") {
            world.allowed = allowed;
        }
        if let Some(offset) = params.integer("offset") {
            let kept = self.options.kept.updates;
            // A negative offset asks for that many of the newest and forgets the rest.
            let offset = if offset < 0 {
                world.updates.newest(offset)
            } else {
                offset
            };
            world.updates.confirm(offset, kept);
            world.changed("updates", None);
        }
        world.polls += 1;
        world.deliver();
        Ok((world.polls, world.deliveries()))
    }

    fn look(&self, mine: u64, limit: usize) -> Result<(Vec<Arc<Value>>, bool), Refusal> {
        let mut world = self.world();
        if world.webhook.is_some() {
            return Err(Refusal::conflict(WEBHOOK_IS_SET));
        }
        if world.polls != mine {
            return Err(Refusal::conflict(ANOTHER));
        }
        let mut dropped = Vec::new();
        let updates = world.updates.peek(limit, Instant::now(), &mut dropped);
        world.give_up(dropped);
        Ok((updates, world.closed))
    }
}
