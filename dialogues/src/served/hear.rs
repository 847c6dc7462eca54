//! What a chat makes of one message.

use chrono::TimeDelta;
use domain::request::{asked, told};

use crate::complaint::Complaint;
use crate::customer::Customer;
use crate::form;
use crate::heard::Media;
use crate::keyword;
use crate::menu::asks;
use crate::registering::{Registering, Stage};
use crate::reporting::Reporting;
use crate::say::Say;
use crate::served::{Chat, Command, Flow, Input, Next, Outcome, Scene, Step, Turn};
use crate::tap::Tap;

/// After so long a registration that was left is asked about before it goes on.
const LEFT: TimeDelta = TimeDelta::minutes(30);
/// What the office reads of a file without words: there is one.
fn without_words(media: &Media) -> &'static str {
    if media.is_sound() {
        "🎤 1"
    } else if media.is_other() {
        "📎 1"
    } else {
        "📷 1"
    }
}
/// After so many answers that do not fit, a person is offered.
const PATIENCE: u8 = 3;

impl Chat {
    /// Hears one message.
    pub fn hear(mut self, input: Input, scene: &Scene<'_>) -> Next {
        let was_left = self.heard_at.is_some_and(|last| scene.at - last >= LEFT);
        if input != Input::Waited {
            self.heard_at = Some(scene.at);
        }
        if let Some(known) = scene.person.customer.as_ref()
            && self.is_becoming_known()
        {
            if !goes_elsewhere(&input) {
                // The office knew the person all along, or wrote him down meanwhile.
                let customer = known.id;
                return Next::Turn(self.registered(Outcome::AlreadyRegistered { customer }, scene));
            }
            self.give_up_registering();
        }
        match input {
            Input::Text { text, forwarded } if !forwarded => {
                if let Some(word) = keyword::read(&text) {
                    return self.word(word, scene);
                }
                if let Some(tap) = keyword::answer(&text, &self.offered) {
                    return self.tap(tap, scene);
                }
                self.flow_or_unasked(Input::Text { text, forwarded }, was_left, scene)
            }
            Input::Tap(tap) => self.tap(tap, scene),
            Input::Unreadable => self.stale(),
            Input::Order(words) => Next::Run(
                self,
                Command::Ask {
                    text: asked(&words).unwrap_or(words),
                    photos: Vec::new(),
                    unasked: true,
                },
            ),
            input => self.flow_or_unasked(input, was_left, scene),
        }
    }

    /// Whether someone new is being registered.
    fn is_becoming_known(&self) -> bool {
        matches!(&self.flow, Some(Flow::Registering(running)) if !running.changes)
    }

    /// What was told on the way is kept for a report.
    fn give_up_registering(&mut self) {
        if let Some(Flow::Registering(running)) = self.flow.take() {
            self.unasked = running.complaint.and_then(|complaint| complaint.text);
        }
    }

    /// A problem to report; whoever is no customer yet becomes one first, and need not say it again.
    pub(crate) fn report(mut self, problem: Option<String>, scene: &Scene<'_>) -> Next {
        let before = self.unasked.take();
        let problem = problem.or_else(|| before.as_deref().and_then(told));
        if scene.person.customer.is_none() {
            let complaint = problem.as_deref().and_then(Complaint::of);
            return self.register(complaint, scene);
        }
        self.begin(Reporting::begin(scene.nonce, problem, scene))
    }

    /// Begins a registration, or goes on with the one that was begun.
    pub(crate) fn register(mut self, complaint: Option<Complaint>, scene: &Scene<'_>) -> Next {
        if let Some(Flow::Registering(mut running)) = self.flow.take() {
            running.also(complaint);
            let step = running.ask(scene);
            return self.step(step, scene);
        }
        let flow = Registering::begin(scene.nonce, scene.person, complaint);
        let step = flow.ask(scene);
        self.begin(step)
    }

    /// All data in one message.
    pub(crate) fn at_once(mut self, rest: &str, scene: &Scene<'_>) -> Next {
        if let Some(known) = &scene.person.customer {
            let customer = known.id;
            return self.turn(asks(
                Customer::AlreadyRegistered { customer },
                &[Tap::Change, Tap::Menu],
            ));
        }
        match form::read(rest, scene.person.phone.as_ref()) {
            Ok(entry) => {
                let command = Command::Register {
                    flow: scene.nonce,
                    entry,
                    position: None,
                    at_once: true,
                    agreed: scene.message.to_owned(),
                };
                Next::Run(self, command)
            }
            Err(faults) => {
                self.stumbles = self.stumbles.saturating_add(1);
                let say = Say::text(Customer::FormFaults { faults });
                self.patiently(say)
            }
        }
    }

