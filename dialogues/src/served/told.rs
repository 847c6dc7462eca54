//! What a chat says once its command was carried out.

use domain::rating::{Stars, Subject};
use domain::request::PHOTOS;

use crate::bill::Bill;
use crate::customer::Customer;
use crate::menu::{asks, list, under};
use crate::paying::{Proved, Proving, owing};
use crate::rating::{Rating, Stage};
use crate::reporting::Reporting;
use crate::say::Say;
use crate::served::{Chat, Flow, Input, Outcome, Question, Scene, Step, Turn};
use crate::tap::Tap;

impl Chat {
    /// Ends the turn with what came of its command.
    pub fn on_outcome(mut self, outcome: Outcome, scene: &Scene<'_>) -> Turn {
        match outcome {
            Outcome::Registered { .. } | Outcome::AlreadyRegistered { .. } => self.registered(outcome, scene),
            Outcome::Changed(entry) => {
                self.flow = None;
                self.says(vec![list(Customer::DataChanged(entry))])
            }
            Outcome::Refused => {
                (self.flow, self.unasked) = (None, None);
                let phone = scene.office.phone.clone();
                self.says(vec![Say::text(Customer::ConsentRefused { phone })])
            }
            Outcome::Reported { request } => {
                self.flow = None;
                self.says(vec![Say::text(Customer::Reported { request })])
            }
            Outcome::Asked { request, unasked } => {
                if !unasked {
                    self.end(&Flow::Asking);
                }
                let closed = scene.office.hours.clone().filter(|_| scene.office.is_closed);
                let text = if unasked {
                    Customer::PassedOn
                } else {
                    Customer::QuestionTaken { request, closed }
                };
                self.says(vec![Say::text(text)])
            }
            Outcome::Standing(lines) if lines.is_empty() => {
                self.says(vec![under(Customer::NothingStanding, scene.person)])
            }
            Outcome::Standing(lines) => self.says(vec![Say::text(Customer::Standing { lines })]),
            Outcome::NotFound => self.says(vec![Say::text(Customer::NotFound)]),
            Outcome::Stopped => {
                self.flow = None;
                let (company, phone) = (scene.office.company.clone(), scene.office.phone.clone());
                self.says(vec![Say::text(Customer::Stopped { company, phone })])
            }
            Outcome::Started => {
                let company = scene.office.company.clone();
                self.says(vec![under(Customer::Started { company }, scene.person)])
            }
            Outcome::Spoken => self.says(vec![under(Customer::Spoken, scene.person)]),
            Outcome::Bills(_) | Outcome::Owes(_) | Outcome::Proved { .. } => self.billed(outcome),
            Outcome::Said { words } => self.says(vec![Say::text(Customer::OfficeSays { words })]),
            Outcome::Followed { request } => self.says(vec![Say::text(Customer::PhotoFollowed { request })]),
            Outcome::Overfull => {
                let (most, mixed) = (PHOTOS, false);
                self.says(vec![Say::text(Customer::TooManyPhotos { most, mixed })])
            }
            Outcome::Located { request } => self.says(vec![Say::text(Customer::PlaceFollowed { request })]),
            Outcome::NotLocated => self.says(vec![under(Customer::Puzzled, scene.person)]),
            // What is heard or read may be about anything; what is seen is taken for a trouble.
            Outcome::NotFollowed(media) if media.is_sound() || media.is_paper() => {
                self.unread(&Input::File(media), scene)
            }
            Outcome::NotFollowed(media) => {
                let step = Reporting::of_photo(scene.nonce, media, scene);
                self.takes(step)
            }
            Outcome::Asks(question) => self.asks_stars(question),
            Outcome::Rated {
                rating,
                ticket,
                low,
                mixed,
            } => {
                let stage = Stage::Comment;
                if self.may_rate() {
                    self.flow = mixed.then_some(Flow::Rating(Rating {
                        rating,
                        ticket,
                        stage,
                        asked_at: Some(scene.at),
                    }));
                }
                let text = if mixed {
                    Customer::AskComment { sorry: low }
                } else {
                    Customer::RatingThanks
                };
                self.says(vec![Say::text(text)])
            }
            Outcome::Commented => {
                self.flow = None;
                self.says(vec![Say::text(Customer::RatingThanks)])
            }
            Outcome::RatingOver => {
                if self.may_rate() {
                    self.flow = None;
                }
                self.says(vec![Say::text(Customer::RatingOver)])
            }
            Outcome::Nothing => Turn {
                chat: self,
                say: Vec::new(),
            },
            Outcome::Stale => self.says(vec![asks(Customer::StaleChoice, &[Tap::Menu])]),
        }
    }

