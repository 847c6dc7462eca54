//! Who else hears of a deed: every message is queued in the transaction that causes it.

pub(crate) mod alert;
pub(crate) mod bill;
pub(crate) mod customer;
pub(crate) mod price;
mod visit;

use chrono::{DateTime, Utc};
use dialogues::say::{Card, Hint, Say};
use dialogues::text::{Gone, Moment, Text};
use domain::ids::{TicketId, UserId};
use domain::person::Locale;
use domain::ticket::Status;
use serde_json::Value;

use crate::app::act::Act;
pub(crate) use crate::app::notices::visit::{
    anew, check_in_doubted, check_in_recorded, done, file_landed, job_moved_on, place_photo_refused,
};
use crate::app::{App, Error, cards};
use crate::store::customers::Customer;
use crate::store::outbox::{self, Lane, Message, Offers};
use crate::store::services::Service;
use crate::store::tickets::Ticket;
use crate::store::users::User;
use crate::store::{self, Tx};

/// What is said to a linked person in the private chat, as a reply.
pub(crate) async fn tell(
    tx: &Tx,
    user: &User,
    ticket: Option<TicketId>,
    say: Say,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let Some(telegram_id) = user.telegram_id else {
        return Ok(());
    };
    let to = To {
        chat: telegram_id,
        user: Some(user.id),
        locale: user.locale,
    };
    send(tx, to, Lane::Reply, ticket, say, at).await
}

/// Whom a message goes to, and in which language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct To {
    pub(crate) chat: i64,
    pub(crate) user: Option<UserId>,
    pub(crate) locale: Locale,
}

/// Queues one message for a Telegram chat.
pub(crate) async fn send(
    tx: &Tx,
    to: To,
    lane: Lane,
    ticket: Option<TicketId>,
    say: Say,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let card = match &say.hint {
        Hint::Card(card) => Some(cards::shown(*card)),
        _ => None,
    };
    let (kind, payload) = written(&say);
    let message = Message {
        channel: "telegram",
        lane,
        recipient: to.chat.to_string(),
        user: to.user,
        ticket,
        kind,
        locale: to.locale,
        payload,
        card,
    };
    Ok(outbox::enqueue(tx, message, at).await?)
}

/// Offers an open ticket to everyone on duty, or once to the pool group when there is one.
pub(crate) async fn offer(
    app: &App,
    tx: &Tx,
    ticket: &Ticket,
    customer: &Customer,
    service: &Service,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let card = Hint::Card(cards::offer_card(ticket.id, ticket.epoch));
    let say = cards::offer_say(app, ticket, customer, service).hint(card);
    if let Some(group) = app.config.telegram.pool_chat_id {
        let to = To {
            chat: group,
            user: None,
            locale: app.settings().company.locale,
        };
        return send(tx, to, Lane::Broadcast, Some(ticket.id), say, at).await;
    }
    let (kind, payload) = written(&say);
    outbox::offer_to_pool(
        tx,
        Offers {
            ticket: ticket.id,
            epoch: ticket.epoch,
            kind,
            payload,
        },
        at,
    )
    .await?;
    Ok(())
}

/// Offers a ticket that is open again.
pub(crate) async fn offer_again(app: &App, tx: &Tx, ticket: &Ticket, at: DateTime<Utc>) -> Result<(), Error> {
    let (customer, service) = cards::facts(tx, ticket).await?;
    offer(app, tx, ticket, &customer, &service, at).await
}

/// The winner gets the job card; everyone's offer changes to "taken".
pub(crate) async fn won(
    app: &App,
    tx: &Tx,
    ticket: &Ticket,
    winner: &User,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let (customer, service) = cards::facts(tx, ticket).await?;
    let say = cards::new_job_say(app, ticket, (&customer, &service));
    tell(tx, winner, Some(ticket.id), say, at).await?;
    customer::assigned(app, tx, (ticket, &customer), winner, at).await?;
    taken(app, tx, ticket, (&customer, &service), winner, at).await
}

/// As a win, and the technician is told who gave it to him.
pub(crate) async fn assigned(
    app: &App,
    tx: &Tx,
    ticket: &Ticket,
    user: &User,
    by: &Act,
) -> Result<(), Error> {
    let id = ticket.id;
    let giver = match by.actor {
        Some(actor) => store::users::by_id(tx, actor).await?.map(|user| user.name),
        None => None,
    };
    let by_name = giver.unwrap_or_else(|| app.settings().company.name.clone());
    tell(
        tx,
        user,
        Some(id),
        Say::text(Text::AssignedToYou {
            ticket: id,
            by: by_name,
        }),
        by.at,
    )
    .await?;
    won(app, tx, ticket, user, by.at).await
}

/// The job card in its chat, edited in place when it is there.
pub(crate) async fn tell_job(
    app: &App,
    tx: &Tx,
    ticket: &Ticket,
    (customer, service): (&Customer, &Service),
    user: &User,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let say = cards::job_say(app, tx, ticket, (customer, service)).await?;
    tell(tx, user, Some(ticket.id), say, at).await
}

