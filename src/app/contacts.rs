//! Who writes on WhatsApp: one chat for each person, whatever names the service gives at the moment.

mod merge;
mod reach;

use chrono::{DateTime, Utc};
use dialogues::arrival::Who;
use domain::ids::{ContactId, CustomerId};
use domain::phone::Phone;
use serde_json::json;

use crate::app::act::{Act, Channel};
pub use crate::app::contacts::merge::reconcile;
pub use crate::app::contacts::reach::{Address, Way, address, too_loud, unusable};
use crate::app::{App, Error};
pub use crate::store::contacts::Contact;
use crate::store::contacts::{self, Kind, Origin};
use crate::store::{self, Tx};

/// The channel of these chats.
pub const CHANNEL: &str = "whatsapp";

/// A name with its kind.
type Name = (Kind, String);

/// The chat of whoever writes, held until the transaction ends; made when nobody is known by these names.
///
/// A person is looked for by the id towards our business, then by the one above it, then by phone. Where these
/// lead to two customers, the owner of the phone has the message, and the admins are told.
pub async fn resolve(app: &App, tx: &Tx, who: &Who, at: DateTime<Utc>) -> Result<Contact, Error> {
    known(app, tx, who, Origin::Webhook, at, true)
        .await?
        .ok_or(Error::Missing)
}

/// Takes in the names that came with what became of a message of ours; makes no chat.
pub async fn harvest(app: &App, tx: &Tx, who: &Who, at: DateTime<Utc>) -> Result<(), Error> {
    known(app, tx, who, Origin::Status, at, false).await?;
    Ok(())
}

/// The person goes by other names from now on. Answers the chat, held.
pub async fn rename(
    app: &App,
    tx: &Tx,
    (old, new): (&Who, &Who),
    at: DateTime<Utc>,
) -> Result<Contact, Error> {
    let mut former = None;
    for (kind, value) in names(old) {
        if former.is_none() {
            former = contacts::owner(tx, kind, &value)
                .await?
                .map(|alias| alias.contact);
        }
    }
    let Some(mut id) = former else {
        return resolve(app, tx, new, at).await;
    };
    for (kind, value) in names(new) {
        if let Some(other) = contacts::owner(tx, kind, &value)
            .await?
            .map(|alias| alias.contact)
            && other != id
        {
            // The old chat is the person's own; whoever already wrote by the new name is the same one.
            id = reconcile(app, tx, (id, other), at).await?;
        }
    }
    for (kind, value) in names(new) {
        attach(tx, id, (kind, &value), Origin::Webhook, at).await?;
    }
    let contact = contacts::by_id_held(tx, id).await?.ok_or(Error::Missing)?;
    let by = Act {
        channel: Channel::Whatsapp,
        ..Act::system(at)
    };
    let subject = match contact.customer {
        Some(customer) => ("customer", customer.0),
        None => ("contact", contact.id.0),
    };
    by.audit(tx, "whatsapp_renamed", subject, None, json!(null))
        .await?;
    Ok(contact)
}

/// Notes that a person wrote at `sent`, by the service's clock: its window counts from there, and whoever
/// writes can be reached.
pub async fn heard(tx: &Tx, contact: Contact, who: &Who, sent: DateTime<Utc>) -> Result<Contact, Error> {
    let contact = Contact {
        last_inbound_at: contact.last_inbound_at.max(Some(sent)),
        profile_name: who.name.clone().or(contact.profile_name),
        unusable: None,
        ..contact
    };
    contacts::update(tx, &contact).await?;
    Ok(contact)
}

/// The chat on which a customer is told things: the one that was written in last, or one made of the phone that
/// the office typed. `None`: there is no way to write to this customer.
pub async fn of_customer(
    app: &App,
    tx: &Tx,
    id: CustomerId,
    at: DateTime<Utc>,
) -> Result<Option<Contact>, Error> {
    // Without the channel nothing would ever leave.
    let is_on = app.config.whatsapp.missing().is_empty();
    let customer = store::customers::by_id(tx, id).await?;
    let Some(customer) = customer.filter(|_| is_on) else {
        return Ok(None);
    };
    let own = contacts::of_customer(tx, id).await?.into_iter().next();
    // Whoever wrote himself is written to where he wrote.
    if let Some(contact) = own.as_ref().filter(|contact| contact.last_inbound_at.is_some()) {
        return Ok(Some(contact.clone()));
    }
    let Some(phone) = customer.phone.as_ref().filter(|_| customer.erased_at.is_none()) else {
        return Ok(own);
    };
    if let Some(alias) = contacts::owner(tx, Kind::Phone, phone.as_str()).await? {
        if own.as_ref().is_some_and(|own| own.id == alias.contact) {
            return Ok(own);
        }
        let contact = contacts::by_id_held(tx, alias.contact)
            .await?
            .ok_or(Error::Missing)?;
        // Only a number that the office typed makes a chat this customer's.
        if contact.customer.is_none() && customer.source != CHANNEL {
            let contact = Contact {
                customer: Some(id),
                ..contact
            };
            contacts::update(tx, &contact).await?;
            return Ok(Some(contact));
        }
        return Ok(Some(contact));
    }
    // The number that the office typed has changed, or there was none before.
    match own {
        Some(contact) => {
            attach(tx, contact.id, (Kind::Phone, phone.as_str()), Origin::Office, at).await?;
            contacts::drop_former(tx, (contact.id, Kind::Phone, phone.as_str())).await?;
            Ok(Some(contact))
        }
        None => {
            let name = vec![(Kind::Phone, phone.as_str().to_owned())];
            Ok(Some(
                create(app, tx, &name, (Some(id), Origin::Office), at).await?,
            ))
        }
    }
}

