//! A customer's invoices in the chat: what is owed, and the proof that it was paid.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::InvoiceId;
use domain::money::Rupiah;
use serde::{Deserialize, Serialize};

use crate::bill::{Bill, Owed};
use crate::heard::Media;
use crate::menu::list;
use crate::say::Say;
use crate::served::{Command, Flow, Input, Scene, Step};
use crate::tap::Tap;
use crate::text::Text;

/// After a proof came, so long another file is one more; later it is something else.
const MORE: TimeDelta = TimeDelta::minutes(2);
/// Files that follow each other within this were sent as one, and are answered once.
const TOGETHER: TimeDelta = TimeDelta::seconds(15);
/// How many invoices are offered for a proof; each of them is a button.
const OFFERED: usize = 3;

/// Waits for a proof of this invoice's payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proving {
    pub invoice: InvoiceId,
    /// As people know it.
    pub number: String,
    pub left: Rupiah,
    /// When the last file came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came_at: Option<DateTime<Utc>>,
}

/// An invoice that waits for its money, as the chat offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub invoice: InvoiceId,
    pub owed: Owed,
}

/// What came of a file that was to be a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proved {
    Taken,
    /// It belongs to what was answered just now.
    Quietly,
    Enough,
    /// Nothing is owed any more.
    Over,
}

impl Proving {
    /// Waits for a proof of this one.
    pub(crate) fn of(open: &Open) -> Self {
        Self {
            invoice: open.invoice,
            number: open.owed.number.clone(),
            left: open.owed.left,
            came_at: None,
        }
    }

    /// The question.
    pub(crate) fn ask(&self) -> Say {
        let text = Bill::AskProof {
            number: self.number.clone(),
            left: self.left,
        };
        Say::text(text).row(vec![Tap::Cancel.choice()])
    }

    pub(crate) fn hear(mut self, input: Input, scene: &Scene<'_>) -> Step {
        let since = self.came_at.map(|came| scene.at - came);
        match input {
            Input::File(media) if since.is_none_or(|since| since <= MORE) => {
                if media.is_something_else(true) || media.is_too_large() {
                    return Step::Again(Flow::Proving(self), only());
                }
                let quiet = since.is_some_and(|since| since <= TOGETHER);
                self.came_at = Some(scene.at);
                let command = prove(self.invoice, media, quiet);
                Step::Run(Flow::Proving(self), command)
            }
            Input::Waited => Step::Silent(Flow::Proving(self)),
            // One came: whatever else is said is about something else.
            input if since.is_some() => Step::Pass(input),
            _ => Step::Again(Flow::Proving(self), only()),
        }
    }
}

fn prove(invoice: InvoiceId, media: Media, quiet: bool) -> Command {
    Command::Prove {
        invoice,
        media,
        quiet,
    }
}

fn only() -> Say {
    Say::text(Bill::ProofOnly).row(vec![Tap::Cancel.choice()])
}

/// What is owed, with a button for a proof of each.
pub(crate) fn owing(open: &[Open]) -> Say {
    if open.is_empty() {
        return list(Bill::NothingOwed);
    }
    let lines = open.iter().map(|open| open.owed.clone()).collect();
    let say = Say::text(Bill::Owing { lines });
    open.iter()
        .take(OFFERED)
        .map(|open| Tap::Prove {
            invoice: open.invoice,
        })
        .fold(say, |say, tap| say.row(vec![tap.choice()]))
}

/// The answer to a proof; `None`: it was answered with the one before.
pub(crate) fn proved(proved: Proved, number: String) -> Option<Text> {
    let bill = match proved {
        Proved::Taken => Bill::ProofTaken { number },
        Proved::Quietly => return None,
        Proved::Enough => Bill::ProofsEnough { number },
        Proved::Over => Bill::NothingOwed,
    };
    Some(bill.into())
}
