//! Requests to sales: what waits, and a reminder of what waits too long.

pub(crate) mod photos;

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::price::Price;
use dialogues::say::Say;
use dialogues::sheet::Waiting;
use dialogues::text::Moment;
use domain::ids::{TicketId, UserId};
use futures::FutureExt;

use crate::app::{App, Error, invoices, notices};
use crate::store::approvals::{self, Approval};
use crate::store::invoices::Invoice;
use crate::store::users::User;
use crate::store::{self, Source, Tx};

/// How long a price waits until those who may decide are reminded, and then again.
const PATIENCE: TimeDelta = TimeDelta::hours(4);
/// How many requests one look reminds of.
const AT_ONCE: u64 = 50;

/// When a request is to be remembered that was made, or remembered, at `at`: some hours later, when the office
/// answers.
pub(crate) fn remind_at(app: &App, at: DateTime<Utc>) -> DateTime<Utc> {
    opening(app, at + PATIENCE)
}

/// That moment, or the next at which the office answers.
fn opening(app: &App, at: DateTime<Utc>) -> DateTime<Utc> {
    match app.settings().company.cs_hours {
        Some(hours) => hours.next(app.zone(), at),
        None => at,
    }
}

/// The epoch of the cards of the request that stands for a ticket's invoice.
pub(crate) async fn standing_epoch(source: &impl Source, ticket: TicketId) -> Result<Option<i32>, Error> {
    let Some(invoice) = store::invoices::live_of(source, ticket).await? else {
        return Ok(None);
    };
    let approval = approvals::of(source, invoice.id).await?;
    Ok(approval.and_then(|approval| i32::try_from(approval.id).ok()))
}

/// The requests that stand as lines for someone, the oldest first, after `after`.
pub(crate) async fn waiting(
    app: &App,
    source: &impl Source,
    user: &User,
    after: i64,
    limit: u64,
) -> Result<Vec<(Approval, i32, Waiting)>, Error> {
    let mut lines = Vec::new();
    for approval in approvals::standing(source, after, limit).await? {
        if let Some(invoice) = store::invoices::by_id(source, approval.invoice).await? {
            let line = line(app, source, (&invoice, &approval), user).await?;
            lines.push((approval, invoice.version, line));
        }
    }
    Ok(lines)
}

async fn line(
    app: &App,
    source: &impl Source,
    (invoice, approval): (&Invoice, &Approval),
    user: &User,
) -> Result<Waiting, Error> {
    let ticket = store::tickets::by_id(source, invoice.ticket).await?;
    let customer = match ticket {
        Some(ticket) => store::customers::by_id(source, ticket.customer).await?,
        None => None,
    };
    let limit = user.discount_limit_percent.map(i64::from);
    Ok(Waiting {
        ticket: invoice.ticket,
        invoice: invoice.id,
        customer: customer.map(|customer| customer.name).unwrap_or_default(),
        total: invoice.totals.total,
        discount_share: invoice.totals.discount_share(),
        since: Moment {
            at: approval.asked_at,
            zone: app.zone(),
        },
        is_above: !invoice.totals.is_within(invoice.discount, limit),
    })
}

/// Reminds of what waits too long, in the office's hours: those who may decide, or the admins where Telegram
/// reaches none of them. Answers how many requests were remembered.
pub async fn remind(app: &App) -> Result<usize, Error> {
    let now = app.now();
    if opening(app, now) != now {
        return Ok(0);
    }
    let due = approvals::due(&app.db, now, AT_ONCE).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let app_ = app.clone();
    let done = app.write(move |tx| remind_of(app_, tx, due, now).boxed());
    let (count, effects) = done.await?;
    app.tell(&effects);
    Ok(count)
}

/// One message for each person, whatever the number of requests.
async fn remind_of(app: App, tx: &Tx, due: Vec<Approval>, now: DateTime<Utc>) -> Result<usize, Error> {
    let mut told: Vec<(User, Vec<Waiting>)> = Vec::new();
    let mut count = 0;
    for approval in due {
        // Whoever else looks at the same moment finds it done.
        if !approvals::remind_next(tx, &approval, remind_at(&app, now)).await? {
            continue;
        }
        let Some(invoice) = store::invoices::by_id(tx, approval.invoice).await? else {
            continue;
        };
        count += 1;
        let judges = invoices::judges(tx, &invoice).await?;
        let reached: Vec<&User> = judges.iter().filter(|judge| judge.reachable()).collect();
        if reached.is_empty() {
            notices::price::unheard(tx, (&invoice, &approval), &judges, now).await?;
        }
        for judge in reached {
            let line = line(&app, tx, (&invoice, &approval), judge).await?;
            match told.iter_mut().find(|(user, _)| user.id == judge.id) {
                Some((_, lines)) => lines.push(line),
                None => told.push((judge.clone(), vec![line])),
            }
        }
    }
    told.sort_by_key(|(user, _): &(User, _)| -> UserId { user.id });
    for (user, lines) in told {
        let say = Say::text(Price::Overdue { lines }).private();
        notices::tell(tx, &user, None, say, now).await?;
    }
    Ok(count)
}
