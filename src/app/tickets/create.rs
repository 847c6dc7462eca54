//! A new ticket: the date's quota is taken, and the pool is told, in one transaction.

use chrono::{NaiveDate, NaiveTime};
use domain::calendar::{self, plannable};
use domain::geo::Position;
use domain::ids::{CustomerId, RequestId, ServiceId, TicketId, UserId};
use domain::invalid::{Fault, Invalid};
use domain::ticket::{Status, problem};
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::customers::site;
use crate::app::tickets::view::{View, views};
use crate::app::{App, Error, customers, notices, quota};
use crate::store::customers::Customer;
use crate::store::services::Service;
use crate::store::tickets::Ticket;
use crate::store::{self, Tx};

/// The form of a new ticket, as typed.
#[derive(Debug, Clone, Default)]
pub struct New {
    pub customer_id: String,
    /// Instead of `customer_id`: someone new, added in the same transaction.
    pub new_customer: Option<customers::Form>,
    pub service_id: String,
    pub problem: String,
    /// `YYYY-MM-DD` in the company's zone; none means today.
    pub visit_date: Option<String>,
    /// `13:00`.
    pub visit_time: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
}

struct Checked {
    customer: Option<CustomerId>,
    service: Option<ServiceId>,
    problem: Option<String>,
    date: Option<NaiveDate>,
    time: Option<NaiveTime>,
    site: Option<Position>,
}

/// Creates a ticket, if its date has a place left, and offers it to everyone on duty.
pub async fn create(app: &App, act: &Act, new: New) -> Result<View, Error> {
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let ticket = create_in(&app_, tx, &by, new, None).await?;
            views(tx, vec![ticket]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

/// The same in this transaction, perhaps from a customer's report.
pub(crate) async fn create_in(
    app: &App,
    tx: &Tx,
    by: &Act,
    new: New,
    request: Option<RequestId>,
) -> Result<Ticket, Error> {
    let mut invalid = Invalid::default();
    let checked = check(&new, app.today(), &mut invalid);
    let customer = match new.new_customer {
        Some(form) => customers::draft(form, by.at, &mut invalid),
        None => customer(tx, checked.customer, &mut invalid).await?,
    };
    let service = service(tx, checked.service, &mut invalid).await?;
    invalid.check()?;
    let (Some(customer), Some(service), Some(problem), Some(date)) =
        (customer, service, checked.problem, checked.date)
    else {
        return Err(Invalid::default().into());
    };
    quota::take_company(app, tx, date).await?;
    let customer = if customer.id == CustomerId(0) {
        customers::add(tx, by, customer).await?
    } else {
        customer
    };
    let ticket = Ticket {
        id: TicketId(0),
        customer: customer.id,
        service: service.id,
        problem,
        status: Status::Open,
        visit_date: date,
        visit_time: checked.time,
        site: checked.site.or(customer.position),
        technician: None,
        epoch: 0,
        claimed_at: None,
        check_in_due_at: None,
        created_by: by.actor.unwrap_or(UserId(0)),
        created_at: by.at,
        changed_at: by.at,
        version: 1,
    };
    let ticket = store::tickets::insert(tx, ticket).await?;
    let detail = match request {
        Some(request) => json!({ "visit_date": date, "request": request.number() }),
        None => json!({ "visit_date": date }),
    };
    by.audit_ticket(tx, "ticket_created", ticket.id, detail).await?;
    notices::offer(app, tx, &ticket, &customer, &service, by.at).await?;
    notices::customer::created(app, tx, (&ticket, &customer), request, by.at).await?;
    tx.note_tickets();
    Ok(ticket)
}

fn check(new: &New, today: NaiveDate, invalid: &mut Invalid) -> Checked {
    let date = match new.visit_date.as_deref().map(str::trim).filter(|d| !d.is_empty()) {
        Some(text) => invalid.take(
            "visit_date",
            calendar::date(text).and_then(|date| plannable(date, today)),
        ),
        None => Some(today),
    };
    let time = new.visit_time.as_deref().map(str::trim).filter(|t| !t.is_empty());
    Checked {
        customer: match new.new_customer {
            Some(_) => None,
            None => reference("customer_id", &new.customer_id, invalid),
        },
        service: reference("service_id", &new.service_id, invalid),
        problem: invalid.take("problem", problem(&new.problem)),
        date,
        time: time.and_then(|time| invalid.take("visit_time", calendar::time(time))),
        site: site(new.latitude, new.longitude, invalid),
    }
}

fn reference<T: std::str::FromStr>(field: &'static str, text: &str, invalid: &mut Invalid) -> Option<T> {
    let parsed = match text.trim() {
        "" => Err(Fault::Required),
        text => text.parse::<T>().map_err(|_| Fault::NotFound),
    };
    invalid.take(field, parsed)
}

async fn customer(tx: &Tx, id: Option<CustomerId>, invalid: &mut Invalid) -> Result<Option<Customer>, Error> {
    let Some(id) = id else { return Ok(None) };
    match store::customers::by_id_held(tx, id).await? {
        Some(customer) if customer.archived_at.is_none() => Ok(Some(customer)),
        found => {
            let fault = if found.is_some() {
                Fault::Inactive
            } else {
                Fault::NotFound
            };
            invalid.note("customer_id", fault);
            Ok(None)
        }
    }
}

/// The service that a form names, if it may be used.
pub(crate) async fn service(
    tx: &Tx,
    id: Option<ServiceId>,
    invalid: &mut Invalid,
) -> Result<Option<Service>, Error> {
    let Some(id) = id else { return Ok(None) };
    match store::services::by_id(tx, id).await? {
        Some(service) if service.active => Ok(Some(service)),
        found => {
            let fault = if found.is_some() {
                Fault::Inactive
            } else {
                Fault::NotFound
            };
            invalid.note("service_id", fault);
            Ok(None)
        }
    }
}
