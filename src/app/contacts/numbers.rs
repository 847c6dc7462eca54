//! A customer's number and the chat that goes by it: what happens to the one when the other changes hands.

use dialogues::customer::Customer as Text;
use dialogues::wire::Wire;
use domain::customer::PhoneBy;
use domain::ids::CustomerId;
use domain::phone::Phone;
use serde_json::json;

use crate::app::act::Act;
use crate::app::contacts::merge::called;
use crate::app::contacts::{CHANNEL, leave, proven_phone};
use crate::app::{Error, notices};
use crate::store::contacts::{self, Contact, Kind};
use crate::store::customers::Customer;
use crate::store::{self, Tx, inbox};

/// The service says that a person writes from another number now. Where the card had the former one, it has the new
/// one from now on: the former goes to a stranger some day.
pub(crate) async fn moved(
    tx: &Tx,
    act: &Act,
    contact: &Contact,
    (before, phone): (Option<&Phone>, &Phone),
) -> Result<(), Error> {
    let Some(customer) = goes_by(tx, contact, before)
        .await?
        .filter(|_| before != Some(phone))
    else {
        return Ok(());
    };
    // A name that stayed somebody else's is not this customer's number either.
    let owner = contacts::owner(tx, Kind::Phone, phone.as_str()).await?;
    if owner.map(|alias| alias.contact) != Some(contact.id) {
        return Ok(());
    }
    let customer = Customer {
        phone: Some(phone.clone()),
        phone_by: PhoneBy::Proven,
        ..customer
    };
    let customer = written(tx, act, customer, "customer_changed").await?;
    let name = customer.name.clone();
    let text = Text::PhoneChanged {
        customer: customer.id,
        name,
    };
    notices::to_admins(tx, None, &text.into(), act.at).await
}

/// Somebody else has the number that a chat went by: the card has it still, for want of a better one, and it makes
/// nobody that customer any more.
pub(crate) async fn lost(tx: &Tx, act: &Act, contact: &Contact, before: Option<&Phone>) -> Result<(), Error> {
    let Some(customer) = goes_by(tx, contact, before).await? else {
        return Ok(());
    };
    let customer = Customer {
        phone_by: PhoneBy::Chat,
        ..customer
    };
    written(tx, act, customer, "whatsapp_left").await?;
    Ok(())
}

/// Whether a customer wrote from this number once and does so no more: whoever has it now is perhaps a stranger. The
/// admins hear of it, once for each chat that is held up by it.
pub(crate) async fn is_given_up(
    tx: &Tx,
    contact: &Contact,
    (customer, phone): (CustomerId, &Phone),
    act: &Act,
) -> Result<bool, Error> {
    let Some(former) = contacts::gave_up(tx, customer, phone.as_str()).await? else {
        return Ok(false);
    };
    let told = format!("former:{}:{former}", contact.id);
    if inbox::once(tx, CHANNEL, &told, act.at).await?
        && let Some(former) = contacts::by_id(tx, former).await?
    {
        let name = called(tx, &former).await?;
        notices::to_admins(tx, None, &Wire::NewHolder { name }.into(), act.at).await?;
    }
    Ok(true)
}

/// The office wrote another number down in the place of `before`. A chat that went by the former one, as the
/// service vouches for it, is nobody's any more by its names: whoever has that number now is perhaps a stranger.
/// What was said there stays the customer's; whoever writes under the same id of the service's is he again.
pub(crate) async fn renumbered(
    tx: &Tx,
    act: &Act,
    before: Option<&Phone>,
    customer: &Customer,
) -> Result<(), Error> {
    let Some(phone) = customer.phone.as_ref().filter(|phone| before != Some(phone)) else {
        return Ok(());
    };
    // The office knows better than what was seen of this number before.
    contacts::forgive(tx, customer.id, phone.as_str()).await?;
    let Some(before) = before else {
        return Ok(());
    };
    for contact in contacts::of_customer(tx, customer.id).await? {
        let Some(contact) = contacts::by_id_held(tx, contact.id).await? else {
            continue;
        };
        if proven_phone(tx, contact.id).await?.as_ref() != Some(before) {
            continue;
        }
        leave(tx, &contact).await?;
        act.audit(
            tx,
            "whatsapp_left",
            ("customer", customer.id.0),
            None,
            json!({ "contact": contact.id.to_string() }),
        )
        .await?;
    }
    Ok(())
}

/// The customer of a chat, if the card has the number that the chat goes by.
async fn goes_by(tx: &Tx, contact: &Contact, phone: Option<&Phone>) -> Result<Option<Customer>, Error> {
    let Some(id) = contact.customer else {
        return Ok(None);
    };
    let customer = store::customers::by_id(tx, id).await?;
    Ok(customer
        .filter(|customer| customer.archived_at.is_none())
        .filter(|customer| customer.phone.is_some() && customer.phone.as_ref() == phone))
}

async fn written(tx: &Tx, act: &Act, customer: Customer, deed: &'static str) -> Result<Customer, Error> {
    let customer = store::customers::update(tx, &customer)
        .await?
        .ok_or(Error::Stale)?;
    let subject = ("customer", customer.id.0);
    act.audit(tx, deed, subject, None, json!({ "phone": true }))
        .await?;
    tx.note_tickets();
    Ok(customer)
}
