//! Files that an admin adds to a ticket: checked and stored before the transaction, counted in it.

use bytes::Bytes;
use domain::document::{Kind, State};
use domain::ids::{DocumentId, TicketId};
use domain::invalid::{Fault, Invalid};
use domain::ticket::Status;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::documents::fetch::{compare, known};
use crate::app::documents::view::{View, view};
use crate::app::documents::{letters, name};
use crate::app::tickets::People;
use crate::app::{App, Error, Refusal, uploads};
use crate::files::{Accept, Unfit};
use crate::store::documents::{self, Document};
use crate::store::{self};

/// A file to add, as the form says it.
#[derive(Debug, Clone, Default)]
pub struct New {
    pub kind: String,
    /// What it was called where it came from.
    pub filename: String,
    /// `None`: the form had none.
    pub bytes: Option<Bytes>,
}

/// Adds a file to a ticket: letters while someone is to go or is there, photos from then on until it is closed.
/// A letter goes to the technician at once.
pub async fn upload(app: &App, act: &Act, id: TicketId, new: New) -> Result<View, Error> {
    let mut invalid = Invalid::default();
    let kind = invalid.take("kind", addable(&new.kind));
    let bytes = invalid.take("file", new.bytes.ok_or(Fault::Required));
    invalid.check()?;
    let (Some(kind), Some(bytes)) = (kind, bytes) else {
        return Err(Invalid::default().into());
    };
    // Asked before the work, and again once the row is ours.
    let ticket = store::tickets::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    check(kind, ticket.status)?;
    let accept = if kind.may_be_pdf() {
        Accept::Paper
    } else {
        Accept::Photo
    };
    let file = app.files.inspect(bytes, accept).await?;
    app.files.keep(&file).await?;
    let filename = name::sound(&new.filename, kind, file.media);
    let (by, app_, facts) = (act.clone(), app.clone(), known(&file));
    let saved = app.perform(act, move |tx| {
        async move {
            let ticket = store::tickets::by_id_locked(tx, id)
                .await?
                .ok_or(Error::Missing)?;
            check(kind, ticket.status)?;
            let document = documents::insert(
                tx,
                Document {
                    id: DocumentId(0),
                    ticket: Some(id),
                    epoch: Some(ticket.epoch),
                    kind: Some(kind),
                    upload: None,
                    number: None,
                    filename,
                    media_type: Some(facts.media_type),
                    size: Some(facts.size),
                    sha256: Some(facts.sha256),
                    perceptual: facts.perceptual,
                    width: facts.width,
                    height: facts.height,
                    flags: Vec::new(),
                    state: State::Ready,
                    error: None,
                    channel: by.channel.as_str().to_owned(),
                    source: None,
                    source_key: None,
                    external_id: None,
                    uploaded_by: by.actor,
                    created_at: by.at,
                    revoked_at: None,
                    drawn: None,
                    attempts: 0,
                },
            )
            .await?;
            compare(tx, std::slice::from_ref(&document), by.at).await?;
            let document = documents::by_id(tx, document.id).await?.ok_or(Error::Missing)?;
            let detail = json!({ "kind": kind.as_str(), "document": document.id.to_string() });
            by.audit_ticket(tx, "document_added", id, detail).await?;
            if kind.is_letter() {
                letters::tell(tx, &ticket, &document, by.at).await?;
            }
            uploads::landed(&app_, tx, &document, by.at).await?;
            tx.note_tickets();
            let people = People::load(tx, document.uploaded_by.into_iter()).await?;
            view(&document, &people).ok_or(Error::Missing)
        }
        .boxed()
    });
    let saved = saved.await?;
    // Whoever sweeps may have taken the bytes for forgotten ones in the moment before they counted.
    if app.files.find(&file.sha256).await?.is_none() {
        app.files.keep(&file).await?;
    }
    Ok(saved)
}

/// The kinds that an admin adds; the others come about in other ways.
fn addable(kind: &str) -> Result<Kind, Fault> {
    if kind.trim().is_empty() {
        return Err(Fault::Required);
    }
    match kind.parse()? {
        kind @ (Kind::AssignmentLetter | Kind::TravelLetter | Kind::Bast | Kind::Evidence) => Ok(kind),
        Kind::BastForm | Kind::PaymentProof | Kind::CheckIn | Kind::Report => Err(Fault::BadValue),
    }
}

/// Whether a file of that kind may be added now.
pub(crate) fn check(kind: Kind, now: Status) -> Result<(), Error> {
    let fits = match now {
        Status::Assigned => kind.is_letter(),
        Status::InProgress => true,
        Status::Done => !kind.is_letter(),
        Status::Open | Status::Closed | Status::Cancelled => false,
    };
    if fits {
        Ok(())
    } else {
        Err(Refusal::WrongState { now }.into())
    }
}

impl From<Unfit> for Error {
    fn from(unfit: Unfit) -> Self {
        let fault = match unfit {
            Unfit::TooLarge => return Refusal::FileTooLarge.into(),
            Unfit::Unknown => return Refusal::FileUnknown.into(),
            Unfit::NotAPhoto => return Refusal::FileNotAPhoto.into(),
            Unfit::Empty => Fault::Required,
            Unfit::CutShort => Fault::CutShort,
            Unfit::TwoInOne => Fault::TwoInOne,
            Unfit::TooManyPixels => Fault::TooManyPixels,
            Unfit::TooSmall => Fault::TooSmall,
            Unfit::Unreadable => Fault::Undecodable,
        };
        Invalid::one("file", fault).into()
    }
}
