//! Tickets, customers, ratings and messages as sheets: all that a list shows with its filters.

use axum::extract::State;
use domain::permission::Perm;
use domain::ticket::Status;

use crate::app::audit::{Export, exported};
use crate::app::{customers, deliveries, ratings, tickets};
use crate::web;
use crate::web::access::Routes;
use crate::web::panel::answer::Answer;
use crate::web::panel::customers::source;
use crate::web::panel::form::Form;
use crate::web::panel::ratings::Asked;
use crate::web::panel::sheet::{self, Cells, Columns, moment, plain};
use crate::web::panel::tickets::Filter as TicketFilter;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::Reader;
use crate::web::panel::{story, visit};
use crate::web::words::word;

/// The routes of the sheets.
pub fn routes(routes: Routes) -> Routes {
    let office = Perm::ManageTickets;
    routes
        .get(office, "/panel/tickets.csv", all_tickets)
        .get(Perm::ManageCustomers, "/panel/customers.csv", all_customers)
        .get(office, "/panel/ratings.csv", all_ratings)
        .get(Perm::ManageDeliveries, "/panel/deliveries.csv", all_deliveries)
}

const TICKETS: Columns = &[
    "sheet-number",
    "sheet-state",
    "sheet-created",
    "sheet-customer-number",
    "sheet-customer",
    "sheet-service",
    "sheet-problem",
    "sheet-visit-date",
    "sheet-visit-time",
    "sheet-technician",
    "sheet-check-in",
    "sheet-verdict",
    "sheet-check-out",
];

async fn all_tickets(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let (app, reader) = (state.app.clone(), visitor.reader);
    let filter = TicketFilter::of(&asked).store();
    exported(&app, &visitor.act(), Export::Tickets, None).await?;
    let fetch = move |cut| {
        let (app, filter) = (app.clone(), filter.clone());
        async move {
            Ok(tickets::list(&app, &filter, cut)
                .await?
                .map(|view| ticket(&view, reader)))
        }
    };
    Ok(sheet::answer(&state.app, ("tiket", TICKETS), reader, fetch))
}

fn ticket(view: &tickets::View, reader: Reader) -> Cells {
    let label = |status: Status| status.label().to_owned();
    let check_in = view.check_in.as_ref();
    let verdict = check_in.and_then(|check_in| check_in.verdict.parse().ok());
    vec![
        view.number.clone(),
        view.status.parse().map(label).unwrap_or_default(),
        moment(view.created_at, reader),
        customer_number(&view.customer.id),
        plain(&view.customer.name),
        plain(&view.service.name),
        plain(&view.problem),
        view.visit_date.to_string(),
        view.visit_time.clone().unwrap_or_default(),
        view.technician
            .as_ref()
            .map(|person| plain(&person.name))
            .unwrap_or_default(),
        check_in
            .map(|check_in| moment(check_in.at, reader))
            .unwrap_or_default(),
        verdict
            .map(|verdict| word(reader.locale, visit::label(verdict)))
            .unwrap_or_default(),
        view.check_out
            .as_ref()
            .map(|check_out| moment(check_out.at, reader))
            .unwrap_or_default(),
    ]
}

fn customer_number(id: &str) -> String {
    id.parse()
        .map(domain::ids::CustomerId::number)
        .unwrap_or_default()
}

const CUSTOMERS: Columns = &[
    "sheet-number",
    "sheet-name",
    "sheet-phone",
    "sheet-address",
    "sheet-latitude",
    "sheet-longitude",
    "sheet-notes",
    "sheet-source",
    "sheet-created",
];

async fn all_customers(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let (app, reader) = (state.app.clone(), visitor.reader);
    let filter = customers::Filter {
        q: asked.some("q"),
        archived: asked.is_ticked("archived"),
    };
    exported(&app, &visitor.act(), Export::Customers, None).await?;
    let fetch = move |cut| {
        let (app, filter) = (app.clone(), filter.clone());
        async move {
            Ok(customers::list(&app, &filter, cut)
                .await?
                .map(|view| customer(&view, reader)))
        }
    };
    Ok(sheet::answer(&state.app, ("pelanggan", CUSTOMERS), reader, fetch))
}

