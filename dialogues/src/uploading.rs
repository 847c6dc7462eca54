//! Taking in the photos and papers of one job: the prompt names it, and nothing else is taken.

use domain::document::Kind;
use domain::ids::{TicketId, UploadId};
use serde::{Deserialize, Serialize};

use crate::press::{Asked, Press};
use crate::say::{Choice, Say};
use crate::site::Site;
use crate::text::Label;
use crate::turn::{Command, Input, Next, Outcome, State, Turn};

/// An upload mode that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploading {
    pub upload: UploadId,
    pub ticket: TicketId,
    pub epoch: i32,
    pub kind: Kind,
    /// The service's number of the press that opened it: what has a lower one was sent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
}

impl Uploading {
    /// For the one photo of the place after a check-in that its location does not prove.
    pub fn of_place(upload: UploadId, ticket: TicketId, epoch: i32) -> Self {
        let kind = Kind::CheckIn;
        Self {
            upload,
            ticket,
            epoch,
            kind,
            since: None,
        }
    }

    /// Whether something with this number of the service was sent before the mode was opened.
    pub fn is_older(&self, than: Option<i64>) -> bool {
        matches!((than, self.since), (Some(sent), Some(opened)) if sent < opened)
    }

    /// Opens the conversation. The progress card says the rest, but for the photo of a place, which has none.
    pub fn begin(self) -> Turn {
        if self.kind == Kind::CheckIn {
            return self.again(Site::AskPlacePhoto { ticket: self.ticket });
        }
        self.silent()
    }

    pub(crate) fn on_input(self, input: Input) -> Next {
        match input {
            Input::File(media) => {
                let upload = self.upload;
                Next::Run(State::Uploading(self), Command::Attach { upload, media })
            }
            Input::Waited => Next::Turn(self.silent()),
            Input::Text(_) | Input::Contact { .. } | Input::Place { .. } | Input::Other => {
                Next::Turn(self.again(self.hint()))
            }
        }
    }

    pub(crate) fn on_outcome(self, outcome: Outcome) -> Turn {
        let ticket = self.ticket;
        match outcome {
            Outcome::Attached if self.kind == Kind::CheckIn => {
                Turn::end(Say::text(Site::PlacePhotoTaken { ticket }))
            }
            Outcome::Attached => self.silent(),
            Outcome::NotAttached { text: Some(text) } => self.again(text),
            Outcome::NotAttached { text: None } => self.silent(),
            _ => Turn::end(Say::text(Site::UploadOver { ticket })),
        }
    }

    fn hint(self) -> Site {
        if self.kind == Kind::CheckIn {
            return Site::AskPlacePhoto { ticket: self.ticket };
        }
        Site::UploadHint {
            ticket: self.ticket,
            kind: self.kind,
        }
    }

    fn again(self, text: Site) -> Turn {
        let row = self.row();
        Turn::stay(State::Uploading(self), Say::text(text).row(row))
    }

    fn silent(self) -> Turn {
        Turn {
            state: Some(State::Uploading(self)),
            say: Vec::new(),
        }
    }

    pub(crate) const fn asked(self) -> Asked {
        let upload = self.upload;
        Asked::Upload { upload }
    }

    /// What ends it: done, or left.
    pub fn row(self) -> Vec<Choice> {
        let finish = Press::Finish { upload: self.upload };
        let cancel = Choice::leave(self.asked());
        if self.kind == Kind::CheckIn {
            return vec![cancel];
        }
        vec![Choice::press(Label::Finish, finish), cancel]
    }
}
