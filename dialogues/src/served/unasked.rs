//! What nothing asked for.

use chrono::TimeDelta;
use domain::customer::visible;
use domain::geo::Position;
use domain::request::asked;

use crate::complaint::Complaint;
use crate::customer::Customer;
use crate::menu::under;
use crate::say::Say;
use crate::served::{Chat, Command, Input, Next, Scene, Turn, Unread};

/// How often it is answered with the menu.
const PUZZLED: TimeDelta = TimeDelta::minutes(5);

impl Chat {
    /// What comes while nothing is asked: from a stranger the beginning, from a customer a photo or a puzzle.
    pub(crate) fn unasked(self, input: Input, scene: &Scene<'_>) -> Next {
        let known = scene.person.customer.is_some();
        match input {
            Input::Waited => self.silent(),
            Input::File(media) if known && media.may_tell() => Next::Run(self, Command::Follow(media)),
            Input::Text { text, .. } if !known => self.register(Complaint::of(&text), scene),
            Input::File(media) if !known && media.may_tell() => {
                let mut complaint = media
                    .caption
                    .as_deref()
                    .and_then(Complaint::of)
                    .unwrap_or_default();
                complaint.photos.push(media);
                self.register(Some(complaint), scene)
            }
            Input::Text { text, .. } => self.puzzled(&text, scene),
            _ if !known => self.register(None, scene),
            Input::Place(place) => match Position::new(place.latitude, place.longitude) {
                Ok(position) if position.is_in_indonesia() => Next::Run(self, Command::Locate(position)),
                _ => self.turn(Say::text(Customer::PlaceOutside)),
            },
            input => Next::Turn(self.unread(&input, scene)),
        }
    }

    /// Several of a kind are one message to whoever sent them.
    pub(crate) fn unread(mut self, input: &Input, scene: &Scene<'_>) -> Turn {
        let kind = match input {
            Input::Contacts { .. } => "contacts",
            Input::File(media) if media.is_sound() => "sound",
            Input::File(_) => "file",
            _ => "other",
        };
        let lately = |unread: &Unread| unread.kind == kind && scene.at - unread.at < PUZZLED;
        if self.unread.as_ref().is_some_and(lately) {
            return self.says(Vec::new());
        }
        self.unread = Some(Unread {
            kind: kind.to_owned(),
            at: scene.at,
        });
        self.says(vec![under(Customer::Unreadable, scene.person)])
    }

    fn silent(self) -> Next {
        Next::Turn(Turn {
            chat: self,
            say: Vec::new(),
        })
    }

    /// The menu once in a while; whoever goes on is passed on to a person, once too.
    fn puzzled(mut self, text: &str, scene: &Scene<'_>) -> Next {
        let lately = self.puzzled_at.is_some_and(|last| scene.at - last < PUZZLED);
        if lately {
            let Some(first) = self.unasked.take() else {
                // It was passed on already, and is kept with the rest of the chat.
                return self.silent();
            };
            let said = visible(text);
            let Some(text) = asked(&format!("{first}\n{said}")) else {
                self.unasked = Some(first);
                return self.silent();
            };
            let command = Command::Ask {
                text,
                photos: Vec::new(),
                unasked: true,
            };
            return Next::Run(self, command);
        }
        self.puzzled_at = Some(scene.at);
        self.unasked = Some(asked(text).unwrap_or_default());
        self.turn(under(Customer::Puzzled, scene.person))
    }
}
