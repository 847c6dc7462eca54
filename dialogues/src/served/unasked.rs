//! What nothing asked for.

use chrono::TimeDelta;
use domain::customer::visible;
use domain::request::{question, report};

use crate::customer::Customer;
use crate::menu::under;
use crate::registering::Complaint;
use crate::served::hear::is_picture;
use crate::served::{Chat, Command, Input, Next, Scene, Turn};

/// How often it is answered with the menu.
const PUZZLED: TimeDelta = TimeDelta::minutes(5);

impl Chat {
    /// What comes while nothing is asked: from a stranger the beginning, from a customer a photo or a puzzle.
    pub(crate) fn unasked(mut self, input: Input, scene: &Scene<'_>) -> Next {
        let known = scene.person.customer.is_some();
        match input {
            Input::Waited => Next::Turn(Turn {
                chat: self,
                say: Vec::new(),
            }),
            Input::File(media) if known && is_picture(&media) => Next::Run(self, Command::Follow(media)),
            Input::Text { text, .. } if !known => {
                let complaint = report(&text).ok().map(|text| Complaint {
                    text: Some(text),
                    photos: Vec::new(),
                });
                self.register(complaint, scene)
            }
            Input::File(media) if is_picture(&media) => {
                let text = media.caption.as_deref().and_then(|caption| report(caption).ok());
                let photos = vec![media];
                self.register(Some(Complaint { text, photos }), scene)
            }
            Input::Text { text, .. } => self.puzzled(&text, scene),
            _ if !known => self.register(None, scene),
            Input::Place(_) => {
                self.flow = None;
                self.turn(under(Customer::Puzzled, scene.person))
            }
            _ => self.turn(under(Customer::Unreadable, scene.person)),
        }
    }

    /// The menu once in a while; whoever goes on is passed on to a person, once too.
    fn puzzled(mut self, text: &str, scene: &Scene<'_>) -> Next {
        let lately = self.puzzled_at.is_some_and(|last| scene.at - last < PUZZLED);
        let said = visible(text);
        if lately {
            let Some(first) = self.unasked.take() else {
                // It was passed on already, and is kept with the rest of the chat.
                return Next::Turn(Turn {
                    chat: self,
                    say: Vec::new(),
                });
            };
            let both: String = format!("{first}\n{said}").chars().take(1000).collect();
            return match question(&both) {
                Ok(text) => Next::Run(self, Command::Ask { text, unasked: true }),
                Err(_) => Next::Turn(Turn {
                    chat: self,
                    say: Vec::new(),
                }),
            };
        }
        self.puzzled_at = Some(scene.at);
        self.unasked = Some(said.chars().take(1000).collect());
        self.turn(under(Customer::Puzzled, scene.person))
    }
}
