//! Who writes on WhatsApp: one chat for each person, whatever names the service gives at the moment.

mod known;
mod merge;
mod numbers;
mod reach;

use chrono::{DateTime, Utc};
use dialogues::arrival::Who;
use domain::customer::PhoneBy;
use domain::ids::{ContactId, CustomerId};
use domain::phone::Phone;

use crate::app::act::Act;
use crate::app::contacts::known::{attach, create};
pub use crate::app::contacts::known::{harvest, rename, resolve};
pub use crate::app::contacts::merge::reconcile;
pub(crate) use crate::app::contacts::numbers::{is_given_up, renumbered};
pub use crate::app::contacts::reach::{Address, Way, address, too_loud, unusable};
use crate::app::{App, Error};
pub use crate::store::contacts::Contact;
use crate::store::contacts::{self, Kind, Origin};
use crate::store::customers::Customer;
use crate::store::{self, Tx, conversations};

/// The channel of these chats.
pub const CHANNEL: &str = "whatsapp";

/// A name with its kind.
type Name = (Kind, String);

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
    // A number that was only typed into a chat may be a stranger's.
    if customer.phone_by == PhoneBy::Chat {
        return Ok(own);
    }
    if let Some(alias) = contacts::owner(tx, Kind::Phone, phone.as_str()).await? {
        if own.as_ref().is_some_and(|own| own.id == alias.contact) {
            return Ok(own);
        }
        let contact = contacts::by_id_held(tx, alias.contact)
            .await?
            .ok_or(Error::Missing)?;
        return taken(tx, &customer, own, contact, at).await;
    }
    // The number that the office typed has changed, or there was none before.
    match own {
        // What the service vouches for gives way to nobody's word.
        Some(contact) if proven_phone(tx, contact.id).await?.is_some() => Ok(Some(contact)),
        Some(contact) => {
            let contact = contacts::by_id_held(tx, contact.id).await?.ok_or(Error::Stale)?;
            attach(tx, contact.id, (Kind::Phone, phone.as_str()), Origin::Office, at).await?;
            contacts::drop_former(tx, (contact.id, Kind::Phone, phone.as_str())).await?;
            // That nothing got through to the former number says nothing of this one.
            let contact = Contact {
                unusable: None,
                ..contact
            };
            contacts::update(tx, &contact).await?;
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

/// The chat of a customer's number that was there before, held: his own from now on if the office typed the number
/// and nobody else's. What was typed into a chat proves nothing, and is written to by nobody.
async fn taken(
    tx: &Tx,
    customer: &Customer,
    own: Option<Contact>,
    contact: Contact,
    at: DateTime<Utc>,
) -> Result<Option<Contact>, Error> {
    if contact.customer == Some(customer.id) {
        return Ok(Some(contact));
    }
    if customer.phone_by != PhoneBy::Office {
        return Ok(own);
    }
    if contact.customer.is_some() {
        return Ok(Some(contact));
    }
    if let Some(phone) = &customer.phone
        && is_given_up(tx, &contact, (customer.id, phone), &Act::system(at)).await?
    {
        return Ok(own);
    }
    let contact = Contact {
        customer: Some(customer.id),
        ..contact
    };
    contacts::update(tx, &contact).await?;
    store::requests::belong(tx, contact.id, customer.id).await?;
    Ok(Some(contact))
}

/// No name leads to this chat any more, and nobody is known to read it.
pub(crate) async fn leave(tx: &Tx, contact: &Contact) -> Result<(), Error> {
    contacts::drop_names(tx, contact.id).await?;
    conversations::end(tx, CHANNEL, &contact.id.to_string()).await?;
    let contact = Contact {
        last_inbound_at: None,
        paused_until: None,
        unusable: None,
        ..contact.clone()
    };
    Ok(contacts::update(tx, &contact).await?)
}

/// Forgets who an erased customer was.
pub async fn erase(tx: &Tx, id: CustomerId) -> Result<(), Error> {
    for contact in contacts::of_customer(tx, id).await? {
        for name in contacts::of_contact(tx, contact.id).await? {
            // Whoever asked for silence is not written to when the office adds the number once more.
            let silent = contact.stopped_at.is_some();
            contacts::remember(tx, name.kind, &name.value, silent).await?;
        }
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

/// Notes that the person's own card, vouched for by the service, says this phone. A chat that went by it is the
/// same person's; answers the one that is left of both, held.
pub async fn shared_phone(
    app: &App,
    tx: &Tx,
    contact: Contact,
    phone: &Phone,
    at: DateTime<Utc>,
) -> Result<Contact, Error> {
    let name = (Kind::Phone, phone.as_str());
    let owner = contacts::owner(tx, name.0, name.1).await?;
    let Some(other) = owner.map(|alias| alias.contact).filter(|id| *id != contact.id) else {
        attach(tx, contact.id, name, Origin::Contact, at).await?;
        return Ok(contact);
    };
    let stays = reconcile(app, tx, (other, contact.id), at).await?;
    let own = contacts::by_id_held(tx, contact.id).await?.ok_or(Error::Stale)?;
    // Two customers are left apart: whoever writes stays where he writes.
    if own.id == stays {
        attach(tx, stays, name, Origin::Contact, at).await?;
    }
    Ok(own)
}

/// The phone that the service vouches for, if the person shows one.
pub async fn proven_phone(tx: &Tx, contact: ContactId) -> Result<Option<Phone>, Error> {
    let names = contacts::of_contact(tx, contact).await?;
    let mut phones = names
        .into_iter()
        .filter(|alias| alias.kind == Kind::Phone && alias.verified_at.is_some());
    Ok(phones.next().and_then(|alias| Phone::vouched(&alias.value).ok()))
}
