//! What customers send to show that they paid. It is kept and told; it never makes an invoice paid.

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use dialogues::bill::Bill;
use dialogues::heard::Media;
use dialogues::say::Say;
use domain::document::{Kind, PER_KIND, State};
use domain::ids::{ContactId, DocumentId, InvoiceId};
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::contacts::CHANNEL;
use crate::app::documents::{self, View};
use crate::app::tickets::People;
use crate::app::{App, Error, Refusal, notices};
use crate::files::{Accept, Inspected};
use crate::store::documents::Document;
use crate::store::invoices::{self, Invoice, Proof};
use crate::store::{self, Tx};

/// The most proofs of one invoice.
pub const MOST: usize = PER_KIND;
/// Proofs that follow each other within this are told to the office as one.
const TOGETHER: TimeDelta = TimeDelta::seconds(30);

/// What came of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Kept,
    /// These very bytes are there.
    Known,
    /// There are as many as are taken.
    Enough,
    /// Nothing is owed any more.
    Over,
}

/// Takes a proof from an invoice's page. [`Refusal::InvoiceState`]: nothing is owed any more;
/// [`Refusal::NotNow`]: there are enough.
pub async fn prove(app: &App, id: InvoiceId, filename: &str, bytes: Bytes) -> Result<(), Error> {
    let found = invoices::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    if !found.state.takes_payments() {
        return Err(Refusal::InvoiceState { now: found.state }.into());
    }
    let file = app.files.inspect(bytes, Accept::Paper).await?;
    app.files.keep(&file).await?;
    let filename = documents::sound(filename, Kind::PaymentProof, file.media);
    let (app_, kept) = (app.clone(), file.clone());
    let (taken, effects) = app
        .write(move |tx| {
            async move {
                let act = Act::system(app_.now());
                let invoice = invoices::by_id_locked(tx, id).await?.ok_or(Error::Missing)?;
                let document = from_page(&invoice, &kept, filename, act.at);
                let taken = take(tx, &act, &invoice, document, None).await?;
                Ok::<_, Error>((taken, invoice.state))
            }
            .boxed()
        })
        .await?;
    app.tell(&effects);
    // Whoever sweeps may have taken the bytes for forgotten ones in the moment before they counted.
    if app.files.find(&file.sha256).await?.is_none() {
        app.files.keep(&file).await?;
    }
    match taken {
        (Taken::Kept | Taken::Known, _) => Ok(()),
        (Taken::Enough, _) => Err(Refusal::NotNow.into()),
        (Taken::Over, now) => Err(Refusal::InvoiceState { now }.into()),
    }
}

/// Takes a proof from a chat: it is fetched after the commit, and counts from then on.
pub(crate) async fn take_from_chat(
    tx: &Tx,
    act: &Act,
    contact: ContactId,
    (invoice, media): (&Invoice, &Media),
) -> Result<Taken, Error> {
    let ending = if media.is_photo { "jpg" } else { "pdf" };
    let document = Document {
        filename: format!("bukti.{ending}"),
        media_type: media.media_type.clone(),
        size: media.size,
        state: State::Waiting,
        channel: CHANNEL.to_owned(),
        source: Some(media.source.clone()),
        source_key: Some(media.source_key.clone()),
        ..blank(invoice, act.at)
    };
    take(tx, act, invoice, document, Some(contact)).await
}

async fn take(
    tx: &Tx,
    act: &Act,
    invoice: &Invoice,
    document: Document,
    contact: Option<ContactId>,
) -> Result<Taken, Error> {
    if !invoice.state.takes_payments() {
        return Ok(Taken::Over);
    }
    let earlier = invoices::proofs(tx, invoice.id).await?;
    let is_same = |other: &Document| {
        let bytes = document.sha256.is_some() && other.sha256 == document.sha256;
        bytes || (document.source_key.is_some() && other.source_key == document.source_key)
    };
    if earlier.iter().any(is_same) {
        return Ok(Taken::Known);
    }
    if earlier.len() >= MOST {
        return Ok(Taken::Enough);
    }
    let document = store::documents::insert(tx, document).await?;
    let proof = Proof {
        document: document.id,
        invoice: invoice.id,
        contact,
    };
    invoices::add_proof(tx, proof, act.at).await?;
    let detail = json!({ "number": invoice.number, "document": document.id.to_string() });
    let subject = ("invoice", invoice.id.0);
    act.audit(tx, "payment_proof_added", subject, Some(invoice.ticket), detail)
        .await?;
    if document.state == State::Ready {
        tell(tx, invoice, &document, act.at).await?;
    }
    tx.note_tickets();
    Ok(Taken::Kept)
}

