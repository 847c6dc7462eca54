//! Who has a ticket: won, given, taken back, replaced.

use chrono::{DateTime, Utc};
use domain::alert::Resolution;
use domain::ids::{TicketId, UserId};
use domain::invalid::{Fault, Invalid};
use domain::person::Role;
use domain::ticket::{Status, reason};
use futures::FutureExt;
use serde_json::{Value, json};

use crate::app::act::Act;
use crate::app::tickets::edit::due;
use crate::app::tickets::view::{View, views};
use crate::app::{App, Error, Refusal, alerts, documents, notices, quota};
use crate::store::tickets::{Assignment, Ticket};
use crate::store::users::User;
use crate::store::{self, Tx, quotas};

/// Gives an open ticket to a technician.
pub async fn assign(app: &App, act: &Act, id: TicketId, technician_id: &str) -> Result<View, Error> {
    let technician = parse_technician(technician_id)?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let user = technician_for(tx, technician).await?;
            let ticket = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
            give(&app_, tx, &by, &ticket, &user).await?;
            saved(tx, id).await
        }
        .boxed()
    })
    .await
}

/// Takes a ticket away from its technician, for good, and gives it to another or to the pool.
pub async fn replace(
    app: &App,
    act: &Act,
    id: TicketId,
    why: &str,
    technician_id: Option<&str>,
) -> Result<View, Error> {
    let mut invalid = Invalid::default();
    let why = invalid.take("reason", reason(why));
    let technician = match technician_id.filter(|t| !t.is_empty()) {
        Some(text) => invalid.take(
            "technician_id",
            text.parse::<UserId>().map_err(|_| Fault::NotFound),
        ),
        None => None,
    };
    invalid.check()?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let next = match technician {
                Some(id) => Some(technician_for(tx, id).await?),
                None => None,
            };
            // The ticket before its days, as everyone else who changes both does.
            let old = store::tickets::by_id_locked(tx, id)
                .await?
                .ok_or(Error::Missing)?;
            let detail = json!({ "reason": why, "technician": old.technician.map(|id| id.to_string()) });
            replace_in(&app_, tx, &by, &old, next, detail).await?;
            saved(tx, id).await
        }
        .boxed()
    })
    .await
}

/// Replaces the technician of a ticket whose row the caller holds; `detail` goes with the audit. An emergency that
/// is open for it is settled with it.
pub(crate) async fn replace_in(
    app: &App,
    tx: &Tx,
    by: &Act,
    old: &Ticket,
    next: Option<User>,
    detail: Value,
) -> Result<(), Error> {
    let Some(before) = old.technician else {
        return Err(Refusal::WrongState { now: old.status }.into());
    };
    if next.as_ref().is_some_and(|next| next.id == before) {
        return Err(Invalid::one("technician_id", Fault::Taken).into());
    }
    if let Some(next) = &next {
        // Both days are locked in one order, or two replacements in opposite directions would wait
        // for each other.
        quotas::lock_own(tx, &[before, next.id], old.visit_date).await?;
    }
    let from = [Status::Assigned, Status::InProgress];
    let open = take_back(tx, old, &from, by.at).await?;
    store::tickets::exclude(tx, old.id, before).await?;
    by.audit_ticket(tx, "technician_replaced", old.id, detail).await?;
    alerts::replaced(app, tx, by, old.id, next.as_ref().map(|next| next.id)).await?;
    notices::job_gone(app, tx, old, dialogues::text::Gone::Replaced, by.at).await?;
    match next {
        Some(next) => give(app, tx, by, &open, &next).await,
        None => notices::offer_again(app, tx, &open, by.at).await,
    }
}

/// The claim's transaction: the conditional update first, so that a loser changes no row and costs no
/// write; then the quota, the audit row and the outgoing messages. `false`: too late.
pub(crate) async fn claim_in(
    app: &App,
    tx: &Tx,
    by: &Act,
    id: TicketId,
    epoch: i32,
    user: UserId,
) -> Result<bool, Error> {
    let Some(ticket) = store::tickets::by_id(tx, id).await? else {
        return Ok(false);
    };
    if ticket.epoch != epoch {
        return Ok(false);
    }
    let Some(ticket) = take(app, tx, &ticket, user, by.at).await? else {
        return Ok(false);
    };
    // Held until the commit: nobody is deactivated in between.
    let Some(user) = store::users::by_id_held(tx, user)
        .await?
        .filter(|user| user.active && user.role == Role::Technician)
    else {
        return Err(Refusal::NotNow.into());
    };
    quota::take_own(app, tx, &user, ticket.visit_date).await?;
    by.audit_ticket(
        tx,
        "ticket_claimed",
        id,
        json!({ "technician": user.id.to_string() }),
    )
    .await?;
    notices::won(app, tx, &ticket, &user, by.at).await?;
    tx.note_tickets();
    Ok(true)
}

