//! What a customer owes, as his chat shows it, and the proof that he sends there.

use dialogues::bill::Owed;
use dialogues::heard::Media;
use dialogues::paying::{Open, Proved};
use dialogues::served::Outcome;
use domain::ids::InvoiceId;
use domain::invoice::State;

use crate::app::act::Act;
use crate::app::contacts::Contact;
use crate::app::invoices::outstanding;
use crate::app::invoices::proof::{Taken, take_from_chat};
use crate::app::{App, Error, registration};
use crate::store::invoices::{self, Invoice};
use crate::store::{self, Tx};

/// How many are shown.
const MOST: u64 = 5;

/// What the customer of a chat got and has not paid.
pub(crate) async fn owing(app: &App, tx: &Tx, contact: &Contact) -> Result<Vec<Open>, Error> {
    let Some(customer) = registration::customer_of(tx, contact).await? else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for invoice in invoices::owed_by(tx, customer.id, MOST).await? {
        all.push(open(app, tx, &invoice).await?);
    }
    Ok(all)
}

/// One of them. `None`: nothing is owed on it, or it is someone else's.
pub(crate) async fn owed(
    app: &App,
    tx: &Tx,
    contact: &Contact,
    id: InvoiceId,
) -> Result<Option<Open>, Error> {
    match own(tx, contact, id).await? {
        Some(invoice) if invoice.state == State::Sent => Ok(Some(open(app, tx, &invoice).await?)),
        _ => Ok(None),
    }
}

/// Keeps a file as the proof that one of them was paid.
pub(crate) async fn prove_in_chat(
    tx: &Tx,
    act: &Act,
    contact: &Contact,
    (id, media, quiet): (InvoiceId, &Media, bool),
) -> Result<Outcome, Error> {
    let over = |number: String| Outcome::Proved {
        proved: Proved::Over,
        number,
    };
    if own(tx, contact, id).await?.is_none() {
        return Ok(over(String::new()));
    }
    // Held, so that it is not paid or void while the file is noted.
    let Some(invoice) = invoices::by_id_locked(tx, id).await? else {
        return Ok(over(String::new()));
    };
    let number = invoice.number.clone().unwrap_or_default();
    let proved = match take_from_chat(tx, act, contact.id, (&invoice, media)).await? {
        Taken::Kept | Taken::Known if quiet => Proved::Quietly,
        Taken::Kept | Taken::Known => Proved::Taken,
        Taken::Enough => Proved::Enough,
        Taken::Over => return Ok(over(number)),
    };
    Ok(Outcome::Proved { proved, number })
}

/// An invoice of the customer whose chat it is.
async fn own(tx: &Tx, contact: &Contact, id: InvoiceId) -> Result<Option<Invoice>, Error> {
    let Some(customer) = registration::customer_of(tx, contact).await? else {
        return Ok(None);
    };
    let Some(invoice) = invoices::by_id(tx, id).await? else {
        return Ok(None);
    };
    let ticket = store::tickets::by_id(tx, invoice.ticket).await?;
    let is_own = ticket.is_some_and(|ticket| ticket.customer == customer.id);
    Ok(is_own.then_some(invoice))
}

async fn open(app: &App, tx: &Tx, invoice: &Invoice) -> Result<Open, Error> {
    let payments = invoices::payments(tx, vec![invoice.id.0]).await?;
    let owed = Owed {
        ticket: invoice.ticket,
        number: invoice.number.clone().unwrap_or_default(),
        left: outstanding(invoice, &payments),
        due: invoice.due_date,
        link: app.link("i", invoice.token.as_deref().unwrap_or_default()),
    };
    Ok(Open {
        invoice: invoice.id,
        owed,
    })
}