/// After an edit: whoever has the job sees it as it is now.
pub(crate) async fn ticket_changed(
    app: &App,
    tx: &Tx,
    ticket: &Ticket,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let (customer, service) = cards::facts(tx, ticket).await?;
    match ticket.technician {
        Some(technician) if !ticket.status.is_over() => {
            let user = store::users::by_id(tx, technician).await?;
            // A card holds a customer's address: it is not for someone who has left the company.
            let Some(user) = user.filter(|user| user.active) else {
                return Ok(());
            };
            tell_job(app, tx, ticket, (&customer, &service), &user, at).await
        }
        None if ticket.status == Status::Open => {
            let card = Hint::RetireCard(cards::offer_card(ticket.id, ticket.epoch));
            let say = cards::offer_say(app, ticket, &customer, &service)
                .hint(card)
                .quiet();
            change_offers(tx, &say, at).await
        }
        _ => Ok(()),
    }
}

/// After an edit that moved the visit: the customer hears when it is, while nobody is there yet.
pub(crate) async fn visit_moved(app: &App, tx: &Tx, ticket: &Ticket, at: DateTime<Utc>) -> Result<(), Error> {
    if !matches!(ticket.status, Status::Open | Status::Assigned) {
        return Ok(());
    }
    let Some(customer) = store::customers::by_id(tx, ticket.customer).await? else {
        return Ok(());
    };
    let technician = match ticket.technician {
        Some(technician) => store::users::by_id(tx, technician).await?,
        None => None,
    };
    customer::moved(app, tx, (ticket, &customer), technician.as_ref(), at).await
}

/// The job card of someone who no longer has the job.
pub(crate) async fn job_gone(
    _app: &App,
    tx: &Tx,
    ticket: &Ticket,
    why: Gone,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let Some(technician) = ticket.technician else {
        return Ok(());
    };
    let Some(user) = store::users::by_id(tx, technician).await? else {
        return Ok(());
    };
    let gone = Text::JobGone {
        ticket: ticket.id,
        why,
    };
    let card = Hint::RetireCard(cards::job_card(ticket));
    tell(
        tx,
        &user,
        Some(ticket.id),
        Say::text(gone.clone()).hint(card).quiet(),
        at,
    )
    .await?;
    // An edited card makes no sound: whoever did not do it himself is told in a message of its own.
    if why != Gone::Released {
        tell(tx, &user, Some(ticket.id), Say::text(gone), at).await?;
    }
    Ok(())
}

/// A job was given back: the admins hear why.
pub(crate) async fn released(
    tx: &Tx,
    ticket: TicketId,
    by: &User,
    why: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let text = Text::TicketReleased {
        ticket,
        by: by.name.clone(),
        reason: why.to_owned(),
    };
    to_admins(tx, Some(ticket), &text, at).await
}

/// A ticket was cancelled: offers and job card say so.
pub(crate) async fn cancelled(app: &App, tx: &Tx, ticket: &Ticket, at: DateTime<Utc>) -> Result<(), Error> {
    job_gone(app, tx, ticket, Gone::Cancelled, at).await?;
    let say = Say::text(Text::Withdrawn { ticket: ticket.id })
        .hint(Hint::RetireCard(cards::offer_card(ticket.id, ticket.epoch)))
        .quiet();
    change_offers(tx, &say, at).await
}

/// Someone used an invite with a phone that is not the one on file.
pub(crate) async fn contact_refused(tx: &Tx, user: &User, by: &Act) -> Result<(), Error> {
    to_admins(
        tx,
        None,
        &Text::ContactRefused {
            name: user.name.clone(),
        },
        by.at,
    )
    .await
}

/// The same text to every admin whom Telegram reaches.
pub(crate) async fn to_admins(
    tx: &Tx,
    ticket: Option<TicketId>,
    text: &Text,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    for admin in store::users::reachable_admins(tx).await? {
        tell(tx, &admin, ticket, Say::text(text.clone()), at).await?;
    }
    Ok(())
}

async fn taken(
    app: &App,
    tx: &Tx,
    ticket: &Ticket,
    (customer, service): (&Customer, &Service),
    winner: &User,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let text = Text::Taken {
        offer: Box::new(cards::offer_of(app, ticket, customer, service)),
        by: winner.name.clone(),
        at: Moment { at, zone: app.zone() },
    };
    // The offers belong to the epoch that the assignment ended.
    let retire = Hint::RetireCard(cards::offer_card(ticket.id, ticket.epoch - 1));
    change_offers(tx, &Say::text(text).hint(retire).quiet(), at).await
}

/// Takes back what was not sent yet and changes what was; an open offer that is only edited stays queued.
async fn change_offers(tx: &Tx, say: &Say, at: DateTime<Utc>) -> Result<(), Error> {
    let Hint::RetireCard(Card { ticket, epoch, .. }) = say.hint else {
        return Ok(());
    };
    let (kind, payload) = written(say);
    let still_open = matches!(say.text, Text::Offer(_));
    if !still_open {
        outbox::drop_unsent_offers(tx, ticket, at).await?;
    }
    // An edit has a kind of its own, so that it is not taken for an unsent offer.
    let kind = if still_open {
        "offer_changed".to_owned()
    } else {
        kind
    };
    outbox::retire_offers(
        tx,
        Offers {
            ticket,
            epoch,
            kind,
            payload,
        },
        at,
    )
    .await?;
    Ok(())
}

/// What a message is called in lists, and its JSON.
pub(crate) fn written(say: &Say) -> (String, String) {
    let json = serde_json::to_value(say).unwrap_or(Value::Null);
    (say.text.name().replace('-', "_"), json.to_string())
}
