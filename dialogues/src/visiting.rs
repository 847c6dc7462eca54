//! Checking in: asks where the technician is, and what stands in the way of believing it.

use chrono::{DateTime, Utc};
use domain::geo::Position;
use domain::ids::{TicketId, UploadId};
use domain::visit::{FRESH, Finding, Fix, Verdict};
use serde::{Deserialize, Serialize};

use crate::explaining::{explaining, why_of};
use crate::heard::{Media, Origin, Place};
use crate::press::{Asked, Press};
use crate::say::{Choice, Say};
use crate::site::Site;
use crate::text::{Label, Moment, Text};
use crate::turn::{Command, Input, Next, Outcome, State, Turn};
use crate::uploading::Uploading;

/// A check-in that has been asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Visiting {
    pub ticket: TicketId,
    pub epoch: i32,
    pub stage: Stage,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No place yet.
    Asking,
    /// A live location is there, and the receiver may still settle.
    Settling {
        best: Fix,
        finding: Finding,
        until: DateTime<Utc>,
    },
    /// The place proves too little: a reason and a photo, in any order.
    Explaining {
        /// `None`: the receiver fails.
        fix: Option<Fix>,
        why: Why,
        reason: Option<String>,
        /// A photo that came before photos were kept at once.
        photo: Option<Box<Media>>,
        /// Where the photos are kept that came so far.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kept: Option<UploadId>,
    },
}

/// Why a place proves too little.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// So many metres from the site.
    Far { meters: f64 },
    /// The ticket has no place on the map.
    NoSite,
    /// No position at all.
    NoFix,
}

/// What a check-in would write down.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckIn {
    pub ticket: TicketId,
    pub epoch: i32,
    /// `None`: the receiver failed.
    pub fix: Option<Fix>,
    pub reason: Option<String>,
    pub photo: Option<Box<Media>>,
    /// Where the photos are kept that came before this one.
    pub kept: Option<UploadId>,
    /// A better fix may still come: do not settle for a vague one.
    pub patient: bool,
    /// Nobody waits for an answer: the place only moved.
    pub moved: bool,
}

impl Visiting {
    /// Opens the conversation.
    pub fn begin(ticket: TicketId, epoch: i32) -> Turn {
        let stage = Stage::Asking;
        Self { ticket, epoch, stage }.again(Site::AskLocation { ticket })
    }

    /// The receiver fails: goes on with a reason and a photo.
    pub fn without_fix(ticket: TicketId, epoch: i32) -> Turn {
        let stage = Stage::Explaining {
            fix: None,
            why: Why::NoFix,
            reason: None,
            photo: None,
            kept: None,
        };
        Self { ticket, epoch, stage }.explain()
    }

    /// The technician will not wait for a better fix.
    pub fn settle(self) -> Next {
        match self.stage {
            Stage::Settling { best, .. } => self.run(Some(best), false, false),
            _ => Next::Turn(self.explain()),
        }
    }

    /// When it should go on by itself.
    pub fn wakes_at(&self) -> Option<DateTime<Utc>> {
        match self.stage {
            Stage::Settling { until, .. } => Some(until),
            Stage::Asking | Stage::Explaining { .. } => None,
        }
    }

    pub(crate) fn on_input(self, input: Input) -> Next {
        let ticket = self.ticket;
        match input {
            Input::Place { place, at } => self.on_place(place, at),
            Input::Waited => match self.stage {
                Stage::Settling { best, .. } => self.run(Some(best), false, false),
                _ => Next::Turn(self.silent()),
            },
            Input::Text(text) => self.on_reason(&text),
            Input::File(media) => self.on_photo(media),
            Input::Contact { .. } | Input::Other => Next::Turn(match self.stage {
                Stage::Explaining { .. } => self.explain(),
                _ => self.again(Site::LocationOnly { ticket }),
            }),
        }
    }

    pub(crate) fn on_outcome(self, outcome: Outcome) -> Turn {
        let ticket = self.ticket;
        match outcome {
            Outcome::CheckedIn {
                ticket: _,
                at,
                finding,
                accuracy_meters,
                place_photo,
            } => self.checked_in(at, finding, accuracy_meters, place_photo),
            Outcome::NotProven {
                finding,
                may_improve,
                moved,
                fix,
                at,
            } => self.not_proven(fix, finding, may_improve, moved, at),
            Outcome::PlacePhotoKept { upload } => self.photo_kept(upload),
            Outcome::NotAttached { text: Some(text) } => self.again(text),
            Outcome::NotAttached { text: None } => self.silent(),
            Outcome::PlacePhotoGone => self.photo_gone(),
            Outcome::TooEarly { date } => Turn::end(Say::text(Site::TooEarly { ticket, date })),
            Outcome::AlreadyCheckedIn { ticket } => Turn::end(Say::text(Site::AlreadyCheckedIn { ticket })),
            _ => Turn::end(Say::text(Text::NotYours { ticket })),
        }
    }