    fn billed(mut self, outcome: Outcome) -> Turn {
        match outcome {
            Outcome::Bills(open) => self.says(vec![owing(&open)]),
            Outcome::Owes(Some(open)) => {
                let proving = Proving::of(&open);
                let ask = proving.ask();
                self.flow = Some(Flow::Proving(proving));
                self.says(vec![ask])
            }
            Outcome::Proved { proved, number } => {
                if matches!(proved, Proved::Enough | Proved::Over) {
                    self.flow = None;
                }
                let say = crate::paying::proved(proved, number).map(Say::text);
                self.says(say.into_iter().collect())
            }
            _ => self.says(vec![list(Bill::NothingOwed)]),
        }
    }

    pub(crate) fn registered(mut self, outcome: Outcome, scene: &Scene<'_>) -> Turn {
        let complaint = match self.flow.take() {
            Some(Flow::Registering(running)) => running.complaint,
            other => {
                self.flow = other;
                None
            }
        };
        let (said, address) = match outcome {
            Outcome::Registered {
                customer,
                entry,
                at_once,
            } => {
                let address = entry.address.clone();
                let name = entry.name.clone();
                let privacy = scene.office.privacy.clone();
                let said = if at_once {
                    Customer::RegisteredAtOnce {
                        customer,
                        entry,
                        privacy,
                    }
                } else {
                    let menu = complaint.is_none();
                    Customer::Registered { customer, name, menu }
                };
                (said, address)
            }
            Outcome::AlreadyRegistered { customer } => {
                let text = Customer::AlreadyRegistered { customer };
                if complaint.is_none() {
                    return self.says(vec![asks(text, &[Tap::Change, Tap::Menu])]);
                }
                let known = scene.person.customer.as_ref();
                (
                    text,
                    known.map_or_else(String::new, |known| known.entry.address.clone()),
                )
            }
            _ => {
                return Turn {
                    chat: self,
                    say: Vec::new(),
                };
            }
        };
        let Some(complaint) = complaint else {
            return self.says(vec![list(said)]);
        };
        // What was said first need not be said again.
        let step = Reporting::of_complaint(scene.nonce, complaint, address);
        let mut turn = self.takes(step);
        turn.say.insert(0, Say::text(said));
        turn
    }

    fn takes(mut self, step: Step) -> Turn {
        match step {
            Step::Ask(flow, say) | Step::Again(flow, say) => {
                self.flow = Some(flow);
                self.says(vec![say])
            }
            Step::Silent(flow) | Step::Stale(flow) => {
                self.flow = Some(flow);
                Turn {
                    chat: self,
                    say: Vec::new(),
                }
            }
            Step::Run(..) | Step::Pass(_) => Turn {
                chat: self,
                say: Vec::new(),
            },
        }
    }

    fn asks_stars(mut self, question: Question) -> Turn {
        let stage = match question.subject {
            Subject::Technician => Stage::Technician,
            Subject::Office => Stage::Office,
        };
        if self.may_rate() {
            self.flow = Some(Flow::Rating(Rating {
                rating: question.rating,
                ticket: question.ticket,
                stage,
                asked_at: None,
            }));
        }
        self.says(vec![stars(question)])
    }

    /// Whether nothing else is being asked.
    fn may_rate(&self) -> bool {
        matches!(self.flow, None | Some(Flow::Rating(_)))
    }

    fn end(&mut self, flow: &Flow) {
        if self.flow.as_ref() == Some(flow) {
            self.flow = None;
        }
    }
}

/// A question for stars, the best first.
pub fn stars(question: Question) -> Say {
    let Question {
        rating,
        ticket,
        subject,
        technician,
        link,
    } = question;
    let text = match (subject, technician) {
        (Subject::Technician, Some(technician)) => Customer::RateTechnician {
            ticket,
            technician,
            link,
        },
        (Subject::Technician, None) | (Subject::Office, _) => Customer::RateOffice { ticket, link },
    };
    let taps = Stars::ALL.map(|stars| Tap::Stars {
        rating,
        subject,
        stars,
    });
    asks(text, &taps)
}
