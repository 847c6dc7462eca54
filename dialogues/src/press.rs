//! What a button means. A channel's codec turns it into at most 64 bytes and back.

use domain::alert::Extension;
use domain::document::Kind;
use domain::ids::{AlertId, InvoiceId, TicketId, UploadId, UserId};
use domain::person::Locale;
use serde::{Deserialize, Serialize};

use crate::pricing::Bid;
use crate::tap::Tap;

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
    /// Begin the visit: asks for the location.
    CheckIn { ticket: TicketId, epoch: i32 },
    /// Check in without a location, with a reason and a photo.
    NoFix { ticket: TicketId, epoch: i32 },
    /// Do not wait for a better location.
    Settle { ticket: TicketId, epoch: i32 },
    /// Open the upload mode for a job.
    Upload {
        ticket: TicketId,
        epoch: i32,
        kind: Kind,
    },
    /// Close the upload mode.
    Finish { upload: UploadId },
    /// Say what photos are for that nobody had asked for.
    Place {
        upload: UploadId,
        ticket: TicketId,
        kind: Kind,
    },
    /// End the visit: shows what there is and asks once more.
    CheckOut { ticket: TicketId, epoch: i32 },
    /// Yes, end it.
    ConfirmCheckOut { ticket: TicketId, epoch: i32 },
    /// No, not yet.
    LeaveCheckOut { ticket: TicketId, epoch: i32 },
    /// Send this letter of the job again.
    Letter { ticket: TicketId, kind: Kind },
    /// Show this emergency's card again.
    Alert { alert: AlertId },
    /// Give the technician more time.
    Continue { alert: AlertId, more: Extension },
    /// Choose who gets the job instead, from this page of those who could (0: the first).
    Replace {
        alert: AlertId,
        /// What was queued before there were pages has none.
        #[serde(default)]
        page: u16,
    },
    /// This one, or the pool: asks once more.
    ReplaceWith { alert: AlertId, next: Option<UserId> },
    /// Yes.
    ConfirmReplace { alert: AlertId, next: Option<UserId> },
    /// Back to the emergency's decisions.
    LeaveReplace { alert: AlertId },
    /// Look at the emergencies again.
    Alerts,
    /// What sales say to a price. `version` is the invoice's: an older one decides nothing.
    Price {
        invoice: InvoiceId,
        version: i32,
        bid: Bid,
    },
    /// Look at the prices that wait, from this request on (0: from the first).
    Prices { after: i64 },
    /// A customer's button.
    Customer(Tap),
    /// Leave this, if it is still being asked.
    Leave(Asked),
    /// Leave whatever is being asked: from before buttons said what.
    Cancel,
}

/// What a person is asked, by the assignment or the opening that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Where he is, or what explains that his place is not believed.
    CheckIn { ticket: TicketId, epoch: i32 },
    /// Why he gives the job back.
    Release { ticket: TicketId, epoch: i32 },
    /// For photos and papers.
    Upload { upload: UploadId },
    /// Which price it shall be, or why it goes back.
    Price { invoice: InvoiceId, version: i32 },
}