/// Forgets who an erased customer was.
pub async fn erase(tx: &Tx, id: CustomerId) -> Result<(), Error> {
    for contact in contacts::of_customer(tx, id).await? {
        contacts::drop_all(tx, contact.id).await?;
        let contact = Contact {
            customer: None,
            profile_name: None,
            ..contact
        };
        contacts::update(tx, &contact).await?;
    }
    Ok(())
}

/// Notes that the person's own card, vouched for by the service, says this phone.
pub async fn shared_phone(
    tx: &Tx,
    contact: ContactId,
    phone: &Phone,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    attach(tx, contact, (Kind::Phone, phone.as_str()), Origin::Contact, at).await
}

/// The phone that the service vouches for, if the person shows one.
pub async fn proven_phone(tx: &Tx, contact: ContactId) -> Result<Option<Phone>, Error> {
    let names = contacts::of_contact(tx, contact).await?;
    let mut phones = names
        .into_iter()
        .filter(|alias| alias.kind == Kind::Phone && alias.verified_at.is_some());
    Ok(phones.next().and_then(|alias| Phone::vouched(&alias.value).ok()))
}

/// The chat that goes by these names, held; `make`: a new one, when there is none.
async fn known(
    app: &App,
    tx: &Tx,
    who: &Who,
    origin: Origin,
    at: DateTime<Utc>,
    make: bool,
) -> Result<Option<Contact>, Error> {
    let names = names(who);
    let mut found: Vec<ContactId> = Vec::new();
    let mut by_phone = None;
    for (kind, value) in &names {
        if let Some(alias) = contacts::owner(tx, *kind, value).await? {
            if *kind == Kind::Phone {
                by_phone = Some(alias.contact);
            } else {
                found.push(alias.contact);
            }
        }
    }
    let id = match (found.first().copied(), by_phone) {
        (None, None) if make => create(app, tx, &names, (None, origin), at).await?.id,
        (None, None) => return Ok(None),
        (Some(one), None) | (None, Some(one)) => one,
        (Some(one), Some(other)) if one == other => one,
        (Some(one), Some(phone)) => reconcile(app, tx, (phone, one), at).await?,
    };
    let contact = contacts::by_id_held(tx, id).await?.ok_or(Error::Missing)?;
    for (kind, value) in &names {
        attach(tx, contact.id, (*kind, value), origin, at).await?;
    }
    Ok(Some(contact))
}

/// Gives a chat a name that the service vouches for; older names of the kind lead nowhere from then on. A name
/// that is somebody else's stays his.
async fn attach(
    tx: &Tx,
    contact: ContactId,
    (kind, value): (Kind, &str),
    origin: Origin,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let name = (contact, kind, value);
    let ours = match contacts::owner(tx, kind, value).await? {
        Some(alias) if alias.contact != contact => return Ok(()),
        Some(alias) => {
            if alias.verified_at.is_none() && origin.vouches() {
                contacts::vouch(tx, name, origin, at).await?;
            }
            true
        }
        None => contacts::add(tx, name, origin, at).await?,
    };
    if ours && origin.vouches() {
        contacts::drop_former(tx, name).await?;
    }
    Ok(())
}

/// A new chat with these names; whoever made one with any of them at the same moment was first.
async fn create(
    app: &App,
    tx: &Tx,
    names: &[Name],
    (customer, origin): (Option<CustomerId>, Origin),
    at: DateTime<Utc>,
) -> Result<Contact, Error> {
    let contact = contacts::insert(tx, customer, app.config.company.locale, at).await?;
    for (kind, value) in names {
        if contacts::add(tx, (contact.id, *kind, value), origin, at).await? {
            continue;
        }
        contacts::remove(tx, contact.id).await?;
        let first = contacts::owner(tx, *kind, value).await?.ok_or(Error::Stale)?;
        return contacts::by_id_held(tx, first.contact).await?.ok_or(Error::Stale);
    }
    Ok(contact)
}

/// The id towards our business first, the phone last.
fn names(who: &Who) -> Vec<Name> {
    let name = |kind, value: Option<&str>| value.map(|value| (kind, value.to_owned()));
    [
        name(Kind::User, who.user_id.as_deref()),
        name(Kind::Parent, who.parent_id.as_deref()),
        name(Kind::Phone, who.phone.as_ref().map(Phone::as_str)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
