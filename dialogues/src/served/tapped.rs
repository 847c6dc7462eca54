//! What a chat makes of words and buttons that mean the same wherever it is.

use crate::customer::Customer;
use crate::keyword::Keyword;
use crate::menu::{asks, menu};
use crate::registering::Registering;
use crate::served::{Chat, Command, Flow, Input, Next, Scene};
use crate::tap::{Answer, Tap};

impl Chat {
    /// A word that means the same in any state.
    pub(crate) fn word(self, word: Keyword, scene: &Scene<'_>) -> Next {
        match word {
            Keyword::Menu => self.tap(Tap::Menu, scene),
            Keyword::Cancel => self.tap(Tap::Cancel, scene),
            Keyword::Stop => self.tap(Tap::Stop, scene),
            Keyword::Start => self.tap(Tap::Start, scene),
            Keyword::Office => self.tap(Tap::Office, scene),
            Keyword::Change => self.tap(Tap::Change, scene),
            Keyword::Data => self.tap(Tap::Data, scene),
            Keyword::Bills => self.tap(Tap::Invoice, scene),
            Keyword::Status(None) => self.tap(Tap::Status, scene),
            Keyword::Status(number) if scene.person.customer.is_some() => {
                Next::Run(self, Command::Status(number))
            }
            Keyword::Status(Some(_)) => self.turn(menu(scene)),
            Keyword::Register(None) => self.tap(Tap::Register, scene),
            Keyword::Register(Some(rest)) => self.at_once(&rest, scene),
            Keyword::Report(None) => self.tap(Tap::Report, scene),
            Keyword::Report(Some(problem)) => self.report(Some(problem), scene),
            Keyword::Speak(locale) => Next::Run(self, Command::Speak(locale)),
        }
    }

    /// A button, or what was typed for one.
    pub(crate) fn tap(mut self, tap: Tap, scene: &Scene<'_>) -> Next {
        match (tap, &scene.person.customer) {
            (Tap::Answer { flow, answer }, _) => self.answer(flow, answer, scene),
            (
                Tap::Stars {
                    rating,
                    subject,
                    stars,
                },
                _,
            ) => {
                let command = Command::Stars {
                    rating,
                    subject,
                    stars,
                };
                Next::Run(self, command)
            }
            (Tap::Read { request }, _) => Next::Run(self, Command::Read(request)),
            (Tap::Rate { rating }, _) => Next::Run(self, Command::Rate(rating)),
            (Tap::Stop, _) => Next::Run(self, Command::Stop),
            (Tap::Start, _) => Next::Run(self, Command::Start),
            (Tap::Cancel, _) => self.cancel(),
            (Tap::Office, _) => {
                self.leave();
                self.flow = Some(Flow::Asking);
                let hours = scene.office.hours.clone();
                self.turn(asks(Customer::AskQuestion { hours }, &[Tap::Cancel]))
            }
            (Tap::Report, _) => self.report(None, scene),
            (Tap::Register, Some(known)) => {
                let customer = known.id;
                self.leave();
                self.turn(asks(
                    Customer::AlreadyRegistered { customer },
                    &[Tap::Change, Tap::Menu],
                ))
            }
            (Tap::Change, Some(known)) => {
                let flow = Registering::change(scene.nonce, known);
                self.begin(flow.fixing())
            }
            (Tap::Data, Some(known)) => {
                self.leave();
                let text = Customer::Data {
                    customer: known.id,
                    entry: known.entry.clone(),
                };
                self.turn(asks(text, &[Tap::Change, Tap::Menu]))
            }
            (Tap::Status, Some(_)) => Next::Run(self, Command::Status(None)),
            (Tap::Invoice, Some(_)) => {
                self.leave();
                Next::Run(self, Command::Bills)
            }
            (Tap::Prove { invoice }, _) => Next::Run(self, Command::Owes(invoice)),
            (Tap::Register | Tap::Change, None) => self.register(None, scene),
            (Tap::Menu | Tap::Data | Tap::Status | Tap::Invoice, _) => {
                self.leave();
                self.turn(menu(scene))
            }
        }
    }

    /// What is asked and is no draft to be kept ends: the person went elsewhere.
    fn leave(&mut self) {
        self.stumbles = 0;
        if !matches!(self.flow, Some(Flow::Registering(_))) {
            self.flow = None;
        }
    }

    fn cancel(mut self) -> Next {
        self.stumbles = 0;
        let text = match self.flow.take() {
            Some(_) => Customer::Left,
            None => Customer::NothingToLeave,
        };
        self.turn(asks(text, &[Tap::Menu]))
    }

    fn answer(mut self, flow: u32, answer: Answer, scene: &Scene<'_>) -> Next {
        if self.nonce() == Some(flow)
            && let Some(running) = self.flow.take()
        {
            let input = Input::Tap(Tap::Answer { flow, answer });
            let step = running.hear(input, scene);
            return self.step(step, scene);
        }
        if matches!(answer, Answer::Save | Answer::Send) {
            // Pressed twice: the same answer as the first time.
            return Next::Run(self, Command::Repeat { flow });
        }
        self.stale()
    }
}