    fn on_place(self, place: Place, at: DateTime<Utc>) -> Next {
        let ticket = self.ticket;
        let live = match place.origin {
            Origin::Forwarded => return Next::Turn(self.again(Site::LocationForwarded { ticket })),
            Origin::Venue => return Next::Turn(self.again(Site::LocationVenue { ticket })),
            Origin::Live | Origin::LiveEnded => true,
            Origin::Static => false,
        };
        let Ok(position) = Position::new(place.latitude, place.longitude) else {
            return Next::Turn(if place.moved {
                self.silent()
            } else {
                self.again(Site::LocationNowhere { ticket })
            });
        };
        let fix = Fix {
            position,
            accuracy_meters: place.accuracy_meters,
            age_seconds: (at - place.sent_at).num_seconds().max(0),
            live,
        };
        let patient = place.origin == Origin::Live;
        self.run(Some(fix), patient, place.moved)
    }

    /// Tries a place, with what was said and sent already.
    fn run(self, fix: Option<Fix>, patient: bool, moved: bool) -> Next {
        let command = CheckIn {
            patient,
            moved,
            ..self.check_in(fix)
        };
        Next::Run(State::Visiting(self), Command::CheckIn(command))
    }

    pub(crate) fn check_in(&self, fix: Option<Fix>) -> CheckIn {
        let (reason, photo, kept) = match &self.stage {
            Stage::Explaining {
                reason, photo, kept, ..
            } => (reason.clone(), photo.clone(), *kept),
            Stage::Asking | Stage::Settling { .. } => (None, None, None),
        };
        CheckIn {
            ticket: self.ticket,
            epoch: self.epoch,
            fix,
            reason,
            photo,
            kept,
            patient: false,
            moved: false,
        }
    }

    fn checked_in(
        self,
        at: Moment,
        finding: Finding,
        accuracy_meters: Option<f64>,
        place_photo: Option<UploadId>,
    ) -> Turn {
        let ticket = self.ticket;
        let done = Say::text(Site::CheckedIn {
            ticket,
            at,
            verdict: finding.verdict,
            distance_meters: finding.distance_meters,
            accuracy_meters,
        });
        let Some(upload) = place_photo else {
            return Turn::end(done);
        };
        let asking = Uploading::of_place(upload, ticket, self.epoch);
        let mut turn = asking.begin();
        turn.say.insert(0, done);
        turn
    }

    fn not_proven(
        mut self,
        fix: Fix,
        finding: Finding,
        may_improve: bool,
        moved: bool,
        at: DateTime<Utc>,
    ) -> Turn {
        let ticket = self.ticket;
        match &mut self.stage {
            Stage::Asking if may_improve => {
                let until = at + FRESH;
                self.stage = Stage::Settling {
                    best: fix,
                    finding,
                    until,
                };
                self.waiting(Site::Settling {
                    ticket,
                    distance_meters: finding.distance_meters,
                })
            }
            Stage::Settling {
                best,
                finding: so_far,
                ..
            } if may_improve => {
                if is_better((fix, finding), (*best, *so_far)) {
                    *best = fix;
                    *so_far = finding;
                }
                self.silent()
            }
            Stage::Explaining { fix: last, why, .. } => {
                *last = Some(fix);
                *why = why_of(finding);
                if moved { self.silent() } else { self.explain() }
            }
            Stage::Asking | Stage::Settling { .. } => {
                self.stage = explaining(fix, finding);
                self.explain()
            }
        }
    }

    pub(crate) fn again(self, text: Site) -> Turn {
        let trouble = Press::NoFix {
            ticket: self.ticket,
            epoch: self.epoch,
        };
        let mut say = Say::text(text);
        if !matches!(self.stage, Stage::Explaining { .. }) {
            say = say.row(vec![Choice::press(Label::NoFix, trouble)]);
        }
        let say = say.row(self.leave_row());
        Turn::stay(State::Visiting(self), say)
    }

    fn waiting(self, text: Site) -> Turn {
        let settle = Press::Settle {
            ticket: self.ticket,
            epoch: self.epoch,
        };
        let say = Say::text(text)
            .row(vec![Choice::press(Label::Settle, settle)])
            .row(self.leave_row());
        Turn::stay(State::Visiting(self), say)
    }

    pub(crate) const fn asked(&self) -> Asked {
        let (ticket, epoch) = (self.ticket, self.epoch);
        Asked::CheckIn { ticket, epoch }
    }

    pub(crate) fn leave_row(&self) -> Vec<Choice> {
        vec![Choice::leave(self.asked())]
    }

    pub(crate) fn silent(self) -> Turn {
        Turn {
            state: Some(State::Visiting(self)),
            say: Vec::new(),
        }
    }
}

/// Within the radius before beyond it; then whichever is surely nearer.
fn is_better((fix, finding): (Fix, Finding), (best, so_far): (Fix, Finding)) -> bool {
    let reach = |fix: Fix, finding: Finding| {
        finding.distance_meters.unwrap_or(f64::MAX) + fix.accuracy_meters.unwrap_or(100.0)
    };
    let within = |finding: Finding| finding.verdict != Verdict::Outside;
    match (within(finding), within(so_far)) {
        (true, false) => true,
        (false, true) => false,
        _ => reach(fix, finding) < reach(best, so_far),
    }
}
