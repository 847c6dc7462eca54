//! Becoming a customer step by step, and changing one's data: consent, name, address or place, phone, confirm.

mod question;

use domain::customer::{address, name};
use domain::geo::Position;
use domain::phone::Phone;
use domain::request::PHOTOS;
use serde::{Deserialize, Serialize};

use crate::complaint::Complaint;
use crate::customer::{Customer, Entry};
use crate::heard::{Media, Place};
use crate::say::Say;
use crate::served::{Command, Flow, Input, Known, Person, Scene, Step};
use crate::tap::{Answer, Tap};

/// A registration, as far as it has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Registering {
    /// Its buttons carry it.
    pub nonce: u32,
    pub stage: Stage,
    /// A customer changes data that are on file.
    #[serde(default)]
    pub changes: bool,
    /// It was left half way; asks first whether to go on.
    #[serde(default)]
    pub resuming: bool,
    /// The name in the profile, when it will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// The number that writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Phone>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// The service's id of the message that agreed to one's data being kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<String>,
    /// What was said before anyone asked: reported once there is somebody to report it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<Complaint>,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Consent,
    Name,
    Address,
    Phone,
    Confirm,
    /// Which of it is wrong.
    Fix,
}

impl Registering {
    /// Someone new.
    pub(crate) fn begin(nonce: u32, person: &Person, complaint: Option<Complaint>) -> Self {
        Self {
            nonce,
            stage: Stage::Consent,
            changes: false,
            resuming: false,
            profile: person.profile.as_deref().and_then(|profile| name(profile).ok()),
            own: person.phone.clone(),
            name: None,
            address: None,
            position: None,
            phone: None,
            agreed: None,
            complaint,
        }
    }

    /// A customer's data, to be changed.
    pub(crate) fn change(nonce: u32, known: &Known) -> Self {
        Self {
            nonce,
            stage: Stage::Fix,
            changes: true,
            resuming: false,
            profile: None,
            own: None,
            name: Some(known.entry.name.clone()),
            address: Some(known.entry.address.clone()),
            position: None,
            phone: known.entry.phone.clone(),
            agreed: None,
            complaint: None,
        }
    }

    /// Asks which of the data is wrong.
    pub(crate) fn fixing(self) -> Step {
        let say = self.question(Customer::AskFix);
        Step::Ask(Flow::Registering(self), say)
    }

    /// Asks what is to be asked now.
    pub(crate) fn ask(self, scene: &Scene<'_>) -> Step {
        let text = self.asked(scene);
        self.asking(text)
    }

    fn asking(self, text: Customer) -> Step {
        let say = self.question(text);
        Step::Ask(Flow::Registering(self), say)
    }

    fn again(self, text: Customer) -> Step {
        let say = self.question(text);
        Step::Again(Flow::Registering(self), say)
    }

    pub(crate) fn hear(self, input: Input, scene: &Scene<'_>) -> Step {
        match input {
            Input::Tap(Tap::Answer { answer, .. }) => self.answer(answer, scene),
            Input::Waited => Step::Silent(Flow::Registering(self)),
            _ if self.resuming => {
                let mut flow = self;
                if let Input::Text { text, .. } = &input {
                    flow.comes_back(text);
                }
                let text = flow.asked(scene);
                flow.again(text)
            }
            Input::Text { text, .. } => self.text(&text, scene),
            Input::Place(place) => self.place(place, scene),
            Input::Contacts { phones, own } => self.contacts(&phones, own, scene),
            Input::File(media) if !self.changes => self.keep_photo(media, scene),
            Input::Tap(_) | Input::Unreadable | Input::File(_) | Input::Order(_) | Input::Other => {
                if self.stage == Stage::Address && self.position.is_none() {
                    return self.again(Customer::AddressOnly);
                }
                let text = self.asked(scene);
                self.again(text)
            }
        }
    }

    fn answer(mut self, answer: Answer, scene: &Scene<'_>) -> Step {
        match (answer, self.stage) {
            (Answer::Continue, _) if self.resuming => {
                self.resuming = false;
                self.ask(scene)
            }
            (Answer::Restart, _) if self.resuming => {
                let complaint = self.complaint.take();
                Self::begin(scene.nonce, scene.person, complaint).ask(scene)
            }
            (_, _) if self.resuming => Step::Stale(Flow::Registering(self)),
            (Answer::Agree, Stage::Consent) => {
                self.agreed = Some(scene.message.to_owned());
                self.go_on(scene)
            }
            (Answer::Refuse, Stage::Consent) => Step::Run(Flow::Registering(self), Command::Refuse),
            (Answer::UseName, Stage::Name) => {
                self.name.clone_from(&self.profile);
                self.go_on(scene)
            }
            (Answer::OtherName, Stage::Name) => {
                self.profile = None;
                self.ask(scene)
            }
            (Answer::OwnPhone, Stage::Phone) => {
                self.phone.clone_from(&self.own);
                self.go_on(scene)
            }
            (Answer::OtherPhone, Stage::Phone) => {
                let say = Say::text(Customer::AskPhone);
                Step::Ask(Flow::Registering(self), say)
            }
            (Answer::Save, Stage::Confirm) => self.save(scene),
            (Answer::Fix, Stage::Confirm) => {
                self.stage = Stage::Fix;
                self.ask(scene)
            }
            (Answer::FixName, Stage::Fix) => {
                (self.name, self.stage) = (None, Stage::Name);
                self.ask(scene)
            }
            (Answer::FixAddress, Stage::Fix) => {
                (self.address, self.position, self.stage) = (None, None, Stage::Address);
                self.ask(scene)
            }
            (Answer::FixPhone, Stage::Fix) => {
                (self.phone, self.stage) = (None, Stage::Phone);
                self.ask(scene)
            }
            _ => Step::Stale(Flow::Registering(self)),
        }
    }

