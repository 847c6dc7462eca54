//! A chat under test, and who writes in it.

use chrono::{DateTime, Utc};
use domain::ids::CustomerId;
use domain::phone::Phone;

use crate::bill::Bill;
use crate::customer::{Customer, Entry};
use crate::heard::{Media, Origin, Place};
use crate::samples;
use crate::served::{Chat, Command, Input, Known, Next, Office, Outcome, Person, Scene, Turn};
use crate::tap::{Answer, Tap};
use crate::text::Text;

/// A chat under test: who writes, what it remembers, what it said last.
pub(crate) struct Talk {
    pub(crate) person: Person,
    pub(crate) chat: Chat,
    pub(crate) at: DateTime<Utc>,
    pub(crate) said: Vec<Customer>,
    /// What of it is about invoices.
    pub(crate) billed: Vec<Bill>,
    pub(crate) ran: Option<Command>,
    pub(crate) message: &'static str,
    office: Office,
    nonce: u32,
}

impl Talk {
    pub(crate) fn new(person: Person) -> Self {
        Self {
            person,
            chat: Chat::default(),
            at: samples::at(),
            said: Vec::new(),
            billed: Vec::new(),
            ran: None,
            office: Office {
                company: "PT Contoh".to_owned(),
                ..Office::default()
            },
            message: "wamid.1",
            nonce: 100,
        }
    }

    pub(crate) fn hear(&mut self, input: Input) {
        self.nonce += 1;
        let (person, office) = (self.person.clone(), self.office.clone());
        let scene = Scene {
            person: &person,
            office: &office,
            at: self.at,
            nonce: self.nonce,
            message: self.message,
        };
        self.ran = None;
        match std::mem::take(&mut self.chat).hear(input, &scene) {
            Next::Turn(turn) => self.take(turn),
            Next::Run(chat, command) => {
                self.chat = chat;
                self.said.clear();
                self.ran = Some(command);
            }
        }
    }

    pub(crate) fn comes(&mut self, outcome: Outcome) {
        if let Outcome::Registered { customer, entry, .. } = &outcome {
            self.person.customer = Some(Known {
                id: *customer,
                entry: entry.clone(),
            });
        }
        self.nonce += 1;
        let (person, office) = (self.person.clone(), self.office.clone());
        let scene = Scene {
            person: &person,
            office: &office,
            at: self.at,
            nonce: self.nonce,
            message: self.message,
        };
        let turn = std::mem::take(&mut self.chat).on_outcome(outcome, &scene);
        self.take(turn);
    }

    fn take(&mut self, turn: Turn) {
        // What is saved is what goes on.
        let saved = serde_json::to_string(&turn.chat).expect("saves");
        self.chat = serde_json::from_str(&saved).expect("loads");
        self.said.clear();
        self.billed.clear();
        for say in turn.say {
            match say.text {
                Text::Customer(text) => self.said.push(text),
                Text::Bill(bill) => self.billed.push(bill),
                other => panic!("no customer's text: {other:?}"),
            }
        }
    }

    pub(crate) fn says(&mut self, text: &str) {
        let (text, forwarded) = (text.to_owned(), false);
        self.hear(Input::Text { text, forwarded });
    }

    pub(crate) fn taps(&mut self, wanted: Answer) {
        let offered = self.chat.offered.clone();
        let tap = offered
            .into_iter()
            .find(|tap| matches!(tap, Tap::Answer { answer, .. } if *answer == wanted));
        self.hear(Input::Tap(
            tap.unwrap_or_else(|| panic!("{wanted:?} is not offered")),
        ));
    }

    #[track_caller]
    pub(crate) fn heard(&self, text: &Customer) {
        assert_eq!(self.said.first(), Some(text));
    }
}

pub(crate) fn phone() -> Phone {
    Phone::vouched("6281234567890").expect("a number")
}

pub(crate) fn stranger() -> Person {
    Person {
        customer: None,
        profile: Some("Siti".to_owned()),
        phone: Some(phone()),
    }
}

pub(crate) fn entry() -> Entry {
    Entry {
        name: "Siti Aminah".to_owned(),
        address: "Jl. Melati No. 5, Bekasi".to_owned(),
        phone: Some(phone()),
        pin: false,
    }
}

pub(crate) fn customer() -> Person {
    Person {
        customer: Some(Known {
            id: CustomerId(45),
            entry: entry(),
        }),
        ..stranger()
    }
}

pub(crate) fn photo() -> Input {
    Input::File(Media {
        is_photo: true,
        source: "media".to_owned(),
        source_key: "key".to_owned(),
        filename: None,
        media_type: Some("image/jpeg".to_owned()),
        size: Some(1000),
        caption: None,
        album: None,
        reply_to: None,
        sent_at: samples::at(),
    })
}

pub(crate) fn place(latitude: f64, longitude: f64) -> Input {
    Input::Place(Place {
        latitude,
        longitude,
        accuracy_meters: None,
        origin: Origin::Static,
        moved: false,
        sent_at: samples::at(),
    })
}
