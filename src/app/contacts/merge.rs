//! Two chats that turn out to be one person's.

use chrono::{DateTime, Utc};
use dialogues::wire::Wire;
use domain::ids::ContactId;
use serde_json::json;

use crate::app::act::{Act, Channel};
use crate::app::contacts::CHANNEL;
use crate::app::{App, Error, notices};
use crate::store::contacts::{self, Contact};
use crate::store::{self, Tx, inbox, outbox};

/// Makes one chat of two that the service says are one person's, and answers which; `first` wins where both
/// could. Two different customers are left apart: `first` has the message, and the admins are told once.
pub async fn reconcile(
    app: &App,
    tx: &Tx,
    (first, other): (ContactId, ContactId),
    at: DateTime<Utc>,
) -> Result<ContactId, Error> {
    // Always in one order, so that two transactions never wait for each other.
    let (low, high) = (first.min(other), first.max(other));
    let one = contacts::by_id_held(tx, low).await?.ok_or(Error::Stale)?;
    let two = contacts::by_id_held(tx, high).await?.ok_or(Error::Stale)?;
    if one.id == two.id {
        // Somebody else has just done it.
        return Ok(one.id);
    }
    let (first, other) = if first < other { (one, two) } else { (two, one) };
    let differ = first.customer.is_some() && other.customer.is_some() && first.customer != other.customer;
    if differ {
        tell_once(app, tx, &first, &other, at).await?;
        return Ok(first.id);
    }
    // Whoever is a customer, or has written, is the one that stays.
    let weight = |contact: &Contact| (contact.customer.is_some(), contact.last_inbound_at.is_some());
    let (stays, goes) = if weight(&other) > weight(&first) {
        (other, first)
    } else {
        (first, other)
    };
    take_in(tx, &stays, &goes, at).await?;
    Ok(stays.id)
}

async fn take_in(tx: &Tx, stays: &Contact, goes: &Contact, at: DateTime<Utc>) -> Result<(), Error> {
    contacts::pass_on(tx, goes.id, stays.id).await?;
    contacts::pass_on_all(tx, CHANNEL, goes.id, stays.id).await?;
    outbox::readdress(tx, CHANNEL, &goes.id.to_string(), &stays.id.to_string()).await?;
    let merged = Contact {
        customer: stays.customer.or(goes.customer),
        profile_name: stays.profile_name.clone().or_else(|| goes.profile_name.clone()),
        last_inbound_at: stays.last_inbound_at.max(goes.last_inbound_at),
        // Whoever asked for silence anywhere has it everywhere.
        stopped_at: stays.stopped_at.or(goes.stopped_at),
        paused_until: stays.paused_until.max(goes.paused_until),
        // Whoever wrote can be reached under the name by which he did.
        unusable: stays.unusable.clone().filter(|_| goes.last_inbound_at.is_none()),
        ..stays.clone()
    };
    contacts::update(tx, &merged).await?;
    let gone = Contact {
        customer: None,
        profile_name: None,
        replaced_by: Some(stays.id),
        ..goes.clone()
    };
    contacts::update(tx, &gone).await?;
    let by = Act {
        channel: Channel::Whatsapp,
        ..Act::system(at)
    };
    let detail = json!({ "took_in": goes.id.to_string() });
    by.audit(tx, "contact_merged", ("contact", stays.id.0), None, detail)
        .await
}

async fn tell_once(
    app: &App,
    tx: &Tx,
    owner: &Contact,
    other: &Contact,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let told = format!("conflict:{}:{}", owner.id, other.id);
    if !inbox::once(tx, CHANNEL, &told, at).await? {
        return Ok(());
    }
    let conflict = Wire::IdentityConflict {
        owner: called(tx, owner).await?,
        other: called(tx, other).await?,
    };
    metrics::counter!("whatsapp_identity_conflicts_total").increment(1);
    tracing::warn!(
        company = app.settings().company.code,
        owner = owner.id.0,
        other = other.id.0,
        "two customers are one person to WhatsApp"
    );
    notices::to_admins(tx, None, &conflict.into(), at).await
}

/// What people call whoever writes there.
pub(crate) async fn called(tx: &Tx, contact: &Contact) -> Result<String, Error> {
    let customer = match contact.customer {
        Some(id) => store::customers::by_id(tx, id).await?,
        None => None,
    };
    let known = customer.map(|customer| format!("{} ({})", customer.name, customer.id.number()));
    Ok(known
        .or_else(|| contact.profile_name.clone())
        .unwrap_or_else(|| format!("WhatsApp #{}", contact.id)))
}
