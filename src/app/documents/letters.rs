//! Letters: sent to the technician when they come and when he asks, revoked when he no longer has the job.

use chrono::{DateTime, Utc};
use domain::ids::TicketId;

use crate::app::Error;
use crate::store::{Tx, documents};

/// An assignment has ended: nobody may show its letters any more.
pub(crate) async fn revoke(tx: &Tx, ticket: TicketId, at: DateTime<Utc>) -> Result<(), Error> {
    documents::revoke(tx, ticket, at).await?;
    Ok(())
}
