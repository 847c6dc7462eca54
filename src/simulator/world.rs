//! Everything the simulated service knows, kept under one lock and never held while waiting.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::{broadcast, watch};
use tokio::time::Instant;

use crate::simulator::chat::{Chat, Kind};
use crate::simulator::faults::Faults;
use crate::simulator::files::Files;
use crate::simulator::flood::FloodGate;
use crate::simulator::journal::{Journal, Violation};
use crate::simulator::methods::commands::MenuKey;
use crate::simulator::options::SimulatorOptions;
use crate::simulator::people::Person;
use crate::simulator::signal::Signal;
use crate::simulator::taps::Taps;
use crate::simulator::updates::{Body, Line, Updates};
use crate::simulator::webhook::Webhook;
use crate::simulator::whatsapp::cloud::Cloud;

/// Tells the page what to look at again; never the data itself.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Hint {
    pub(crate) kind: &'static str,
    pub(crate) id: Option<i64>,
}

pub(crate) struct World {
    pub(crate) options: Arc<SimulatorOptions>,
    started: Instant,
    pub(crate) people: BTreeMap<i64, Person>,
    /// Private chats by the person's id, groups below zero.
    pub(crate) chats: BTreeMap<i64, Chat>,
    pub(crate) files: Files,
    /// People whose signal is bad.
    pub(crate) signals: BTreeMap<i64, Signal>,
    /// Counts albums, for their ids.
    pub(crate) albums: u64,
    pub(crate) updates: Updates,
    pub(crate) webhook: Option<Webhook>,
    pub(crate) webhook_set_at: Option<Instant>,
    /// Kinds of updates the bot asked for; none means the default.
    pub(crate) allowed: Vec<String>,
    /// Counts the `getUpdates` calls: a newer one ends the older.
    pub(crate) polls: u64,
    pub(crate) menus: BTreeMap<MenuKey, Vec<Value>>,
    pub(crate) descriptions: BTreeMap<String, String>,
    pub(crate) taps: Taps,
    pub(crate) flood: FloodGate,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
    /// WhatsApp's side of the world.
    pub(crate) cloud: Cloud,
    /// True once the simulator stops: whoever waits goes home.
    pub(crate) closed: bool,
    /// Moves whenever anything that can be seen does.
    version: watch::Sender<u64>,
    /// Moves whenever there may be something to deliver.
    deliveries: watch::Sender<u64>,
    hints: broadcast::Sender<Hint>,
}

/// Kinds of updates that come only when asked for.
const ON_REQUEST: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

impl World {
    pub(crate) fn new(options: Arc<SimulatorOptions>) -> Self {
        let cloud = Cloud::new(options.whatsapp.clone(), (options.now)());
        Self {
            options,
            started: Instant::now(),
            people: BTreeMap::new(),
            chats: BTreeMap::new(),
            files: Files::default(),
            signals: BTreeMap::new(),
            albums: 0,
            updates: Updates::default(),
            webhook: None,
            webhook_set_at: None,
            allowed: Vec::new(),
            polls: 0,
            menus: BTreeMap::new(),
            descriptions: BTreeMap::new(),
            taps: Taps::default(),
            flood: FloodGate::default(),
            faults: Faults::default(),
            journal: Journal::default(),
            cloud,
            closed: false,
            version: watch::Sender::new(0),
            deliveries: watch::Sender::new(0),
            hints: broadcast::Sender::new(1024),
        }
    }

    /// Forgets everyone and everything but the webhook and the menus, which are the bot's own settings.
    /// Numbers of updates, taps, calls and violations run on, so that nothing old is taken for new.
    pub(crate) fn reset(&mut self) {
        self.people.clear();
        self.chats.clear();
        self.files.clear();
        self.signals.clear();
        self.updates.drop_pending();
        self.updates.paused = false;
        self.flood = FloodGate::default();
        self.faults.clear();
        self.journal.clear();
        self.taps.clear();
        self.descriptions.clear();
        self.cloud.clear();
        self.changed("reset", None);
        self.deliver();
    }

