//! What a customer's chat asks for, done by the use cases.

use dialogues::served::{Command, Outcome};
use domain::ids::RequestId;
use domain::request::Kind;
use serde_json::json;

use crate::app::act::Act;
use crate::app::contacts::{CHANNEL, Contact};
use crate::app::notices::customer::PUSHES;
use crate::app::{App, Error, customers, invoices, ratings, registration, requests};
use crate::store::{self, Tx, contacts, messages, outbox};

/// Does what a chat asks for.
pub(crate) async fn execute(
    app: &App,
    tx: &Tx,
    act: &Act,
    contact: &mut Contact,
    command: Command,
) -> Result<Outcome, Error> {
    match command {
        Command::Register {
            flow,
            entry,
            position,
            at_once,
            agreed,
        } => {
            let new = registration::New {
                entry,
                position,
                at_once,
                draft: i64::from(flow),
                agreed,
            };
            registration::register(tx, act, contact, new).await
        }
        Command::Change { entry, position } => {
            registration::change(tx, act, contact, (entry, position)).await
        }
        Command::Refuse => {
            note(tx, act, contact, "consent_refused").await?;
            customers::forget_chat(tx, contact, act.at).await?;
            Ok(Outcome::Refused)
        }
        Command::Report {
            flow,
            text,
            photos,
            position,
        } => {
            let new = requests::New {
                kind: Kind::Report,
                words: text,
                photos,
                position,
                draft: Some(i64::from(flow)),
            };
            let request = requests::take(tx, act, contact, new).await?;
            Ok(Outcome::Reported { request })
        }
        Command::Ask {
            text,
            photos,
            unasked,
        } => {
            let new = requests::New {
                kind: Kind::Question,
                words: text,
                photos,
                position: None,
                draft: None,
            };
            let request = requests::take(tx, act, contact, new).await?;
            Ok(Outcome::Asked { request, unasked })
        }
        Command::Repeat { flow } => repeat(tx, contact, i64::from(flow)).await,
        Command::Status(None) => Ok(Outcome::Standing(requests::standing(app, tx, contact).await?)),
        Command::Status(Some(number)) => {
            let line = requests::standing_of(app, tx, contact, &number).await?;
            Ok(line.map_or(Outcome::NotFound, |line| Outcome::Standing(vec![line])))
        }
        Command::Stop => stop(tx, act, contact).await,
        Command::Start => start(tx, act, contact).await,
        Command::Speak(locale) => {
            contact.locale = locale;
            contacts::update(tx, contact).await?;
            Ok(Outcome::Spoken)
        }
        Command::Follow(media) => requests::follow(tx, act, contact, media).await,
        Command::Locate(position) => requests::locate(tx, act, contact, position).await,
        Command::Bills => Ok(Outcome::Bills(invoices::owing(app, tx, contact).await?)),
        Command::Owes(id) => Ok(Outcome::Owes(invoices::owed(app, tx, contact, id).await?)),
        Command::Prove {
            invoice,
            media,
            quiet,
        } => invoices::prove_in_chat(tx, act, contact, (invoice, &media, quiet)).await,
        Command::Read(request) => read(tx, contact, request).await,
        Command::Rate(rating) => ratings::ask(app, tx, act, contact, rating).await,
        Command::Stars {
            rating,
            subject,
            stars,
        } => ratings::give(app, tx, act, contact, (rating, subject, stars)).await,
        Command::Comment { rating, text } => ratings::comment(tx, act, contact, (rating, text)).await,
    }
}

/// What became of a flow whose last button came again: the same answer as the first time.
async fn repeat(tx: &Tx, contact: &Contact, draft: i64) -> Result<Outcome, Error> {
    if let Some(id) = messages::registered_by(tx, contact.id, draft).await? {
        let customer = store::customers::by_id(tx, id).await?.ok_or(Error::Missing)?;
        return Ok(Outcome::Registered {
            customer: id,
            entry: registration::entry_of(&customer, None),
            at_once: false,
        });
    }
    let sent = store::requests::by_draft(tx, contact.id, draft).await?;
    Ok(sent.map_or(Outcome::Stale, |request| Outcome::Reported {
        request: request.id,
    }))
}

/// Nothing that nobody asked for from now on, and nothing of it that waits, in none of this person's chats.
async fn stop(tx: &Tx, act: &Act, contact: &mut Contact) -> Result<Outcome, Error> {
    if contact.stopped_at.is_none() {
        contact.stopped_at = Some(act.at);
        contacts::update(tx, contact).await?;
        note(tx, act, contact, "messages_stopped").await?;
    }
    let mut chats = vec![contact.id];
    if let Some(customer) = contact.customer {
        contacts::stop_all(tx, customer, act.at).await?;
        let others = contacts::of_customer(tx, customer).await?;
        chats.extend(
            others
                .into_iter()
                .map(|chat| chat.id)
                .filter(|id| *id != contact.id),
        );
    }
    for chat in chats {
        let chat = chat.to_string();
        outbox::drop_unsent(tx, (CHANNEL, &chat), None, &PUSHES, act.at).await?;
    }
    Ok(Outcome::Stopped)
}

/// Messages again, in each of this person's chats.
async fn start(tx: &Tx, act: &Act, contact: &mut Contact) -> Result<Outcome, Error> {
    let mut was_silent = contact.stopped_at.take().is_some();
    if was_silent {
        contacts::update(tx, contact).await?;
    }
    if let Some(customer) = contact.customer {
        was_silent |= contacts::start_all(tx, customer).await?;
    }
    if was_silent {
        note(tx, act, contact, "messages_started").await?;
    }
    Ok(Outcome::Started)
}

/// What the office answered, to whoever asked.
async fn read(tx: &Tx, contact: &Contact, id: RequestId) -> Result<Outcome, Error> {
    let request = store::requests::by_id(tx, id).await?;
    let own = request.filter(|request| {
        request.contact == contact.id || (request.customer.is_some() && request.customer == contact.customer)
    });
    let words = own.and_then(|request| request.answer);
    Ok(words.map_or(Outcome::Stale, |words| Outcome::Said { words }))
}

async fn note(tx: &Tx, act: &Act, contact: &Contact, action: &str) -> Result<(), Error> {
    let subject = match contact.customer {
        Some(customer) => ("customer", customer.0),
        None => ("contact", contact.id.0),
    };
    act.audit(tx, action, subject, None, json!(null)).await
}
