//! Becoming a customer by chat, and changing one's data there.

use dialogues::customer::{Customer as Text, Entry};
use dialogues::served::Outcome;
use domain::geo::Position;
use domain::ids::CustomerId;
use domain::phone::Phone;
use serde_json::json;

use crate::app::act::Act;
use crate::app::contacts::{CHANNEL, Contact};
use crate::app::{Error, customers, notices};
use crate::store::customers::Customer;
use crate::store::messages::{self, Consent};
use crate::store::{self, Tx, contacts};

/// Which words are agreed to; another number with other words.
const CONSENT: &str = "2026-11";

/// What someone wants to be written down as.
#[derive(Debug, Clone)]
pub(crate) struct New {
    pub(crate) entry: Entry,
    pub(crate) position: Option<Position>,
    /// The service vouches for the phone.
    pub(crate) proven: bool,
    pub(crate) at_once: bool,
    /// The registration's own number.
    pub(crate) draft: i64,
    /// The service's id of the message that says so.
    pub(crate) message: String,
}

/// Makes whoever writes a customer. Whoever is one already hears so.
pub(crate) async fn register(tx: &Tx, act: &Act, contact: &mut Contact, new: New) -> Result<Outcome, Error> {
    if let Some(known) = customer_of(tx, contact).await? {
        let again = messages::registered_by(tx, contact.id, new.draft).await? == Some(known.id);
        return Ok(if again {
            Outcome::Registered {
                customer: known.id,
                entry: entry_of(&known, None),
                at_once: new.at_once,
            }
        } else {
            Outcome::AlreadyRegistered { customer: known.id }
        });
    }
    let customer = Customer {
        id: CustomerId(0),
        name: new.entry.name.clone(),
        address: new.entry.address.clone(),
        phone: new.entry.phone.clone(),
        position: new.position,
        timezone: None,
        withholds_pph23: false,
        notes: None,
        source: CHANNEL.to_owned(),
        archived_at: None,
        erased_at: None,
        created_at: act.at,
        version: 1,
    };
    let others = match &new.entry.phone {
        Some(phone) => store::customers::by_phone(tx, phone).await?,
        None => Vec::new(),
    };
    let customer = customers::add(tx, act, customer).await?;
    contact.customer = Some(customer.id);
    contacts::update(tx, contact).await?;
    let consent = Consent {
        customer: customer.id,
        contact: contact.id,
        version: CONSENT.to_owned(),
        message: new.message,
        draft: new.draft,
        at: act.at,
    };
    messages::agreed(tx, consent).await?;
    act.audit(
        tx,
        "consent_given",
        ("customer", customer.id.0),
        None,
        json!({ "version": CONSENT, "phone_proven": new.proven }),
    )
    .await?;
    if let Some(other) = others.first() {
        // A typed number proves nothing: it stays with both until a person has looked.
        let text = Text::PhoneShared {
            customer: customer.id,
            other: other.id,
        };
        notices::to_admins(tx, None, &text.into(), act.at).await?;
    }
    Ok(Outcome::Registered {
        customer: customer.id,
        entry: entry_of(&customer, None),
        at_once: new.at_once,
    })
}

/// Writes a customer's own data anew.
pub(crate) async fn change(
    tx: &Tx,
    act: &Act,
    contact: &Contact,
    (entry, position): (Entry, Option<Position>),
) -> Result<Outcome, Error> {
    let Some(old) = customer_of(tx, contact).await? else {
        return Ok(Outcome::Stale);
    };
    let moved = old.address != entry.address;
    // A typed number proves nothing: the one that the office wrote down stays until the office changes it, or
    // whoever owns the typed one would be taken for this customer.
    let kept = old.phone.clone().filter(|_| old.source != CHANNEL);
    let customer = Customer {
        name: entry.name,
        address: entry.address,
        phone: kept.or(entry.phone).or(old.phone.clone()),
        // An old pin is not where the new address is.
        position: position.or(old.position.filter(|_| !moved)),
        ..old
    };
    let customer = store::customers::update(tx, &customer)
        .await?
        .ok_or(Error::Stale)?;
    act.audit(
        tx,
        "customer_changed",
        ("customer", customer.id.0),
        None,
        json!(null),
    )
    .await?;
    tx.note_tickets();
    Ok(Outcome::Changed(entry_of(&customer, None)))
}

/// The customer who writes in a chat, if there is one and he was not removed.
pub(crate) async fn customer_of(tx: &Tx, contact: &Contact) -> Result<Option<Customer>, Error> {
    let Some(id) = contact.customer else {
        return Ok(None);
    };
    let customer = store::customers::by_id(tx, id).await?;
    Ok(customer.filter(|customer| customer.archived_at.is_none()))
}

/// Whoever writes from the number of exactly one customer is that customer: the service vouches for the number,
/// and the office wrote it down.
pub(crate) async fn recognise(
    tx: &Tx,
    act: &Act,
    contact: &mut Contact,
    phone: Option<&Phone>,
) -> Result<(), Error> {
    let (Some(phone), true) = (phone, customer_of(tx, contact).await?.is_none()) else {
        return Ok(());
    };
    let known = store::customers::by_phone(tx, phone).await?;
    let [only] = &known[..] else { return Ok(()) };
    // A number that was typed into a chat is nobody's proof.
    if only.source == CHANNEL {
        return Ok(());
    }
    contact.customer = Some(only.id);
    contacts::update(tx, contact).await?;
    act.audit(
        tx,
        "customer_recognised",
        ("customer", only.id.0),
        None,
        json!(null),
    )
    .await
}

/// A customer's data as the chat shows them.
pub(crate) fn entry_of(customer: &Customer, phone: Option<&Phone>) -> Entry {
    Entry {
        name: customer.name.clone(),
        address: customer.address.clone(),
        phone: customer.phone.clone().or_else(|| phone.cloned()),
        pin: customer.position.is_some(),
    }
}
