//! Whose chat it is: found by any name that the service gives, made when there is none.

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::arrival::Who;
use dialogues::wire::Wire;
use domain::ids::{ContactId, CustomerId};
use domain::phone::Phone;
use serde_json::json;

use crate::app::act::{Act, Channel};
use crate::app::contacts::merge::{called, reconcile};
use crate::app::contacts::{CHANNEL, Name, leave, numbers, proven_phone};
use crate::app::{App, Error, notices};
use crate::store::contacts::{self, Alias, Contact, Kind, Origin};
use crate::store::{Tx, inbox};

/// Whoever has a number of someone who was silent for so long is taken for someone else, not for the same person
/// with a new id.
const SILENT: TimeDelta = TimeDelta::days(90);

/// What names lead to.
enum Found {
    Nobody,
    /// A chat that bears one of them.
    One(ContactId),
    /// Two chats: the phone's, and the id's.
    Two(ContactId, ContactId),
    /// Nobody bears any of them; this chat bore the id once.
    Former(ContactId),
}

/// The chat of whoever writes, held until the transaction ends; made when nobody is known by these names.
///
/// A person is looked for by the id towards our business, then by the one above it, then by phone. Where these
/// lead to two customers, the owner of the phone has the message, and the admins are told.
pub async fn resolve(app: &App, tx: &Tx, who: &Who, at: DateTime<Utc>) -> Result<Contact, Error> {
    let names = names(who);
    let mut found = known(app, tx, &names, Origin::Webhook, at).await?;
    if found.is_none() {
        found = Some(create(app, tx, &names, (None, Origin::Webhook), at).await?);
    }
    found.ok_or(Error::Missing)
}

