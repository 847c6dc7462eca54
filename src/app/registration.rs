//! Becoming a customer by chat, and changing one's data there.

use dialogues::customer::{Customer as Text, Entry};
use dialogues::served::Outcome;
use domain::customer::PhoneBy;
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
    pub(crate) at_once: bool,
    /// The registration's own number.
    pub(crate) draft: i64,
    /// The service's id of the message that agreed.
    pub(crate) agreed: String,
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
    let phone_by = vouched(tx, contact, new.entry.phone.as_ref()).await?;
    let customer = Customer {
        id: CustomerId(0),
        name: new.entry.name.clone(),
        address: new.entry.address.clone(),
        phone: new.entry.phone.clone(),
        phone_by,
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
    let others = others_with(tx, new.entry.phone.as_ref(), None).await?;
    let customer = customers::add(tx, act, customer).await?;
    belongs(tx, contact, customer.id).await?;
    let consent = Consent {
        customer: customer.id,
        contact: contact.id,
        version: CONSENT.to_owned(),
        message: new.agreed,
        draft: new.draft,
        at: act.at,
    };
    messages::agreed(tx, consent).await?;
    act.audit(
        tx,
        "consent_given",
        ("customer", customer.id.0),
        None,
        json!({ "version": CONSENT, "phone_proven": phone_by == PhoneBy::Proven }),
    )
    .await?;
    tell_shared(tx, act, customer.id, &others).await?;
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
    let phone = entry.phone.or_else(|| old.phone.clone());
    let rang = phone != old.phone;
    // The number that is on file keeps its word, unless the service gives a better one.
    let phone_by = match vouched(tx, contact, phone.as_ref()).await? {
        PhoneBy::Chat if !rang => old.phone_by,
        PhoneBy::Proven if !rang && old.phone_by == PhoneBy::Office => old.phone_by,
        by => by,
    };
    let others = others_with(tx, phone.as_ref().filter(|_| rang), Some(old.id)).await?;
    let was_of_office = old.phone.is_some() && old.phone_by == PhoneBy::Office;
    let customer = Customer {
        name: entry.name,
        address: entry.address,
        phone,
        phone_by,
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
        json!({ "address": moved, "phone": rang }),
    )
    .await?;
    if rang && was_of_office {
        // The office calls people by the number that it wrote down.
        let (name, customer) = (customer.name.clone(), customer.id);
        let text = Text::PhoneChanged { customer, name };
        notices::to_admins(tx, None, &text.into(), act.at).await?;
    }
    tell_shared(tx, act, customer.id, &others).await?;
    tx.note_tickets();
    Ok(Outcome::Changed(entry_of(&customer, None)))
}

/// Whose word a number is that someone gives in this chat.
async fn vouched(tx: &Tx, contact: &Contact, phone: Option<&Phone>) -> Result<PhoneBy, Error> {
    let proven = crate::app::contacts::proven_phone(tx, contact.id).await?;
    Ok(if proven.is_some() && proven.as_ref() == phone {
        PhoneBy::Proven
    } else {
        PhoneBy::Chat
    })
}

/// The other customers who have this number, also those who are being written down at this moment.
async fn others_with(
    tx: &Tx,
    phone: Option<&Phone>,
    own: Option<CustomerId>,
) -> Result<Vec<Customer>, Error> {
    let Some(phone) = phone else {
        return Ok(Vec::new());
    };
    store::customers::hold_phone(tx, phone).await?;
    let mut others = store::customers::by_phone(tx, phone).await?;
    others.retain(|other| Some(other.id) != own);
    Ok(others)
}

/// A typed number proves nothing: it stays with both until a person has looked.
async fn tell_shared(tx: &Tx, act: &Act, customer: CustomerId, others: &[Customer]) -> Result<(), Error> {
    let Some(other) = others.first().map(|other| other.id) else {
        return Ok(());
    };
    let text = Text::PhoneShared { customer, other };
    notices::to_admins(tx, None, &text.into(), act.at).await
}

/// A chat is this customer's from now on, with what was asked there before.
async fn belongs(tx: &Tx, contact: &mut Contact, customer: CustomerId) -> Result<(), Error> {
    contact.customer = Some(customer);
    contacts::update(tx, contact).await?;
    Ok(store::requests::belong(tx, contact.id, customer).await?)
}

/// The customer who writes in a chat, if there is one and he was not removed.
pub(crate) async fn customer_of(tx: &Tx, contact: &Contact) -> Result<Option<Customer>, Error> {
    let Some(id) = contact.customer else {
        return Ok(None);
    };
    let customer = store::customers::by_id(tx, id).await?;
    Ok(customer.filter(|customer| customer.archived_at.is_none()))
}

/// Whoever writes from the number that the office wrote down for exactly one customer is that customer: the service
/// vouches for the number, and the office for whose it is. What was typed into a chat is nobody's word, and what was
/// proven in another chat was proven by whoever had the number then.
pub(crate) async fn recognise(
    tx: &Tx,
    act: &Act,
    contact: &mut Contact,
    phone: Option<&Phone>,
) -> Result<(), Error> {
    let (Some(phone), true) = (phone, customer_of(tx, contact).await?.is_none()) else {
        return Ok(());
    };
    let known = store::customers::written_down(tx, phone).await?;
    let [only] = &known[..] else { return Ok(()) };
    if crate::app::contacts::is_given_up(tx, contact, (only.id, phone), act).await? {
        return Ok(());
    }
    belongs(tx, contact, only.id).await?;
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
