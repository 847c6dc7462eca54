//! Another price, or none: asks sales for a discount, a final price or a reason, and shows what would come of it.
//!
//! Every button carries the invoice, its version and what it offers, so that it needs nothing that was saved. The
//! saved state is only for what is typed.

use domain::ids::{InvoiceId, TicketId};
use domain::invalid::Fault;
use domain::invoice::Discount;
use domain::money::Rupiah;
use domain::offer::Offer;
use domain::ticket::reason;
use serde::{Deserialize, Serialize};

use crate::press::{Asked, Press};
use crate::price::{Deal, Price};
use crate::say::{Card, CardKind, Choice, Hint, Say};
use crate::sheet::{Preview, Sheet};
use crate::text::Label;
use crate::turn::{Command, Input, Next, Outcome, State, Turn};

/// What sales press under a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bid {
    /// Yes, as it is.
    Approve,
    /// Another price: asks which.
    Revise,
    /// Asks which once more, in place.
    Choose,
    /// Will type a discount.
    TypeDiscount,
    /// Will type what the customer shall pay.
    TypeFinal,
    /// Show what this would make of it.
    Preview(Offer),
    /// Yes, that.
    Offer(Offer),
    /// Back to the admins: asks why.
    Reject,
    /// Show the photos of the job.
    Photos,
    /// Show the card as it is now.
    Show,
}

/// The shares that are offered as buttons, in percent.
const SHARES: [i64; 3] = [5, 10, 15];

/// Which price is talked about: the invoice as it was when the button was made, and the request to sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub ticket: TicketId,
    pub invoice: InvoiceId,
    pub version: i32,
    /// Counts requests: each has cards of its own.
    pub epoch: i32,
}

/// Waiting for something typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pricing {
    #[serde(flatten)]
    pub subject: Subject,
    pub wants: Wants,
}

/// What is to be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wants {
    /// A discount or a final price.
    Any,
    Discount,
    Final,
    /// Why it goes back.
    Reason,
}

impl Subject {
    /// The card that is decided on.
    pub const fn card(self) -> Card {
        self.card_of(CardKind::Price)
    }

    /// The question which price it shall be.
    pub const fn question(self) -> Card {
        self.card_of(CardKind::Question)
    }

    const fn card_of(self, kind: CardKind) -> Card {
        Card {
            ticket: self.ticket,
            kind,
            epoch: self.epoch,
        }
    }

    fn press(self, label: Deal, bid: Bid) -> Choice {
        let press = Press::Price {
            invoice: self.invoice,
            version: self.version,
            bid,
        };
        Choice::press(Label::Price(label), press)
    }

    const fn asked(self) -> Asked {
        Asked::Price {
            invoice: self.invoice,
            version: self.version,
        }
    }

    /// The card with everything that may be pressed.
    pub fn asks(self, sheet: Sheet) -> Say {
        let photos = sheet.photos;
        let say = Say::text(Price::Asked(Box::new(sheet)))
            .row(vec![self.press(Deal::Approve, Bid::Approve)])
            .row(vec![
                self.press(Deal::Revise, Bid::Revise),
                self.press(Deal::Reject, Bid::Reject),
            ])
            .hint(Hint::Card(self.card()))
            .private();
        if photos == 0 {
            return say;
        }
        say.row(vec![self.press(Deal::Photos { count: photos }, Bid::Photos)])
    }

    fn question_of(self, text: Price) -> Say {
        Say::text(text).hint(Hint::Card(self.question()))
    }

    fn leave_row(self) -> Vec<Choice> {
        vec![Choice::leave(self.asked())]
    }
}

impl Pricing {
    /// Asks which price; what is typed may be a discount or a final price.
    pub fn choose(subject: Subject, total: Rupiah, limit: Option<i64>) -> Turn {
        let ticket = subject.ticket;
        let share = |percent: i64| {
            let offer = Offer::Discount(Discount::Percent(percent * 100));
            subject.press(Deal::Percent { percent }, Bid::Preview(offer))
        };
        let say = subject
            .question_of(Price::AskOffer { ticket, total, limit })
            .row(SHARES.map(share).to_vec())
            .row(vec![
                subject.press(Deal::OtherDiscount, Bid::TypeDiscount),
                subject.press(Deal::FinalPrice, Bid::TypeFinal),
            ])
            .row(subject.leave_row());
        Self::waiting(subject, Wants::Any, say)
    }