    pub(crate) fn begin(mut self, step: Step) -> Next {
        self.flow = None;
        self.stumbles = 0;
        self.unasked = None;
        match step {
            Step::Ask(flow, say) | Step::Again(flow, say) => {
                self.flow = Some(flow);
                self.turn(say)
            }
            Step::Run(flow, command) => {
                self.flow = Some(flow);
                Next::Run(self, command)
            }
            Step::Silent(flow) | Step::Stale(flow) => {
                self.flow = Some(flow);
                Next::Turn(Turn {
                    chat: self,
                    say: Vec::new(),
                })
            }
            Step::Pass(_) => Next::Turn(Turn {
                chat: self,
                say: Vec::new(),
            }),
        }
    }

    fn flow_or_unasked(mut self, input: Input, was_left: bool, scene: &Scene<'_>) -> Next {
        let Some(flow) = self.flow.take() else {
            return self.unasked(input, scene);
        };
        let flow = match flow {
            Flow::Registering(mut running) if was_left && running.stage != Stage::Consent => match &input {
                Input::Text { text, .. } => {
                    running.comes_back(text);
                    let step = running.ask(scene);
                    return self.step(step, scene);
                }
                _ => Flow::Registering(running),
            },
            flow => flow,
        };
        let step = flow.hear(input, scene);
        self.step(step, scene)
    }

    pub(crate) fn step(mut self, step: Step, scene: &Scene<'_>) -> Next {
        match step {
            Step::Ask(flow, say) => {
                self.flow = Some(flow);
                self.stumbles = 0;
                self.turn(say)
            }
            Step::Again(flow, say) => {
                self.flow = Some(flow);
                self.stumbles = self.stumbles.saturating_add(1);
                self.patiently(say)
            }
            Step::Silent(flow) => {
                self.flow = Some(flow);
                Next::Turn(Turn {
                    chat: self,
                    say: Vec::new(),
                })
            }
            Step::Run(flow, command) => {
                self.flow = Some(flow);
                self.stumbles = 0;
                Next::Run(self, command)
            }
            Step::Stale(flow) => {
                self.flow = Some(flow);
                self.stale()
            }
            Step::Pass(input) => self.unasked(input, scene),
        }
    }

    /// The same question again; and once, after several times, a person.
    fn patiently(self, say: Say) -> Next {
        if self.stumbles != PATIENCE {
            return self.turn(say);
        }
        let stuck = asks(Customer::Stuck, &[Tap::Office, Tap::Cancel]);
        Next::Turn(self.says(vec![say, stuck]))
    }

    pub(crate) fn stale(self) -> Next {
        self.turn(asks(Customer::StaleChoice, &[Tap::Menu]))
    }

    pub(crate) fn turn(self, say: Say) -> Next {
        Next::Turn(self.says(vec![say]))
    }
}

impl Flow {
    pub(crate) fn hear(self, input: Input, scene: &Scene<'_>) -> Step {
        match self {
            Self::Registering(registering) => registering.hear(input, scene),
            Self::Reporting(reporting) => reporting.hear(input, scene),
            Self::Rating(rating) => rating.hear(input, scene),
            Self::Proving(proving) => proving.hear(input, scene),
            Self::Asking => asking(input, scene),
        }
    }
}

/// Whether an input says what is wanted whatever is being asked.
fn goes_elsewhere(input: &Input) -> bool {
    match input {
        Input::Text { text, forwarded } => !forwarded && keyword::read(text).is_some(),
        Input::Tap(tap) => !matches!(tap, Tap::Answer { .. }),
        _ => false,
    }
}

fn asking(input: Input, scene: &Scene<'_>) -> Step {
    let hours = scene.office.hours.clone();
    let again = asks(Customer::AskQuestion { hours }, &[Tap::Cancel]);
    let ask = |text, photos| {
        let unasked = false;
        Step::Run(
            Flow::Asking,
            Command::Ask {
                text,
                photos,
                unasked,
            },
        )
    };
    match input {
        Input::Text { text, .. } => match asked(&text) {
            Some(text) => ask(text, Vec::new()),
            None => Step::Again(Flow::Asking, again),
        },
        Input::File(media) if media.may_tell() => {
            let text = media.caption.as_deref().and_then(asked);
            ask(
                text.unwrap_or_else(|| without_words(&media).to_owned()),
                vec![media],
            )
        }
        Input::Waited => Step::Silent(Flow::Asking),
        _ => Step::Again(Flow::Asking, again),
    }
}
