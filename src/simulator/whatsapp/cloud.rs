//! Everything the simulated Cloud API knows: people, files, templates, and what is on its way to the webhook.

use std::collections::{BTreeMap, VecDeque};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::simulator::journal::{Journal, Violation};
use crate::simulator::whatsapp::error::GraphError;
use crate::simulator::whatsapp::faults::Faults;
use crate::simulator::whatsapp::hook::Callback;
use crate::simulator::whatsapp::media::MediaFiles;
use crate::simulator::whatsapp::options::WhatsappOptions;
use crate::simulator::whatsapp::pace::Pace;
use crate::simulator::whatsapp::parcels::Parcels;
use crate::simulator::whatsapp::person::{ChatMessage, Customer};
use crate::simulator::whatsapp::templates::Templates;
use crate::simulator::world::World;

pub(crate) struct Cloud {
    pub(crate) options: WhatsappOptions,
    /// By the simulator's own id.
    pub(crate) people: BTreeMap<i64, Customer>,
    /// Messages to nobody who is here.
    pub(crate) strays: VecDeque<ChatMessage>,
    pub(crate) media: MediaFiles,
    pub(crate) templates: Templates,
    /// Where webhooks go.
    pub(crate) callback: Option<Callback>,
    pub(crate) subscribed: bool,
    /// Statuses follow by themselves; otherwise a test tells each.
    pub(crate) tells_statuses: bool,
    pub(crate) parcels: Parcels,
    pub(crate) pace: Pace,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
    /// When the simulator began, in seconds since 1970: ids of two runs differ.
    born: i64,
    last: u64,
}

impl Cloud {
    pub(crate) fn new(options: WhatsappOptions, born: i64) -> Self {
        Self {
            subscribed: options.subscribed,
            options,
            people: BTreeMap::new(),
            strays: VecDeque::new(),
            media: MediaFiles::default(),
            templates: Templates::default(),
            callback: None,
            tells_statuses: true,
            parcels: Parcels::default(),
            pace: Pace::default(),
            faults: Faults::default(),
            journal: Journal::default(),
            born,
            last: 0,
        }
    }

    /// Forgets people and everything between them and the business; the account's own settings stay.
    pub(crate) fn clear(&mut self) {
        self.people.clear();
        self.strays.clear();
        self.media = MediaFiles::default();
        self.parcels.clear();
        self.pace = Pace::default();
        self.faults.clear();
        self.journal.clear();
        self.tells_statuses = true;
    }

    fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// A new id of a message between the business and this phone or id.
    pub(crate) fn wamid(&mut self, with: &str) -> String {
        let number = self.number();
        let inner = format!(
            "HBg{}\u{15}{:x}{number:010X}",
            with.trim_start_matches('+'),
            self.born
        );
        format!("wamid.{}", STANDARD.encode(inner))
    }

    /// A new id of a file or a template: digits, as the service's are.
    pub(crate) fn object_id(&mut self) -> String {
        let number = self.number();
        format!("{}{number:06}", self.born)
    }

    pub(crate) fn by_phone(&self, phone: &str) -> Option<i64> {
        let mut people = self.people.values();
        people
            .find(|person| person.is.phone == phone)
            .map(|person| person.is.id)
    }

    /// By the business-scoped id, or the one above it.
    pub(crate) fn by_user(&self, user: &str) -> Option<i64> {
        let mut people = self.people.values();
        people
            .find(|person| person.user_id() == user || person.is.parent_user_id.as_deref() == Some(user))
            .map(|person| person.is.id)
    }

    /// What every webhook of the field `messages` begins with.
    pub(crate) fn envelope(&self) -> Value {
        json!({
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": self.options.number,
                "phone_number_id": self.options.phone_number_id,
            },
        })
    }
}

impl World {
    /// Writes down a breach of WhatsApp's rules.
    pub(crate) fn cloud_breach(&mut self, kind: &'static str, call: &str, person: Option<i64>, detail: &str) {
        tracing::warn!(kind, call, "the business broke a rule of the service");
        let violation = Violation {
            seq: 0,
            at: self.ms(),
            kind,
            method: call.to_owned(),
            chat_id: person,
            detail: detail.to_owned(),
        };
        let kept = self.options.kept.violations;
        self.cloud.journal.violation(violation, kept);
        self.changed("whatsapp-violation", person);
    }

    /// Writes down the breach of a refused call, if it is one.
    pub(crate) fn cloud_blame(&mut self, call: &str, person: Option<i64>, error: &GraphError) {
        if let Some(kind) = error.violation {
            self.cloud_breach(kind, call, person, &error.details);
        }
    }
}
