//! Files on their way out: their bytes, or what a channel called them when they were sent before.

use bytes::Bytes;
use domain::document::State;
use domain::ids::DocumentId;
use futures::FutureExt;

use crate::app::{App, Error};

use crate::files::Variant;
use crate::store::documents;

/// A file that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// What the channel called it the last time.
    pub external_id: Option<String>,
    pub sha256: String,
}

/// What is known of a file that is to be sent. `None`: it is not to be sent any more, because it was revoked
/// or erased meanwhile.
pub async fn posting(app: &App, id: DocumentId) -> Result<Option<Posting>, Error> {
    let document = documents::by_id(&app.db, id).await?;
    let stands = document.filter(|document| document.state == State::Ready && document.revoked_at.is_none());
    Ok(stands.and_then(|document| {
        Some(Posting {
            external_id: document.external_id,
            sha256: document.sha256?,
        })
    }))
}

/// The bytes to send.
pub async fn bytes(app: &App, posting: &Posting) -> Result<Bytes, Error> {
    let bytes = app.files.read(&posting.sha256, Variant::Original).await?;
    bytes.ok_or(Error::Missing)
}

/// The picture to send in place of the bytes, at most 1600 pixels on a side.
pub async fn picture(app: &App, posting: &Posting) -> Result<Bytes, Error> {
    let bytes = app.files.read(&posting.sha256, Variant::Large).await?;
    bytes.ok_or(Error::Missing)
}

/// Remembers what the channel calls a file, or (`None`) that it knows it no more.
pub async fn called(app: &App, id: DocumentId, external_id: Option<String>) -> Result<(), Error> {
    app.db
        .write(move |tx| {
            async move { Ok::<_, Error>(documents::name_outside(tx, id, external_id).await?) }.boxed()
        })
        .await?;
    Ok(())
}
