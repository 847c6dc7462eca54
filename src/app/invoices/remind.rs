//! Reminders to customers who owe: on the day, and some days after, each once, in office hours.

use chrono::{Days, NaiveDate};
use domain::ids::InvoiceId;
use domain::invoice::State;
use futures::FutureExt;

use crate::app::contacts::CHANNEL;
use crate::app::invoices::outstanding;
use crate::app::notices::bill;
use crate::app::{App, Error};
use crate::store::invoices::{self, Invoice};
use crate::store::{Tx, inbox};

/// Days after the due date on which a customer is reminded.
const STEPS: [i32; 3] = [0, 3, 7];
/// How many days late a reminder is still given, after an outage or a weekend.
const CATCH_UP: u64 = 7;

/// Reminds customers of what is due; answers how many. Outside of office hours nobody is.
pub async fn remind(app: &App) -> Result<usize, Error> {
    let now = app.now();
    let office = app.settings().company.cs_hours;
    let time = now.with_timezone(&app.zone().0).time();
    if office.is_some_and(|hours| !hours.contains(time)) {
        return Ok(0);
    }
    let today = app.today();
    let last = u64::from(STEPS[STEPS.len() - 1].unsigned_abs());
    let from = today
        .checked_sub_days(Days::new(last + CATCH_UP))
        .unwrap_or(today);
    let due = invoices::due_between(&app.db, from, today).await?;
    let given = invoices::reminded(&app.db, due.iter().map(|invoice| invoice.id.0).collect()).await?;
    let mut told = 0;
    for invoice in due {
        let Some(step) = step(app, &invoice, today) else {
            continue;
        };
        if given.contains(&(invoice.id, step)) {
            continue;
        }
        let app_ = app.clone();
        let done = app.write(move |tx| one(app_, tx, invoice.id, step).boxed()).await;
        match done {
            Ok((done, effects)) => {
                app.tell(&effects);
                told += usize::from(done);
            }
            // The others must not wait for it; it is tried again soon.
            Err(error) => tracing::warn!(%error, "a customer could not be reminded of an invoice"),
        }
    }
    Ok(told)
}

/// The newest reminder whose day has come; `None`: none has, or the customer got the invoice only then.
fn step(app: &App, invoice: &Invoice, today: NaiveDate) -> Option<i32> {
    let due = invoice.due_date?;
    let late = (today - due).num_days();
    let step = STEPS.into_iter().rev().find(|step| i64::from(*step) <= late)?;
    let day = due.checked_add_days(Days::new(u64::from(step.unsigned_abs())))?;
    let sent = app.zone().date(invoice.sent_at.or(invoice.approved_at)?);
    (sent < day).then_some(step)
}

async fn one(app: App, tx: &Tx, id: InvoiceId, step: i32) -> Result<bool, Error> {
    let at = app.now();
    let invoice = invoices::by_id_locked(tx, id).await?;
    let Some(invoice) = invoice.filter(|invoice| invoice.state == State::Sent) else {
        return Ok(false);
    };
    let Some(due) = invoice.due_date else {
        return Ok(false);
    };
    if !invoices::remind(tx, id, step, at).await? {
        return Ok(false);
    }
    let payments = invoices::payments(tx, vec![id.0]).await?;
    let left = outstanding(&invoice, &payments);
    let late = (app.today() - due).num_days();
    let reach = bill::reminded(&app, tx, (&invoice, left, due), late, at).await?;
    let Some(why) = reach.fault() else {
        return Ok(true);
    };
    // Once for all its reminders.
    if inbox::once(tx, CHANNEL, &format!("unreminded:{id}"), at).await? {
        bill::untold(tx, &invoice, (why, true), at).await?;
    }
    Ok(false)
}