/// A proof from a chat was fetched: the office hears of it; its sender only when it is lost.
pub(crate) async fn landed(tx: &Tx, document: &Document, at: DateTime<Utc>) -> Result<(), Error> {
    tx.note_tickets();
    let Some(proof) = invoices::proof(tx, document.id).await? else {
        return Ok(());
    };
    let Some(invoice) = invoices::by_id(tx, proof.invoice).await? else {
        return Ok(());
    };
    match document.state {
        State::Ready => tell(tx, &invoice, document, at).await,
        State::Lost | State::Refused => {
            let Some(contact) = proof.contact else {
                return Ok(());
            };
            let Some(contact) = store::contacts::by_id(tx, contact).await? else {
                return Ok(());
            };
            let number = invoice.number.unwrap_or_default();
            let say = Say::text(Bill::ProofLost { number });
            notices::customer::reply(tx, &contact, Some(invoice.ticket), &say, at).await
        }
        State::Waiting | State::Erased => Ok(()),
    }
}

/// Tells the admins that there is something to check, once for what came together.
async fn tell(tx: &Tx, invoice: &Invoice, document: &Document, at: DateTime<Utc>) -> Result<(), Error> {
    let others = invoices::proofs(tx, invoice.id).await?;
    let is_recent = |other: &&Document| {
        other.id < document.id && other.state == State::Ready && at - other.created_at < TOGETHER
    };
    if others.iter().any(|other| is_recent(&other)) {
        return Ok(());
    }
    let ticket = store::tickets::by_id(tx, invoice.ticket).await?;
    let customer = match ticket {
        Some(ticket) => store::customers::by_id(tx, ticket.customer).await?,
        None => None,
    };
    let text = Bill::ProofCame {
        ticket: invoice.ticket,
        number: invoice.number.clone().unwrap_or_default(),
        name: customer.map_or_else(String::new, |customer| customer.name),
    };
    notices::to_admins(tx, Some(invoice.ticket), &text.into(), at).await
}

/// The proofs that a customer sent for an invoice and that were found sound, in the order in which they came.
pub async fn proofs(app: &App, id: InvoiceId) -> Result<Vec<View>, Error> {
    let rows = invoices::proofs(&app.db, id).await?;
    let people = People::load(&app.db, rows.iter().filter_map(|row| row.uploaded_by)).await?;
    Ok(rows
        .iter()
        .filter_map(|row| documents::view(row, &people))
        .collect())
}

fn from_page(invoice: &Invoice, file: &Inspected, filename: String, at: DateTime<Utc>) -> Document {
    let facts = documents::known(file);
    Document {
        filename,
        media_type: Some(facts.media_type),
        size: Some(facts.size),
        sha256: Some(facts.sha256),
        perceptual: facts.perceptual,
        width: facts.width,
        height: facts.height,
        state: State::Ready,
        channel: "page".to_owned(),
        ..blank(invoice, at)
    }
}

fn blank(invoice: &Invoice, at: DateTime<Utc>) -> Document {
    Document {
        id: DocumentId(0),
        ticket: Some(invoice.ticket),
        epoch: None,
        kind: Some(Kind::PaymentProof),
        upload: None,
        number: None,
        filename: String::new(),
        media_type: None,
        size: None,
        sha256: None,
        perceptual: None,
        width: None,
        height: None,
        flags: Vec::new(),
        state: State::Waiting,
        error: None,
        channel: String::new(),
        source: None,
        source_key: None,
        external_id: None,
        uploaded_by: None,
        created_at: at,
        revoked_at: None,
        drawn: None,
        attempts: 0,
    }
}
