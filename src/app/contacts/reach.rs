//! How a chat is written to at this moment: under which name, in free words or not, or not at all.

use chrono::{DateTime, Utc};
use dialogues::text::Code;
use dialogues::wire::Wire;
use domain::ids::ContactId;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::{Act, Channel};
use crate::app::contacts::CHANNEL;
use crate::app::contacts::merge::called;
use crate::app::{App, Error, notices};
use crate::store::contacts::{self, Contact, Kind};
use crate::store::{self, Source, Tx, inbox};

/// Under which name the service finds the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// E.164.
    Phone(String),
    /// The id towards our business.
    User(String),
}

/// What a message to a chat depends on when it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The chat, or the one that took it in.
    pub contact: ContactId,
    /// `None`: no name leads there.
    pub way: Option<Way>,
    /// When the person last wrote, by the service's clock.
    pub last_inbound_at: Option<DateTime<Utc>>,
    /// Wants no messages that nobody asked for.
    pub stopped: bool,
    /// Why nothing gets through, by code.
    pub unusable: Option<String>,
}

/// How to write to a chat; `None`: there is no such chat.
pub async fn address(source: &impl Source, id: ContactId) -> Result<Option<Address>, Error> {
    let Some(contact) = contacts::standing(source, id).await? else {
        return Ok(None);
    };
    let names = contacts::of_contact(source, contact.id).await?;
    let named = |kind| names.iter().find(|alias| alias.kind == kind);
    // The phone first: the service then goes on telling it (protocol notes of business-scoped ids).
    let phone = named(Kind::Phone).map(|alias| Way::Phone(alias.value.clone()));
    let way = phone.or_else(|| named(Kind::User).map(|alias| Way::User(alias.value.clone())));
    Ok(Some(Address {
        contact: contact.id,
        way,
        last_inbound_at: contact.last_inbound_at,
        stopped: contact.stopped_at.is_some(),
        unusable: contact.unusable,
    }))
}

/// Notes that nothing gets through to a chat, by the reason's code; the admins are told once to call.
pub async fn unusable(tx: &Tx, id: ContactId, why: &str, at: DateTime<Utc>) -> Result<(), Error> {
    let Some(contact) = contacts::by_id_held(tx, id).await? else {
        return Ok(());
    };
    if contact.unusable.is_some() {
        return Ok(());
    }
    let contact = Contact {
        unusable: Some(why.to_owned()),
        ..contact
    };
    contacts::update(tx, &contact).await?;
    let by = Act {
        channel: Channel::Whatsapp,
        ..Act::system(at)
    };
    by.audit(
        tx,
        "whatsapp_unreachable",
        contact
            .customer
            .map_or(("contact", id.0), |customer| ("customer", customer.0)),
        None,
        json!({ "why": why }),
    )
    .await?;
    let customer = match contact.customer {
        Some(customer) => store::customers::by_id(tx, customer).await?,
        None => None,
    };
    let notice = Wire::CustomerUnreachable {
        name: called(tx, &contact).await?,
        phone: customer.and_then(|customer| customer.phone.map(|phone| phone.as_str().to_owned())),
        why: Code(why.to_owned()),
    };
    notices::to_admins(tx, None, &notice.into(), at).await
}

/// Notes that a chat is too busy to be a person's; the admins hear of it once an hour.
pub async fn too_loud(app: &App, id: ContactId) -> Result<(), Error> {
    let at = app.now();
    let done = app.db.write(move |tx| {
        async move {
            let told = format!("loud:{id}:{}", at.format("%Y-%m-%dT%H"));
            let Some(contact) = contacts::by_id(tx, id).await? else {
                return Ok::<_, Error>(());
            };
            if inbox::once(tx, CHANNEL, &told, at).await? {
                let name = called(tx, &contact).await?;
                notices::to_admins(tx, None, &Wire::TooManyMessages { name }.into(), at).await?;
            }
            Ok(())
        }
        .boxed()
    });
    let ((), effects) = done.await?;
    app.tell(&effects);
    Ok(())
}
