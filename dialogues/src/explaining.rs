//! Explaining a check-in whose place proves too little: a reason and photos, in any order.

use domain::ids::UploadId;
use domain::ticket::reason;
use domain::visit::{Finding, Fix};

use crate::heard::Media;
use crate::say::Say;
use crate::site::Site;
use crate::turn::{Command, Next, State, Turn};
use crate::visiting::{CheckIn, Stage, Visiting, Why};

impl Visiting {
    pub(crate) fn on_reason(mut self, text: &str) -> Next {
        if let Stage::Settling { best, finding, .. } = self.stage {
            // Whoever explains does not want to wait.
            self.stage = explaining(best, finding);
        }
        let ticket = self.ticket;
        let Stage::Explaining { reason: given, .. } = &mut self.stage else {
            return Next::Turn(self.again(Site::LocationOnly { ticket }));
        };
        match reason(text) {
            Ok(said) => *given = Some(said),
            Err(fault) => {
                let fault = fault.into();
                return Next::Turn(self.again(Site::ExplainBadReason { ticket, fault }));
            }
        }
        self.go_on()
    }

    pub(crate) fn on_photo(mut self, media: Media) -> Next {
        let ticket = self.ticket;
        if let Stage::Settling { best, finding, .. } = self.stage {
            self.stage = explaining(best, finding);
        }
        let Stage::Explaining {
            reason: given, kept, ..
        } = &mut self.stage
        else {
            return Next::Turn(self.again(Site::LocationOnly { ticket }));
        };
        if media.is_too_large() {
            return Next::Turn(self.again(Site::TooLarge { ticket }));
        }
        if media.is_something_else(false) {
            return Next::Turn(self.explain());
        }
        if given.is_none() {
            *given = media.caption.as_deref().and_then(|caption| reason(caption).ok());
        }
        if given.is_some() {
            return self.explained(Some(Box::new(media)));
        }
        // An album is many messages: each photo is kept at once, whatever comes of the check-in.
        let command = Command::KeepPlacePhoto {
            ticket,
            epoch: self.epoch,
            kept: *kept,
            media: Box::new(media),
        };
        Next::Run(State::Visiting(self), command)
    }

    pub(crate) fn photo_kept(mut self, upload: UploadId) -> Turn {
        let Stage::Explaining { kept, .. } = &mut self.stage else {
            return self.silent();
        };
        match kept.replace(upload) {
            // The rest of an album needs no answers of its own.
            Some(_) => self.silent(),
            None => self.explain(),
        }
    }

    /// None of the photos that came could be used.
    pub(crate) fn photo_gone(mut self) -> Turn {
        if let Stage::Explaining { photo, kept, .. } = &mut self.stage {
            (*photo, *kept) = (None, None);
        }
        self.explain()
    }

    /// With both a reason and a photo it can be written down; otherwise what is missing is asked for.
    fn go_on(self) -> Next {
        let Stage::Explaining {
            reason, photo, kept, ..
        } = &self.stage
        else {
            return Next::Turn(self.silent());
        };
        if reason.is_none() || (photo.is_none() && kept.is_none()) {
            return Next::Turn(self.explain());
        }
        self.explained(None)
    }

    /// Checks in with what was said and sent, and the photo that has just come.
    fn explained(self, new: Option<Box<Media>>) -> Next {
        let fix = match &self.stage {
            Stage::Explaining { fix, .. } => *fix,
            Stage::Asking | Stage::Settling { .. } => None,
        };
        let command = self.check_in(fix);
        let photo = new.or(command.photo);
        Next::Run(
            State::Visiting(self),
            Command::CheckIn(CheckIn { photo, ..command }),
        )
    }

    pub(crate) fn explain(self) -> Turn {
        let Stage::Explaining {
            why,
            reason,
            photo,
            kept,
            ..
        } = &self.stage
        else {
            let ticket = self.ticket;
            return self.again(Site::LocationOnly { ticket });
        };
        let text = Site::Explain {
            ticket: self.ticket,
            why: *why,
            reason: reason.is_none(),
            photo: photo.is_none() && kept.is_none(),
        };
        let say = Say::text(text).row(self.leave_row());
        Turn::stay(State::Visiting(self), say)
    }
}

pub(crate) fn explaining(fix: Fix, finding: Finding) -> Stage {
    Stage::Explaining {
        fix: Some(fix),
        why: why_of(finding),
        reason: None,
        photo: None,
        kept: None,
    }
}

pub(crate) fn why_of(finding: Finding) -> Why {
    finding
        .distance_meters
        .map_or(Why::NoSite, |meters| Why::Far { meters })
}