    /// Asks for something to be typed.
    pub fn typing(subject: Subject, wants: Wants) -> Turn {
        let ticket = subject.ticket;
        let text = match wants {
            Wants::Any | Wants::Discount => Price::AskDiscount { ticket },
            Wants::Final => Price::AskFinal { ticket },
            Wants::Reason => Price::AskRejection { ticket },
        };
        let mut say = subject.question_of(text);
        if wants != Wants::Reason {
            say = say.row(vec![subject.press(Deal::Change, Bid::Choose)]);
        }
        Self::waiting(subject, wants, say.row(subject.leave_row()))
    }

    /// Shows what a price would make of it; whatever is typed next is another one.
    pub fn shown(subject: Subject, preview: Preview) -> Turn {
        let (offer, total) = (preview.offer, preview.totals.total);
        let yes = if preview.is_within() {
            Deal::Accept { total }
        } else {
            Deal::PassOn
        };
        let say = subject
            .question_of(Price::Preview(Box::new(preview)))
            .row(vec![subject.press(yes, Bid::Offer(offer))])
            .row(vec![
                subject.press(Deal::Change, Bid::Choose),
                Choice::leave(subject.asked()),
            ]);
        Self::waiting(subject, Wants::Any, say)
    }

    /// Says why a price cannot be; another may be typed or chosen.
    pub fn refused(subject: Subject, text: Price) -> Turn {
        let say = subject.question_of(text).row(vec![
            subject.press(Deal::Change, Bid::Choose),
            Choice::leave(subject.asked()),
        ]);
        Self::waiting(subject, Wants::Any, say)
    }

    fn waiting(subject: Subject, wants: Wants, say: Say) -> Turn {
        Turn::stay(State::Pricing(Self { subject, wants }), say)
    }

    pub(crate) const fn asked(&self) -> Asked {
        self.subject.asked()
    }

    pub(crate) fn on_input(self, input: Input) -> Next {
        let Input::Text(text) = input else {
            return Next::Turn(Self::typing(self.subject, self.wants));
        };
        match self.wants {
            Wants::Reason => self.on_reason(&text),
            Wants::Any => match Discount::typed(&text) {
                Ok(Discount::Amount(amount)) => Next::Turn(self.unclear(amount)),
                typed => self.on_offer(typed.map(Offer::Discount)),
            },
            Wants::Discount => self.on_offer(Discount::typed(&text).map(Offer::Discount)),
            Wants::Final => self.on_offer(Rupiah::typed(&text).map(Offer::Final)),
        }
    }

    fn on_reason(self, text: &str) -> Next {
        let subject = self.subject;
        match reason(text) {
            Ok(reason) => {
                let command = Command::RejectPrice { subject, reason };
                Next::Run(State::Pricing(self), command)
            }
            Err(fault) => {
                let (ticket, fault) = (subject.ticket, fault.into());
                let say = subject.question_of(Price::BadRejection { ticket, fault });
                let say = say.row(subject.leave_row());
                Next::Turn(Self::waiting(subject, Wants::Reason, say))
            }
        }
    }

    fn on_offer(self, typed: Result<Offer, Fault>) -> Next {
        let subject = self.subject;
        match typed {
            Ok(offer) => Next::Run(State::Pricing(self), Command::PreviewPrice { subject, offer }),
            Err(fault) => {
                let (ticket, fault) = (subject.ticket, fault.into());
                let turn = Self::refused(subject, Price::BadOffer { ticket, fault });
                // What was asked for stays asked for.
                let state = Some(State::Pricing(self));
                Next::Turn(Turn { state, ..turn })
            }
        }
    }

    /// `1,5jt` may be taken off, or be what is to be paid.
    fn unclear(self, amount: Rupiah) -> Turn {
        let subject = self.subject;
        let ticket = subject.ticket;
        let discount = Offer::Discount(Discount::Amount(amount));
        let say = subject
            .question_of(Price::Unclear { ticket, amount })
            .row(vec![
                subject.press(Deal::AsDiscount { amount }, Bid::Preview(discount)),
            ])
            .row(vec![subject.press(
                Deal::AsFinal { amount },
                Bid::Preview(Offer::Final(amount)),
            )])
            .row(subject.leave_row());
        Self::waiting(subject, Wants::Any, say)
    }

    pub(crate) fn on_outcome(self, outcome: Outcome) -> Turn {
        match outcome {
            Outcome::PricePreviewed(preview) => Self::shown(self.subject, *preview),
            Outcome::PriceRefused(text) => Self::refused(self.subject, *text),
            Outcome::PriceOver(text) => Turn::end(Say::text(*text)),
            _ => Turn::end(Say::text(crate::text::Text::StaleButton)),
        }
    }
}