    fn text(mut self, text: &str, scene: &Scene<'_>) -> Step {
        match self.stage {
            Stage::Consent => {
                // Perhaps the problem comes only now.
                self.tells(text);
                let text = self.asked(scene);
                self.again(text)
            }
            Stage::Name => match name(text) {
                Ok(name) => {
                    self.name = Some(name);
                    self.go_on(scene)
                }
                Err(_) => self.again(Customer::BadName),
            },
            Stage::Address => match address(text) {
                Ok(address) => {
                    self.address = Some(address);
                    self.go_on(scene)
                }
                Err(fault) => self.again(Customer::BadAddress { fault: fault.into() }),
            },
            Stage::Phone => match Phone::mobile(text) {
                Ok(phone) => {
                    self.phone = Some(phone);
                    self.go_on(scene)
                }
                Err(fault) => self.again(Customer::BadPhone { fault: fault.into() }),
            },
            Stage::Confirm | Stage::Fix => {
                let text = self.asked(scene);
                self.again(text)
            }
        }
    }

    /// Keeps what is said besides.
    fn tells(&mut self, text: &str) {
        let mut complaint = self.complaint.take().unwrap_or_default();
        complaint.add(text);
        if complaint != Complaint::default() {
            self.complaint = Some(complaint);
        }
    }

    /// What was told to begin with, and again.
    pub(crate) fn also(&mut self, complaint: Option<Complaint>) {
        self.complaint = match (self.complaint.take(), complaint) {
            (Some(before), Some(later)) => Some(before.and(later)),
            (before, later) => before.or(later),
        };
    }

    /// Whoever comes back to it is asked first whether to go on. What he says with it is kept, unless it answers what
    /// was asked; before there was an answer there is nothing to go on with.
    pub(crate) fn comes_back(&mut self, text: &str) {
        if self.stage == Stage::Consent {
            return;
        }
        self.resuming = true;
        if !self.changes && !self.answers(text) {
            self.tells(text);
        }
    }

    /// Whether it may be what is asked for.
    fn answers(&self, text: &str) -> bool {
        let plain = text.to_lowercase();
        let words = plain.split_whitespace().count();
        match self.stage {
            Stage::Name => words <= 3,
            Stage::Address => ["jl", "jalan", "gg", "gang", "rt", "rw", "no"]
                .iter()
                .any(|mark| {
                    plain
                        .split(|c: char| !c.is_alphanumeric())
                        .any(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()) == *mark)
                }),
            Stage::Consent | Stage::Phone | Stage::Confirm | Stage::Fix => false,
        }
    }

    fn place(mut self, place: Place, scene: &Scene<'_>) -> Step {
        if self.stage != Stage::Address {
            let text = self.asked(scene);
            return self.again(text);
        }
        match Position::new(place.latitude, place.longitude) {
            Ok(position) if position.is_in_indonesia() => {
                self.position = Some(position);
                self.ask(scene)
            }
            _ => self.again(Customer::PlaceOutside),
        }
    }

    fn contacts(mut self, phones: &[String], own: bool, scene: &Scene<'_>) -> Step {
        if self.stage != Stage::Phone {
            let text = self.asked(scene);
            return self.again(text);
        }
        let phone = phones.first().map_or("", String::as_str);
        let read = if own {
            Phone::vouched(phone)
        } else {
            Phone::mobile(phone)
        };
        match read {
            Ok(phone) => {
                if own {
                    self.own = Some(phone.clone());
                }
                self.phone = Some(phone);
                self.go_on(scene)
            }
            Err(fault) => self.again(Customer::BadPhone { fault: fault.into() }),
        }
    }

    fn keep_photo(mut self, media: Media, scene: &Scene<'_>) -> Step {
        let complaint = self.complaint.get_or_insert(Complaint::default());
        if media.may_tell() && complaint.photos.len() < PHOTOS {
            if let Some(caption) = &media.caption {
                complaint.add(caption);
            }
            complaint.photos.push(media);
            // Several photos are one message to whoever sent them.
            return Step::Silent(Flow::Registering(self));
        }
        let text = self.asked(scene);
        self.again(text)
    }

    /// To the first thing that is not known yet.
    fn go_on(mut self, scene: &Scene<'_>) -> Step {
        self.stage = if self.name.is_none() {
            Stage::Name
        } else if self.address.is_none() {
            Stage::Address
        } else if self.phone.is_none() {
            Stage::Phone
        } else {
            Stage::Confirm
        };
        self.ask(scene)
    }

    fn save(self, scene: &Scene<'_>) -> Step {
        let Some(entry) = self.entry() else {
            return self.go_on(scene);
        };
        let position = self.position;
        let command = if self.changes {
            Command::Change { entry, position }
        } else {
            Command::Register {
                flow: self.nonce,
                // A draft of an earlier version did not keep it.
                agreed: self.agreed.clone().unwrap_or_else(|| scene.message.to_owned()),
                entry,
                position,
                at_once: false,
            }
        };
        Step::Run(Flow::Registering(self), command)
    }

    fn entry(&self) -> Option<Entry> {
        Some(Entry {
            name: self.name.clone()?,
            address: self.address.clone()?,
            phone: Some(self.phone.clone()?),
            pin: self.position.is_some(),
        })
    }
}