fn customer(view: &customers::View, reader: Reader) -> Cells {
    let degrees = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    vec![
        view.number.clone(),
        plain(&view.name),
        // As it is dialled, and no sum.
        view.phone
            .as_deref()
            .map(|phone| phone.replacen("+62", "0", 1))
            .map(|phone| plain(&phone))
            .unwrap_or_default(),
        plain(&view.address),
        degrees(view.latitude),
        degrees(view.longitude),
        plain(view.notes.as_deref().unwrap_or_default()),
        word(reader.locale, source(&view.source)),
        moment(view.created_at, reader),
    ]
}

const RATINGS: Columns = &[
    "sheet-at",
    "sheet-ticket",
    "sheet-technician",
    "sheet-technician-stars",
    "sheet-office",
    "sheet-office-stars",
    "sheet-comment",
    "sheet-via",
];

async fn all_ratings(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let (app, reader) = (state.app.clone(), visitor.reader);
    let filter = Asked::of(&asked, reader).filter(reader);
    exported(&app, &visitor.act(), Export::Ratings, None).await?;
    let fetch = move |cut| {
        let (app, filter) = (app.clone(), filter.clone());
        async move {
            Ok(ratings::list(&app, &filter, cut)
                .await?
                .map(|view| rating(&view, reader)))
        }
    };
    Ok(sheet::answer(&state.app, ("nilai", RATINGS), reader, fetch))
}

fn rating(view: &ratings::View, reader: Reader) -> Cells {
    let name =
        |person: &Option<tickets::Named>| person.as_ref().map(|one| plain(&one.name)).unwrap_or_default();
    let stars = |count: Option<u8>| count.map(|count| count.to_string()).unwrap_or_default();
    let via = match view.via.as_deref() {
        Some("whatsapp") => word(reader.locale, "channel-whatsapp"),
        Some(_) => word(reader.locale, "ratings-page"),
        None => String::new(),
    };
    vec![
        view.at.map(|at| moment(at, reader)).unwrap_or_default(),
        view.ticket_id
            .parse()
            .map(domain::ids::TicketId::number)
            .unwrap_or_default(),
        name(&view.technician),
        stars(view.technician_stars),
        name(&view.cs),
        stars(view.cs_stars),
        plain(view.comment.as_deref().unwrap_or_default()),
        via,
    ]
}

const DELIVERIES: Columns = &[
    "sheet-created",
    "sheet-channel",
    "sheet-recipient",
    "sheet-message",
    "sheet-state",
    "sheet-error",
    "sheet-attempts",
    "sheet-ticket",
    "sheet-updated",
];

async fn all_deliveries(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let (app, reader) = (state.app.clone(), visitor.reader);
    let filter = deliveries::Filter {
        state: asked.some("state"),
        ..deliveries::Filter::default()
    };
    exported(&app, &visitor.act(), Export::Deliveries, None).await?;
    let fetch = move |cut| {
        let (app, filter) = (app.clone(), filter.clone());
        async move {
            Ok(deliveries::list(&app, &filter, cut)
                .await?
                .map(|view| delivery(view, reader)))
        }
    };
    Ok(sheet::answer(&state.app, ("pesan", DELIVERIES), reader, fetch))
}

fn delivery(view: deliveries::View, reader: Reader) -> Cells {
    let (created, updated, attempts) = (view.created_at, view.updated_at, view.attempts);
    let ticket = view.about.as_ref().and_then(|about| about.ticket_id.parse().ok());
    let told = story::delivery(view, reader);
    vec![
        moment(created, reader),
        word(reader.locale, told.channel.label()),
        plain(&told.recipient),
        told.what,
        word(reader.locale, told.state.label()),
        plain(&told.error.unwrap_or_default()),
        attempts.to_string(),
        ticket.map(domain::ids::TicketId::number).unwrap_or_default(),
        moment(updated, reader),
    ]
}