/// A technician gives a job back before check-in. `false`: it is not his, or not any more.
pub(crate) async fn release_in(
    app: &App,
    tx: &Tx,
    by: &Act,
    user: &User,
    held: (TicketId, i32),
    why: &str,
) -> Result<bool, Error> {
    let Some(old) = store::tickets::by_id(tx, held.0).await? else {
        return Ok(false);
    };
    if old.technician != Some(user.id) || old.epoch != held.1 || old.status != Status::Assigned {
        return Ok(false);
    }
    let open = match take_back(tx, &old, &[Status::Assigned], by.at).await {
        // An admin was faster; nothing was written.
        Err(Error::Refused(_)) => return Ok(false),
        other => other?,
    };
    by.audit_ticket(tx, "ticket_released", held.0, json!({ "reason": why }))
        .await?;
    notices::job_gone(app, tx, &old, dialogues::text::Gone::Released, by.at).await?;
    alerts::resolve(app, tx, by, held.0, Resolution::Released).await?;
    notices::released(tx, held.0, user, why, by.at).await?;
    notices::offer_again(app, tx, &open, by.at).await?;
    tx.note_tickets();
    Ok(true)
}

/// Gives an open ticket to someone: as a claim, but told to him.
async fn give(app: &App, tx: &Tx, by: &Act, ticket: &Ticket, user: &User) -> Result<(), Error> {
    let Some(ticket) = take(app, tx, ticket, user.id, by.at).await? else {
        return Err(refusal(tx, ticket.id, user).await?);
    };
    quota::take_own(app, tx, user, ticket.visit_date).await?;
    let detail = json!({ "technician": user.id.to_string(), "name": user.name });
    by.audit_ticket(tx, "ticket_assigned", ticket.id, detail).await?;
    notices::assigned(app, tx, &ticket, user, by).await?;
    tx.note_tickets();
    Ok(())
}

async fn take(
    app: &App,
    tx: &Tx,
    ticket: &Ticket,
    technician: UserId,
    at: DateTime<Utc>,
) -> Result<Option<Ticket>, Error> {
    let to = Assignment {
        technician,
        at,
        check_in_due_at: due(app, ticket, at),
    };
    Ok(store::tickets::assign(tx, ticket, to).await?)
}

/// Opens a ticket again and gives its technician's place back; answers the ticket as it is now.
async fn take_back(tx: &Tx, old: &Ticket, from: &[Status], at: DateTime<Utc>) -> Result<Ticket, Error> {
    if !store::tickets::reopen(tx, old.id, old.epoch, from, at).await? {
        let now = store::tickets::by_id(tx, old.id)
            .await?
            .map_or(old.status, |ticket| ticket.status);
        return Err(Refusal::WrongState { now }.into());
    }
    // Read again now that the row is ours: its date may have moved since it was first read.
    let open = store::tickets::by_id(tx, old.id).await?.ok_or(Error::Missing)?;
    if let Some(technician) = old.technician {
        quotas::free_own(tx, technician, open.visit_date).await?;
    }
    // Whatever came of a visit that had begun stays with it.
    store::visits::end(tx, old.id, old.epoch, at).await?;
    store::uploads::close_all(tx, old.id, at).await?;
    documents::revoke(tx, old.id, at).await?;
    tx.note_tickets();
    Ok(open)
}

/// Why a ticket could not be given, by how it stands now.
async fn refusal(tx: &Tx, id: TicketId, user: &User) -> Result<Error, Error> {
    let ticket = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
    if ticket.status == Status::Open && store::tickets::is_excluded(tx, id, user.id).await? {
        return Ok(Refusal::Excluded {
            name: user.name.clone(),
        }
        .into());
    }
    if let Some(holder) = ticket.technician
        && !ticket.status.is_over()
    {
        let by = store::users::by_id(tx, holder)
            .await?
            .map(|user| user.name)
            .unwrap_or_default();
        return Ok(Refusal::AlreadyTaken { by }.into());
    }
    if ticket.status == Status::Open {
        // Only its form changed meanwhile.
        return Ok(Error::Stale);
    }
    Ok(Refusal::WrongState { now: ticket.status }.into())
}

fn parse_technician(text: &str) -> Result<UserId, Error> {
    let fault = if text.trim().is_empty() {
        Fault::Required
    } else {
        Fault::NotFound
    };
    text.trim()
        .parse()
        .map_err(|_| Invalid::one("technician_id", fault).into())
}

/// An active technician, who stays one until the commit.
pub(crate) async fn technician_for(tx: &Tx, id: UserId) -> Result<User, Error> {
    match store::users::by_id_held(tx, id).await? {
        Some(user) if user.role == Role::Technician && user.active => Ok(user),
        Some(user) if user.role == Role::Technician => Err(Refusal::NotAvailable { name: user.name }.into()),
        _ => Err(Invalid::one("technician_id", Fault::NotFound).into()),
    }
}

async fn saved(tx: &Tx, id: TicketId) -> Result<View, Error> {
    let ticket = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
    views(tx, vec![ticket]).await?.pop().ok_or(Error::Missing)
}
