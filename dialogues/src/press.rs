//! What a button means. A channel's codec turns it into at most 64 bytes and back.

use domain::ids::TicketId;
use domain::person::Locale;
use serde::{Deserialize, Serialize};

/// One press carries all it needs, so that it survives restarts and old keyboards.
///
/// `epoch` counts the ticket's assignments: a button of an earlier one is stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Press {
    /// Win this ticket.
    Claim { ticket: TicketId, epoch: i32 },
    /// Show the ticket's card again.
    Card { ticket: TicketId },
    /// Give the ticket back: asks for the reason.
    Release { ticket: TicketId, epoch: i32 },
    /// Read this language from now on.
    Speak { locale: Locale },
    /// Look at the open jobs again, from this ticket on (0: from the first).
    Pool { after: i64 },
    /// Look at one's own jobs again.
    Tasks,
    /// Leave what is being asked.
    Cancel,
}
