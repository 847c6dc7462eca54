//! Who hears of an emergency: admins on cards with its decisions, and the technician of more time.

use chrono::{DateTime, Utc};
use dialogues::emergency::{Emergency, Late};
use dialogues::press::Press;
use dialogues::say::{Card, CardKind, Choice, Hint, Say};
use dialogues::text::{Label, Moment};
use domain::address::area;
use domain::alert::{Audience, Extension};
use domain::ids::AlertId;

use crate::app::act::Act;
use crate::app::notices::{To, anew, send, tell, ticket_changed};
use crate::app::{App, Error, alerts, cards};
use crate::store::alerts::Alert;
use crate::store::outbox::{self, Lane};
use crate::store::tickets::Ticket;
use crate::store::users::User;
use crate::store::{self, Tx};

/// Tells an open emergency, for the first time or again: then as a new message, with a sound, and the earlier one
/// loses its buttons.
pub(crate) async fn raised(
    app: &App,
    tx: &Tx,
    alert: &Alert,
    ticket: &Ticket,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let audience = Audience::after(alert.repeats, app.settings().visit.alert_escalate_after);
    let admins = store::users::reachable_admins(tx).await?;
    // Where nobody is on duty, nobody would hear it.
    let to_all = audience == Audience::All || !admins.iter().any(|admin| admin.on_duty);
    let late = late(app, tx, (alert, ticket), (audience == Audience::All, at)).await?;
    let say = decisions(alert.id, late);
    for admin in admins.iter().filter(|admin| to_all || admin.on_duty) {
        if alert.repeats == 0 {
            let words = say.clone().hint(Hint::Card(card(alert)));
            tell(tx, admin, Some(alert.ticket), words, at).await?;
        } else {
            anew(tx, admin, (card(alert), CardKind::PastAlert), say.clone(), at).await?;
        }
    }
    Ok(())
}

/// The card of one admin, as a new message at the end of the chat.
pub(crate) async fn shown_anew(
    app: &App,
    tx: &Tx,
    admin: &User,
    (alert, ticket): (&Alert, &Ticket),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let late = late(app, tx, (alert, ticket), (false, at)).await?;
    let say = decisions(alert.id, late);
    anew(tx, admin, (card(alert), CardKind::PastAlert), say, at).await
}

/// The card of one admin, where it is: its decisions again.
pub(crate) async fn shown_again(
    app: &App,
    tx: &Tx,
    admin: &User,
    (alert, ticket): (&Alert, &Ticket),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let late = late(app, tx, (alert, ticket), (false, at)).await?;
    in_place(tx, admin, alert, decisions(alert.id, late), at).await
}

/// Changes the card of one admin where it is.
pub(crate) async fn in_place(
    tx: &Tx,
    admin: &User,
    alert: &Alert,
    say: Say,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let say = say.hint(Hint::Card(card(alert))).quiet();
    tell(tx, admin, Some(alert.ticket), say, at).await
}

/// An emergency is over: every card of it says how.
pub(crate) async fn over(app: &App, tx: &Tx, alert: &Alert, at: DateTime<Utc>) -> Result<(), Error> {
    let Some(text) = alerts::outcome(app, tx, alert).await? else {
        return Ok(());
    };
    let live = card(alert);
    for kind in [CardKind::PastAlert, CardKind::Alert] {
        let shown = Card { kind, ..live };
        for holder in outbox::holders(tx, "telegram", cards::shown(shown)).await? {
            let Ok(chat) = holder.recipient.parse() else {
                continue;
            };
            let to = To {
                chat,
                user: holder.user,
                locale: holder.locale,
            };
            let say = Say::text(text.clone()).hint(Hint::RetireCard(shown)).quiet();
            // In the lane of the card itself: what is edited comes after what it edits.
            send(tx, to, Lane::Reply, Some(alert.ticket), say, at).await?;
        }
    }
    Ok(())
}

/// The technician hears that an admin gave more time, and the job card says until when.
pub(crate) async fn more_time(
    app: &App,
    tx: &Tx,
    ticket: &Ticket,
    (by, until): (&Act, DateTime<Utc>),
) -> Result<(), Error> {
    ticket_changed(app, tx, ticket, by.at).await?;
    let Some(technician) = ticket.technician else {
        return Ok(());
    };
    let Some(user) = store::users::by_id(tx, technician).await? else {
        return Ok(());
    };
    let admin = match by.actor {
        Some(actor) => store::users::by_id(tx, actor).await?.map(|user| user.name),
        None => None,
    };
    let text = Emergency::MoreTime {
        ticket: ticket.id,
        until: Moment {
            at: until,
            zone: app.zone(),
        },
        by: admin.unwrap_or_else(|| app.settings().company.name.clone()),
    };
    tell(tx, &user, Some(ticket.id), Say::text(text), by.at).await
}

/// What an admin needs to decide, as of this moment.
pub(crate) async fn late(
    app: &App,
    tx: &Tx,
    (alert, ticket): (&Alert, &Ticket),
    (to_all, at): (bool, DateTime<Utc>),
) -> Result<Late, Error> {
    let (customer, service) = cards::facts(tx, ticket).await?;
    let technician = store::users::by_id(tx, alert.technician)
        .await?
        .ok_or(Error::Missing)?;
    Ok(Late {
        ticket: ticket.id,
        service: service.name,
        customer: customer.name,
        area: area(&customer.address),
        visit: cards::visit_of(app, ticket),
        reachable: technician.reachable(),
        phone: technician.phone.map(|phone| phone.as_str().to_owned()),
        technician: technician.name,
        due: Moment {
            at: alert.due_at,
            zone: app.zone(),
        },
        minutes: (at - alert.due_at).num_minutes().max(0),
        repeats: alert.repeats,
        to_all,
    })
}

fn decisions(alert: AlertId, late: Late) -> Say {
    let more = Extension::all().map(|more| {
        let label = Label::Continue {
            minutes: more.minutes(),
        };
        Choice::press(label, Press::Continue { alert, more })
    });
    let [a, b, c] = more;
    let replace = Choice::press(Label::Replace, Press::Replace { alert, page: 0 });
    let phone = late.phone.clone();
    let say = Say::text(Emergency::Raised(Box::new(late)))
        .row(vec![a, b])
        .row(vec![c, replace]);
    match phone {
        Some(text) => say.row(vec![Choice::Copy {
            label: Label::CopyPhone,
            text,
        }]),
        None => say,
    }
}

/// The live card of an emergency; a later one of the same ticket has a card of its own.
fn card(alert: &Alert) -> Card {
    Card {
        ticket: alert.ticket,
        kind: CardKind::Alert,
        epoch: i32::try_from(alert.id.0).unwrap_or(i32::MAX),
    }
}