    /// Milliseconds since the simulator started, to the microsecond.
    pub(crate) fn ms(&self) -> f64 {
        (self.started.elapsed().as_secs_f64() * 1_000_000.0).round() / 1000.0
    }

    pub(crate) fn unix(&self) -> i64 {
        (self.options.now)()
    }

    /// The number of the latest change.
    pub(crate) fn seen(&self) -> u64 {
        *self.version.borrow()
    }

    pub(crate) fn version(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    pub(crate) fn deliveries(&self) -> watch::Receiver<u64> {
        self.deliveries.subscribe()
    }

    pub(crate) fn hints(&self) -> broadcast::Receiver<Hint> {
        self.hints.subscribe()
    }

    /// Something that people or tests look at is no longer what it was.
    pub(crate) fn changed(&self, kind: &'static str, id: Option<i64>) {
        self.version.send_modify(|version| *version += 1);
        // Nobody may be watching, which is no error.
        self.hints.send(Hint { kind, id }).ok();
    }

    /// Ends everything that waits on this world, so that a server can drain.
    pub(crate) fn close(&mut self) {
        self.closed = true;
        self.changed("bye", None);
        self.deliver();
    }

    /// Wakes whoever delivers updates.
    pub(crate) fn deliver(&self) {
        self.deliveries.send_modify(|turn| *turn += 1);
    }

    /// Whether the bot wants this kind of update.
    pub(crate) fn wants(&self, kind: &str) -> bool {
        if self.allowed.is_empty() {
            return !ON_REQUEST.contains(&kind);
        }
        self.allowed.iter().any(|allowed| allowed == kind)
    }

    /// Sends an update on its way. Returns its id, or nothing when the bot does not want such.
    pub(crate) fn update(
        &mut self,
        kind: &str,
        value: &Value,
        line: Line,
        expiry: Option<Duration>,
    ) -> Option<i64> {
        if !self.wants(kind) {
            return None;
        }
        let id = self.updates.next_id();
        let update = json!({"update_id": id, kind: value});
        let expires = expiry.map(|expiry| Instant::now() + expiry);
        self.updates.push(Body::Update(Arc::new(update)), line, expires);
        self.deliver();
        Some(id)
    }

    /// Taps that the service gave up on: nobody will answer them.
    pub(crate) fn give_up(&mut self, dropped: Vec<Arc<Value>>) {
        for update in dropped {
            let query_id = update["callback_query"]["id"].as_str().unwrap_or_default();
            if let Some(tap) = self.taps.by_query(query_id) {
                tap.dropped = true;
                let (seq, person) = (tap.seq, tap.person);
                self.taps.settled(seq);
                self.changed("person", Some(person));
            }
        }
    }

    /// Writes down a breach of the service's rules.
    pub(crate) fn breach(&mut self, kind: &'static str, method: &str, chat_id: Option<i64>, detail: &str) {
        tracing::warn!(kind, method, "the bot broke a rule of the service");
        let violation = Violation {
            seq: 0,
            at: self.ms(),
            kind,
            method: method.to_owned(),
            chat_id,
            detail: detail.to_owned(),
        };
        let kept = self.options.kept.violations;
        self.journal.violation(violation, kept);
        self.changed("violation", chat_id);
    }

    /// The chats that a person sees: the one with the bot, and his groups.
    pub(crate) fn chats_of(&self, person: i64) -> impl Iterator<Item = &Chat> {
        let groups = self.chats.range(..0).map(|(_, chat)| chat);
        let private = self.chats.get(&person);
        private
            .into_iter()
            .chain(groups.rev().filter(move |chat| chat.has(person)))
    }

    /// The private chat of a person, made when it is first needed.
    pub(crate) fn private_chat(&mut self, person: i64) -> &mut Chat {
        self.chats
            .entry(person)
            .or_insert_with(|| Chat::new(person, Kind::Private))
    }
}
