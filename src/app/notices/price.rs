//! Who hears of prices: sales who may decide, each in a card of the request; admins, of what was decided.

use chrono::{DateTime, Utc};
use dialogues::price::Price;
use dialogues::pricing::Subject;
use dialogues::say::{Card, CardKind, Hint, Say};
use dialogues::sheet::{Ending, How, Sheet};
use dialogues::text::Moment;
use domain::address::area;
use domain::ids::UserId;
use domain::person::Role;

use crate::app::act::Act;
use crate::app::approvals::photos;
use crate::app::notices::{To, anew, send, tell, to_admins};
use crate::app::{App, Error, cards};
use crate::store::approvals::Approval;
use crate::store::invoices::Invoice;
use crate::store::outbox::{self, Lane};
use crate::store::users::User;
use crate::store::{self, Tx};

/// How many lines a card shows.
const LINES: usize = 8;

/// An invoice with the request that stands for it.
pub(crate) type Request<'a> = (&'a Invoice, &'a Approval);

/// What buttons about this request carry.
pub(crate) fn subject((invoice, approval): Request<'_>) -> Subject {
    Subject {
        ticket: invoice.ticket,
        invoice: invoice.id,
        version: invoice.version,
        epoch: i32::try_from(approval.id).unwrap_or(i32::MAX),
    }
}

/// Sales are asked, each in a new message with a sound. When Telegram reaches none of them, the admins hear that.
pub(crate) async fn asked(
    app: &App,
    tx: &Tx,
    by: &Act,
    request: Request<'_>,
    judges: &[User],
) -> Result<(), Error> {
    let say = subject(request).asks(sheet(app, tx, request).await?);
    let ticket = request.0.ticket;
    let reached: Vec<&User> = judges.iter().filter(|judge| judge.reachable()).collect();
    for judge in &reached {
        tell(tx, judge, Some(ticket), say.clone(), by.at).await?;
    }
    if reached.is_empty() {
        unheard(tx, request, judges, by.at).await?;
    }
    Ok(())
}

/// The admins hear that nobody who may decide can be reached.
pub(crate) async fn unheard(
    tx: &Tx,
    (invoice, _): Request<'_>,
    judges: &[User],
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let text = Price::Unheard {
        ticket: invoice.ticket,
        who: judges.iter().map(|judge| judge.name.clone()).collect(),
    };
    to_admins(tx, Some(invoice.ticket), &text.into(), at).await
}

/// The card as it is now, as a new message at the end of someone's chat.
pub(crate) async fn show(
    app: &App,
    tx: &Tx,
    user: &User,
    request: Request<'_>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let subject = subject(request);
    let say = subject.asks(sheet(app, tx, request).await?);
    anew(tx, user, (subject.card(), CardKind::PastPrice), say, at).await
}

/// A request has ended: every card of it says how, and the admins hear what sales decided.
pub(crate) async fn ended(app: &App, tx: &Tx, by: &Act, request: Request<'_>, how: How) -> Result<(), Error> {
    let ending = ending(app, tx, request.0, (by.actor, by.at), how).await?;
    let now = subject(request);
    let mut told = retire(tx, now.card(), &ending, (&[], by.at)).await?;
    retire(tx, now.question(), &ending, (&[], by.at)).await?;
    if matches!(
        ending.how,
        How::Approved { .. } | How::Rejected { .. } | How::Voided { .. }
    ) {
        // Whoever passed it on, or may not decide what it became, sees the end on the card that he was left with.
        let (invoice, approval) = request;
        let since = invoice.submitted_at.unwrap_or(approval.asked_at);
        for earlier in store::approvals::before(tx, approval, since).await? {
            let card = subject((invoice, &earlier)).card();
            let more = retire(tx, card, &ending, (&told, by.at)).await?;
            told.extend(more);
        }
    }
    let text = match ending.how {
        How::Approved { .. } => Price::Approved(Box::new(ending)),
        How::Rejected { .. } => Price::Rejected(Box::new(ending)),
        // The admins void themselves; and what was passed on or priced anew is still to be decided.
        How::PassedOn | How::Retaxed | How::Voided { .. } => return Ok(()),
    };
    to_admins(tx, Some(request.0.ticket), &text.into(), by.at).await
}

