//! A file's bytes, for whoever may see them; every look is written down.

use bytes::Bytes;
use domain::document::{Kind, State};
use domain::ids::DocumentId;
use domain::permission::Perm;
use domain::person::Role;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::documents::view::{View, view};
use crate::app::tickets::{self, People};
use crate::app::{App, Error};
use crate::files::Variant;
use crate::store::documents::{self, Document};

/// Which form of a file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Original,
    /// A picture of at most 480 pixels on a side.
    Small,
    /// A picture of at most 1600 pixels on a side.
    Large,
}

/// A file's bytes and what to say of them.
#[derive(Debug, Clone)]
pub struct Content {
    pub bytes: Bytes,
    pub media_type: String,
    pub filename: String,
    /// The same for the same bytes, and for no others.
    pub tag: String,
}

/// A file, for someone of this role. [`None`]: he may not see it.
pub async fn find(app: &App, role: Role, id: DocumentId) -> Result<Option<View>, Error> {
    let Some(document) = seen_by(app, role, id).await? else {
        return Ok(None);
    };
    let people = People::load(&app.db, document.uploaded_by.into_iter()).await?;
    Ok(Some(view(&document, &people).ok_or(Error::Missing)?))
}

/// The bytes of a file, for someone of this role. [`None`]: he may not see them.
pub async fn read(
    app: &App,
    act: &Act,
    role: Role,
    id: DocumentId,
    size: Size,
) -> Result<Option<Content>, Error> {
    let Some(document) = seen_by(app, role, id).await? else {
        return Ok(None);
    };
    if document.state != State::Ready {
        return Err(Error::Missing);
    }
    let sha256 = document.sha256.clone().ok_or(Error::Missing)?;
    let (variant, tail) = match size {
        Size::Original => (Variant::Original, ""),
        Size::Small => (Variant::Small, "-480"),
        Size::Large => (Variant::Large, "-1600"),
    };
    if size != Size::Original && document.width.is_none() {
        return Err(Error::Missing);
    }
    let Some(bytes) = app.files.read(&sha256, variant).await? else {
        tracing::error!(file = id.0, "the storage has lost a file");
        return Err(Error::Missing);
    };
    note(app, act, &document, tail).await?;
    let (media_type, filename) = match size {
        Size::Original => (document.media_type.unwrap_or_default(), document.filename),
        Size::Small | Size::Large => {
            let stem = document.filename.rsplit_once('.').map_or("", |(stem, _)| stem);
            ("image/jpeg".to_owned(), format!("{stem}{tail}.jpg"))
        }
    };
    Ok(Some(Content {
        bytes,
        media_type,
        filename,
        tag: format!("{sha256}{tail}"),
    }))
}

/// The file, if this role may see it. Only who may see all is told that there is none.
async fn seen_by(app: &App, role: Role, id: DocumentId) -> Result<Option<Document>, Error> {
    let document = documents::by_id(&app.db, id).await?;
    if role.may(Perm::ManageTickets) {
        return Ok(Some(document.ok_or(Error::Missing)?));
    }
    match document {
        Some(document) if may_see(app, role, &document).await? => Ok(Some(document)),
        _ => Ok(None),
    }
}

/// Admins see all files; sales those of tickets with an invoice.
async fn may_see(app: &App, role: Role, document: &Document) -> Result<bool, Error> {
    if role.may(Perm::ManageTickets) {
        return Ok(true);
    }
    let Some(ticket) = document.ticket else {
        return Ok(false);
    };
    Ok(tickets::find(app, ticket).await?.ticket.invoice_id.is_some())
}

/// Photos and positions are private: who looked is known.
async fn note(app: &App, act: &Act, document: &Document, tail: &'static str) -> Result<(), Error> {
    let (by, id, ticket) = (act.clone(), document.id, document.ticket);
    let detail = json!({ "kind": document.kind.map(Kind::as_str), "size": tail.trim_start_matches('-') });
    app.db
        .write(move |tx| {
            async move {
                by.audit(tx, "document_viewed", ("document", id.0), ticket, detail)
                    .await
            }
            .boxed()
        })
        .await?;
    Ok(())
}