/// Takes in the names that came with what became of a message of ours; makes no chat, and puts no older name in
/// the place of a newer one.
pub async fn harvest(app: &App, tx: &Tx, who: &Who, at: DateTime<Utc>) -> Result<(), Error> {
    known(app, tx, &names(who), Origin::Status, at).await?;
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
    let before = match &old.phone {
        Some(phone) => Some(phone.clone()),
        None => proven_phone(tx, id).await?,
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
    let contact = contacts::by_id_held(tx, id).await?.ok_or(Error::Missing)?;
    for (kind, value) in names(new) {
        attach(tx, contact.id, (kind, &value), Origin::Webhook, at).await?;
    }
    let contact = Contact {
        // That nothing got through to the former number says nothing of this one.
        unusable: contact.unusable.filter(|_| new.phone.is_none()),
        ..contact
    };
    contacts::update(tx, &contact).await?;
    note(tx, "whatsapp_renamed", &contact, at).await?;
    if let Some(phone) = &new.phone {
        numbers::moved(tx, &by_the_service(at), &contact, (before.as_ref(), phone)).await?;
    }
    Ok(contact)
}

/// The chat that goes by these names, held, if there is one; it has all of them from now on.
async fn known(
    app: &App,
    tx: &Tx,
    names: &[Name],
    origin: Origin,
    at: DateTime<Utc>,
) -> Result<Option<Contact>, Error> {
    for _ in 0..3 {
        let (id, is_former) = match find(tx, names, origin).await? {
            Found::Nobody => return Ok(None),
            Found::Two(phone, other) => (reconcile(app, tx, (phone, other), at).await?, false),
            Found::Former(id) => (id, true),
            Found::One(id) => (id, false),
        };
        let contact = contacts::by_id_held(tx, id).await?.ok_or(Error::Missing)?;
        let theirs = contacts::of_contact(tx, contact.id).await?;
        let bears = |(kind, value): &Name, vouched: bool| {
            let same = |alias: &Alias| alias.kind == *kind && alias.value == *value;
            theirs
                .iter()
                .any(|alias| same(alias) && (!vouched || alias.verified_at.is_some()))
        };
        // Whoever had to wait for the row may find that the names lead elsewhere by now.
        if !is_former && !names.iter().any(|name| bears(name, false)) {
            continue;
        }
        if names.iter().all(|name| bears(name, true)) {
            return Ok(Some(contact));
        }
        let strange = origin == Origin::Webhook && !is_former;
        if strange && newcomer(app, tx, (&contact, &theirs), names, at).await? {
            return Ok(None);
        }
        // A name of yesterday comes with late news, and stands behind one that is vouched for today.
        let only_missing = is_former || origin == Origin::Status;
        for (kind, value) in names {
            let has_one = |alias: &Alias| alias.kind == *kind && alias.verified_at.is_some();
            if only_missing && theirs.iter().any(has_one) {
                continue;
            }
            attach(tx, contact.id, (*kind, value), origin, at).await?;
        }
        return Ok(Some(contact));
    }
    Err(Error::Stale)
}

async fn find(tx: &Tx, names: &[Name], origin: Origin) -> Result<Found, Error> {
    let (mut by_id, mut by_phone) = (None, None);
    for (kind, value) in names {
        let owner = contacts::owner(tx, *kind, value)
            .await?
            .map(|alias| alias.contact);
        if *kind == Kind::Phone {
            by_phone = owner;
        } else {
            by_id = by_id.or(owner);
        }
    }
    Ok(match (by_id, by_phone) {
        (Some(one), Some(phone)) if one != phone => Found::Two(phone, one),
        (Some(one), _) | (None, Some(one)) => Found::One(one),
        // The service gives an id to one person only, unlike a phone: what comes late under it is his.
        (None, None) if origin == Origin::Webhook => {
            for (kind, value) in names.iter().filter(|(kind, _)| *kind == Kind::User) {
                if let Some(id) = contacts::former_owner(tx, *kind, value).await? {
                    return Ok(Found::Former(id));
                }
            }
            Found::Nobody
        }
        (None, None) => Found::Nobody,
    })
}

/// Whether somebody else writes from this chat's number: an id that nobody knows, where another one is vouched
/// for. The service tells of a new id by itself, so that the number may have gone to another person; the office
/// is told. After long silence it is taken for certain, and the chat loses its names.
async fn newcomer(
    app: &App,
    tx: &Tx,
    (contact, theirs): (&Contact, &[Alias]),
    names: &[Name],
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let Some((_, user)) = names.iter().find(|(kind, _)| *kind == Kind::User) else {
        return Ok(false);
    };
    // Whoever shows an id that we know is no stranger.
    let is_known = theirs
        .iter()
        .any(|alias| alias.kind != Kind::Phone && names.contains(&(alias.kind, alias.value.clone())));
    let mut ids = theirs
        .iter()
        .filter(|alias| alias.kind == Kind::User && alias.verified_at.is_some());
    let Some(former) = ids.next().filter(|alias| !is_known && alias.value != *user) else {
        return Ok(false);
    };
    let told = format!("holder:{}:{user}", contact.id);
    if inbox::once(tx, CHANNEL, &told, at).await? {
        tracing::warn!(
            company = app.settings().company.code,
            contact = contact.id.0,
            "somebody with another id writes from a known number"
        );
        note(tx, "whatsapp_new_holder", contact, at).await?;
        let name = called(tx, contact).await?;
        notices::to_admins(tx, None, &Wire::NewHolder { name }.into(), at).await?;
    }
    let since = contact.last_inbound_at.or(former.verified_at);
    let is_gone = since.is_none_or(|since| since + SILENT < at);
    if is_gone {
        let before = proven_phone(tx, contact.id).await?;
        leave(tx, contact).await?;
        numbers::lost(tx, &by_the_service(at), contact, before.as_ref()).await?;
    }
    Ok(is_gone)
}

/// Gives a chat a name that the service vouches for; older names of the kind lead nowhere from then on. A name
/// that is somebody else's stays his.
pub(crate) async fn attach(
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
pub(crate) async fn create(
    app: &App,
    tx: &Tx,
    names: &[Name],
    (customer, origin): (Option<CustomerId>, Origin),
    at: DateTime<Utc>,
) -> Result<Contact, Error> {
    let contact = contacts::insert(tx, customer, app.settings().company.locale, at).await?;
    for (kind, value) in names {
        if contacts::add(tx, (contact.id, *kind, value), origin, at).await? {
            continue;
        }
        contacts::remove(tx, contact.id).await?;
        let first = contacts::owner(tx, *kind, value).await?.ok_or(Error::Stale)?;
        return contacts::by_id_held(tx, first.contact).await?.ok_or(Error::Stale);
    }
    let mut contact = contact;
    // Whoever writes himself agrees anew; whom the office writes down has not.
    for (kind, value) in names.iter().filter(|_| !origin.vouches()) {
        if contacts::is_remembered(tx, *kind, value).await? {
            contact.stopped_at = Some(at);
            contacts::update(tx, &contact).await?;
        }
    }
    Ok(contact)
}

async fn note(tx: &Tx, action: &str, contact: &Contact, at: DateTime<Utc>) -> Result<(), Error> {
    let subject = match contact.customer {
        Some(customer) => ("customer", customer.0),
        None => ("contact", contact.id.0),
    };
    by_the_service(at)
        .audit(tx, action, subject, None, json!(null))
        .await
}

fn by_the_service(at: DateTime<Utc>) -> Act {
    Act {
        channel: Channel::Whatsapp,
        ..Act::system(at)
    }
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
