//! Where an invoice stands: its shape, its word and its tint.

use domain::invoice::State;

/// Where an invoice stands, and whether it should have been paid by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    pub state: State,
    pub is_overdue: bool,
}

impl Stand {
    /// The text key of its word.
    pub const fn label(self) -> &'static str {
        match self.state {
            _ if self.is_overdue => "inv-overdue",
            State::Draft => "inv-draft",
            State::Submitted => "inv-submitted",
            State::Approved => "inv-approved",
            State::Sent => "inv-sent",
            State::Paid => "inv-paid",
            State::Void => "inv-void",
        }
    }

    /// The shape of its chip.
    pub const fn icon(self) -> &'static str {
        match self.state {
            _ if self.is_overdue => "triangle-alert",
            State::Draft => "pencil",
            State::Submitted => "hourglass",
            State::Approved => "shield-check",
            State::Sent => "send",
            State::Paid => "circle-check-big",
            State::Void => "circle-x",
        }
    }

    /// The tint of its chip.
    pub const fn class(self) -> &'static str {
        match self.state {
            _ if self.is_overdue => "bad",
            State::Draft | State::Void => "",
            State::Submitted => "assigned",
            State::Approved => "open",
            State::Sent => "warn",
            State::Paid => "good",
        }
    }
}

/// The way of an invoice, each with the key of its name.
pub(crate) const WAY: [(State, &str); 5] = [
    (State::Draft, "inv-step-draft"),
    (State::Submitted, "inv-step-submitted"),
    (State::Approved, "inv-step-approved"),
    (State::Sent, "inv-step-sent"),
    (State::Paid, "inv-step-paid"),
];
