//! Reporting a problem: what is wrong, photos of it, a place; then sent as one.

use chrono::{DateTime, TimeDelta, Utc};
use domain::geo::Position;
use domain::request::{PHOTOS, report, told};
use serde::{Deserialize, Serialize};

use crate::complaint::Complaint;
use crate::customer::Customer;
use crate::heard::{Media, Place};
use crate::menu::asks;
use crate::say::Say;
use crate::served::{Command, Flow, Input, Scene, Step};
use crate::tap::{Answer, Tap};

/// How long photos may follow each other before they are answered as one.
const ALBUM: TimeDelta = TimeDelta::seconds(4);

/// A report, as far as it has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reporting {
    /// Its buttons carry it.
    pub nonce: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// And whatever else shows or tells what is wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Media>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// When photos that came are answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DateTime<Utc>>,
    /// Where the service is wanted, as it is on file.
    #[serde(default)]
    pub address: String,
}

impl Reporting {
    /// A new report, perhaps with what was said already.
    pub(crate) fn begin(nonce: u32, problem: Option<String>, scene: &Scene<'_>) -> Step {
        let new = Self::empty(nonce, scene);
        match problem {
            Some(problem) => new.text(&problem),
            None => new.ask(),
        }
    }

    /// A report that begins with a photo.
    pub(crate) fn of_photo(nonce: u32, media: Media, scene: &Scene<'_>) -> Step {
        Self::empty(nonce, scene).file(media, scene)
    }

    /// What was told before there was a customer.
    pub(crate) fn of_complaint(nonce: u32, complaint: Complaint, address: String) -> Step {
        let new = Self {
            nonce,
            text: complaint.text,
            photos: complaint.photos,
            position: None,
            due: None,
            address,
        };
        new.ask()
    }

    fn empty(nonce: u32, scene: &Scene<'_>) -> Self {
        let address = scene.person.customer.as_ref();
        Self {
            nonce,
            text: None,
            photos: Vec::new(),
            position: None,
            due: None,
            address: address.map_or_else(String::new, |known| known.entry.address.clone()),
        }
    }

    pub(crate) fn hear(mut self, input: Input, scene: &Scene<'_>) -> Step {
        match input {
            Input::Tap(Tap::Answer { answer, .. }) => self.answer(answer),
            Input::Text { text, .. } => self.text(&text),
            Input::File(media) => self.file(media, scene),
            Input::Place(place) => self.place(place),
            Input::Waited => {
                self.due = None;
                self.ask()
            }
            Input::Tap(_) | Input::Unreadable | Input::Contacts { .. } | Input::Order(_) | Input::Other => {
                let say = self.question();
                Step::Again(Flow::Reporting(self), say)
            }
        }
    }

    fn answer(mut self, answer: Answer) -> Step {
        self.due = None;
        match answer {
            Answer::Send => match self.text.clone() {
                Some(text) => {
                    let command = Command::Report {
                        flow: self.nonce,
                        text,
                        photos: self.photos.clone(),
                        position: self.position,
                    };
                    Step::Run(Flow::Reporting(self), command)
                }
                None => self.ask(),
            },
            Answer::AddPhotos => {
                let left = PHOTOS.saturating_sub(self.photos.len());
                let text = if left == 0 {
                    self.too_many(None)
                } else {
                    Customer::AskPhotos { left }
                };
                let say = self.with_send(text);
                Step::Ask(Flow::Reporting(self), say)
            }
            _ => Step::Stale(Flow::Reporting(self)),
        }
    }

    fn text(mut self, text: &str) -> Step {
        // Whoever writes on adds to it.
        let whole = match &self.text {
            Some(before) => format!("{before}\n{text}"),
            None => text.to_owned(),
        };
        self.due = None;
        match report(&whole) {
            Ok(whole) => {
                self.text = Some(whole);
                self.ask()
            }
            Err(fault) => {
                let say = self.with_send(Customer::BadProblem { fault: fault.into() });
                Step::Again(Flow::Reporting(self), say)
            }
        }
    }

    fn file(mut self, media: Media, scene: &Scene<'_>) -> Step {
        if !media.may_tell() {
            let say = self.with_send(Customer::BadFile);
            return Step::Again(Flow::Reporting(self), say);
        }
        if self.photos.len() >= PHOTOS {
            let say = self.with_send(self.too_many(Some(&media)));
            return Step::Again(Flow::Reporting(self), say);
        }
        if let Some(caption) = &media.caption {
            self.under(caption);
        }
        self.photos.push(media);
        self.due = Some(scene.at + ALBUM);
        Step::Silent(Flow::Reporting(self))
    }

    /// What stands under a photo is said like anything else; several photos may each have their words.
    fn under(&mut self, caption: &str) {
        let whole = match &self.text {
            Some(before) if before.contains(caption.trim()) => return,
            Some(before) => format!("{before}\n{caption}"),
            None => caption.to_owned(),
        };
        if let Some(text) = told(&whole) {
            self.text = Some(text);
        }
    }

    fn too_many(&self, one_more: Option<&Media>) -> Customer {
        Customer::TooManyPhotos {
            most: PHOTOS,
            mixed: self.photos.iter().chain(one_more).any(Media::is_other),
        }
    }

    fn place(mut self, place: Place) -> Step {
        match Position::new(place.latitude, place.longitude) {
            Ok(position) if position.is_in_indonesia() => {
                self.position = Some(position);
                self.due = None;
                self.ask()
            }
            _ => {
                let say = self.with_send(Customer::PlaceOutside);
                Step::Again(Flow::Reporting(self), say)
            }
        }
    }

    fn ask(self) -> Step {
        let say = self.question();
        Step::Ask(Flow::Reporting(self), say)
    }

    fn question(&self) -> Say {
        let others = self.photos.iter().filter(|media| media.is_other()).count();
        match &self.text {
            Some(text) => self.with_send(Customer::Summary {
                words: text.clone(),
                photos: self.photos.len() - others,
                others,
                place: self.position.is_some(),
                address: self.address.clone(),
            }),
            None if self.photos.iter().any(Media::is_sound) => asks(Customer::VoiceOnly, &[Tap::Cancel]),
            None if others > 0 => asks(Customer::FilesOnly, &[Tap::Cancel]),
            None if !self.photos.is_empty() => {
                let count = self.photos.len();
                asks(Customer::PhotosOnly { count }, &[Tap::Cancel])
            }
            None if self.position.is_some() => asks(Customer::PlaceOnly, &[Tap::Cancel]),
            None => asks(Customer::AskProblem, &[Tap::Cancel]),
        }
    }

    fn with_send(&self, text: Customer) -> Say {
        let mine = |answer| Tap::Answer {
            flow: self.nonce,
            answer,
        };
        if self.text.is_none() {
            return asks(text, &[Tap::Cancel]);
        }
        if self.photos.len() >= PHOTOS {
            return asks(text, &[mine(Answer::Send), Tap::Cancel]);
        }
        asks(text, &[mine(Answer::Send), mine(Answer::AddPhotos), Tap::Cancel])
    }
}
