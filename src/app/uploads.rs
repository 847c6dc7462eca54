//! Photos and papers of a job: which job they are for, and what they complete.

use chrono::{DateTime, Utc};

use crate::app::{App, Error};
use crate::store::Tx;
use crate::store::documents::Document;

/// A file was looked into: it is ready, refused or lost, and what depends on it follows.
pub(crate) async fn landed(
    _app: &App,
    tx: &Tx,
    _document: &Document,
    _at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.note_tickets();
    Ok(())
}