/// How an invoice's request ended, with the names that go with it.
pub(crate) async fn ending(
    app: &App,
    tx: &Tx,
    invoice: &Invoice,
    (by, at): (Option<UserId>, DateTime<Utc>),
    how: How,
) -> Result<Ending, Error> {
    let ticket = store::tickets::by_id(tx, invoice.ticket)
        .await?
        .ok_or(Error::Missing)?;
    let customer = store::customers::by_id(tx, ticket.customer).await?;
    Ok(Ending {
        ticket: invoice.ticket,
        customer: customer.map(|customer| customer.name).unwrap_or_default(),
        total: invoice.totals.total,
        by: name_of(tx, by).await?,
        at: Moment { at, zone: app.zone() },
        how,
    })
}

/// Changes a card wherever it is shown but in these chats, or takes it back where it was not sent yet. Answers where.
async fn retire(
    tx: &Tx,
    card: Card,
    ending: &Ending,
    (but, at): (&[String], DateTime<Utc>),
) -> Result<Vec<String>, Error> {
    let mut holders = outbox::holders(tx, "telegram", cards::shown(card)).await?;
    holders.retain(|holder| !but.contains(&holder.recipient));
    let chats = holders.iter().map(|holder| holder.recipient.clone()).collect();
    let ids = holders.iter().filter_map(|holder| holder.user).map(|id| id.0);
    let people = store::users::by_ids(tx, ids.collect()).await?;
    for holder in holders {
        let Ok(chat) = holder.recipient.parse::<i64>() else {
            continue;
        };
        let user = people.iter().find(|user| Some(user.id) == holder.user);
        // Whoever has left, or reads in another chat now, learns nothing more.
        let is_his = user.is_some_and(|u| u.active && u.role == Role::Sales && u.telegram_id == Some(chat));
        let text = if is_his {
            Price::Ended(Box::new(ending.clone()))
        } else {
            Price::Gone {
                ticket: ending.ticket,
            }
        };
        let to = To {
            chat,
            user: holder.user,
            locale: user.map_or(holder.locale, |user| user.locale),
        };
        let say = Say::text(text).hint(Hint::RetireCard(card)).quiet();
        send(tx, to, Lane::Reply, Some(ending.ticket), say, at).await?;
    }
    Ok(chats)
}

/// Everything that a price is decided by.
async fn sheet(app: &App, tx: &Tx, (invoice, approval): Request<'_>) -> Result<Sheet, Error> {
    let ticket = store::tickets::by_id(tx, invoice.ticket)
        .await?
        .ok_or(Error::Missing)?;
    let (customer, service) = cards::facts(tx, &ticket).await?;
    let visit = store::visits::of(tx, ticket.id, ticket.epoch).await?;
    let left = visit.and_then(|visit| visit.checked_out_at);
    let zone = app.zone();
    let asked_by = store::invoices::revisions(tx, vec![invoice.id.0]).await?;
    // The system may have priced it anew since; who asked is still who asked.
    let asked_by = asked_by.iter().rev().find_map(|revision| revision.by);
    Ok(Sheet {
        ticket: ticket.id,
        version: invoice.version,
        service: service.name,
        problem: ticket.problem.clone(),
        customer: customer.name,
        area: area(&customer.address),
        technician: name_of(tx, ticket.technician).await?,
        done_at: left.map(|at| Moment { at, zone }),
        list_price: service.base_price,
        lines: invoice.lines.iter().take(LINES).cloned().collect(),
        more: invoice.lines.len().saturating_sub(LINES),
        discount: invoice.discount,
        totals: invoice.totals,
        photos: photos::shown(tx, ticket.id).await?.len(),
        by: name_of(tx, asked_by).await?,
        at: Moment {
            at: approval.asked_at,
            zone,
        },
    })
}

async fn name_of(tx: &Tx, id: Option<UserId>) -> Result<Option<String>, Error> {
    Ok(match id {
        Some(id) => store::users::by_id(tx, id).await?.map(|user| user.name),
        None => None,
    })
}
